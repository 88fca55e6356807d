// The magazine, as the clients and as readers reach it.

import GhostAdminAPI from "@tryghost/admin-api";
import GhostContentAPI from "@tryghost/content-api";
import { holds, noted, same } from "./steps.mjs";

for (const name of ["MAGAZINE", "CONTENT_KEY", "ADMIN_KEY"]) {
  if (!process.env[name]) throw new Error(`${name} is not set`);
}
// The clients would ask a proxy for the loopback address.
process.env.no_proxy = "*";

export const MAGAZINE = process.env.MAGAZINE.replace(/\/$/, "");
/** In every name that is made here, so that the script can run twice. */
export const RUN = Date.now().toString(36);
export const NO_ID = "0".repeat(24);
/** How a method is refused for which there is no address: Ghost blames the client's version. */
export const NO_ROUTE = ["NotFoundError", "RequestNotAcceptableError"];

export const content = noted("content", reader(process.env.CONTENT_KEY));
export const admin = noted("admin", writer(process.env.ADMIN_KEY));

export function reader(key) {
  return new GhostContentAPI({ url: MAGAZINE, version: "v6.0", key });
}

export function writer(key) {
  return new GhostAdminAPI({ url: MAGAZINE, version: "v6.0", key });
}

export function paged(list, page, limit) {
  const { pagination } = list.meta ?? {};
  holds("the list has no pagination", Array.isArray(list) && pagination);
  const pages = Math.max(1, Math.ceil(pagination.total / limit));
  const beside = { next: page < pages ? page + 1 : null, prev: page > 1 ? page - 1 : null };
  same("the pagination", pagination, { page, limit, pages, total: pagination.total, ...beside });
  same("the length of the page", list.length, Math.max(0, Math.min(limit, pagination.total - (page - 1) * limit)));
}

/** A body of one paragraph. */
export function lexical(text) {
  const words = { detail: 0, format: 0, mode: "normal", style: "", text, type: "extended-text", version: 1 };
  const block = { direction: "ltr", format: "", indent: 0, version: 1 };
  const paragraph = { ...block, type: "paragraph", children: [words] };
  return JSON.stringify({ root: { ...block, type: "root", children: [paragraph] } });
}

export async function page(url) {
  const answer = await fetch(url, { redirect: "manual" });
  const type = answer.headers.get("content-type")?.split(";")[0];
  return { status: answer.status, type, body: Buffer.from(await answer.arrayBuffer()) };
}

export async function shows(url, title) {
  const { status, body } = await page(url);
  same(`the status of ${url}`, status, 200);
  holds(`${url} does not show “${title}”`, body.includes(title));
  return body.toString();
}

export async function isGone(url) {
  const { status } = await page(url);
  holds(`${url} answers ${status}`, status === 404 || status === 410);
}
