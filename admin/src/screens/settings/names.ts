// The settings that the desk has words for, in the order of the page. One that the server knows beyond these is
// shown under its own name.

import { has, t } from "../../words";

export const SETTINGS = [
  "title",
  "description",
  "about",
  "legal",
  "copyright_holder",
  "email",
  "locale",
  "timezone",
  "permalink",
  "facebook",
  "twitter",
  "theme",
  "accent_color",
  "logo",
  "icon",
  "cover_image",
  "navigation",
  "secondary_navigation",
  "record_confidence",
  "policies.corrections",
  "policies.ethics",
  "policies.ownership",
  "policies.masthead",
  "codeinjection_head",
  "codeinjection_foot",
] as const;

export const GROUPS = ["site", "design", "navigation", "record", "policies", "code"] as const;

export const nameOf = (setting: string) => (has(`settings.name_${setting}`) ? t(`settings.name_${setting}`) : setting);
export const hintOf = (setting: string) => (has(`settings.hint_${setting}`) ? t(`settings.hint_${setting}`) : null);
