import type { NamedRef, Papers } from "../api/types";
import { paperFields, sameField } from "./working";

export type Field = keyof Papers;

/** A field that two people changed in different ways. */
export interface FieldClash {
  field: Field;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

/**
 * Papers field by field: what one side changed is taken, lists of names keep the additions and removals of both, and
 * what both wrote differently is left to a person (until then it is as theirs).
 */
export function meetPapers(base: Papers, mine: Papers, theirs: Papers): { papers: Papers; clashes: FieldClash[] } {
  const papers: Record<string, unknown> = { ...theirs };
  const clashes: FieldClash[] = [];
  for (const field of paperFields(base, mine, theirs)) {
    const [was, my, their] = [base[field], mine[field], theirs[field]];
    if (sameField(my, was) || sameField(my, their)) continue;
    if (sameField(their, was)) papers[field] = my;
    else if (isNames(was) && isNames(my) && isNames(their)) papers[field] = meetNames(was, my, their);
    else clashes.push({ field, base: was, mine: my, theirs: their });
  }
  return { papers: papers as unknown as Papers, clashes };
}

const isNames = (value: unknown): value is NamedRef[] => Array.isArray(value);
const holds = (names: NamedRef[], name: NamedRef) => names.some((other) => sameField(other, name));

function meetNames(base: NamedRef[], mine: NamedRef[], theirs: NamedRef[]): NamedRef[] {
  const kept = theirs.filter((name) => holds(mine, name) || !holds(base, name));
  return [...kept, ...mine.filter((name) => !holds(base, name) && !holds(theirs, name))];
}
