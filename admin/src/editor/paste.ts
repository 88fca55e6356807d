// Makes of what other programs put on the clipboard what a newsroom means by it. Pure: HTML in, HTML out; only the
// elements and attributes that are named here come through.

import { safeUrl, styleOf } from "./dom";
import { pastedLists } from "./paste-lists";
import { foldSpaces } from "./paste-spaces";
import { parseHtml } from "./trusted";

export interface Cleaned {
  html: string;
  /** How many pictures could not come along, because they lie on somebody's disk. */
  refused: number;
}

export function cleanPastedHtml(html: string): string {
  return cleanPasted(html).html;
}

export function cleanPasted(html: string): Cleaned {
  // Out before it is parsed: a strict policy complains of each style sheet, even in a document that is never shown.
  const { body } = parseHtml(html.replace(/<style\b[^]*?<\/style\s*>/gi, ""));
  dropSilent(body);
  dropDeleted(body);
  footnotes(body);
  pastedLists(body);
  const refused = pictures(body);
  frames(body);
  wordStyles(body);
  styledSpans(body);
  links(body);
  tables(body);
  boxes(body);
  standAlone(body);
  quotes(body);
  items(body);
  foldSpaces(body);
  breaks(body);
  dropEmpty(body);
  attributes(body);
  return { html: body.innerHTML, refused };
}

const all = (body: Element, selector: string) => [...body.querySelectorAll<HTMLElement>(selector)];

function unwrap(node: Element) {
  node.replaceWith(...node.childNodes);
}

function rename(node: Element, tag: string): HTMLElement {
  const made = node.ownerDocument.createElement(tag);
  for (const { name, value } of node.attributes) made.setAttribute(name, value);
  made.append(...node.childNodes);
  node.replaceWith(made);
  return made;
}

const SILENT =
  "script, style, noscript, template, nav, meta, link, title, base, form, button, input, select, textarea, object, applet, svg, math, canvas, video, audio, map, dialog, xml, [hidden], .MsoCommentReference, .msocomtxt, .msocomoff, .Apple-interchange-newline";

function dropSilent(body: HTMLElement) {
  const comments = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found: Comment[] = [];
  while (comments.nextNode()) found.push(comments.currentNode as Comment);
  for (const comment of found) comment.remove();
  for (const node of all(body, SILENT)) node.remove();
  for (const node of all(body, "*")) {
    // Word's own elements: `o:p`, `v:shape`, `w:sdt`, `st1:place` …
    if (node.tagName.includes(":")) {
      if (/^(V:|O:(?!P$))/.test(node.tagName) || !node.textContent?.replace(/\u00a0/g, "").trim()) node.remove();
      else unwrap(node);
      continue;
    }
    const style = styleOf(node);
    if (/mso-element:(comment|header|footer)|mso-hide:all|display:none|visibility:hidden/.test(style)) node.remove();
  }
}

/** Tracked changes: what was put in is text, what was taken out is not. */
function dropDeleted(body: HTMLElement) {
  for (const node of all(body, "del, .msoDel")) node.remove();
  for (const node of all(body, "ins, .msoIns")) unwrap(node);
}

const NOTE = /#_?(ftn|edn|sdfootnote|sdendnote|footnote|endnote|fn|cite_(note|ref))/i;

function footnotes(body: HTMLElement) {
  for (const node of all(body, "a[href]")) {
    const sign = (node.textContent ?? "").replace(/[[\]\s]/g, "");
    if (!NOTE.test(node.getAttribute("href") ?? "") || !/^([\divxlc]{1,5}|[*†‡↑^])$/i.test(sign)) continue;
    const sup = body.ownerDocument.createElement("sup");
    sup.textContent = sign;
    const outer = node.closest("sup");
    const whole = outer && body.contains(outer) ? outer : node;
    // A note's own sign stands before its words.
    if (!whole.previousSibling && /^[\p{L}\p{N}]/u.test(whole.nextSibling?.textContent ?? "")) whole.after(" ");
    whole.replaceWith(sup);
  }
  for (const list of all(body, "[data-style*='footnote-list'], [data-style*='endnote-list']")) for (const rule of all(list, "hr, br[clear]")) rule.remove();
}

/** Only pictures of the web and those that came along as data. */
function pictures(body: HTMLElement): number {
  let refused = 0;
  for (const node of all(body, "img")) {
    const src = node.getAttribute("src") ?? "";
    const tiny = Number(node.getAttribute("width")) === 1 || Number(node.getAttribute("height")) === 1;
    if (!tiny && /^(https?:\/\/|data:image\/(png|jpe?g|gif|webp|avif)[;,])/i.test(src)) continue;
    node.remove();
    if (!tiny && src) refused += 1;
  }
  return refused;
}

// What newsrooms embed; any other frame is an advertisement.
const FRAMES = /^https:\/\/([\w-]+\.)*(youtube\.com|youtube-nocookie\.com|vimeo\.com|spotify\.com|soundcloud\.com|datawrapper\.de|dwcdn\.net|flourish\.studio|google\.com\/maps|openstreetmap\.org|documentcloud\.org)\//;

