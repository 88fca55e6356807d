#!/usr/bin/env python3
"""Draws the pictures of the sample magazine, “The Tidewater Lantern”.

Every picture is a scene of flat and graded shapes written as SVG, rendered by
headless Chromium and saved as JPEG by Pillow. The scenes share one drawing
vocabulary (class Canvas) and one finish: edges that waver a little, as if cut
by hand, and a fine grain. The same script always draws the same pictures:
each scene's chance is seeded with its name.

In order: the family of colours, Canvas (shapes; sky, land and water; buildings,
boats and people; finish), one function a scene, the portraits of the authors,
the lantern mark, and the rendering. A scene is read back to front, like paint.

    pip install pillow                     # and Chromium on the path
    python3 make-pictures.py               # draw everything into ./pictures
    python3 make-pictures.py swans ferry   # only these
"""

import io
import math
import random
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

CHROMIUM = "chromium"
FOLDER = Path(__file__).resolve().parent / "pictures"
MOST_BYTES = 115_000   # of one JPEG; the quality gives way before this does
BEST_QUALITY = 80

# The family of colours: estuary blues, brick and lamplight. Scenes mix from these.
INK, NAVY, SLATE, SEA, FOAM = "#14202f", "#1d3550", "#4c6478", "#2c6b78", "#e3ece2"
PAPER, SAND, STONE, AMBER, GOLD = "#f8eed8", "#ead7ae", "#c9b48e", "#f0a03c", "#ffd88a"
BRICK, RUST, ROSE, MOSS, FERN = "#a84a37", "#7c3428", "#e49a83", "#56703f", "#8fa35a"
COATS = [BRICK, "#2d5f73", AMBER, "#6d4a5e", MOSS, "#d9c7a0", NAVY]
SKINS = ["#e2b08c", "#8a5a3c", "#c98e66", "#f0c8a6"]


def mix(a, b, share):
    """Colour `a` with `share` (0 to 1) of colour `b` in it: haze, shade and light."""
    pairs = zip(bytes.fromhex(a[1:]), bytes.fromhex(b[1:]))
    return "#" + "".join(f"{round(p + (q - p) * share):02x}" for p, q in pairs)


class Canvas:
    """A picture being drawn, back to front.

    Lengths are pixels and y grows downwards. A paint is a colour, or a tuple of
    colours graded from top to bottom (from left to right if it begins with "across").
    """

    def __init__(self, name, width=1600, height=1067):
        self.width, self.height = width, height
        self.chance = random.Random(name)
        self.defs, self.parts = [], []

    # --- shapes -----------------------------------------------------------

    def paint(self, paint):
        if isinstance(paint, str):
            return paint
        across = paint[0] == "across"
        colours = paint[1:] if across else paint
        stops = "".join(f'<stop offset="{i / (len(colours) - 1):.3f}" stop-color="{c}"/>' for i, c in enumerate(colours))
        name = f"paint{len(self.defs)}"
        end = 'x2="1" y2="0"' if across else 'x2="0" y2="1"'
        self.defs.append(f'<linearGradient id="{name}" x1="0" y1="0" {end}>{stops}</linearGradient>')
        return f"url(#{name})"

    def add(self, element, paint, **style):
        style = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in style.items())
        self.parts.append(f'<{element} fill="{self.paint(paint)}"{style}/>')

    def rect(self, x, y, w, h, paint, r=0, **style):
        self.add(f'rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{r}"', paint, **style)

    def disc(self, x, y, r, paint, ry=None, **style):
        self.add(f'ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{r:.1f}" ry="{ry or r:.1f}"', paint, **style)

    def shape(self, points, paint, **style):
        self.add('polygon points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y in points) + '"', paint, **style)

    def path(self, d, paint, **style):
        self.add(f'path d="{d}"', paint, **style)

    def line(self, points, colour, width, **style):
        style = {"stroke_linecap": "round", "stroke_linejoin": "round", **style}
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.add(f'polyline points="{points}"', "none", stroke=colour, stroke_width=f"{width:.1f}", **style)

    def curve(self, d, colour, width, **style):
        self.path(d, "none", stroke=colour, stroke_width=width, **{"stroke_linecap": "round", **style})

    @contextmanager
    def group(self, transform="", **style):
        style = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in style.items())
        self.parts.append(f'<g transform="{transform}"{style}>')
        yield
        self.parts.append("</g>")

    def reflect(self, since, y, squash=0.6, opacity=0.3):
        """Mirrors in the water line `y` all that was drawn since `since` (a length of `parts`)."""
        drawn = self.parts[since:]
        head = f'<g transform="translate(0 {y * (1 + squash)}) scale(1 {-squash})" opacity="{opacity}">'
        self.parts[since:since] = [head, *drawn, "</g>"]

    def stipple(self, d, colour, fade="down", opacity=0.5):
        """Grainy shade over the path `d`, thickest at the side `fade` runs from: down, up, right or left."""
        x1, y1, x2, y2 = {"down": (0, 0, 0, 1), "up": (0, 1, 0, 0), "right": (0, 0, 1, 0), "left": (1, 0, 0, 0)}[fade]
        name = f"stipple{len(self.defs)}"
        self.defs.append(
            f'<linearGradient id="{name}g" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"><stop offset="0" stop-opacity=".9"/>'
            f'<stop offset="1" stop-opacity="0"/></linearGradient><filter id="{name}" x="0" y="0" width="1" height="1">'
            '<feTurbulence type="fractalNoise" baseFrequency=".4" numOctaves="2" seed="7"/>'
            '<feColorMatrix values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0" result="noise"/>'
            '<feComposite in="SourceAlpha" in2="noise" operator="arithmetic" k2="2.4" k3="5" k4="-3.9" result="dots"/>'
            f'<feFlood flood-color="{colour}"/><feComposite in2="dots" operator="in"/></filter>')
        self.path(d, f"url(#{name}g)", filter=f"url(#{name})", opacity=opacity)

    # --- sky, land and water ----------------------------------------------

    def sky(self, *colours):
        self.rect(0, 0, self.width, self.height, colours)

    def glow(self, x, y, r, colour, strength=0.8):
        name = f"glow{len(self.defs)}"
        self.defs.append(f'<radialGradient id="{name}"><stop offset="0" stop-color="{colour}" stop-opacity="{strength}"/>'
                         f'<stop offset=".45" stop-color="{colour}" stop-opacity="{strength * .35}"/>'
                         f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/></radialGradient>')
        self.disc(x, y, r, f"url(#{name})")

    def cloud(self, x, y, w, paint, bulk=0.13, **style):
        """A flat-bottomed cloud whose base is centred on (x, y)."""
        left, right = x - w / 2, x + w / 2
        tops = [(left + w * at, y - w * bulk * high * self.chance.uniform(.85, 1.15))
                for at, high in ((.1, .3), (.26, .75), (.46, 1.25), (.68, .95), (.86, .4))]
        d, last = f"M{left:.0f} {y}", (left, y)
        for px, py in [*tops, (right, y)]:
            r = math.dist(last, (px, py)) * .56
            d, last = d + f" A{r:.0f} {r:.0f} 0 0 1 {px:.0f} {py:.0f}", (px, py)
        self.path(d + "Z", paint, **style)

    def streaks(self, y0, y1, colour, count, opacity=0.4):
        """Long thin evening clouds."""
        for _ in range(count):
            w, h = self.chance.uniform(200, 620), self.chance.uniform(6, 16)
            self.rect(self.chance.uniform(-150, self.width - 100), self.chance.uniform(y0, y1), w, h, colour, r=h / 2, opacity=opacity)

    def stars(self, bottom, count=90):
        for _ in range(count):
            self.disc(self.chance.uniform(0, self.width), self.chance.uniform(0, bottom), self.chance.uniform(1, 2.6),
                      PAPER, opacity=round(self.chance.uniform(.3, .9), 2))

    def ridge(self, y, rise, paint, wave=500, light=None, shade=None):
        """Rolling land from about `y` to the foot of the picture, lit along its crest."""
        a, b = self.chance.uniform(0, 7), self.chance.uniform(0, 7)
        top = [(x, y - rise * (.55 * math.sin(x / wave * 3.1 + a) + .3 * math.sin(x / wave * 7.3 + b)))
               for x in range(-20, self.width + 41, 20)]
        d = "M-20 1700 L" + " ".join(f"{x} {h:.0f}" for x, h in top) + f" L{self.width + 20} 1700 Z"
        d = d.replace("1700", str(int(y + rise * 1.2 + 260)))
        self.shape([(-20, self.height + 20), *top, (self.width + 20, self.height + 20)], paint)
        for colour, opacity in ((light, .45), (shade, .4)):
            if colour:
                self.stipple(d, colour, "down" if colour == light else "up", opacity)

    def water(self, y, *colours, to=None):
        self.rect(-10, y, self.width + 20, (to or self.height + 10) - y, colours)

    def ripples(self, y0, y1, colour, count, x0=0, x1=None, opacity=0.4, size=1.0):
        """Lens-shaped lines on the water, longer and further apart as they come nearer."""
        for i in range(count):
            near = self.chance.random() ** 1.3
            y, w = y0 + (y1 - y0) * near, (20 + 130 * near) * self.chance.uniform(.4, 1.3) * size
            x, h = self.chance.uniform(x0, x1 or self.width), 1 + 3.4 * near * size
            self.path(f"M{x - w:.0f} {y:.0f} q{w:.0f} {-h * 2:.1f} {2 * w:.0f} 0 q{-w:.0f} {h * 2:.1f} {-2 * w:.0f} 0Z", colour, opacity=opacity)

    def glitter(self, x, y0, y1, colour, spread=1.0, opacity=0.75):
        """The broken path of light under a sun, a moon or a lamp."""
        y = y0
        while y < y1:
            near = (y - y0) / (y1 - y0)
            w = (46 + 90 * near) * spread * self.chance.uniform(.35, 1)
            at = x + self.chance.uniform(-1, 1) * (16 + 60 * near) * spread
            self.rect(at - w, y, 2 * w, 3 + 5 * near, colour, r=4, opacity=round(opacity * (1 - .5 * near), 2))
            y += 9 + 20 * near

    def tree(self, x, y, h, leaf, trunk=INK):
        self.line([(x, y), (x, y - h * .6)], trunk, h * .06)
        self.line([(x, y - h * .4), (x + h * .14, y - h * .62)], trunk, h * .03)
        crown = [(self.chance.uniform(-.24, .24), self.chance.uniform(.5, .88), self.chance.uniform(.13, .2)) for _ in range(9)]
        for shift, colour in ((0, mix(leaf, INK, .3)), (.045, leaf), (.085, mix(leaf, GOLD, .3))):
            for dx, up, r in crown if shift < .08 else crown[:5]:
                self.disc(x + h * (dx - shift), y - h * (up + shift), h * (r - shift * .8), colour)

    def poplar(self, x, y, h, leaf):
        self.path(f"M{x} {y} C{x - h * .17} {y - h * .2} {x - h * .1} {y - h * .8} {x} {y - h} C{x + h * .1} {y - h * .8} {x + h * .17} {y - h * .2} {x} {y}Z",
                  ("across", mix(leaf, GOLD, .25), mix(leaf, INK, .3)))

    def grass(self, y0, y1, colours, count, h=40):
        for y in sorted(self.chance.uniform(y0, y1) for _ in range(count)):
            x, size = self.chance.uniform(0, self.width), h * self.chance.uniform(.5, 1.2)
            lean = self.chance.uniform(-.1, .4) * size
            self.path(f"M{x - 3:.0f} {y:.0f} Q{x:.0f} {y - size * .6:.0f} {x + lean:.0f} {y - size:.0f} Q{x + 5:.0f} {y - size * .5:.0f} {x + 4:.0f} {y:.0f}Z",
                      self.chance.choice(colours))

    def gull(self, x, y, w, colour=PAPER):
        self.path(f"M{x - w} {y - w * .25} Q{x - w * .5} {y - w * .6} {x} {y} Q{x + w * .5} {y - w * .7} {x + w} {y - w * .35} "
                  f"Q{x + w * .45} {y - w * .4} {x + w * .05} {y + w * .16} Q{x - w * .5} {y - w * .35} {x - w} {y - w * .25}Z", colour)

    # --- buildings, boats and people ----------------------------------------

    def windows(self, x, y, w, h, columns, rows, paints, size=(.5, .6), r=0, bars=None):
        """A grid of windows in the box; each takes one of `paints` by chance."""
        dx, dy = w / columns, h / rows
        for row in range(rows):
            for column in range(columns):
                a, b = dx * size[0], dy * size[1]
                left, top = x + dx * column + (dx - a) / 2, y + dy * row + (dy - b) / 2
                self.rect(left, top, a, b, self.chance.choice(paints), r=r)
                if bars:
                    self.line([(left, top + b / 2), (left + a, top + b / 2)], bars, max(1.5, a * .06))
                    self.line([(left + a / 2, top), (left + a / 2, top + b)], bars, max(1.5, a * .06))

    def house(self, x, y, w, h, wall, roof, glass, gable=False, rows=2, columns=2, door=None, bars=None):
        """A house front standing on (x, y), its bottom left corner; light comes from the left."""
        top, peak = y - h, y - h - w * (.55 if gable else .34)
        self.rect(x + w * .68, peak - w * .08, w * .14, w * .4, mix(wall, INK, .35))
        self.rect(x + w * .66, peak - w * .12, w * .18, w * .06, mix(roof, INK, .2))
        if gable:
            self.shape([(x, y), (x, top), (x + w / 2, peak), (x + w, top), (x + w, y)], ("across", mix(wall, PAPER, .12), wall, mix(wall, INK, .2)))
            self.line([(x - w * .05, top + w * .05), (x + w / 2, peak), (x + w * 1.05, top + w * .05)], roof, w * .08)
        else:
            self.rect(x, top, w, h, ("across", mix(wall, PAPER, .15), mix(wall, INK, .14)))
            self.shape([(x - w * .04, top), (x + w * .08, peak), (x + w * .92, peak), (x + w * 1.04, top)], (roof, mix(roof, INK, .25)))
        ground = h * .42 if door else 0
        self.windows(x + w * .06, top + h * .04, w * .88, h - ground - h * .06, columns, rows if not door else max(1, rows - 1), glass, bars=bars)
        if door:
            self.rect(x + w * .14, y - h * .36, w * .24, h * .36, door)
            self.windows(x + w * .46, y - h * .4, w * .48, h * .36, 1, 1, glass, size=(.7, .66), bars=bars)

    def arch(self, x, y, w, h, paint, **style):
        """A round-headed opening, (x, y) its bottom left corner."""
        self.path(f"M{x} {y} V{y - h + w / 2} A{w / 2} {w / 2} 0 0 1 {x + w} {y - h + w / 2} V{y}Z", paint, **style)

    def lamp(self, x, y, h, light=GOLD, glow=True):
        if glow:
            self.glow(x, y - h, h * .55, light, .8)
        self.line([(x, y), (x, y - h * .94)], INK, h * .025)
        self.shape([(x - h * .05, y - h * 1.06), (x + h * .05, y - h * 1.06), (x + h * .034, y - h * .94), (x - h * .034, y - h * .94)], light)
        self.shape([(x - h * .06, y - h * 1.06), (x, y - h * 1.12), (x + h * .06, y - h * 1.06)], INK)

    def boat(self, x, y, w, hull, cabin=PAPER, trim=BRICK, mast=True):
        """A small fishing boat, bow to the right, waterline centred on (x, y)."""
        if mast:
            self.line([(x - w * .1, y - w * .2), (x - w * .1, y - w * .85)], INK, w * .02)
            for end in (-.47, .5):
                self.line([(x - w * .1, y - w * .84), (x + w * end, y - w * .22)], INK, max(1, w * .006))
        self.rect(x - w * .3, y - w * .36, w * .32, w * .2, ("across", cabin, mix(cabin, SLATE, .45)))
        self.rect(x - w * .33, y - w * .39, w * .38, w * .045, trim)
        self.windows(x - w * .28, y - w * .33, w * .28, w * .1, 3, 1, [NAVY], size=(.62, .8))
        self.path(f"M{x - w * .5} {y - w * .2} Q{x} {y - w * .1} {x + w * .56} {y - w * .28} Q{x + w * .45} {y - w * .06} {x + w * .36} {y} H{x - w * .44}Z",
                  (hull, mix(hull, INK, .45)))
        self.curve(f"M{x - w * .5} {y - w * .2} Q{x} {y - w * .1} {x + w * .56} {y - w * .28}", trim, w * .025)

    def figure(self, x, y, h, coat, legs=INK, skin=SKINS[0], hair="#3a2a24", stride=.04, arms=((-.13, .45), (.13, .45)), hat=None, shadow=None):
        """A person standing on (x, y). `arms` are the hands: (aside, height) as shares of `h`; `shadow` is where the head's falls."""
        if shadow:
            self.line([(x, y), (x + shadow[0], y + shadow[1])], INK, h * .15, opacity=.2)
        for side in (-1, 1):
            self.line([(x + side * h * .045, y - h * .45), (x + side * h * stride, y - h * .02), (x + side * h * stride + h * .03, y - h * .02)], legs, h * .075)
        (ax, ay), (bx, by) = arms
        self.line([(x - h * .09, y - h * .76), (x + ax * h * 1.05, y - h * (.76 + ay) / 2 + h * .02), (x + ax * h, y - h * ay)], mix(coat, INK, .18), h * .07)
        self.rect(x - h * .03, y - h * .86, h * .06, h * .1, mix(skin, INK, .15))
        self.path(f"M{x - h * .1} {y - h * .8} Q{x} {y - h * .84} {x + h * .1} {y - h * .8} L{x + h * .14} {y - h * .38} Q{x} {y - h * .35} {x - h * .14} {y - h * .38}Z",
                  ("across", mix(coat, PAPER, .15), coat, mix(coat, INK, .3)))
        self.line([(x + h * .085, y - h * .76), (x + bx * h * 1.05, y - h * (.76 + by) / 2 + h * .02), (x + bx * h, y - h * by)], mix(coat, INK, .28), h * .07)
        self.disc(x, y - h * .915, h * .066, skin, ry=h * .08)
        self.path(f"M{x - h * .075} {y - h * .9} a{h * .075} {h * .09} 0 0 1 {h * .15} 0 q{-h * .07} {-h * .06} {-h * .15} 0Z", hair)
        if hat:
            self.path(f"M{x - h * .085} {y - h * .93} a{h * .085} {h * .08} 0 0 1 {h * .17} 0Z", hat)
            self.line([(x - h * .09, y - h * .93), (x + h * .12, y - h * .93)], hat, h * .025)

    def books(self, x0, x1, y, h, colours):
        """A shelf of books standing on `y`, some of them leaning."""
        x = x0
        while x < x1 - h * .08:
            w, tall = min(h * self.chance.uniform(.09, .24), x1 - x), h * self.chance.uniform(.62, .95)
            colour = self.chance.choice(colours)
            lean = self.chance.random() < .07 and x > x0 + h * .3 and x < x1 - h * .6
            with self.group(f"rotate({-11 if lean else 0} {x:.1f} {y})"):
                self.rect(x, y - tall, w - 2, tall, ("across", mix(colour, PAPER, .18), colour, mix(colour, INK, .25)), r=2)
                band = mix(colour, self.chance.choice([GOLD, PAPER, INK]), .65)
                for at in self.chance.choice([(.14, .84), (.2,), (.12, .17, .8), (.3, .5)]):
                    self.rect(x, y - tall * (1 - at), w - 2, tall * self.chance.choice([.02, .03, .1]), band, opacity=.85)
            x += w + (tall * .2 if lean else 0)

    # --- finish ---------------------------------------------------------------

    def svg(self, waver=5):
        """The picture as an SVG document; `waver` is how far, in pixels, edges may stray."""
        w, h = self.width, self.height
        return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}"><defs>'
                f'<filter id="waver" filterUnits="userSpaceOnUse" x="-20" y="-20" width="{w + 40}" height="{h + 40}" color-interpolation-filters="sRGB">'
                '<feTurbulence type="fractalNoise" baseFrequency=".016" numOctaves="2" seed="4"/>'
                f'<feDisplacementMap in="SourceGraphic" scale="{waver}" xChannelSelector="R" yChannelSelector="G"/></filter>'
                '<filter id="grain" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".5" numOctaves="1" seed="9"/>'
                '<feColorMatrix values="0 0 0 0 .5 0 0 0 0 .5 0 0 0 0 .5 1.6 0 0 0 -.5"/></filter>'
                f'{"".join(self.defs)}</defs><g filter="url(#waver)"><g transform="translate({-w * .01} {-h * .01}) scale(1.02)">'
                f'{"".join(self.parts)}</g></g><rect width="{w}" height="{h}" filter="url(#grain)" opacity=".05" style="mix-blend-mode:overlay"/></svg>')


