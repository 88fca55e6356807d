#!/usr/bin/env python3
"""Build the gold files of the quotation corpus from its annotated articles.

    python3 build.py [FOLDER]          (FOLDER: where articles/ and twins/ are; default: beside this script)

Reads articles/*.txt (source form: see "Source form" below) and twins/*.txt, and writes into FOLDER

    input.jsonl          what an extractor gets: metadata and plain text of every article
    gold.jsonl           quotations, speakers, cues and every passage in marks
    gold-sure.jsonl      the same without the passages marked as doubtful
    doubts.md            the doubtful passages, for people
    checks/input.jsonl   what a copy checker gets: the faulty twins
    checks-gold.jsonl    expected findings, for the twins and (none) for the originals

Every offset counts Unicode code points of the field "text", from 0; an end is exclusive. A paragraph is counted from 0.
Nothing is written when anything is wrong: all problems are printed as FILE:LINE: REASON and the exit status is 1.

Source form
-----------
    key: value lines        id title standfirst byline date category marks style image* who*
    ---                     then the text, paragraphs divided by an empty line, with tags:
    [q1|...]                a span of quotation 1, with its marks. q1p partial, q1r reported, q1u answer without marks
    [s1:KEY|...] [c1|...]   its speaker mention, its verb of saying.  [n:SUB|...] a passage in marks that is no quotation
    [i:SUB|...]             inside a q: a nested passage in marks.  [?q1|, [?n: = a reasonable annotator could differ
    ---                     optional foot: "s3=KEY" (speaker of a quotation without a cue), "alt KEY: another name"

Twin form: lines twin_of, id, set FIELD, edit: old || new, find KIND: text [| mark=X pos=before|after],
trap KIND: text, optional KIND: text, note: text (belongs to the line above it).
"""
import dataclasses
import datetime
import json
import pathlib
import re
import sys

# opening and closing mark of speech, then of speech within speech
MARKS = {"sc": "‘’“”", "dc": "“”‘’", "ss": "''\"\"", "ds": "\"\"''"}
FOREIGN = {"sc": "'\"", "dc": "'\"", "ss": "‘’“”", "ds": "‘’“”"}  # marks that the style never uses
FIELDS = ("id", "title", "standfirst", "byline", "date", "category", "marks", "style")
PICTURE = ("file", "alt", "caption", "credit", "licence")
SPEAKERS = {"person", "organisation", "document", "unnamed", "group", "office"}
NOT_A_QUOTATION = {"title", "word", "sign", "nick", "scare", "negated", "hypothetical", "headline", "lyric"}
NESTED = {"speech", "title", "word", "nick"}
KINDS = {"": "direct", "p": "partial", "r": "indirect", "u": "unmarked"}
CHECKS = set(
    """mark-missing-open mark-missing-close quote-unattributed quote-altered quote-older name-two-spellings office-wrong
    weekday-date relative-date number-disagrees no-byline no-date no-section no-standfirst image-no-credit image-no-licence
    image-no-alt image-alt-filename credit-in-text dead-link vague-source house-style double-word furniture""".split()
)
OPENING_TAG = re.compile(r"\[(\??)(?:q(\d+)([pru]?)|s(\d+):(\w+)|c(\d+)|n:(\w+)|i:(\w+))\|")
# straight apostrophes that begin a word, so they open nothing
ELISION = re.compile(r"'(?:\d|twas\b|tis\b|n'|em\b|til\b|cause\b|cos\b|bout\b|appen\b|round\b|ow\b)", re.I)
SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}


class Problem(Exception):
    """A fault of one source line: (line, reason)."""


@dataclasses.dataclass
class Tag:
    letter: str  # q s c n i
    number: int  # of the quotation, 0 for n and i
    detail: str  # q: suffix, s: speaker key, n and i: sub
    doubt: bool
    start: int
    end: int
    line: int
    inner: list


