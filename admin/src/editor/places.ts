// Places of the server (child numbers in the stored body, offsets in a block's text) as positions of the editor.

import type { Mark, Node } from "prosemirror-model";
import type { Place } from "../api/types";
import { isList, schema, type Json } from "./schema";

const { nodes } = schema;

/** Where each text block of a document begins, by its path in the stored body. */
export type Paths = Map<string, number>;

export function pathsOf(doc: Node): Paths {
  const paths: Paths = new Map();
  let child = 0;
  doc.forEach((block, offset) => {
    if (block.isTextblock) paths.set(String(child), offset + 1);
    else if (isList(block)) listPaths(block, offset, [child], paths);
    child += block.attrs.bare ? block.childCount : 1;
  });
  return paths;
}

/** Follows the writer of the stored body: a nested list has an item of its own. */
function listPaths(list: Node, at: number, path: number[], paths: Paths) {
  let item = -1;
  list.forEach((node, itemOffset) => {
    let inside = 0;
    let held = false;
    node.forEach((part, offset) => {
      const start = at + 1 + itemOffset + 1 + offset;
      if (part.type === nodes.line) {
        item += 1;
        held = true;
        paths.set([...path, item].join(), start + 1);
        inside = storedInlines(part);
      } else {
        if (part.attrs.wrap !== "in" || !held) {
          item += 1;
          inside = 0;
          held = true;
        }
        listPaths(part, start, [...path, item, inside], paths);
        inside += 1;
      }
    });
  });
}

function storedInlines(line: Node): number {
  let count = 0;
  let link: Mark | undefined;
  line.forEach((node) => {
    const mark = schema.marks.link!.isInSet(node.marks);
    if (!mark || !link?.eq(mark)) count += 1;
    link = mark;
  });
  return count;
}

/** Null where there is no such text. */
export function rangeOf(doc: Node, paths: Paths, place: Place): { from: number; to: number } | null {
  const start = paths.get(place.path.join());
  if (start === undefined) return null;
  const block = doc.resolve(start).parent;
  const from = positionIn(block, place.start);
  const to = positionIn(block, place.end);
  return from === null || to === null || from > to ? null : { from: start + from, to: start + to };
}

/** The words of a block as the server counts them. */
export function textOf(block: Node): string {
  return block.textBetween(0, block.content.size, "", (leaf) => (leaf.type === nodes.linebreak ? "\n" : ""));
}

export function textBetween(doc: Node, from: number, to: number): string {
  return doc.textBetween(from, to, "\n\n", (leaf) => (leaf.type === nodes.linebreak ? "\n" : ""));
}

function positionIn(block: Node, offset: number): number | null {
  let text = 0;
  let position = 0;
  for (let i = 0; i < block.childCount; i += 1) {
    const node = block.child(i);
    const counts = node.isText ? node.nodeSize : node.type === nodes.linebreak ? 1 : 0;
    if (text + counts > offset || (text + counts === offset && counts > 0)) return position + (offset - text);
    text += counts;
    position += node.nodeSize;
  }
  return text === offset ? position : null;
}

/** How many words a reader would count. */
export function countWords(doc: Node): number {
  let count = 0;
  doc.descendants((node) => {
    if (!node.isTextblock) return node.type !== nodes.card;
    count += textOf(node).match(/[\p{L}\p{N}][^\s–—]*/gu)?.length ?? 0;
    return false;
  });
  return count;
}

export const cardType = (node: Node) => String((node.attrs.node as Json | null)?.type ?? "");
