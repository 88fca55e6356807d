// The report of an import, as people read it: figures, and lists of what needs to be looked at.

import type { Import, ImportReport } from "../../api/types";

/** Lines of a list that are shown; the JSON report has all of them. */
export const MOST_LINES = 200;

export type State = "finished" | "stopped" | "undone";

/** Where an import stands. One that has not come to its end may be under way. */
export function stateOf({ finished_at, undone_at }: Pick<Import, "finished_at" | "undone_at">): State {
  if (undone_at) return "undone";
  return finished_at ? "finished" : "stopped";
}

/** A figure, or a part of the figure above. */
export interface Figure {
  name: string;
  count: number;
  part: "status" | "kind" | null;
}

/** The figures, in the order in which they matter; what there is none of is not told. */
export function figures(report: ImportReport): Figure[] {
  const one = (name: string, count: number | undefined): Figure[] => (count ? [{ name, count, part: null }] : []);
  const parts = (part: "status" | "kind", of: Record<string, number> | undefined): Figure[] =>
    Object.entries(of ?? {}).flatMap(([name, count]) => (count ? [{ name, count, part }] : []));
  const found = Object.values(report.items ?? {}).reduce((sum, count) => sum + count, 0);
  return [
    ...one("items", found),
    ...one("articles", report.articles),
    ...one("pages", report.pages),
    ...parts("status", report.statuses),
    ...one("here_already", report.here_already),
    ...one("updated", report.updated),
    ...one("unchanged", report.unchanged),
    ...one("sections", report.sections),
    ...one("tags", report.tags),
    ...one("authors", report.authors),
    ...one("pictures", report.pictures),
    ...one("menu_lines", report.menu_lines),
    ...one("redirects", report.redirects),
    ...one("comments", report.comments),
    ...parts("kind", report.comments_by_kind),
    ...one("kept_as_other", report.kept_as_other),
    ...one("statements", report.statements),
    ...one("findings", report.findings),
  ];
}

export interface Line {
  text: string;
  /** What it has become. */
  to?: string;
  why?: string;
  times?: number;
}

export interface List {
  name: string;
  count: number;
  lines: Line[];
  /** Lines that are not shown. */
  more: number;
}

/** The lists in which there is something, the most pressing first. */
export function lists(report: ImportReport): List[] {
  const all: [string, Line[]][] = [
    ["moved", (report.moved ?? []).map(({ from, to, why }) => ({ text: from, to, why }))],
    ["skipped", (report.skipped ?? []).map(({ what, why }) => ({ text: what, why }))],
    ["notes", (report.notes ?? []).map(({ what, note }) => (what ? { text: what, why: note } : { text: note }))],
    ["pictures_missing", plain(report.pictures_missing)],
    ["edited_here", plain(report.edited_here)],
    ["without_link", (report.without_link ?? []).map(({ headline, path }) => ({ text: headline, to: path }))],
    ["shortcodes_unknown", counted(report.shortcodes_unknown, (name) => `[${name}]`)],
    ["blocks_unknown", counted(report.blocks_unknown)],
    ["blocks_dropped", counted(report.blocks_dropped)],
    ["shortcodes_unwrapped", counted(report.shortcodes_unwrapped, (name) => `[${name}]`)],
    ["items", counted(report.items)],
  ];
  return all
    .filter(([, lines]) => lines.length > 0)
    .map(([name, lines]) => ({ name, count: lines.length, lines: lines.slice(0, MOST_LINES), more: Math.max(0, lines.length - MOST_LINES) }));
}

const plain = (texts: string[] = []): Line[] => texts.map((text) => ({ text }));

/** What was met most often stands first. */
function counted(of: Record<string, number> = {}, print = (name: string) => name): Line[] {
  return Object.entries(of)
    .toSorted(([a, most], [b, more]) => more - most || a.localeCompare(b))
    .map(([name, times]) => ({ text: print(name), times }));
}
