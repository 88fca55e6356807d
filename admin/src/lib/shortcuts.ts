// The keys of the desk. Whoever answers to a key writes it down here; the sheet that "?" opens is made from the list.

import { writable, get as valueOf } from "svelte/store";

export interface Shortcut {
  /** "n", "g d" (one after the other), "Mod+k" (Ctrl, or ⌘ on a Mac). */
  keys: string;
  /** What it does, for the sheet. */
  says: string;
  act: (event: KeyboardEvent) => void;
}

export const shortcuts = writable<Shortcut[]>([]);

export const mac = typeof navigator !== "undefined" && /Mac|iP(hone|ad)/.test(navigator.platform);

/** Adds keys for as long as a screen is open: `$effect(() => answerTo([...]))`. Later ones come before earlier ones. */
export function answerTo(added: Shortcut[]): () => void {
  shortcuts.update((all) => [...added, ...all]);
  return () => shortcuts.update((all) => all.filter((it) => !added.includes(it)));
}

/** A key as this keyboard prints it. */
export function printed(keys: string): string[] {
  return keys.split(/ |\+/).map((key) => {
    const names: Record<string, string> = { Mod: mac ? "⌘" : "Ctrl", Shift: "⇧", Enter: "↵", ArrowDown: "↓", ArrowUp: "↑" };
    return names[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  });
}

let first: string | null = null;
let forget: ReturnType<typeof setTimeout> | undefined;

/** Begins to listen; answers with how to stop. */
export function listenToKeys(): () => void {
  addEventListener("keydown", press);
  return () => removeEventListener("keydown", press);
}

function press(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const mod = mac ? event.metaKey : event.ctrlKey;
  const bare = !event.metaKey && !event.ctrlKey;
  if (!mod && (!bare || isTyping(event.target) || document.querySelector("dialog:modal, [role=menu]:popover-open"))) return;

  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && (key.length > 1 || /\p{L}/u.test(key)) ? "Shift+" : "";
  const name = (mod ? "Mod+" : "") + shift + key;
  const wanted = first && !mod ? `${first} ${name}` : name;
  const all = valueOf(shortcuts);
  first = null;
  clearTimeout(forget);

  const found = all.find((it) => it.keys === wanted);
  if (found) {
    event.preventDefault();
    found.act(event);
  } else if (all.some((it) => it.keys.startsWith(`${name} `))) {
    first = name;
    forget = setTimeout(() => (first = null), 1200);
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "file", "color"].includes(target.type);
}
