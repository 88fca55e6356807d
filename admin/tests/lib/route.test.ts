// @vitest-environment jsdom

import { get } from "svelte/store";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { arrive, ask, at, go, listen, ofMagazine, read, route, titled } from "../../src/lib/route";

const shows = (path: string) => {
  const { screen, id } = read(new URL(path, "https://example.org"));
  return `${screen} ${id ?? "all"}`;
};

let stop: () => void;
let quit: () => void;
beforeEach(() => {
  vi.stubGlobal("scrollTo", () => {});
  history.replaceState(null, "", "/desk/");
  stop = listen();
  quit = route.subscribe(() => {});
});
afterEach(() => {
  stop();
  quit();
  document.body.replaceChildren();
});

test("each screen has an address, and reading it gives the screen", () => {
  expect(at("articles")).toBe("/desk/");
  expect(shows(at("articles"))).toBe("articles all");
  expect(shows(at("articles", "a/1"))).toBe("articles a/1");
  expect(shows(at("people", "h1"))).toBe("people h1");
  expect(shows("/desk")).toBe("articles all");
});

test("an address that is none of ours shows nothing", () => {
  expect(shows("/desk/stories/")).toBe("nowhere all");
  expect(shows("/desk/people/1/2/")).toBe("nowhere all");
});

test("going somewhere changes the address and the screen", () => {
  go("/desk/pictures/p1/");
  expect(location.pathname).toBe("/desk/pictures/p1/");
  expect(get(route)).toMatchObject({ screen: "pictures", id: "p1" });
});

test("asking changes what stands after the question mark, in place", () => {
  const before = history.length;
  ask(new URLSearchParams({ q: "harbour" }));
  expect(location.search).toBe("?q=harbour");
  expect(history.length).toBe(before);
});

function press(html: string, init: MouseEventInit = {}): boolean {
  document.body.innerHTML = html;
  let ours = false;
  // Last of all listeners: the page of the test must not really be left.
  const last = (event: Event) => {
    ours = event.defaultPrevented;
    event.preventDefault();
  };
  addEventListener("click", last, { once: true });
  document.querySelector("a")!.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...init }));
  return ours;
}

test("a plain click on a link of the desk stays on the page", () => {
  expect(press('<a href="/desk/people/">People</a>')).toBe(true);
  expect(get(route).screen).toBe("people");
});

test("other links, and clicks that ask for a tab, are the browser's", () => {
  expect(press('<a href="/desk/people/">People</a>', { ctrlKey: true })).toBe(false);
  expect(press('<a href="/desk/people/" target="_blank">People</a>')).toBe(false);
  expect(press('<a href="/desk/sign-in/">Sign in</a>')).toBe(false);
  expect(press('<a href="/politics/">Politics</a>')).toBe(false);
  expect(press('<a href="#content">Skip</a>')).toBe(false);
});

test("the heading of a screen that was gone to takes the focus", () => {
  go("/desk/people/");
  const heading = document.body.appendChild(document.createElement("h1"));
  arrive(heading);
  expect(document.activeElement).toBe(heading);
});

test("the tab says the screen and the magazine", () => {
  titled("People");
  ofMagazine("The Herald");
  expect(document.title).toBe("People · The Herald");
});
