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

/** A text that was not chosen when two versions met, or that another one took the place of. */
export interface Aside extends Working {
  id: string;
  key: string;
  /** Whose it was; null: of whoever sits here. */
  by: string | null;
  at: number;
}

/** How many of them are kept of one article. */
export const MOST_ASIDE = 20;

const STORE = "drafts";
const ASIDE = "aside";

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
    await done(db, STORE, "readwrite", (store) => store.put(draft));
  }

  async drop(id: string, writer: string): Promise<void> {
    const db = this.#db ?? (await this.#open);
    await done(db, STORE, "readwrite", (store) => store.delete([id, writer]));
  }

  /** The drafts of an article whose pages are gone, newest first. */
  async left(id: string, alive: ReadonlySet<string>): Promise<Draft[]> {
    const db = this.#db ?? (await this.#open);
    const all = await done<Draft[]>(db, STORE, "readonly", (store) => store.getAll(keysOf(id)));
    return all.filter((draft) => !alive.has(draft.writer)).sort((a, b) => b.at - a.at);
  }

  /** Keeps a text that has lost its place; beyond `MOST_ASIDE` the oldest goes. */
  async setAside(aside: Aside): Promise<void> {
    const db = this.#db ?? (await this.#open);
    await done(db, ASIDE, "readwrite", (store) => store.put(aside));
    for (const { id, key } of (await this.aside(aside.id)).slice(MOST_ASIDE)) await this.dropAside(id, key);
  }

  async dropAside(id: string, key: string): Promise<void> {
    const db = this.#db ?? (await this.#open);
    await done(db, ASIDE, "readwrite", (store) => store.delete([id, key]));
  }

  /** What was set aside of an article, newest first. */
  async aside(id: string): Promise<Aside[]> {
    const db = this.#db ?? (await this.#open);
    const all = await done<Aside[]>(db, ASIDE, "readonly", (store) => store.getAll(keysOf(id)));
    return all.sort((a, b) => b.at - a.at);
  }
}

/** All records of an article: their keys begin with its id. */
const keysOf = (id: string) => (globalThis.IDBKeyRange as typeof IDBKeyRange).bound([id], [id, []]);

function open(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, 2);
    request.onupgradeneeded = () => {
      const { result: db } = request;
      if (!db.objectStoreNames.contains(STORE)) db.createObjectStore(STORE, { keyPath: ["id", "writer"] });
      if (!db.objectStoreNames.contains(ASIDE)) db.createObjectStore(ASIDE, { keyPath: ["id", "key"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done<T>(db: IDBDatabase, name: string, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T> | IDBRequest): Promise<T> {
  const transaction = db.transaction(name, mode);
  const request = act(transaction.objectStore(name));
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
