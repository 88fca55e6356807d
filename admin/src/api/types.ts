// What the server answers and takes. The names follow the newsroom's words; times are milliseconds since 1970 (UTC),
// offsets are UTF-16 code units, as browsers count.

export type Role = "owner" | "editor" | "author" | "contributor";
export type Status = "draft" | "in review" | "ready" | "scheduled" | "published" | "withdrawn";
export type Access = "public" | "members" | "paid" | "tiers";
export type Severity = "must" | "should" | "note";
export type NoteKind = "typo" | "update" | "clarification" | "correction" | "retraction";

/** Every refusal: a sentence for a person, and a word for a program. */
export interface Refusal {
  error: string; // "stale" | "unsigned" | "not-allowed" | "not-found" | "signed-out" | "field" | "too-many" | "failed"
  message: string;
  /** The field that is wrong, where one is. */
  field?: string;
  /** With "stale": the article as it stands now. */
  current?: Article;
  /** With "unsigned": what waits for a signature. */
  findings?: Finding[];
}

// GET /me
export interface Me {
  staff: StaffMember;
  magazine: { title: string; url: string; locale: string; timezone: string };
  /** Whether this binary knows passkeys. */
  passkeys: boolean;
  has_totp: boolean;
  version: string;
}
export interface StaffMember {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** Their byline, where they have one. */
  author_id: string | null;
  suspended: boolean;
  has_password: boolean;
  last_seen_at: number | null;
}
export interface Session { id: string; made_at: number; seen_at: number; agent: string; current: boolean }
export interface Passkey { id: string; name: string; made_at: number; used_at: number | null }

// GET /articles?kind=&status=&mine=true&q=&cursor=&limit=
export interface ArticleRow {
  id: string;
  kind: "article" | "page";
  headline: string;
  status: Status;
  section: { path: string; name: string } | null;
  authors: string[];
  words: number;
  updated_at: number;
  published_at: number | null;
  /** Public address, once it has one. */
  url: string | null;
  /** Whether a working copy waits that readers do not see yet. */
  has_changes: boolean;
  /** Who has it open now. */
  here: Presence[];
}
export interface Page<T> { items: T[]; next: string | null }
export interface Presence { staff_id: string; name: string }

/** GET /articles/{id}: the working copy where there is one, else the article. */
export interface Article {
  id: string;
  kind: "article" | "page";
  status: Status;
  /** To be stated with each save; grows by one with each. */
  version: number;
  papers: Papers;
  /** Lexical JSON, as text. */
  body: string;
  created_at: number;
  updated_at: number;
  updated_by: string | null;
  published_at: number | null;
  first_published_at: number | null;
  url: string | null;
  /** What readers would see now, with a one-time token: for the preview. */
  preview_url: string;
  /** Whether the working copy differs from what readers see. */
  has_changes: boolean;
  /** What this member of staff may do with it now. */
  may: { edit: boolean; publish: boolean; review: boolean; delete: boolean };
  words: number;
  minutes: number;
  notes: Note[];
  here: Presence[];
  /** Until when the last act can be taken back, and which it was. */
  undo: { until: number; verb: string } | null;
}
/** Everything about an article but its text. */
export interface Papers {
  headline: string;
  standfirst: string | null;
  slug: string;
  /** Path, such as "politics/europe". */
  section: string | null;
  tags: NamedRef[];
  authors: NamedRef[];
  lead_picture: LeadPicture | null;
  access: Access;
  featured: boolean;
  template: string | null;
  meta_title: string | null;
  meta_description: string | null;
  canonical_url: string | null;
  og_title: string | null;
  og_description: string | null;
  og_image: string | null;
  twitter_title: string | null;
  twitter_description: string | null;
  twitter_image: string | null;
  /** The date that it will carry when published; null for the moment of publication. */
  dated: number | null;
}
/** `id` null: to be made, under this name. */
export interface NamedRef { id: string | null; name: string }
export interface LeadPicture { src: string; width: number | null; height: number | null; alt: string | null; caption: string | null; credit: Credit | null }
export interface Credit { text: string; title: string | null; creator: string | null; organisation: string | null; date: string | null; source: string | null; source_url: string | null; licence: string | null }

