// The texts of the desk: both languages complete, nothing missing, nothing left over.

import { expect, test } from "vitest";

const files = import.meta.glob<Record<string, string>>("../src/words/*/*.json", { eager: true, import: "default" });
const code = import.meta.glob<string>(["../src/**/*.{ts,svelte}", "!../src/words/**"], { eager: true, query: "?raw", import: "default" });

/** "room.key" and its text. */
function texts(language: string): Map<string, string> {
  const all = new Map<string, string>();
  for (const [path, words] of Object.entries(files)) {
    const [, of, room] = /(\w+)\/([\w-]+)\.json$/.exec(path)!;
    if (of === language) for (const [key, text] of Object.entries(words)) all.set(`${room}.${key}`, text);
  }
  return all;
}

const english = texts("en");
const german = texts("de");
const rooms = [...new Set([...english.keys()].map((key) => key.split(".")[0]))];
const sources = Object.values(code);

// A key stands in the source as a text of its own, or as the beginning of one that ends in what it depends on:
// `people.state_${state}`.
const named = new Set<string>();
const begun = new Set<string>();
for (const source of sources) {
  for (const [, key] of source.matchAll(new RegExp(`["'\`]((?:${rooms.join("|")})\\.[\\w.-]+)["'\`]`, "g"))) named.add(key!);
  for (const [, start] of source.matchAll(new RegExp(`\`((?:${rooms.join("|")})\\.[\\w.-]*)\\$\\{`, "g"))) begun.add(start!);
}
const called = new Set<string>();
for (const source of sources) {
  for (const [, key] of source.matchAll(/\bt\(\s*["']([\w.-]+)["']/g)) called.add(key!);
}

const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const plain = (key: string) => key.replace(/_one$/, "");

test("both languages have the same keys", () => {
  expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
});

test("no text is empty", () => {
  expect([...english, ...german].filter(([, text]) => !text.trim())).toEqual([]);
});

test("a text has the same places to fill in, in both languages", () => {
  const different = [...english].filter(([key, text]) => german.has(key) && holes(text).join() !== holes(german.get(key)!).join());
  expect(different.map(([key]) => key)).toEqual([]);
});

test("every key that the source asks for has a text", () => {
  const dangling = [...called].filter((key) => !english.has(key));
  expect(dangling).toEqual([]);
  const startless = [...begun].filter((start) => ![...english.keys()].some((key) => key.startsWith(start)));
  expect(startless).toEqual([]);
});

test("every text is asked for", () => {
  const used = (key: string) => named.has(key) || [...begun].some((start) => key.startsWith(start));
  // A text for one comes with the text for many.
  const unused = [...english.keys()].filter((key) => !used(key) && !(english.has(plain(key)) && used(plain(key))));
  expect(unused).toEqual([]);
});