class Article:
    """One annotated article: metadata, plain text and tags."""

    def __init__(self, path):
        lines = path.read_text(encoding="utf-8").split("\n")
        rules = [i for i, line in enumerate(lines) if line.strip() == "---"]
        if not 1 <= len(rules) <= 2:
            raise Problem(1, f"expected one or two lines '---', found {len(rules)}")
        self.meta, self.images, self.who, self.alts, self.foot = {}, [], {}, {}, {}
        self._read_head(lines[: rules[0]])
        if self.meta.get("id") != path.stem:
            raise Problem(1, f"id {self.meta.get('id')!r} is not the name of the file")
        self.marks = self.meta["marks"]
        self.text, self.tags, self.bounds = "", [], []  # bounds: [start, end, line] of each paragraph
        self._read_text(lines[rules[0] + 1 : rules[1] if len(rules) == 2 else None], rules[0] + 2)
        if len(rules) == 2:
            self._read_foot(lines[rules[1] + 1 :], rules[1] + 2)

    # ---- reading

    def _read_head(self, lines):
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            key, colon, value = (part.strip() for part in line.partition(":"))
            if not colon:
                raise Problem(number, "expected 'key: value'")
            if key.startswith("who "):
                parts = [part.strip() for part in value.split("|")] + ["", ""]
                if parts[1] not in SPEAKERS:
                    raise Problem(number, f"{parts[1]!r} is no kind of speaker")
                if parts[2] not in ("", "-", "f", "m"):
                    raise Problem(number, f"gender {parts[2]!r} is not f, m or -")
                self.who[key[4:].strip()] = dict(label=parts[0], kind=parts[1], gender=parts[2], org=parts[3])
            elif key == "image":
                self.images.append(picture(value))
            elif key in FIELDS and key not in self.meta:
                self.meta[key] = value or None
            else:
                raise Problem(number, f"unknown or repeated field {key!r}")
        missing = [field for field in FIELDS if field not in self.meta]
        if missing:
            raise Problem(1, f"missing {', '.join(missing)}")
        if self.meta["marks"] not in MARKS or self.meta["style"] not in ("british", "american"):
            raise Problem(1, "marks must be sc, dc, ss or ds, and style british or american")
        try:
            datetime.date.fromisoformat(self.meta["date"] or "")
        except ValueError:
            raise Problem(1, f"date {self.meta['date']!r} is not of the form 2025-03-14")

    def _read_text(self, lines, first):
        source, line = [], first
        for offset, content in enumerate(lines + [""]):
            if content.strip():
                line = line if source else first + offset
                source.append(content.strip())
            elif source:
                self._read_paragraph(" ".join(source), line)
                source = []

    def _read_paragraph(self, source, line):
        if self.text:
            self.text += "\n\n"
        begin, plain, stack, at = len(self.text), "", [], 0
        while at < len(source):
            opening = OPENING_TAG.match(source, at)
            if opening:
                doubt, quote, suffix, speaker, key, cue, sub, nested = opening.groups()
                letter = "q" if quote else "s" if speaker else "c" if cue else "n" if sub else "i"
                if stack and (letter != "i" or stack[-1].letter not in "q"):
                    raise Problem(line, f"a tag {letter} inside a tag {stack[-1].letter}: {opening[0]}")
                if letter == "i" and not stack:
                    raise Problem(line, "a tag i outside a quotation")
                number = int(quote or speaker or cue or 0)
                detail = suffix if quote else key or sub or nested or ""
                stack.append(Tag(letter, number, detail, bool(doubt), begin + len(plain), 0, line, []))
                at = opening.end()
            elif source[at] == "]":
                if not stack:
                    raise Problem(line, "a ']' closes nothing")
                tag = stack.pop()
                tag.end = begin + len(plain)
                (stack[-1].inner if stack else self.tags).append(tag)
                at += 1
            elif source[at] in "[|":
                raise Problem(line, f"no tag: {source[at:at + 24]!r}")
            else:
                plain += source[at]
                at += 1
        if stack:
            raise Problem(line, f"the tag {stack[-1].letter}{stack[-1].number or ''} is never closed")
        self.text += plain
        self.bounds.append((begin, len(self.text), line))

    def _read_foot(self, lines, first):
        for number, line in enumerate(lines, first):
            speaker = re.fullmatch(r"s(\d+)\s*=\s*(\w+)", line.strip())
            other = re.fullmatch(r"alt (\w+): (.+)", line.strip())
            if speaker:
                self.foot[int(speaker[1])] = (speaker[2], number)
            elif other:
                self.alts.setdefault(other[1], []).append(other[2].strip())
            elif line.strip():
                raise Problem(number, "the foot takes 's3=KEY' and 'alt KEY: name' only")

    # ---- marks

    def of(self, tag):
        return self.text[tag.start : tag.end]

    def paragraph(self, offset):
        return next(i for i, (_, end, _) in enumerate(self.bounds) if offset <= end)

    def passages(self, tag):
        """The outermost passages in marks of a tag: [(start, end, closed)]."""
        text, out = self.of(tag), []
        if tag.letter == "n" or tag.letter == "i" or not tag.detail:  # the tag is the passage
            closing = partner(text[:1], self.marks)
            if not closing:
                raise Problem(tag.line, f"the tag must begin with a quotation mark: {text[:30]!r}")
            closed = len(text) > 1 and text[-1] == closing
            if not closed and not (tag.letter == "q" and tag.end == self.bounds[self.paragraph(tag.start)][1]):
                raise Problem(tag.line, f"the tag must end with a quotation mark: {text[-30:]!r}")
            return [(tag.start, tag.end, closed)]
        at = 0
        while at < len(text):
            if not opens(text, at, self.marks):
                at += 1
                continue
            closing = partner(text[at], self.marks)
            ends = [i for i in range(at + 1, len(text)) if text[i] == closing and not text[i + 1 : i + 2].isalnum()]
            later = [i for i in ends if opens(text, i, self.marks)]
            if later and closing != '"':
                ends = [i for i in ends if i < later[0]]
            if not ends:
                raise Problem(tag.line, f"no closing mark for {text[at:at + 30]!r}")
            if len(ends) > 1 and closing in "’'" and ends[-1] != len(text) - 1:
                raise Problem(tag.line, f"apostrophe or closing mark? Put the tag just round the marks: {text[at:at + 40]!r}")
            end = ends[-1] if closing in "’'" else ends[0]
            out.append((tag.start + at, tag.start + end + 1, True))
            at = end + 1
        return out

    def check_loose_marks(self, start, end, line, skip):
        """No mark may stand in text[start:end] outside the ranges of skip; apostrophes may."""
        for i in range(start, end):
            if any(a <= i < b for a, b in skip):
                continue
            sign, around = self.text[i], self.text[max(start, i - 20) : i + 20]
            if sign in FOREIGN[self.marks]:
                raise Problem(line, f"the mark {sign} does not belong to the style {self.marks}: {around!r}")
            loose = sign in "‘“”\"" or sign == "'" and opens(self.text, i, self.marks)
            if sign in "’'" and i > start and not self.text[i - 1].isalnum() and not self.text[i + 1 : i + 2].isalnum():
                loose = True
            if loose:
                raise Problem(line, f"a mark outside every tag, or a nested passage without its tag i: {around!r}")

    # ---- speakers

    def mentions(self, key, near):
        """Spans that name the speaker of a quotation without a cue: same or preceding paragraph, else the last before it."""
        person = self.who[key]
        words = [w for w in person["label"].split() if w.lower().strip(".") not in SUFFIXES]
        names = {person["label"], *self.alts.get(key, [])}
        surname = words[-1]
        if person["kind"] == "person" and not any(
            k != key and w["kind"] == "person" and surname in w["label"].split() for k, w in self.who.items()
        ):
            names.add(surname)
        marked = [(a, b) for tag in self.tags if tag.letter in "qn" for a, b in [(tag.start, tag.end)]]
        found = {(t.start, t.end) for t in self.tags if t.letter == "s" and t.detail == key}
        for name in sorted(names, key=lambda name: (-len(name), name)):  # the longest wins
            for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", self.text):
                span = hit.span()
                inside = any(a <= span[0] < b for a, b in marked)
                if not inside and not any(a < span[1] and span[0] < b for a, b in found):
                    found.add(span)
        by_paragraph = {}
        for span in sorted(found):
            by_paragraph.setdefault(self.paragraph(span[0]), []).append(span)
        close = [s for p in (near - 1, near) for s in by_paragraph.get(p, [])]
        if close:
            return close
        before = [p for p in by_paragraph if p < near]
        return by_paragraph[max(before)] if before else []

    # ---- gold

    def gold(self):
        spans, spoken, cues = ({number: [t for t in self.tags if t.letter == letter and t.number == number]
                                for number in {t.number for t in self.tags if t.letter == letter}} for letter in "qsc")
        self._check_numbers(spans, spoken, cues)
        quotes, unmarked, segments, nested = [], [], [], []
        for number, tags in sorted(spans.items(), key=lambda item: item[1][0].start):
            quote = self._quote(number, tags, spoken.get(number, []), cues.get(number, []))
            (unmarked if quote["kind"] == "unmarked" else quotes).append(quote)
            for tag in tags:
                for start, end, closed in self._passages_of_quote(tag, tags):
                    kinds = dict(quote=quote["id"], type=quote["type"], kind=quote["kind"], closed=closed)
                    segments.append(dict(span=[start, end], **kinds) | ({"doubt": True} if tag.doubt else {}))
                for inner in tag.inner:
                    if inner.detail not in NESTED | NOT_A_QUOTATION:
                        raise Problem(tag.line, f"{inner.detail!r} is no kind of nested passage")
                    (start, end, _), = self.passages(inner)
                    if tag.detail == "u":  # no marks round it, so it is an outermost passage
                        segments.append(no_quotation(start, end, inner))
                    else:
                        nested.append(dict(span=[start, end], **{"in": quote["id"]}, sub=inner.detail, name=None))
        for tag in self.tags:
            if tag.letter == "n":
                if tag.detail not in NOT_A_QUOTATION:
                    raise Problem(tag.line, f"{tag.detail!r} is no reason not to be a quotation")
                (start, end, _), = self.passages(tag)
                segments.append(no_quotation(start, end, tag))
        covered = [tuple(passage["span"]) for passage in segments + nested]
        for start, end, line in self.bounds:
            self.check_loose_marks(start, end, line, covered)
        segments.sort(key=lambda segment: segment["span"])
        nested.sort(key=lambda passage: passage["span"])
        meta = self.meta
        return dict(
            id=meta["id"], source="corpus", publisher="own", date=meta["date"], title=meta["title"], text=self.text, quotes=quotes,
            segments=segments, nested=nested, unmarked=unmarked, marks=self.marks, category=meta["category"], style=meta["style"],
        )

    def _check_numbers(self, spans, spoken, cues):
        """Speakers, cues and lines of the foot must belong to a quotation; all spans of one quotation are of one kind."""
        for number, tags in [*spoken.items(), *cues.items()]:
            if number not in spans:
                raise Problem(tags[0].line, f"a speaker or cue of quotation {number}, which does not exist")
        for number, (_, line) in self.foot.items():
            if number not in spans or number in spoken:
                raise Problem(line, f"s{number}= in the foot, but quotation {number} has a tag s or does not exist")
        for number, tags in spans.items():
            if len({tag.detail for tag in tags}) > 1:
                raise Problem(tags[0].line, f"quotation {number} mixes kinds: give each kind a number of its own")

    def _passages_of_quote(self, tag, tags):
        """The passages in marks of one span of a quotation, with the marks inside them checked."""
        passages = [] if tag.detail == "u" else self.passages(tag)
        if tag.detail == "r" and passages or tag.detail == "p" and not passages:
            raise Problem(tag.line, f"quotation {tag.number}: reported has no marks, partial has some")
        for start, end, closed in passages:
            if self.text[start] != MARKS[self.marks][0]:
                raise Problem(tag.line, f"quotation {tag.number} is not in marks of the style {self.marks}")
            if not closed:
                self._check_run(tag, tags)
            self.check_loose_marks(start + 1, end - closed, tag.line, [(t.start, t.end) for t in tag.inner])
        return passages

    def _check_run(self, tag, tags):
        """A span without its closing mark must go on, with an opening mark, at the start of the next paragraph."""
        place = self.paragraph(tag.start) + 1
        following = self.bounds[place][0] if place < len(self.bounds) else None
        if not any(t.start == following for t in tags):
            raise Problem(tag.line, f"quotation {tag.number} has no closing mark and does not go on in the next paragraph")

    def _quote(self, number, tags, spoken, cues):
        keys = {tag.detail for tag in spoken} or {self.foot[number][0]} if spoken or number in self.foot else set()
        if len(keys) != 1:
            raise Problem(tags[0].line, f"quotation {number} needs one speaker, found {sorted(keys) or 'none'}")
        key = keys.pop()
        if key not in self.who:
            raise Problem(tags[0].line, f"no line 'who {key}:'")
        who, suffix = self.who[key], tags[0].detail
        speaker = [[tag.start, tag.end] for tag in spoken]
        if not spoken and suffix != "u":
            speaker = [list(span) for span in self.mentions(key, self.paragraph(tags[0].start))]
            if not speaker:
                raise Problem(tags[0].line, f"quotation {number}: {who['label']!r} is never mentioned, so nothing to point at")
        letters = [i for tag in tags for i in range(tag.start, tag.end) if self.text[i].isalnum()]
        marked = [] if suffix in ("r", "u") else [p for tag in tags for p in self.passages(tag)]
        share = sum(any(a <= i < b for a, b, _ in marked) for i in letters) / max(1, len(letters))
        quote = dict(
            id=f"Q{number}", type="direct" if share >= 0.98 else "mixed" if share else "indirect", kind=KINDS[suffix],
            spans=[[tag.start, tag.end] for tag in tags], speaker=speaker, cue=[[tag.start, tag.end] for tag in cues],
        )
        if who["kind"] in ("person", "organisation"):
            quote |= dict(name=who["label"], name_from="hand")
            short = " ".join(w for w in who["label"].split() if w.lower().strip(".,") not in SUFFIXES)
            alts = ([short.rstrip(",")] if short != who["label"] else []) + self.alts.get(key, [])
            if alts:
                quote["name_alts"] = alts
        quote |= dict(speaker_kind=who["kind"], speaker_label=who["label"])
        if who["org"]:
            quote["speaker_org"] = who["org"]
        if who["gender"] in ("f", "m"):
            quote["gender"] = who["gender"]
        quote["speaker_key"] = key
        if not spoken and len(speaker) > 1:
            quote["speaker_more"] = 1
        if any(tag.doubt for tag in tags):
            quote["flags"] = ["doubt"]
        return quote

    def input(self):
        shown = {field: self.meta[field] for field in FIELDS[:6]}
        return shown | dict(images=self.images, text=self.text)


