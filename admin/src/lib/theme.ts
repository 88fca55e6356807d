// Light, dark, or as the system has it: kept on this device, since a screen in a dark room is no matter of the account.

import { writable } from "svelte/store";

export type Theme = "light" | "dark" | "system";
export const THEMES: Theme[] = ["light", "dark", "system"];

const kept = localStorage.getItem("theme");

export const theme = writable<Theme>(kept === "light" || kept === "dark" ? kept : "system");

theme.subscribe((chosen) => {
  localStorage.setItem("theme", chosen);
  if (chosen === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
});
