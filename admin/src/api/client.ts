import { has, t } from "../words";
import type { Refusal } from "./types";

/** A request that the server refused, or that did not reach it (`status` 0). Its message is for a person. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly refusal: Refusal,
  ) {
    super(sentenceOf(status, refusal));
  }
}

/** Why, in the desk's language. What is wrong with a field only the server knows, and it says so in its own words. */
function sentenceOf(status: number, { error, message }: Refusal): string {
  const key = `shell.refused_${error}`;
  if (error === "field" || !has(key)) return message;
  if (status === 507) return t("shell.refused_full");
  // The number under which the server's log has the reason.
  const number = error === "failed" ? /\b[0-9a-f]{8}\b/.exec(message)?.[0] : undefined;
  return number ? t("shell.refused_failed_number", { number }) : t(key);
}

/** Where the desk's API stands. */
const BASE = "/desk/api";

/**
 * Asks the server. `path` is without the base and starts with a slash. A body is sent as JSON, unless it is a
 * `Blob`, which goes as it is. A session that ended leads to the page that signs in.
 */
export async function ask<T>(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  // The header makes the request one that no form of another site can send.
  const headers: Record<string, string> = { accept: "application/json", "x-masthead": "desk" };
  const raw = body instanceof Blob;
  if (body !== undefined) headers["content-type"] = raw ? body.type || "application/octet-stream" : "application/json";
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      method,
      headers,
      body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
      credentials: "same-origin",
      signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refused(0, { error: "offline", message: "The server does not answer." });
  }
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const refusal = refusalIn(answer, response.status);
  if (response.status === 401 && refusal.error === "signed-out") dispatchEvent(new CustomEvent("signed-out"));
  throw new Refused(response.status, refusal);
}

/** The refusal in an answer; what a proxy between says is none, and tells only that it failed. */
export function refusalIn(answer: unknown, status: number): Refusal {
  const refusal = answer as Partial<Refusal> | null;
  return typeof refusal?.error === "string" ? (refusal as Refusal) : { error: "failed", message: `The server answered ${status}.` };
}

export const get = <T>(path: string, signal?: AbortSignal) => ask<T>("GET", path, undefined, signal);
export const post = <T>(path: string, body: unknown = {}) => ask<T>("POST", path, body);
export const put = <T>(path: string, body: unknown) => ask<T>("PUT", path, body);
export const remove = <T>(path: string, body?: unknown) => ask<T>("DELETE", path, body);