class Twin:
    """A copy of an article with faults put in, and the findings that a checker owes."""

    def __init__(self, path, articles, golds):
        self.items, self.meta, of = [], None, None
        for line, content in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not content.strip():
                continue
            key, colon, value = (part.strip() for part in content.partition(":"))
            verb, _, detail = key.partition(" ")
            if not colon:
                raise Problem(line, "expected 'key: value'")
            if key == "twin_of":
                if value not in articles:
                    raise Problem(line, f"no article {value}")
                of = articles[value]
                self.of, self.meta = value, dict(of.input())
                self.passages = [(*s["span"], s["sub"]) for s in golds[value]["segments"] if s["quote"] is None]
            elif self.meta is None:
                raise Problem(line, "twin_of must come first")
            elif key == "id":
                if value != path.stem:
                    raise Problem(line, f"id {value!r} is not the name of the file")
                self.meta["id"] = value
            elif verb == "set":
                self._set(detail.strip(), value, line)
            elif key == "edit":
                self._edit(*value.partition("||"), line)
            elif verb in ("find", "trap", "optional") and detail in CHECKS:
                self.items.append([verb, detail, value, "", line])
            elif key == "note" and self.items:
                self.items[-1][3] = value
            elif key != "note":
                raise Problem(line, f"unknown key {key!r}")
        if self.meta is None or self.meta["id"] != path.stem:
            raise Problem(1, "twin_of or id is missing")

    def _set(self, field, value, line):
        if field == "image":
            self.meta["images"] = [picture(value)] if value else []
        elif field in FIELDS[1:6]:
            self.meta[field] = value or None
        else:
            raise Problem(line, f"cannot set {field!r}")

    def _edit(self, old, bars, new, line):
        old, new, text = old.strip(), new.strip(), self.meta["text"]
        if not bars or text.count(old) != 1:
            raise Problem(line, f"the old text must occur once, it occurs {text.count(old)} times: {old[:50]!r}")
        at, grown = text.index(old), len(new) - len(old)
        self.meta["text"] = text[:at] + new + text[at + len(old) :]
        self.passages = [
            (a + grown * (a >= at + len(old)), b + grown * (a >= at + len(old)), sub)
            for a, b, sub in self.passages
            if b <= at or a >= at + len(old)
        ]

    def gold(self):
        out = dict(id=self.meta["id"], twin_of=self.of, findings=[], traps=[], optional=[])
        for verb, kind, value, note, line in self.items:
            exact, _, options = (part.strip() for part in value.partition("|"))
            finding, options = dict(kind=kind, paragraph=None, exact=exact), dict(re.findall(r"(\w+)=(\S+)", options))
            if exact:
                if self.meta["text"].count(exact) != 1:
                    raise Problem(line, f"must occur once in the twin, occurs {self.meta['text'].count(exact)} times: {exact[:50]!r}")
                at = self.meta["text"].index(exact)
                finding |= dict(paragraph=self.meta["text"].count("\n\n", 0, at), pos=at)
            if kind.startswith("mark-missing"):
                if verb == "find" and (options.get("pos") not in ("before", "after") or "mark" not in options or not exact):
                    raise Problem(line, "a missing mark needs a text and '| mark=X pos=before|after'")
                if options.get("pos") == "after":
                    finding["pos"] += len(exact)
                if "mark" in options:
                    finding["mark"] = options["mark"]
            out[{"find": "findings", "trap": "traps", "optional": "optional"}[verb]].append(finding | dict(note=note))
        out["optional"] += weak_alarms(self.meta["text"], self.passages)
        return out


