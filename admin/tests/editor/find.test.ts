import { describe, expect, test } from "vitest";
import { read } from "../../src/editor/bridge";
import { search } from "../../src/editor/find";

const doc = read(
  JSON.stringify({
    root: {
      type: "root",
      children: [
        { type: "paragraph", children: [{ type: "text", text: "A cat, a Cat’s " }, { type: "text", format: 1, text: "catalogue" }] },
        { type: "paragraph", children: [{ type: "text", text: "ca" }, { type: "text", format: 2, text: "t (x+)" }, { type: "linebreak" }, { type: "text", text: "“so”" }] },
      ],
    },
  }),
);
const found = (query: string, more = {}) => search(doc, { query, matchCase: false, wholeWord: false, ...more }).map(({ from, to }) => doc.textBetween(from, to));

describe("words are found", () => {
  test.each([
    ["cat", {}, ["cat", "Cat", "cat", "cat"]],
    ["cat", { matchCase: true }, ["cat", "cat", "cat"]],
    ["cat", { wholeWord: true }, ["cat", "Cat", "cat"]],
    ["cat's", {}, ["Cat’s"]],
    ['"so"', {}, ["“so”"]],
    ["(x+)", {}, ["(x+)"]],
    ["", {}, []],
  ])("%s %o", (query, more, wanted) => expect(found(query, more)).toEqual(wanted));
});
