// What the checks and the record say about the text, drawn over it. Nothing of it is in the document; between two
// answers of the server it moves with the text.

import { closeHistory } from "prosemirror-history";
import { Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import type { Finding, Statement } from "../api/types";
import { t } from "../words";
import { pathsOf, rangeOf, textBetween, textOf, type Paths } from "./places";

interface Fix {
  key: string;
  from: number;
  to: number;
  was: string;
  replace: string;
}
interface Marked {
  drawn: DecorationSet;
  fixes: Fix[];
}

const key = new PluginKey<Marked>("marks");
const NONE: Marked = { drawn: DecorationSet.empty, fixes: [] };

/** Two objects for one finding are the same finding. */
const keyOf = ({ kind, place, exact, fix }: Finding) => JSON.stringify([kind, place, exact, fix]);

export function marksPlugin(): Plugin<Marked> {
  return new Plugin<Marked>({
    key,
    state: {
      init: () => NONE,
      apply(tr, marked) {
        const fresh = tr.getMeta(key) as Marked | undefined;
        if (fresh) return fresh;
        if (!tr.docChanged) return marked;
        return { drawn: marked.drawn.map(tr.mapping, tr.doc), fixes: mapFixes(marked.fixes, tr) };
      },
    },
    props: { decorations: (state) => key.getState(state)?.drawn },
  });
}

function mapFixes(fixes: Fix[], tr: Transaction): Fix[] {
  return fixes.map((fix) => ({ ...fix, from: tr.mapping.map(fix.from, 1), to: tr.mapping.map(fix.to, -1) }));
}

export function setMarks(view: EditorView, findings: Finding[], statements: Statement[]) {
  const { doc } = view.state;
  const paths = pathsOf(doc);
  const drawn: Decoration[] = [];
  const fixes: Fix[] = [];
  findings.forEach((finding, index) => {
    if (finding.ignored || !finding.place) return;
    const range = foundAgain(view.state, paths, finding);
    if (!range) return;
    if (range.from < range.to) {
      drawn.push(Decoration.inline(range.from, range.to, { class: `f-${finding.severity}`, title: finding.message }, { finding: index }));
    } else {
      drawn.push(Decoration.widget(range.from, () => spot(finding), { finding: index, side: 1, key: `spot-${index}` }));
    }
    if (!finding.fix) return;
    const shift = range.shift;
    const { place, replace } = finding.fix;
    const at = rangeOf(doc, paths, { ...place, start: place.start + shift, end: place.end + shift });
    if (at) fixes.push({ key: keyOf(finding), ...at, was: textBetween(doc, at.from, at.to), replace });
  });
  statements.forEach((statement, index) => {
    if (statement.state === "rejected") return;
    for (const place of statement.places) {
      const range = rangeOf(doc, paths, place);
      if (range && range.from < range.to) {
        drawn.push(Decoration.inline(range.from, range.to, { class: "said", title: saidBy(statement) }, { statement: index }));
      }
    }
  });
  view.dispatch(view.state.tr.setMeta(key, { drawn: DecorationSet.create(doc, drawn), fixes } satisfies Marked).setMeta("addToHistory", false));
}

const saidBy = ({ speaker }: Statement) => (speaker ? t("editor.said_by", { speaker }) : t("editor.said_by_nobody"));

function spot(finding: Finding): HTMLElement {
  const mark = document.createElement("span");
  mark.className = `f-spot f-${finding.severity}`;
  mark.title = finding.message;
  return mark;
}

/** Somebody may have typed while the server read: the words are looked for near their place in their block. */
function foundAgain(state: EditorState, paths: Paths, finding: Finding): { from: number; to: number; shift: number } | null {
  const place = finding.place!;
  const range = rangeOf(state.doc, paths, place);
  if (finding.exact === null || (range && textBetween(state.doc, range.from, range.to) === finding.exact)) {
    return range && { ...range, shift: 0 };
  }
  const start = paths.get(place.path.join());
  if (start === undefined || finding.exact === "") return range && { ...range, shift: 0 };
  const text = textOf(state.doc.resolve(start).parent);
  let best = -1;
  for (let at = text.indexOf(finding.exact); at >= 0; at = text.indexOf(finding.exact, at + 1)) {
    if (best < 0 || Math.abs(at - place.start) < Math.abs(best - place.start)) best = at;
  }
  const found = best < 0 ? null : rangeOf(state.doc, paths, { path: place.path, start: best, end: best + finding.exact.length });
  return found && { ...found, shift: best - place.start };
}

/** What stands under the caret. */
export function marksAt(state: EditorState): { findings: number[]; statements: number[] } {
  const { from, to } = state.selection;
  const found = { findings: [] as number[], statements: [] as number[] };
  for (const { spec } of key.getState(state)?.drawn.find(from, to) ?? []) {
    const { finding, statement } = spec as { finding?: number; statement?: number };
    if (finding !== undefined) found.findings.push(finding);
    if (statement !== undefined) found.statements.push(statement);
  }
  return found;
}

export function applyFix(view: EditorView, finding: Finding): boolean {
  const fix = key.getState(view.state)?.fixes.find((one) => one.key === keyOf(finding));
  if (!fix || fix.from > fix.to || textBetween(view.state.doc, fix.from, fix.to) !== fix.was) return false;
  const { tr, schema, doc } = view.state;
  if (fix.replace === "") tr.delete(fix.from, fix.to);
  else {
    // What is put in looks like what it replaces.
    const lines = fix.replace.split("\n");
    const marks = doc.resolve(fix.from).marksAcross(doc.resolve(fix.to)) ?? doc.resolve(fix.from).marks();
    const nodes = lines.flatMap((line, i) => [
      ...(i ? [schema.nodes.linebreak!.create()] : []),
      ...(line ? [schema.text(line, marks)] : []),
    ]);
    tr.replaceWith(fix.from, fix.to, nodes);
  }
  view.dispatch(closeHistory(tr).scrollIntoView());
  return true;
}

/** Moves the caret to the next marked finding, round the end of the text. */
export function nextFinding(view: EditorView, direction: 1 | -1): number | null {
  const drawn = (key.getState(view.state)?.drawn.find() ?? []).filter(({ spec }) => (spec as { finding?: number }).finding !== undefined);
  drawn.sort((a, b) => a.from - b.from || a.to - b.to);
  if (!drawn.length) return null;
  const { from } = view.state.selection;
  const next =
    direction > 0
      ? (drawn.find((mark) => mark.from > from) ?? drawn[0]!)
      : (drawn.findLast((mark) => mark.from < from) ?? drawn.at(-1)!);
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, next.from, next.to)).scrollIntoView());
  view.focus();
  return (next.spec as { finding: number }).finding;
}
