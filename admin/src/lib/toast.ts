// Short messages that go away by themselves. What can be undone is done at once and offers its undoing here.

import { writable } from "svelte/store";

export interface Toast {
  number: number;
  text: string;
  wrong: boolean;
  undo: (() => void) | null;
}

export const toasts = writable<Toast[]>([]);

let count = 0;

/** Says something in passing; with `undo`, for ten seconds unless told otherwise. */
export function toast(text: string, { undo, seconds, wrong = false }: { undo?: () => void; seconds?: number; wrong?: boolean } = {}) {
  const number = ++count;
  toasts.update((all) => [...all.slice(-2), { number, text, wrong, undo: undo ?? null }]);
  setTimeout(() => dismiss(number), 1000 * (seconds ?? (undo || wrong ? 10 : 5)));
}

/** Says what went wrong, in the server's words. */
export function complain(error: unknown) {
  toast(error instanceof Error ? error.message : String(error), { wrong: true });
}

export function dismiss(number: number) {
  toasts.update((all) => all.filter((it) => it.number !== number));
}
