// Every kind of page in the theme that the magazine wears: node themes.mjs NAME
//
// Each is opened in Chromium at two widths: nothing may be asked of another host, no script may fail, nothing is wider
// than the window, no mustache is left in the text, no button waits for a script. Every link of the magazine's own leads
// somewhere. SHOTS names a folder for pictures. Ends with 1 if anything is wrong.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startChromium } from "./chromium.mjs";
import { get } from "./get.mjs";

const MAGAZINE = process.env.MAGAZINE.replace(/\/$/, "");
const WIDTHS = [390, 1280];

const [theme] = process.argv.slice(2);
const faults = [];
const pages = await kinds();
const browser = await startChromium();
try {
  for (const page of pages) {
    for (const width of WIDTHS) await look(page, width);
    const words = page.html.replace(/<(script|style)[^]*?<\/\1>/g, "");
    if (/\{\{|\}\}|\[object Object\]|>undefined</.test(words)) faults.push(`${page.kind}: a mustache is left in the page`);
  }
  await followLinks();
} finally {
  await browser.close();
}
for (const fault of faults.slice(0, 40)) console.error(fault);
console.log(`${theme}: ${pages.length} kinds of pages, ${WIDTHS.length * pages.length} looks, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);

/** A page of each kind, as the magazine's own lists name them: `{kind, url, html}`. */
async function kinds() {
  const first = async (map) => (await listed(`/sitemap-${map}.xml`))[0];
  const { items } = JSON.parse((await get(`${MAGAZINE}/feed.json`)).body.toString());
  const sections = await listed("/sitemap-sections.xml");
  const deep = sections.find((path) => path.split("/").length > 3);
  const article = (fits) => new URL(items.find(fits).url).pathname;
  const paths = {
    front: "/",
    "front, page 2": "/page/2/",
    section: sections[0],
    "nested section": deep,
    tag: await first("tags"),
    author: await first("authors"),
    "article with a picture": article(({ image }) => image),
    "article without a picture": article(({ image }) => !image),
    "static page": await first("pages"),
    missing: "/no-such-page-here/",
    subscribe: "/subscribe/",
    "sign in": "/sign-in/",
    search: "/search/",
    found: "/search/?q=the",
    record: "/record/",
    corrections: "/corrections/",
  };
  const made = [];
  for (const [kind, path] of Object.entries(paths)) {
    const answer = await get(MAGAZINE + path);
    if (answer.status !== (kind === "missing" ? 404 : 200)) throw new Error(`${kind}: ${path} answers ${answer.status}`);
    made.push({ kind, url: MAGAZINE + path, html: answer.body.toString() });
  }
  return made;
}

async function listed(map) {
  const { body } = await get(MAGAZINE + map);
  return [...body.toString().matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => new URL(url).pathname);
}

async function look({ kind, url }, width) {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const fault = (what) => faults.push(`${kind} at ${width}: ${what}`);
  page.on("console", (message) => {
    // The page that is missing says so itself.
    if (message.type() === "error" && !(kind === "missing" && /404/.test(message.text()))) fault(message.text());
  });
  page.on("pageerror", (error) => fault(error.message));
  page.on("request", (request) => {
    if (!/^(data|blob|about):/.test(request.url()) && !request.url().startsWith(`${MAGAZINE}/`)) fault(`asks ${request.url()}`);
  });
  await page.goto(url, { waitUntil: "networkidle" });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 1) fault(`is ${wide} px wider than the window`);
  for (const dead of await page.evaluate(deadEnds)) fault(`leads nowhere without a script: ${dead}`);
  if (process.env.SHOTS) {
    const folder = join(process.env.SHOTS, theme);
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${kind.replace(/[^a-z0-9]+/gi, "-")}-${width}.png`), fullPage: true });
  }
  await context.close();
}

/** In the page: what only Ghost's script would have opened. */
function deadEnds() {
  const dead = [...document.querySelectorAll('a[href*="#/portal"], a[href*="#/search"], a[data-portal]:not([href])')];
  const untied = [...document.querySelectorAll("button[data-portal], button[data-ghost-search]")];
  const forms = [...document.querySelectorAll("form[data-members-form]:not([action])")];
  return [...dead, ...untied.filter((button) => !button.form?.hasAttribute("action")), ...forms].map((element) => element.outerHTML.slice(0, 120));
}

/** Every link, picture and file of the magazine's own answers, some by way of another address. */
async function followLinks() {
  const seen = new Map();
  for (const page of pages) {
    for (const [, , address] of page.html.matchAll(/\s(href|src)="([^"]*)"/g)) {
      const url = new URL(address.replaceAll("&amp;", "&").replaceAll("&#x3D;", "="), page.url);
      if (!url.href.startsWith(`${MAGAZINE}/`)) continue;
      url.hash = "";
      if (!seen.has(url.href)) seen.set(url.href, page.kind);
    }
  }
  for (const [url, kind] of seen) {
    let answer = await get(url);
    for (let steps = 0; steps < 3 && answer.status >= 300 && answer.status < 400; steps += 1) {
      answer = await get(new URL(answer.headers.location, url).href);
    }
    if (answer.status !== 200 && !url.includes("/no-such-page-here/")) faults.push(`${kind}: ${url.replace(MAGAZINE, "")} answers ${answer.status}`);
  }
}
