import { readable, type Readable } from "svelte/store";
import type { Setting } from "../api/types";
import { get } from "../lib/api";
import { USUAL } from "./address";

/** The magazine's pattern of addresses; the usual one until it is known, and for those who may not see the settings. */
export function addressPattern(): Readable<string> {
  return readable(USUAL, (set) => {
    get<Setting[]>("/settings").then(
      (all) => {
        const value = all.find(({ name }) => name === "permalink")?.value;
        if (typeof value === "string" && value) set(value);
      },
      () => {},
    );
  });
}
