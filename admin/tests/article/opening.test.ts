import { expect, test } from "vitest";
import type { Draft } from "../../src/article/drafts";
import { opening } from "../../src/article/opening";
import { article, body, papers } from "./some";

const draft = (some: Partial<Draft>): Draft => ({ id: "a1", writer: "w", body: body("Mine."), papers: papers(), baseVersion: 1, baseBody: body("One."), basePapers: papers(), sent: null, at: 1, ...some });

test("a draft that the server has needs nothing", () => {
  expect(opening(article({ version: 2, body: body("Mine.") }), draft({})).draft).toBe("known");
});

test("a draft on the server's version is the newer text", () => {
  expect(opening(article(), draft({}))).toMatchObject({ draft: "newer", base: { version: 1 }, mine: { body: body("Mine.") } });
});

test("a draft whose save arrived before the page closed goes on from there", () => {
  const found = opening(article({ version: 2, body: body("Min") }), draft({ sent: { body: body("Min"), papers: papers() } }));
  expect(found).toMatchObject({ draft: "newer", base: { version: 2 }, mine: { body: body("Mine.") } });
});

test("where the server moved on, both texts meet from where the draft began", () => {
  const found = opening(article({ version: 2, body: body("Theirs.") }), draft({}));
  expect(found).toMatchObject({ draft: "apart", base: { version: 1, body: body("One.") }, mine: { body: body("Mine.") } });
});
