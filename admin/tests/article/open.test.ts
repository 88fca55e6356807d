import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Article } from "../../src/api/types";
import { Drafts } from "../../src/article/drafts";
import { OpenArticle } from "../../src/article/open.svelte";
import { article, body, papers, paragraphs } from "./some";

const REAL = { setTimeout };
const TEXT = ["The chancellor spoke for an hour.", "The opposition answered in anger.", "The markets did not move at all."] as const;

beforeEach(() => {
  Object.assign(globalThis, { IDBKeyRange });
  vi.stubGlobal("navigator", {});
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A server behind `fetch`, a device, and pages that are opened on both. */
function desk(start: Article = article({ body: body(...TEXT) })) {
  const server = { now: start, away: false };
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    if (server.away) throw new TypeError("Failed to fetch");
    const sent = init.body ? (JSON.parse(init.body as string) as Partial<Article>) : {};
    if (path.endsWith("/check")) return Response.json({ findings: [], statements: [], words: 3, minutes: 1 });
    if (init.method === "GET") return Response.json(server.now);
    if (sent.version !== server.now.version) return Response.json({ error: "stale", message: "Stale.", current: server.now }, { status: 409 });
    server.now = { ...server.now, ...sent, version: server.now.version + 1 };
    if (path.endsWith("/publish")) server.now = { ...server.now, status: "published", papers: { ...server.now.papers, slug: "made-by-the-server" } };
    const { version, updated_at, words, minutes, has_changes } = server.now;
    return Response.json(init.method === "PUT" ? { version, updated_at, words, minutes, has_changes } : server.now);
  });
  const device = new IDBFactory();
  const told: string[] = [];
  const openPage = async () => {
    const open = new OpenArticle(structuredClone(server.now), new Drafts(device), { merged: () => void told.push("merged"), recovered: () => void told.push("recovered"), setAside: () => void told.push("set aside") });
    await Promise.all([open.recover(), pass(0)]);
    return open;
  };
  const others = (change: Partial<Article>) => (server.now = { ...server.now, ...change, version: server.now.version + 1, updated_by: "Tom" });
  return { server, openPage, others, told };
}

async function pass(time: number) {
  await vi.advanceTimersByTimeAsync(time);
  for (let turn = 0; turn < 10; turn++) {
    await new Promise((resolve) => REAL.setTimeout(resolve));
    await vi.advanceTimersByTimeAsync(0);
  }
}

test("what was written without a server is there when the article is opened again, and is saved", async () => {
  const { server, openPage, told } = desk();
  const first = await openPage();
  server.away = true;
  first.change({ headline: "Written on a train" });
  await pass(1000);
  expect(first.standing).toBe("device");
  await Promise.all([first.close(), pass(0)]);
  server.away = false;
  const second = await openPage();
  expect(second.papers.headline).toBe("Written on a train");
  expect(told).toEqual(["recovered"]);
  await pass(0);
  expect(server.now.papers.headline).toBe("Written on a train");
  expect(second.clean).toBe(true);
});

test("two people in different fields need no question", async () => {
  const { server, openPage, others, told } = desk();
  const open = await openPage();
  open.change({ headline: "Mine" });
  others({ papers: papers({ section: "money" }), body: body(...TEXT, "One more.") });
  await pass(2000);
  expect(open.conflict).toBe(null);
  expect(told).toEqual(["merged"]);
  expect(server.now.papers).toMatchObject({ headline: "Mine", section: "money" });
  expect(paragraphs(server.now.body)).toEqual([...TEXT, "One more."]);
});

test("two people in one field: somebody is asked, and what is chosen is saved on top", async () => {
  const { server, openPage, others } = desk();
  const open = await openPage();
  open.change({ headline: "Mine" });
  others({ papers: papers({ headline: "Theirs" }) });
  await pass(2000);
  expect(open.asking).toBe(true);
  expect(server.now.papers.headline).toBe("Theirs");
  open.choose({ rows: {}, fields: { headline: "mine" } });
  await pass(0);
  expect(server.now).toMatchObject({ version: 3, papers: { headline: "Mine" } });
  expect(open.standing).toBe("saved");
});

test("what is not chosen is set aside on this device, and can be put back", async () => {
  const { server, openPage, others, told } = desk();
  const open = await openPage();
  open.change({ headline: "Mine" });
  others({ papers: papers({ headline: "Theirs" }) });
  await pass(2000);
  open.choose({ rows: {}, fields: { headline: "theirs" } });
  await pass(2000);
  expect(told).toEqual(["set aside"]);
  expect(server.now.papers.headline).toBe("Theirs");
  await Promise.all([open.close(), pass(0)]);
  const again = await openPage();
  await Promise.all([again.findAsides(), pass(0)]);
  expect(again.asides.map(({ papers, by }) => [papers.headline, by])).toEqual([["Mine", null]]);
  again.takeBack(again.asides[0]!);
  await pass(2000);
  expect(server.now.papers.headline).toBe("Mine");
  await Promise.all([again.findAsides(), pass(0)]);
  expect(again.asides.map(({ papers }) => papers.headline)).toEqual(["Theirs"]);
});

test("what the other one wrote is set aside where ours was chosen", async () => {
  const { openPage, others } = desk();
  const open = await openPage();
  open.change({ headline: "Mine" });
  others({ papers: papers({ headline: "Theirs" }) });
  await pass(2000);
  open.choose({ rows: {}, fields: { headline: "mine" } });
  expect(open.asides.map(({ papers, by }) => [papers.headline, by])).toEqual([["Theirs", "Tom"]]);
});

test("a choice that is put off is asked again at the next opening, and overwrites nobody", async () => {
  const { server, openPage, others } = desk();
  const first = await openPage();
  server.away = true;
  first.change({ headline: "Mine" });
  await pass(1000);
  await Promise.all([first.close(), pass(0)]);
  server.away = false;
  others({ papers: papers({ headline: "Theirs" }) });
  for (let opening = 0; opening < 3; opening++) {
    const open = await openPage();
    expect(open.asking).toBe(true);
    open.later();
    await Promise.all([open.close(), pass(0)]);
    expect(server.now.papers.headline).toBe("Theirs");
  }
});

test("another's change shows at once while nothing of ours waits", async () => {
  const { server, openPage, others } = desk();
  const open = await openPage();
  others({ papers: papers({ headline: "Theirs" }) });
  await open.othersChanged(server.now.version);
  expect(open.papers.headline).toBe("Theirs");
  expect(open.clean).toBe(true);
});

test("our own save, heard of from the server, changes nothing", async () => {
  const { server, openPage } = desk();
  const open = await openPage();
  open.change({ headline: "Mine" });
  await pass(1000);
  open.change({ headline: "Mine, and more" });
  await open.othersChanged(server.now.version);
  expect(open.papers.headline).toBe("Mine, and more");
});

test("what the server writes when it publishes is taken over, and what is typed meanwhile stays", async () => {
  const { server, openPage } = desk();
  const open = await openPage();
  open.change({ headline: "Ready to go" });
  const publishing = open.act("/publish", { sign: null });
  await pass(0);
  await publishing;
  expect(server.now).toMatchObject({ status: "published", papers: { headline: "Ready to go" } });
  expect(open.papers).toMatchObject({ headline: "Ready to go", slug: "made-by-the-server" });
  expect(open.clean).toBe(true);
});
