// A list that the server gives in pieces. Coming back to it shows at once what was there before, and then what is.

import { untrack } from "svelte";
import type { Page } from "../api/types";
import { get } from "./api";

const kept = new Map<string, Page<unknown>>();
/** What fills a window or two, and the most that the server gives at once. */
const PIECE = 50;
const MOST = 100;

export class Pages<T> {
  items = $state.raw<T[]>([]);
  next = $state<string | null>(null);
  /** Whether nothing has come yet for what was asked. */
  fresh = $state(true);
  fault = $state<string | null>(null);
  asking = $state(false);

  #path = "";
  #abort: AbortController | null = null;

  constructor(
    readonly key: (item: T) => string,
    readonly piece = PIECE,
  ) {}

  /** Asks for the first piece of a list; a list of another address is dropped. An effect that asks follows the address only. */
  ask(path: string) {
    return untrack(() => this.#begin(path));
  }

  async #begin(path: string) {
    if (path !== this.#path) {
      const before = kept.get(path) as Page<T> | undefined;
      this.#path = path;
      this.fresh = !before;
      this.items = before?.items ?? [];
      this.next = before?.next ?? null;
    }
    const size = Math.min(MOST, Math.max(this.piece, this.items.length));
    const found = await this.#fetch(`limit=${size}`);
    if (!found) return;
    // What had been loaded beyond the first piece stays below it; where that is the whole list, nothing is beyond it.
    const known = new Set(found.items.map(this.key));
    const rest = found.next ? this.items.slice(found.items.length).filter((it) => !known.has(this.key(it))) : [];
    this.#keep([...found.items, ...rest], rest.length > 0 ? this.next : found.next);
  }

  /** The first piece again, with what changed meanwhile. */
  again = () => this.ask(this.#path);

  async more() {
    if (!this.next || this.asking) return;
    const found = await this.#fetch(`limit=${this.piece}&cursor=${encodeURIComponent(this.next)}`);
    if (!found) return;
    const known = new Set(this.items.map(this.key));
    this.#keep([...this.items, ...found.items.filter((it) => !known.has(this.key(it)))], found.next);
  }

  /** Replaces items in place, or takes them out, before the server has said so. */
  change(change: (item: T) => T | null) {
    this.#keep(this.items.map(change).filter((it) => it !== null), this.next);
  }

  #keep(items: T[], next: string | null) {
    this.items = items;
    this.next = next;
    kept.set(this.#path, { items, next });
  }

  async #fetch(more: string): Promise<Page<T> | null> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.asking = true;
    const path = this.#path + (this.#path.includes("?") ? "&" : "?") + more;
    try {
      const found = await get<Page<T>>(path, abort.signal);
      if (abort.signal.aborted) return null;
      this.fault = null;
      this.fresh = false;
      return found;
    } catch (error) {
      if (!abort.signal.aborted) this.fault = error instanceof Error ? error.message : String(error);
      return null;
    } finally {
      if (this.#abort === abort) this.asking = false;
    }
  }
}
