import { put } from "../api/client";
import type { Article, Checked, Finding, Papers, Saved, Statement } from "../api/types";
import type { EditorHandle } from "../editor";
import { get, post, signedIn } from "../lib/api";
import { isSlugOf, slugOf } from "./address";
import { Checker } from "./checker";
import { aliveWriters, MOST_ASIDE, newWriter, stayAlive, type Aside, type Drafts } from "./drafts";
import { leftOut, meet, openChoices, settled, type Choices, type Meeting } from "./meet";
import { meetPapers } from "./meet-papers";
import { opening } from "./opening";
import { Saver, type Standing } from "./saver";
import { baseOf, sameWorking, type Base, type Working } from "./working";

/** Two versions that wait for a person: the meeting, and the article as the other one left it. */
export interface Conflict {
  meeting: Meeting;
  theirs: Article;
}

/** What the open article tells the page besides its state. */
export interface Tell {
  /** Another's changes and ours were put together without a question. */
  merged(by: string | null): void;
  /** A draft that only this device had was taken over. */
  recovered(): void;
  /** What was not chosen of two versions was set aside. */
  setAside(): void;
}

/** One article on the screen: its papers, its text in the editor, its checks, and the way of all of it to the server. */
export class OpenArticle {
  article: Article;
  papers: Papers;
  findings = $state.raw<Finding[]>([]);
  statements = $state.raw<Statement[]>([]);
  checkFailed = $state.raw<string | null>(null);
  checkedOnce = $state.raw(false);
  words: number;
  minutes: number;
  standing = $state.raw<Standing>("saved");
  standingMessage = $state.raw<string | null>(null);
  conflict = $state.raw<Conflict | null>(null);
  /** Whether the question about two versions is on the screen. */
  asking = $state.raw(false);
  /** What was set aside on this device, newest first. */
  asides = $state.raw<Aside[]>([]);
  /** Grows when the article was acted on or put together with another's version. */
  turns = $state.raw(0);
  /** What the caret stands in: numbers into `findings` and `statements`. */
  caret = $state.raw<{ findings: number[]; statements: number[] }>({ findings: [], statements: [] });

  readonly id: string;
  readonly #tell: Tell;
  readonly #drafts: Drafts;
  readonly #writer = newWriter();
  readonly #leave = stayAlive(this.#writer);
  readonly #saver: Saver;
  readonly #checker: Checker;
  #editor: EditorHandle | null = null;
  #body: string;
  /** The editor holds a newer text than `#body`; it is written out only when somebody needs it. */
  #stale = false;
  #replacing = false;

