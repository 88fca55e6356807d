// Finds every kind of page that a magazine has, by asking the magazine: its sitemap and the links
// on its front. A new kind of page needs a line in `KINDS` and nothing else.

import { get } from "./get.mjs";

/** Pages looked at, at most; a sample has fewer. */
const PAGES_AT_MOST = 400;
/** People of the record looked at, at most. */
const PEOPLE_AT_MOST = 5;

/**
 * The kinds that must be there, with what makes a page one of them. A kind that no page is of fails
 * the checks, so that they cannot shrink unnoticed.
 */
const KINDS = {
  front: (page) => page.path === "/",
  "front, page 2": (page) => page.path === "/page/2/",
  section: (page) => page.is === "section" && depth(page) === 1,
  "section, page 2": (page) => page.is === "section page",
  "nested section": (page) => page.is === "section" && depth(page) > 1,
  tag: (page) => page.is === "tag",
  author: (page) => page.is === "author",
  record: (page) => page.path === "/record/",
  "person on the record": (page) => page.is === "person on the record",
  corrections: (page) => page.path === "/corrections/",
  "article with a picture": (page) => page.is === "article" && page.open && page.picture,
  "article without a picture": (page) => page.is === "article" && page.open && !page.picture,
  "long article": (page, pages) => page === longest(pages.filter((other) => other.is === "article" && other.open)),
  "members' article": (page) => page.is === "article" && !page.open,
  "static page": (page) => page.is === "static page",
  missing: (page) => page.is === "missing",
  "set a password": (page) => page.is === "set a password",
};
/** A small magazine may have none of these. */
const MAY_BE_ABSENT = ["section, page 2"];

/** Where the magazine is served, without a slash at the end. */
export const MAGAZINE = process.env.MAGAZINE?.replace(/\/$/, "") ?? "http://127.0.0.1:2368";

/** Every page: `{path, url, status, html, is, open, picture}`. */
export async function everyPage() {
  const listed = await sitemap(`${MAGAZINE}/sitemap.xml`);
  const front = (await get(`${MAGAZINE}/`)).body.toString();
  const urls = new Set([`${MAGAZINE}/`, `${MAGAZINE}/page/2/`, ...listed, ...links(front)]);
  const pages = [];
  for (const url of [...urls].slice(0, PAGES_AT_MOST)) {
    const page = await fetchPage(url);
    if (page) pages.push(page);
  }
  name(pages, new Set(listed.map((url) => new URL(url).pathname)));
  await addSecondPages(pages);
  await addPeople(pages);
  pages.push({ ...(await fetchPage(`${MAGAZINE}/no-such-page-here/`, 404)), is: "missing" });
  const setPassword = process.env.SET_PASSWORD_PATH;
  if (setPassword) pages.push({ ...(await fetchPage(MAGAZINE + setPassword)), is: "set a password" });
  return pages;
}

/** One page of each kind, `{kind, ...page}`; a page is taken for a second kind only if no other will do. */
export function oneOfEach(pages) {
  const taken = new Set();
  const chosen = [];
  for (const [kind, fits] of Object.entries(KINDS)) {
    const fitting = pages.filter((page) => fits(page, pages));
    const page = fitting.find((page) => !taken.has(page)) ?? fitting[0];
    if (page) {
      taken.add(page);
      chosen.push({ ...page, kind });
    } else if (!MAY_BE_ABSENT.includes(kind)) {
      throw new Error(`the sample has no page of the kind "${kind}"; found: ${summary(pages)}`);
    }
  }
  return chosen;
}

/** How many pages of what sort. */
export function summary(pages) {
  const counts = {};
  for (const page of pages) counts[page.is] = (counts[page.is] ?? 0) + 1;
  return Object.entries(counts).map(([is, count]) => `${count} ${is}`).join(", ");
}

/** Every address in a sitemap and the sitemaps that it names. */
async function sitemap(url) {
  const { status, body } = await get(url);
  if (status !== 200) throw new Error(`${url} answered ${status}`);
  const locations = [...body.toString().matchAll(/<loc>\s*([^<\s]+)\s*<\/loc>/g)].map((match) => unescape(match[1]));
  const found = [];
  for (const location of locations) {
    if (new URL(location).pathname.endsWith(".xml")) found.push(...(await sitemap(location)));
    else found.push(location);
  }
  return found;
}

/** The addresses within the magazine that a page links to, each without its query and anchor. */
function links(html) {
  const found = new Set();
  for (const [, href] of html.matchAll(/<a\s[^>]*?href=["']?([^"'\s>]+)/gi)) {
    if (!URL.canParse(unescape(href), MAGAZINE)) continue;
    const url = new URL(unescape(href), MAGAZINE);
    if (url.origin === MAGAZINE) found.add(url.origin + url.pathname);
  }
  return found;
}

/** A page of HTML; null for a feed, a redirect and the like. With `status`, any other is an error. */
async function fetchPage(url, status) {
  const answer = await get(url);
  const isHtml = (answer.headers["content-type"] ?? "").startsWith("text/html");
  if (status && answer.status !== status) throw new Error(`${url} answered ${answer.status} instead of ${status}`);
  if (answer.status >= 500) throw new Error(`${url} answered ${answer.status}`);
  if (!isHtml || answer.status !== (status ?? 200)) return null;
  return { url, path: new URL(url).pathname, status: answer.status, html: answer.body.toString() };
}

/** Says of each page what it is, from what it says of itself and from where it lies. */
function name(pages, listed) {
  // A static page has a date of publication too, but it is no `Article`.
  const articles = pages.filter((page) => /"@type":\s*"(News)?Article"/.test(page.html));
  for (const page of articles) {
    page.is = "article";
    page.open = !/"isAccessibleForFree":\s*"?false/i.test(page.html);
    const main = page.html.slice(page.html.indexOf("<main"), page.html.indexOf("</article>"));
    page.picture = /<img\s/.test(main);
  }
  for (const page of pages) {
    page.is ??= page.path === "/" ? "front"
      : page.path.startsWith("/tag/") ? "tag"
      : page.path.startsWith("/author/") ? "author"
      : /^\/record\/[^/]+\/$/.test(page.path) ? "person on the record"
      : page.path.startsWith("/page/") ? "front page"
      : articles.some((article) => article.path.startsWith(page.path)) ? "section"
      : listed.has(page.path) ? "static page"
      : "other";
  }
}

async function addSecondPages(pages) {
  for (const section of pages.filter((page) => page.is === "section")) {
    const second = await fetchPage(`${section.url}page/2/`);
    if (second) pages.push({ ...second, is: "section page" });
  }
}

/** The record lists its people on its own front; a few of them stand for all. */
async function addPeople(pages) {
  const record = pages.find((page) => page.path === "/record/");
  const known = new Set(pages.map((page) => page.path));
  const people = record ? [...links(record.html)].filter((url) => /\/record\/[^/]+\/$/.test(url)) : [];
  for (const url of people.filter((url) => !known.has(new URL(url).pathname)).slice(0, PEOPLE_AT_MOST)) {
    const page = await fetchPage(url);
    if (page) pages.push({ ...page, is: "person on the record" });
  }
}

const depth = (page) => page.path.split("/").filter(Boolean).length;
const longest = (pages) => pages.reduce((most, page) => (page.html.length > (most?.html.length ?? 0) ? page : most), null);
const unescape = (text) => text.replaceAll("&amp;", "&");
