// The licence catalogue, asked for once.

import type { Licence } from "../../api/types";
import { get } from "../../lib/api";

let asked: Promise<Licence[]> | null = null;

export function licences(): Promise<Licence[]> {
  asked ??= get<Licence[]>("/licences").catch((error) => {
    asked = null;
    throw error;
  });
  return asked;
}
