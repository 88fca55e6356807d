// Lists of other programs: Word writes paragraphs that only look like items; Google Docs nests a list beside its item.

import { styleOf } from "./dom";

export function pastedLists(body: HTMLElement) {
  wordLists(body);
  nestInItems(body);
  checkLists(body);
}

interface Line {
  node: HTMLElement;
  list: string;
  level: number;
  /** The sign in front, such as "1." or "·". */
  sign: string;
}

function lineOf(node: Element | null): Line | null {
  if (!node || !/^(P|DIV)$/.test(node.tagName)) return null;
  const style = styleOf(node);
  const [, list, level] = /mso-list:(l\d+)\s+level(\d+)/.exec(style) ?? [];
  if (!list) return null;
  const ignored = [...node.querySelectorAll("[data-style]")].find((inner) => /mso-list:ignore/.test(styleOf(inner)));
  return { node: node as HTMLElement, list, level: Number(level), sign: (ignored?.textContent ?? "").replace(/[\s\u00a0]+/g, "") };
}

function wordLists(body: HTMLElement) {
  for (const node of [...body.querySelectorAll("p, div")]) {
    if (!body.contains(node)) continue;
    const lines: Line[] = [];
    for (let line = lineOf(node); line && (!lines.length || line.level > 1 || line.list === lines[0]!.list); line = lineOf(line.node.nextElementSibling)) lines.push(line);
    if (lines.length) build(lines);
  }
}

const COUNTED = /^\(?(\d+|[a-z]{1,4}|[ivxlcdm]+)[.):]+$/i;

function build(lines: Line[]) {
  const { ownerDocument } = lines[0]!.node;
  const open: { level: number; list: HTMLElement }[] = [];
  const top: HTMLElement[] = [];
  const first = lines[0]!.node;
  const marker = ownerDocument.createComment("");
  first.before(marker);
  for (const { node, level, sign } of lines) {
    while (open.length && open.at(-1)!.level > level) open.pop();
    if (!open.length || open.at(-1)!.level < level) {
      const list = ownerDocument.createElement(COUNTED.test(sign) ? "ol" : "ul");
      const start = parseInt(sign.replace(/^\(/, ""), 10);
      if (list.tagName === "OL" && start > 1) list.setAttribute("start", String(start));
      const item = open.at(-1)?.list.lastElementChild;
      if (item) item.append(list);
      else top.push(list);
      open.push({ level, list });
    }
    for (const inner of node.querySelectorAll("[data-style]")) if (/mso-list:ignore/.test(styleOf(inner))) inner.remove();
    const item = ownerDocument.createElement("li");
    item.append(...node.childNodes);
    open.at(-1)!.list.append(item);
    node.remove();
  }
  marker.replaceWith(...top);
}

function nestInItems(body: HTMLElement) {
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    const before = list.previousElementSibling;
    if (before?.tagName === "LI") {
      before.append(list);
    } else {
      const item = body.ownerDocument.createElement("li");
      list.before(item);
      item.append(list);
    }
  }
}

function checkLists(body: HTMLElement) {
  for (const item of body.querySelectorAll("li")) {
    const box = item.getAttribute("role") === "checkbox" ? item : null;
    if (!box || item.parentElement?.tagName !== "UL") continue;
    item.setAttribute("data-checked", String(box.getAttribute("aria-checked") === "true"));
    item.parentElement.setAttribute("data-check", "");
    // Google Docs draws the box as a picture.
    for (const picture of item.querySelectorAll("img")) picture.remove();
  }
}
