// The clipboard and the drop: what comes from elsewhere is cleaned, what comes from here comes whole.

import { DOMParser, DOMSerializer, Fragment, Slice, type DOMOutputSpec, type Node, type ParseRule } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { EditorProps, EditorView } from "prosemirror-view";
import { t } from "../words";
import { TABLE_MARK, cardOf, freshCard } from "./cards";
import { addressOf, linkAt, setLink } from "./link";
import type { Desk } from "./index";
import { cleanPasted } from "./paste";
import { insertFiles, uploadPasted } from "./pictures";
import { schema, type Json } from "./schema";

/**
 * A word that only this browser's desk knows. What carries it was copied here, with all its fields; a foreign page that
 * offers cards of its own does not have it.
 */
const secret = (() => {
  const fresh = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");
  try {
    const kept = localStorage.getItem("masthead-clipboard") ?? fresh();
    localStorage.setItem("masthead-clipboard", kept);
    return kept;
  } catch {
    return fresh();
  }
})();

const stamp = (name: string, attrs: Json) => ({ "data-mh": name, "data-mh-key": secret, "data-mh-attrs": JSON.stringify(attrs) });

function serializer(): DOMSerializer {
  const nodes = DOMSerializer.nodesFromSchema(schema);
  const marks = DOMSerializer.marksFromSchema(schema);
  const stamped = (spec: DOMOutputSpec, name: string, attrs: Json): DOMOutputSpec => {
    const [tag, ...rest] = spec as [string, ...unknown[]];
    const own = typeof rest[0] === "object" && rest[0] !== null && !Array.isArray(rest[0]) ? (rest.shift() as Json) : {};
    return [tag, { ...own, ...stamp(name, attrs) }, ...rest] as DOMOutputSpec;
  };
  for (const [name, toDOM] of Object.entries(nodes)) if (name !== "text") nodes[name] = (node) => stamped(toDOM(node), name, node.attrs);
  for (const [name, toDOM] of Object.entries(marks)) marks[name] = (mark, inline) => stamped(toDOM(mark, inline) as DOMOutputSpec, name, mark.attrs);
  return new DOMSerializer(nodes, marks);
}

const ownAttrs = (dom: HTMLElement): Json | false => {
  if (dom.getAttribute("data-mh-key") !== secret) return false;
  try {
    return JSON.parse(dom.getAttribute("data-mh-attrs") ?? "{}") as Json;
  } catch {
    return false;
  }
};

const OWN: ParseRule[] = [
  ...Object.keys(schema.nodes).map((node) => ({ node, tag: `[data-mh="${node}"]`, getAttrs: ownAttrs })),
  ...Object.keys(schema.marks).map((mark) => ({ mark, tag: `[data-mh="${mark}"]`, getAttrs: ownAttrs })),
];

const card = (type: string, fields: Json = {}) => ({ node: { ...freshCard(cardOf({ type })!), ...fields } });
const size = (value: string | null) => (value && /^\d+$/.test(value) ? Number(value) : null);

function pictureOf(image: Element, caption = ""): { node: Json } {
  const [width, height] = [size(image.getAttribute("width")), size(image.getAttribute("height"))];
  return card("image", { src: image.getAttribute("src") ?? "", alt: image.getAttribute("alt") ?? "", width, height, caption });
}

const FOREIGN: ParseRule[] = [
  { node: "card", tag: "figure", getAttrs: (dom) => {
    const image = dom.querySelector("img");
    return image ? pictureOf(image, dom.querySelector("figcaption")?.innerHTML.trim() ?? "") : false;
  } },
  { node: "card", tag: "img[src]", getAttrs: (dom) => pictureOf(dom) },
  { node: "card", tag: "hr", getAttrs: () => card("horizontalrule") },
  { node: "card", tag: "pre", getAttrs: (dom) => card("codeblock", { code: (dom.textContent ?? "").replace(/\n$/, "") }) },
  { node: "card", tag: "table", getAttrs: (dom) => ({ node: { type: "html", version: 1, html: `${TABLE_MARK}\n${dom.outerHTML}` } }) },
  { node: "card", tag: "iframe[src]", getAttrs: (dom) => card("embed", { url: dom.getAttribute("src"), embedType: "rich", html: `<iframe src="${encodeURI(decodeURI(dom.getAttribute("src")!))}" allowfullscreen></iframe>` }) },
];

const parser = new DOMParser(schema, [...OWN, ...FOREIGN, ...((DOMParser.fromSchema(schema) as unknown as { rules: ParseRule[] }).rules)]);

/** What a cleaned piece of HTML becomes as a text of its own. */
export function documentOf(cleaned: Element): Node {
  return parser.parse(cleaned);
}

/** Blank lines part paragraphs, single line ends are line breaks. */
export function plainSlice(text: string): Slice {
  const paragraphs = text
    .replace(/\r\n?/g, "\n")
    .replace(/^\n+|\n+$/g, "")
    .split(/\n[^\S\n]*\n\s*/)
    .map((block) => {
      const parts = block.split("\n").flatMap((line, i) => [
        ...(i ? [schema.nodes.linebreak!.create()] : []),
        ...(line ? [schema.text(line)] : []),
      ]);
      return schema.nodes.paragraph!.create(null, parts);
    });
  return Slice.maxOpen(Fragment.from(paragraphs));
}

export function clipboardProps(desk: Desk): EditorProps {
  return {
    clipboardParser: parser,
    clipboardSerializer: serializer(),
    clipboardTextParser: (text) => plainSlice(text),
    transformPastedHTML(html) {
      if (html.includes(secret)) return html;
      const cleaned = cleanPasted(html);
      if (cleaned.refused) desk.say(t("editor.pictures_refused", { count: cleaned.refused }));
      return cleaned.html;
    },
    handlePaste(view, event, slice) {
      const data = event.clipboardData;
      const files = pictureFiles(data);
      // Office programs put a picture of the words beside the words.
      if (files.length && !data?.getData("text/html").replace(/<[^>]*>/g, "").trim() && !data?.getData("text/plain").trim()) {
        void insertFiles(view, desk, files);
        return true;
      }
      if (linkOver(view, data?.getData("text/plain") ?? "")) return true;
      if (holdsData(slice)) setTimeout(() => void uploadPasted(view, desk));
      return false;
    },
    handleDrop(view, event, _, moved) {
      const files = pictureFiles(event.dataTransfer);
      if (moved || !files.length) return false;
      const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
      if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
      void insertFiles(view, desk, files);
      return true;
    },
  };
}

function pictureFiles(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
}

function holdsData(slice: Slice): boolean {
  let found = false;
  slice.content.descendants((node) => {
    const src = (node.attrs.node as Json | undefined)?.src;
    if (typeof src === "string" && src.startsWith("data:")) found = true;
    return !found;
  });
  return found;
}

/** An address pasted over words is their link. */
function linkOver(view: EditorView, text: string): boolean {
  const { selection } = view.state;
  if (selection.empty || !(selection instanceof TextSelection) || !selection.$from.sameParent(selection.$to)) return false;
  if (!/^(https?:\/\/|mailto:)\S+$/i.test(text.trim())) return false;
  const url = addressOf(text);
  if (url === null) return false;
  setLink(view, { ...linkAt(view.state), from: selection.from, to: selection.to }, url);
  return true;
}
