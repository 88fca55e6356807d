// A receiver of webhooks on the loopback address, and a place where nobody receives.

import { createHmac } from "node:crypto";
import { createServer } from "node:http";

const LOOK = 50;

export class Receiver {
  /** Everything that came, in its order: `{path, headers, raw}`. */
  arrived = [];
  #server;

  static async listen(port = 0) {
    const receiver = new Receiver();
    receiver.#server = createServer(async (request, answer) => {
      const parts = [];
      for await (const part of request) parts.push(part);
      receiver.arrived.push({ path: request.url, headers: request.headers, raw: Buffer.concat(parts).toString() });
      answer.end();
    });
    await new Promise((resolve, reject) => receiver.#server.once("error", reject).listen(port, "127.0.0.1", resolve));
    return receiver;
  }

  url(path) {
    return `http://127.0.0.1:${this.#server.address().port}${path}`;
  }

  at(path) {
    return this.arrived.filter((delivery) => delivery.path === path);
  }

  /** Waits until something came to each path, but no longer than the patience lasts. */
  async until(paths, patience) {
    const until = Date.now() + patience;
    while (Date.now() < until && !paths.every((path) => this.at(path).length > 0)) {
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** An address at which nothing listens any more. */
export async function nowhere() {
  const receiver = await Receiver.listen();
  const url = receiver.url("/nobody");
  receiver.close();
  return url;
}

/** Whether the header `X-Ghost-Signature` is that of the body and the secret. */
export function isSigned({ headers, raw }, secret) {
  const [, sum, time] = /^sha256=([0-9a-f]{64}), t=(\d{13})$/.exec(headers["x-ghost-signature"] ?? "") ?? [];
  return sum !== undefined && sum === createHmac("sha256", secret).update(raw + time).digest("hex");
}
