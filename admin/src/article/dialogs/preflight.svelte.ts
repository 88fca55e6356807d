import { Refused } from "../../api/client";
import type { Article, Finding } from "../../api/types";
import { complain } from "../../lib/toast";
import { reasonOf } from "../acting";
import { countOpen } from "../findings";
import type { OpenArticle } from "../open.svelte";

/** What every dialog that sends an article out needs: fresh findings, a signature, and one press at a time. */
export class Preflight {
  reason = $state("");
  busy = $state.raw(false);
  /** Whether the findings are those of the text as it stands. */
  ready = $state.raw(false);
  #refusedFor = $state.raw<Finding[] | null>(null);

  constructor(readonly open: OpenArticle) {
    void this.#prepare();
  }

  get findings(): Finding[] {
    return this.#refusedFor ?? this.open.findings;
  }
  get must(): number {
    return countOpen(this.findings).must;
  }
  get signed(): boolean {
    return this.must === 0 || this.reason.trim() !== "";
  }
  get sign(): string | null {
    return this.must > 0 ? this.reason.trim() : null;
  }

  async #prepare() {
    try {
      await this.open.settle();
      await this.open.check();
    } catch (error) {
      complain(reasonOf(error));
    } finally {
      this.ready = true;
    }
  }

  /** The article as it is afterwards, or null where it was refused (and said so). */
  async run(path: string, body: Record<string, unknown>): Promise<Article | null> {
    if (this.busy) return null;
    this.busy = true;
    try {
      return await this.open.act(path, { ...body, sign: this.sign });
    } catch (error) {
      // The server found more than was known here: that waits for a signature too.
      if (error instanceof Refused && error.refusal.findings) this.#refusedFor = error.refusal.findings;
      complain(reasonOf(error));
      return null;
    } finally {
      this.busy = false;
    }
  }
}
