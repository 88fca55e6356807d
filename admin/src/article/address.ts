import type { Papers } from "../api/types";
import { dayIn } from "./zone";

/** What a magazine starts with; the setting `permalink` says otherwise. */
export const USUAL = "/{section}/{slug}/";

/** The path that an article will have, by the same rule as the server: a part that it lacks leaves no empty segment. */
export function pathOf(pattern: string, article: { id: string; kind: "article" | "page"; papers: Papers }, now: number, zone: string): string {
  const { id, kind, papers } = article;
  const slug = papers.slug || slugOf(papers.headline) || "…";
  if (kind === "page") return `/${slug}/`;
  const [year = "", month = "", day = ""] = dayIn(papers.dated ?? now, zone).split("-");
  const words: Record<string, string> = { section: papers.section ?? "", slug, id, year, month, day };
  const parts = pattern
    .split("/")
    // The slugs of a tag and of an author are the server's to say.
    .map((part) => part.replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? "…"))
    .filter(Boolean);
  return `/${[...parts, ""].join("/")}`;
}

/** What a slug is made of until somebody writes one. */
export function slugOf(headline: string): string {
  return headline
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/['’‘]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}

/** Whether a slug was made of a headline: perhaps with the number by which the server tells it from another's. */
export function isSlugOf(slug: string, headline: string): boolean {
  const made = slugOf(headline) || "post";
  return slug === "" || slug === made || (slug.startsWith(`${made}-`) && /^\d+$/.test(slug.slice(made.length + 1)));
}
