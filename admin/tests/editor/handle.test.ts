// @vitest-environment jsdom
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createEditor, type EditorHandle } from "../../src/editor/index";
import type { Finding, Place, Statement } from "../../src/api/types";

const text = (text: string) => ({ detail: 0, format: 0, mode: "normal", style: "", text, type: "extended-text", version: 1 });
const block = (type: string, ...children: unknown[]) => ({ children, direction: "ltr", format: "", indent: 0, type, version: 1 });
const body = (...children: unknown[]) => JSON.stringify({ root: { ...block("root"), children } });
const item = (value: number, ...children: unknown[]) => ({ ...block("listitem", ...children), value });
const list = (...items: unknown[]) => ({ ...block("list", ...items), listType: "bullet", start: 1, tag: "ul" });

beforeAll(() => {
  // jsdom lays nothing out.
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect = () => new DOMRect();
  Element.prototype.scrollIntoView = () => {};
  document.elementFromPoint = () => null;
  globalThis.matchMedia ??= (() => ({ matches: false })) as never;
});

let place: HTMLElement;
let editor: EditorHandle;
const onchange = vi.fn();
const oncaret = vi.fn();

function open(given: string) {
  place = document.createElement("div");
  document.body.replaceChildren(place);
  editor = createEditor(place, {
    body: given, label: "Text", editable: true, locale: "en-GB", onchange, oncaret,
    upload: () => Promise.reject(new Error("no")), choosePicture: () => Promise.resolve(null), find: () => Promise.resolve([]),
  });
}

beforeEach(() => vi.clearAllMocks());
afterEach(() => editor.destroy());
// 20 ms after it takes the caret the view looks at the selection once more, closed or not: the document waits for that.
afterAll(() => new Promise((resume) => setTimeout(resume, 60)));

const finding = (at: Place, exact: string, replace?: string, more: Partial<Finding> = {}): Finding => ({
  kind: "k", severity: "must", message: "m", place: at, exact, ignored: null, fix: replace === undefined ? null : { place: at, replace }, ...more,
});
const drawn = (selector: string) => [...place.querySelectorAll(selector)].map((node) => node.textContent);
const texts = () => (JSON.parse(editor.body()) as { root: { children: { children?: { text: string }[] }[] } }).root.children.map((one) => (one.children ?? []).map((run) => run.text).join(""));

describe("a body", () => {
  test("that is not touched comes back to the letter", () => {
    const odd = ` {"root": {"children": [{"type":"paragraph","version":1e0,"children":[]}]}, "x": 1 }`;
    open(odd);
    expect(editor.body()).toBe(odd);
  });
  test("set anew is one step of the history", () => {
    open(body(block("paragraph", text("one")), block("paragraph", text("two"))));
    editor.setBody(body(block("paragraph", text("one")), block("paragraph", text("two and a half")), block("paragraph", text("three"))));
    expect(texts()).toEqual(["one", "two and a half", "three"]);
    editor.undo();
    expect(texts()).toEqual(["one", "two"]);
    editor.redo();
    expect(texts()).toEqual(["one", "two and a half", "three"]);
    expect(onchange).toHaveBeenCalled();
  });
  test("is counted in words", () => {
    open(body(block("paragraph", text("One – two, three’s 4%."), { type: "linebreak", version: 1 }, text("five")), { type: "html", version: 1, html: "<p>not these</p>" }));
    expect(editor.words()).toBe(5);
  });
});

