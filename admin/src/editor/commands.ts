// What keys, menus and the toolbar do to the text.

import { chainCommands, createParagraphNear, deleteSelection, joinBackward, joinForward, liftEmptyBlock, selectNodeBackward, selectNodeForward, toggleMark } from "prosemirror-commands";
import { closeHistory } from "prosemirror-history";
import type { Attrs, MarkType, Node, NodeType, ResolvedPos } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { AllSelection, NodeSelection, Selection, TextSelection, type Command, type EditorState, type Transaction } from "prosemirror-state";
import { unpacked } from "./bridge";
import { isList, schema, type Format, type Json } from "./schema";

const { nodes, marks } = schema;

/** Turns the text blocks of the selection into another kind; what was kept of their fields stays with them. */
export function setBlock(tr: Transaction, type: NodeType, attrs: Attrs | null): boolean {
  const { from, to } = tr.selection;
  let turned = false;
  tr.doc.nodesBetween(from, to, (node, at, parent) => {
    if (!node.isTextblock || parent !== tr.doc) return node.isBlock;
    tr.setNodeMarkup(at, type, { was: node.attrs.was, ...attrs });
    turned = true;
    return false;
  });
  return turned;
}

/** With all selected, what is meant is all text. */
function textual(tr: Transaction): Transaction {
  if (!(tr.selection instanceof AllSelection)) return tr;
  return tr.setSelection(TextSelection.between(tr.doc.resolve(0), tr.doc.resolve(tr.doc.content.size)));
}

