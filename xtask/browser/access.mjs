// Every kind of page, at a phone's, a tablet's and a desk's width, light and dark: axe finds nothing,
// nothing moves after it was shown (nor while it arrives in pieces), nothing is wider than the window,
// there is no script, and no request leaves the magazine.

import axe from "axe-core";
import { SCHEMES, startChromium } from "./chromium.mjs";
import { MAGAZINE, everyPage, oneOfEach } from "./discover.mjs";
import { inPieces } from "./pieces.mjs";

const WIDTHS = [320, 768, 1280];
/** One width suffices for what moves while a page arrives: rows are centred and lines wrap at it. */
const WIDTH_OF_ARRIVAL = 768;

const pages = oneOfEach(await everyPage());
const browser = await startChromium();
/** Where each fault was met: the same one in six looks is one fault. */
const faults = new Map();
let requests = 0;
try {
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      await context.addInitScript(countShifts);
      for (const page of pages) {
        for (const fault of await look(context, page)) note(page, fault, `${width} ${colorScheme}`);
      }
      await context.close();
    }
  }
  const slow = await inPieces(MAGAZINE);
  const context = await browser.newContext({ viewport: { width: WIDTH_OF_ARRIVAL, height: 900 } });
  await context.addInitScript(countShifts);
  for (const page of pages) {
    for (const fault of await arrive(context, slow.address + page.path)) note(page, fault, "in pieces");
  }
  await context.close();
  slow.close();
} finally {
  await browser.close();
}
for (const [fault, looks] of [...faults].slice(0, 80)) console.log(`${fault} (${looks.join(", ")})`);
const looks = pages.length * WIDTHS.length * SCHEMES.length;
console.log(`${pages.length} kinds of page, ${looks} looks, ${requests} requests: ${faults.size} faults`);
process.exitCode = faults.size === 0 ? 0 : 1;

function note({ kind, path }, fault, look) {
  const what = `${kind} ${path}: ${fault}`;
  faults.set(what, [...(faults.get(what) ?? []), look]);
}

/** What moves while a page arrives in pieces. */
async function arrive(context, url) {
  const tab = await context.newPage();
  try {
    await tab.goto(url, { waitUntil: "load" });
    return await tab.evaluate(shifts);
  } finally {
    await tab.close();
  }
}

/** What is wrong with one page in one look. */
async function look(context, { url }) {
  const faults = [];
  const tab = await context.newPage();
  try {
    tab.on("request", (request) => {
      requests += 1;
      const at = request.url();
      if (!at.startsWith(`${MAGAZINE}/`) && !/^(data|blob):/.test(at)) faults.push(`asks a foreign host: ${at}`);
    });
    tab.on("requestfailed", (request) => faults.push(`a request failed: ${request.url()}`));
    tab.on("response", (answer) => {
      const ofThePage = answer.request().isNavigationRequest();
      if (answer.status() >= 400 && !ofThePage) faults.push(`${answer.url()} answered ${answer.status()}`);
    });
    tab.on("pageerror", (error) => faults.push(`an error in a script: ${error.message}`));
    await tab.goto(url, { waitUntil: "load" });
    await tab.evaluate(walkDown); // pictures that load late must not move what is read
    faults.push(...(await tab.evaluate(shifts)), ...(await tab.evaluate(measure)));
    await tab.evaluate(axe.source);
    const { violations } = await tab.evaluate(() => globalThis.axe.run(document));
    for (const { id, help, nodes } of violations) {
      faults.push(`axe ${id}: ${help}; ${nodes.length} places, first ${nodes[0]?.target.join(" ")}: ${nodes[0]?.html.slice(0, 120)}`);
    }
  } finally {
    await tab.close();
  }
  return faults;
}

// What follows runs inside the page.

function countShifts() {
  globalThis.shifted = 0;
  /** What moved, from where to where: a shift is rare and must be understood from one sight of it. */
  globalThis.moved = [];
  const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      globalThis.shifted += entry.value;
      for (const { node, previousRect, currentRect } of entry.sources) {
        const element = node instanceof Element ? node : node?.parentElement;
        const name = element ? `${element.tagName.toLowerCase()}.${element.className}` : "something gone";
        globalThis.moved.push(`${name} from ${place(previousRect)} to ${place(currentRect)}`);
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
}

async function shifts() {
  // An observer hears of a frame after it was painted.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)));
  if (globalThis.shifted === 0) return [];
  return [`the layout shifts by ${globalThis.shifted.toFixed(4)}: ${globalThis.moved.slice(0, 4).join("; ")}`];
}

async function walkDown() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20)));
  for (let at = 0; at < document.documentElement.scrollHeight; at += innerHeight) {
    scrollTo({ top: at, behavior: "instant" });
    await frame();
  }
  // Bounded: a picture that never comes is reported as a failed request, or by the load itself.
  const loaded = Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, 5000))]);
  scrollTo({ top: 0, behavior: "instant" });
  await frame();
}

function measure() {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].find((it) => it.getBoundingClientRect().right > root.clientWidth + 1);
    faults.push(`${root.scrollWidth - root.clientWidth} px wider than the window, first ${wide?.tagName} .${wide?.className}`);
  }
  const scripts = [...document.scripts].filter((script) => script.type !== "application/ld+json");
  if (scripts.length > 0) faults.push(`${scripts.length} scripts, first ${scripts[0].outerHTML.slice(0, 120)}`);
  for (const image of document.images) {
    if (image.complete && image.naturalWidth === 0) faults.push(`a picture does not show: ${image.currentSrc || image.src}`);
  }
  return faults;
}
