import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { beforeAll, expect, test } from "vitest";
import { Drafts, MOST_ASIDE, type Draft } from "../../src/article/drafts";
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

test("what was set aside is there when the browser starts again; the oldest goes", async () => {
  const device = new IDBFactory();
  const drafts = new Drafts(device);
  for (let at = 1; at <= MOST_ASIDE + 3; at++) await drafts.setAside({ id: "a1", key: `k${at}`, body: body("One."), papers: papers(), by: null, at });
  await drafts.setAside({ id: "a2", key: "k", body: body("Two."), papers: papers(), by: "Tom", at: 0 });
  const kept = await new Drafts(device).aside("a1");
  expect(kept.map(({ at }) => at)).toEqual(Array.from({ length: MOST_ASIDE }, (_, i) => MOST_ASIDE + 3 - i));
  await drafts.dropAside("a1", kept[0]!.key);
  expect(await drafts.aside("a1")).toHaveLength(MOST_ASIDE - 1);
  expect(await drafts.left("a1", new Set())).toEqual([]);
});
