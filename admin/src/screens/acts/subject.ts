import type { Act } from "../../api/types";
import { at } from "../../lib/route";

const OF_ARTICLES = [
  "created",
  "edited",
  "published",
  "scheduled",
  "withdrawn",
  "unpublished",
  "moved",
  "corrected",
  "imported",
  "handed on",
  "named",
  "restored",
  "undone",
  "ignored",
  "heeded",
];

/** Where the subject of an act is shown, where it still is. */
export function subjectLink({ verb, subject, subject_name }: Act): string | null {
  return OF_ARTICLES.includes(verb) && subject_name ? at("articles", subject) : null;
}
