// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import { write } from "../../src/editor/bridge";
import { documentOf, plainSlice } from "../../src/editor/clipboard";
import { cleanPasted, cleanPastedHtml } from "../../src/editor/paste";

const files = import.meta.glob<string>("./paste/*.{html,json}", { eager: true, query: "?raw", import: "default" });

/** What a pasted piece of HTML becomes, as it would be stored. */
function pasted(html: string): unknown {
  const box = document.createElement("div");
  box.innerHTML = cleanPastedHtml(html);
  const doc = documentOf(box);
  doc.check();
  return JSON.parse(write(doc));
}

test.each(["word", "google-docs", "libreoffice", "web"])("%s", (name) => {
  expect(pasted(files[`./paste/${name}.html`]!)).toEqual(JSON.parse(files[`./paste/${name}.json`]!));
});

test("pictures on somebody's disk are refused and counted", () => {
  expect(cleanPasted(files["./paste/word.html"]!).refused).toBe(1);
  expect(cleanPasted(`<p><img src="file:///C:/a.png"><img src="cid:1"><img src="https://example.org/a.png"></p>`).refused).toBe(2);
});

describe("spaces that do not break", () => {
  test.each([
    ["12\u00a0% of 3\u00a0km", "12\u00a0% of 3\u00a0km"],
    ["a\u00a0b \u00a0 c", "a b c"],
    ["quoi\u00a0? oui\u00a0! «\u00a0non\u00a0» :", "quoi\u00a0? oui\u00a0! «\u00a0non\u00a0» :"],
    ["5\u00a0Uhr, 5\u00a0Uhren, 10\u00a0000\u00a0Euro", "5\u00a0Uhr, 5 Uhren, 10\u00a0000\u00a0Euro"],
  ])("%s", (typed, wanted) => expect(cleanPastedHtml(`<p>${typed}</p>`)).toBe(`<p>${wanted.replaceAll("\u00a0", "&nbsp;")}</p>`));
});

describe("nothing comes along that could run", () => {
  test.each([
    `<p onclick="x()">a</p>`,
    `<p><a href="java&#10;script:x()">a</a></p>`,
    `<p><a href="data:text/html,x">a</a></p>`,
    `<svg><foreignObject><p>b</p></foreignObject></svg><p>a</p>`,
    `<math><mtext><script>x()</script></mtext></math><p>a</p>`,
    `<template><p>b</p></template><p>a</p>`,
    `<p style="x">a</p><object data="x"></object><embed src="x">`,
    `<p>a</p><iframe src="https://youtube.com.example.net/"></iframe>`,
  ])("%s", (html) => expect(cleanPastedHtml(html)).toBe("<p>a</p>"));
});

test("plain text: blank lines part paragraphs, single ends are kept", () => {
  const slice = plainSlice("one\ntwo\r\n\r\nthree\n\n\n  \nfour\n");
  expect(slice.content.content.map((node) => node.textBetween(0, node.content.size))).toEqual(["one\ntwo", "three", "four"]);
});