SCENES = {}


def scene(width=1600, height=1067):
    """Registers a scene under its function's name, with hyphens."""
    def register(draw):
        SCENES[draw.__name__.replace("_", "-")] = (draw, width, height)
        return draw
    return register


@scene()
def harbour_dawn(s):
    s.sky("#35668a", "#7fa3ad", "#e8c6a0", "#f6b585", "#f6b585")
    s.streaks(90, 470, "#f3c9a8", 12, .45)
    s.glow(1090, 500, 620, "#fff0c0", .9)
    s.disc(1090, 478, 84, "#fff6da")
    s.ridge(530, 26, "#b99a95", 700)
    s.ridge(562, 22, "#8f8590", 500)
    s.water(592, "#f2b98c", "#a9a79f", "#4b7d8c", "#234a60")
    s.ripples(610, 1060, "#fbe0b8", 60, opacity=.35)
    s.ripples(640, 1060, "#1d4159", 70, opacity=.35)
    s.glitter(1090, 600, 1040, "#fff1c4", 1.2)
    since = len(s.parts)
    s.path("M-20 600 V230 Q180 240 360 370 Q560 500 790 592Z", ("#5a6f7c", "#4a6173"))
    for tier, (y, x1, size) in enumerate([(352, 260, 62), (430, 440, 74), (512, 590, 84), (600, 720, 98)]):
        x = -30
        while x < x1:
            w, wall = size * s.chance.uniform(.8, 1.2), s.chance.choice(["#d9b79c", "#a9c0c0", "#e0cba8", "#c98b78", "#8ea4ad"])
            s.house(x, y + max(0, x - 200) * .02, w, size * s.chance.uniform(.8, 1.15), mix(wall, SLATE, .62 - tier * .14), mix(RUST, SLATE, .6 - tier * .13),
                    [NAVY, mix(NAVY, wall, .3), GOLD], gable=s.chance.random() < .4)
            x += w * 1.02
    s.rect(-20, 596, 800, 26, "#3c4f5e")
    s.reflect(since, 622, .5, .3)
    for x, y, w, hull in [(700, 700, 150, "#2f5f78"), (960, 668, 110, "#8c4a40"), (1330, 742, 240, "#27485f")]:
        since = len(s.parts)
        s.boat(x, y, w, hull, mix(PAPER, ROSE, .3))
        s.reflect(since, y, .7, .35)
    s.path("M-20 1100 V880 L620 930 Q700 936 706 980 L730 1100Z", ("#33475a", INK))
    s.line([(-20, 884), (640, 934)], "#e5b890", 7, opacity=.75)
    for x in (120, 560):
        s.rect(x - 22, 858 + x * .06, 44, 62, INK, r=8)
        s.disc(x, 858 + x * .06, 32, "#26394b", ry=14)
    s.curve("M120 905 Q330 1010 560 925", "#c9a27c", 8)
    s.figure(350, 968, 290, "#c9793f", "#20303f", hat=NAVY, stride=.07, arms=((-.1, .42), (.2, .5)), shadow=(-190, 60))
    s.disc(412, 880, 34, "none", ry=46, stroke="#d8b387", stroke_width=10)
    for x, y, w in [(560, 250, 34), (690, 190, 22), (860, 320, 26), (1390, 240, 38), (1270, 180, 20)]:
        s.gull(x, y, w, "#fff3e0")


@scene()
def lighthouse(s):
    s.sky("#101b36", "#23406b", "#5d7295", "#d79c86", "#d79c86")
    s.stars(480)
    s.glow(330, 200, 260, "#f6e7c4", .35)
    s.path("M330 140 a66 66 0 1 0 58 98 a54 54 0 1 1 -58 -98Z", "#fbeed0")
    s.streaks(480, 650, "#ecb69a", 9, .45)
    s.ridge(676, 26, "#56688a", 600)
    s.water(690, "#8b7f95", "#35557c", "#152849")
    s.ripples(705, 1050, "#f0b99c", 60, 0, 1000, .4)
    s.ripples(705, 1050, "#0f1f3b", 60, opacity=.5)
    for end, spread in ((-200, 210), (1900, 170)):
        s.shape([(1060, 252), (end, 250 - spread * 1.3), (end, 250 + spread * .6)], ("across", "#ffe9a800", "#ffe9b0cc") if end < 0 else ("across", "#ffe9b0cc", "#ffe9a800"), opacity=.5)
    s.glow(1060, 252, 330, "#ffe7a0", .95)
    rock = "M560 1100 L610 960 L690 900 L720 840 L820 790 L880 740 L1180 700 L1400 720 L1620 690 V1100Z"
    s.path(rock, ("#33465f", "#141f33"))
    s.stipple(rock, "#e0a48f", "down", .5)
    s.path("M880 740 L1180 700 L1400 720 L1620 690 V760 Q1300 730 1080 790 Q960 800 880 740Z", ("#5c6f5e", "#3c5150"))
    for points in ([(720, 840), (790, 900), (760, 1100), (610, 1100), (690, 900)], [(880, 740), (960, 830), (930, 990), (860, 900)], [(1180, 830), (1260, 900), (1230, 1100), (1130, 1000)]):
        s.shape(points, "#0f1a2d", opacity=.5)
    s.path("M996 735 L1020 310 H1100 L1124 735Z", ("across", "#fbead2", "#e6d6cd", "#8d93ab", "#66708e"))
    for top in (388, 540):
        a, b = (top - 310) * .056, (top + 76 - 310) * .056
        s.shape([(1020 - a, top), (1100 + a, top), (1100 + b, top + 76), (1020 - b, top + 76)], ("across", "#d2604a", "#a9443a", "#5f2f3d"))
    for y in (350, 500, 665):
        s.arch(1050, y + 22, 16, 34, INK)
    s.rect(1006, 294, 108, 18, INK, r=4)
    s.line([(1000, 270), (1120, 270)], INK, 5)
    for x in range(1003, 1120, 19):
        s.line([(x, 270), (x, 296)], INK, 4)
    s.rect(1030, 214, 60, 80, "#fff2bd")
    for x in (1030, 1060, 1090):
        s.line([(x, 214), (x, 294)], INK, 5)
    s.path("M1018 216 Q1060 130 1102 216Z", ("across", "#c85a45", "#6a2f38"))
    s.line([(1060, 175), (1060, 140)], INK, 6)
    s.house(1160, 732, 190, 88, "#d9d2cf", "#7a4a48", [GOLD], rows=1, columns=3, bars=INK)
    s.line([(1360, 735), (1620, 706)], "#c9b9b0", 7, opacity=.7)
    s.curve("M905 760 Q960 800 1000 760 Q1040 735 1060 738", "#b9a58d", 9, opacity=.7)
    s.glow(892, 716, 70, GOLD, .9)
    s.figure(870, 752, 78, "#c98a3c", hat=INK)
    s.disc(890, 718, 6, "#fff3c4")
    for colour, size, lift in (("#6f8aa6", 1, 0), ("#b4c5d0", .75, 9), ("#f3f1e8", .5, 16)):
        for i in range(22):
            x, y = 480 + i * 12, 1080 - i * 8.6
            s.disc(x + s.chance.uniform(-26, 20), y - lift + s.chance.uniform(-14, 22), size * s.chance.uniform(18, 40), colour)
    for _ in range(30):
        s.disc(s.chance.uniform(500, 740), s.chance.uniform(820, 1000), s.chance.uniform(2, 6), "#f3f1e8", opacity=.8)


@scene()
def town_hall(s):
    s.sky("#4f909c", "#9cc0b4", "#f3dfae", "#f3dfae")
    s.glow(180, 420, 800, "#fff2c8", .8)
    for x, y, w in [(300, 300, 420), (1300, 230, 480), (1010, 390, 300)]:
        s.cloud(x, y, w, ("#fdf3dc", "#e8dfc4"), opacity=.85)
    for x, w, h in [(-40, 190, 230), (140, 150, 170), (1350, 150, 200), (1480, 180, 260)]:
        s.house(x, 800, w, h + 60, "#b39a86", "#6d5a5c", ["#5d7480", "#8aa0a2"], rows=3)
    wall, shade, light = "#e6c68f", "#a8805e", "#f7e2b4"
    s.rect(300, 540, 1000, 270, ("across", light, wall, "#cfa874"))
    s.rect(288, 520, 1024, 26, light)
    s.rect(288, 544, 1024, 8, shade, opacity=.6)
    for x in (330, 425, 520, 1020, 1115, 1210):
        s.arch(x, 700, 58, 120, "#39586a")
        s.line([(x + 29, 590), (x + 29, 700)], light, 4)
        s.line([(x, 645), (x + 58, 645)], light, 4)
        s.rect(x, 728, 58, 60, "#39586a")
    with s.group("translate(0 84)"):
        s.rect(700, 300, 200, 240, ("across", light, wall, shade))
        s.rect(686, 286, 228, 20, light)
        s.rect(722, 120, 156, 170, ("across", light, wall, shade))
        s.rect(708, 108, 184, 18, light)
        s.path("M722 108 Q730 30 800 10 Q870 30 878 108Z", ("across", "#8fb8a8", "#4f8582", "#2f5a63"))
        s.line([(800, 12), (800, -30)], INK, 5)
        s.disc(800, 206, 60, shade)
        s.disc(800, 206, 52, PAPER)
        for i in range(12):
            a = i * math.pi / 6
            s.line([(800 + 40 * math.sin(a), 206 + 40 * math.cos(a)), (800 + 46 * math.sin(a), 206 + 46 * math.cos(a))], INK, 4)
        s.line([(778, 190), (800, 206), (812, 168)], INK, 6)
        for x in (728, 778, 828):
            s.arch(x, 398, 44, 80, "#5b4a48")
    s.rect(580, 560, 440, 250, ("across", "#8a6a54", "#70554a"))
    s.arch(750, 810, 100, 200, "#4a3534")
    s.arch(760, 810, 80, 182, ("#f7cf7c", "#b86f3f"))
    for x in range(592, 1000, 76):
        s.rect(x, 570, 32, 240, ("across", light, wall, shade))
        s.rect(x - 6, 562, 44, 14, light)
        s.rect(x - 6, 798, 44, 14, light)
    s.shape([(560, 562), (800, 440), (1040, 562)], ("across", light, wall, "#bd9468"))
    s.shape([(620, 548), (800, 458), (980, 548)], "#b98f63", opacity=.6)
    s.disc(800, 518, 26, light)
    s.rect(560, 548, 480, 18, light)
    s.rect(-10, 808, 1620, 280, ("#e9d3a6", "#c79f78", "#a47a62"))
    for i in range(4):
        s.rect(560 - i * 22, 808 + i * 12, 480 + i * 44, 13, mix(light, shade, .12 + i * .12))
    s.shape([(1040, 812), (1300, 808), (1620, 900), (1620, 960), (1120, 860)], "#7b5c54", opacity=.35)
    for x, h in ((190, 230), (1420, 240)):
        s.tree(x, 826, h, MOSS)
    s.lamp(470, 900, 210, glow=False)
    for x, y, h, coat, stride in [(640, 880, 88, BRICK, .1), (705, 884, 84, NAVY, .05), (930, 900, 96, "#2d5f73", .12), (250, 950, 118, AMBER, .1), (1180, 980, 132, "#6d4a5e", .12), (1252, 984, 90, "#d5e0d2", .12)]:
        s.figure(x, y, h, coat, skin=s.chance.choice(SKINS), stride=stride, shadow=(h * 1.5, h * .34))
    for i in range(9):
        x, y = s.chance.uniform(330, 620), s.chance.uniform(960, 1030)
        s.path(f"M{x:.0f} {y:.0f} q10 -16 26 -8 l12 -8 l-2 10 q-8 16 -24 14Z", "#5d6a78")
    for x, y, w in [(540, 170, 26), (1010, 130, 22), (1080, 180, 16)]:
        s.gull(x, y, w)


