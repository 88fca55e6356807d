import { expect, test } from "vitest";
import type { Finding, Place } from "../../src/api/types";
import { mainAct, menuActs } from "../../src/article/acts";
import { pathOf, slugOf, USUAL } from "../../src/article/address";
import { sureness } from "../../src/article/confidence";
import { bySeverity, countOpen, fieldOf, isMark } from "../../src/article/findings";
import { cut, lengthOf } from "../../src/article/lengths";
import { savedWords } from "../../src/article/saved-words";
import { inSearch, onCard, onX } from "../../src/article/sharing";
import { changedWords } from "../../src/article/word-runs";
import { clockIn, dayIn, momentIn } from "../../src/article/zone";
import { papers } from "./some";

const ALL = { edit: true, publish: true, review: true, delete: true };
const WRITER = { edit: true, publish: false, review: true, delete: false };

test("the main button is the next step of this person", () => {
  expect(mainAct({ status: "draft", may: WRITER }, false)).toBe("review");
  expect(mainAct({ status: "draft", may: ALL }, false)).toBe("publish");
  expect(mainAct({ status: "in review", may: ALL }, false)).toBe("ready");
  expect(mainAct({ status: "in review", may: WRITER }, false)).toBe(null);
  expect(mainAct({ status: "ready", may: ALL }, false)).toBe("publish");
  expect(mainAct({ status: "scheduled", may: ALL }, false)).toBe("reschedule");
  expect(mainAct({ status: "published", may: ALL }, false)).toBe(null);
  expect(mainAct({ status: "published", may: ALL }, true)).toBe("changes");
});

test("the menu holds what else can be done, and the main act not twice", () => {
  expect(menuActs({ status: "draft", may: ALL }, false)).toEqual(["review", "ready", "schedule", "delete"]);
  expect(menuActs({ status: "draft", may: WRITER }, false)).toEqual([]);
  expect(menuActs({ status: "in review", may: WRITER }, false)).toEqual(["draft"]);
  expect(menuActs({ status: "published", may: ALL }, true)).toEqual(["discard", "withdraw"]);
  expect(menuActs({ status: "scheduled", may: ALL }, false)).toEqual(["publish", "unschedule"]);
});

const at = (path: number[], start: number): Place => ({ path, start, end: start + 1 });
const finding = (some: Partial<Finding>): Finding => ({ kind: "double-word", severity: "should", message: "Twice.", place: null, exact: null, fix: null, ignored: null, ...some });

test("findings stand by severity, then in the order of the text, the whole article's first", () => {
  const findings = [
    finding({ severity: "note" }),
    finding({ severity: "must", place: at([2], 0) }),
    finding({ severity: "must", place: at([0, 1], 9) }),
    finding({ severity: "must", place: at([0, 1], 3) }),
    finding({ severity: "must" }),
    finding({ severity: "must", ignored: { reason: "House style.", by: "Tom", at: 0 } }),
  ];
  expect(bySeverity(findings)).toEqual([
    { severity: "must", numbers: [4, 3, 2, 1] },
    { severity: "note", numbers: [0] },
  ]);
  expect(countOpen(findings)).toEqual({ must: 4, should: 0, note: 1 });
});

test("a finding about the whole article leads to its field, one about words to the words", () => {
  expect(fieldOf(finding({ kind: "no-section" }))).toBe("section");
  expect(fieldOf(finding({ kind: "no-byline" }))).toBe("authors");
  expect(fieldOf(finding({ kind: "image-no-alt", place: at([3], 0) }))).toBe(null);
  expect(fieldOf(finding({ kind: "from-a-newer-server" }))).toBe(null);
});

test("a quotation mark is one that can be mended", () => {
  const fix = { place: at([0], 0), replace: "“" };
  expect(isMark(finding({ kind: "mark-missing-open", fix }))).toBe(true);
  expect(isMark(finding({ kind: "mark-missing-open" }))).toBe(false);
  expect(isMark(finding({ kind: "double-word", fix }))).toBe(false);
});