describe("marks", () => {
  test("stand where the server saw them, in lists too", () => {
    open(body(block("paragraph", text("first"), { type: "linebreak", version: 1 }, text("second")), list(item(1, text("one")), item(2, list(item(1, text("inner words")))), item(2, text("two")))));
    editor.setMarks(
      [finding({ path: [0], start: 6, end: 12 }, "second"), finding({ path: [1, 1, 0, 0], start: 6, end: 11 }, "words", undefined, { severity: "note" }), finding({ path: [1, 2], start: 0, end: 3 }, "two", undefined, { severity: "should" })],
      [{ id: "s", places: [{ path: [0], start: 0, end: 5 }], state: "proposed", speaker: "Jane" } as unknown as Statement],
    );
    expect(drawn(".f-must")).toEqual(["second"]);
    expect(drawn(".f-note")).toEqual(["words"]);
    expect(drawn(".f-should")).toEqual(["two"]);
    expect(drawn(".said")).toEqual(["first"]);
    expect(editor.body()).not.toContain("f-must");
  });
  test("are found again where somebody typed meanwhile", () => {
    open(body(block("paragraph", text("a new beginning, a teh end"))));
    editor.setMarks([finding({ path: [0], start: 2, end: 5 }, "teh", "the")], []);
    expect(drawn(".f-must")).toEqual(["teh"]);
    expect(editor.fix(finding({ path: [0], start: 2, end: 5 }, "teh", "the"))).toBe(true);
    expect(texts()).toEqual(["a new beginning, a the end"]);
    editor.undo();
    expect(texts()).toEqual(["a new beginning, a teh end"]);
  });
  test("ignored findings and rejected statements are not drawn", () => {
    open(body(block("paragraph", text("one two"))));
    editor.setMarks([finding({ path: [0], start: 0, end: 3 }, "one", undefined, { ignored: { reason: "r", by: "b", at: 0 } })], [{ id: "s", places: [{ path: [0], start: 0, end: 3 }], state: "rejected" } as unknown as Statement]);
    expect(drawn(".f-must, .said")).toEqual([]);
  });
  test("a fix whose text is gone is refused", () => {
    open(body(block("paragraph", text("teh end"))));
    const one = finding({ path: [0], start: 0, end: 3 }, "teh", "the");
    editor.setMarks([one], []);
    editor.setBody(body(block("paragraph", text("tih end"))));
    expect(editor.fix(one)).toBe(false);
    expect(texts()).toEqual(["tih end"]);
  });
  test("the caret goes from one to the next, round the end", () => {
    open(body(block("paragraph", text("one two three"))));
    editor.setMarks([finding({ path: [0], start: 8, end: 13 }, "three"), finding({ path: [0], start: 4, end: 7 }, "two")], []);
    expect([editor.nextFinding(1), editor.nextFinding(1), editor.nextFinding(1), editor.nextFinding(-1)]).toEqual([1, 0, 1, 0]);
    expect(oncaret).toHaveBeenLastCalledWith({ findings: [0], statements: [] });
  });
  test("a place that is not there is no harm", () => {
    open(body(block("paragraph", text("one"))));
    editor.setMarks([finding({ path: [7], start: 0, end: 3 }, "one"), finding({ path: [0], start: 0, end: 99 }, "one two")], []);
    editor.reveal({ path: [9, 9], start: 0, end: 1 });
    expect(drawn(".f-must")).toEqual([]);
    expect(editor.nextFinding(1)).toBe(null);
  });
});

test("foreign HTML of a card is shown as text", () => {
  open(body({ type: "html", version: 1, html: "<img src=x onerror=alert(1)><script>alert(1)</script>" }, { type: "callout", version: 1, calloutText: "<p onclick=x()>a<img src=x></p>" }));
  expect(place.querySelectorAll("script, [onerror], [onclick], img, iframe")).toHaveLength(0);
  expect(place.textContent).toContain("<script>");
});

test("setting the body anew leaves the caret with its words", () => {
  open(body(block("paragraph", text("alpha beta")), block("paragraph", text("gamma")), block("paragraph", text("delta"))));
  editor.reveal({ path: [1], start: 4, end: 4 });
  editor.setBody(body(block("paragraph", text("new")), block("paragraph", text("alpha and beta")), block("paragraph", text("gamma")), block("paragraph", text("Delta"))));
  const { anchorNode, anchorOffset } = getSelection()!;
  expect([anchorNode?.textContent, anchorOffset]).toEqual(["gamma", 4]);
});
