// Lexical JSON in Ghost's dialect to the editor's document, and back. What was not edited is written as it was read,
// with every field, known or not.

import { Mark, type Node } from "prosemirror-model";
import { BITS, schema, type Format, type Json } from "./schema";

const { nodes, marks } = schema;
const FORMATS = Object.entries(BITS) as [Format, number][];
const ALL_BITS = 255;

/** The stored types that each text block is read from; the first is written for a new one. */
const TYPES: Record<string, string[]> = {
  paragraph: ["paragraph"],
  heading: ["extended-heading", "heading"],
  quote: ["extended-quote", "quote"],
  aside: ["aside"],
};
const BLOCK_OF: Record<string, string> = Object.fromEntries(
  Object.entries(TYPES).flatMap(([name, types]) => types.map((type) => [type, name])),
);
const INLINE = new Set(["text", "extended-text", "tk", "tab", "linebreak", "link", "autolink", "zwnj", "at-link", "at-link-search"]);

/** Reads a stored body. An empty string is a new article. */
export function read(body: string): Node {
  if (body.trim() === "") return nodes.doc!.create(null, nodes.paragraph!.create());
  const { root, ...envelope } = JSON.parse(body) as Json;
  const { children, ...rest } = (isObject(root) ? root : {}) as Json;
  const attrs: Json = { root: rest, envelope: Object.keys(envelope).length ? envelope : null };
  const blocks = readBlocks(Array.isArray(children) ? children : []);
  const doc = nodes.doc!.create(attrs, blocks.length ? blocks : nodes.paragraph!.create({ blank: true }));
  return isFresh(rest, freshRoot(doc)) ? nodes.doc!.create({ ...attrs, root: null }, doc.content) : doc;
}

/** Writes the body as it is stored. */
export function write(doc: Node): string {
  const children: string[] = [];
  let bareBefore = false;
  doc.forEach((block) => {
    // Two bare paragraphs side by side would become one.
    if (block.attrs.bare && !bareBefore) children.push(...((writeBlock(block) as Json).children as unknown[]).map((child) => JSON.stringify(child)));
    else if (!(block.attrs.blank && block.content.size === 0 && doc.childCount === 1)) children.push(jsonOf(block));
    bareBefore = block.attrs.bare === true;
  });
  const root = doc.attrs.root as Json | null;
  const around = JSON.stringify({ root: { children: HERE, ...(root ?? freshRoot(doc)) }, ...doc.attrs.envelope });
  return around.replace(JSON.stringify(HERE), () => `[${children.join()}]`);
}

/** Stands for the blocks; in no body there is such a text. */
const HERE = "\u0000blocks\u0000";

/** Nodes never change: while somebody types in one block, all others need not be written again. */
const jsons = new WeakMap<Node, string>();

function jsonOf(block: Node): string {
  let json = jsons.get(block);
  if (json === undefined) jsons.set(block, (json = JSON.stringify(writeBlock(block)) ?? "null"));
  return json;
}

const freshRoot = (doc: Node): Json => ({ direction: direction(doc), format: "", indent: 0, type: "root", version: 1 });

function readBlocks(children: unknown[]): Node[] {
  const blocks: Node[] = [];
  let bare: unknown[] = [];
  const endBare = () => {
    if (bare.length) blocks.push(nodes.paragraph!.create({ bare: true }, readInlines(bare)));
    bare = [];
  };
  for (const child of children) {
    if (isObject(child) && INLINE.has(String(child.type))) {
      bare.push(child);
    } else {
      endBare();
      blocks.push(readBlock(child));
    }
  }
  endBare();
  return blocks;
}

function readBlock(node: unknown): Node {
  const card = () => nodes.card!.create({ node });
  if (!isObject(node) || !Array.isArray(node.children)) return card();
  if (node.type === "list") return readList(node, null) ?? card();
  const name = BLOCK_OF[String(node.type)];
  if (!name) return card();
  const { children, ...was } = node;
  const content = readInlines(children as unknown[]);
  if (name !== "heading") return usual(nodes[name]!.create({ was }, content), blockFields);
  return usual(nodes.heading!.create({ was, level: levelOf(was) }, content), blockFields);
}