// PUT /articles/{id} {version, papers?, body?} -> Saved | 409 Refusal(current)   autosave: the working copy only, no revision
// POST /articles/{id}/save {version, name?, note?: {kind,text}, sign?} -> Article   a revision; of a public article: goes out
// POST /articles/{id}/status {version, status: "draft"|"in review"|"ready"} -> Article
// POST /articles/{id}/publish {version, sign: string|null} -> Article | 422 Refusal(findings)
// POST /articles/{id}/schedule {version, when, sign} -> Article
// POST /articles/{id}/withdraw {version, reason} -> Article
// POST /articles/{id}/undo {version} -> Article
// POST /articles/{id}/discard {version} -> Article     drops the working copy of a public article
// DELETE /articles/{id}                                 drafts and withdrawn ones
export interface Saved { version: number; updated_at: number; words: number; minutes: number; has_changes: boolean }

export interface Note { id: string; kind: NoteKind; text: string; at: number; by: string | null; before: string | null; after: string | null }

// POST /articles/{id}/check {papers, body} -> Checked; nothing is kept
export interface Checked { findings: Finding[]; statements: Statement[]; words: number; minutes: number }
export interface Finding {
  kind: string;
  severity: Severity;
  message: string;
  /** Null: about the whole article. */
  place: Place | null;
  exact: string | null;
  fix: { place: Place; replace: string } | null;
  /** Ignored by an editor, because … */
  ignored: { reason: string; by: string; at: number } | null;
}
/** `path`: child numbers from the root to the text block (paragraph, heading, quote or list item); offsets in its text, a line break counting as "\n". */
export interface Place { path: number[]; start: number; end: number }
// POST /articles/{id}/ignore {kind, exact: string|null, reason} -> 204 ; DELETE /articles/{id}/ignore {kind, exact}
export interface Statement {
  /** The id it has in the record; the same words of the same speaker have the same. */
  id: string;
  places: Place[];
  words: string;
  kind: "direct" | "partial" | "reported";
  speaker: string | null;
  person: { id: string; name: string } | null;
  office: string | null;
  cue: string | null;
  addressee: string | null;
  venue: string | null;
  said_on: string | null;
  /** 0 to 1. */
  confidence: number;
  state: "proposed" | "confirmed" | "rejected" | "public" | "withdrawn";
  /** What the same person said in earlier articles, newest first, at most 3. */
  earlier: { words: string; at: number | null; headline: string; url: string }[];
}
// POST /articles/{id}/statements/{statement} {decision: "confirmed"|"rejected", speaker?: string} -> Statement

// GET /articles/{id}/revisions -> Page<Revision>; GET …/revisions/{version} -> {papers, body}
// GET …/diff?from=VERSION&to=VERSION|copy -> Diff ; POST …/revisions/{version}/restore {version} -> Article
export interface Revision { version: number; at: number; by: string; name: string | null; reason: string | null; verb: string | null }
export interface Diff { papers: { field: string; old: string; new: string }[]; changes: DiffChange[] }
export interface DiffChange {
  change: "same" | "changed" | "card-changed" | "moved" | "added" | "removed";
  old?: number;
  new?: number;
  kind?: string;
  was?: string;
  text?: string;
  words?: { change: "same" | "added" | "removed" | "restyled"; text: string }[];
  fields?: { field: string; old: unknown; new: unknown }[];
}

