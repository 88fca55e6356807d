import { describe, expect, test } from "vitest";
import { merged, threeWay, wordsOfBlock, type Choice } from "../../src/editor/merge";

const body = (...texts: string[]) =>
  JSON.stringify({ root: { children: texts.map((text) => ({ type: "paragraph", version: 1, children: [{ type: "extended-text", text }] })), type: "root", version: 1 } });

function meet(base: string[], mine: string[], theirs: string[], choices: Record<number, Choice> = {}) {
  const rows = threeWay(body(...base), body(...mine), body(...theirs));
  const { root } = JSON.parse(merged(rows, choices, body(...mine))) as { root: { children: unknown[] } };
  return { asked: rows.filter((row) => row.change === "both").length, texts: root.children.map(wordsOfBlock), rows };
}

const [A, B, C, D] = ["the harbour was closed at noon", "ships waited outside the wall", "the mayor spoke to the crews", "rain fell until the evening"];

describe("changes in different blocks meet without asking", () => {
  test.each([
    ["one block each", [A, B, C], [`${A} sharp`, B, C], [A, B, `${C} twice`], [`${A} sharp`, B, `${C} twice`]],
    ["neighbours", [A, B], [`${A} sharp`, B], [A, `${B} all day`], [`${A} sharp`, `${B} all day`]],
    ["one adds, one changes", [A, B], [A, D, B], [A, `${B} all day`], [A, D, `${B} all day`]],
    ["one takes out, one changes another", [A, B, C], [A, C], [A, B, `${C} twice`], [A, `${C} twice`]],
    ["both add at one place", [A, B], [A, C, B], [A, D, B], [A, C, D, B]],
    ["both add the same", [A, B], [A, C, B], [A, C, B], [A, C, B]],
    ["both make the same change", [A, B], [`${A} sharp`, B], [`${A} sharp`, B], [`${A} sharp`, B]],
    ["both take out the same", [A, B], [A], [A], [A]],
    ["nothing was there", [], [A], [B], [A, B]],
    ["one starts anew", [A, B], [C, D], [A, B], [C, D]],
  ])("%s", (_, base, mine, theirs, wanted) => {
    expect(meet(base, mine, theirs)).toMatchObject({ asked: 0, texts: wanted });
  });
});

describe("a block that both changed is asked about", () => {
  const base = [A, B, C];
  const mine = [A, `${B} for hours`, C];
  const theirs = [A, `${B} for days`, C];

  test("without an answer both stay", () => {
    expect(meet(base, mine, theirs)).toMatchObject({ asked: 1, texts: [A, `${B} for hours`, `${B} for days`, C] });
  });
  test.each([["mine", `${B} for hours`], ["theirs", `${B} for days`], ["base", B]] as const)("%s", (choice, text) => {
    expect(meet(base, mine, theirs, { 1: choice }).texts).toEqual([A, text, C]);
  });
  test("also where one of them took it out", () => {
    expect(meet(base, [A, C], theirs)).toMatchObject({ asked: 1, texts: [A, `${B} for days`, C] });
    expect(meet(base, [A, C], theirs, { 1: "mine" }).texts).toEqual([A, C]);
  });
});

test("whatever three people write, no block of mine or theirs is lost", () => {
  let seed = 7;
  const random = (below: number) => ((seed = (seed * 1103515245 + 12345) % 2147483648), seed % below);
  const pool = [A, B, C, D, "a", "b", "", `${A} again`, `${B} again`];
  const some = () => Array.from({ length: random(6) }, () => pool[random(pool.length)]!);
  for (let round = 0; round < 2000; round += 1) {
    const [base, mine, theirs] = [some(), some(), some()];
    const { rows } = meet(base, mine, theirs);
    expect(rows.flatMap((row) => (row.mine ? [wordsOfBlock(row.mine)] : []))).toEqual(mine);
    const ofTheirs = rows.filter((row) => row.theirs).map((row) => wordsOfBlock(row.theirs));
    expect(ofTheirs).toEqual(theirs);
  }
});
