import type { LeadPicture, NamedRef } from "../api/types";
import { zone } from "../lib/me";
import { has, t, tag } from "../words";
import type { Field } from "./meet-papers";

/** A field of the papers as a person reads it. */
export function printedField(field: Field, value: unknown): string {
  if (value === null || value === undefined || value === "") return t("article.empty_value");
  if (typeof value === "boolean") return t(value ? "article.yes" : "article.no");
  if (Array.isArray(value)) return (value as NamedRef[]).map(({ name }) => name).join(", ") || t("article.empty_value");
  if (typeof value === "number") return new Intl.DateTimeFormat(tag, { dateStyle: "full", timeStyle: "short", timeZone: zone() }).format(value);
  if (typeof value === "object") {
    const { src, alt, caption, credit } = value as LeadPicture;
    return [src.split("/").at(-1), alt, caption, credit?.text].filter(Boolean).join(" · ");
  }
  const named = `article.${field}_${String(value)}`;
  return has(named) ? t(named) : String(value);
}