function frames(body: HTMLElement) {
  for (const node of all(body, "iframe")) if (!FRAMES.test(node.getAttribute("src") ?? "")) node.remove();
}

const WORD_STYLES: Record<string, string> = { MsoTitle: "h1", MsoQuote: "blockquote", MsoIntenseQuote: "blockquote" };

function wordStyles(body: HTMLElement) {
  for (const [name, tag] of Object.entries(WORD_STYLES)) for (const node of all(body, `p.${name}`)) rename(node, tag);
  for (const node of all(body, "[data-style*='mso-list' i]")) if (/mso-list:ignore/.test(styleOf(node))) node.remove();
}

/** Formats that are said by style are said by elements; all other looks go. */
function styledSpans(body: HTMLElement) {
  for (const node of all(body, "b, strong")) if (/(^|;)font-weight:(normal|[1-4]00)/.test(styleOf(node))) unwrap(node);
  for (const node of all(body, "i, em")) if (/(^|;)font-style:normal/.test(styleOf(node))) unwrap(node);
  for (const node of all(body, "span, font")) {
    const style = styleOf(node);
    const heading = node.closest("h1, h2, h3, h4, h5, h6, th") !== null;
    const tags = [
      /(^|;)font-weight:(bold|[6-9]00)/.test(style) && !heading && "strong",
      /(^|;)font-style:(italic|oblique)/.test(style) && "em",
      /(^|;)text-decoration(-line)?:[^;]*underline/.test(style) && "u",
      /(^|;)text-decoration(-line)?:[^;]*line-through/.test(style) && "s",
      /(^|;)vertical-align:super/.test(style) && "sup",
      /(^|;)vertical-align:sub(;|$)/.test(style) && "sub",
    ].filter((tag) => tag !== false);
    if (node.textContent) {
      for (const tag of tags) {
        const made = body.ownerDocument.createElement(tag);
        made.append(...node.childNodes);
        node.append(made);
      }
    }
    unwrap(node);
  }
  // A heading is strong by itself.
  for (const node of all(body, ":is(h1, h2, h3, h4, h5, h6) :is(b, strong)")) unwrap(node);
}

function links(body: HTMLElement) {
  for (const node of all(body, "a")) {
    const url = realAddress(node.getAttribute("href") ?? "");
    if (!url || url.startsWith("#") || /^(file|about|blob|data):/i.test(url) || !node.textContent?.trim() && !node.querySelector("img")) {
      unwrap(node);
      continue;
    }
    node.setAttribute("href", url);
    for (const line of all(node, "u")) unwrap(line);
    const outer = node.parentElement;
    if (outer?.tagName === "U" && outer.textContent === node.textContent) unwrap(outer);
  }
}

/** Google sends its links round by itself. */
function realAddress(href: string): string | null {
  const wrapped = /^https?:\/\/www\.google\.[\w.]+\/url\?(.*)$/.exec(href)?.[1];
  const inner = wrapped && new URLSearchParams(wrapped).get("q");
  return safeUrl(inner || href);
}

/** A table of one cell only lays out a page. */
function tables(body: HTMLElement) {
  for (const node of all(body, "table") as HTMLTableElement[]) {
    if (!body.contains(node)) continue;
    const cells = [...node.querySelectorAll("td, th")];
    if (cells.length < 2 || node.querySelector("table")) {
      const inner = cells.filter((cell) => cell.closest("table") === node);
      node.replaceWith(...(inner.length ? inner : [node]).flatMap((cell) => [...cell.childNodes]));
      continue;
    }
    for (const cell of cells) {
      const blocks = all(cell as HTMLElement, "p, div, h1, h2, h3, h4, h5, h6, li");
      blocks.forEach((block, i) => {
        if (i) block.before(body.ownerDocument.createElement("br"));
        unwrap(block);
      });
      for (const other of all(cell as HTMLElement, "*")) if (!CELL.has(other.tagName)) unwrap(other);
    }
    for (const part of all(node, "colgroup, col")) part.remove();
    boldHead(node);
    for (const part of [node, ...all(node, "thead, tbody, tfoot, tr")]) {
      for (const child of [...part.childNodes]) if (child.nodeType === 3 && !child.textContent?.trim()) child.remove();
    }
  }
}

/** A first row that is all bold is a heading. */
function boldHead(table: HTMLTableElement) {
  const [first] = table.rows;
  if (!first || table.tHead || ![...first.cells].every((cell) => isBold(cell))) return;
  for (const cell of [...first.cells]) {
    for (const bold of all(cell, "b, strong")) unwrap(bold);
    rename(cell, "th");
  }
  table.createTHead().append(first);
}

function isBold(cell: Element): boolean {
  const bold = [...cell.querySelectorAll("b, strong")].map((node) => node.textContent?.trim()).join("");
  return cell.tagName === "TH" || (bold !== "" && bold === cell.textContent?.trim());
}

