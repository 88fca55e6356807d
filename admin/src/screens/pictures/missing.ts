import type { Picture } from "../../api/types";

/** What a picture still needs before it may be printed. */
export function missing(picture: Picture): ("alt" | "credit" | "licence")[] {
  const all: ("alt" | "credit" | "licence")[] = [];
  if (!picture.alt?.trim()) all.push("alt");
  if (!picture.credit?.text.trim()) all.push("credit");
  if (!picture.credit?.licence) all.push("licence");
  return all;
}
