// What a refusal says to a person.

import { expect, test } from "vitest";
import { Refused, refusalIn } from "../../src/api/client";

const says = (status: number, error: string, message = "As the server says it.") => new Refused(status, { error, message }).message;

test.each([
  [401, "signed-out", "You are signed out."],
  [403, "not-allowed", "Your role does not allow this."],
  [404, "not-found", "There is nothing here. It may have been deleted."],
  [409, "stale", "Someone else changed this article in the meantime."],
  [429, "too-many", "Too many tries. Wait a quarter of an hour."],
  [403, "foreign", "The server does not take this request for one of the desk. Load the page again."],
  [500, "failed", "The server failed. Nothing was changed; try again in a moment."],
  [507, "failed", "The server’s disk is full. Nothing was changed; what you wrote is kept on this device."],
  [0, "offline", "The server does not answer."],
])("%i %s", (status, error, wanted) => expect(says(status, error)).toBe(wanted));

test("a field's fault is told in the server's words, and so is a word that is newer than the desk", () => {
  expect(says(422, "field", "A headline has at most 191 characters.")).toBe("A headline has at most 191 characters.");
  expect(says(418, "teapot", "It is a teapot.")).toBe("It is a teapot.");
});

test("the number under which the log has the reason is told", () => {
  expect(says(500, "failed", "The server failed; its log has the reason under number 0badcafe. Nothing was changed.")).toContain("number 0badcafe");
});

test("what a proxy says is not taken for a refusal of the server", () => {
  expect(refusalIn(null, 502).error).toBe("failed");
  expect(refusalIn({ code: 502 }, 502).error).toBe("failed");
  expect(refusalIn({ error: "stale", message: "m" }, 409)).toEqual({ error: "stale", message: "m" });
});
