import type { Diff, DiffChange } from "../api/types";
import { threeWay, wordsOfBlock } from "../editor/merge";
import { printedField } from "./printed-field";
import { paperFields, sameField, type Working } from "./working";

/** What would change if a text that was set aside stood in the place of the one that stands. */
export function asideDiff(now: Working, aside: Working): Diff {
  const papers = paperFields(now.papers, aside.papers)
    .filter((field) => !sameField(now.papers[field], aside.papers[field]))
    .map((field) => ({ field, old: printedField(field, now.papers[field]), new: printedField(field, aside.papers[field]) }));
  const changes = threeWay(now.body, aside.body, now.body).flatMap<DiffChange>(({ change, base, mine }) => {
    if (change === "same") return { change: "same" };
    const gone: DiffChange[] = base ? [{ change: "removed", was: wordsOfBlock(base) }] : [];
    return mine ? [...gone, { change: "added", text: wordsOfBlock(mine) }] : gone;
  });
  return { papers, changes };
}
