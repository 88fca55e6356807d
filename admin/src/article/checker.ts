import { Refused } from "../api/client";
import type { Checked } from "../api/types";
import type { Working } from "./working";

export const CHECK_AFTER = 400;

export interface CheckerParts {
  id: string;
  read(): Working;
  ask(path: string, body: unknown, signal: AbortSignal): Promise<Checked>;
  checked(checked: Checked): void;
  /** The server could not check; the next change tries again. */
  failed(message: string): void;
}

/** Has the text checked when typing pauses. An answer about words that have since changed is never shown. */
export class Checker {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | null = null;

  constructor(private parts: CheckerParts) {}

  changed(): void {
    this.stop();
    this.#timer = setTimeout(() => void this.now(), CHECK_AFTER);
  }

  async now(): Promise<Checked | null> {
    this.stop();
    const asking = new AbortController();
    this.#asking = asking;
    const { body, papers } = this.parts.read();
    try {
      const checked = await this.parts.ask(`/articles/${this.parts.id}/check`, { papers, body }, asking.signal);
      if (asking.signal.aborted) return null;
      this.parts.checked(checked);
      return checked;
    } catch (error) {
      if (asking.signal.aborted) return null;
      if (!(error instanceof Refused)) throw error;
      this.parts.failed(error.message);
      return null;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = null;
  }
}
