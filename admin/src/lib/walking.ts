// J and K, or the arrows, through the lines of a list: each line has one link marked `data-walk`, and Enter opens it.

import { t } from "../words";
import { answerTo } from "./shortcuts";

/** Where one was in each list, so that coming back to it goes on from there. */
const was = new Map<string, string | null>();

export function walking(list: () => HTMLElement | undefined, end?: () => void): () => void {
  function walk(by: number) {
    const all = [...(list()?.querySelectorAll<HTMLElement>("[data-walk]") ?? [])];
    const now = all.findIndex((it) => it === document.activeElement || it.closest("tr, li")?.contains(document.activeElement));
    const before = all.findIndex((it) => it.getAttribute("href") === was.get(location.pathname));
    const next = now < 0 ? Math.max(before, 0) : Math.min(Math.max(now + by, 0), all.length - 1);
    all[next]?.focus();
    was.set(location.pathname, all[next]?.getAttribute("href") ?? null);
    all[next]?.scrollIntoView({ block: "nearest" });
    if (next > all.length - 4) end?.();
  }

  return answerTo([
    { keys: "j", says: t("shell.key_next"), act: () => walk(1) },
    { keys: "k", says: t("shell.key_previous"), act: () => walk(-1) },
    { keys: "ArrowDown", says: t("shell.key_next"), act: () => walk(1) },
    { keys: "ArrowUp", says: t("shell.key_previous"), act: () => walk(-1) },
  ]);
}
