import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refused } from "../../src/api/client";
import type { Checked } from "../../src/api/types";
import { Checker } from "../../src/article/checker";
import { body, papers } from "./some";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function desk() {
  const asked: { body: unknown; signal: AbortSignal; answer: (checked: Checked) => void; refuse: (error: unknown) => void }[] = [];
  const shown: Checked[] = [];
  const failed: string[] = [];
  const checker = new Checker({
    id: "a1",
    read: () => ({ body: body("One."), papers: papers() }),
    ask: (_path, sent, signal) => new Promise((answer, refuse) => void asked.push({ body: sent, signal, answer, refuse })),
    checked: (checked) => void shown.push(checked),
    failed: (message) => void failed.push(message),
  });
  return { asked, shown, failed, checker };
}

const CHECKED: Checked = { findings: [], statements: [], words: 1, minutes: 1 };

test("the text is checked once typing has paused", async () => {
  const { asked, checker, shown } = desk();
  checker.changed();
  await vi.advanceTimersByTimeAsync(300);
  checker.changed();
  await vi.advanceTimersByTimeAsync(399);
  expect(asked.length).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked.length).toBe(1);
  asked[0]!.answer(CHECKED);
  await vi.advanceTimersByTimeAsync(0);
  expect(shown).toEqual([CHECKED]);
});

test("an answer about words that have changed since is not shown", async () => {
  const { asked, checker, shown } = desk();
  checker.changed();
  await vi.advanceTimersByTimeAsync(400);
  checker.changed();
  expect(asked[0]!.signal.aborted).toBe(true);
  asked[0]!.answer(CHECKED);
  await vi.advanceTimersByTimeAsync(0);
  expect(shown).toEqual([]);
});

test("a check that the server could not make says why", async () => {
  const { asked, checker, failed } = desk();
  const checking = checker.now();
  asked[0]!.refuse(new Refused(0, { error: "offline", message: "The server does not answer." }));
  expect(await checking).toBe(null);
  expect(failed).toEqual(["The server does not answer."]);
});
