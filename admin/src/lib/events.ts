// One line to the server for the whole desk: who is in which article, and what has changed. It opens with its first
// listener, closes with its last, and comes back by itself when it breaks.

import { readable, type Readable } from "svelte/store";
import type { Presence } from "../api/types";

export interface Changed {
  article: string;
  version: number;
  by: string;
}

const heard = new Set<(changed: Changed) => void>();
const seen = new Set<(all: ReadonlyMap<string, Presence[]>) => void>();
let present: ReadonlyMap<string, Presence[]> = new Map();
let line: EventSource | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let pause = 1000;

/** Who is in which article now, by the article's id; only articles that the server has spoken of. */
export const here: Readable<ReadonlyMap<string, Presence[]>> = readable(present, (set) => {
  set(present);
  return listen(seen, set);
});

/** Calls for each article that someone has saved; answers with how to stop. */
export const changed = (tell: (changed: Changed) => void): (() => void) => listen(heard, tell);

function listen<T>(ears: Set<T>, ear: T): () => void {
  ears.add(ear);
  if (!line && timer === undefined) open();
  return () => {
    ears.delete(ear);
    if (heard.size + seen.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
    line?.close();
    line = null;
  };
}

function open() {
  timer = undefined;
  line = new EventSource("/desk/api/events");
  line.addEventListener("open", () => (pause = 1000));
  line.addEventListener("here", (event) => {
    const { article, here } = JSON.parse(event.data) as { article: string; here: Presence[] };
    present = new Map(present).set(article, here);
    for (const tell of seen) tell(present);
  });
  line.addEventListener("changed", (event) => {
    const what = JSON.parse(event.data) as Changed;
    for (const tell of heard) tell(what);
  });
  line.addEventListener("error", () => {
    // A browser tries again by itself, unless the server answered with a refusal.
    if (line?.readyState !== EventSource.CLOSED) return;
    line = null;
    timer = setTimeout(open, pause);
    pause = Math.min(pause * 2, 60_000);
  });
}
