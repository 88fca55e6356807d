// The credit of a picture as a form: all texts, none of them null.

import type { Credit } from "../../api/types";

export const CREDIT_FIELDS = ["creator", "organisation", "title", "date", "source", "source_url"] as const;
export type CreditForm = { text: string; licence: string } & Record<(typeof CREDIT_FIELDS)[number], string>;

export function formOf(credit: Credit | null): CreditForm {
  return {
    text: credit?.text ?? "",
    licence: credit?.licence ?? "",
    creator: credit?.creator ?? "",
    organisation: credit?.organisation ?? "",
    title: credit?.title ?? "",
    date: credit?.date ?? "",
    source: credit?.source ?? "",
    source_url: credit?.source_url ?? "",
  };
}

/** The line that is printed when none has been written: who, for whom, on which terms. */
export function line(form: CreditForm, licence: string | null): string {
  return [form.creator, form.organisation || form.source, licence].map((it) => it?.trim()).filter(Boolean).join(" / ");
}

/** The credit that a form states; null where it states nothing. */
export function creditOf(form: CreditForm, licence: string | null): Credit | null {
  const given = (text: string) => text.trim() || null;
  const text = given(form.text) ?? line(form, licence);
  const rest = {
    title: given(form.title),
    creator: given(form.creator),
    organisation: given(form.organisation),
    date: given(form.date),
    source: given(form.source),
    source_url: given(form.source_url),
    licence: given(form.licence),
  };
  return text || Object.values(rest).some((it) => it !== null) ? { text, ...rest } : null;
}
