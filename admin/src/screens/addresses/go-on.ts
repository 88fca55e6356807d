import { tick } from "svelte";

/**
 * Once a line of a list has gone, the focus goes to the one that stands there now, or else to the heading. It goes to no
 * button: a key that is held down does nothing more.
 */
export async function goOn(rows: HTMLElement, place: number) {
  await tick();
  const next = rows.children[Math.min(place, rows.children.length - 1)] ?? document.querySelector("h1");
  if (next instanceof HTMLElement) next.focus();
}
