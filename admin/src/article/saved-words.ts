import type { Status } from "../api/types";
import type { Standing } from "./saver";

/** The key of the words that say where the text is. */
export function savedWords(standing: Standing, status: Status, hasChanges: boolean): string {
  switch (standing) {
    case "saved":
      return status !== "published" ? "article.saved" : hasChanges ? "article.saved_live_changes" : "article.saved_live";
    case "saving":
      return "article.saving";
    case "device":
      return "article.saved_device";
    case "held":
      return "article.saved_held";
    case "refused":
      return "article.saved_refused";
    case "nowhere":
      return "article.saved_nowhere";
  }
}

/** How long a new word waits before it shows: trouble at once, "Saving" when it takes a moment, "Saved" when it is quiet. */
export const wordWaits = (standing: Standing): number => (standing === "saving" ? 600 : standing === "saved" ? 1200 : 0);