  constructor(article: Article, drafts: Drafts, tell: Tell) {
    this.id = article.id;
    this.#tell = tell;
    this.#drafts = drafts;
    this.article = $state.raw(article);
    this.papers = $state.raw(article.papers);
    this.words = $state.raw(article.words);
    this.minutes = $state.raw(article.minutes);
    this.#body = article.body;
    const read = () => this.read();
    this.#saver = new Saver({
      id: article.id,
      writer: this.#writer,
      base: baseOf(article),
      drafts,
      read,
      // Not by way of `lib/api`: a save waits on this device, where it outlives the page, rather than in a request.
      put: (path, body) => put<Saved>(path, body),
      signedIn,
      standing: (standing, message) => {
        this.standing = standing;
        this.standingMessage = message;
      },
      saved: (saved) => {
        this.article = { ...this.article, ...saved };
      },
      stale: (current) => this.#meet(this.#saver.base, current),
    });
    this.#checker = new Checker({
      id: article.id,
      read,
      ask: (path, body, signal) => post<Checked>(path, body, signal),
      checked: (checked) => this.#checked(checked),
      failed: (message) => (this.checkFailed = message),
    });
  }

  get mayEdit(): boolean {
    return this.article.may.edit;
  }

  /** Whether readers see something else than this text. */
  get hasChanges(): boolean {
    return this.article.has_changes || (this.article.status === "published" && this.standing !== "saved");
  }

  /** Whether a version can be named without readers getting it. */
  get mayName(): boolean {
    return this.mayEdit && !(this.article.status === "published" && this.hasChanges);
  }

  /** Whether the server has every change. */
  get clean(): boolean {
    return this.#saver.clean;
  }

  /** The text and the papers as they stand. */
  read(): Working {
    if (this.#stale && this.#editor) {
      this.#body = this.#editor.body();
      this.#stale = false;
    }
    return { body: this.#body, papers: this.papers };
  }

  /** The editor is there; from now on it holds the text. */
  attach(editor: EditorHandle): void {
    this.#editor = editor;
    editor.setMarks(this.findings, this.statements);
  }

  /** The editor goes; its last text stays. */
  detach(): void {
    this.read();
    this.#editor = null;
  }

  /** Something was typed in the text. */
  typed(): void {
    if (this.#replacing) return;
    this.#stale = true;
    this.#changed();
  }

  /** Papers were changed. */
  change(papers: Partial<Papers>): void {
    this.papers = { ...this.papers, ...this.#slugFor(papers), ...papers };
    this.#changed();
  }

  /** Until it was public once, an article's slug follows the headline, unless somebody wrote one. */
  #slugFor({ headline }: Partial<Papers>): Partial<Papers> {
    if (headline === undefined || this.article.first_published_at !== null) return {};
    const slug = slugOf(headline);
    return slug && isSlugOf(this.papers.slug, this.papers.headline) ? { slug } : {};
  }

  #changed(): void {
    this.#saver.changed();
    this.#checker.changed();
  }

  /** Takes over what this device kept when an earlier page was closed too soon. */
  async recover(): Promise<void> {
    const drafts = await this.#drafts.left(this.id, await aliveWriters()).catch(() => []);
    for (const draft of drafts) {
      const found = opening(this.article, draft);
      if (found.draft !== "known") {
        this.#replace(found.mine);
        if (found.draft === "newer") this.#saver.rebase(found.base);
        else this.#meet(found.base, this.article);
        await this.#saver.keepNow();
        this.#tell.recovered();
      }
      await this.#drafts.drop(this.id, draft.writer).catch(() => {});
      // What is left after a choice between two texts comes up when the article is opened again.
      if (this.conflict) return;
    }
  }

  /** Checks at once. */
  check(): Promise<Checked | null> {
    return this.#checker.now();
  }

  #checked(checked: Checked): void {
    this.checkFailed = null;
    this.checkedOnce = true;
    this.findings = checked.findings;
    this.statements = checked.statements;
    this.words = checked.words;
    this.minutes = checked.minutes;
    this.#editor?.setMarks(checked.findings, checked.statements);
  }

  /** Brings everything to the server now; refuses with `NotSaved` where that cannot be. */
  settle(): Promise<void> {
    return this.#saver.settle();
  }

  /** Does something to the saved article, such as to publish it. */
  async act(path: string, body: Record<string, unknown> = {}): Promise<Article> {
    let before = this.#saver.base;
    const article = await this.#saver.act((version) => {
      before = this.#saver.base;
      return post<Article>(`/articles/${this.id}${path}`, { version, ...body });
    });
    this.#meet(before, article);
    return article;
  }

  /** Another saved. Without changes of our own the text is theirs at once; with some, the next save puts both together. */
  async othersChanged(version: number): Promise<void> {
    if (version <= this.#saver.base.version || !this.#saver.clean) return;
    const theirs = await get<Article>(`/articles/${this.id}`);
    if (theirs.version > this.#saver.base.version && this.#saver.clean) this.#meet(this.#saver.base, theirs);
  }

  /** Sends what waits on this device: the network is back, or the person is. */
  retry(): void {
    void this.#saver.retry();
  }

  /** The window is hidden or closed; there may be no later moment. */
  keepNow(): void {
    if (this.#saver.clean) return;
    void this.#saver.keepNow();
    void this.#saver.retry();
  }

  async close(): Promise<void> {
    this.#checker.stop();
    try {
      await this.#saver.close();
    } finally {
      this.#leave();
    }
  }

  /** Puts the question about two versions on the screen again, against the newest of theirs. */
  async askAgain(): Promise<void> {
    this.#meet(this.#saver.base, await get<Article>(`/articles/${this.id}`));
  }

  /** Later: the changes stay on this device until the choice is made. */
  later(): void {
    this.asking = false;
  }

  choose(choices: Choices): void {
    if (!this.conflict) return;
    const { meeting, theirs } = this.conflict;
    const lost = leftOut(meeting, choices);
    const mine = this.read();
    // What came into the text while the question was on its way to the screen is in no row of it.
    const late = mine.body !== meeting.body;
    if (lost.theirs) this.#setAside({ body: theirs.body, papers: theirs.papers }, theirs.updated_by ?? "");
    if (lost.mine || late) this.#setAside(mine, null);
    this.#stand(settled(meeting, choices), theirs);
    if (lost.theirs || lost.mine || late) this.#tell.setAside();
  }

  #setAside(text: Working, by: string | null): void {
    const aside: Aside = { id: this.id, key: newWriter(), ...text, by, at: Date.now() };
    this.asides = [aside, ...this.asides].slice(0, MOST_ASIDE);
    // Where the device will not keep it, this page does.
    this.#drafts.setAside(aside).catch(() => {});
  }

  /** Looks up what this device has set aside. */
  async findAsides(): Promise<void> {
    const kept = await this.#drafts.aside(this.id).catch(() => []);
    const known = new Set(kept.map(({ key }) => key));
    this.asides = [...this.asides.filter(({ key }) => !known.has(key)), ...kept].sort((a, b) => b.at - a.at);
  }

  /** Puts back what was set aside; what stood there takes its place. */
  takeBack(aside: Aside): void {
    const { body, papers } = this.read();
    this.#setAside({ body, papers }, null);
    this.forget(aside);
    this.#replace({ body: aside.body, papers: { ...papers, ...aside.papers } });
    this.#changed();
  }

  forget({ id, key }: Aside): void {
    this.asides = this.asides.filter((aside) => aside.key !== key);
    this.#drafts.dropAside(id, key).catch(() => {});
  }

  /** Our text, grown from `base`, meets the article as it stands on the server. */
  #meet(base: Base, theirs: Article): void {
    const mine = this.read();
    if (sameWorking(mine, base)) return this.#stand(theirs, theirs);
    if (theirs.body === base.body) {
      // The text is untouched on their side, so ours need not be taken apart.
      const { papers, clashes } = meetPapers(base.papers, mine.papers, theirs.papers);
      if (clashes.length === 0) return this.#stand({ body: mine.body, papers }, theirs);
    }
    const meeting = meet(base, mine, theirs);
    if (openChoices(meeting) === 0) {
      this.#stand(settled(meeting), theirs);
      this.#tell.merged(theirs.updated_by);
      return;
    }
    this.conflict = { meeting, theirs };
    this.asking = true;
    this.#saver.hold(base);
  }

  /** This text now stands on that version of the article. */
  #stand(text: Working, article: Article): void {
    this.conflict = null;
    this.asking = false;
    this.article = article;
    this.turns += 1;
    this.#replace(text);
    this.#saver.rebase(baseOf(article));
    this.#checker.changed();
  }

  #replace({ body, papers }: Working): void {
    const before = this.read().body;
    this.papers = papers;
    if (body === before) return;
    this.#body = body;
    this.#replacing = true;
    try {
      this.#editor?.setBody(body);
    } finally {
      this.#replacing = false;
    }
  }
}

