// Pictures on their way into the text.

import type { EditorView } from "prosemirror-view";
import type { Picture } from "../api/types";
import { t } from "../words";
import { cardOf, freshCard } from "./cards";
import { insertCard } from "./commands";
import { shownUrl } from "./dom";
import type { Desk } from "./index";
import { schema, type Json } from "./schema";

/** Plain words as the HTML that a caption is kept in. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

export function cardOfPicture({ src, width, height, alt, caption }: Picture): Json {
  return { ...freshCard(cardOf({ type: "image" })!), src, width, height, alt: alt ?? "", caption: caption ? escapeHtml(caption) : "" };
}

/** Uploads files one after another and puts each in when it is there. */
export async function insertFiles(view: EditorView, desk: Desk, files: File[]) {
  for (const file of files) {
    desk.say(t("editor.uploading", { name: file.name }));
    try {
      const picture = await desk.upload(file);
      if (view.isDestroyed) return;
      view.dispatch(insertCard(view.state, cardOfPicture(picture)));
      desk.say(t("editor.uploaded", { name: file.name }));
    } catch (error) {
      desk.say(t("editor.upload_failed", { name: file.name, why: error instanceof Error ? error.message : "" }));
    }
  }
}

/** Pictures that were pasted as data become files of the magazine; one that cannot be taken is taken out again. */
export async function uploadPasted(view: EditorView, desk: Desk) {
  const waiting = new Set<string>();
  view.state.doc.forEach((node) => {
    const { src } = (node.attrs.node ?? {}) as Json;
    if (node.type === schema.nodes.card && typeof src === "string" && src.startsWith("data:image/")) waiting.add(src);
  });
  for (const src of waiting) {
    let picture: Picture | null = null;
    try {
      picture = await desk.upload(fileOf(src));
    } catch (error) {
      desk.say(t("editor.upload_failed", { name: t("editor.card_image"), why: error instanceof Error ? error.message : "" }));
    }
    if (view.isDestroyed) return;
    const tr = view.state.tr;
    view.state.doc.forEach((node, at) => {
      const kept = node.attrs.node as Json | undefined;
      if (node.type !== schema.nodes.card || kept?.src !== src) return;
      const position = tr.mapping.map(at);
      if (!picture) return void tr.delete(position, position + node.nodeSize);
      const { src: stored, width, height, alt } = picture;
      tr.setNodeMarkup(position, null, { node: { ...kept, src: stored, width, height, alt: kept.alt || (alt ?? "") } });
    });
    if (!tr.doc.childCount) continue;
    view.dispatch(tr);
  }
}

function fileOf(dataUrl: string): File {
  const [, type = "image/png", base64, data = ""] = /^data:([^;,]*)(?:;[^,;]*)*?(;base64)?,(.*)$/s.exec(dataUrl) ?? [];
  const text = base64 ? atob(data) : decodeURIComponent(data);
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  return new File([bytes], `pasted.${type.split("/")[1]?.replace(/\+.*/, "") ?? "png"}`, { type });
}

/** A picture as it is shown in the editor: none but from the web or the magazine itself. */
export function pictureSrc(src: unknown): string | null {
  const url = shownUrl(src);
  return /^(https?:|\/|data:image\/(png|jpeg|gif|webp|avif);|blob:)/.test(url) ? url : null;
}
