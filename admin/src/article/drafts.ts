import type { Base, Working } from "./working";

/**
 * What this device knows of an article that the server does not have yet. Each open page writes a record of its own,
 * so that two windows on one article never write over each other.
 */
export interface Draft extends Working {
  id: string;
  writer: string;
  /** What the changes started from. */
  baseVersion: number;
  baseBody: string;
  basePapers: Working["papers"];
  /** What was on its way to the server when this was written: it may have arrived without the answer coming back. */
  sent: Working | null;
  at: number;
}

export const draftBase = (draft: Draft): Base => ({ version: draft.baseVersion, body: draft.baseBody, papers: draft.basePapers });

const STORE = "drafts";

/** The drafts of this device. */
export class Drafts {
  #open: Promise<IDBDatabase>;
  #db: IDBDatabase | null = null;

  constructor(factory: IDBFactory = indexedDB, name = "masthead-desk") {
    this.#open = open(factory, name);
    this.#open.then(
      (db) => (this.#db = db),
      () => {},
    );
  }

  async keep(draft: Draft): Promise<void> {
    // With the database open the write is handed over before this returns: a page that is closing gets no later turn.
    const db = this.#db ?? (await this.#open);
    await done(db.transaction(STORE, "readwrite"), (store) => store.put(draft));
  }

  async drop(id: string, writer: string): Promise<void> {
    const db = this.#db ?? (await this.#open);
    await done(db.transaction(STORE, "readwrite"), (store) => store.delete([id, writer]));
  }

  /** The drafts of an article whose pages are gone, newest first. */
  async left(id: string, alive: ReadonlySet<string>): Promise<Draft[]> {
    const db = this.#db ?? (await this.#open);
    const range = (globalThis.IDBKeyRange as typeof IDBKeyRange).bound([id], [id, []]);
    const all = await done<Draft[]>(db.transaction(STORE, "readonly"), (store) => store.getAll(range));
    return all.filter((draft) => !alive.has(draft.writer)).sort((a, b) => b.at - a.at);
  }
}

function open(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["id", "writer"] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done<T>(transaction: IDBTransaction, act: (store: IDBObjectStore) => IDBRequest<T> | IDBRequest): Promise<T> {
  const request = act(transaction.objectStore(STORE));
  // Where the browser can, the write is not held back to wait for others.
  if (transaction.mode === "readwrite" && "commit" in transaction) transaction.commit();
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result as T);
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error);
  });
}

/** A name for an open page; `crypto.randomUUID` is not there for a desk without TLS. */
export const newWriter = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-");

const LOCK = "masthead-draft:";

/** Says to the other windows of this browser that this writer is at work, until the page is gone or `leave` is called. */
export function stayAlive(writer: string): () => void {
  let leave = () => {};
  const stays = new Promise<void>((resolve) => (leave = resolve));
  if (navigator.locks) void navigator.locks.request(LOCK + writer, () => stays).catch(() => {});
  return leave;
}

/** The writers at work in other windows. */
export async function aliveWriters(): Promise<Set<string>> {
  const held = (await navigator.locks?.query())?.held ?? [];
  return new Set(held.flatMap((lock) => (lock.name?.startsWith(LOCK) ? [lock.name.slice(LOCK.length)] : [])));
}
