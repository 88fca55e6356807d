// What a reader has to fetch: an article's HTML with its styles fits the first window of a connection,
// and the first view on a phone, picture and all, stays small.

import { getKept } from "./get.mjs";
import { startChromium } from "./chromium.mjs";
import { everyPage, oneOfEach } from "./discover.mjs";

const HTML_AT_MOST = 14 * 1024;
const VIEW_AT_MOST = 60 * 1024;
/** A phone whose 320 CSS pixels are 640 of its own, so that the 640 px picture is the right one. */
const PHONE = { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

const pages = await everyPage();
let heavy = 0;

const articles = pages.filter((page) => page.is === "article" && page.open).sort((a, b) => a.html.length - b.html.length);
for (const quarter of [0.25, 0.5, 0.75]) {
  const article = articles[Math.floor((articles.length - 1) * quarter)];
  const { headers, body } = await getKept(article.url, "br");
  weigh(`HTML of ${article.path} (${headers["content-encoding"] ?? "not compressed"})`, body.length, HTML_AT_MOST);
}

const browser = await startChromium();
try {
  const illustrated = oneOfEach(pages).find((page) => page.kind === "article with a picture");
  await getKept(illustrated.url, "br");
  const { bytes, requests } = await firstView(illustrated.url);
  weigh(`first view of ${illustrated.path}, ${requests} requests`, bytes, VIEW_AT_MOST);
} finally {
  await browser.close();
}
process.exitCode = heavy === 0 ? 0 : 1;

function weigh(what, bytes, limit) {
  const fits = bytes <= limit;
  if (!fits) heavy += 1;
  console.log(`${fits ? "fits " : "HEAVY"} ${bytes} of ${limit} bytes: ${what}`);
}

/** Everything that comes over the wire for a page that nobody scrolls, headers included. */
async function firstView(url) {
  const context = await browser.newContext(PHONE);
  const tab = await context.newPage();
  const wire = await context.newCDPSession(tab);
  await wire.send("Network.enable");
  let bytes = 0;
  let requests = 0;
  wire.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  await tab.goto(url, { waitUntil: "networkidle" });
  await context.close();
  return { bytes, requests };
}
