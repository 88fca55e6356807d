// The text editor of the desk: a stored body in, a stored body out.

import { baseKeymap } from "prosemirror-commands";
import { closeHistory, history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import type { ResolvedPos } from "prosemirror-model";
import { EditorState, Selection, TextSelection, type Transaction } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import type { Finding, Found, Picture, Place, Statement } from "../api/types";
import { read, write } from "./bridge";
import { cardViews } from "./card-view";
import { clipboardProps } from "./clipboard";
import { el } from "./dom";
import "./editor.css";
import { findPlugin, openFind } from "./find";
import { guard, keys } from "./keys";
import { applyFix, marksAt, marksPlugin, nextFinding, setMarks } from "./marks";
import { menuPlugin } from "./menu";
import { countWords, pathsOf, rangeOf } from "./places";
import { toolbarPlugin } from "./toolbar";
import { typingPlugin } from "./typing";

export interface EditorOptions {
  /** Lexical JSON. */
  body: string;
  /** The accessible name of the text. */
  label: string;
  editable: boolean;
  /** The language that is written in, as "de-DE": its quotation marks come when typewriter's are typed. */
  locale: string;
  /** After each change of the document. It must be cheap: it runs between a key and its letter. */
  onchange(): void;
  /** The findings and statements under the caret, as indices of what `setMarks` was given. */
  oncaret?(at: { findings: number[]; statements: number[] }): void;
  /** Takes a pasted, dropped or chosen picture. */
  upload(file: File): Promise<Picture>;
  /** Opens the picture library. */
  choosePicture(): Promise<Picture | null>;
  /** For `@`: articles and people. */
  find(query: string, signal: AbortSignal): Promise<Found[]>;
}

export interface EditorHandle {
  body(): string;
  /** One step of the history; the caret stays near where it was. */
  setBody(body: string): void;
  focus(): void;
  destroy(): void;
  setEditable(on: boolean): void;
  setMarks(findings: Finding[], statements: Statement[]): void;
  /** Scrolls there, selects it, focuses. */
  reveal(place: Place): void;
  /** Applies the finding's fix as one undoable step; false if the text there is not what it was. */
  fix(finding: Finding): boolean;
  /** Moves the caret to the next marked finding and answers its index. */
  nextFinding(direction: 1 | -1): number | null;
  openFind(): void;
  words(): number;
  undo(): void;
  redo(): void;
}

/** What the parts of the editor may ask of the page around it. */
export interface Desk extends Pick<EditorOptions, "locale" | "upload" | "choosePicture" | "find"> {
  /** The box around the text, for what floats over it. */
  frame: HTMLElement;
  /** Says something to those who see and to those who listen. */
  say(message: string): void;
}

export function createEditor(place: HTMLElement, options: EditorOptions): EditorHandle {
  const voice = el("p", { class: "ed-voice", role: "status" });
  const frame = el("div", { class: "ed" });
  place.append(frame);
  const desk: Desk = {
    frame,
    say: speaker(voice),
    locale: options.locale,
    upload: options.upload,
    choosePicture: options.choosePicture,
    find: options.find,
  };

  let editable = options.editable;
  // What was given and is untouched is handed back to the letter.
  let given = { body: options.body, doc: read(options.body) };
  let lastCaret = "";

  const view = new EditorView(frame, {
    state: EditorState.create({
      doc: given.doc,
      plugins: [
        guard(),
        menuPlugin(desk),
        typingPlugin(options.locale),
        keys(),
        keymap(baseKeymap),
        history(),
        marksPlugin(),
        findPlugin(desk),
        toolbarPlugin(desk),
      ],
    }),
    editable: () => editable,
    attributes: () => ({
      class: "ed-text",
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": options.label,
      "aria-readonly": String(!editable),
      spellcheck: "true",
    }),
    nodeViews: cardViews(desk),
    scrollMargin: 80,
    scrollThreshold: 40,
    dispatchTransaction,
    ...clipboardProps(desk),
  });
  frame.append(voice);
  const dropBelow = (event: MouseEvent) => writeBelow(view, event);
  frame.addEventListener("mousedown", dropBelow);

  function dispatchTransaction(tr: Transaction) {
    view.updateState(view.state.apply(tr));
    if (tr.docChanged) options.onchange();
    if (options.oncaret && (tr.selectionSet || tr.docChanged)) {
      const at = marksAt(view.state);
      const caret = JSON.stringify(at);
      if (caret !== lastCaret) {
        lastCaret = caret;
        options.oncaret(at);
      }
    }
  }

  return {
    body: () => (given.body.trim() && view.state.doc.eq(given.doc) ? given.body : write(view.state.doc)),
    setBody(body) {
      given = { body, doc: read(body) };
      const tr = replaceWhatDiffers(view.state, given.doc);
      if (tr.docChanged) view.dispatch(closeHistory(tr));
    },
    focus: () => view.focus(),
    destroy() {
      frame.removeEventListener("mousedown", dropBelow);
      view.destroy();
      frame.remove();
    },
    setEditable(on) {
      editable = on;
      view.setProps({ editable: () => editable });
    },
    setMarks: (findings, statements) => setMarks(view, findings, statements),
    reveal(place) {
      const range = rangeOf(view.state.doc, pathsOf(view.state.doc), place) ?? cardAt(view.state, place);
      if (!range) return;
      const { doc, tr } = view.state;
      const selection = "card" in range ? Selection.near(doc.resolve(range.from)) : TextSelection.create(doc, range.from, range.to);
      view.focus();
      view.dispatch(tr.setSelection(selection).scrollIntoView());
    },
    fix: (finding) => applyFix(view, finding),
    nextFinding: (direction) => nextFinding(view, direction),
    openFind: () => openFind(view),
    words: () => countWords(view.state.doc),
    undo: () => void undo(view.state, view.dispatch),
    redo: () => void redo(view.state, view.dispatch),
  };
}

/** The smallest change that makes the document that one: what is the same keeps its caret and its marks. */
function replaceWhatDiffers(state: EditorState, next: EditorState["doc"]): Transaction {
  const tr = state.tr;
  for (const name of ["root", "envelope"]) {
    if (JSON.stringify(state.doc.attrs[name]) !== JSON.stringify(next.attrs[name])) tr.setDocAttribute(name, next.attrs[name]);
  }
  const start = state.doc.content.findDiffStart(next.content);
  if (start === null) return tr;
  let { a, b } = state.doc.content.findDiffEnd(next.content)!;
  // The two ends may overlap where what was added repeats what stands beside it.
  const overlap = start - Math.min(a, b);
  if (overlap > 0) {
    a += overlap;
    b += overlap;
  }
  tr.replace(start, a, next.slice(start, b));
  if (!tr.doc.content.eq(next.content)) tr.replaceWith(0, tr.doc.content.size, next.content);
  if (!(state.selection instanceof TextSelection)) return tr;
  return tr.setSelection(TextSelection.between(again(tr, state.selection.$anchor), again(tr, state.selection.$head)));
}

/** Where a caret goes whose surroundings were replaced: into the block with the same words, else the one at its number. */
function again(tr: Transaction, $caret: ResolvedPos): ResolvedPos {
  const mapped = tr.mapping.mapResult($caret.pos);
  if (!mapped.deletedAcross || $caret.depth !== 1) return tr.doc.resolve(mapped.pos);
  const index = $caret.index(0);
  const words = $caret.parent.textContent;
  let best = Math.min(index, tr.doc.childCount - 1);
  let distance = Infinity;
  let [start, bestStart] = [0, 0];
  tr.doc.forEach((block, offset, i) => {
    if (i === best) bestStart = offset;
    if (block.isTextblock && block.textContent === words && Math.abs(i - index) < distance) {
      distance = Math.abs(i - index);
      [best, start] = [i, offset];
    }
  });
  if (distance === Infinity) start = bestStart;
  const block = tr.doc.child(best);
  return tr.doc.resolve(start + 1 + Math.min($caret.parentOffset, block.isTextblock ? block.content.size : 0));
}

/** A place may name a card, which has no text of its own here. */
function cardAt(state: EditorState, { path }: Place): { from: number; card: true } | null {
  let child = 0;
  let found: { from: number; card: true } | null = null;
  state.doc.forEach((block, offset) => {
    if (child === path[0]) found = { from: offset, card: true };
    child += block.attrs.bare ? block.childCount : 1;
  });
  return found;
}

/** A click in the empty room under the text goes on writing at its end. */
function writeBelow(view: EditorView, event: MouseEvent) {
  if (!view.editable || (event.target !== view.dom && event.target !== view.dom.parentElement)) return;
  const last = view.dom.lastElementChild?.getBoundingClientRect();
  if (!last || event.clientY <= last.bottom) return;
  event.preventDefault();
  const { doc, tr, schema } = view.state;
  if (doc.lastChild?.type === schema.nodes.card) tr.insert(doc.content.size, schema.nodes.paragraph!.create());
  view.dispatch(tr.setSelection(Selection.atEnd(tr.doc)));
  view.focus();
}

function speaker(voice: HTMLElement): (message: string) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (message) => {
    voice.textContent = message;
    voice.dataset.shown = "";
    clearTimeout(timer);
    timer = setTimeout(() => {
      voice.textContent = "";
      delete voice.dataset.shown;
    }, 6000);
  };
}
