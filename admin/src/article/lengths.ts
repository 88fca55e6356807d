// How long a text may be before a search engine, a feed or a card cuts it; counted in characters, as they do roughly.

export interface Length {
  count: number;
  limit: number;
  fits: "empty" | "well" | "long";
}

export const LIMITS = {
  headline: 90,
  standfirst: 220,
  meta_title: 60,
  meta_description: 155,
  og_title: 70,
  og_description: 200,
  twitter_title: 70,
  twitter_description: 200,
} as const;

export function lengthOf(text: string, limit: number): Length {
  const count = [...text].length;
  return { count, limit, fits: count === 0 ? "empty" : count > limit ? "long" : "well" };
}

/** The text as it would be cut: at a word, with an ellipsis. */
export function cut(text: string, limit: number): string {
  const letters = [...text];
  if (letters.length <= limit) return text;
  const head = letters.slice(0, limit - 1).join("");
  const space = head.lastIndexOf(" ");
  return `${(space > limit / 2 ? head.slice(0, space) : head).replace(/[\s,;:–—-]+$/, "")}…`;
}
