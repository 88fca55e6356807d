// Find and replace, in a bar over the text.

import { closeHistory } from "prosemirror-history";
import { Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import type { Node } from "prosemirror-model";
import { t } from "../words";
import { el, freshId } from "./dom";
import type { Desk } from "./index";

interface Match {
  from: number;
  to: number;
}
interface Search {
  query: string;
  matchCase: boolean;
  wholeWord: boolean;
}
interface Found {
  drawn: DecorationSet;
  matches: Match[];
  current: number;
}

const key = new PluginKey<Found>("find");
const NOTHING: Found = { drawn: DecorationSet.empty, matches: [], current: -1 };
const bars = new WeakMap<EditorView, Bar>();

export function findPlugin(desk: Desk): Plugin<Found> {
  return new Plugin<Found>({
    key,
    state: {
      init: () => NOTHING,
      apply(tr, found) {
        const fresh = tr.getMeta(key) as Found | undefined;
        if (fresh) return fresh;
        if (!tr.docChanged || found === NOTHING) return found;
        // Until the text is searched again, what was found moves along.
        return { ...found, drawn: found.drawn.map(tr.mapping, tr.doc) };
      },
    },
    props: { decorations: (state) => key.getState(state)?.drawn },
    view: (view) => new Bar(view, desk),
  });
}

/** Every place where the words stand, within one block each. */
export function search(doc: Node, { query, matchCase, wholeWord }: Search): Match[] {
  const matches: Match[] = [];
  if (query === "") return matches;
  const literal = query.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/["“”„]/g, '["“”„]').replace(/['’‘‚]/g, "['’‘‚]").replace(/\s/g, "\\s");
  const pattern = new RegExp(wholeWord ? `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])` : literal, matchCase ? "gu" : "giu");
  doc.descendants((node, at) => {
    if (!node.isTextblock) return true;
    const text = node.textBetween(0, node.content.size, null, "\ufffc");
    for (const match of text.matchAll(pattern)) {
      matches.push({ from: at + 1 + match.index, to: at + 1 + match.index + match[0].length });
    }
    return false;
  });
  return matches;
}

/** Puts other words in the place of a match; they look like what stood there. */
function replaceMatch(tr: Transaction, { from, to }: Match, words: string) {
  const $from = tr.doc.resolve(from);
  if (words === "") tr.delete(from, to);
  else tr.replaceWith(from, to, tr.doc.type.schema.text(words, $from.marksAcross(tr.doc.resolve(to)) ?? $from.marks()));
}

