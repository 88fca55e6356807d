// GET as it is on the wire: redirects are not followed and compressed bodies stay compressed.

import http from "node:http";

const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
const PATIENCE = 30_000;

/** Asks for a URL in one encoding; answers `{status, headers, body}`. */
export function get(url, encoding = "identity") {
  return new Promise((resolve, reject) => {
    const asked = http.get(url, { agent, headers: { "accept-encoding": encoding } }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }),
      );
    });
    asked.setTimeout(PATIENCE, () => asked.destroy(new Error(`no answer in ${PATIENCE / 1000} s: ${url}`)));
    asked.on("error", reject);
  });
}

/** The same until the answer comes in that encoding: compressed copies follow a moment after the page. */
export async function getKept(url, encoding) {
  const until = Date.now() + 10_000;
  for (;;) {
    const answer = await get(url, encoding);
    if ((answer.headers["content-encoding"] ?? "identity") === encoding || Date.now() > until) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
