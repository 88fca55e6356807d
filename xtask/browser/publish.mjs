// How long after the answer to "publish" a reader sees the article: node publish.mjs COUNT
// The server is MAGAZINE, the Admin API's key ADMIN_KEY (id:hex secret). Prints the cells of a table:
// p50 and p99, in milliseconds, of publishing, of the front after that, and of the article's own page.

import { createHmac } from "node:crypto";
import { get } from "./get.mjs";

const MAGAZINE = process.env.MAGAZINE;
const [id, secret] = process.env.ADMIN_KEY.split(":");
const PATIENCE = 10_000;

const count = Number(process.argv[2] ?? 50);
const published = [];
const onFront = [];
const onItsPage = [];
for (let number = 1; number <= count; number += 1) {
  const headline = `Measured publication ${number} of ${count}`;
  const asked = performance.now();
  const { url } = await publish(headline, number);
  const answered = performance.now();
  published.push(answered - asked);
  const [front, page] = await Promise.all([
    shown(`${MAGAZINE}/`, (answer) => answer.body.includes(headline)),
    shown(MAGAZINE + new URL(url).pathname, (answer) => answer.status === 200),
  ]);
  onFront.push(front - answered);
  onItsPage.push(page - answered);
}
console.log([published, onFront, onItsPage].flatMap((times) => [at(times, 0.5), at(times, 0.99)]).join(" | "));

async function publish(headline, number) {
  const paragraphs = Array.from({ length: 12 }, (_, at) => `<p>Paragraph ${at} of measured article ${number}, of a length that is usual in the news.</p>`);
  const answer = await fetch(`${MAGAZINE}/ghost/api/admin/posts/?source=html`, {
    method: "POST",
    headers: { authorization: `Ghost ${token()}`, "content-type": "application/json", "accept-version": "v5.0" },
    body: JSON.stringify({ posts: [{ title: headline, html: paragraphs.join(""), status: "published" }] }),
  });
  if (answer.status !== 201) throw new Error(`publishing answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
  return (await answer.json()).posts[0];
}

/** The moment at which an answer first satisfies. */
async function shown(url, satisfies) {
  const until = performance.now() + PATIENCE;
  for (;;) {
    if (satisfies(await get(url))) return performance.now();
    if (performance.now() > until) throw new Error(`not visible within ${PATIENCE / 1000} s: ${url}`);
  }
}

/** A token as the Ghost Admin API defines it: HS256, the key's id in the header, five minutes at most. */
function token() {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const signed = `${part({ alg: "HS256", typ: "JWT", kid: id })}.${part({ iat: now, exp: now + 300, aud: "/admin/" })}`;
  return `${signed}.${createHmac("sha256", Buffer.from(secret, "hex")).update(signed).digest("base64url")}`;
}

function at(times, share) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1);
}
