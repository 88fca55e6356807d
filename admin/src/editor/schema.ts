// The article's text as the editor holds it. Every node and mark that came out of a stored body carries, in `was`,
// the fields it had there, so that what the editor does not know is written back as it came.

import { Schema, type DOMOutputSpec, type MarkSpec, type Node, type NodeSpec } from "prosemirror-model";
import { safeUrl, shownUrl } from "./dom";

export type Json = Record<string, unknown>;

/** The bit of each format in a stored text's `format`. */
export const BITS = {
  bold: 1,
  italic: 2,
  strikethrough: 4,
  underline: 8,
  code: 16,
  subscript: 32,
  superscript: 64,
  highlight: 128,
} as const;
export type Format = keyof typeof BITS;

const was = { was: { default: null } };

function textBlock(spec: NodeSpec): NodeSpec {
  return { content: "inline*", group: "block", ...spec, attrs: { ...was, ...spec.attrs } };
}

function list(tag: string, spec: NodeSpec): NodeSpec {
  return {
    content: "listitem+",
    group: "block list",
    ...spec,
    attrs: {
      ...was,
      // The fields of the item that wraps this list where it is nested; "in" where it shares the item before it.
      wrap: { default: null },
      // The items' own numbers, where they are not simply counted.
      values: { default: null },
      ...spec.attrs,
    },
    toDOM: spec.toDOM ?? (() => [tag, 0]),
  };
}

const nodes: Record<string, NodeSpec> = {
  doc: { content: "block+", attrs: { root: { default: null }, envelope: { default: null } } },
  paragraph: textBlock({
    attrs: {
      // Text that stood directly under the root.
      bare: { default: false },
      // Stands for a root without children, until something is written.
      blank: { default: false },
    },
    parseDOM: [{ tag: "p" }],
    toDOM: () => ["p", 0],
  }),
  heading: textBlock({
    attrs: { level: { default: 2 } },
    defining: true,
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    toDOM: (node): DOMOutputSpec => [`h${node.attrs.level}`, 0],
  }),
  quote: textBlock({
    defining: true,
    parseDOM: [{ tag: "blockquote" }],
    toDOM: () => ["blockquote", 0],
  }),
  aside: textBlock({
    defining: true,
    parseDOM: [{ tag: "aside" }],
    toDOM: () => ["aside", 0],
  }),
  bullet: list("ul", { parseDOM: [{ tag: "ul" }] }),
  number: list("ol", {
    attrs: { start: { default: 1 } },
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ start: Number(dom.getAttribute("start") ?? 1) || 1 }) }],
    toDOM: (node): DOMOutputSpec => (node.attrs.start === 1 ? ["ol", 0] : ["ol", { start: node.attrs.start }, 0]),
  }),
  check: list("ul", {
    parseDOM: [{ tag: "ul[data-check]", priority: 60 }],
    toDOM: () => ["ul", { "data-check": "" }, 0],
  }),
  listitem: {
    content: "(line list*) | list+",
    attrs: { ...was, checked: { default: null } },
    defining: true,
    parseDOM: [{ tag: "li", getAttrs: (dom) => ({ checked: dom.hasAttribute("data-checked") ? dom.getAttribute("data-checked") === "true" : null }) }],
    toDOM: (node): DOMOutputSpec =>
      node.attrs.checked === null ? ["li", 0] : ["li", { "data-checked": String(node.attrs.checked) }, 0],
  },
  line: {
    content: "inline*",
    parseDOM: [{ tag: "p", context: "listitem/", priority: 60 }],
    toDOM: () => ["p", 0],
  },
  card: {
    group: "block",
    atom: true,
    selectable: true,
    draggable: true,
    isolating: true,
    attrs: { node: {} },
    toDOM: (node): DOMOutputSpec => ["div", { class: "ed-card" }, String((node.attrs.node as Json | null)?.type ?? "?")],
  },
  text: { group: "inline" },
  linebreak: {
    group: "inline",
    inline: true,
    selectable: false,
    attrs: was,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
    leafText: () => "\n",
  },
  other: {
    group: "inline",
    inline: true,
    atom: true,
    attrs: { node: {} },
    toDOM: (node): DOMOutputSpec => ["span", { class: "ed-other", title: otherName(node) }, wordsOf(node.attrs.node) || "​"],
    leafText: () => "",
  },
};

function otherName(node: Node): string {
  const type = (node.attrs.node as Json | null)?.type;
  return typeof type === "string" ? type : "?";
}

/** The words somewhere inside a stored node. */
export function wordsOf(node: unknown): string {
  if (typeof node !== "object" || node === null) return "";
  const { text, children } = node as Json;
  if (typeof text === "string") return text;
  return Array.isArray(children) ? children.map(wordsOf).filter(Boolean).join(" ") : "";
}

const format = (tag: string, parseDOM: MarkSpec["parseDOM"]): MarkSpec => ({ parseDOM, toDOM: () => [tag, 0] });
const weight = (value: string) => (/^(bold(er)?|[6-9]\d{2})$/.test(value) ? null : false);

const marks: Record<string, MarkSpec> = {
  link: {
    attrs: { url: {}, ...was, n: { default: 0 } },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ url: dom.getAttribute("href") }) }],
    toDOM: (mark): DOMOutputSpec => ["a", { href: safeUrl(shownUrl(mark.attrs.url)), title: mark.attrs.url, rel: "noopener noreferrer" }, 0],
  },
  // A text with fields of its own, or one that stood apart from an equal neighbour.
  run: { attrs: { ...was, n: { default: 0 } }, toDOM: () => ["span", 0] },
  tk: { attrs: { ...was, n: { default: 0 } }, inclusive: false, excludes: "run tk", toDOM: () => ["span", { class: "ed-tk" }, 0] },
  bold: format("strong", [{ tag: "strong" }, { tag: "b" }, { style: "font-weight", getAttrs: weight }]),
  italic: format("em", [{ tag: "em" }, { tag: "i" }, { tag: "cite" }, { style: "font-style=italic" }]),
  strikethrough: format("s", [{ tag: "s" }, { tag: "strike" }, { style: "text-decoration=line-through" }]),
  underline: format("u", [{ tag: "u" }, { style: "text-decoration=underline" }]),
  code: { ...format("code", [{ tag: "code" }, { tag: "kbd" }, { tag: "samp" }]), code: true },
  subscript: format("sub", [{ tag: "sub" }]),
  superscript: format("sup", [{ tag: "sup" }]),
  highlight: format("mark", [{ tag: "mark" }]),
};

export const schema = new Schema({ nodes, marks });

export const isList = (node: Node) => node.type.spec.group === "block list";