def picture(value):
    parts = [part.strip() or None for part in value.split("|")] + [None] * 5
    return dict(zip(PICTURE, parts))


def partner(mark, style):
    """The closing mark that belongs to an opening mark in this style, or None."""
    marks = MARKS[style]
    return {marks[0]: marks[1], marks[2]: marks[3]}.get(mark)


def opens(text, at, style):
    """Does an opening mark stand here? A straight single mark opens only before a word and after a gap."""
    mark = text[at]
    if not partner(mark, style):
        return False
    if mark != "'":
        return True
    return (at == 0 or text[at - 1] in " (—–\"\n") and text[at + 1 : at + 2].strip() != "" and not ELISION.match(text, at)


def no_quotation(start, end, tag):
    """A passage in marks that is not recorded; speech retold within an answer without marks is always a doubtful one."""
    segment = dict(span=[start, end], quote=None, type="none", kind="not-a-quotation", closed=True, sub=tag.detail)
    return segment | ({"doubt": True} if tag.doubt or tag.detail == "speech" else {})


def weak_alarms(text, passages):
    """Passages in marks that are no quotations: to call one unattributed is neither right nor very wrong."""
    return [
        dict(
            kind="quote-unattributed", paragraph=text.count("\n\n", 0, a), exact=text[a:b], pos=a,
            note=f"not a quotation ({sub}); a report is a weak false alarm",
        )
        for a, b, sub in passages
    ]


