// A small rich field for the HTML that captions and boxes are kept in. HTML that has more than the field can show is
// edited as HTML, so that nothing of it is lost.

import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { DOMParser, DOMSerializer, Schema, type MarkSpec, type Node } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { el } from "./dom";
import { editLink } from "./link";
import { cleanPastedHtml } from "./paste";
import { schema as body } from "./schema";
import { parseHtml } from "./trusted";
import { wordTypingPlugin } from "./typing";

const link: MarkSpec = {
  attrs: { url: {}, was: { default: null }, rel: { default: null }, target: { default: null } },
  inclusive: false,
  parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ url: dom.getAttribute("href"), rel: dom.getAttribute("rel"), target: dom.getAttribute("target") }) }],
  toDOM: ({ attrs: { url, rel, target } }) => ["a", { href: url, rel, target }, 0],
};
const { bold, italic, strikethrough, underline, code, subscript, superscript } = (body.spec.marks as { toObject(): unknown }).toObject() as Record<string, MarkSpec>;
const schema = new Schema({
  nodes: {
    doc: { content: "paragraph+" },
    paragraph: { content: "inline*", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    text: { group: "inline" },
    linebreak: { group: "inline", inline: true, selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"], leafText: () => "\n" },
  },
  marks: { link, bold: bold!, italic: italic!, strikethrough: strikethrough!, underline: underline!, code: code!, subscript: subscript!, superscript: superscript! },
});

const KNOWN = new Set(["P", "BR", "A", "B", "STRONG", "I", "EM", "S", "U", "CODE", "SUB", "SUP", "SPAN"]);
const NOISE = /^\s*white-space:\s*pre-wrap;?\s*$/;

/** Whether the field can show all that the HTML says. */
function isSimple(document: Document): boolean {
  return [...document.body.querySelectorAll("*")].every((node) => {
    if (!KNOWN.has(node.tagName)) return false;
    return [...node.attributes].every(({ name, value }) =>
      name === "data-style" ? NOISE.test(value) : node.tagName === "A" ? ["href", "rel", "target"].includes(name) : name === "dir",
    );
  });
}

function read(document: Document): Node {
  return DOMParser.fromSchema(schema).parse(document.body, { preserveWhitespace: true });
}

function write(doc: Node, paragraphs: boolean): string {
  const serializer = DOMSerializer.fromSchema(schema);
  const box = document.createElement("div");
  if (paragraphs) box.append(serializer.serializeFragment(doc.content));
  else {
    doc.forEach((paragraph, _, i) => {
      if (i) box.append(document.createElement("br"));
      box.append(serializer.serializeFragment(paragraph.content));
    });
  }
  return box.innerHTML;
}

export interface HtmlField {
  dom: HTMLElement;
  destroy(): void;
}

/** `onchange` gets the new HTML; it is never called for HTML that was not edited. */
export function htmlField(html: string, label: string, lines: "one" | "many", locale: string, onchange: (html: string) => void): HtmlField {
  const parsed = parseHtml(html);
  if (!isSimple(parsed) || (lines === "one" && parsed.body.querySelectorAll("p").length > 1)) return source(html, label, onchange);
  const paragraphs = lines === "many" || parsed.body.querySelector("p") !== null;
  const dom = el("div", { class: "ed-rich" });
  const mark = (name: string) => toggleMark(schema.marks[name]!);
  const leave = () => lines === "one";
  const view: EditorView = new EditorView(dom, {
    state: EditorState.create({
      doc: read(parsed),
      plugins: [
        wordTypingPlugin(locale),
        keymap({
          "Mod-z": undo, "Shift-Mod-z": redo, "Mod-y": redo, "Mod-b": mark("bold"), "Mod-i": mark("italic"), "Mod-u": mark("underline"),
          "Shift-Enter": chainCommands(leave, (state, dispatch) => {
            dispatch?.(state.tr.replaceSelectionWith(schema.nodes.linebreak!.create()).scrollIntoView());
            return true;
          }),
          ...(lines === "one" ? { Enter: () => true } : {}),
        }),
        keymap(baseKeymap),
        history(),
      ],
    }),
    attributes: { role: "textbox", "aria-label": label, "aria-multiline": String(lines === "many"), class: "ed-rich-text" },
    transformPastedHTML: cleanPastedHtml,
    handleKeyDown(_, event) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return false;
      editLink(view);
      return true;
    },
    dispatchTransaction(tr) {
      view.updateState(view.state.apply(tr));
      if (tr.docChanged) onchange(view.state.doc.textContent === "" ? "" : write(view.state.doc, paragraphs));
    },
  });
  return { dom, destroy: () => view.destroy() };
}

function source(html: string, label: string, onchange: (html: string) => void): HtmlField {
  const dom = el("textarea", { class: "ed-code", rows: 4, "aria-label": label, spellcheck: "false" });
  dom.value = html;
  dom.addEventListener("input", () => onchange(dom.value));
  return { dom, destroy() {} };
}

/** The words of a piece of HTML. */
export function wordsOfHtml(html: unknown): string {
  if (typeof html !== "string" || !html.includes("<")) return typeof html === "string" ? html.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, entity) : "";
  const { body } = parseHtml(html);
  for (const block of body.querySelectorAll("p, div, li, br, h1, h2, h3, h4, tr")) block.after("\n");
  for (const silent of body.querySelectorAll("script, style, template")) silent.remove();
  return (body.textContent ?? "").replace(/[ \t]+/g, " ").replace(/\s*\n\s*/g, "\n").trim();
}

const entity = (_: string, name: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: "\u00a0" })[name]!;
