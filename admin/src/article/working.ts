import type { Article, NamedRef, Papers } from "../api/types";

/** What a person changes while writing: the text and the papers. */
export interface Working {
  body: string;
  papers: Papers;
}

/** A working text with the version of the article that it started from. */
export interface Base extends Working {
  version: number;
}

export const baseOf = (article: Article): Base => ({ version: article.version, body: article.body, papers: article.papers });

/** The parts that differ from the base, which is all that has to be sent. */
export function changeSince(base: Working, mine: Working): Partial<Working> {
  const change: Partial<Working> = {};
  if (mine.body !== base.body) change.body = mine.body;
  if (!samePapers(mine.papers, base.papers)) change.papers = mine.papers;
  return change;
}

export const sameWorking = (a: Working, b: Working) => a.body === b.body && samePapers(a.papers, b.papers);

export function samePapers(a: Papers, b: Papers): boolean {
  return a === b || paperFields(a, b).every((field) => sameField(a[field], b[field]));
}

/** The fields of either, so that one that a newer server added is compared and kept as well. */
export function paperFields(...all: Papers[]): (keyof Papers)[] {
  return [...new Set(all.flatMap((papers) => Object.keys(papers)))] as (keyof Papers)[];
}

/** Whether two values of a field mean the same: a tag made by name is the tag that the server then gave an id. */
export function sameField(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, at) => sameField(one, b[at]));
  if (isRef(a) && isRef(b)) return a.id !== null && b.id !== null ? a.id === b.id : a.name === b.name;
  if (a !== null && b !== null && typeof a === "object" && typeof b === "object") {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => sameField((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
  }
  return (a ?? null) === (b ?? null);
}

const isRef = (value: unknown): value is NamedRef =>
  typeof value === "object" && value !== null && "id" in value && "name" in value && Object.keys(value).length === 2;