test("an address follows the magazine's pattern, and leaves no empty segment", () => {
  const zone = "Europe/London";
  const when = Date.parse("2025-06-30T23:30:00Z");
  const of = (pattern: string, some = {}, kind: "article" | "page" = "article") => pathOf(pattern, { id: "a1", kind, papers: papers(some) }, when, zone);
  expect(of(USUAL)).toBe("/politics/budget-day/");
  expect(of(USUAL, { section: null })).toBe("/budget-day/");
  expect(of("/{year}/{month}/{day}/{slug}/")).toBe("/2025/07/01/budget-day/");
  expect(of(USUAL, { slug: "", headline: "Zürich: “Wir zahlen nicht”" })).toBe("/politics/zurich-wir-zahlen-nicht/");
  expect(of(USUAL, {}, "page")).toBe("/budget-day/");
});

test("a slug is made of a headline's letters", () => {
  expect(slugOf("Ukraine’s head: peace?")).toBe("ukraines-head-peace");
  expect(slugOf("Straße nach Łódź")).toBe("strasse-nach-łodz");
});

test("a moment is read in the magazine's zone, whatever the season", () => {
  expect(momentIn("2026-01-15", "09:00", "Europe/London")).toBe(Date.parse("2026-01-15T09:00:00Z"));
  expect(momentIn("2026-07-15", "09:00", "Europe/London")).toBe(Date.parse("2026-07-15T08:00:00Z"));
  expect(momentIn("2026-07-15", "09:00", "Asia/Kolkata")).toBe(Date.parse("2026-07-15T03:30:00Z"));
  expect(momentIn("", "09:00", "Europe/London")).toBe(null);
});

test("the hour that summer time leaves out is the one after, the hour that comes twice its first coming", () => {
  expect(momentIn("2026-03-29", "01:30", "Europe/London")).toBe(Date.parse("2026-03-29T01:30:00Z"));
  expect(clockIn(Date.parse("2026-03-29T01:30:00Z"), "Europe/London")).toBe("02:30");
  expect(momentIn("2026-10-25", "01:30", "Europe/London")).toBe(Date.parse("2026-10-25T00:30:00Z"));
});

test("a day and an hour come back as they were written", () => {
  const moment = momentIn("2026-11-28", "00:05", "America/New_York")!;
  expect([dayIn(moment, "America/New_York"), clockIn(moment, "America/New_York")]).toEqual(["2026-11-28", "00:05"]);
});

test("lengths are counted in letters as people see them, and cut at a word", () => {
  expect(lengthOf("", 10).fits).toBe("empty");
  expect(lengthOf("👍👍", 2)).toEqual({ count: 2, limit: 2, fits: "well" });
  expect(lengthOf("three", 2).fits).toBe("long");
  expect(cut("A sentence, that goes on", 13)).toBe("A sentence…");
  expect(cut("Short", 13)).toBe("Short");
});

test("what is not written for a card follows from the headline and the standfirst", () => {
  const some = papers({ standfirst: "What is new.", meta_title: "For search", og_title: "For cards" });
  expect(inSearch(some)).toEqual({ title: "For search", text: "What is new.", picture: null });
  expect(onCard(some)).toEqual({ title: "For cards", text: "What is new.", picture: null });
  expect(onX(some).title).toBe("For cards");
});

test("the bar says in words where the text is", () => {
  expect(savedWords("saved", "draft", false)).toBe("article.saved");
  expect(savedWords("saved", "published", true)).toBe("article.saved_live_changes");
  expect(savedWords("device", "published", true)).toBe("article.saved_device");
});

test("confidence has a word", () => {
  expect([0.97, 0.75, 0.5, 0.2].map(sureness)).toEqual(["certain", "likely", "doubtful", "guess"]);
});

test("the words that are new in a text are marked", () => {
  expect(changedWords("The next round is planned.", "The next round, in Geneva, is planned.")).toEqual([
    { text: "The next ", changed: false },
    { text: "round, in Geneva, ", changed: true },
    { text: "is planned.", changed: false },
  ]);
  expect(changedWords("", "All new.")).toEqual([{ text: "All new.", changed: true }]);
  expect(changedWords("Gone.", "")).toEqual([]);
});