class Bar {
  private readonly bar: HTMLElement;
  private readonly query: HTMLInputElement;
  private readonly instead: HTMLInputElement;
  private readonly matchCase = el("input", { type: "checkbox" });
  private readonly wholeWord = el("input", { type: "checkbox" });
  private readonly count = el("p", { class: "ed-count", role: "status" });
  private readonly replaceRow: HTMLElement;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly view: EditorView,
    desk: Desk,
  ) {
    const [query, instead] = [freshId("find"), freshId("replace")];
    this.query = el("input", { id: query, type: "search", autocomplete: "off", oninput: () => this.search(true) });
    this.instead = el("input", { id: instead, type: "text", autocomplete: "off" });
    for (const box of [this.matchCase, this.wholeWord]) box.addEventListener("change", () => this.search(true));
    const button = (name: string, run: () => void, face = t(`editor.${name}`)) =>
      el("button", { type: "button", class: "ed-button", "aria-label": t(`editor.${name}`), title: t(`editor.${name}`), onclick: run }, face);
    this.replaceRow = el(
      "div",
      { class: "ed-row" },
      el("label", { for: instead, class: "ed-find-label" }, t("editor.replace_with")),
      this.instead,
      button("replace_one", () => this.replaceOne()),
      button("replace_all", () => this.replaceAll()),
    );
    this.bar = el(
      "search",
      { class: "ed-find", "aria-label": t("editor.find"), hidden: true },
      el(
        "div",
        { class: "ed-row" },
        el("label", { for: query, class: "ed-find-label" }, t("editor.find")),
        this.query,
        button("find_previous", () => this.step(-1), "↑"),
        button("find_next", () => this.step(1), "↓"),
        button("find_close", () => this.close(), "×"),
      ),
      this.replaceRow,
      el(
        "div",
        { class: "ed-row" },
        el("label", { class: "ed-check" }, this.matchCase, t("editor.find_case")),
        el("label", { class: "ed-check" }, this.wholeWord, t("editor.find_word")),
        this.count,
      ),
    );
    this.bar.addEventListener("keydown", (event) => this.keydown(event));
    desk.frame.prepend(this.bar);
    bars.set(view, this);
  }

  open() {
    this.bar.hidden = false;
    this.replaceRow.hidden = !this.view.editable;
    const { from, to, empty } = this.view.state.selection;
    const selected = empty ? "" : this.view.state.doc.textBetween(from, to, "\n");
    if (selected && selected.length < 100 && !selected.includes("\n")) this.query.value = selected;
    this.query.focus();
    this.query.select();
    this.search(true);
  }

  update(view: EditorView, before: EditorState) {
    if (this.bar.hidden || before.doc === view.state.doc) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(false), 200);
  }

  private get found(): Found {
    return key.getState(this.view.state) ?? NOTHING;
  }

  private search(move: boolean) {
    clearTimeout(this.timer);
    if (this.view.isDestroyed) return;
    const { doc, selection } = this.view.state;
    const matches = search(doc, { query: this.query.value, matchCase: this.matchCase.checked, wholeWord: this.wholeWord.checked });
    const next = matches.findIndex((match) => match.from >= selection.from);
    this.show(matches, next < 0 ? (matches.length ? 0 : -1) : next, move);
  }

  private show(matches: Match[], current: number, move: boolean) {
    const { doc, tr } = this.view.state;
    const drawn = DecorationSet.create(doc, matches.map(({ from, to }, i) => Decoration.inline(from, to, { class: i === current ? "ed-match ed-current" : "ed-match" })));
    tr.setMeta(key, { drawn, matches, current } satisfies Found).setMeta("addToHistory", false);
    const match = matches[current];
    if (match && move) tr.setSelection(TextSelection.create(doc, match.from, match.to)).scrollIntoView();
    this.view.dispatch(tr);
    this.count.textContent = this.query.value === "" ? "" : matches.length ? t("editor.found_of", { number: current + 1, count: matches.length }) : t("editor.found_none");
    // In the middle: at the edge it would be under this bar.
    if (match && move) this.view.dom.querySelector(".ed-current")?.scrollIntoView({ block: "center" });
  }

  private step(direction: 1 | -1) {
    const { matches, current } = this.found;
    if (matches.length) this.show(matches, (current + direction + matches.length) % matches.length, true);
  }

  private replaceOne() {
    this.search(false);
    const { matches, current } = this.found;
    const match = matches[current];
    if (!match || !this.view.editable) return;
    const tr = this.view.state.tr;
    replaceMatch(tr, match, this.instead.value);
    tr.setSelection(TextSelection.create(tr.doc, match.from + this.instead.value.length));
    this.view.dispatch(tr);
    this.search(true);
  }

  /** One step of the history. */
  private replaceAll() {
    this.search(false);
    const { matches } = this.found;
    if (!matches.length || !this.view.editable) return;
    const tr = this.view.state.tr;
    for (const match of matches.toReversed()) replaceMatch(tr, match, this.instead.value);
    this.view.dispatch(closeHistory(tr));
    this.search(false);
    this.count.textContent = t("editor.replaced", { count: matches.length });
  }

  private keydown(event: KeyboardEvent) {
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.target === this.query) this.step(event.shiftKey ? -1 : 1);
    else if (event.key === "Enter" && event.target === this.instead) this.replaceOne();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private close() {
    this.bar.hidden = true;
    clearTimeout(this.timer);
    this.view.dispatch(this.view.state.tr.setMeta(key, NOTHING).setMeta("addToHistory", false));
    this.view.focus();
  }

  destroy() {
    clearTimeout(this.timer);
    this.bar.remove();
  }
}

export function openFind(view: EditorView) {
  bars.get(view)?.open();
}
