// Where an address leads.

import { expect, test } from "vitest";
import { hrefOf, originOf } from "../../src/screens/addresses/lead";

const SITE = "https://example.org/";
const lead = (path: string, leads_to: string) => ({ path, leads_to, made_at: 0, of_import: true });

test("an article that is known by its origin has no address of its own there", () => {
  expect(originOf(lead("/?attachment_id=12", "origin:item:7"))).toBe("upload");
  expect(originOf(lead("/2024/05/wall/wall-photo/", "origin:item:7"))).toBe("upload");
  expect(originOf(lead("/?p=12", "origin:item:7"))).toBe("number");
  expect(originOf(lead("/old/", "/new/"))).toBeNull();
});

test("a path is one of the magazine, and another site's address stays", () => {
  expect(hrefOf("/politics/", SITE)).toBe("https://example.org/politics/");
  expect(hrefOf("https://elsewhere.example/a", SITE)).toBe("https://elsewhere.example/a");
});

test("what a browser should not go to is no link", () => {
  expect(hrefOf("javascript:alert(1)", SITE)).toBeNull();
  expect(hrefOf("https://", SITE)).toBeNull();
});