/** Without `was` where a new node would be written just the same: so equal blocks are equal, wherever they came from. */
function usual(node: Node, fresh: (node: Node) => Json): Node {
  if (!isFresh(node.attrs.was as Json, fresh(node))) return node;
  return node.type.create({ ...node.attrs, was: null }, node.content);
}

function blockFields(node: Node): Json {
  const tag = node.type === nodes.heading ? { tag: `h${node.attrs.level}` } : {};
  return { direction: direction(node), format: "", indent: 0, type: TYPES[node.type.name]![0], version: 1, ...tag };
}

function writeBlock(block: Node): unknown {
  if (block.type === nodes.card) return block.attrs.node;
  if (block.type.spec.group === "block list") return writeList(block);
  const children = writeInlines(block);
  const types = TYPES[block.type.name]!;
  let was = block.attrs.was as Json | null;
  if (!was) {
    return { children, ...blockFields(block) };
  } else if (!types.includes(String(was.type))) {
    const { tag: _, ...kept } = was;
    was = { ...kept, type: types[0] };
  }
  const node: Json = { children, ...was };
  if (block.type === nodes.heading && levelOf(was) !== block.attrs.level) node.tag = `h${block.attrs.level}`;
  else if (block.type === nodes.heading && was !== block.attrs.was) node.tag = `h${block.attrs.level}`;
  return node;
}

function levelOf(was: Json): number {
  const level = /^h([1-6])$/.exec(String(was.tag))?.[1];
  return level ? Number(level) : 2;
}

