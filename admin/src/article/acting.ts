import type { Article } from "../api/types";
import { complain, toast } from "../lib/toast";
import { t } from "../words";
import { NotSaved } from "./saver";
import type { OpenArticle } from "./open.svelte";

/** Does an act and says so, with its undoing where the server grants one. True when it was done. */
export async function actAndSay(open: OpenArticle, path: string, body: Record<string, unknown>, says: string): Promise<boolean> {
  try {
    sayWithUndo(open, await open.act(path, body), says);
    return true;
  } catch (error) {
    complain(reasonOf(error));
    return false;
  }
}

export function sayWithUndo(open: OpenArticle, { undo }: Article, says: string): void {
  const seconds = undo ? Math.floor((undo.until - Date.now()) / 1000) : 0;
  if (seconds <= 0) return toast(says);
  toast(says, { seconds, undo: () => void actAndSay(open, "/undo", {}, t("article.undone")) });
}

/** Why something did not happen, as a sentence for a person. */
export function reasonOf(error: unknown): unknown {
  if (!(error instanceof NotSaved)) return error;
  return new Error(t(error.standing === "held" ? "article.first_choose" : "article.first_save"));
}
