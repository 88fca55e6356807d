// The screens by name, each a chunk of its own but the first.

import type { Component } from "svelte";
import type { Route } from "../lib/route";
import Articles from "./articles/Articles.svelte";
import Nowhere from "./Nowhere.svelte";

type Show = { view: Component<{ id: string }>; id: string } | { view: Component; id: null };

// A glob rather than a path, so that the shell can be built and tried alone.
const article = import.meta.glob<{ default: Component<{ id: string }> }>("../article/ArticlePage.svelte");

/** The component of an address, when it has been fetched. */
export async function find({ screen, id }: Route): Promise<Show> {
  switch (screen) {
    case "articles":
      return id ? one(id, (await article["../article/ArticlePage.svelte"]!()).default) : all(Articles);
    case "pictures":
      return id ? one(id, (await import("./pictures/PicturePage.svelte")).default) : all((await import("./pictures/Pictures.svelte")).default);
    case "people":
      return id ? one(id, (await import("./people/PersonPage.svelte")).default) : all((await import("./people/People.svelte")).default);
    case "sections":
      return all((await import("./sections/Sections.svelte")).default);
    case "settings":
      return all((await import("./settings/Settings.svelte")).default);
    case "staff":
      return all((await import("./staff/Staff.svelte")).default);
    case "addresses":
      return all((await import("./addresses/Addresses.svelte")).default);
    case "imports":
      return all((await import("./imports/Imports.svelte")).default);
    case "acts":
      return all((await import("./acts/Acts.svelte")).default);
    case "me":
      return all((await import("./me/Me.svelte")).default);
    default:
      return all(Nowhere);
  }
}

const all = (view: Component): Show => ({ view, id: null });
const one = (id: string, view: Component<{ id: string }>): Show => ({ view, id });
