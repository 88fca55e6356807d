import { undoInputRule } from "prosemirror-inputrules";
import { EditorState, Selection, type Plugin, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { describe, expect, test } from "vitest";
import { read, write } from "../../src/editor/bridge";
import { typingPlugin } from "../../src/editor/typing";

/** Types into an empty article, letter by letter. */
function typed(text: string, locale = "en-GB"): EditorState {
  const plugin: Plugin = typingPlugin(locale);
  let state = EditorState.create({ doc: read(""), plugins: [plugin] });
  state = state.apply(state.tr.setSelection(Selection.atEnd(state.doc)));
  const view = {
    composing: false,
    get state() {
      return state;
    },
    dispatch(tr: Transaction) {
      state = state.apply(tr);
    },
  } as unknown as EditorView;
  for (const letter of text) {
    const { from, to } = state.selection;
    const insert = () => state.tr.insertText(letter);
    if (!plugin.props.handleTextInput!.call(plugin, view, from, to, letter, insert)) view.dispatch(insert());
  }
  return state;
}

const words = (text: string, locale?: string) => typed(text, locale).doc.textContent;

describe("quotation marks", () => {
  test.each([
    [`"Yes," he said.`, "“Yes,” he said."],
    [`She said: "He told me 'go', and 'stay'."`, "She said: “He told me ‘go’, and ‘stay’.”"],
    [`"'No' was all."`, "“‘No’ was all.”"],
    [`It's the writers' room`, "It’s the writers’ room"],
    [`("so") ["so"] –"so" —'so'`, "(“so”) [“so”] –“so” —‘so’"],
    [`the '90s, 'tis true, give 'em time`, "the ’90s, ’tis true, give ’em time"],
    [`an empty "" pair`, "an empty “” pair"],
    [`a 6' man`, "a 6’ man"],
  ])("%s", (text, wanted) => expect(words(text)).toBe(wanted));
});

describe("German quotation marks", () => {
  test.each([
    [`"Ja", sagte er.`, "„Ja“, sagte er."],
    [`Sie sagte: "Er rief 'geh' und 'bleib'."`, "Sie sagte: „Er rief ‚geh‘ und ‚bleib‘.“"],
    [`"'Nein' war alles."`, "„‚Nein‘ war alles.“"],
    [`Wie geht's? "'Wie geht's?' fragte sie."`, "Wie geht’s? „‚Wie geht’s?‘ fragte sie.“"],
    [`("so") –"so" —'so'`, "(„so“) –„so“ —‚so‘"],
    [`die '90er, 'ne Idee, 's ist so`, "die ’90er, ’ne Idee, ’s ist so"],
    [`ein leeres "" Paar, ''`, "ein leeres „“ Paar, ‚‘"],
    [`"eins" "zwei"`, "„eins“ „zwei“"],
  ])("%s", (text, wanted) => {
    expect(words(text, "de")).toBe(wanted);
    expect(words(text, "de-AT")).toBe(wanted);
  });
});

describe("French quotation marks", () => {
  test.each([
    [`"Oui", dit-il.`, "«_Oui_», dit-il."],
    [`Il dit : "L'homme est là."`, "Il dit : «_L’homme est là._»"],
    [`" Oui " dit-il`, "«_Oui_» dit-il"],
    [`("oui") "non" et "si"`, "(«_oui_») «_non_» et «_si_»"],
    [`une paire "" vide`, "une paire «_» vide"],
  ])("%s", (text, wanted) => expect(words(text, "fr-FR")).toBe(wanted.replaceAll("_", "\u00a0")));
});

test.each([[`er sagte "`, "de"], [`il dit "`, "fr"], [`il dit "oui "`, "fr"]])("what was typed comes back there too: %s", (text, locale) => {
  let state = typed(text, locale);
  expect(undoInputRule(state, (tr) => (state = state.apply(tr)))).toBe(true);
  expect(state.doc.textContent.endsWith(`"`)).toBe(true);
});

test.each(["en-GB", "de", "fr"])("a rule between paragraphs comes before the dash: %s", (locale) => {
  expect(JSON.parse(write(typed("---", locale).doc)).root.children[0].type).toBe("horizontalrule");
});

describe("dashes and dots", () => {
  test.each([
    ["one -- two", "one – two"],
    ["one---two", "one—two"],
    ["a-b", "a-b"],
    ["well...", "well…"],
  ])("%s", (text, wanted) => expect(words(text)).toBe(wanted));
});

test.each([`he said "`, "one --", "wait..."])("what was typed comes back: %s", (text) => {
  let state = typed(text);
  expect(state.doc.textContent).not.toBe(text);
  expect(undoInputRule(state, (tr) => (state = state.apply(tr)))).toBe(true);
  expect(state.doc.textContent).toBe(text);
});

describe("shortcuts", () => {
  const shape = (text: string) => {
    const { root } = JSON.parse(write(typed(text).doc)) as { root: { children: { type: string; tag?: string; listType?: string; start?: number; language?: string }[] } };
    return root.children.map(({ type, tag, listType, start, language }) => [type, tag, listType, start === 1 ? undefined : start, language].filter(Boolean).join(" "));
  };
  test.each([
    ["## A", ["extended-heading h2"]],
    ["###### A", ["extended-heading h6"]],
    ["> A", ["extended-quote"]],
    ["- A", ["list ul bullet"]],
    ["* A", ["list ul bullet"]],
    ["1. A", ["list ol number"]],
    ["7. A", ["list ol number 7"]],
    ["[] A", ["list ul check"]],
    ["---", ["horizontalrule", "paragraph"]],
    ["```rust ", ["codeblock rust", "paragraph"]],
  ])("%s", (text, wanted) => expect(shape(text)).toEqual(wanted));

  test("words between stars", () => {
    const { root } = JSON.parse(write(typed("a **b** *c* `d` e").doc)) as { root: { children: { children: { format: number; text: string }[] }[] } };
    expect(root.children[0]!.children.map(({ format, text }) => [format, text])).toEqual([[0, "a "], [1, "b"], [0, " "], [2, "c"], [0, " "], [16, "d"], [0, " e"]]);
  });
});
