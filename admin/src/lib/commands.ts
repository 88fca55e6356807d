// What the command bar knows without asking the server.

import { get as valueOf } from "svelte/store";
import type { Found } from "../api/types";
import { SETTINGS } from "../screens/settings/names";
import { t } from "../words";
import { me, runs } from "./me";
import { newArticle } from "./newArticle";
import { at } from "./route";
import { theme } from "./theme";

export interface Command {
  text: string;
  detail?: string | null;
  kind: string;
  /** A further word by which it is found. */
  also?: string;
  /** Shown only for what was typed. */
  rare?: boolean;
  to?: string;
  act?: () => void;
}

export function commands(sheet: () => void): Command[] {
  const act = t("shell.kind_act");
  const screen = t("shell.kind_screen");
  const mayRun = runs(valueOf(me).staff.role);
  const screens = mayRun
    ? (["articles", "pictures", "people", "sections", "settings", "staff", "addresses", "imports", "acts", "me"] as const)
    : (["articles", "pictures", "people", "sections", "me"] as const);
  return [
    { text: t("shell.new_article"), kind: act, act: () => newArticle() },
    { text: t("shell.new_page"), kind: act, rare: true, act: () => newArticle("page") },
    ...screens.map((it) => ({ text: t(`shell.screen_${it}`), kind: screen, to: at(it) })),
    { text: t("shell.my_articles"), kind: screen, to: `${at("articles")}?mine=true` },
    { text: t("shell.pictures_missing"), kind: screen, rare: true, to: `${at("pictures")}?missing=true` },
    { text: t("shell.keys"), kind: act, act: sheet },
    { text: t("shell.use_light"), kind: act, rare: true, act: () => theme.set("light") },
    { text: t("shell.use_dark"), kind: act, rare: true, act: () => theme.set("dark") },
    ...(mayRun ? [{ text: t("shell.redirects"), kind: screen, rare: true, to: `${at("addresses")}?part=redirects` }] : []),
    ...(mayRun
      ? SETTINGS.map((name) => ({ text: t(`settings.name_${name}`), kind: t("shell.kind_setting"), also: name, rare: true, to: `${at("settings")}?find=${name}` }))
      : []),
  ];
}

/** Where something that was found is shown. */
export function destination({ kind, id, title }: Found): string {
  if (kind === "article") return at("articles", id);
  if (kind === "person") return at("people", id);
  if (kind === "picture") return at("pictures", id);
  const part = { section: "sections", tag: "tags", author: "authors" }[kind];
  return `${at("sections")}?part=${part}&q=${encodeURIComponent(title)}`;
}