def doubts(articles, golds):
    """The text of doubts.md: one line for each passage, or reported statement, marked with a question mark."""
    lines = ["# Where a reasonable annotator could differ", ""]
    lines += ["One line per doubtful item; these passages are absent from gold-sure.jsonl."]
    lines += ["(quote) = recorded as a quotation in the gold, (not) = recorded as not a quotation.", ""]
    for name, gold in golds.items():
        found = []
        labels = {quote["id"]: quote["speaker_label"] for quote in gold["quotes"]}
        for segment in gold["segments"]:
            if segment.get("doubt"):
                kind = f"quote, {labels[segment['quote']]}" if segment["quote"] else f"not, {segment['sub']}"
                found.append(f"  - ({kind}) {gold['text'][slice(*segment['span'])]}")
        for quote in gold["quotes"]:
            if quote["type"] == "indirect" and quote.get("flags"):
                found.append(f"  - (quote, {quote['speaker_label']}, reported) {gold['text'][slice(*quote['spans'][0])]}")
        lines += [f"- **{name}**", *found] if found else []
    return "\n".join(lines) + "\n"


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    articles, golds, twins, problems = {}, {}, {}, []
    for path in sorted((folder / "articles").glob("*.txt")):
        try:
            article = Article(path)
            golds[path.stem], articles[path.stem] = article.gold(), article
        except Problem as problem:
            problems.append((path, *problem.args))
    for path in sorted((folder / "twins").glob("*.txt")):
        try:
            twin = Twin(path, articles, golds)
            twins[path.stem] = (twin.meta, twin.gold())
        except Problem as problem:
            problems.append((path, *problem.args))
    for path, line, reason in problems:
        print(f"{path}:{line}: {reason}", file=sys.stderr)
    if problems:
        sys.exit(1)

    def write(name, rows):
        (folder / name).parent.mkdir(exist_ok=True)
        body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / name).write_text(body, encoding="utf-8")

    write("input.jsonl", [article.input() for article in articles.values()])
    write("gold.jsonl", golds.values())
    write("gold-sure.jsonl", [gold | dict(segments=[s for s in gold["segments"] if not s.get("doubt")]) for gold in golds.values()])
    write("checks/input.jsonl", [meta for meta, _ in twins.values()])
    checks = []
    for name, gold in golds.items():
        weak = weak_alarms(gold["text"], [(*s["span"], s["sub"]) for s in gold["segments"] if s["quote"] is None])
        checks.append(dict(id=name, twin_of=None, findings=[], traps=[], optional=weak))
        checks += [check for _, check in twins.values() if check["twin_of"] == name]
    write("checks-gold.jsonl", checks)
    (folder / "doubts.md").write_text(doubts(articles, golds), encoding="utf-8")
    quotes = [quote for gold in golds.values() for quote in gold["quotes"]]
    none = sum(s["quote"] is None for gold in golds.values() for s in gold["segments"])
    count = {kind: sum(quote["kind"] == kind for quote in quotes) for kind in ("direct", "partial", "indirect")}
    print(f"{len(articles)} articles, {len(quotes)} quotations {count}, {none} passages that are none, {len(twins)} twins")


if __name__ == "__main__":
    main()
