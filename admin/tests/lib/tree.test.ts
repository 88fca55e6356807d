import { expect, test } from "vitest";
import type { Section } from "../../src/api/types";
import { inOrder, isWithin, slugOf, swapped } from "../../src/screens/sections/tree";

const section = (path: string, position: number): Section => ({ path, name: path, description: null, position, articles: 0, url: `/${path}/` });
const all = [section("culture", 1), section("politics/europe", 0), section("politics", 0), section("lost/child", 0)];

test("sections stand below their parents, in their order, and none is lost", () => {
  expect(inOrder(all).map((it) => it.path)).toEqual(["politics", "politics/europe", "culture", "lost/child"]);
});

test("moving one up changes the positions of two", () => {
  expect(swapped(all, "culture", -1).map((it) => `${it.path} ${it.position}`)).toEqual(["culture 0", "politics 1"]);
});

test("the first cannot go further up", () => {
  expect(swapped(all, "politics", -1)).toEqual([]);
});

test("a section lies within itself and its parents, not beside them", () => {
  expect(isWithin("politics/europe", "politics")).toBe(true);
  expect(isWithin("politics", "politics")).toBe(true);
  expect(isWithin("politics-now", "politics")).toBe(false);
});

test("a name suggests an address", () => {
  expect(slugOf("Österreich & Europa: Straßen")).toBe("oesterreich-europa-strassen");
  expect(slugOf("Café Society")).toBe("cafe-society");
});
