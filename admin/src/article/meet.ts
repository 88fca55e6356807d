import type { Papers } from "../api/types";
import { merged, threeWay, type Choice, type MergeRow } from "../editor/merge";
import { meetPapers, type Field, type FieldClash } from "./meet-papers";
import type { Working } from "./working";

/** Two texts that grew from one: what merges by itself, and what a person must choose. */
export interface Meeting {
  rows: MergeRow[];
  /** Ours, for what the body holds beside its blocks. */
  body: string;
  papers: Papers;
  clashes: FieldClash[];
}

/** What a person chose: by the number of the row, and by field. */
export interface Choices {
  rows: Record<number, Choice>;
  fields: Partial<Record<Field, "mine" | "theirs">>;
}

export function meet(base: Working, mine: Working, theirs: Working): Meeting {
  return { rows: threeWay(base.body, mine.body, theirs.body), body: mine.body, ...meetPapers(base.papers, mine.papers, theirs.papers) };
}

/** The numbers of the rows that both changed. */
export const clashingRows = ({ rows }: Meeting) => rows.flatMap(({ change }, number) => (change === "both" ? [number] : []));

/** How many choices a person has to make. */
export const openChoices = (meeting: Meeting) => clashingRows(meeting).length + meeting.clashes.length;

/** The text that both become. A row without a choice keeps the words of both; a field stays as theirs. */
export function settled(meeting: Meeting, choices: Choices = { rows: {}, fields: {} }): Working {
  const papers = { ...meeting.papers } as unknown as Record<string, unknown>;
  for (const { field, mine } of meeting.clashes) if (choices.fields[field] === "mine") papers[field] = mine;
  return { body: merged(meeting.rows, choices.rows, meeting.body), papers: papers as unknown as Papers };
}

/** Of whom something is not in the text that both become. */
export function leftOut(meeting: Meeting, { rows, fields }: Choices): { mine: boolean; theirs: boolean } {
  const chosen = [...clashingRows(meeting).map((row) => rows[row] ?? "both"), ...meeting.clashes.map(({ field }) => fields[field] ?? "theirs")];
  const without = (side: "mine" | "theirs") => chosen.some((choice) => choice !== side && choice !== "both");
  return { mine: without("mine"), theirs: without("theirs") };
}
