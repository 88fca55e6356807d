import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refused } from "../../src/api/client";
import type { Article, Saved } from "../../src/api/types";
import { Drafts } from "../../src/article/drafts";
import { NotSaved, Saver, type Standing } from "../../src/article/saver";
import { baseOf, type Working } from "../../src/article/working";
import { article, body, papers } from "./some";

const REAL = { setTimeout };

beforeEach(() => {
  Object.assign(globalThis, { IDBKeyRange });
  // The database runs on setImmediate, which stays real.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});
afterEach(() => void vi.useRealTimers());

type Sent = { version: number } & Partial<Working>;

/** A server that takes saves, and can be told to do otherwise. */
function desk() {
  const drafts = new Drafts(new IDBFactory());
  const server = { now: article(), sent: [] as Sent[], fails: null as Refused | null, loses: false, waits: null as Promise<void> | null };
  const text = { now: { body: article().body, papers: papers() } as Working, reads: 0 };
  const standings: Standing[] = [];
  const stale: Article[] = [];
  const door = { signIn: () => {} };

  async function put(_path: string, sent: unknown): Promise<Saved> {
    const change = sent as Sent;
    server.sent.push(change);
    if (server.waits) await server.waits;
    if (server.fails) throw server.fails;
    if (change.version !== server.now.version) throw new Refused(409, { error: "stale", message: "Stale.", current: server.now });
    const { version, ...parts } = change;
    server.now = { ...server.now, ...parts, version: version + 1 };
    if (server.loses) {
      server.loses = false;
      throw new Refused(0, { error: "offline", message: "The server does not answer." });
    }
    return { version: version + 1, updated_at: 0, words: 1, minutes: 1, has_changes: false };
  }

  const saver = new Saver({
    id: "a1",
    writer: "w1",
    base: baseOf(server.now),
    drafts,
    put,
    signedIn: () => new Promise((resolve) => void (door.signIn = resolve)),
    read: () => (text.reads++, text.now),
    standing: (standing) => void standings.push(standing),
    saved: () => {},
    stale: (current) => void stale.push(current),
  });
  const type = (words: string) => {
    text.now = { ...text.now, body: body(words) };
    saver.changed();
  };
  const left = async () => (await drafts.left("a1", new Set())).map((draft) => draft.body);
  return { drafts, server, text, standings, stale, door, saver, type, left };
}

/** Lets time pass, and what hangs on it happen. */
async function pass(time: number) {
  await vi.advanceTimersByTimeAsync(time);
  await settle();
}
async function settle() {
  for (let turn = 0; turn < 8; turn++) {
    await new Promise((resolve) => REAL.setTimeout(resolve));
    await vi.advanceTimersByTimeAsync(0);
  }
}

const OFFLINE = new Refused(0, { error: "offline", message: "The server does not answer." });

test("nothing is read or sent while nothing changes", async () => {
  const { server, text } = desk();
  await pass(60_000);
  expect(server.sent).toEqual([]);
  expect(text.reads).toBe(0);
});

test("this device has a change within half a second, the server a second after the typing", async () => {
  const { server, type, left, standings } = desk();
  type("One, two.");
  await pass(499);
  expect(await left()).toEqual([]);
  await pass(1);
  expect(await left()).toEqual([body("One, two.")]);
  expect(server.sent).toEqual([]);
  await pass(500);
  expect(server.sent).toEqual([{ version: 1, body: body("One, two.") }]);
  expect(standings).toEqual(["saving", "saved"]);
  expect(await left()).toEqual([]);
});

test("while the typing goes on, the device has it every half second and the server every five", async () => {
  const { server, type, left } = desk();
  for (let key = 1; key <= 49; key++) {
    type(`Key ${key}.`);
    await pass(100);
  }
  expect(server.sent).toEqual([]);
  expect(await left()).toEqual([body("Key 45.")]);
  type("Key 50.");
  await pass(100);
  expect(server.sent).toEqual([{ version: 1, body: body("Key 50.") }]);
});

test("a keystroke does not read the text", () => {
  const { type, text } = desk();
  for (let key = 0; key < 100; key++) type(`Key ${key}.`);
  expect(text.reads).toBe(0);
});

test("only what changed is sent", async () => {
  const { server, saver, text } = desk();
  text.now = { ...text.now, papers: papers({ headline: "Budget night" }) };
  saver.changed();
  await pass(1000);
  expect(server.sent).toEqual([{ version: 1, papers: papers({ headline: "Budget night" }) }]);
});

test("one request is on its way at a time, and what was typed meanwhile follows with the new version", async () => {
  const { server, type, saver } = desk();
  let arrive = () => {};
  server.waits = new Promise((resolve) => (arrive = resolve));
  type("One, two.");
  await pass(1000);
  type("One, two, three.");
  await pass(8000);
  expect(server.sent.length).toBe(1);
  server.waits = null;
  arrive();
  await pass(1000);
  expect(server.sent).toEqual([
    { version: 1, body: body("One, two.") },
    { version: 2, body: body("One, two, three.") },
  ]);
  expect(saver.clean).toBe(true);
});

test("without a server the change stays on the device, and is tried again less and less often", async () => {
  const { server, type, left, standings } = desk();
  server.fails = OFFLINE;
  type("On a train.");
  await pass(1000);
  expect(standings.at(-1)).toBe("device");
  expect(await left()).toEqual([body("On a train.")]);
  await pass(2000);
  expect(server.sent.length).toBe(2);
  await pass(4000);
  expect(server.sent.length).toBe(3);
  await pass(7999);
  expect(server.sent.length).toBe(3);
  server.fails = null;
  await pass(1);
  expect(server.now.body).toBe(body("On a train."));
  expect(standings.at(-1)).toBe("saved");
  expect(await left()).toEqual([]);
});

test("when the network is back, it is sent at once", async () => {
  const { server, saver, type } = desk();
  server.fails = new Refused(503, { error: "failed", message: "The server rests." });
  type("On a train.");
  await pass(1000);
  server.fails = null;
  await saver.retry();
  expect(server.now.body).toBe(body("On a train."));
});

test("what is typed without a server does not knock at it, but is kept", async () => {
  const { server, type, left } = desk();
  server.fails = OFFLINE;
  type("On a train.");
  await pass(1000);
  for (let key = 0; key < 15; key++) {
    type(`Key ${key}.`);
    await pass(100);
  }
  expect(server.sent.length).toBe(1);
  expect(await left()).toEqual([body("Key 14.")]);
});

test("a save whose answer was lost is no conflict with oneself", async () => {
  const { server, type, stale, saver } = desk();
  server.loses = true;
  type("One, two.");
  await pass(1000);
  type("One, two, three.");
  await pass(4000);
  expect(stale).toEqual([]);
  expect(server.now).toMatchObject({ version: 3, body: body("One, two, three.") });
  expect(saver.clean).toBe(true);
});

test("another's save holds ours back until both are one; the device keeps ours", async () => {
  const { server, type, stale, saver, left, text, standings } = desk();
  server.now = { ...server.now, version: 2, body: body("Theirs.") };
  type("Mine.");
  await pass(1000);
  expect(stale.map((current) => current.body)).toEqual([body("Theirs.")]);
  expect(standings.at(-1)).toBe("held");
  await pass(60_000);
  expect(server.sent.length).toBe(1);
  expect(await left()).toEqual([body("Mine.")]);
  text.now = { ...text.now, body: body("Mine.", "Theirs.") };
  saver.rebase(baseOf(server.now));
  await pass(0);
  expect(server.now).toMatchObject({ version: 3, body: body("Mine.", "Theirs.") });
  expect(standings.at(-1)).toBe("saved");
});

test("what the server will not take stays on the device, and the next change tries again", async () => {
  const { server, type, standings, left } = desk();
  server.fails = new Refused(422, { error: "field", message: "This slug cannot be.", field: "slug" });
  type("One, two.");
  await pass(1000);
  expect(standings.at(-1)).toBe("refused");
  expect(await left()).toEqual([body("One, two.")]);
  server.fails = null;
  type("One, two, three.");
  await pass(1000);
  expect(standings.at(-1)).toBe("saved");
});

test("a device that keeps nothing says so when the server is away", async () => {
  const { server, drafts, type, standings } = desk();
  vi.spyOn(drafts, "keep").mockRejectedValue(new DOMException("full", "QuotaExceededError"));
  server.fails = OFFLINE;
  type("One, two.");
  await pass(1000);
  expect(standings.at(-1)).toBe("nowhere");
});

test("an act waits for the text, and no save comes between", async () => {
  const { server, saver, type } = desk();
  type("One, two.");
  const acting = saver.act(async (version) => {
    expect(server.now).toMatchObject({ version: 2, body: body("One, two.") });
    expect(version).toBe(2);
    type("One, two, three.");
    await vi.advanceTimersByTimeAsync(10_000);
    server.now = { ...server.now, version: 3, status: "published" };
    return server.now;
  });
  await pass(0);
  await acting;
  expect(server.sent.length).toBe(1);
  await pass(1000);
  expect(server.now).toMatchObject({ version: 4, body: body("One, two, three.") });
});

test("an act does not start while the server lacks the text", async () => {
  const { server, saver, type } = desk();
  server.fails = OFFLINE;
  type("One, two.");
  await expect(saver.act(async () => server.now)).rejects.toThrow(NotSaved);
});

test("a page that closes keeps everything: on the device, and on the server if it answers", async () => {
  const { saver, server, type, left } = desk();
  type("The last words.");
  await saver.close();
  expect(server.now.body).toBe(body("The last words."));
  await settle();
  expect(await left()).toEqual([]);
});

test("a page that closes without a server leaves its draft for the next opening, and tries no further", async () => {
  const { saver, server, type, left } = desk();
  server.fails = OFFLINE;
  type("The last words.");
  await saver.close();
  await settle();
  expect(await left()).toEqual([body("The last words.")]);
  await pass(120_000);
  expect(server.sent.length).toBe(1);
});

test("a window that is hidden has its draft before the next turn", async () => {
  const { saver, type, left } = desk();
  await settle();
  type("The last words.");
  void saver.keepNow();
  await settle();
  expect(await left()).toEqual([body("The last words.")]);
});

test("an act waits for whoever was signed out, and is done when they are back", async () => {
  const { server, saver, door, type } = desk();
  type("Written while the session ended.");
  server.fails = new Refused(401, { error: "signed-out", message: "Sign in first." });
  const done: string[] = [];
  const acting = saver.act(async (version) => {
    done.push(`act on ${version}`);
    return server.now;
  });
  await pass(0);
  expect(done).toEqual([]);
  expect(saver.standing).toBe("device");
  server.fails = null;
  door.signIn();
  await pass(0);
  await acting;
  expect(server.now.body).toBe(body("Written while the session ended."));
  expect(done).toEqual(["act on 2"]);
});
