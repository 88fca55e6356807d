import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { wordWaits } from "../../src/article/saved-words";
import type { Standing } from "../../src/article/saver";
import { steady } from "../../src/article/steady";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function bar() {
  const shown: Standing[] = [];
  const word = steady<Standing>((standing) => void shown.push(standing), wordWaits);
  word.set("saved");
  return { shown, word };
}

test("a save that takes no time is not mentioned", () => {
  const { shown, word } = bar();
  word.set("saving");
  vi.advanceTimersByTime(500);
  word.set("saved");
  vi.advanceTimersByTime(5000);
  expect(shown).toEqual(["saved"]);
});

test("steady typing does not blink", () => {
  const { shown, word } = bar();
  for (let save = 0; save < 6; save++) {
    word.set("saving");
    vi.advanceTimersByTime(5000);
    word.set("saved");
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(5000);
  expect(shown).toEqual(["saved", "saving", "saved"]);
});

test("trouble is said at once", () => {
  const { shown, word } = bar();
  word.set("saving");
  word.set("device");
  expect(shown).toEqual(["saved", "device"]);
});
