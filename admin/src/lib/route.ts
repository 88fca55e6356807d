// Where the desk is: the addresses below /desk/, one screen each. Links are plain links; a plain click on one of
// ours changes the screen without asking the server for a page.

import { readable, type Readable } from "svelte/store";

export const SCREENS = ["articles", "pictures", "people", "sections", "settings", "staff", "addresses", "imports", "acts", "me"] as const;
export type Screen = (typeof SCREENS)[number];

export interface Route {
  screen: Screen | "nowhere";
  /** The one that is open: an article's, a picture's or a person's id. */
  id: string | null;
  query: URLSearchParams;
}

/** The address of a screen, or of one thing on it. */
export function at(screen: Screen, id?: string | null): string {
  if (id) return `/desk/${screen}/${encodeURIComponent(id)}/`;
  return screen === "articles" ? "/desk/" : `/desk/${screen}/`;
}

/** What an address shows. */
export function read(url: URL): Route {
  const parts = url.pathname.replace(/^\/desk\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
  const [first = "articles", id = null] = parts;
  const known = (SCREENS as readonly string[]).includes(first) && parts.length <= 2;
  return { screen: known ? (first as Screen) : "nowhere", id: known ? id : null, query: url.searchParams };
}

let tell: ((route: Route) => void) | null = null;
/** Whether a screen has been left for another: the first one must not pull the focus away from the browser. */
let travelled = false;
let restoring: number | null = null;

export const route: Readable<Route> = readable(read(new URL(location.href)), (set) => {
  tell = set;
});

/** Goes to an address of the desk. */
export function go(address: string, { replace = false } = {}) {
  const url = new URL(address, location.href);
  if (replace) {
    history.replaceState(history.state, "", url);
  } else {
    rememberScroll();
    history.pushState({ top: 0 }, "", url);
    travelled = true;
    restoring = 0;
  }
  tell?.(read(url));
}

/** Changes what is asked for after the "?", without leaving the screen. */
export function ask(query: URLSearchParams) {
  const text = query.toString();
  go(location.pathname + (text ? `?${text}` : ""), { replace: true });
}

/** For a screen's main heading: takes the focus when one arrives there from elsewhere. */
export function arrive(heading: HTMLElement) {
  heading.tabIndex = -1;
  if (!travelled) return;
  heading.focus({ preventScroll: true });
  settle();
}

let magazine = "";
let title = "";

/** Names the screen in the browser's tab. */
export function titled(text: string) {
  title = text;
  document.title = magazine ? `${text} · ${magazine}` : text;
}

/** Says whose desk it is. */
export function ofMagazine(name: string) {
  magazine = name;
  if (title) titled(title);
}

/** Begins to listen to links and to the browser's back and forward; answers with how to stop. */
export function listen(): () => void {
  history.scrollRestoration = "manual";
  addEventListener("popstate", back);
  document.addEventListener("click", follow);
  return () => {
    removeEventListener("popstate", back);
    document.removeEventListener("click", follow);
  };
}

function back(event: PopStateEvent) {
  travelled = true;
  restoring = (event.state as { top?: number } | null)?.top ?? 0;
  tell?.(read(new URL(location.href)));
}

function follow(event: MouseEvent) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target || link.hasAttribute("download") || !isOurs(link)) return;
  event.preventDefault();
  if (link.href !== location.href) go(link.href);
}

/** A link to a screen, not to the API, to the pages that sign in, or to a place on this one. */
function isOurs(link: HTMLAnchorElement): boolean {
  const url = new URL(link.href);
  return url.origin === location.origin && /^\/desk\//.test(url.pathname) && !url.hash && read(url).screen !== "nowhere";
}

function rememberScroll() {
  history.replaceState({ ...(history.state as object | null), top: scrollY }, "");
}

/** Scrolls to where the page stood, as soon as it is long enough; a list may still be on its way. */
function settle(tries = 30) {
  if (restoring === null) return;
  scrollTo({ top: restoring, behavior: "instant" });
  if (Math.abs(scrollY - restoring) < 2 || tries === 0) restoring = null;
  else setTimeout(() => settle(tries - 1), 50);
}