/** Makes the block of the selection that kind, or a paragraph again where it is one already. */
export function toggleBlock(type: NodeType, attrs: Attrs | null = null): Command {
  return (state, dispatch) => {
    const tr = textual(state.tr);
    if (listAround(tr.selection.$from)) unwrapItems(tr);
    const there = isBlock(state, type, attrs);
    if (!setBlock(tr, there ? nodes.paragraph! : type, there ? null : attrs)) return false;
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

export function isBlock(state: EditorState, type: NodeType, attrs: Attrs | null = null): boolean {
  const { parent } = state.selection.$from;
  return parent.type === type && Object.entries(attrs ?? {}).every(([name, value]) => parent.attrs[name] === value);
}

export const toggleFormat = (name: Format): Command => toggleMark(marks[name]!, null, { removeWhenPresent: false });

export function hasMark(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection;
  if (empty) return !!type.isInSet(state.storedMarks ?? $from.marks());
  return state.doc.rangeHasMark(from, to, type);
}

// Lists.

export function listAround($at: ResolvedPos): { node: Node; depth: number } | null {
  for (let depth = $at.depth; depth > 0; depth -= 1) if (isList($at.node(depth))) return { node: $at.node(depth), depth };
  return null;
}

/** Makes the paragraph at the selection the item of a list, joined to one of its kind before it. */
export function wrapInItem(tr: Transaction, type: NodeType, attrs: Attrs | null, item: Attrs | null): boolean {
  const { $from } = tr.selection;
  if ($from.depth !== 1 || !$from.parent.isTextblock) return false;
  const at = $from.before();
  const made = type.create(attrs, nodes.listitem!.create(item, nodes.line!.create(null, $from.parent.content)));
  const caret = at + 3 + $from.parentOffset;
  tr.replaceWith(at, $from.after(), made);
  tr.setSelection(TextSelection.create(tr.doc, caret));
  const before = tr.doc.resolve(at).nodeBefore;
  const start = (attrs?.start as number | undefined) ?? 1;
  const follows = type !== nodes.number || start === 1 || start === before?.attrs.start + before?.childCount;
  if (before?.type === type && follows) tr.join(at);
  return true;
}

/** A list of that kind around the selected blocks; out of it where they are in one; else the list changes its kind. */
export function toggleList(type: NodeType): Command {
  return (state, dispatch) => {
    const tr = textual(state.tr);
    const { $from } = tr.selection;
    const around = listAround($from);
    if (around?.node.type === type) {
      unwrapItems(tr);
    } else if (around) {
      turnList(tr, $from.before(around.depth), around.node, type);
    } else if (!wrapBlocks(tr, type)) {
      return false;
    }
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

function turnList(tr: Transaction, at: number, list: Node, type: NodeType) {
  tr.setNodeMarkup(at, type, { was: list.attrs.was, wrap: list.attrs.wrap });
  list.forEach((item, offset) => {
    const checked = type === nodes.check ? (item.attrs.checked ?? false) : null;
    if (checked !== item.attrs.checked) tr.setNodeMarkup(at + 1 + offset, null, { ...item.attrs, checked, was: without(item.attrs.was, "checked") });
  });
}

function without(was: Json | null, field: string): Json | null {
  if (!was || !(field in was)) return was;
  const { [field]: _, ...rest } = was;
  return rest;
}

function wrapBlocks(tr: Transaction, type: NodeType): boolean {
  const { $from, $to } = tr.selection;
  const first = $from.index(0);
  const last = $to.index(0);
  const items: Node[] = [];
  for (let i = first; i <= last; i += 1) {
    const block = tr.doc.child(i);
    if (!block.isTextblock) return false;
    items.push(nodes.listitem!.create({ checked: type === nodes.check ? false : null }, nodes.line!.create(null, block.content)));
  }
  const start = $from.posAtIndex(first, 0);
  const end = $to.posAtIndex(last + 1, 0);
  const { anchor, head } = tr.selection;
  tr.replaceWith(start, end, type.create(null, items));
  // Each block grew by the item around it; the first also by the list.
  const moved = (position: number) => {
    const index = Math.min(last, Math.max(first, tr.docs[0]!.resolve(position).index(0)));
    return Math.min(tr.doc.content.size, position + 2 + 2 * (index - first));
  };
  tr.setSelection(TextSelection.between(tr.doc.resolve(moved(anchor)), tr.doc.resolve(moved(head))));
  return true;
}

/** The selected items of the outermost list become paragraphs. */
function unwrapItems(tr: Transaction) {
  const { $from, $to } = tr.selection;
  if ($from.depth < 2 || !isList($from.node(1))) return;
  const blocks: Node[] = [];
  const list = $from.node(1);
  const first = $from.index(1);
  const last = $to.depth && $to.before(1) === $from.before(1) ? $to.index(1) : first;
  blocksOfItems(list, first, last, blocks);
  const at = $from.before(1);
  const parts: Node[] = [];
  if (first > 0) parts.push(list.cut(0, offsetOf(list, first)));
  parts.push(...blocks);
  if (last + 1 < list.childCount) {
    const rest = list.cut(offsetOf(list, last + 1));
    parts.push(list.type === nodes.number ? list.type.create({ ...rest.attrs, start: rest.attrs.start + last + 1 }, rest.content) : rest);
  }
  const parent = $from.parent;
  const offset = $from.parentOffset;
  tr.replaceWith(at, $from.after(1), parts);
  tr.doc.nodesBetween(at, Math.min(tr.doc.content.size, at + $from.node(1).nodeSize), (node, position) => {
    if (node.isTextblock && node.content === parent.content) tr.setSelection(TextSelection.create(tr.doc, position + 1 + offset));
    return !node.isTextblock;
  });
}

function offsetOf(list: Node, index: number): number {
  let offset = 0;
  for (let i = 0; i < index; i += 1) offset += list.child(i).nodeSize;
  return offset;
}

function blocksOfItems(list: Node, first: number, last: number, blocks: Node[]) {
  for (let i = first; i <= last; i += 1) {
    list.child(i).forEach((part) => {
      if (part.type === nodes.line) blocks.push(nodes.paragraph!.create(null, part.content));
      else blocks.push(part);
    });
  }
}

export const toggleChecked: Command = (state, dispatch) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type !== nodes.listitem) continue;
    if (node.attrs.checked === null) return false;
    dispatch?.(state.tr.setNodeMarkup($from.before(depth), null, { ...node.attrs, checked: !node.attrs.checked }));
    return true;
  }
  return false;
};

/** One level deeper, in a list only. At its first item there is nothing to do, but the key stays with the list. */
export const deeper: Command = (state, dispatch) => {
  if (!listAround(state.selection.$from)) return false;
  sinkListItem(nodes.listitem!)(state, dispatch);
  return true;
};

export const shallower: Command = (state, dispatch) =>
  listAround(state.selection.$from) ? leaveItem(state, dispatch) : false;

/** Out of the list by one level; the line of an outermost item becomes a paragraph. */
const leaveItem: Command = (state, dispatch) => {
  const around = listAround(state.selection.$from);
  if (!around) return false;
  if (around.depth > 1) return liftListItem(nodes.listitem!)(state, dispatch);
  const tr = state.tr;
  unwrapItems(tr);
  dispatch?.(tr.scrollIntoView());
  return true;
};

// Enter and Backspace.

export const insertBreak: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.linebreak!.create(), true).scrollIntoView());
  return true;
};

const splitItem: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  if ($from.parent.type !== nodes.line || !$from.sameParent($to)) return false;
  if ($from.parent.content.size === 0) return leaveItem(state, dispatch);
  const checked = $from.node(-1).attrs.checked === null ? null : false;
  return splitListItem(nodes.listitem!, { checked })(state, dispatch && ((tr) => dispatch(freshFields(tr))));
};

/** The second half of a split item has fields of its own. */
function freshFields(tr: Transaction): Transaction {
  const { $from } = tr.selection;
  const item = $from.depth > 1 ? $from.node(-1) : null;
  if (item && item.type === nodes.listitem && item.attrs.was) tr.setNodeMarkup($from.before(-1), null, { ...item.attrs, was: null });
  return tr;
}

