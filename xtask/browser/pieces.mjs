// A server that hands a page over in pieces with pauses between, as a slow network does: what moves
// while a page arrives is seen on a fast machine too.

import { createServer } from "node:http";

/** Bytes at a time: a packet or so. */
const PIECE = 1000;
const PAUSE_MS = 25;

/**
 * Serves `magazine` anew on loopback, its pages in pieces and all else in one. Returns the address
 * and `close`.
 */
export async function inPieces(magazine) {
  const server = createServer(async (request, answer) => {
    const from = await fetch(magazine + request.url, { headers: { accept: request.headers.accept ?? "*/*" } });
    const type = from.headers.get("content-type") ?? "application/octet-stream";
    const bytes = Buffer.from(await from.arrayBuffer());
    answer.writeHead(from.status, { "content-type": type });
    if (type.startsWith("text/html")) {
      for (let at = 0; at < bytes.length; at += PIECE) {
        answer.write(bytes.subarray(at, at + PIECE));
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      answer.end();
    } else {
      answer.end(bytes);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
