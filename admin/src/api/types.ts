// What the server answers and takes: made of the document of its API (`schema.d.ts`), with the words that a field may
// hold where the document only says “text”. Times are milliseconds since 1970 (UTC), offsets are UTF-16 code units, as
// browsers count.

import type { components } from "./schema";

type Schemas = components["schemas"];
/** A shape of the document, some of its fields told more narrowly. */
type Told<Name extends keyof Schemas, Narrower = object> = Omit<Schemas[Name], keyof Narrower> & Narrower;

export type Role = "owner" | "editor" | "author" | "contributor";
export type Status = "draft" | "in review" | "ready" | "scheduled" | "published" | "withdrawn" | "sent";
export type Kind = "article" | "page";
export type Access = "public" | "members" | "paid" | "tiers";
export type Severity = "must" | "should" | "note";
export type NoteKind = "typo" | "update" | "clarification" | "correction" | "retraction";

/** Part of a list, and where it goes on. */
export interface Page<T> { items: T[]; next: string | null }

/** Every refusal: a sentence for a person, and a word for a program. */
export interface Refusal {
  error: string;
  message: string;
  /** The field that is wrong, where one is. */
  field?: string | null;
  /** With "stale": the article as it stands now. */
  current?: Article | null;
  /** With "unsigned": what waits for a signature. */
  findings?: Finding[] | null;
}

export type StaffMember = Told<"StaffMember", { role: Role }>;
export type Me = Told<"Me", { staff: StaffMember }>;
export type Session = Told<"Session">;
export type Passkey = Told<"Passkey">;

export type Presence = Told<"Presence">;
export type ArticleRow = Told<"ArticleRow", { kind: Kind; status: Status; section: { path: string; name: string } | null }>;
/** `id` null: to be made, under this name. */
export type NamedRef = Told<"NamedRef", { id: string | null }>;
export type Credit = Required<Told<"Credit">>;
export type LeadPicture = Required<Told<"LeadPicture", { credit: Credit | null }>>;
/** Everything about an article but its text. */
export type Papers = Required<Told<"Papers", { access: Access; tags: NamedRef[]; authors: NamedRef[]; lead_picture: LeadPicture | null }>>;
export type Note = Told<"Note", { kind: NoteKind }>;
/** The working copy where there is one, else the article. */
export type Article = Told<"Article", {
  kind: Kind;
  status: Status;
  papers: Papers;
  notes: Note[];
  undo: { until: number; verb: string } | null;
}>;
export type Saved = Told<"Saved">;

export type Place = Told<"Place">;
export type Finding = Told<"Finding", {
  severity: Severity;
  place: Place | null;
  fix: { place: Place; replace: string } | null;
  ignored: { reason: string; by: string; at: number } | null;
}>;
export type Statement = Told<"Statement", {
  kind: "direct" | "partial" | "reported";
  state: "proposed" | "confirmed" | "rejected" | "public" | "withdrawn";
  person: { id: string; name: string } | null;
}>;
export type Checked = Told<"Checked", { findings: Finding[]; statements: Statement[] }>;

export type Revision = Told<"Revision">;
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
export type Diff = Told<"Diff", { changes: DiffChange[] }>;

export type Picture = Told<"Picture", {
  credit: Credit | null;
  used_in?: { id: string; headline: string; status: Status }[] | null;
}>;
export type Licence = Told<"Licence">;

export type Person = Told<"Person">;
export type PersonSheet = Told<"PersonSheet">;
export type MergePreview = Told<"MergePreview">;
export type Section = Told<"Section">;
export type Tag = Told<"Tag">;
export type Author = Told<"Author">;

export type Setting = Told<"Setting", {
  group: "site" | "design" | "navigation" | "record" | "policies" | "code";
  kind: "text" | "long" | "code" | "colour" | "number" | "links" | "timezone" | "picture";
  value: unknown;
  default: unknown;
}>;
export type Key = Told<"Key">;
export type NewKey = Told<"NewKey">;
export type Act = Told<"Act">;
export type Suggestion = Told<"Suggestion">;
/** An address that readers asked for in vain. */
export type Miss = Told<"Miss">;
/** An address that leads elsewhere. */
export type Lead = Told<"Lead">;
/** What an import said at its end. Which fields there are depends on where it came from and when. */
export type ImportReport = Partial<
  Record<"articles" | "pages" | "here_already" | "updated" | "unchanged" | "sections" | "tags" | "authors", number> &
    Record<"pictures" | "menu_lines" | "redirects" | "comments" | "kept_as_other" | "statements" | "findings" | "untold", number> &
    Record<"statuses" | "items" | "comments_by_kind", Record<string, number>> &
    Record<"shortcodes_unwrapped" | "shortcodes_unknown" | "blocks_unknown" | "blocks_dropped", Record<string, number>> &
    Record<"edited_here" | "pictures_missing", string[]> & {
      moved: { from: string; to: string; why?: string }[];
      without_link: { headline: string; path: string }[];
      skipped: { what: string; why: string }[];
      notes: { what: string; note: string }[];
      permalink: string | null;
      timezone: string | null;
    }
>;
/** `report` null: it did not come to its end. */
export type Import = Told<"Import", { report: ImportReport | null }>;
/** For the command bar and for `@`. */
export type Found = Told<"Found", { kind: "article" | "person" | "section" | "tag" | "author" | "picture" }>;