@scene()
def bus_hill(s):
    s.sky("#69a7b8", "#bcd5c9", "#f6e3bd", "#f6e3bd")
    s.glow(250, 330, 500, "#fff5d4", .9)
    s.cloud(520, 190, 460, ("#fffaf0", "#e7e6d4"))
    s.cloud(1150, 110, 340, ("#fffaf0", "#e7e6d4"), opacity=.8)
    s.ridge(370, 18, "#9db9ba", 600)
    s.water(392, "#9fcbd0", "#3f8796", "#3f8796")
    s.ripples(405, 640, "#f3f1dc", 30, 0, 900, .5, .6)
    for x, y in ((210, 470), (430, 440), (90, 540)):
        s.shape([(x, y), (x + 3, y - 58), (x + 34, y - 8)], PAPER)
        s.path(f"M{x - 18} {y} H{x + 40} L{x + 28} {y + 9} H{x - 10}Z", NAVY)
    hill = "M-20 800 Q400 700 760 560 Q1150 400 1620 300 V1100 H-20Z"
    s.path(hill, ("#8fa568", "#5d7a4e"))
    ground = lambda x: 838 - x * .31
    walls = ["#e8b9a0", "#f1e0b6", "#9fc0bd", "#d98f76", "#e9d9c8", "#88a5b5", "#eec27d"]
    for i in range(10):
        x, w = 40 + i * 162, 164
        s.house(x, ground(x) + 60, w, 240, walls[i * 3 % 7], "#75505a", ["#35566a", "#4b7284"], door=[BRICK, NAVY, MOSS, AMBER][i % 4], rows=2, columns=2, bars=PAPER)
        s.shape([(x, ground(x) + 62), (x + w, ground(x + w) + 40), (x + w, ground(x + w) + 80), (x, ground(x) + 80)], "#d8c4a4")
    s.shape([(-20, 880), (1640, 366), (1640, 690), (-20, 1190)], ("#7d7f88", "#5a5f6d"))
    s.shape([(-20, 866), (1640, 350), (1640, 386), (-20, 906)], "#d9c7a8")
    for i in range(8):
        x = i * 220 + 20
        s.shape([(x, 1024 - x * .31), (x + 110, 990 - x * .31), (x + 112, 1000 - x * .31), (x + 2, 1034 - x * .31)], PAPER, opacity=.75)
    with s.group("translate(800 742) rotate(-17.2)"):
        s.rect(-290, -12, 620, 40, INK, r=16, opacity=.35)
        s.rect(-280, -330, 540, 318, ("#d95540", "#b53a31"), r=30)
        s.rect(-280, -190, 540, 26, "#f3dfb5")
        s.rect(-258, -302, 420, 88, "#2b4a5d", r=12)
        s.rect(-258, -150, 330, 84, "#2b4a5d", r=12)
        for x in range(-180, 160, 84):
            s.line([(x, -302), (x, -214)], "#c8473a", 9)
            if x < 60:
                s.line([(x, -150), (x, -66)], "#c8473a", 9)
        s.rect(176, -302, 76, 88, "#8fc0c8", r=12)
        s.rect(176, -150, 76, 100, "#8fc0c8", r=12)
        s.rect(92, -152, 66, 136, "#24404f", r=6)
        s.line([(125, -150), (125, -18)], "#c8473a", 6)
        for x, coat in ((-225, AMBER), (-135, "#6fa1a0"), (-50, ROSE), (120, "#dcd2a8")):
            s.disc(x, -248, 17, SKINS[2])
            s.rect(x - 26, -236, 52, 22, coat, r=10)
        for x, coat in ((-220, ROSE), (-60, "#90b08a"), (214, NAVY)):
            s.disc(x, -104, 17, SKINS[x % 4])
            s.rect(x - 26, -90, 52, 24, coat, r=10)
        for x in (-170, 160):
            s.disc(x, -8, 48, INK)
            s.disc(x, -8, 22, "#b9c0c2")
        s.rect(-280, -330, 540, 318, ("across", "#14202f55", "#14202f00", "#14202f00", "#fff3d055"), r=30)
        s.disc(254, -40, 10, "#fff0b5")
    s.path("M-20 1100 V985 Q500 900 900 930 Q1300 950 1620 760 V1100Z", ("#6b7f52", "#34503f"))
    s.grass(960, 1080, ["#46653f", "#8fa35a", "#2c4738"], 260, 54)
    for i in range(40):
        s.disc(s.chance.uniform(0, 1600), s.chance.uniform(985, 1060), s.chance.uniform(4, 8), s.chance.choice(["#f3e3b0", ROSE, "#fff7e6"]))
    s.figure(1330, 690, 150, "#2d5f73", stride=.1, shadow=(-90, 34), hat=BRICK)


@scene()
def library(s):
    s.sky("#5b3f38", "#38292b")
    s.rect(380, -10, 840, 830, ("#a9764f", "#77503f"))
    for x in (430, 690, 950):
        s.arch(x - 14, 640, 248, 610, "#573a34")
        s.arch(x, 630, 220, 584, ("#fbe7b2", "#f6cf8d", "#d9c9a0"))
        s.path(f"M{x} 630 V560 Q{x + 60} 480 {x + 120} 540 Q{x + 180} 500 {x + 220} 560 V630Z", "#9fae82", opacity=.8)
        for bar in (x + 73, x + 147):
            s.line([(bar, 60), (bar, 630)], "#573a34", 7)
        for bar in (180, 330, 480):
            s.line([(x, bar), (x + 220, bar)], "#573a34", 7)
    spines = [BRICK, "#2d5f73", "#c08a3e", MOSS, "#6d4a5e", "#d6bf92", NAVY, "#8e5a3c"]
    for left in (-30, 1200):
        s.rect(left, -10, 430, 920, ("across", "#4a312d", "#6c4838") if left < 0 else ("across", "#6c4838", "#3b2728"))
        for row in range(6):
            s.rect(left + 24, 20 + row * 140, 382, 126, "#2b1d20")
            s.books(left + 28, left + 402, 142 + row * 140, 118, spines)
            s.rect(left + 16, 142 + row * 140, 398, 14, "#8a5d42")
    s.rect(-10, 800, 1620, 280, ("#8c5e44", "#4b3230"))
    s.shape([(380, 800), (1220, 800), (1620, 1080), (-20, 1080)], ("#b07a50", "#6e4639"))
    for x in (430, 690, 950):
        s.shape([(x + 8, 170), (x + 212, 170), (x + 640, 1080), (x + 270, 1080)], ("#ffecb8dd", "#ffdf9a00"), opacity=.36)
        s.shape([(x + 150, 830), (x + 370, 830), (x + 520, 960), (x + 240, 960)], "#ffdf9c", opacity=.3)
    for i in range(60):
        s.disc(s.chance.uniform(450, 1350), s.chance.uniform(200, 800), s.chance.uniform(1.5, 3.5), "#fff3cc", opacity=.6)
    for x, coat, skin, hair in [(560, "#2d5f73", SKINS[1], "#1d1718"), (800, BRICK, SKINS[0], "#7a4a2c"), (1050, "#d2b05f", SKINS[2], "#e6e0d6")]:
        s.rect(x - 60, 690, 120, 140, "#3a2628", r=14)
        s.path(f"M{x - 84} 850 Q{x - 84} 690 {x} 684 Q{x + 84} 690 {x + 84} 850Z", ("across", mix(coat, GOLD, .35), coat, mix(coat, INK, .4)))
        s.rect(x - 17, 650, 34, 44, mix(skin, INK, .15))
        s.disc(x, 630, 40, ("across", skin, mix(skin, INK, .25)), ry=47)
        s.path(f"M{x - 46} 634 Q{x - 50} 572 {x} 574 Q{x + 52} 574 {x + 46} 640 Q{x + 36} 602 {x} 604 Q{x - 36} 604 {x - 46} 634Z", hair)
        s.shape([(x - 74, 812), (x, 836), (x, 796), (x - 70, 774)], PAPER)
        s.shape([(x + 74, 812), (x, 836), (x, 796), (x + 70, 774)], "#d9c8a4")
    s.shape([(330, 836), (1290, 836), (1380, 900), (240, 900)], ("#c9885a", "#a2653f"))
    s.rect(240, 898, 1140, 34, "#5b372e")
    s.rect(280, 930, 36, 150, "#4a2d29")
    s.rect(1300, 930, 36, 150, "#4a2d29")
    for x in (420, 925):
        s.glow(x, 830, 190, "#ffe9a8", .75)
        s.line([(x, 870), (x, 790)], "#c99a4a", 8)
        s.disc(x, 872, 34, "#b07f38", ry=9)
        s.path(f"M{x - 66} 796 Q{x - 58} 744 {x} 742 Q{x + 58} 744 {x + 66} 796Z", ("#4f9a78", "#24614f"))
    s.books(1120, 1260, 868, 84, spines)


