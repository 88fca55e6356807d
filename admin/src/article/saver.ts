import { Refused } from "../api/client";
import type { Article, Saved } from "../api/types";
import type { Drafts } from "./drafts";
import { baseOf, changeSince, sameWorking, type Base, type Working } from "./working";

/** Where the latest change is. */
export type Standing =
  | "saved"
  /** On its way. */
  | "saving"
  /** The server cannot be reached; this device has it, and it is sent again. */
  | "device"
  /** Somebody else saved; a person chooses. This device has it. */
  | "held"
  /** The server will not take it as it is. This device has it. */
  | "refused"
  /** Neither the server nor this device has it: only this open page. */
  | "nowhere";

export interface SaverParts {
  id: string;
  writer: string;
  base: Base;
  drafts: Pick<Drafts, "keep" | "drop">;
  put(path: string, body: unknown): Promise<Saved>;
  /** Done when whoever was signed out has signed in again. */
  signedIn(): Promise<void>;
  /** The text as it stands. Costs a walk over the whole text, so it is asked for only when something is written. */
  read(): Working;
  standing(standing: Standing, message: string | null): void;
  saved(saved: Saved): void;
  /** The server has moved on; call `rebase` when both are one. */
  stale(current: Article): void;
}

export const DRAFT_EVERY = 500;
export const PAUSE = 1000;
export const LATEST = 5000;
const FIRST_RETRY = 2000;
const LAST_RETRY = 30_000;

type Timer = "draft" | "pause" | "latest" | "retry";

/** An act cannot start because the server does not have the latest text. */
export class NotSaved extends Error {
  constructor(
    readonly standing: Standing,
    message: string | null,
  ) {
    super(message ?? standing);
  }
}

/**
 * Brings each change to this device within half a second and to the server within five. One request is on its way at
 * a time, so that the server's versions are counted without a gap.
 */
export class Saver {
  #parts: SaverParts;
  #base: Base;
  #read: () => Working;
  #standing: Standing = "saved";
  #message: string | null = null;
  #dirty = false;
  #sending: Promise<void> | null = null;
  #acting = false;
  #closed = false;
  /** A save came due while another was on its way. */
  #due = false;
  #inFlight: Working | null = null;
  /** Sent without an answer: it may stand on the server. */
  #lost: Working | null = null;
  #deviceFails = false;
  #failures = 0;
  #signedOut = false;
  #timers: Partial<Record<Timer, ReturnType<typeof setTimeout>>> = {};

  constructor(parts: SaverParts) {
    this.#parts = parts;
    this.#base = parts.base;
    this.#read = parts.read;
  }

  get base(): Base {
    return this.#base;
  }
  get standing(): Standing {
    return this.#standing;
  }
  /** Whether the server has every change. */
  get clean(): boolean {
    return !this.#dirty && !this.#sending && !this.#acting && this.#standing === "saved";
  }

