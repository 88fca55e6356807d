// The report of an import, as people read it.

import { expect, test } from "vitest";
import type { ImportReport } from "../../src/api/types";
import { figures, lists, MOST_LINES, stateOf } from "../../src/screens/imports/report";

const told = (report: ImportReport) => figures(report).map(({ name, count, part }) => `${part ? "- " : ""}${name} ${count}`);
const named = (report: ImportReport) => lists(report).map(({ name, count }) => `${name} ${count}`);

test("an import that was taken back is that, finished or not", () => {
  expect(stateOf({ finished_at: 2, undone_at: null })).toBe("finished");
  expect(stateOf({ finished_at: null, undone_at: null })).toBe("stopped");
  expect(stateOf({ finished_at: 2, undone_at: 3 })).toBe("undone");
  expect(stateOf({ finished_at: null, undone_at: 3 })).toBe("undone");
});

test("figures stand in their order, parts below their whole, and what there is none of is not told", () => {
  const report = {
    comments_by_kind: { public: 3, held_back: 0, desk_notes: 1 },
    comments: 4,
    pages: 2,
    articles: 12,
    tags: 0,
    statuses: { draft: 2, published: 12 },
    items: { post: 12, page: 2, attachment: 3 },
  };
  expect(told(report)).toEqual(["items 17", "articles 12", "pages 2", "- draft 2", "- published 12", "comments 4", "- public 3", "- desk_notes 1"]);
});

test("a report that says nothing has no figures and no lists", () => {
  expect(figures({})).toEqual([]);
  expect(lists({})).toEqual([]);
  expect(lists({ moved: [], blocks_unknown: {}, edited_here: [] })).toEqual([]);
});

test("the most pressing list stands first", () => {
  const report = {
    items: { post: 2 },
    shortcodes_unknown: { tabs: 1 },
    pictures_missing: ["a.jpg", "b.jpg"],
    moved: [{ from: "/desk/", to: "/desk-2/", why: "the program keeps it" }],
  };
  expect(named(report)).toEqual(["moved 1", "pictures_missing 2", "shortcodes_unknown 1", "items 1"]);
});

test("a line says what, and what is known of it", () => {
  const lines = (report: ImportReport) => lists(report).flatMap((list) => list.lines);
  expect(lines({ moved: [{ from: "/a/", to: "/b/" }] })).toEqual([{ text: "/a/", to: "/b/", why: undefined }]);
  expect(lines({ without_link: [{ headline: "Sea wall", path: "/sea-wall/" }] })).toEqual([{ text: "Sea wall", to: "/sea-wall/" }]);
  expect(lines({ notes: [{ what: "", note: "A menu was cut." }, { what: "Sea wall", note: "Its date was none." }] })).toEqual([
    { text: "A menu was cut." },
    { text: "Sea wall", why: "Its date was none." },
  ]);
});

test("what was met most often stands first, and shortcodes look like shortcodes", () => {
  const [list] = lists({ shortcodes_unwrapped: { vc_row: 2, td_block: 7, et_pb: 2 } });
  expect(list!.lines.map(({ text, times }) => `${text} ${times}`)).toEqual(["[td_block] 7", "[et_pb] 2", "[vc_row] 2"]);
});

test("a long list is cut, and says how much is left", () => {
  const [list] = lists({ edited_here: Array.from({ length: MOST_LINES + 3 }, (_, number) => `Article ${number}`) });
  expect(list).toMatchObject({ count: MOST_LINES + 3, more: 3 });
  expect(list!.lines).toHaveLength(MOST_LINES);
  expect(lists({ edited_here: ["One"] })[0]!.more).toBe(0);
});
