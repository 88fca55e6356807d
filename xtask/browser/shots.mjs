// Pictures of every kind of page, full length, for looking: node shots.mjs DIR

import path from "node:path";
import { SCHEMES, startChromium } from "./chromium.mjs";
import { everyPage, oneOfEach } from "./discover.mjs";

const WIDTHS = [360, 768, 1280];

const folder = process.argv[2];
const pages = oneOfEach(await everyPage());
const browser = await startChromium();
try {
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      const tab = await context.newPage();
      for (const page of pages) {
        await tab.goto(page.url, { waitUntil: "load" });
        // Late pictures load only once they are near the window.
        await tab.evaluate(() => document.querySelectorAll("img").forEach((image) => (image.loading = "eager")));
        await tab.waitForLoadState("networkidle");
        const name = `${page.kind.replaceAll(/[^a-z0-9]+/g, "-")}-${width}-${colorScheme}.png`;
        await tab.screenshot({ path: path.join(folder, name), fullPage: true });
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
}
console.log(`${pages.length * WIDTHS.length * SCHEMES.length} pictures in ${folder}`);