function direction(node: Node): "ltr" | "rtl" | null {
  const strong = /\p{L}/u.exec(node.textContent)?.[0];
  if (!strong) return null;
  return /[\u0591-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(strong) ? "rtl" : "ltr";
}

// Lists. Lexical keeps a nested list as the only child of an item of its own, after the item that it belongs to; here
// it stands inside that item.

const KINDS = { bullet: "ul", number: "ol", check: "ul" } as const;

function kindOf(was: Json): keyof typeof KINDS {
  if (was.listType === "number" || (!was.listType && was.tag === "ol")) return "number";
  return was.listType === "check" ? "check" : "bullet";
}

/** Null where its children are not what a list has. */
function readList(list: Json, wrap: Json | "in" | null): Node | null {
  const { children, ...was } = list;
  const items: { was: Json | null; checked: boolean | null; content: Node[] }[] = [];
  const values: unknown[] = [];
  for (const item of children as unknown[]) {
    if (!isObject(item) || item.type !== "listitem" || !Array.isArray(item.children)) return null;
    const { children: inside, value, ...fields } = item as Json & { children: unknown[] };
    values.push(value);
    const firstList = inside.findIndex((child) => isObject(child) && child.type === "list" && Array.isArray(child.children));
    const inlines = firstList < 0 ? inside : inside.slice(0, firstList);
    const nested: Node[] = [];
    for (const child of firstList < 0 ? [] : inside.slice(firstList)) {
      if (!isObject(child) || child.type !== "list" || !Array.isArray(child.children)) return null;
      const first = inlines.length === 0 && nested.length === 0;
      const read = readList(child, !first ? "in" : isFresh(fields, WRAPPER) ? null : fields);
      if (!read) return null;
      nested.push(read);
    }
    const before = items.at(-1);
    if (inlines.length === 0 && nested.length) {
      if (before) before.content.push(...nested);
      else items.push({ was: null, checked: null, content: nested });
    } else {
      const checked = typeof fields.checked === "boolean" ? fields.checked : null;
      const line = nodes.line!.create(null, readInlines(inlines));
      const was = isFresh(fields, { ...freshItem(line), ...(checked === null ? {} : { checked }) }) ? null : fields;
      items.push({ was, checked, content: [line, ...nested] });
    }
  }
  if (!items.length) return null;
  const kind = kindOf(was);
  const attrs: Json = { was, wrap, values: null };
  if (kind === "number") attrs.start = typeof was.start === "number" ? was.start : 1;
  const made = nodes[kind]!.create(attrs, items.map(({ content, ...own }) => nodes.listitem!.create(own, content)));
  const node = usual(made, (list) => ({ ...freshList(list), start: list.attrs.start ?? 1 }));
  const counted = (writeList(node).children as Json[]).map((item) => item.value);
  const asCounted = counted.length === values.length && counted.every((value, i) => value === values[i]);
  return asCounted ? node : nodes[kind]!.create({ ...node.attrs, values }, node.content);
}

function writeList(list: Node): Json {
  const kind = list.type.name as keyof typeof KINDS;
  const children: Json[] = [];
  // A wrapper of a nested list does not count.
  let value = kind === "number" ? (list.attrs.start as number) : 1;
  list.forEach((item) => {
    let holder: Json | null = null;
    item.forEach((part) => {
      if (part.type === nodes.line) {
        holder = { children: writeInlines(part), ...itemFields(item, part, kind), value };
        children.push(holder);
        value += 1;
      } else if (part.attrs.wrap === "in" && holder) {
        (holder.children as unknown[]).push(writeList(part));
      } else {
        const fields = isObject(part.attrs.wrap) ? part.attrs.wrap : WRAPPER;
        holder = { children: [writeList(part)], ...fields, value };
        children.push(holder);
      }
    });
  });
  const values = list.attrs.values as unknown[] | null;
  if (values && values.length === children.length) {
    children.forEach((item, i) => {
      if (values[i] === undefined) delete item.value;
      else item.value = values[i];
    });
  }
  const was = list.attrs.was as Json | null;
  const node: Json = { children, ...(was ?? freshList(list)) };
  if (was && kindOf(was) !== kind) {
    node.listType = kind;
    node.start = 1;
    node.tag = KINDS[kind];
  }
  if (kind === "number" && (typeof was?.start === "number" ? was.start : 1) !== list.attrs.start) node.start = list.attrs.start;
  return node;
}

const freshItem = (line: Node): Json => ({ direction: direction(line), format: "", indent: 0, type: "listitem", version: 1 });
const WRAPPER: Json = { direction: null, format: "", indent: 0, type: "listitem", version: 1 };

function freshList(list: Node): Json {
  const kind = list.type.name as keyof typeof KINDS;
  return { direction: direction(list), format: "", indent: 0, type: "list", version: 1, listType: kind, start: 1, tag: KINDS[kind] };
}

function itemFields(item: Node, line: Node, kind: string): Json {
  const was = item.attrs.was as Json | null;
  const fields: Json = was ? { ...was } : freshItem(line);
  if (item.attrs.checked !== null) fields.checked = item.attrs.checked;
  else if (kind === "check" && !was) fields.checked = false;
  return fields;
}

// Inline content.

function readInlines(children: unknown[], link: Mark | null = null): Node[] {
  const out: Node[] = [];
  const around = link ? [link] : Mark.none;
  for (const child of children) {
    const read = isObject(child) ? readInline(child, out.at(-1), around) : null;
    if (read) out.push(...read);
    else out.push(nodes.other!.create({ node: child }, null, around));
  }
  return out;
}

/** Null where the node must be kept whole. */
function readInline(node: Json, before: Node | undefined, around: readonly Mark[]): Node[] | null {
  if (node.type === "linebreak" && !Array.isArray(node.children)) {
    return [nodes.linebreak!.create({ was: isFresh(node, BREAK) ? null : node }, null, around)];
  }
  if (node.type === "link" || node.type === "autolink") {
    const { children, url, ...was } = node;
    if (around.length || typeof url !== "string" || !Array.isArray(children) || !children.length) return null;
    const attrs = { url, was: isFresh(was, LINK) ? null : was };
    let link = marks.link!.create(attrs);
    if (before && link.isInSet(before.marks)) link = marks.link!.create({ ...attrs, n: 1 });
    return readInlines(children, link);
  }
  if (node.type === "text" || node.type === "extended-text" || node.type === "tk") return readText(node, before, around);
  return null;
}

const BREAK: Json = { type: "linebreak", version: 1 };
const LINK: Json = { direction: "ltr", format: "", indent: 0, type: "link", version: 1, rel: null, target: null, title: null };
const TEXT: Json = { detail: 0, mode: "normal", style: "", type: "extended-text", version: 1 };

function readText(node: Json, before: Node | undefined, around: readonly Mark[]): Node[] | null {
  const { text, ...was } = node;
  if (typeof text !== "string" || text === "" || Array.isArray(node.children)) return null;
  const bits = typeof was.format === "number" ? was.format : 0;
  const set = [...around, ...FORMATS.filter(([, bit]) => bits & bit).map(([name]) => marks[name]!.create())];
  const { format: _, ...plain } = was;
  if (node.type === "tk") return [schema.text(text, apart(marks.tk!.create({ was }), set, before))];
  const standard = isFresh(plain, TEXT) && typeof was.format === "number" && bits >= 0 && bits <= ALL_BITS;
  if (!standard) return [schema.text(text, apart(marks.run!.create({ was }), set, before))];
  const sorted = Mark.setFrom(set);
  const stoodApart = before?.isText && Mark.sameSet(before.marks, sorted);
  return [schema.text(text, stoodApart ? Mark.setFrom([...set, marks.run!.create({ was, n: 1 })]) : sorted)];
}

/** The marks with this one, told from those of an equal neighbour. */
function apart(mark: Mark, set: Mark[], before: Node | undefined): readonly Mark[] {
  const all = Mark.setFrom([...set, mark]);
  if (!before?.isText || !Mark.sameSet(before.marks, all)) return all;
  return Mark.setFrom([...set, mark.type.create({ ...mark.attrs, n: 1 })]);
}

function writeInlines(parent: Node): unknown[] {
  const out: unknown[] = [];
  let open: { mark: Mark; children: unknown[] } | null = null;
  parent.forEach((node) => {
    const link = marks.link!.isInSet(node.marks);
    if (link && !open?.mark.eq(link)) {
      open = { mark: link, children: [] };
      const was = (link.attrs.was as Json | null) ?? LINK;
      out.push({ children: open.children, ...was, url: link.attrs.url });
    }
    if (!link) open = null;
    (open?.children ?? out).push(writeInline(node));
  });
  return out;
}

function writeInline(node: Node): unknown {
  if (node.type === nodes.other) return node.attrs.node;
  if (node.type === nodes.linebreak) return node.attrs.was ?? BREAK;
  let bits = 0;
  for (const [name, bit] of FORMATS) if (marks[name]!.isInSet(node.marks)) bits |= bit;
  const kept = (marks.tk!.isInSet(node.marks) ?? marks.run!.isInSet(node.marks))?.attrs.was as Json | null | undefined;
  if (!kept) return { detail: 0, format: bits, mode: "normal", style: "", text: node.text, type: "extended-text", version: 1 };
  const before = typeof kept.format === "number" ? kept.format : 0;
  const text: Json = { ...kept, text: node.text };
  if ((before & ALL_BITS) !== bits) text.format = (before & ~ALL_BITS) | bits;
  return text;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFresh(node: Json, fresh: Json): boolean {
  const keys = Object.keys(node);
  return keys.length === Object.keys(fresh).length && keys.every((key) => key in fresh && node[key] === fresh[key]);
}

/** The words inside a node that was kept whole, as inline content; null where it has none. */
export function unpacked(node: unknown): Node[] | null {
  return isObject(node) && Array.isArray(node.children) ? readInlines(node.children) : null;
}