@scene()
def football(s):
    s.sky("#1b3552", "#3f6a82", "#c7a58c", "#e2a679")
    s.streaks(230, 470, "#e9b793", 10, .35)
    s.ridge(440, 40, "#5b6c7f", 600)
    for i in range(26):
        x = i * 64 - 20
        s.house(x, 500 + 14 * math.sin(i), 58, s.chance.uniform(46, 80), mix(s.chance.choice([BRICK, SAND, SLATE]), SLATE, .55), "#3f4a5c", [NAVY, NAVY, GOLD], gable=i % 3 == 0)
    for x, h in ((150, 470), (1450, 470), (560, 330), (1060, 330)):
        s.line([(x - 12, 540), (x, 540 - h)], "#20303f", 8)
        s.line([(x + 12, 540), (x, 540 - h)], "#20303f", 8)
        s.glow(x, 540 - h, h * .62, "#fff4cf", .9)
        s.rect(x - h * .12, 540 - h * 1.06, h * .24, h * .13, "#20303f", r=4)
        for i in range(8):
            s.disc(x - h * .09 + i % 4 * h * .06, 540 - h * (1.03 - i // 4 * .055), h * .024, "#fffbe6")
    s.shape([(330, 450), (1270, 450), (1300, 480), (300, 480)], "#8c3b34")
    s.rect(320, 478, 960, 110, "#22323f")
    for x in range(330, 1290, 95):
        s.line([(x, 478), (x, 590)], "#56707c", 7)
    for row in range(4):
        for x in range(330, 1280, 21):
            if s.chance.random() < .85:
                y = 520 + row * 20
                s.rect(x - 9 + row * 3, y, 19, 26, s.chance.choice(COATS), r=7)
                s.disc(x + row * 3, y - 4, 6.5, s.chance.choice(SKINS))
    s.rect(-10, 590, 1620, 34, "#e8dfc4")
    for i, x in enumerate(range(0, 1600, 200)):
        s.rect(x, 592, 196, 30, [BRICK, "#2d5f73", "#d9a23f", MOSS][i % 4])
    s.rect(-10, 622, 1620, 470, ("#6f9a55", "#3c7049", "#235243"))
    for i in range(-7, 8, 2):
        s.shape([(800 + i * 130, 622), (930 + i * 130, 622), (930 + i * 290 + 160, 1080), (800 + i * 290, 1080)], "#a6c46a", opacity=.2)
    s.line([(-20, 800), (1620, 700)], PAPER, 6, opacity=.8)
    s.disc(1500, 1010, 420, "none", ry=130, stroke=PAPER, stroke_width=7, stroke_opacity=.75)
    net = "#e9ece4"
    for i in range(9):
        s.line([(70 + i * 42, 470 + i * 4), (40 + i * 40, 740 + i * 6)], net, 1.6, opacity=.6)
        s.line([(62 - i * 3, 480 + i * 32), (420 + i * 3, 516 + i * 30)], net, 1.6, opacity=.6)
    s.line([(70, 770), (70, 470), (430, 505), (430, 820)], "#fffdf2", 13, stroke_linejoin="miter")
    s.figure(330, 800, 190, "#e2b13f", "#2a3344", SKINS[2], stride=.16, arms=((-.26, .95), (.3, .9)), shadow=(-150, 40))
    s.figure(610, 815, 170, "#e9ece4", NAVY, SKINS[1], stride=.15, arms=((-.2, .6), (.2, .5)), shadow=(-130, 38))
    s.figure(1330, 790, 150, BRICK, PAPER, SKINS[0], stride=.15, arms=((-.2, .6), (.18, .5)), shadow=(120, 40))
    x, y, red = 980, 985, ("across", "#d9604a", "#a23a34")
    s.line([(x - 20, y), (x - 330, y + 46)], INK, 50, opacity=.25)
    s.line([(x + 8, y - 178), (x - 30, y - 80), (x - 12, y), (x + 18, y)], SKINS[2], 34)
    s.line([(x - 18, y - 54), (x - 12, y - 8)], BRICK, 38)
    s.line([(x - 12, y), (x + 26, y + 4)], INK, 26)
    s.line([(x - 16, y - 180), (x - 106, y - 124), (x - 186, y - 104)], SKINS[2], 34)
    s.line([(x - 130, y - 118), (x - 180, y - 106)], BRICK, 38)
    s.line([(x - 186, y - 104), (x - 206, y - 128)], INK, 26)
    s.path(f"M{x - 54} {y - 172} L{x - 34} {y - 236} L{x + 44} {y - 226} L{x + 34} {y - 134} L{x - 22} {y - 140} L{x - 70} {y - 118}Z", PAPER)
    s.line([(x - 24, y - 332), (x - 96, y - 300), (x - 150, y - 330)], SKINS[2], 26)
    s.path(f"M{x - 52} {y - 352} Q{x + 10} {y - 384} {x + 66} {y - 346} L{x + 48} {y - 222} L{x - 38} {y - 232}Z", red)
    s.line([(x + 52, y - 334), (x + 112, y - 280), (x + 160, y - 300)], SKINS[2], 26)
    s.line([(x + 50, y - 334), (x + 88, y - 302)], "#b4443a", 36)
    s.disc(x + 16, y - 402, 36, SKINS[2], ry=42)
    s.path(f"M{x - 26} {y - 404} Q{x - 22} {y - 456} {x + 26} {y - 450} Q{x + 56} {y - 440} {x + 54} {y - 414} Q{x + 20} {y - 430} {x - 4} {y - 396}Z", "#33231f")
    s.disc(700, 905, 70, INK, ry=12, opacity=.25)
    s.disc(706, 858, 32, ("#fffdf4", "#c9cfcc"))
    for dx, dy in ((0, 0), (-20, -14), (18, -18), (14, 20), (-18, 18)):
        s.disc(706 + dx, 858 + dy, 7, INK)


@scene()
def allotment(s):
    s.sky("#5d94a8", "#b4ccb8", "#f7dca4", "#f5c583")
    s.glow(1180, 400, 640, "#fff0bf", .95)
    s.disc(1180, 388, 62, "#fffbe8")
    s.cloud(420, 190, 520, ("#fff3da", "#e9d7b4"), opacity=.8)
    s.ridge(400, 30, "#a9b49a", 700)
    for i in range(30):
        x = i * 56 - 30
        s.house(x, 470, 54, s.chance.uniform(40, 74), mix(s.chance.choice([BRICK, SAND, ROSE]), "#c9b48e", .6), "#93766a", ["#78868a", "#8b979a"], gable=i % 4 == 0)
    s.ridge(474, 10, "#7c9464", 420)
    for x, h in ((90, 170), (260, 120), (1380, 150), (1530, 210), (700, 90)):
        s.tree(x, 500, h, "#6c8a52")
    s.rect(-10, 496, 1620, 600, ("#a58258", "#7a563f", "#553a30"))
    vanish = (1000, 440)
    leaves = ["#6f9a4c", "#3f7048", "#9fb25a", "#4f8a6a", "#7f9f48", "#2f6048"]
    for row in range(-6, 9):
        foot = 800 + row * 330
        for i in range(26):
            t = (i / 25) ** 2.1
            x, y = vanish[0] + (foot - vanish[0]) * (.1 + .9 * t), vanish[1] + (1090 - vanish[1]) * (.1 + .9 * t)
            r = 6 + 62 * t
            if not -100 < x < 1700:
                continue
            leaf = leaves[row % 6]
            s.disc(x - r * .5, y + r * .3, r * 1.2, INK, ry=r * .35, opacity=.22)
            if row % 3 == 0:
                for a in range(-2, 3):
                    s.path(f"M{x:.0f} {y:.0f} q{a * r * .5 - 6:.0f} {-r * .8:.0f} {a * r * .55:.0f} {-r * 1.7 + abs(a) * r * .3:.0f} q{r * .3:.0f} {r * .8:.0f} {-a * r * .5:.0f} {r * 1.6:.0f}Z", mix(leaf, [INK, GOLD][a % 2], .2))
            else:
                s.disc(x, y - r * .35, r, mix(leaf, INK, .25), ry=r * .7)
                s.disc(x + r * .12, y - r * .5, r * .74, leaf, ry=r * .52)
                s.disc(x + r * .26, y - r * .62, r * .38, mix(leaf, GOLD, .45), ry=r * .26)
    s.rect(150, 420, 270, 250, ("across", "#5f8a86", "#487371", "#2f5458"))
    for x in range(184, 420, 34):
        s.line([(x, 424), (x, 668)], "#35595c", 3)
    s.shape([(120, 430), (150, 350), (420, 330), (462, 420)], ("#a4634c", "#7d463b"))
    s.rect(190, 500, 96, 172, "#a8503c")
    s.rect(320, 480, 70, 70, "#f9dc9a")
    s.line([(355, 480), (355, 550)], PAPER, 5)
    s.line([(320, 515), (390, 515)], PAPER, 5)
    s.rect(440, 570, 90, 110, ("across", "#3f5560", "#6e8791", "#2b3c47"), r=10)
    for i in range(5):
        x = 1290 + i * 62
        s.line([(x - 54, 760), (1440, 420)], "#8b5d3c", 8)
    for i in range(60):
        t = s.chance.uniform(.05, 1)
        s.disc(1440 + s.chance.uniform(-.9, .9) * 180 * t, 420 + 330 * t, s.chance.uniform(9, 22), s.chance.choice(["#5f8f4c", "#3f7048", "#8fb05a"]))
    for i in range(16):
        t = s.chance.uniform(.2, 1)
        s.disc(1440 + s.chance.uniform(-.8, .8) * 170 * t, 420 + 330 * t, 8, s.chance.choice(["#d9503c", "#f0e0c0"]))
    s.figure(800, 830, 330, "#c7633f", "#33465c", SKINS[0], "#e8e2d6", stride=.09, arms=((-.16, .5), (.24, .52)), hat="#e0c071", shadow=(-300, 90))
    s.line([(886, 560), (872, 850)], "#8b5d3c", 12)
    s.path("M848 830 H898 L892 900 Q873 920 856 900Z", "#8f9aa0")
    s.gull(640, 240, 26)


@scene()
def flood_wall(s):
    s.sky("#40505f", "#7d8b8d", "#b9b49c", "#b9b49c")
    for x, y, w in [(200, 190, 700), (820, 130, 820), (1400, 230, 640), (560, 300, 500)]:
        s.cloud(x, y, w, "#56646f", .1, opacity=.6)
    s.ridge(420, 24, "#808b86", 600)
    s.water(440, "#a3a18d", "#77796c", "#4b524f")
    s.ripples(455, 1000, "#d8d2b4", 70, opacity=.4)
    s.ripples(455, 1000, "#343d40", 70, opacity=.4)
    for x, y, h in ((130, 530, 190), (330, 480, 110), (520, 460, 70)):
        since = len(s.parts)
        s.tree(x, y, h, "#5a6a55")
        s.reflect(since, y, .6, .4)
    for x, y in ((240, 640), (420, 556)):
        s.line([(x, y), (x, y - 110)], "#3b3f41", 9)
        s.rect(x - 48, y - 150, 96, 44, "#e3ddc4", r=4)
        s.rect(x - 40, y - 134, 80, 10, BRICK)
    s.shape([(760, 446), (1640, 446), (1640, 1100), (560, 1100)], ("#66746a", "#55655a"))
    x, w = 806, 44
    for i in range(10):
        wall = mix(["#c8765c", "#e2cfa4", "#93aaa8", "#d9a58a"][i % 4], "#7d8b8d", .4 - i * .04)
        s.house(x, 470 + (x - 800) * .4, w, w * 1.2, wall, "#4e4a55", [GOLD, "#33475a", "#33475a"], door=[NAVY, BRICK, MOSS][i % 3], bars="#d9d4c0" if i > 4 else None)
        x, w = x + w * .99, w * 1.19
    s.shape([(796, 466), (1640, 812), (1640, 1100), (880, 1100)], ("#77797a", "#4f545b"))
    s.shape([(796, 462), (1640, 800), (1640, 846), (800, 474)], "#b5b09f")
    s.path("M1240 860 Q1400 800 1520 860 Q1600 930 1440 940 Q1230 940 1240 860Z M1010 690 Q1080 670 1120 700 Q1120 730 1050 726 Q1000 716 1010 690Z", "#93a1a3")
    for x, y in ((1330, 880), (1440, 900), (1062, 702)):
        s.disc(x, y, 34 if y > 800 else 12, GOLD, ry=9 if y > 800 else 4, opacity=.8)
    for x, y in ((1440, 770), (1482, 786), (1462, 752), (1524, 802), (1504, 768)):
        s.disc(x, y, 30, ("#d3c49c", "#9c8c6c"), ry=16)
    for x, y, h in ((880, 590, 150), (1120, 840, 380)):
        s.lamp(x, y, h)
    s.shape([(746, 440), (772, 440), (740, 1100), (380, 1100)], ("across", "#d5cdb4", "#a9a48f", "#7d7b70"))
    s.shape([(772, 440), (796, 448), (1010, 1100), (740, 1100)], ("#8c897b", "#5d5e58"))
    s.shape([(746, 440), (380, 1100), (330, 1100), (734, 446)], "#3e4645")
    for i in range(6):
        t = ((i + 1) / 6) ** 1.8
        y = 440 + 660 * t
        s.line([(746 - 366 * t, y), (772 - 32 * t, y), (790 + 220 * t, y)], "#6a695f", 2 + 4 * t)
    for i in range(8):
        s.rect(352, 566 + i * 32, 34, 32, BRICK if i % 2 else PAPER)
    s.ripples(818, 838, "#d8d2b4", 4, 340, 400, .7, .5)
    s.disc(655, 842, 130, INK, ry=16, opacity=.3)
    s.figure(620, 846, 360, "#efb83e", "#2d4b52", SKINS[0], hat="#efb83e", stride=.05, arms=((-.15, .44), (.2, .46)))
    s.path("M706 838 L712 778 Q700 752 716 742 L790 742 Q812 716 820 690 L838 704 L866 716 Q868 736 840 738 L822 786 L826 838 H810 L800 790 L734 792 L724 838Z", "#e5dcc4")
    s.path("M716 742 Q690 720 692 690 L702 692 Q706 724 730 744Z", "#e5dcc4")
    s.path("M730 742 H786 L780 776 Q756 784 736 770Z M820 690 L814 724 L832 722Z", "#5b4a40")
    s.line([(692, 680), (760, 720), (824, 736)], BRICK, 5)
    for _ in range(150):
        x, y, n = s.chance.uniform(-50, 1650), s.chance.uniform(-20, 1060), s.chance.uniform(18, 54)
        s.line([(x, y), (x - n * .32, y + n)], "#e8e8d8", 2, opacity=.35)


@scene()
def market(s):
    s.sky("#5fa3b4", "#b6d3c4", "#f8e6bd", "#f8e6bd")
    s.glow(1300, 260, 640, "#fff4cd", .9)
    s.cloud(330, 210, 420, "#fdf4df", opacity=.9)
    s.rect(700, 210, 150, 420, ("across", "#a8a292", "#c4bba0", "#d9cda9"))
    s.shape([(690, 214), (775, 20), (860, 214)], ("across", "#5f7c80", "#86a099"))
    s.arch(750, 350, 50, 100, "#58656a")
    s.disc(775, 420, 30, PAPER)
    s.line([(775, 400), (775, 420), (789, 428)], INK, 4)
    for i, x in enumerate(range(-60, 1600, 168)):
        if not 640 < x < 780:
            s.house(x, 660, 166, s.chance.uniform(210, 300), ["#d9957a", "#eddcb2", "#a3bdb6", "#c8765c", "#e8c98f"][i % 5], "#6f5660", ["#3c5a69", "#58788a"], gable=i % 3 == 1, rows=3, bars=PAPER)
    for y, sag in ((300, 120), (220, 150)):
        s.curve(f"M-20 {y} Q400 {y + sag * 2} 800 {y + 20} Q1200 {y + sag * 2} 1620 {y}", "#5d5148", 3)
        for i in range(34):
            t = i / 17 % 1
            x = i * 48
            top = y + 10 + sag * 3.7 * t * (1 - t)
            s.shape([(x - 15, top), (x + 15, top), (x, top + 38)], [BRICK, PAPER, AMBER, "#2d5f73"][i % 4])
    s.rect(-10, 655, 1620, 440, ("#d8b98d", "#a07c66"))
    for _ in range(90):
        x, y = s.chance.uniform(0, 1600), s.chance.uniform(680, 1060)
        s.rect(x, y, 30 + (y - 660) * .15, 5, "#8d6c5b", r=3, opacity=.3)
    for x, h, coat in [(90, 120, NAVY), (640, 112, BRICK), (720, 124, "#e3cf9b"), (840, 116, "#2d5f73"), (1010, 120, MOSS), (1500, 118, "#6d4a5e")]:
        s.figure(x, 814, h, coat, skin=s.chance.choice(SKINS), hair=s.chance.choice(["#3a2a24", "#c9a060", "#e4ddd0"]), stride=.1, shadow=(-90, 26))
    for x, y, w, a, crop in [(110, 930, 400, BRICK, ["#e0913a", "#d9b23f", "#c9503c"]), (620, 900, 360, "#2d6f78", ["#7fa04e", "#9db85c", "#4f7f4a"]), (1090, 930, 400, "#d9972f", ["#b0443c", "#d8604a", "#8c3550"])]:
        for post in (x, x + w):
            s.line([(post, y + 90), (post, y - 280)], "#5b463c", 10)
        s.rect(x, y - 240, w, 230, INK, opacity=.28)
        s.figure(x + w * .5, y + 40, 260, mix(a, PAPER, .2), skin=s.chance.choice(SKINS), hat=PAPER if a == BRICK else None, arms=((-.25, .5), (.28, .55)))
        s.rect(x - 20, y - 60, w + 40, 34, "#8a6145", r=4)
        for row in range(3):
            for i in range(15):
                kind = crop[(i // 5) % 3]
                r, cx, cy = 15, x + 4 + i * w / 14.6 + row % 2 * 8, y - 66 + row * 16
                s.disc(cx, cy, r, mix(kind, INK, .14 if row % 2 else 0))
                s.disc(cx + 4, cy - 5, 5, mix(kind, PAPER, .55))
        s.rect(x - 20, y - 20, w + 40, 120, ("#b98558", "#7d5742"))
        for i in (0, 1, 2):
            s.rect(x - 10 + i * (w + 30) / 3, y - 8, w / 3 - 8, 96, "#8f6548", r=4)
            s.rect(x + 40 + i * (w + 30) / 3, y + 14, 54, 34, PAPER, r=3)
        n = 10
        for i in range(n):
            l, r, t0, t1 = x - 40 + i * (w + 80) / n, x - 40 + (i + 1) * (w + 80) / n, x - 8 + i * (w + 16) / n, x - 8 + (i + 1) * (w + 16) / n
            colour = a if i % 2 else PAPER
            s.path(f"M{t0:.0f} {y - 360} H{t1:.0f} L{r:.0f} {y - 256} q{(l - r) / 2:.0f} 46 {l - r:.0f} 0Z", (mix(colour, PAPER, .25), mix(colour, INK, .1)))
    s.figure(555, 1015, 310, "#6d4a5e", "#2f3a4a", SKINS[1], "#1e1716", stride=.1, arms=((-.2, .42), (.16, .5)), shadow=(-260, 50))
    s.path("M468 872 h60 l-8 62 h-46Z", "#c49a5c")
    s.figure(1040, 1020, 290, "#e3cf9b", "#7d4a44", SKINS[3], "#b36b3a", stride=.05, arms=((-.14, .46), (.3, .6)), shadow=(-240, 50))


@scene()
def bookshelf(s):
    s.sky("#2d4f5a", "#1e3742")
    s.glow(1130, 500, 1000, "#f0b25c", .75)
    spines = [BRICK, "#2d6f78", "#d39a3f", MOSS, "#6d4a5e", "#e6d3a6", "#27445e", "#b9694a", "#8aa79a"]
    for y in (330, 690, 1050):
        s.rect(-10, y - 350, 1620, 350, ("#0f1f2a", "#1b343f"), opacity=.55)
    s.glow(1110, 560, 460, "#ffd489", .85)
    for y, runs in [(330, [(20, 560), (760, 1180), (1330, 1590)]), (690, [(20, 330), (760, 950), (1290, 1590)]), (1050, [(20, 420), (640, 1120), (1370, 1590)])]:
        for x0, x1 in runs:
            s.books(x0, x1, y, 290, spines)
    for i, w in enumerate((300, 270, 290)):
        colour = [BRICK, "#e6d3a6", "#2d6f78"][i]
        s.rect(352 + i * 9, 640 - i * 50, w, 48, (mix(colour, PAPER, .2), mix(colour, INK, .2)), r=4)
        s.rect(352 + i * 9 + w - 50, 640 - i * 50, 14, 48, GOLD)
    s.path("M590 330 Q570 240 600 236 H690 Q720 240 700 330Z", ("across", "#d98f6a", "#a8553f"))
    for a, n in ((-100, 90), (-60, 150), (-10, 180), (40, 165), (90, 110), (-130, 30), (125, 40)):
        s.path(f"M645 240 Q{645 + a * .2} {240 - n} {645 + a} {240 - n * .9:.0f} Q{645 + a * .8} {240 - n * .3:.0f} 645 240Z", ("#9dba6c", "#477a57"))
    s.path("M378 545 Q366 452 470 446 Q600 430 640 492 Q662 545 620 545Z", ("#e7a15c", "#b96c3c"))
    s.disc(418, 498, 48, "#e7a15c", ry=42)
    s.path("M376 486 L380 430 L412 458Z M424 458 L456 430 L460 486Z", "#d98f4c")
    s.curve("M398 502 q8 8 16 0 M426 502 q8 8 16 0 M416 516 l4 5 l5 -5", INK, 4)
    s.curve("M622 520 Q700 560 690 620 Q684 650 660 640", "#c97a44", 24)
    for x in (500, 545, 590):
        s.curve(f"M{x} {448} q12 24 4 52", "#b0653a", 10, opacity=.7)
    s.line([(1060, 410), (1115, 340), (1170, 410)], "#c9974a", 7)
    s.path("M1050 420 L1078 386 H1152 L1180 420Z", ("across", "#7d5a2f", "#d9a850", "#7d5a2f"))
    s.rect(1058, 420, 114, 210, ("#fff3c4", "#ffd27a"), r=6)
    s.path("M1115 480 Q1160 560 1115 612 Q1070 560 1115 480Z", ("#fff", "#f5a33b"))
    for x in (1060, 1115, 1170):
        s.line([(x, 420), (x, 630)], "#9a6f35", 8)
    s.path("M1040 690 L1056 628 H1174 L1190 690Z", ("across", "#7d5a2f", "#d9a850", "#6b4a28"))
    s.disc(1250, 262, 62, ("across", "#7fb0b0", "#2d5f73"))
    s.path("M1210 230 q30 -30 50 -6 q-6 24 20 36 q-20 40 -40 14 q-30 0 -30 -44Z", "#c8b26a")
    s.curve("M1220 190 A78 78 0 1 1 1206 326", "#d9a850", 7)
    s.path("M1236 330 h30 l16 -14 h-60Z", "#9a6f35")
    s.rect(470, 900, 150, 150, ("across", PAPER, "#cdbb96"), r=14)
    s.curve("M616 930 q60 10 44 60 q-12 26 -44 22", "#dccba6", 18)
    s.rect(470, 950, 150, 26, "#2d6f78")
    s.curve("M520 870 q-24 -40 4 -70 q24 -30 0 -60 M570 876 q-24 -40 4 -64", PAPER, 8, opacity=.4)
    s.books(1150, 1350, 1050, 190, spines)
    for y in (330, 690, 1050):
        s.rect(-10, y, 1620, 34, ("across", "#5b3c31", "#9a6a45", "#c08a52", "#7d5540"))
        s.rect(-10, y + 34, 1620, 16, INK, opacity=.4)


@scene()
def brass_band(s):
    s.sky("#79b0b0", "#cfdcb8", "#f6e3b0", "#f6e3b0")
    s.glow(800, 480, 760, "#fff3c9", .9)
    for x, h in ((60, 520), (300, 430), (1320, 450), (1560, 540), (520, 330), (1110, 340)):
        s.tree(x, 760, h, mix("#7f9f5c", "#cfdcb8", .25))
    s.rect(-10, 740, 1620, 340, ("#9db56a", "#5f8250"))
    for x in (150, 560, 1020, 1430):
        s.rect(x - 13, 240, 26, 600, ("across", "#5b9189", "#2b5f62"))
        s.curve(f"M{x - 60} 246 Q{x} 250 {x} 320 Q{x} 250 {x + 60} 246", "#2b5f62", 8)
    s.path("M60 240 Q420 190 640 40 Q800 -20 960 40 Q1180 190 1540 240Z", ("across", "#c7664d", BRICK, RUST))
    for x in (330, 560, 800, 1040, 1270):
        s.curve(f"M{x} 240 Q{(x + 800) / 2} 170 {800 + (x - 800) * .2} 10", "#7a3730", 5, opacity=.6)
    for x in range(60, 1540, 74):
        s.path(f"M{x} 236 h74 v14 a37 34 0 0 1 -74 0Z", [PAPER, "#2b6f70"][x // 74 % 2])
    brass, shine, shade = "#e3aa3f", "#ffe6a0", "#9a6325"

    def bell(x, y, r):
        s.disc(x, y, r, ("across", shine, brass, shade))
        s.disc(x, y, r * .84, ("across", shade, brass, shine))
        s.disc(x, y, r * .45, ("across", "#5f3a1e", shade))

    def player(x, y, skin, hair):
        s.path(f"M{x - 112} {y + 330} L{x - 100} {y + 70} Q{x - 90} {y + 20} {x} {y + 16} Q{x + 90} {y + 20} {x + 100} {y + 70} L{x + 112} {y + 330}Z", ("across", "#345a7c", NAVY, INK))
        s.rect(x - 22, y - 20, 44, 52, mix(skin, INK, .2))
        s.disc(x, y - 48, 46, ("across", skin, mix(skin, INK, .22)), ry=56)
        s.path(f"M{x - 48} {y - 40} V{y - 74} H{x + 48} V{y - 40} Q{x + 38} {y - 66} {x} {y - 66} Q{x - 38} {y - 66} {x - 48} {y - 40}Z", hair)
        s.path(f"M{x - 56} {y - 78} Q{x - 62} {y - 126} {x} {y - 128} Q{x + 62} {y - 126} {x + 56} {y - 78}Z", ("across", "#345a7c", INK))
        s.rect(x - 56, y - 86, 112, 14, BRICK)
        s.path(f"M{x - 54} {y - 74} Q{x} {y - 50} {x + 54} {y - 74}Z", INK)
        s.disc(x, y - 104, 8, brass)
        for side in (-1, 1):
            s.line([(x + side * 62, y + 44), (x + side * 96, y + 42)], brass, 12)
        for dy in (80, 130, 180):
            s.disc(x - 16, y + dy, 6, brass)
            s.disc(x + 16, y + dy, 6, brass)

    people = [(270, 520, SKINS[0], "#8a5a34"), (535, 560, SKINS[1], "#1d1718"), (800, 520, SKINS[3], "#c98a4a"), (1065, 560, SKINS[2], "#e6e0d6"), (1330, 520, SKINS[0], "#3a2a24")]
    for person in people:
        player(*person)
    s.curve("M350 740 V470 M210 640 Q210 760 300 760 Q390 760 390 640 V460 M250 600 h90 v110 h-90Z", brass, 24)
    bell(372, 400, 104)
    for x, y in ((535, 560), (1065, 560)):
        s.line([(x - 100, y + 80), (x - 140, y + 150), (x - 14, y + 60)], "#2a4b6b", 42)
        s.line([(x + 100, y + 80), (x + 140, y + 150), (x + 34, y + 70)], INK, 42)
        s.line([(x, y - 16), (x + 4, y + 110)], brass, 15)
        s.rect(x - 46, y + 44, 100, 50, "none", r=24, stroke=brass, stroke_width=14)
        bell(x + 6, y + 140, 62)
    s.disc(800, 720, 172, RUST)
    s.disc(800, 720, 156, ("across", PAPER, "#e6d3a8"))
    s.disc(800, 720, 104, "none", stroke="#2b6f70", stroke_width=10)
    s.path("M762 780 L770 690 H830 L838 780Z M760 686 L800 640 L840 686Z", BRICK)
    s.path("M800 700 Q830 742 800 770 Q770 742 800 700Z", GOLD)
    s.line([(700, 600), (640, 650), (668, 700)], "#2a4b6b", 42)
    s.line([(668, 700), (730, 690)], "#8a5a3c", 12)
    s.disc(738, 688, 24, PAPER)
    s.line([(1330, 505), (1190, 700), (1120, 800)], brass, 14)
    s.line([(1350, 520), (1208, 715), (1136, 812)], brass, 14)
    s.line([(1120, 800), (1136, 812)], brass, 16)
    s.line([(1240, 590), (1200, 660), (1226, 640)], "#2a4b6b", 42)
    s.line([(1340, 520), (1430, 420)], brass, 20)
    bell(1440, 396, 70)
    s.rect(90, 850, 1420, 240, ("across", "#b98a62", "#e2bb84", "#a57653"))
    s.rect(60, 836, 1480, 30, "#f1dcae")
    for x in range(90, 1510, 60):
        s.line([(x, 866), (x, 1000)], "#2b5f62", 9)
        s.curve(f"M{x} 940 q30 -60 60 0", "#2b5f62", 6)
    s.rect(60, 900, 1480, 12, "#2b5f62")
    s.grass(1030, 1085, ["#56703f", "#8fa35a", "#3d5f45"], 160, 50)


@scene()
def viaduct(s):
    s.sky("#7f9fb4", "#d3c8b8", "#f7d9aa", "#f7cf9c")
    s.glow(1240, 330, 620, "#fff0c8", .95)
    s.disc(1240, 330, 58, "#fffaf0")
    s.ridge(430, 60, "#b9b4b0", 800)
    s.ridge(520, 70, "#98a09c", 600, light="#f3dfc0")
    s.ridge(610, 60, "#788a7c", 700, light="#e8cf9f")
    stone, lit, dark = "#a37d68", "#e0b98e", "#5d4c54"
    for i in range(7):
        x = -80 + i * 260
        s.path(f"M{x - 34} 1000 L{x - 26} 470 H{x + 26} L{x + 34} 1000Z", ("across", dark, stone, lit))
    for i in range(7):
        x = -80 + i * 260
        s.path(f"M{x} 420 H{x + 260} V640 H{x + 234} V600 A104 104 0 0 0 {x + 26} 600 V640 H{x}Z", ("#c49a78", stone))
        s.curve(f"M{x + 26} 604 A104 104 0 0 1 {x + 234} 604", lit, 10)
        s.path(f"M{x + 26} 640 V600 A104 104 0 0 1 {x + 80} 512 L{x + 92} 530 A104 104 0 0 0 {x + 44} 640Z", dark, opacity=.6)
        s.rect(x - 40, 636, 80, 14, lit)
    s.rect(-10, 404, 1620, 24, ("#e9cba0", stone))
    s.rect(-10, 428, 1620, 8, dark, opacity=.5)
    for i, x in enumerate((330, 640)):
        s.rect(x, 316, 300, 82, ("#3b8287", "#265f6b"), r=16)
        s.rect(x, 372, 300, 12, GOLD)
        s.windows(x + 14, 326, 272, 42, 6, 1, ["#fff0c2", "#fbdc98"], size=(.72, .86), r=5)
        for wheel in (50, 90, 210, 250):
            s.disc(x + wheel, 400, 13, INK)
    s.path("M924 318 Q950 322 956 390 H924Z", "#265f6b")
    s.disc(950, 380, 7, "#fffbe0")
    s.ridge(800, 50, "#647a58", 520, light="#cdbb7a")
    for i in range(34):
        x = s.chance.uniform(-20, 1620)
        s.tree(x, 850 + abs(x - 800) * -.08 + s.chance.uniform(0, 50), s.chance.uniform(90, 170), s.chance.choice(["#c97a3c", "#a8553a", "#d9a548", "#7f8a4a", "#6b7f52"]), "#4b3a38")
    s.path("M-20 1100 V905 Q300 850 560 880 Q760 900 700 960 Q640 1010 760 1100Z", ("#8a9a5a", "#5d7048"))
    s.path("M1620 1100 V880 Q1300 860 1080 890 Q900 920 960 980 Q1010 1020 940 1100Z", ("#7c8f56", "#4f6546"))
    s.path("M560 880 Q820 900 700 960 Q640 1010 760 1100 H940 Q1010 1020 960 980 Q890 920 1080 890 Q800 850 560 880Z", ("#f3dcb8", "#8fb0b4", "#4f7f8c"))
    s.ripples(900, 1060, "#fff1d6", 16, 740, 940, .6, .5)
    for x, y in ((330, 960), (400, 985), (250, 1000), (1290, 960), (1380, 985)):
        s.disc(x, y, 24, PAPER, ry=17)
        s.disc(x + 22, y - 8, 9, INK)
        for leg in (-10, 8):
            s.line([(x + leg, y + 12), (x + leg, y + 26)], INK, 4)


@scene()
def bakery(s):
    s.sky("#1f3348", "#33485a")
    s.rect(-10, -10, 1620, 880, ("#30475d", "#3f5363"))
    for row in range(24):
        for i in range(9):
            if s.chance.random() < .35:
                s.rect(s.chance.uniform(0, 1580), row * 36, 56, 20, s.chance.choice(["#4d6072", "#29405480", "#5a5f6b"]), r=2, opacity=.5)
    for x in (220, 690, 1160):
        s.rect(x, -20, 200, 180, "#16283a")
        s.rect(x + 14, -20, 172, 164, "#f2bf6d" if x == 1160 else "#27405a")
        s.line([(x + 100, -10), (x + 100, 150)], "#c8c2ae", 9)
        s.rect(x - 18, 150, 236, 20, "#c8c2ae")
    s.rect(150, 226, 1300, 660, ("#9a4738", "#6e3230"))
    s.rect(130, 210, 1340, 26, "#c98362")
    s.rect(200, 330, 820, 430, ("#ffe9b0", "#fbc56c", "#d98d3f"))
    for x in (300, 610, 900):
        s.glow(x, 400, 210, "#fffbe6", .9)
        s.line([(x, 330), (x, 380)], INK, 4)
        s.path(f"M{x - 44} 408 Q{x} 344 {x + 44} 408Z", "#2d6f78")
    crust = ["#b9702f", "#cf8d42", "#a3602b", "#dba55c"]
    for y, kind in ((520, 0), (620, 1), (735, 2)):
        for i in range(13 if kind else 10):
            colour = s.chance.choice(crust)
            if kind == 0:
                x = 240 + i * 78
                s.path(f"M{x} {y} q-8 -62 36 -64 q44 2 34 64Z", (mix(colour, GOLD, .4), colour))
                s.curve(f"M{x + 16} {y - 44} l12 16 M{x + 34} {y - 50} l12 16", "#f3d49a", 5)
            elif kind == 1:
                x = 250 + i * 60
                s.disc(x, y - 22, 28, (mix(colour, GOLD, .45), colour), ry=22)
                s.curve(f"M{x - 12} {y - 30} h24 M{x} {y - 40} v20", "#7d4a24", 3)
            elif i < 9:
                x = 250 + i * 90
                s.path(f"M{x - 40} {y} Q{x - 46} {y - 50} {x} {y - 60} Q{x + 46} {y - 50} {x + 40} {y} Q{x} {y - 28} {x - 40} {y}Z", (mix(colour, GOLD, .5), colour))
                s.curve(f"M{x - 16} {y - 52} l-8 32 M{x + 14} {y - 53} l8 32", "#8a5228", 4)
        s.rect(200, y, 820, 12, "#7a4a2c")
    s.figure(612, 810, 390, PAPER, SLATE, SKINS[0], hat="#fffdf4", arms=((-.24, .52), (.28, .6)))
    s.rect(186, 748, 848, 150, ("#8a3d33", "#5d2a2c"))
    for x in (230, 500, 770):
        s.rect(x, 780, 230, 90, "none", stroke="#b86a50", stroke_width=6)
    for x in (200, 473, 747, 1020):
        s.line([(x, 330), (x, 748)], "#5d2a2c", 14)
    s.rect(1100, 330, 250, 560, "#5d2a2c")
    s.rect(1124, 354, 202, 330, ("#ffe4a4", "#f3b45c"))
    s.rect(1124, 710, 202, 170, "#8a3d33")
    s.disc(1306, 700, 10, GOLD)
    s.rect(1180, 470, 92, 54, PAPER, r=6)
    s.line([(1226, 420), (1190, 470)], INK, 3)
    s.line([(1226, 420), (1264, 470)], INK, 3)
    for i in range(20):
        x, colour = 120 + i * 68, (PAPER, "#2d6f78")[i % 2]
        s.path(f"M{x + 12} 250 H{x + 66} L{x + 68} 356 a34 26 0 0 1 -68 0Z", (mix(colour, INK, .12), mix(colour, GOLD, .2)))
    s.rect(-10, 884, 1620, 200, ("#5a6472", "#27384a"))
    s.shape([(200, 890), (1020, 890), (1180, 1090), (20, 1090)], ("#ffcf7dcc", "#ffcf7d00"), opacity=.7)
    s.shape([(1124, 890), (1326, 890), (1450, 1090), (1110, 1090)], ("#ffcf7dcc", "#ffcf7d00"), opacity=.7)
    for y in (930, 1000):
        s.line([(-10, y), (1610, y)], INK, 3, opacity=.3)
    s.figure(1455, 990, 400, "#2d5f73", INK, SKINS[1], "#1d1718", stride=.09, arms=((-.2, .48), (.16, .48)), shadow=(90, 46), hat=AMBER)
    s.path("M1330 830 l22 -66 l44 10 l-8 66Z", "#d9b98a")
    s.line([(1348, 780), (1330, 720)], "#c98742", 20)
    s.line([(1374, 780), (1380, 716)], "#b9702f", 20)
    s.path("M120 900 q4 -70 40 -86 q-10 -20 4 -44 l12 18 h16 l12 -18 q14 24 2 44 q30 20 26 86Z", INK)
    s.curve("M222 890 q50 0 44 -56", INK, 13)


@scene()
def school(s):
    s.sky("#6ca4bd", "#c3d9cd", "#f9e6b8", "#f9e6b8")
    s.glow(260, 330, 640, "#fff6d6", .9)
    for x, y, w in [(330, 210, 400), (1330, 180, 380)]:
        s.cloud(x, y, w, "#fdf8ea", opacity=.9)
    for x, h in ((60, 330), (1500, 360), (1330, 260)):
        s.tree(x, 720, h, "#c48a3f")
    brick, pale, slate = "#b8604a", "#ead0a2", "#566274"
    s.rect(300, 430, 1000, 300, ("across", mix(brick, PAPER, .15), brick, mix(brick, INK, .2)))
    s.shape([(280, 434), (360, 320), (1240, 320), (1320, 434)], (mix(slate, PAPER, .15), slate))
    s.rect(744, 190, 112, 140, ("across", PAPER, "#d9c7a0", "#a89878"))
    s.arch(774, 310, 52, 90, NAVY)
    s.path("M778 296 q2 -50 22 -52 q20 2 22 52Z", GOLD)
    s.shape([(728, 196), (800, 80), (872, 196)], ("across", "#6f8a90", "#3d5563"))
    s.line([(800, 84), (800, 46)], INK, 5)
    s.path("M784 56 h40 l-10 8 l10 8 h-40Z", GOLD)
    for x, w in ((330, 240), (680, 240), (1030, 240)):
        s.shape([(x, 730), (x, 430), (x + w / 2, 290), (x + w, 430), (x + w, 730)], ("across", mix(brick, PAPER, .22), brick, mix(brick, INK, .18)))
        s.line([(x - 14, 446), (x + w / 2, 290), (x + w + 14, 446)], pale, 18, stroke_linejoin="miter")
        s.disc(x + w / 2, 396, 24, pale)
        s.disc(x + w / 2, 396, 16, NAVY)
        if x != 680:
            for dx in (34, 92, 150):
                s.arch(x + dx - 6, 640, 62, 190, pale)
                s.arch(x + dx, 634, 50, 178, ("#3d6274", "#7fa6ac"))
                s.line([(x + dx + 25, 460), (x + dx + 25, 634)], PAPER, 4)
                s.line([(x + dx, 550), (x + dx + 50, 550)], PAPER, 4)
    s.arch(738, 730, 124, 220, pale)
    s.arch(752, 730, 96, 202, "#2d6f78")
    s.line([(800, 530), (800, 730)], NAVY, 5)
    for x in (590, 950):
        s.arch(x - 4, 640, 76, 150, pale)
        s.arch(x + 4, 634, 60, 138, ("#3d6274", "#7fa6ac"))
        s.line([(x + 34, 500), (x + 34, 634)], PAPER, 4)
    s.rect(300, 690, 1000, 12, pale)
    s.rect(-10, 728, 1620, 360, ("#c6b79c", "#8d8a86"))
    s.shape([(300, 730), (1300, 730), (1500, 800), (480, 800)], INK, opacity=.16)
    s.disc(420, 930, 250, "none", ry=70, stroke=PAPER, stroke_width=7, stroke_opacity=.7)
    for i in range(6):
        y, k = 1030 - i * 40, 1 - i * .09
        for side in ((-.5, .5) if i % 3 == 1 else (0,)):
            s.shape([(1010 + side * 130 * k - 62 * k, y), (1010 + side * 130 * k + 62 * k, y), (1010 + side * 125 * k + 58 * k, y - 36), (1010 + side * 125 * k - 58 * k, y - 36)],
                    [AMBER, "#2d6f78", BRICK][i % 3], stroke=PAPER, stroke_width=5, opacity=.9)
    for x, y, h, coat, hands, stride in [(250, 905, 150, AMBER, ((-.3, .7), (.32, .62)), .16), (430, 985, 170, "#2d5f73", ((-.32, .62), (.3, .8)), .14), (590, 920, 150, BRICK, ((-.3, .6), (.3, .72)), .15), (1010, 960, 180, "#6d4a5e", ((-.34, .74), (.34, .74)), .1),
                                         (1210, 900, 150, MOSS, ((-.15, .45), (.26, .6)), .06), (1290, 905, 146, "#e3cf9b", ((-.26, .6), (.15, .45)), .06), (760, 830, 130, "#d9503c", ((-.2, .5), (.2, .5)), .14), (1400, 985, 260, NAVY, ((-.16, .46), (.14, .46)), .05)]:
        s.figure(x, y, h, coat, s.chance.choice([INK, "#4a5566", "#5b463c"]), s.chance.choice(SKINS), s.chance.choice(["#3a2a24", "#c98a4a", "#1d1718", "#8a5a34"]), stride=stride, arms=hands, shadow=(h * .9, h * .2))
    s.disc(345, 840, 19, "#d9503c")
    for _ in range(70):
        s.disc(s.chance.uniform(0, 1600), s.chance.uniform(760, 1050), s.chance.uniform(4, 9), s.chance.choice(["#c97a3c", "#e0a548", "#a8553a"]), ry=4, opacity=.85)


@scene()
def turbines(s):
    s.sky("#21597a", "#5f9fa6", "#e9d2a4", "#f3b98a")
    s.glow(420, 610, 640, "#fff1c8", .95)
    s.disc(420, 596, 74, "#fffaf0")
    s.streaks(330, 600, "#f6cfa8", 12, .5)
    s.water(660, "#f2c79c", "#7fb0b0", "#2f7383", "#174a5c")
    s.glitter(420, 668, 1030, "#fff3d0", 1.1)
    s.ripples(680, 1050, "#0f4053", 80, opacity=.4)
    s.ripples(680, 1050, "#f8e4c0", 50, opacity=.4)
    for x, y, h, turn in [(90, 664, 120, 10), (230, 664, 130, 50), (600, 666, 150, 80), (760, 668, 180, 25), (1470, 676, 220, 65), (590, 690, 240, 95), (1220, 720, 410, 8), (890, 700, 330, 48)]:
        far = max(0, min(1, 1.1 - h / 520))
        light, dark = mix("#ffffff", "#cfd3c0", far), mix("#5d7d90", "#b9bfb0", far)
        since = len(s.parts)
        top = y - h
        s.path(f"M{x - h * .028} {y} L{x - h * .014} {top} H{x + h * .014} L{x + h * .028} {y}Z", ("across", light, dark))
        s.rect(x - h * .036, y - h * .09, h * .072, h * .09, mix(GOLD, dark, far * .7))
        s.rect(x - h * .03, top - h * .03, h * .11, h * .055, dark, r=h * .02)
        for blade in range(3):
            with s.group(f"rotate({turn + blade * 120} {x} {top})"):
                s.path(f"M{x - h * .016} {top} Q{x - h * .05} {top - h * .16} {x - h * .004} {top - h * .62} L{x + h * .008} {top - h * .62} Q{x + h * .022} {top - h * .2} {x + h * .016} {top}Z", ("across", light, mix(light, dark, .75)))
        s.disc(x, top, h * .03, light)
        s.reflect(since, y, .45, .22)
    since = len(s.parts)
    s.boat(420, 850, 290, "#c9553f", trim="#23465a")
    s.reflect(since, 850, .5, .3)
    s.path("M285 856 Q180 872 60 868 Q180 850 280 842Z", PAPER, opacity=.6)
    s.figure(500, 800, 84, AMBER, hat=BRICK)
    for x, y, w in [(700, 250, 34), (620, 320, 22), (800, 180, 20), (300, 400, 24)]:
        s.gull(x, y, w)


@scene()
def swans(s):
    s.sky("#c9d2b4", "#e8d9ab", "#f3dfb0")
    s.glow(1180, 130, 620, "#fff6d8", .95)
    s.ridge(210, 30, "#a9b79a", 500)
    for i in range(16):
        x = i * 112 - 30
        (s.poplar if i % 3 == 0 else s.tree)(x, 330, s.chance.uniform(120, 240), mix("#6f8f5e", "#c9d2b4", .35))
    s.rect(-10, 318, 1620, 30, "#7b8f60")
    s.water(340, "#d8cfa0", "#7fa79c", "#2f6a70", "#173f4c")
    for i in range(12):
        s.disc(i * 150 - 20, 356, 70, "#5f7f5e", ry=s.chance.uniform(40, 110), opacity=.25)
    s.glitter(1180, 350, 960, "#fff4cf", 1.5, .6)
    s.ripples(360, 1040, "#eef0d4", 70, opacity=.4)
    s.ripples(420, 1050, "#113642", 60, opacity=.45)

    def swan(x, y, size, facing):
        since = len(s.parts)
        with s.group(f"translate({x} {y}) scale({size * facing} {size})"):
            s.path("M-150 -30 L-232 -82 L-120 -84Z", "#e6e6d6")
            s.path("M-175 -4 C-196 -60 -120 -122 -40 -112 C40 -122 96 -92 114 -50 C128 -18 110 6 60 10 C-20 18 -140 18 -175 -4Z", ("#fffdf3", "#d3dcd4"))
            s.curve("M88 -42 C160 -92 52 -170 92 -236 C106 -262 134 -266 150 -250", "#fdfaee", 36)
            s.curve("M104 -46 C172 -96 70 -166 106 -226", "#c9d3cc", 9, opacity=.7)
            s.path("M126 -262 Q158 -284 184 -256 Q194 -240 180 -228 Q150 -222 132 -236Z", "#fffdf3")
            s.path("M176 -254 Q206 -244 228 -224 Q200 -218 174 -228Z", "#e58a35")
            s.path("M168 -262 Q186 -262 190 -246 L176 -232 L160 -246Z", INK)
            for dx, dy, n in ((0, 0, 190), (14, 22, 170), (34, 42, 140)):
                s.path(f"M{70 - dx} {-70 + dy} C{10} {-116 + dy} {-80} {-104 + dy} {-n - 6} {-66 + dy * .7} C{-100} {-58 + dy} {-20} {-40 + dy} {70 - dx} {-70 + dy}Z", ("across", "#cfd8d1", "#fffdf3"), opacity=.9)
        s.reflect(since, y + 6 * size, .62, .4)
        for w in (230, 300):
            s.curve(f"M{x - w * size} {y + 10 * size} Q{x} {y + w * .2 * size} {x + w * size} {y + 8 * size}", "#eef0d4", 3, opacity=.6)

    swan(1200, 570, .8, -1)
    swan(620, 740, 1.4, 1)
    for x, y, k in ((1030, 800, 1), (1150, 830, 1.1), (1270, 800, 1)):
        s.path(f"M{x - 52 * k} {y} Q{x - 56 * k} {y - 40 * k} {x} {y - 36 * k} Q{x + 40 * k} {y - 34 * k} {x + 42 * k} {y} Q{x} {y + 14} {x - 52 * k} {y}Z", ("#c9bfa9", "#94908a"))
        s.curve(f"M{x + 28 * k} {y - 18 * k} q4 {-22 * k} 8 {-34 * k}", "#b8b0a0", 17 * k)
        s.disc(x + 42 * k, y - 56 * k, 17 * k, "#b8b0a0")
        s.path(f"M{x + 54 * k} {y - 60 * k} l{22 * k} {8 * k} l{-22 * k} {4 * k}Z", INK)
        s.curve(f"M{x - 80} {y + 8} q80 16 160 0", "#eef0d4", 3, opacity=.6)
    for side in (0, 1):
        for i in range(26):
            x, h = side * 1300 + s.chance.uniform(-40, 330), s.chance.uniform(160, 400)
            lean = s.chance.uniform(-50, 60)
            s.path(f"M{x - 8:.0f} 1090 Q{x:.0f} {1090 - h * .6:.0f} {x + lean:.0f} {1090 - h:.0f} Q{x + 10:.0f} {1090 - h * .5:.0f} {x + 8:.0f} 1090Z", s.chance.choice(["#2f5a4c", "#4d7a52", "#1f4340", "#86955a"]))
            if i % 5 == 0:
                s.line([(x, 1090), (x + lean * .3, 1060 - h)], "#2f5a4c", 6)
                s.line([(x + lean * .3, 1060 - h), (x + lean * .3 + 4, 985 - h)], "#7a4f34", 24)


@scene()
def cinema(s):
    s.sky("#141b3a", "#2d2f5c", "#6d4470", "#c46a6e")
    s.stars(320, 60)
    for x, w, h in ((-40, 230, 430), (170, 170, 330), (1270, 190, 360), (1440, 220, 470)):
        s.house(x, 860, w, h, "#2f3157", "#1b2040", ["#1b2040", "#1b2040", "#e8a95c"], rows=4, columns=3)
    wall = ("across", "#e8c3a0", "#c98f86", "#7d5273")
    s.rect(350, 330, 900, 530, ("across", "#cf9f90", "#a8707c", "#5d4068"))
    for i in range(4):
        s.rect(430 + i * 46, 300 - i * 36, 740 - i * 92, 570, wall, r=20)
    s.rect(430, 330, 740, 12, "#f6e2c0", opacity=.7)
    for x in range(600, 1010, 50):
        if not 720 < x < 880:
            s.rect(x, 215, 14, 385, "#7a4a66", opacity=.35)
    for x in (470, 1050):
        s.rect(x, 390, 86, 210, "#2a2450", r=40)
        s.rect(x + 8, 398, 70, 194, ("#ffd98c", "#e2894f"), r=34)
        s.line([(x + 43, 398), (x + 43, 592)], "#2a2450", 6)
    s.glow(800, 330, 520, "#ff8f6a", .7)
    s.rect(732, 108, 136, 500, "#1f1d45", r=26)
    s.rect(743, 119, 114, 478, "none", r=20, stroke="#ffcf6b", stroke_width=6)
    letters = {"R": "M0 1 V0 H.8 V.5 H0 M.3 .5 L.8 1", "E": "M.8 0 H0 V1 H.8 M0 .5 H.6", "G": "M.8 0 H0 V1 H.8 V.55 H.45", "A": "M0 1 L.4 0 L.8 1 M.15 .64 H.65", "L": "M0 0 V1 H.8"}
    for i, letter in enumerate("REGAL"):
        for width, colour, opacity in ((.34, "#ff5f5a", .35), (.17, "#ff8a6b", 1), (.07, "#fff0d8", 1)):
            with s.group(f"translate(776 {142 + i * 91}) scale(60)"):
                s.curve(letters[letter], colour, width, opacity=opacity, stroke_linejoin="round")
    s.path("M330 610 H1270 L1310 650 V706 H290 V650Z", ("across", "#ffe6a8", "#ffd27a", "#ffe6a8"))
    s.rect(290, 650, 1020, 62, "#fff3d0")
    s.rect(290, 706, 1020, 14, "#c4433f")
    for i, w in enumerate((90, 60, 130, 40, 110, 80, 60, 120)):
        s.rect(370 + i * 110, 668, w * .8, 26, "#2a2450", r=3)
    for x in range(306, 1310, 36):
        s.disc(x, 642, 9, "#fffbe0")
    s.glow(800, 800, 640, "#ffc873", .85)
    s.rect(400, 720, 800, 150, ("#ffe1a0", "#e99a5a"))
    for x in range(400, 1200, 100):
        s.rect(x + 10, 736, 80, 134, "#8a3a44" if x in (400, 500, 1000, 1100) else "#fff0c4", r=4)
        s.line([(x + 50, 736), (x + 50, 866)], "#7a3340", 4)
    s.rect(-10, 864, 1620, 220, ("#4a3557", "#1a1b3a"))
    for x in range(300, 1310, 20):
        s.rect(x, 880 + s.chance.uniform(0, 20), 11, s.chance.uniform(30, 170), s.chance.choice(["#ffcf7d", "#ff8a6b", "#ffe6b0"]), r=5, opacity=round(s.chance.uniform(.12, .5), 2))
    for i in range(40):
        s.rect(s.chance.uniform(0, 1500), s.chance.uniform(880, 1060), s.chance.uniform(40, 160), 4, "#d98a8a", r=2, opacity=.3)
    for i, x in enumerate((560, 640, 712, 950, 1020, 1100, 1190, 1270)):
        h, coat = s.chance.uniform(150, 176), s.chance.choice(COATS)
        s.figure(x, 935 + i % 3 * 12, h, coat, "#1b2040", s.chance.choice(SKINS), stride=.06, shadow=(10, 70))
        if i in (1, 4, 7):
            s.line([(x + 20, 860), (x + 20, 745)], INK, 4)
            s.path(f"M{x - 66} 776 Q{x - 50} 706 {x + 20} 700 Q{x + 90} 706 {x + 106} 776 q-21 -16 -43 0 q-21 -16 -43 0 q-21 -16 -43 0 q-21 -16 -43 0Z", ("across", "#e0604f", "#8a3340") if i != 4 else ("across", "#4fa09a", "#245763"))
    for x in (200, 1420):
        s.lamp(x, 930, 330)


@scene()
def moorland(s):
    s.sky("#56819a", "#a9bfc0", "#f0ddb8", "#f0ddb8")
    s.glow(1080, 300, 640, "#fff6da", .95)
    for x, y, w, o in [(260, 240, 620, .9), (980, 170, 760, .85), (1440, 290, 460, .8)]:
        s.cloud(x, y, w, ("#eceae0", "#9fb0b6"), .12, opacity=o)
    for x in (820, 980, 1140):
        s.shape([(x, 180), (x + 60, 180), (x + 20 + (x - 980) * .9, 700), (x - 160 + (x - 980) * .9, 700)], ("#fff6d899", "#fff6d800"), opacity=.6)
    s.ridge(500, 60, "#9aa8b0", 800)
    s.ridge(570, 70, "#81859a", 640, light="#e7d3c0")
    s.ridge(670, 60, "#745f80", 760, light="#d9a9a8")
    s.path("M-20 1100 V760 Q300 640 700 720 Q1100 800 1620 640 V1100Z", ("#8a567a", "#5a3d5f", "#33304a"))
    s.stipple("M-20 1100 V760 Q300 640 700 720 Q1100 800 1620 640 V1100Z", "#e3a3a0", "down", .35)
    s.path("M1180 1100 Q980 960 820 900 Q640 840 760 790 Q860 760 800 722 L812 722 Q900 760 808 800 Q740 840 900 880 Q1200 960 1500 1100Z", ("#f0d9b0", "#c9a58a"))
    for _ in range(170):
        y = s.chance.uniform(760, 1070)
        x, r = s.chance.uniform(0, 1600), (y - 640) * s.chance.uniform(.03, .09)
        if abs(x - 980 - (y - 900) * 1.7) > 130:
            s.disc(x, y, r * 1.6, s.chance.choice(["#a2668e", "#c07f9a", "#6d4a6e", "#58604a", "#8b8a54"]), ry=r * .6, opacity=.75)
    s.shape([(420, 880), (60, 960), (80, 985), (470, 900)], INK, opacity=.3)
    stone = "M330 890 L352 560 Q372 470 420 452 Q476 470 484 560 L508 900 Q420 920 330 890Z"
    s.path(stone, ("across", "#4c5264", "#8b8a90", "#e8d6b8"))
    s.stipple(stone, INK, "right", .5)
    for y in (540, 640, 770):
        s.curve(f"M{372} {y} q30 14 60 -4", "#5a5d6c", 4, opacity=.6)
    s.disc(415, 898, 120, "#58604a", ry=18)
    s.figure(905, 884, 190, "#d9583f", "#2d3a4e", stride=.13, hat="#e8c26a", arms=((-.16, .45), (.26, .5)), shadow=(-150, 46))
    s.rect(868, 736, 34, 62, "#2d6f78", r=12)
    s.line([(956, 792), (972, 888)], "#5b4336", 6)
    s.path("M1010 906 l4 -30 q-14 -8 -6 -22 h46 q10 -2 16 -20 l18 4 l8 12 q-4 10 -20 10 l-6 14 l4 32 h-8 l-8 -28 h-28 l-10 28Z", INK)
    for x, y, k in ((1240, 800, 1), (1330, 830, 1.2), (1180, 770, .8), (620, 790, .7), (1450, 780, .9)):
        s.disc(x, y, 30 * k, ("#fff8e6", "#c9bfb4"), ry=21 * k)
        s.disc(x - 28 * k, y - 8 * k, 11 * k, INK)
        for leg in (-12, 12):
            s.line([(x + leg * k, y + 16 * k), (x + leg * k, y + 34 * k)], INK, 5 * k)
    for x, y in ((620, 330), (680, 300), (560, 370)):
        s.gull(x, y, 24, "#3f4f60")


@scene()
def ferry(s):
    s.sky("#4f9bb0", "#a9d2cc", "#f4e6c4", "#f4e6c4")
    s.cloud(360, 230, 560, "#fdf8ea", .12)
    s.cloud(1300, 300, 440, "#fdf8ea", .12, opacity=.85)
    s.ridge(500, 50, "#9dbdb4", 700)
    s.ridge(545, 36, "#7ba08e", 500, light="#e8e0b4")
    for i in range(20):
        s.house(930 + i * 36, 590 - abs(10 - i) * 1.5, 38, s.chance.uniform(26, 52), mix(s.chance.choice([PAPER, ROSE, "#a3bdb6"]), "#7ba08e", .3), "#9a6a5a", ["#4d7484"], gable=i % 3 == 0)
    s.water(590, "#a6d0c8", "#3f8f9c", "#1f6274", "#134355")
    s.ripples(610, 1050, "#e6f2e2", 80, opacity=.45)
    s.ripples(640, 1050, "#0f3c4e", 70, opacity=.45)
    since = len(s.parts)
    s.path("M230 640 H1300 L1420 600 Q1390 730 1340 780 H320 Q250 740 230 640Z", ("#24485f", "#14293d"))
    s.path("M262 730 Q280 760 320 780 H1340 Q1362 758 1376 724Z", BRICK)
    s.rect(232, 640, 1080, 16, PAPER)
    s.rect(330, 540, 860, 102, ("across", "#fffaf0", PAPER, "#d3d0bf"))
    s.windows(350, 556, 820, 50, 16, 1, ["#2f5f74", "#2f5f74", "#f7d48a"], size=(.66, .9), r=8)
    s.rect(420, 450, 640, 92, ("across", "#fffaf0", PAPER, "#d3d0bf"))
    s.windows(440, 468, 600, 44, 12, 1, ["#2f5f74", "#f7d48a"], size=(.66, .9), r=8)
    s.rect(318, 530, 890, 12, "#e8893a")
    s.rect(408, 442, 670, 12, "#e8893a")
    s.path("M900 442 L920 370 H1110 L1130 442Z", ("across", "#fffaf0", "#d3d0bf"))
    s.windows(930, 384, 180, 36, 6, 1, ["#24485f"], size=(.8, .9))
    s.rect(908, 358, 214, 14, "#e8893a")
    s.path("M560 442 L580 300 H700 L690 442Z", ("across", "#f0973f", "#e07a35", "#a8532c"))
    s.path("M574 340 L577 320 H698 L697 340Z", PAPER)
    s.rect(576, 286, 128, 20, INK)
    s.path("M640 280 Q600 220 500 226 Q430 190 330 220 Q240 190 150 226 Q250 214 330 246 Q430 230 500 256 Q580 250 610 284Z", "#e9ece0", opacity=.75)
    s.line([(1010, 358), (1010, 260)], INK, 6)
    s.path("M1010 264 L930 280 L1010 300Z", BRICK)
    for x in range(350, 1190, 40):
        s.line([(x, 530), (x, 506)], "#7f9aa2", 3)
    s.line([(340, 506), (408, 506)], "#7f9aa2", 4)
    s.line([(1080, 506), (1196, 506)], "#7f9aa2", 4)
    for x in (360, 390, 1100, 1135, 1165):
        s.figure(x, 532, 58, s.chance.choice(COATS), skin=s.chance.choice(SKINS))
    for x in (480, 620, 760):
        s.rect(x, 524, 86, 22, "#e8893a", r=10)
    for x in range(380, 1260, 110):
        s.disc(x, 690, 14, "#dfe6da")
        s.disc(x, 690, 9, "#14293d")
    s.reflect(since, 782, .4, .3)
    s.path("M1440 770 Q1380 730 1340 776 Q1100 800 800 786 Q500 806 300 776 Q120 800 -20 790 V812 Q200 830 500 812 Q900 830 1340 806 Q1420 806 1440 770Z", "#f3f6ea", opacity=.9)
    s.path("M1340 780 Q1420 720 1470 790 Q1420 800 1340 796Z", "#ffffff")
    for x, y in ((1240, 930), (240, 960)):
        with s.group(f"rotate({6 if x > 900 else -5} {x} {y})"):
            s.path(f"M{x - 44} {y} H{x + 44} L{x + 30} {y + 30} H{x - 30}Z", "#d9503c")
            s.shape([(x - 26, y), (x - 14, y - 76), (x + 14, y - 76), (x + 26, y)], PAPER if x > 900 else "#4f8a6a")
            s.disc(x, y - 88, 12, GOLD)
    for x, y, w in [(860, 230, 44), (1000, 170, 30), (760, 170, 24), (1240, 210, 34), (300, 400, 30), (1420, 440, 26)]:
        s.gull(x, y, w, "#fffdf4")


@scene()
def storm_sea(s):
    s.sky("#1c2c3c", "#3a5260", "#7d9490", "#c9c7a4")
    for x, y, w, c in [(200, 170, 900, "#2a3c4b"), (1350, 140, 900, "#24364a"), (760, 260, 700, "#3a4f5c"), (1250, 330, 520, "#4a616b"), (180, 350, 520, "#465c67")]:
        s.cloud(x, y, w, (c, mix(c, "#7d9490", .35)), .12)
    s.glow(900, 480, 420, "#fbf2c4", .75)
    for x in (760, 900, 1040):
        s.shape([(x, 250), (x + 50, 250), (x + 130, 600), (x - 60, 600)], ("#fbf2c466", "#fbf2c400"))
    s.path("M-20 1100 V600 Q200 540 400 590 Q620 540 820 600 Q1060 540 1260 590 Q1450 560 1620 610 V1100Z", ("#6f8f8c", "#2f5a68"))
    for i in range(22):
        x = i * 78
        s.curve(f"M{x} {606 + i % 3 * 14} q24 -22 52 0", "#dfe8d6", 4, opacity=.6)
    with s.group("rotate(-9 900 640)"):
        s.boat(900, 650, 330, "#b5483a", trim="#f3dfb5")
        s.figure(800, 600, 90, AMBER, hat=AMBER)
        s.glow(867, 372, 60, "#fff3b8", .9)
    mid = "M-20 1100 V700 Q140 610 330 700 Q480 770 640 720 Q800 640 980 700 Q1180 770 1330 690 Q1480 620 1620 700 V1100Z"
    s.path(mid, ("#3f7780", "#1d4656"))
    s.curve("M640 720 Q800 640 980 700 Q1180 770 1330 690 Q1480 620 1620 700", "#dfe8d6", 12)
    s.path("M-40 1100 V330 C160 250 420 300 500 480 C530 560 480 610 440 600 C480 540 420 450 330 470 C240 500 260 700 420 830 C520 910 700 960 960 1010 L960 1100Z", ("#5f9a98", "#245a68", "#123a4c"))
    s.stipple("M-40 1100 V330 C160 250 420 300 500 480 C530 560 480 610 440 600 C480 540 420 450 330 470 C240 500 260 700 420 830 C520 910 700 960 960 1010 L960 1100Z", "#d7e6d4", "down", .4)
    for k in range(6):
        s.curve(f"M{-30} {420 + k * 95} C{90 - k * 8} {390 + k * 86} {190 - k * 12} {480 + k * 70} {230 + k * 34} {700 + k * 52} S{380 + k * 60} {900 + k * 22} {520 + k * 60} {930 + k * 22}", "#9cc7bd", 7, opacity=.5)
    crest = [(-30, 336), (60, 300), (150, 284), (240, 292), (320, 318), (390, 352), (450, 400), (490, 460), (508, 520), (500, 575), (466, 604)]
    for i, (x, y) in enumerate(crest):
        for _ in range(4):
            s.disc(x + s.chance.uniform(-34, 34), y + s.chance.uniform(-26, 22), s.chance.uniform(16, 34), s.chance.choice(["#f6f7ea", "#e3ece2", "#cfe0d8"]))
        if i > 3:
            s.curve(f"M{x} {y} q-30 30 -14 70 q14 24 -10 44", "#f6f7ea", 15)
    for _ in range(60):
        s.disc(s.chance.uniform(300, 680), s.chance.uniform(260, 620), s.chance.uniform(2, 8), "#f6f7ea", opacity=.85)
    front = "M-20 1100 V960 Q200 860 460 940 Q700 1010 940 930 Q1130 830 1330 880 Q1500 920 1620 860 V1100Z"
    s.path(front, ("#2f6a78", "#0f2f42"))
    s.curve("M-20 960 Q200 860 460 940 Q700 1010 940 930 Q1130 830 1330 880 Q1500 920 1620 860", "#e9f0e2", 16)
    for k in range(1, 4):
        s.curve(f"M{-20} {960 + k * 34} Q200 {870 + k * 34} 460 {944 + k * 32} Q700 {1012 + k * 30} 940 {940 + k * 30} Q1130 {846 + k * 36} 1330 {890 + k * 36} Q1500 {930 + k * 34} 1620 {872 + k * 36}", "#7fb0ac", 5, opacity=.45)
    for _ in range(90):
        x = s.chance.uniform(900, 1480)
        s.disc(x, 850 + s.chance.uniform(-1, 1) ** 3 * 60 + abs(x - 1200) * .1, s.chance.uniform(2, 9), "#f3f6e8", opacity=.9)
    for _ in range(110):
        x, y, n = s.chance.uniform(0, 1700), s.chance.uniform(-20, 900), s.chance.uniform(30, 80)
        s.line([(x, y), (x - n * .6, y + n)], "#e8eee0", 2, opacity=.25)


@scene()
def bypass_road(s):
    s.sky("#6aa0b4", "#c3d3c0", "#f8dfae", "#f8dfae")
    s.glow(420, 300, 560, "#fff4d0", .95)
    s.disc(420, 270, 52, "#fffaf0")
    s.cloud(1180, 150, 480, "#fbf3df", .11, opacity=.9)
    s.ridge(310, 46, "#a9b7ae", 700)
    s.ridge(352, 30, "#8ea58c", 520, light="#f0e0b4")
    s.rect(-10, 372, 1620, 720, "#8fa862")
    crops = ["#a9b860", "#d9c272", "#7f9a55", "#c9a95c", "#93ad6a", "#e3d08c", "#6d8f58"]
    edge, n = [372, 410, 468, 560, 700, 1100], 0
    for band, (y0, y1) in enumerate(zip(edge, edge[1:])):
        step = 130 + band * 95
        for i in range(-2, 15):
            x0, lean0, lean1 = i * step, (y0 - 372) * .35, (y1 - 372) * .35
            n += 1
            crop = crops[(n * 5 + band * 3) % 7]
            at = lambda u, v: (x0 + u * step - (lean0 + (lean1 - lean0) * v) + band * 30, y0 + (y1 - y0) * v)
            s.shape([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], (mix(crop, "#f0e0b4", .3 - band * .06), crop))
            if n % 2:
                for u in range(1, 9):
                    s.line([at(u / 9, .06), at(u / 9, .94)], mix(crop, MOSS, .45), 1 + band * .8, opacity=.5)
            s.line([at(0, 0), at(0, 1)], mix("#4d6f4a", "#a9b7ae", .4 - band * .1), 3 + band * 3)
        s.line([(-20, y1), (1620, y1)], mix("#4d6f4a", "#a9b7ae", .4 - band * .1), 3 + band * 3)
        for _ in range(9):
            s.tree(s.chance.uniform(0, 1600), y1 + 4, 30 + band * 26, mix("#5f8350", "#a9b7ae", .4 - band * .1))
    middle = lambda t: 760 + 330 * math.sin(t * 5.2 + .5) * (1 - t) ** .8 + 240 * t
    half = lambda t: 4 + 235 * (1 - t) ** 1.9
    height = lambda t: 1090 - 712 * (1 - (1 - t) ** 1.7)
    ribbon = lambda a, b, t0=0, t1=1: [(middle(t) + half(t) * k, height(t)) for k, ts in ((a, range(61)), (b, range(60, -1, -1))) for t in (t0 + (t1 - t0) * i / 60 for i in ts)]
    s.shape(ribbon(-1.5, 1.5), ("#c98f5a", "#b5713f", "#9a5a34"))
    s.shape(ribbon(-1, 1), ("#8f939a", "#6b6f7b", "#4a4f5e"))
    for k in (-.93, .9):
        s.shape(ribbon(k, k + .035), PAPER)
    for i in range(24):
        s.shape(ribbon(-.02, .02, i / 24, i / 24 + .02), PAPER)
    for t, k, colour in ((.3, -.5, BRICK), (.5, .45, "#f3e3bd"), (.62, -.45, "#2d5f73"), (.16, .5, AMBER), (.76, .45, BRICK)):
        x, y, w = middle(t) + half(t) * k, height(t), half(t) * .3
        s.disc(x, y + w * .1, w * 1.3, INK, ry=w * .25, opacity=.35)
        s.rect(x - w, y - w * .9, w * 2, w * .8, (mix(colour, PAPER, .2), mix(colour, INK, .3)), r=w * .25)
        s.path(f"M{x - w * .75:.0f} {y - w * .8:.0f} L{x - w * .5:.0f} {y - w * 1.5:.0f} H{x + w * .5:.0f} L{x + w * .75:.0f} {y - w * .8:.0f}Z", "#24404f")
        for side in (-.7, .7):
            s.rect(x + side * w - w * .2, y - w * .15, w * .4, w * .3, INK, r=2)
            s.disc(x + side * w, y - w * .5, w * .16, "#fff3c0" if k > 0 else "#ff8a6b")
    for i in range(7):
        t = i * .055 + .02
        x, y, h = middle(t) - half(t) * 1.18, height(t), half(t) * .34
        s.shape([(x - h * .3, y), (x - h * .07, y - h), (x + h * .07, y - h), (x + h * .3, y)], "#e8743a")
        s.shape([(x - h * .21, y - h * .4), (x - h * .14, y - h * .66), (x + h * .14, y - h * .66), (x + h * .21, y - h * .4)], PAPER)
    s.path("M120 900 h250 q26 0 26 26 v8 q0 28 -28 28 h-246 q-28 0 -28 -30 q0 -32 26 -32Z", INK)
    for x in (135, 205, 275, 352):
        s.disc(x, 931, 20, "#6b6f7b")
    s.path("M130 896 V800 H200 L216 730 H310 V800 H372 V896Z", ("across", "#f6bd4a", "#e09a32", "#a8682a"))
    s.path("M222 790 L234 744 H296 V790Z", "#bfe0dc")
    s.line([(350, 800), (470, 660), (580, 740)], "#e09a32", 30)
    s.line([(580, 740), (560, 840)], "#c98430", 22)
    s.path("M520 830 L600 826 Q606 890 556 906 Q520 890 520 830Z", "#4a4f5e")


@scene(1067, 1600)
def statue(s):
    s.sky("#4f8f9e", "#a3c6ba", "#f5e1b2", "#f5e1b2")
    s.glow(260, 640, 700, "#fff5d2", .95)
    s.cloud(230, 470, 440, "#fdf6e4", .12, opacity=.85)
    s.cloud(850, 300, 420, "#fdf6e4", .12, opacity=.8)
    for i in range(8):
        s.house(-60 + i * 150, 1334, 148, s.chance.uniform(250, 380), mix(["#d9957a", "#eddcb2", "#a3bdb6", "#c8765c"][i % 4], "#d9d6b4", .4), "#8b7278", ["#6f8d94", "#8aa3a4"], gable=i % 3 == 1, rows=4)
    for x, h in ((60, 520), (1010, 580), (880, 380)):
        s.tree(x, 1360, h, "#7f9a5c")
    s.rect(-10, 1330, 1100, 290, ("#e6cfa0", "#b48f74"))
    s.shape([(700, 1480), (1090, 1530), (1090, 1600), (760, 1540)], INK, opacity=.22)
    for i, w in enumerate((580, 480)):
        s.rect(533 - w / 2, 1500 - i * 46, w, 50, ("across", "#f3e4c4", "#c9b79a", "#8d8580"))
    plinth = "M372 1456 L388 1200 H678 L694 1456Z"
    s.path(plinth, ("across", "#f6e8c8", "#cdbb9d", "#857d7b"))
    s.stipple(plinth, "#5d5862", "left", .5)
    s.rect(366, 1176, 334, 36, ("across", "#fff3d8", "#cdbb9d", "#857d7b"), r=4)
    s.rect(440, 1266, 186, 120, ("across", "#5f9a88", "#33615f"), r=6)
    for i, w in enumerate((120, 140, 96)):
        s.rect(533 - w / 2, 1290 + i * 30, w, 10, GOLD, r=4, opacity=.8)
    dark, bronze, light = "#1f4a4a", "#3f7f74", "#9ccbb0"
    metal = ("across", light, bronze, dark)
    with s.group("translate(0 250)"):
        s.path("M430 928 L446 886 Q450 860 462 780 L478 640 H590 L606 780 Q614 860 622 886 L640 928Z", metal)
        s.line([(536, 900), (534, 700)], dark, 9, opacity=.7)
        s.path("M436 720 Q420 540 446 456 Q470 412 534 406 Q600 412 624 456 Q652 560 636 740 Q590 770 534 752 Q480 772 436 720Z", metal)
        for d in ("M500 430 Q520 560 506 740", "M560 430 Q580 560 572 744"):
            s.curve(d, dark, 6, opacity=.5)
        s.rect(504, 370, 60, 60, dark)
        s.disc(532, 330, 62, metal, ry=74)
        s.path("M484 356 Q486 420 532 432 Q580 420 584 352 Q560 380 532 374 Q504 382 484 356Z", dark)
        s.path("M452 314 Q470 230 534 226 Q600 230 612 308 Q650 318 656 346 Q600 312 534 314 Q480 314 446 338 Q436 326 452 314Z", metal)
        s.line([(616, 470), (690, 560), (720, 420)], bronze, 56)
        s.line([(634, 486), (694, 556), (722, 430)], dark, 16, opacity=.5)
        s.glow(724, 320, 210, "#ffe9a4", .95)
        s.line([(690, 290), (724, 240), (758, 290)], dark, 7)
        s.path("M684 300 L704 276 H744 L764 300Z M690 386 H758 L770 410 H678Z", dark)
        s.rect(694, 300, 60, 88, ("#fff6cf", "#ffc86a"))
        for x in (694, 724, 754):
            s.line([(x, 300), (x, 388)], dark, 6)
        s.line([(450, 470), (400, 590), (446, 690)], light, 54)
        s.line([(450, 480), (404, 590), (446, 690)], bronze, 30)
        s.curve("M446 690 q-60 20 -50 80 q20 50 60 10 q20 -40 -20 -70", "#c9a868", 11)
        s.path("M494 226 Q486 196 512 180 Q560 168 604 196 L622 206 L596 214 Q560 240 520 226Z", ("#ffffff", "#c9d0cc"))
        s.disc(504, 172, 23, "#fffdf4")
        s.path("M486 166 L456 176 L486 182Z", AMBER)
        s.disc(500, 168, 4, INK)
        s.path("M540 190 Q590 186 626 206 Q580 222 540 206Z", "#7f93a0")
    s.figure(200, 1560, 310, BRICK, "#2f3a4a", SKINS[1], "#1d1718", stride=.06, arms=((-.13, .46), (.18, .46)), shadow=(200, 50))
    s.figure(300, 1568, 200, AMBER, NAVY, SKINS[1], "#1d1718", stride=.07, arms=((-.2, .62), (.34, .98)), shadow=(130, 34))
    s.figure(900, 1470, 240, "#2d5f73", INK, SKINS[0], "#e4ddd0", stride=.1, shadow=(140, 34))
    for x, y in ((640, 1562), (700, 1580), (770, 1566)):
        s.path(f"M{x} {y} q4 -24 34 -16 l14 -10 l2 14 q-8 24 -34 22Z", "#5d6a78")
    for x, y, w in [(700, 210, 40), (250, 260, 30), (380, 180, 22)]:
        s.gull(x, y, w)


def portrait(s, ground, coat, skin, hair, cut, extra):
    """Head and shoulders without features, lit from the left. `cut` is the hair, first what is behind the head, as
    (shade, path data); `extra` is dress, as (paint, path data)."""
    s.sky(*ground)
    s.disc(150, 150, 150, mix(ground[0], PAPER, .35), opacity=.6)
    (shade, behind), *front = cut
    s.path(behind, mix(hair, INK, shade))
    s.path("M30 420 Q40 290 150 276 H250 Q360 290 370 420Z", ("across", mix(coat, PAPER, .2), coat, mix(coat, INK, .35)))
    s.path("M166 230 H234 V284 Q200 316 166 284Z", mix(skin, INK, .22))
    s.path("M130 160 Q130 80 200 80 Q270 80 270 160 Q270 256 200 262 Q130 256 130 160Z", ("across", mix(skin, PAPER, .18), skin, mix(skin, INK, .25)))
    s.path("M200 150 Q196 190 188 204 Q198 212 212 206", "none", stroke=mix(skin, INK, .35), stroke_width=4, stroke_linecap="round")
    s.curve("M182 230 Q200 238 218 229", mix(skin, RUST, .6), 5)
    for shade, d in front:
        s.path(d, ("across", mix(hair, PAPER, .15), mix(hair, INK, shade)))
    for paint, d in extra:
        s.path(d, paint)
    s.stipple("M150 0 H400 V400 H150Z", INK, "left", .16)


@scene(400, 400)
def author_1(s):
    portrait(s, ("#e9b072", "#c9704c"), "#24566a", SKINS[1], "#1d1718",
             [(.2, "M96 170 Q70 40 200 40 Q330 40 304 170 Q330 260 270 290 H130 Q70 260 96 170Z"), (.3, "M128 160 Q118 70 200 66 Q282 70 272 160 Q262 112 220 104 Q160 104 128 160Z")],
             [(GOLD, "M122 206 a9 9 0 1 0 .1 0Z M278 206 a9 9 0 1 0 .1 0Z"), ("#e9dcc0", "M150 280 L200 340 L250 280 L262 290 L200 372 L138 290Z")])


@scene(400, 400)
def author_2(s):
    portrait(s, ("#8fb8b4", "#2d6470"), "#a84a37", SKINS[3], "#d8d3c8",
             [(.3, "M124 150 Q120 72 200 66 Q280 72 276 150 L270 190 H130Z"), (.2, "M126 150 Q112 70 190 60 Q290 52 276 150 Q264 112 236 104 Q160 112 126 150Z"), (.2, "M131 186 Q140 296 200 296 Q260 296 269 186 Q250 226 200 216 Q150 226 131 186Z")],
             [("#20303f", "M142 150 h48 v30 q-24 14 -48 0Z M210 150 h48 v30 q-24 14 -48 0Z M186 156 h28 v6 h-28Z"), ("#cfe3dc", "M149 157 h34 v19 q-17 8 -34 0Z M217 157 h34 v19 q-17 8 -34 0Z")])


@scene(400, 400)
def author_3(s):
    portrait(s, ("#cdb6c4", "#5d4a6e"), "#d9a23f", SKINS[0], "#8c4528",
             [(.25, "M110 150 Q104 56 200 54 Q296 56 290 150 L304 300 H96Z"), (.25, "M124 176 Q108 66 210 62 Q292 70 276 176 Q268 120 214 100 Q190 140 124 176Z")],
             [("#2d6470", "M136 282 Q200 330 264 282 L274 312 Q200 366 126 312Z"), ("#24525e", "M180 318 L150 400 H196 L206 326Z")])


@scene(400, 400)
def author_4(s):
    portrait(s, ("#b9c48a", "#4d6f4a"), "#1d3550", SKINS[2], "#2a211f",
             [(.2, "M128 140 Q130 84 200 80 Q270 84 272 140Z"), (.2, "M128 150 Q120 96 160 78 L250 78 Q280 96 272 150 L262 128 H138Z"), (.3, "M131 180 Q146 282 200 280 Q254 282 269 180 Q252 220 200 210 Q148 220 131 180Z M184 226 Q200 220 218 226 Q200 240 184 226Z")],
             [(BRICK, "M112 118 Q116 44 200 40 Q284 44 288 118 Q200 96 112 118Z"), (RUST, "M106 108 Q200 80 294 108 L292 132 Q200 104 108 132Z"), (AMBER, "M186 40 a16 16 0 1 0 28 0Z"), ("#e9dcc0", "M170 292 L200 330 L230 292 L244 300 L206 400 H194 L156 300Z")])


LANTERN = (  # the mark, 64 units square: handle, cap, glass with its flame, foot
    '<g fill="none" stroke="{frame}" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">'
    '<path d="M24 15a8 8 0 0 1 16 0"/><path d="M18 24l5-8h18l5 8z" fill="{frame}"/><path d="M21 27v22M43 27v22"/>'
    '<path d="M17 56l3-6h24l3 6z" fill="{frame}"/></g>'
    '<path d="M32 27c7 8 8.5 12 6.5 16a7.3 7.3 0 0 1-13 0C23.5 39 28 35 32 27z" fill="{flame}"/>')
LOGO = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img"><title>The Tidewater Lantern</title>'
        + LANTERN.format(frame="#c4652a", flame="#eea235") + "</svg>\n")
ICON = (f'<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 64 64"><rect width="64" height="64" fill="{NAVY}"/>'
        f'<circle cx="32" cy="32" r="26" fill="{SEA}"/><circle cx="32" cy="35" r="17" fill="{mix(SEA, GOLD, .35)}"/>'
        '<g transform="translate(7.4 4.8) scale(.77)">' + LANTERN.format(frame=PAPER, flame=AMBER) + "</g></svg>")


def render(svg, width, height):
    """The SVG document as a Pillow image, by way of headless Chromium."""
    with tempfile.TemporaryDirectory() as folder:
        source, shot = Path(folder, "scene.svg"), Path(folder, "scene.png")
        source.write_text(svg, encoding="utf-8")
        # The window is taller than the picture: some versions keep a strip of it for themselves.
        subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
             "--default-background-color=00000000", f"--user-data-dir={folder}/profile", f"--screenshot={shot}",
             f"--window-size={width},{height + 150}", source.as_uri()],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with Image.open(shot) as image:
            return image.convert("RGBA").crop((0, 0, width, height))


def save_jpeg(image, path):
    """Saves at the best quality that keeps the file within MOST_BYTES."""
    for quality in range(BEST_QUALITY, 40, -2):
        data = io.BytesIO()
        image.convert("RGB").save(data, "JPEG", quality=quality, optimize=True, progressive=True)
        if data.tell() <= MOST_BYTES:
            break
    path.write_bytes(data.getvalue())


def main(wanted):
    FOLDER.mkdir(exist_ok=True)
    for name, (draw, width, height) in SCENES.items():
        if not wanted or name in wanted:
            canvas = Canvas(name, width, height)
            draw(canvas)
            save_jpeg(render(canvas.svg(waver=5 if width > 400 else 2), width, height), FOLDER / f"{name}.jpg")
    if not wanted or "logo" in wanted:
        (FOLDER / "logo.svg").write_text(LOGO, encoding="utf-8")
        render(ICON, 512, 512).convert("RGB").save(FOLDER / "icon.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
