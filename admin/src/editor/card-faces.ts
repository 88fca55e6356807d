// How each card looks in the text. Foreign HTML is shown as words or as source, never as live HTML.

import { t } from "../words";
import { isTable } from "./cards";
import { el } from "./dom";
import { wordsOfHtml } from "./html-field";
import { pictureSrc } from "./pictures";
import { wordsOf, type Json } from "./schema";
import { parseHtml } from "./trusted";

type Face = (node: Json) => (HTMLElement | null)[];

const string = (value: unknown) => (typeof value === "string" ? value : "");
const quiet = (text: string) => (text ? el("p", { class: "ed-quiet" }, text) : null);
const caption = (node: Json) => {
  const words = wordsOfHtml(node.caption);
  return words ? el("p", { class: "ed-caption" }, words) : null;
};
const source = (text: string) => {
  const lines = text.trim().split("\n");
  return el("pre", { class: "ed-source" }, lines.slice(0, 12).join("\n") + (lines.length > 12 ? "\n…" : ""));
};

function image(node: Json): (HTMLElement | null)[] {
  const src = pictureSrc(node.src);
  const alt = string(node.alt);
  return [
    src ? el("img", { src, alt, loading: "lazy", width: size(node.width), height: size(node.height) }) : el("p", { class: "ed-empty" }, t("editor.picture_none")),
    caption(node),
    src && !alt.trim() ? el("p", { class: "ed-warn" }, t("editor.alt_missing")) : quiet(alt),
  ];
}

const size = (value: unknown) => (typeof value === "number" && value > 0 ? value : null);

function gallery(node: Json): (HTMLElement | null)[] {
  const images = Array.isArray(node.images) ? (node.images as Json[]) : [];
  const missing = images.filter((image) => !string(image?.alt).trim()).length;
  const grid = el("div", { class: "ed-gallery" }, ...images.map((image) => {
    const src = pictureSrc(image?.src);
    return src ? el("img", { src, alt: string(image.alt), loading: "lazy" }) : el("span", { class: "ed-empty" }, "?");
  }));
  return [
    images.length ? grid : el("p", { class: "ed-empty" }, t("editor.picture_none")),
    caption(node),
    missing ? el("p", { class: "ed-warn" }, t("editor.alt_missing_of", { count: missing })) : null,
  ];
}

function embed(node: Json): (HTMLElement | null)[] {
  const metadata = (typeof node.metadata === "object" && node.metadata !== null ? node.metadata : {}) as Json;
  const title = string(metadata.title) || wordsOfHtml(node.html).split("\n")[0] || "";
  const thumb = pictureSrc(metadata.thumbnail_url);
  return [
    thumb && thumb.startsWith("/") ? el("img", { src: thumb, alt: "", loading: "lazy" }) : null,
    el("p", { class: "ed-title" }, title || string(node.url) || t("editor.address_none")),
    title ? quiet(string(node.url)) : null,
    caption(node),
  ];
}

function bookmark(node: Json): (HTMLElement | null)[] {
  const { title, description, publisher } = (typeof node.metadata === "object" && node.metadata !== null ? node.metadata : {}) as Json;
  return [
    el("p", { class: "ed-title" }, string(title) || string(node.url) || t("editor.address_none")),
    string(description) ? el("p", {}, string(description)) : null,
    quiet([string(publisher), string(node.url)].filter(Boolean).join(" · ")),
    caption(node),
  ];
}

function html(node: Json): (HTMLElement | null)[] {
  const text = string(node.html);
  if (isTable(node)) {
    const table = parseHtml(text).querySelector("table");
    if (table) return [plainTable(table)];
  }
  return [text.trim() ? source(text) : el("p", { class: "ed-empty" }, t("editor.empty"))];
}

/** The table built anew from its words. */
function plainTable(table: HTMLTableElement): HTMLElement {
  const rows = [...table.rows].map((row) =>
    el("tr", {}, ...[...row.cells].map((cell) => el(cell.tagName === "TH" ? "th" : "td", { colspan: cell.colSpan > 1 ? cell.colSpan : null, rowspan: cell.rowSpan > 1 ? cell.rowSpan : null }, cell.textContent ?? ""))),
  );
  return el("div", { class: "ed-table" }, el("table", {}, el("tbody", {}, ...rows)));
}

const FACES: Record<string, Face> = {
  image,
  gallery,
  embed,
  bookmark,
  html,
  callout: (node) => [
    el("div", { class: "ed-callout" }, el("span", { "aria-hidden": "true" }, string(node.calloutEmoji)), el("p", {}, wordsOfHtml(node.calloutText) || t("editor.empty"))),
  ],
  button: (node) => [el("p", { class: "ed-face-button" }, string(node.buttonText) || t("editor.empty")), quiet(string(node.buttonUrl) || t("editor.address_none"))],
  markdown: (node) => [source(string(node.markdown) || t("editor.empty"))],
  codeblock: (node) => [source(string(node.code) || t("editor.empty")), quiet(string(node.language)), caption(node)],
  horizontalrule: () => [el("hr")],
  paywall: () => [el("p", { class: "ed-rule-text" }, t("editor.paywall_here"))],
  toggle: (node) => [el("p", { class: "ed-title" }, wordsOfHtml(node.heading) || t("editor.empty")), quiet(wordsOfHtml(node.content))],
};

/** Which of the other cards' fields say what it is. */
const TELLING = ["header", "heading", "productTitle", "title", "fileTitle", "textValue", "subheader", "productDescription", "html", "src", "fileName"];

export function faceOf(node: Json): HTMLElement[] {
  const face = FACES[string(node.type)];
  const parts = face ? face(node) : others(node);
  return parts.filter((part) => part !== null);
}

function others(node: Json): (HTMLElement | null)[] {
  const words = TELLING.map((field) => wordsOfHtml(node[field])).filter(Boolean);
  if (words.length) return [el("p", { class: "ed-title" }, words[0]!), ...words.slice(1, 3).map(quiet)];
  const text = wordsOf(node);
  return [quiet(text || t("editor.kept_as_is"))];
}
