import type { Papers } from "../api/types";

/** What stands in a search result or on a card: a field of its own, or what it falls back to. */
export interface Shared {
  title: string;
  text: string;
  picture: string | null;
}

export function inSearch(papers: Papers): Shared {
  return { title: papers.meta_title || papers.headline, text: papers.meta_description || papers.standfirst || "", picture: null };
}

/** Facebook, LinkedIn, WhatsApp, Mastodon: all that read the Open Graph. */
export function onCard(papers: Papers): Shared {
  return {
    title: papers.og_title || papers.meta_title || papers.headline,
    text: papers.og_description || papers.standfirst || papers.meta_description || "",
    picture: papers.og_image || papers.lead_picture?.src || null,
  };
}

export function onX(papers: Papers): Shared {
  const card = onCard(papers);
  return {
    title: papers.twitter_title || card.title,
    text: papers.twitter_description || card.text,
    picture: papers.twitter_image || card.picture,
  };
}
