import type { Article } from "../api/types";
import { draftBase, type Draft } from "./drafts";
import { baseOf, sameWorking, type Base, type Working } from "./working";

/** What to do with a draft that this device kept, when its article is opened again. */
export type Opening =
  /** The server has it all. */
  | { draft: "known" }
  /** Nobody changed the article since: the draft is the newer text. */
  | { draft: "newer"; base: Base; mine: Working }
  /** Both went on. */
  | { draft: "apart"; base: Base; mine: Working };

export function opening(article: Article, draft: Draft): Opening {
  const mine: Working = { body: draft.body, papers: draft.papers };
  if (sameWorking(mine, article)) return { draft: "known" };
  if (draft.baseVersion === article.version) return { draft: "newer", base: baseOf(article), mine };
  // What was on its way when the page closed did arrive.
  if (draft.sent && sameWorking(draft.sent, article)) return { draft: "newer", base: baseOf(article), mine };
  return { draft: "apart", base: draftBase(draft), mine };
}
