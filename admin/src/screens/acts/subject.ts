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

const OF_PICTURES = ["uploaded", "described"];

/** Whether an act is one upon a picture, which has no headline to be called by. */
export const isOfPicture = ({ verb }: Act) => OF_PICTURES.includes(verb);

/** A subject that has no name and no words of the desk: an address as it is asked for, everything else as the server writes it. */
export const plainSubject = ({ subject }: Act) => subject.replace(/^(address|import):/, "");

/** Where the subject of an act is shown, where it still is. */
export function subjectLink(act: Act): string | null {
  const { verb, subject, subject_name } = act;
  if (isOfPicture(act)) return at("pictures", subject);
  return OF_ARTICLES.includes(verb) && subject_name ? at("articles", subject) : null;
}
