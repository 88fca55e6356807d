// Who sits at this desk.

import { get as valueOf, writable } from "svelte/store";
import { get } from "../api/client";
import type { Me, Role } from "../api/types";
import { ofMagazine } from "./route";

/** Set before the first screen is shown. */
export const me = writable<Me>();

export async function learnWhoIAm(): Promise<Me> {
  const found = await get<Me>("/me");
  me.set(found);
  ofMagazine(found.magazine.title);
  return found;
}

/** Owners and editors run the newsroom; authors and contributors write. */
export const runs = (role: Role) => role === "owner" || role === "editor";

/** The zone of the magazine's clock, in which times are shown. */
export const zone = () => valueOf(me)?.magazine.timezone;
