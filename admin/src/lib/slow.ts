// Nothing says "one moment" for what is there in a moment: a sign of waiting shows after 300 ms only.

import { readable, type Readable } from "svelte/store";

/** Turns true when it has taken longer than one notices; false again when the work, if it is given, is done. */
export function slow(work?: Promise<unknown>, after = 300): Readable<boolean> {
  return readable(false, (set) => {
    const timer = setTimeout(() => set(true), after);
    const done = () => {
      clearTimeout(timer);
      set(false);
    };
    work?.then(done, done);
    return () => clearTimeout(timer);
  });
}
