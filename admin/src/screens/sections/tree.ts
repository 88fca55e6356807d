// Sections as the tree that their paths make.

import type { Section } from "../../api/types";

export const parentOf = (path: string) => path.split("/").slice(0, -1).join("/");
export const lastOf = (path: string) => path.split("/").at(-1)!;
export const depthOf = (path: string) => path.split("/").length - 1;
/** Whether a path lies below another, or is it. */
export const isWithin = (path: string, root: string) => path === root || path.startsWith(`${root}/`);

export const siblings = (sections: Section[], parent: string) =>
  sections.filter((it) => parentOf(it.path) === parent).sort((a, b) => a.position - b.position || a.name.localeCompare(b.name));

/** All of them, each followed by those below it. */
export function inOrder(sections: Section[], parent = ""): Section[] {
  const known = new Set(sections.map((it) => it.path));
  // One whose parent is not there stands at the top, so that nothing is ever hidden.
  const here = parent === "" ? [...siblings(sections, ""), ...sections.filter((it) => parentOf(it.path) !== "" && !known.has(parentOf(it.path)))] : siblings(sections, parent);
  return here.flatMap((it) => [it, ...inOrder(sections, it.path)]);
}

/** The end of an address that a name suggests. */
export function slugOf(name: string): string {
  const plain = name.replace(/ß/g, "ss").replace(/[äöü]/gi, (it) => ({ ä: "ae", ö: "oe", ü: "ue" })[it.toLowerCase()]!);
  return plain
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** The positions that change when one section goes before or after its neighbour; none at the end. */
export function swapped(sections: Section[], path: string, by: -1 | 1): Section[] {
  const row = siblings(sections, parentOf(path));
  const from = row.findIndex((it) => it.path === path);
  const to = from + by;
  if (to < 0 || to >= row.length) return [];
  row.splice(to, 0, ...row.splice(from, 1));
  return row.map((it, position) => ({ ...it, position })).filter((it) => sections.find((old) => old.path === it.path)!.position !== it.position);
}