const CELL = new Set(["A", "B", "STRONG", "I", "EM", "SUB", "SUP", "BR"]);
const BLOCK = "p, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, pre, table, figure, hr, img, iframe, div, dl";

/** Elements that only lay out: those around blocks go, those around words are paragraphs. */
function boxes(body: HTMLElement) {
  for (const node of all(body, "dt, dd, address, summary")) rename(node, "p");
  for (const node of all(body, "figure")) if (!node.querySelector("img")) unwrap(node);
  for (const node of all(body, "figcaption")) if (!node.closest("figure")) rename(node, "p");
  for (const node of all(body, "div, section, article, main, header, footer, aside, center, hgroup, details, dl").reverse()) {
    if (node.tagName === "FOOTER" && node.closest("blockquote")) continue;
    if (node.closest("li, td, th, figure, blockquote") || node.querySelector(BLOCK)) unwrap(node);
    else rename(node, "p");
  }
}

/** A picture stands beside a paragraph, not in it. */
function standAlone(body: HTMLElement) {
  for (const node of all(body, "img, iframe").reverse()) {
    if (node.closest("figure")) continue;
    const around = node.closest("p, h1, h2, h3, h4, h5, h6");
    if (!around) continue;
    const before = !around.textContent?.trim();
    if (before) around.before(node);
    else around.after(node);
  }
}

/** A quote is one block; its paragraphs stand apart by two line breaks, as Ghost keeps them. */
function quotes(body: HTMLElement) {
  for (const node of all(body, "blockquote")) {
    const parts = [...node.children].filter((child) => /^(P|H[1-6]|FOOTER|BLOCKQUOTE)$/.test(child.tagName));
    parts.forEach((part, i) => {
      if (i) part.before(body.ownerDocument.createElement("br"), body.ownerDocument.createElement("br"));
      unwrap(part);
    });
  }
}

/** The paragraphs of an item are its lines. */
function items(body: HTMLElement) {
  for (const item of all(body, "li")) {
    [...item.children]
      .filter((child) => /^(P|H[1-6])$/.test(child.tagName))
      .forEach((part, i) => {
        if (i && part.textContent?.trim()) part.before(body.ownerDocument.createElement("br"));
        unwrap(part);
      });
  }
}

/** Two line breaks in a paragraph make two paragraphs; one at its end or between blocks makes nothing. */
function breaks(body: HTMLElement) {
  for (const node of all(body, "p")) {
    let next: HTMLElement | null = null;
    for (const child of [...node.childNodes]) {
      if (isBreak(child) && isBreak(after(child))) {
        const last: HTMLElement = next ?? node;
        next = body.ownerDocument.createElement("p");
        last.after(next);
        child.remove();
      } else if (next && isBreak(child) && !next.textContent?.trim()) child.remove();
      else if (next) next.append(child);
    }
  }
  for (const node of all(body, "br")) {
    const parent = node.parentElement!;
    const loose = parent === body && (node.nextElementSibling?.matches(BLOCK) || node.previousElementSibling?.matches(BLOCK) || body.children.length === 1);
    if (loose || (parent.matches("p, li, h1, h2, h3, h4, h5, h6, td, th") && !after(node))) node.remove();
  }
}

const isBreak = (node: ChildNode | null) => node?.nodeName === "BR";

/** The next node that says something. */
function after(node: ChildNode): ChildNode | null {
  let next = node.nextSibling;
  while (next && next.nodeType === 3 && !next.textContent?.trim()) next = next.nextSibling;
  return next;
}

function dropEmpty(body: HTMLElement) {
  const selector = "p, h1, h2, h3, h4, h5, h6, blockquote, li, ul, ol, strong, b, em, i, u, s, a, sup, sub, mark, code, small, cite, figure";
  for (const node of all(body, selector).reverse()) {
    if (node.querySelector("img, iframe, hr, table")) continue;
    const words = node.textContent ?? "";
    if (words.trim() === "" && !(words !== "" && /^(STRONG|B|EM|I|U|S|A|SUP|SUB|MARK|CODE|SMALL|CITE)$/.test(node.tagName))) node.remove();
    else if (words.trim() === "") unwrap(node);
  }
}

const KEPT: Record<string, string[]> = {
  A: ["href"], IMG: ["src", "alt", "title", "width", "height"], OL: ["start"], TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan"],
  UL: ["data-check"], LI: ["data-checked"], IFRAME: ["src"],
};
const ELEMENTS = new Set(
  "P H1 H2 H3 H4 H5 H6 BLOCKQUOTE UL OL LI A IMG FIGURE FIGCAPTION HR PRE IFRAME TABLE THEAD TBODY TFOOT TR TD TH BR B STRONG I EM U S STRIKE CODE KBD SAMP SUB SUP MARK CITE".split(" "),
);

function attributes(body: HTMLElement) {
  for (const node of all(body, "*").reverse()) {
    if (!ELEMENTS.has(node.tagName)) {
      unwrap(node);
      continue;
    }
    for (const { name } of [...node.attributes]) if (!KEPT[node.tagName]?.includes(name)) node.removeAttribute(name);
  }
  body.normalize();
}
