// The small window that asks where a link goes.

import { TextSelection, type EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { t } from "../words";
import { el, freshId, safeUrl } from "./dom";
import type { Json } from "./schema";

export interface LinkRange {
  from: number;
  to: number;
  url: string;
  was: Json | null;
}

/** The link under the caret, whole; else what is selected. */
export function linkAt(state: EditorState): LinkRange {
  const { $from, from, to, empty } = state.selection;
  const type = state.schema.marks.link!;
  const beside = $from.parent.inlineContent ? [$from.nodeAfter, $from.nodeBefore] : [];
  const mark = beside.map((node) => node && type.isInSet(node.marks)).find((found) => !!found);
  if (!mark || (!empty && !type.isInSet($from.nodeAfter?.marks ?? []))) return { from, to, url: "", was: null };
  const start = $from.start();
  const whole = { from, to };
  let open: number | null = null;
  $from.parent.forEach((node, offset) => {
    const at = start + offset;
    if (!mark.isInSet(node.marks)) {
      open = null;
      return;
    }
    open ??= at;
    if (open <= from && at + node.nodeSize >= from) Object.assign(whole, { from: open, to: at + node.nodeSize });
  });
  return { ...whole, url: mark.attrs.url as string, was: mark.attrs.was as Json | null };
}

export function editLink(view: EditorView) {
  if (!view.editable || !view.state.selection.$from.parent.inlineContent) return;
  const range = linkAt(view.state);
  const id = freshId("url");
  const input = el("input", { id, type: "text", inputmode: "url", autocomplete: "off", spellcheck: "false", value: range.url });
  const wrong = el("p", { class: "ed-wrong", role: "alert" });
  const close = () => dialog.close();
  const remove = range.url
    ? el("button", { type: "button", class: "ed-button", onclick: () => { setLink(view, range, ""); close(); } }, t("editor.link_remove"))
    : null;
  const form = el(
    "form",
    { class: "ed-ask", method: "dialog" },
    el("label", { for: id }, t("editor.link_address")),
    input,
    wrong,
    el(
      "div",
      { class: "ed-row" },
      el("button", { type: "submit", class: "ed-button ed-main" }, t(range.url ? "editor.link_change" : "editor.link_set")),
      remove,
      el("button", { type: "button", class: "ed-button", onclick: close }, t("editor.cancel")),
    ),
  );
  const dialog = el("dialog", { class: "ed-dialog", "aria-label": t("editor.link") }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const url = addressOf(input.value);
    if (url === null) {
      wrong.textContent = t("editor.link_wrong");
      input.focus();
      return;
    }
    setLink(view, range, url);
    close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    view.focus();
  });
  // What is typed here is not for the text.
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  (view.dom.parentElement ?? document.body).append(dialog);
  dialog.showModal();
  input.select();
}

/** "example.org" is meant as an address; null for one that would run something. */
export function addressOf(typed: string): string | null {
  const url = typed.trim();
  if (/^[\w-]+(\.[\w-]+)*\.[a-z]{2,}([/?#:]|$)/i.test(url)) return `https://${url}`;
  if (/^[^\s@/]+@[^\s@/]+\.[a-z]{2,}$/i.test(url)) return `mailto:${url}`;
  return safeUrl(url);
}

/** An empty address takes the link away. Without words, the address is its own text. */
export function setLink(view: EditorView, range: LinkRange, url: string) {
  const { tr, schema } = view.state;
  const type = schema.marks.link!;
  if (url === "") {
    tr.removeMark(range.from, range.to, type);
  } else {
    const mark = type.create({ url, was: range.was });
    if (range.from === range.to) tr.insert(range.from, schema.text(url, [...view.state.selection.$from.marks(), mark]));
    else tr.removeMark(range.from, range.to, type).addMark(range.from, range.to, mark);
    const end = tr.mapping.map(range.to);
    tr.setSelection(TextSelection.create(tr.doc, end)).removeStoredMark(type);
  }
  view.dispatch(tr.scrollIntoView());
}
