// node time.mjs SAMPLE PAGE SECONDS: the processor time of parsing and rendering a body.
// Writes the page made of the sample. Prints microseconds a body of the process's processor time, user
// and system: with what the garbage collector and the compiler do in threads of their own.

import { readFileSync, writeFileSync } from "node:fs";
import { render, warmUp } from "./ghost.mjs";

const [sample, page, seconds] = process.argv.slice(2);
const body = readFileSync(sample, "utf8");
writeFileSync(page, await render(body));
await warmUp(body);

const start = process.cpuUsage();
let taken = 0;
let bodies = 0;
while (taken < seconds * 1e6) {
  await render(body);
  bodies += 1;
  const { user, system } = process.cpuUsage(start);
  taken = user + system;
}
console.log((taken / bodies).toFixed(1));
