import { EditorState } from "prosemirror-state";
import { describe, expect, test } from "vitest";
import { read, write } from "../../src/editor/bridge";

const there = (body: unknown) => JSON.parse(write(read(JSON.stringify(body))));

const paragraph = (...children: unknown[]) => ({ children, direction: "ltr", format: "", indent: 0, type: "paragraph", version: 1 });
const text = (text: string, more = {}) => ({ detail: 0, format: 0, mode: "normal", style: "", text, type: "extended-text", version: 1, ...more });
const root = (...children: unknown[]) => ({ root: { children, direction: "ltr", format: "", indent: 0, type: "root", version: 1 } });

describe("a body comes back as it was", () => {
  test.each([
    ["a new field on every kind of node", {
      kept: 1,
      root: {
        ...root(
          { ...paragraph(text("a", { extra: [1] }), { type: "linebreak", version: 1, extra: {} }), extra: "p" },
          { ...paragraph({ ...paragraph(text("b")), type: "link", url: "/x", rel: null, target: null, title: null, extra: 1 }) },
          { children: [{ ...paragraph(text("c")), type: "listitem", value: 1, extra: 2 }], direction: null, format: "", indent: 0, type: "list", version: 1, listType: "bullet", start: 1, tag: "ul", extra: 3 },
          { type: "newest-card", version: 7, deep: { er: [null] } },
        ).root,
        extra: true,
      },
    }],
    ["equal neighbours that stood apart", root(paragraph(text("a"), text("b"), text("c"), text("d", { format: 1 }), text("e", { format: 1 })))],
    ["two links to one address side by side", root(paragraph(...["a", "b"].map((word) => ({ ...paragraph(text(word)), type: "link", url: "/x", rel: null, target: null, title: null }))))],
    ["an empty text and an empty link", root(paragraph(text(""), text("a"), { ...paragraph(), type: "link", url: "/x" }, text("")))],
    ["a format that we do not know", root(paragraph(text("a", { format: 1025 })))],
    ["an empty root", root()],
    ["text and a card directly under the root", root(text("a"), { type: "linebreak", version: 1 }, text("b"), { type: "image", version: 1 }, text("c"))],
    ["a list inside an item with text, and numbers of its own", root({
      children: [
        { ...paragraph(text("one"), { children: [{ ...paragraph(text("inner")), type: "listitem", value: 9 }], type: "list", version: 1, listType: "number", start: 9, tag: "ol" }), type: "listitem", value: 4 },
        { ...paragraph(text("two")), type: "listitem" },
      ],
      direction: "ltr", format: "", indent: 0, type: "list", version: 1, listType: "bullet", start: 1, tag: "ul",
    })],
    ["a list that holds something else", root({ children: [text("loose")], type: "list", version: 1, listType: "bullet", start: 1, tag: "ul" })],
    ["blocks inside a quote", root({ ...paragraph(paragraph(text("a")), paragraph(text("b"))), type: "quote" })],
    ["nodes that are no objects", root(paragraph(null, 3), "x")],
  ])("%s", (_, body) => expect(there(body)).toEqual(body));
});

test("a new article gets Ghost's shapes", () => {
  expect(JSON.parse(write(read("")))).toEqual({
    root: { children: [{ ...paragraph(), direction: null }], direction: null, format: "", indent: 0, type: "root", version: 1 },
  });
});

// The bodies that the server's renderer is tested with.
const kept = import.meta.glob<string>("../../../crates/manuscript/tests/lexical/render/**/*.json", { eager: true, query: "?raw", import: "default" });
const bodies = Object.entries(kept).map(([path, body]) => [path.replace(/^.*render\//, ""), body] as const);

test("there are bodies to try", () => expect(bodies.length).toBeGreaterThan(150));

test.each(bodies)("%s comes back as it was", (_, body) => {
  const doc = read(body);
  doc.check();
  expect(JSON.parse(write(doc))).toEqual(JSON.parse(body));
});

test.each(bodies)("%s keeps all that stands around a word typed into it", (_, body) => {
  const doc = read(body);
  const state = EditorState.create({ doc });
  doc.descendants((node, at) => {
    if (!node.isTextblock) return;
    // A word at the end of this block; without it, all is as before.
    const end = at + 1 + node.content.size;
    const typed = state.tr.insert(end, state.schema.text("Xyz")).doc;
    const words = JSON.parse(write(typed)) as unknown;
    expect(strip(words)).toEqual(strip(JSON.parse(body)));
  });
});

/** Without the typed word, and without what an empty block lacks. */
function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip).filter((one) => !isTyped(one));
  if (typeof value !== "object" || value === null) return typeof value === "string" ? value.replace("Xyz", "") : value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, strip(inner)]));
}

const isTyped = (node: unknown) =>
  JSON.stringify(node) === JSON.stringify(text("")) || /^\{"children":\[\],"direction":"ltr","format":"","indent":0,"type":"paragraph","version":1\}$/.test(JSON.stringify(node));
