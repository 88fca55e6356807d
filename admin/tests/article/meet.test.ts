import { expect, test } from "vitest";
import { clashingRows, leftOut, meet, openChoices, settled } from "../../src/article/meet";
import { meetPapers } from "../../src/article/meet-papers";
import { body, papers, paragraphs } from "./some";

const LONG = ["The chancellor spoke for an hour.", "The opposition answered in anger.", "The markets did not move at all."];
const working = (text: string[], some = {}) => ({ body: body(...text), papers: papers(some) });

test("changes in different paragraphs merge without a question", () => {
  const meeting = meet(working(LONG), working([LONG[0]!, LONG[1]!, "The markets did not move at all on Friday."]), working(["The chancellor spoke for an hour and a half.", LONG[1]!, LONG[2]!]));
  expect(openChoices(meeting)).toBe(0);
  expect(paragraphs(settled(meeting).body)).toEqual(["The chancellor spoke for an hour and a half.", LONG[1], "The markets did not move at all on Friday."]);
});

test("a paragraph that both changed waits for a choice; without one both stay", () => {
  const mine = ["The chancellor spoke for two hours.", LONG[1]!, LONG[2]!];
  const theirs = ["The chancellor spoke for three hours.", LONG[1]!, LONG[2]!];
  const meeting = meet(working(LONG), working(mine), working(theirs));
  expect(clashingRows(meeting)).toEqual([0]);
  expect(paragraphs(settled(meeting).body)).toEqual([mine[0], theirs[0], LONG[1], LONG[2]]);
  expect(paragraphs(settled(meeting, { rows: { 0: "theirs" }, fields: {} }).body)).toEqual(theirs);
});

test("a field that one side changed is taken from that side", () => {
  const { papers: met, clashes } = meetPapers(papers(), papers({ headline: "Budget night" }), papers({ section: "money" }));
  expect(clashes).toEqual([]);
  expect(met).toEqual(papers({ headline: "Budget night", section: "money" }));
});

test("a field that both changed waits for a choice, and is theirs until then", () => {
  const meeting = meet(working(LONG), working(LONG, { headline: "Mine" }), working(LONG, { headline: "Theirs" }));
  expect(meeting.clashes).toEqual([{ field: "headline", base: "Budget day", mine: "Mine", theirs: "Theirs" }]);
  expect(settled(meeting).papers.headline).toBe("Theirs");
  expect(settled(meeting, { rows: {}, fields: { headline: "mine" } }).papers.headline).toBe("Mine");
});

test("tags keep the additions and the removals of both", () => {
  const [nato, money, trains, farms] = ["Nato", "Money", "Trains", "Farms"].map((name, at) => ({ id: `t${at}`, name }));
  const { papers: met, clashes } = meetPapers(papers({ tags: [nato!, money!] }), papers({ tags: [money!, trains!] }), papers({ tags: [nato!, money!, farms!] }));
  expect(clashes).toEqual([]);
  expect(met.tags.map(({ name }) => name)).toEqual(["Money", "Farms", "Trains"]);
});

test("a tag made by name is the tag that the server gave an id", () => {
  const made = { id: null, name: "Nato" };
  const { papers: met } = meetPapers(papers({ tags: [made] }), papers({ tags: [made] }), papers({ tags: [{ id: "t1", name: "Nato" }] }));
  expect(met.tags).toEqual([{ id: "t1", name: "Nato" }]);
});

test("a field that a newer server knows is kept", () => {
  const theirs = { ...papers(), mood: "grave" };
  expect(meetPapers(papers(), papers({ headline: "Mine" }), theirs).papers).toEqual({ ...theirs, headline: "Mine" });
});

test("fields that a body holds beside its blocks stay as ours", () => {
  const with_root = (text: string) => ({ body: JSON.stringify({ ...JSON.parse(body(text)), root: { ...JSON.parse(body(text)).root, direction: "rtl", later: 1 }, notes: [2] }), papers: papers() });
  const meeting = meet(with_root("One."), with_root("One, mine."), { body: body("One."), papers: papers() });
  const { root, notes } = JSON.parse(settled(meeting).body);
  expect([root.direction, root.later, notes]).toEqual(["rtl", 1, [2]]);
  expect(paragraphs(settled(meeting).body)).toEqual(["One, mine."]);
});

test("whose words a choice leaves out", () => {
  const meeting = meet(working(LONG), working(["The chancellor spoke for two hours.", LONG[1]!, LONG[2]!], { headline: "Mine" }), working(["The chancellor spoke for three hours.", LONG[1]!, LONG[2]!], { headline: "Theirs" }));
  expect(leftOut(meeting, { rows: { 0: "mine" }, fields: { headline: "mine" } })).toEqual({ mine: false, theirs: true });
  expect(leftOut(meeting, { rows: { 0: "theirs" }, fields: { headline: "theirs" } })).toEqual({ mine: true, theirs: false });
  expect(leftOut(meeting, { rows: { 0: "both" }, fields: { headline: "theirs" } })).toEqual({ mine: true, theirs: false });
  expect(leftOut(meeting, { rows: { 0: "both" }, fields: { headline: "mine" } })).toEqual({ mine: false, theirs: true });
});
