import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { beforeAll, expect, test } from "vitest";
import { Drafts, type Draft } from "../../src/article/drafts";
import { body, papers } from "./some";

beforeAll(() => void Object.assign(globalThis, { IDBKeyRange }));

const draft = (some: Partial<Draft> = {}): Draft => ({
  id: "a1",
  writer: "w1",
  body: body("Mine."),
  papers: papers(),
  baseVersion: 1,
  baseBody: body("One."),
  basePapers: papers(),
  sent: null,
  at: 1,
  ...some,
});

test("a draft that was kept is there when the browser starts again", async () => {
  const device = new IDBFactory();
  await new Drafts(device).keep(draft());
  expect(await new Drafts(device).left("a1", new Set())).toEqual([draft()]);
});

test("a later draft of the same page takes the place of the earlier", async () => {
  const drafts = new Drafts(new IDBFactory());
  await drafts.keep(draft());
  await drafts.keep(draft({ body: body("Mine, longer.") }));
  expect((await drafts.left("a1", new Set())).map((left) => left.body)).toEqual([body("Mine, longer.")]);
});

test("two windows on one article do not write over each other; the newest comes first", async () => {
  const drafts = new Drafts(new IDBFactory());
  await drafts.keep(draft({ at: 1 }));
  await drafts.keep(draft({ writer: "w2", at: 2 }));
  expect((await drafts.left("a1", new Set())).map(({ writer }) => writer)).toEqual(["w2", "w1"]);
});

test("what a window that is still open writes is not taken from it", async () => {
  const drafts = new Drafts(new IDBFactory());
  await drafts.keep(draft());
  expect(await drafts.left("a1", new Set(["w1"]))).toEqual([]);
});

test("another article's drafts are not ours", async () => {
  const drafts = new Drafts(new IDBFactory());
  await drafts.keep(draft({ id: "a10" }));
  await drafts.keep(draft({ id: "a" }));
  expect(await drafts.left("a1", new Set())).toEqual([]);
});

test("a draft that the server has is dropped", async () => {
  const drafts = new Drafts(new IDBFactory());
  await drafts.keep(draft());
  await drafts.drop("a1", "w1");
  expect(await drafts.left("a1", new Set())).toEqual([]);
});