/** Splits a block in two. At its end a paragraph follows; else the second half is of the same kind. */
const split: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  if (!$from.parent.isTextblock || $from.depth !== 1 || !$to.parent.isTextblock || $to.depth !== 1) return false;
  const tr = state.tr;
  if (!state.selection.empty) tr.deleteSelection();
  const $at = tr.doc.resolve(tr.mapping.map($from.pos));
  const block = $at.parent;
  const atStart = $at.parentOffset === 0 && block.content.size > 0;
  if (atStart) {
    // Room above: what is below stays what it was.
    tr.insert($at.before(), nodes.paragraph!.create());
  } else {
    const atEnd = $at.parentOffset === block.content.size;
    const type = atEnd ? nodes.paragraph! : block.type;
    tr.split($at.pos, 1, [{ type, attrs: { ...(atEnd ? {} : block.attrs), was: layoutOf(block, type), ...(type === nodes.paragraph ? { bare: false, blank: false } : {}) } }]);
  }
  const stored = state.storedMarks ?? ($at.parentOffset ? $at.marks() : null);
  if (stored) tr.ensureMarks(stored.filter((mark) => mark.type !== marks.run && mark.type !== marks.tk && mark.type !== marks.link));
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** How a block stands goes on after it; who it is does not. */
function layoutOf(block: Node, type: NodeType): Json | null {
  const was = block.attrs.was as Json | null;
  if (!was || type !== block.type || (!was.format && !was.indent)) return null;
  const { direction, format, indent, tag } = was;
  return { direction, format, indent, type: was.type, version: was.version, ...(tag === undefined ? {} : { tag }) };
}

export const enter: Command = chainCommands(splitItem, createParagraphNear, liftEmptyBlock, split);

/** At the start of a heading or a quote: a paragraph first, before it is joined to what stands above. */
const plainFirst: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0) return false;
  if ($from.parent.type === nodes.line) {
    const item = $from.node(-1);
    return item.firstChild === $from.parent && $from.index(-2) === 0 ? leaveItem(state, dispatch) : false;
  }
  if ($from.depth !== 1 || $from.parent.type === nodes.paragraph) return false;
  const tr = state.tr;
  setBlock(tr, nodes.paragraph!, null);
  dispatch?.(tr);
  return true;
};

export const backspace: Command = chainCommands(deleteSelection, plainFirst, joinBackward, selectNodeBackward);
export const remove: Command = chainCommands(deleteSelection, joinForward, selectNodeForward);

// Cards.

/** Puts a card in: in the place of an empty paragraph, else after the block of the selection. */
export function insertCard(state: EditorState, node: Json): Transaction {
  const tr = closeHistory(state.tr);
  const { $from } = tr.selection;
  const card = nodes.card!.create({ node });
  const top = $from.depth ? $from.node(1) : null;
  const empty = top !== null && top.type === nodes.paragraph && top.content.size === 0;
  const at = empty ? $from.before(1) : $from.depth ? $from.after(1) : tr.selection.to;
  if (empty) tr.replaceWith(at, $from.after(1), card);
  else tr.insert(at, card);
  const after = at + card.nodeSize;
  // There is always somewhere to write on.
  if (after === tr.doc.content.size) tr.insert(after, nodes.paragraph!.create());
  return tr.setSelection(NodeSelection.create(tr.doc, at)).scrollIntoView();
}

/** Takes the words out of a selected inline node that the text does not know, so that they can be edited. */
export const unpack: Command = (state, dispatch) => {
  const { selection } = state;
  if (!(selection instanceof NodeSelection) || selection.node.type !== nodes.other) return false;
  const words = unpacked(selection.node.attrs.node);
  if (!words?.length) return false;
  const before = selection.$from.parentOffset > 0 ? [nodes.linebreak!.create(), nodes.linebreak!.create()] : [];
  dispatch?.(state.tr.replaceWith(selection.from, selection.to, [...before, ...words]));
  return true;
};

/** A letter typed on a selected card is written under it: it must not take the card's place. */
export function writeUnder(state: EditorState, text: string): Transaction | null {
  const { selection } = state;
  if (!(selection instanceof NodeSelection) || selection.node.type !== nodes.card) return null;
  const tr = state.tr.insert(selection.to, nodes.paragraph!.create(null, schema.text(text)));
  return tr.setSelection(TextSelection.create(tr.doc, selection.to + 1 + text.length)).scrollIntoView();
}

/** A paragraph after (or before) a selected card. */
export function paragraphBeside(side: 1 | -1, only: "if there is none" | "always"): Command {
  return (state, dispatch) => {
    const { selection } = state;
    if (!(selection instanceof NodeSelection) || selection.node.type !== nodes.card) return false;
    const at = side > 0 ? selection.to : selection.from;
    const $at = state.doc.resolve(at);
    const beside = side > 0 ? $at.nodeAfter : $at.nodeBefore;
    if (only === "if there is none" && beside) return false;
    const tr = state.tr.insert(at, nodes.paragraph!.create());
    dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve(at + 1))).scrollIntoView());
    return true;
  };
}
