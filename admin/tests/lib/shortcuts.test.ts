// @vitest-environment jsdom

import { afterEach, beforeEach, expect, test } from "vitest";
import { answerTo, listenToKeys } from "../../src/lib/shortcuts";

let stop: () => void;
let done: string[];
beforeEach(() => {
  done = [];
  stop = listenToKeys();
});
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

const on = (...keys: string[]) => answerTo(keys.map((it) => ({ keys: it, says: it, act: () => done.push(it) })));
const press = (key: string, init: KeyboardEventInit = {}, at: EventTarget = document.body) =>
  at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));

test("a key acts, and no longer when its screen has gone", () => {
  const off = on("n");
  press("n");
  off();
  press("n");
  expect(done).toEqual(["n"]);
});

test("two keys act one after the other", () => {
  const off = on("g d", "d");
  press("g");
  press("d");
  press("d");
  expect(done).toEqual(["g d", "d"]);
  off();
});

test("typing is no command, unless Ctrl is held", () => {
  const off = on("n", "Mod+k");
  const field = document.body.appendChild(document.createElement("input"));
  press("n", {}, field);
  press("k", { ctrlKey: true }, field);
  expect(done).toEqual(["Mod+k"]);
  off();
});

test("a box to tick is nothing to type in", () => {
  const off = on("x");
  const box = document.body.appendChild(document.createElement("input"));
  box.type = "checkbox";
  press("x", {}, box);
  expect(done).toEqual(["x"]);
  off();
});

test("the shift key is part of a letter's name, not of a sign's", () => {
  const off = on("Shift+x", "?");
  press("X", { shiftKey: true });
  press("?", { shiftKey: true });
  expect(done).toEqual(["Shift+x", "?"]);
  off();
});