// Pictures. GET /pictures?q=&cursor= ; POST /pictures?name=FILE (raw bytes) -> Picture ; GET/PUT /pictures/{id}
export interface Picture {
  id: string;
  src: string;
  /** A small one for grids. */
  thumb: string;
  name: string;
  width: number;
  height: number;
  bytes: number;
  alt: string | null;
  caption: string | null;
  credit: Credit | null;
  made_at: number;
  made_by: string | null;
  /** Articles that use it: how many, and (when asked for one) which. */
  uses: number;
  used_in?: { id: string; headline: string; status: Status }[];
}
export interface Licence { id: string; name: string; url: string | null }

// People. GET /people?q=&cursor= ; GET/PUT /people/{id} ; POST /people/{id}/merge {into, preview} -> MergePreview
export interface Person { id: string; name: string; slug: string; url: string; statements: number; latest_at: number | null }
export interface PersonSheet extends Person {
  spellings: string[];
  terms: { office: string; department: string; country: string; from: string | null; until: string | null; source: string }[];
  said: { id: string; words: string; state: string; at: number | null; headline: string; url: string | null; article_id: string }[];
}
export interface MergePreview { from: Person; into: Person; spellings: string[]; statements: number; terms: number }

// GET /sections -> Section[] ; POST /sections {path, name} ; PUT /sections {path, name, description, position}
// POST /sections/move {from, to} -> {moved} (with redirects; onto one that is there: merged)
export interface Section { path: string; name: string; description: string | null; position: number; articles: number; url: string }
// GET /tags?q=&cursor= ; POST /tags {name} ; PUT /tags/{id} ; POST /tags/{id}/merge {into} ; DELETE /tags/{id}
export interface Tag { id: string; name: string; slug: string; description: string | null; internal: boolean; articles: number; url: string }
// GET /authors?q=&cursor= ; POST /authors {name} ; PUT /authors/{id}
export interface Author { id: string; name: string; slug: string; role: string | null; bio: string | null; location: string | null; website: string | null; portrait: string | null; email: string | null; articles: number; url: string }

// GET /settings -> Setting[] ; PUT /settings/{name} {value}
export interface Setting {
  name: string;
  /** Which section of the page it belongs to: "site" | "design" | "navigation" | "record" | "policies" | "code". */
  group: string;
  kind: "text" | "long" | "code" | "colour" | "number" | "links" | "timezone" | "picture";
  value: unknown;
  default: unknown;
  changed_by: string | null;
  changed_at: number | null;
  /** Whether this member of staff may change it. */
  may_change: boolean;
}
// GET /staff -> StaffMember[] ; POST /staff {email, name, role} -> {link} ; PUT /staff/{id} {name?, role?, suspended?} ; POST /staff/{id}/link -> {link}
// GET /keys -> Key[] ; POST /keys {name} -> NewKey ; DELETE /keys/{id}
export interface Key { id: string; name: string; made_at: number }
export interface NewKey extends Key { content_key: string; admin_key: string }
// GET /acts?subject=&cursor=
export interface Act { number: number; at: number; actor: string; actor_name: string; verb: string; subject: string; subject_name: string | null; reason: string | null }

// GET /find?q= : for the command bar and for `@`
export interface Found { kind: "article" | "person" | "section" | "tag" | "author" | "picture"; id: string; title: string; detail: string | null; url: string | null }

// Me. PUT /me {name} ; PUT /me/password {old, new} ; GET /me/sessions ; DELETE /me/sessions/{id} ; DELETE /me/sessions (all others)
// POST /me/totp -> {secret, uri, svg} ; PUT /me/totp {code} -> {recovery_codes: string[]} ; DELETE /me/totp {password}
// GET /me/passkeys ; POST /me/passkeys/begin -> {options} ; POST /me/passkeys {name, credential} ; DELETE /me/passkeys/{id}

// GET /events (server-sent events)
//   event: here     data: {"article": ID, "here": Presence[]}
//   event: changed  data: {"article": ID, "version": N, "by": NAME}
// POST /here {article: ID|null}: every 20 seconds while an article is open; null on leaving
