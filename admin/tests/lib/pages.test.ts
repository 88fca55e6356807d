// @vitest-environment jsdom

import { afterEach, expect, test, vi } from "vitest";
import { Pages } from "../../src/lib/pages.svelte";

/** A server with so many things. */
function serve(all: string[]) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    const url = new URL(address, "https://example.org");
    asked.push(url.search);
    const from = Number(url.searchParams.get("cursor") ?? 0);
    const to = from + Number(url.searchParams.get("limit") ?? 20);
    return Response.json({ items: all.slice(from, to).map((id) => ({ id })), next: to < all.length ? String(to) : null });
  });
  return asked;
}
const list = () => new Pages<{ id: string }>((it) => it.id, 2);
const ids = (pages: Pages<{ id: string }>) => pages.items.map((it) => it.id).join("");

afterEach(() => vi.unstubAllGlobals());

test("a list comes in pieces, and never more than was asked for", async () => {
  const asked = serve([..."abcde"]);
  const pages = list();
  await pages.ask("/letters?x=1");
  expect(ids(pages)).toBe("ab");
  await pages.more();
  expect(ids(pages)).toBe("abcd");
  await pages.more();
  await pages.more();
  expect(ids(pages)).toBe("abcde");
  expect(asked).toEqual(["?x=1&limit=2", "?x=1&limit=2&cursor=2", "?x=1&limit=2&cursor=4"]);
});

test("coming back shows at once what had been loaded", async () => {
  serve([..."abcde"]);
  const before = list();
  await before.ask("/kept");
  await before.more();
  const after = list();
  const coming = after.ask("/kept");
  expect(ids(after)).toBe("abcd");
  await coming;
  expect(ids(after)).toBe("abcd");
});

test("what is new stands on top when the list is asked again, and nothing stands twice", async () => {
  const all = [..."abcd"];
  serve(all);
  const pages = list();
  await pages.ask("/again");
  await pages.more();
  all.unshift("z");
  await pages.again();
  expect(ids(pages)).toBe("zabc");
});

test("what is gone from the end of a list does not stay there", async () => {
  const all = [..."abc"];
  serve(all);
  const pages = new Pages<{ id: string }>((it) => it.id);
  await pages.ask("/gone");
  all.pop();
  await pages.again();
  expect(ids(pages)).toBe("ab");
});

test("a refusal is shown and what was there stays", async () => {
  serve([..."abc"]);
  const pages = list();
  await pages.ask("/refused");
  vi.stubGlobal("fetch", async () => Response.json({ error: "failed", message: "The database is being moved." }, { status: 503 }));
  await pages.more();
  expect(pages.fault).toBe("The server failed. Nothing was changed; try again in a moment.");
  expect(ids(pages)).toBe("ab");
});
