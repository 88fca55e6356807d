// A magazine of its own for a journey: a server on a free port, with a data folder that nobody else writes to.

import { execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";

const PROGRAM = process.env.MASTHEAD;
const PATIENCE = 15_000;
let nextPort = 2410;

/** Whatever ends the journeys, no server stays behind. */
const running = new Set();
process.on("exit", () => {
  for (const server of running) server.kill("SIGKILL");
});

export class Magazine {
  /** Everything that the server has printed. */
  said = "";
  #server = null;

  constructor(folder, port) {
    this.folder = join(folder, "magazine");
    this.port = port;
    this.url = `http://localhost:${port}`;
  }

  static async found(folder, { sample = false } = {}) {
    const magazine = new Magazine(folder, await freePort());
    if (sample) await magazine.#run("demo");
    await magazine.open();
    return magazine;
  }

  /** Starts the server, on the folder and the port of the last time. */
  async open() {
    const server = spawn(PROGRAM, ["serve", "--listen", `127.0.0.1:${this.port}`, ...this.#where()], { stdio: ["ignore", "pipe", "pipe"] });
    this.#server = server;
    running.add(server);
    server.once("exit", () => running.delete(server));
    for (const stream of [server.stdout, server.stderr]) stream.on("data", (bytes) => (this.said += bytes));
    const until = Date.now() + PATIENCE;
    while (!(await this.#answers())) {
      if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}: ${this.said.slice(-800)}`);
      if (Date.now() > until) throw new Error(`the server does not answer: ${this.said.slice(-800)}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  /** Ends the server: politely, or as a power cut would ("SIGKILL"). */
  async close(signal = "SIGTERM") {
    const server = this.#server;
    this.#server = null;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill(signal);
    // A server that does not hear must not outlive its journey.
    const late = setTimeout(() => server.kill("SIGKILL"), 5000);
    await ended;
    clearTimeout(late);
  }

  /** The link that makes the first owner; an empty magazine prints it when it opens. */
  get firstLink() {
    const [link] = this.said.match(/http:\S+\/desk\/first\/\S+/) ?? [];
    if (!link) throw new Error(`the server printed no link for the first owner: ${this.said.slice(-400)}`);
    return link;
  }

  /** Adds somebody to the staff; answers with the link that sets the password. */
  async hire({ email, name, role }) {
    return JSON.parse(await this.#run("staff", "add", email, "--name", name, "--role", role, "--json")).link;
  }

  /** A WordPress site moves in. */
  async moveIn(file) {
    await this.#run("import", "wordpress", file);
  }

  /** The last things that the server has complained of. */
  get complaints() {
    return this.said.split("\n").filter((line) => /\bERROR\b|panicked/.test(line)).slice(-5);
  }

  /** A page of the public site as text, as any reader gets it. */
  async read(path) {
    const answer = await fetch(new URL(path, this.url));
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    return answer.text();
  }

  async #run(...words) {
    const { stdout } = await promisify(execFile)(PROGRAM, [...words, ...this.#where()]);
    return stdout;
  }

  #where() {
    return ["--data", this.folder, "--url", this.url];
  }

  async #answers() {
    try {
      const { status } = await fetch(`${this.url}/desk/sign-in/`, { signal: AbortSignal.timeout(2000) });
      return status === 200;
    } catch {
      return false;
    }
  }
}

/** Journeys may run beside a server at work: what is taken is passed over. */
async function freePort() {
  for (;;) {
    const port = nextPort++;
    const free = await new Promise((resolve) => {
      const probe = createServer();
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
    });
    if (free) return port;
    if (port > 2490) throw new Error("no port is free");
  }
}
