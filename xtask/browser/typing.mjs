// How long a letter takes to be painted: node typing.mjs [KEYS]
//
// An empty page's text area, a bare `contenteditable` of the same words, and the desk's editor, one after the other in
// the same browser; each at full speed and with the processor throttled to a quarter. Prints a JSON line for each:
// {"place","throttle","p50","p95"}, in milliseconds from the key to the first task after the frame that shows it.
// MASTHEAD is the server's program and CHROMIUM the browser's.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startChromium } from "./chromium.mjs";
import * as desk from "./journeys/desk.mjs";
import { Magazine } from "./journeys/magazine.mjs";

const KEYS = Number(process.argv[2] ?? 150);
const PARAGRAPHS = 180;
/** Between two keys: somebody who types fast. */
const EVERY = 60;
const WORDS =
  "The harbour board said on Tuesday that the ferry would run for two more years after a close vote in the hall and that nobody had asked for more";

const paragraphs = Array.from({ length: PARAGRAPHS }, (_, n) => (n % 4 ? `${WORDS}.` : `${WORDS}. “We will go on,” said Hannah Kowalczyk.`));
const work = await mkdtemp(join(tmpdir(), "masthead-typing-"));
const browser = await startChromium();
let magazine;
try {
  magazine = await Magazine.found(work);
  await measure("an empty page's text area", textarea);
  await measure("a bare contenteditable", bare);
  await measure("the desk", editor);
} finally {
  await browser.close();
  await magazine?.close();
  await rm(work, { recursive: true, force: true });
}

async function measure(place, open) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await open(page);
  await page.evaluate(watchKeys);
  const session = await context.newCDPSession(page);
  for (const throttle of [1, 4]) {
    await session.send("Emulation.setCPUThrottlingRate", { rate: throttle });
    await page.evaluate(() => (globalThis.times = []));
    for (let key = 0; key < KEYS; key += 1) {
      await page.keyboard.press("abcdefghij"[key % 10]);
      await page.waitForTimeout(EVERY);
    }
    const times = (await page.evaluate(() => globalThis.times)).sort((a, b) => a - b);
    const at = (share) => times[Math.floor(times.length * share)];
    console.log(JSON.stringify({ place, throttle, p50: at(0.5), p95: at(0.95) }));
  }
  await context.close();
}

async function textarea(page) {
  await page.setContent("<textarea autofocus></textarea>");
  await page.locator("textarea").click();
}

async function bare(page) {
  const css = "max-width: 68ch; margin: auto; font: 1.1875rem/1.6 Georgia, serif; white-space: break-spaces";
  await page.setContent(`<div contenteditable style="${css}">${paragraphs.map((words) => `<p>${words}</p>`).join("")}</div>`);
  await page.locator("p").nth(PARAGRAPHS / 2).click();
}

async function editor(page) {
  await desk.foundMagazine(page, magazine, { title: "The Bay Review", name: "Ines Marsh", email: "ines@bay.example" });
  await desk.newArticle(page, "A long one");
  await desk.paste(page, paragraphs.join("\n\n"));
  await desk.saved(page);
  // Its findings and quotations are drawn.
  await page.locator(".said").first().waitFor();
  await desk.paragraph(page, PARAGRAPHS / 2).click();
}

// Runs inside the page.
function watchKeys() {
  const listen = () => {
    const began = performance.now();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => globalThis.times.push(performance.now() - began);
      port2.postMessage(null);
    });
  };
  addEventListener("keydown", listen, true);
}
