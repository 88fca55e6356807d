// The server, asked with patience: where a session has ended, the request waits until its sender has signed in
// again and then goes out once more, so that nothing that was typed is lost.

import * as client from "../api/client";

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof client.Refused) || error.refusal.error !== "signed-out") throw error;
    await signedIn();
    return patiently(ask);
  }
}

/** Done when whoever was signed out has signed in again. */
export const signedIn = () => new Promise<void>((resolve) => addEventListener("signed-in", () => resolve(), { once: true }));

export const get = <T>(path: string, signal?: AbortSignal) => patiently(() => client.get<T>(path, signal));
export const post = <T>(path: string, body: unknown = {}, signal?: AbortSignal) => patiently(() => client.ask<T>("POST", path, body, signal));
export const put = <T>(path: string, body: unknown) => patiently(() => client.put<T>(path, body));
export const remove = <T>(path: string, body?: unknown) => patiently(() => client.remove<T>(path, body));
export { Refused } from "../api/client";

/** "?a=1&b=2" of what is set. */
export function query(values: Record<string, string | number | boolean | null | undefined>): string {
  const set = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "" && value !== false) set.set(name, String(value));
  }
  return set.size > 0 ? `?${set}` : "";
}

/** What was refused, and which field was at fault, where one was. */
export function faultOf(error: unknown): { field: string | null; message: string } {
  if (error instanceof client.Refused) return { field: error.refusal.field ?? null, message: error.message };
  return { field: null, message: error instanceof Error ? error.message : String(error) };
}
