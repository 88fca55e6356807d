import type { Article, Papers } from "../../src/api/types";

/** A body of these paragraphs. */
export const body = (...paragraphs: string[]) =>
  JSON.stringify({
    root: {
      children: paragraphs.map((text) => ({ type: "paragraph", version: 1, children: [{ type: "extended-text", text, format: 0, version: 1 }] })),
      type: "root",
      version: 1,
    },
  });

export const paragraphs = (text: string): string[] =>
  (JSON.parse(text) as { root: { children: { children: { text: string }[] }[] } }).root.children.map(({ children }) => children.map((run) => run.text).join(""));

export const papers = (some: Partial<Papers> = {}): Papers => ({
  headline: "Budget day",
  standfirst: null,
  slug: "budget-day",
  section: "politics",
  tags: [],
  authors: [],
  lead_picture: null,
  access: "public",
  featured: false,
  template: null,
  meta_title: null,
  meta_description: null,
  canonical_url: null,
  og_title: null,
  og_description: null,
  og_image: null,
  twitter_title: null,
  twitter_description: null,
  twitter_image: null,
  dated: null,
  ...some,
});

export const article = (some: Partial<Article> = {}): Article => ({
  id: "a1",
  kind: "article",
  status: "draft",
  version: 1,
  papers: papers(),
  body: body("One."),
  created_at: 0,
  updated_at: 0,
  updated_by: "Tom",
  published_at: null,
  first_published_at: null,
  url: null,
  preview_url: "/preview/",
  has_changes: false,
  may: { edit: true, publish: true, review: true, delete: true },
  words: 1,
  minutes: 1,
  notes: [],
  here: [],
  undo: null,
  ...some,
});