  /** Something was typed. Cheap: called at each keystroke. */
  changed(): void {
    this.#dirty = true;
    if (!this.#timers.draft) this.#after("draft", DRAFT_EVERY, () => void this.keepNow());
    if (this.#standing === "saved" || this.#standing === "refused") this.#say("saving");
    if (this.#standing === "saving") this.#schedule();
  }

  /** Writes the device's record at once, as when the page is left. */
  async keepNow(): Promise<void> {
    this.#clear("draft");
    const mine = this.#read();
    if (!this.#sending && sameWorking(mine, this.#base)) return;
    const { id, writer, drafts } = this.#parts;
    const { version, body, papers } = this.#base;
    try {
      await drafts.keep({ id, writer, ...mine, baseVersion: version, baseBody: body, basePapers: papers, sent: this.#inFlight ?? this.#lost, at: Date.now() });
      this.#deviceFails = false;
      if (this.#standing === "nowhere") this.#say("device", this.#message);
    } catch {
      this.#deviceFails = true;
      if (this.#standing === "device") this.#say("nowhere", this.#message);
    }
  }

  /** Sends now what waits: the network is back, or the page is left. */
  retry(): Promise<void> {
    if (this.#standing === "device" || this.#standing === "nowhere") this.#say("saving");
    return this.#dirty ? this.#send() : Promise.resolve();
  }

  /** Done when the server has everything, be it after signing in again; refuses with `NotSaved` when it cannot have it now. */
  async settle(): Promise<void> {
    while (this.#dirty || this.#sending) {
      if (this.#standing === "held") break;
      await (this.#sending ?? this.retry());
      if (this.#standing === "saved" || this.#standing === "saving") continue;
      if (!this.#signedOut || this.#closed) break;
      await this.#parts.signedIn();
    }
    if (this.#standing !== "saved" && this.#standing !== "saving") throw new NotSaved(this.#standing, this.#message);
  }

  /** Does something to the saved article that moves its version on, such as to publish it. No save is sent meanwhile. */
  async act(run: (version: number) => Promise<Article>): Promise<Article> {
    await this.settle();
    this.#acting = true;
    try {
      const article = await run(this.#base.version);
      this.#base = baseOf(article);
      return article;
    } catch (error) {
      if (error instanceof Refused && error.refusal.current && error.refusal.error === "stale") this.#hold(error.refusal.current);
      throw error;
    } finally {
      this.#acting = false;
      if (this.#dirty && this.#standing !== "held") this.#schedule();
    }
  }

  /** The text now stands on this version of the article. What differs from it is sent. */
  rebase(base: Base): void {
    this.#base = base;
    this.#lost = null;
    this.#clearAll();
    if (sameWorking(this.#read(), base)) {
      this.#dirty = false;
      this.#settled();
      return;
    }
    this.#dirty = true;
    this.#say("saving");
    void this.keepNow();
    void this.#send();
  }

  /** Two versions wait for a person's choice; ours, grown from `base`, stays on this device. */
  hold(base: Base): void {
    this.#base = base;
    this.#dirty = true;
    this.#clearAll();
    void this.keepNow();
    this.#say("held");
  }

  /** The page is left: everything goes to the device, and to the server if it answers. */
  async close(): Promise<void> {
    const last = this.#read();
    this.#read = () => last;
    this.#closed = true;
    this.#clearAll();
    if (!this.#dirty && !this.#sending) return;
    await this.keepNow();
    await this.#sending;
    if (this.#dirty && this.#standing !== "held") await this.#send();
    this.#clearAll();
  }

  #schedule(): void {
    this.#after("pause", PAUSE, () => this.#comesDue());
    if (!this.#timers.latest) this.#after("latest", LATEST, () => this.#comesDue());
  }

  #comesDue(): void {
    if (this.#sending || this.#acting) this.#due = true;
    else void this.#send();
  }

  #send(): Promise<void> {
    this.#sending ??= this.#sendOnce().finally(() => {
      this.#sending = null;
      if (!this.#dirty || this.#standing !== "saving" || this.#acting || this.#closed) return;
      if (this.#due) void this.#send();
      else this.#schedule();
    });
    return this.#sending;
  }

  async #sendOnce(): Promise<void> {
    if (this.#standing === "held" || this.#acting) return;
    this.#clear("pause", "latest", "retry");
    this.#due = false;
    const mine = this.#read();
    this.#dirty = false;
    const change = changeSince(this.#base, mine);
    if (Object.keys(change).length === 0) return this.#settled();
    this.#inFlight = mine;
    try {
      const saved = await this.#parts.put(`/articles/${this.#parts.id}`, { version: this.#base.version, ...change });
      this.#base = { version: saved.version, ...mine };
      this.#inFlight = this.#lost = null;
      this.#signedOut = false;
      this.#parts.saved(saved);
      this.#settled();
    } catch (error) {
      this.#inFlight = null;
      this.#dirty = true;
      this.#failed(error, mine);
    }
  }

  #settled(): void {
    this.#failures = 0;
    if (this.#dirty) {
      // The record on this device names the version that it started from, which has just changed.
      void this.keepNow();
      this.#say("saving");
      return;
    }
    this.#clear("draft");
    this.#say("saved");
    // A record left behind is no loss: it equals what the server has, and is dropped at the next opening.
    this.#parts.drafts.drop(this.#parts.id, this.#parts.writer).catch(() => {});
  }

  #failed(error: unknown, sent: Working): void {
    if (!(error instanceof Refused)) throw error;
    const { status, refusal } = error;
    this.#signedOut = status === 401;
    if (status === 409 && refusal.current) {
      if (this.#lost && sameWorking(this.#lost, refusal.current)) {
        // The save whose answer was lost had arrived: theirs is ours.
        this.#base = baseOf(refusal.current);
        this.#lost = null;
        this.#due = true;
        this.#say("saving");
      } else this.#hold(refusal.current);
      return;
    }
    if (status === 0 || status === 401 || status === 429 || status >= 500) {
      if (status !== 401 && status !== 429) this.#lost = sent;
      this.#say(this.#deviceFails ? "nowhere" : "device", error.message);
      void this.keepNow();
      if (!this.#closed) this.#after("retry", Math.min(FIRST_RETRY * 2 ** this.#failures, LAST_RETRY), () => void this.retry());
      this.#failures += 1;
      return;
    }
    this.#say("refused", error.message);
    void this.keepNow();
  }

  #hold(current: Article): void {
    this.hold(this.#base);
    this.#parts.stale(current);
  }

  #say(standing: Standing, message: string | null = null): void {
    if (standing === this.#standing && message === this.#message) return;
    this.#standing = standing;
    this.#message = message;
    this.#parts.standing(standing, message);
  }

  #after(name: Timer, wait: number, then: () => void): void {
    this.#clear(name);
    this.#timers[name] = setTimeout(() => {
      this.#timers[name] = undefined;
      then();
    }, wait);
  }
  #clear(...names: (Timer)[]): void {
    for (const name of names) {
      clearTimeout(this.#timers[name]);
      this.#timers[name] = undefined;
    }
  }
  #clearAll(): void {
    this.#clear("draft", "pause", "latest", "retry");
  }
}
