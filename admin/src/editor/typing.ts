// What typing turns into: quotation marks, dashes, and the shortcuts that people know from Markdown. Each rule looks
// only at the text before the caret; Ctrl/Cmd+Z or Backspace right after gives back what was typed.

import { InputRule, inputRules } from "prosemirror-inputrules";
import type { Attrs, MarkType, NodeType } from "prosemirror-model";
import { NodeSelection, type EditorState, type Plugin, type Transaction } from "prosemirror-state";
import { setBlock, wrapInItem } from "./commands";
import { schema, type Format } from "./schema";

const { nodes, marks } = schema;

const plain = (pattern: RegExp, write: string | ((match: RegExpMatchArray) => string)) =>
  new InputRule(
    pattern,
    (state, match, start, end) => {
      const text = typeof write === "string" ? write : write(match);
      return replaceTyped(state, match[0], text, start, end);
    },
    { inCode: false, inCodeMark: false },
  );

/** Replaces only what differs, so that formats and marks before it stay. */
function replaceTyped(state: EditorState, typed: string, text: string, start: number, end: number): Transaction {
  let same = 0;
  while (same < typed.length && same < text.length && typed[same] === text[same] && start + same < end) same += 1;
  return state.tr.insertText(text.slice(same), start + same, end);
}

// Before an opening mark: nothing, a space, a bracket, a dash, a slash or, by language, another opening mark.
const opens = (marks: string) => `(?:^|[\\s\\u00a0\\ufffc({\\[<–—/${marks}])`;
/** Puts a mark in the place of the typewriter's, which stands last. */
const last = (mark: string) => (match: RegExpMatchArray) => match[0].slice(0, -1) + mark;

