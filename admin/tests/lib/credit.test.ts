import { expect, test } from "vitest";
import type { Picture } from "../../src/api/types";
import { creditOf, formOf, line } from "../../src/screens/pictures/credit";
import { missing } from "../../src/screens/pictures/missing";

const empty = formOf(null);

test("a credit that states nothing is none", () => {
  expect(creditOf(empty, null)).toBeNull();
});

test("a line that was not written is made of who, for whom and the terms", () => {
  const form = { ...empty, creator: "A. Sayed", organisation: "Eastern Pictures", licence: "cc-by-4.0" };
  expect(line(form, "CC BY 4.0")).toBe("A. Sayed / Eastern Pictures / CC BY 4.0");
  expect(creditOf(form, "CC BY 4.0")).toMatchObject({ text: "A. Sayed / Eastern Pictures / CC BY 4.0", licence: "cc-by-4.0", title: null });
});

test("a line that was written stays", () => {
  expect(creditOf({ ...empty, text: " Photo: Sayed ", creator: "A. Sayed" }, null)).toMatchObject({ text: "Photo: Sayed" });
});

test("a form and its credit are two sides of one thing", () => {
  const credit = creditOf({ ...empty, text: "x", source_url: "https://example.org/" }, null);
  expect(creditOf(formOf(credit), null)).toEqual(credit);
});

test("what a picture needs is said in one order", () => {
  const picture = { alt: " ", credit: { ...creditOf({ ...empty, text: "x" }, null) } } as Picture;
  expect(missing(picture)).toEqual(["alt", "licence"]);
});