const ENGLISH = [
  // An empty pair.
  plain(/“"$/, "“”"),
  plain(/‘'$/, "‘’"),
  plain(new RegExp(`${opens("“‘«„‚")}"$`, "u"), last("“")),
  plain(/"$/, "”"),
  plain(new RegExp(`${opens("“‘«„‚")}'$`, "u"), last("‘")),
  plain(/'$/, "’"),
  // An apostrophe in front: the ’90s, ’tis, ’em.
  plain(/‘(\d0s)$/, (match) => `’${match[1]}`),
  plain(/‘(tis|twas|em|til|cause)([\s.,;:!?])$/i, (match) => `’${match[1]}${match[2]}`),
];

// „…“ and ‚…‘. The mark that closes is the one that opens in English.
const GERMAN = [
  plain(/„"$/, "„“"),
  plain(/‚'$/, "‚‘"),
  plain(new RegExp(`${opens("„‚»")}"$`, "u"), last("„")),
  plain(/"$/, "“"),
  plain(new RegExp(`${opens("„‚»")}'$`, "u"), last("‚")),
  // It closes what is open; elsewhere it is an apostrophe, and so it was when a letter follows: ‚Wie geht’s?‘
  plain(/‚[^‚‘]*'$/u, last("‘")),
  plain(/(\p{L})‘(\p{L})$/u, (match) => `${match[1]}’${match[2]}`),
  plain(/'$/, "’"),
  // An apostrophe in front: die ’90er, ’ne, ’s.
  plain(/‚(\d0er)$/, (match) => `’${match[1]}`),
  plain(/‚(s|n|ne|nen|nem|ner)(\s)$/i, (match) => `’${match[1]}${match[2]}`),
];

// « … », with a space at the inner sides at which no line is broken.
const FRENCH = [
  plain(/«\u00a0"$/, "«\u00a0»"),
  // What is open is closed, also after a space.
  plain(/«\u00a0[^«»]*[^\s«»({[] ?"$/u, (match) => `${match[0].slice(0, -1).trimEnd()}\u00a0»`),
  plain(new RegExp(`${opens("«“‘")}"$`, "u"), last("«\u00a0")),
  plain(/"$/, "\u00a0»"),
  // The space that is typed out of habit is there already.
  plain(/«\u00a0 $/, "«\u00a0"),
  plain(/'$/, "’"),
];

/** The quotation marks of a locale's language; English ones where nothing else is known. */
function quotesOf(locale: string): InputRule[] {
  const language = locale.slice(0, 2).toLowerCase();
  return language === "de" ? GERMAN : language === "fr" ? FRENCH : ENGLISH;
}

const DASHES = [
  plain(/(^|[^-–])--$/, (match) => `${match[1]}–`),
  plain(/–-$/, "—"),
  plain(/\.\.\.$/, "…"),
];

/** Turns the block into another one. */
function block(pattern: RegExp, type: NodeType, attrs: (match: RegExpMatchArray) => Attrs | null = () => null): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    if (state.doc.resolve(start).parent.type !== nodes.paragraph) return null;
    const tr = state.tr.delete(start, end);
    return setBlock(tr, type, attrs(match)) ? tr : null;
  });
}

function list(pattern: RegExp, type: NodeType, attrs: (match: RegExpMatchArray) => Attrs | null = () => null, item: Attrs | null = null): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    if (state.doc.resolve(start).parent.type !== nodes.paragraph) return null;
    const tr = state.tr.delete(start, end);
    return wrapInItem(tr, type, attrs(match), item) ? tr : null;
  });
}

const rule = new InputRule(/^(?:---|—|–-)$/, (state, _, start, end) => {
  const $start = state.doc.resolve(start);
  if ($start.depth !== 1 || $start.parent.type !== nodes.paragraph || end !== $start.end()) return null;
  const tr = state.tr.delete(start, end);
  tr.insert($start.before(), nodes.card!.create({ node: { type: "horizontalrule", version: 1 } }));
  return tr;
});

const code = new InputRule(/^```([\w+-]*) $/, (state, match, start) => {
  const $start = state.doc.resolve(start);
  if ($start.depth !== 1 || $start.parent.type !== nodes.paragraph || match[0].length - 1 !== $start.parent.content.size) return null;
  const node = { type: "codeblock", version: 1, code: "", language: match[1] ?? "", caption: "" };
  const tr = state.tr;
  tr.replaceWith($start.before(), $start.after(), [nodes.card!.create({ node }), nodes.paragraph!.create()]);
  return tr.setSelection(NodeSelection.create(tr.doc, $start.before()));
});

/** `**words**` becomes bold. */
function inline(pattern: RegExp, name: Format): InputRule {
  const type: MarkType = marks[name]!;
  return new InputRule(
    pattern,
    (state, match, start, end) => {
      const words = match[2]!;
      const from = start + match[0].indexOf(words, match[1]!.length);
      const tr = state.tr.delete(from + words.length, end).delete(start + match[1]!.length, from);
      const at = start + match[1]!.length;
      return tr.addMark(at, at + words.length, type.create()).removeStoredMark(type);
    },
    { inCodeMark: false },
  );
}

const SHORTCUTS = [
  block(/^(#{1,6}) $/, nodes.heading!, (match) => ({ level: match[1]!.length })),
  block(/^> $/, nodes.quote!),
  list(/^[-*] $/, nodes.bullet!),
  list(/^(\d{1,4})[.)] $/, nodes.number!, (match) => ({ start: Number(match[1]) })),
  list(/^\[( ?|x)\] $/, nodes.check!, undefined, { checked: false }),
  inline(/(^|[\s(“‘„‚«])\*\*([^\s*](?:[^*]*[^\s*])?)\*\*$/, "bold"),
  inline(/(^|[\s(“‘„‚«])\*([^\s*](?:[^*]*[^\s*])?)\*$/, "italic"),
  inline(/(^|[\s(“‘„‚«])`([^`]+)`$/, "code"),
  inline(/(^|[\s(“‘„‚«])~~([^\s~](?:[^~]*[^\s~])?)~~$/, "strikethrough"),
];

/** `locale`: that of what is written, for its quotation marks. */
export function typingPlugin(locale: string): Plugin {
  return inputRules({ rules: [rule, code, ...quotesOf(locale), ...DASHES, ...SHORTCUTS] });
}

/** Quotation marks and dashes only: for the fields of cards. */
export function wordTypingPlugin(locale: string): Plugin {
  return inputRules({ rules: [...quotesOf(locale), ...DASHES] });
}
