// node --expose-gc --min-semi-space-size=512 --max-semi-space-size=512 allocations.mjs SAMPLE
// Prints the bytes that parsing and rendering a body takes on V8's heap: what the heap grows by, beginning
// with a young generation that is empty and so large that nothing is collected in between. What Node.js
// and V8 hold outside that heap is not counted.

import { readFileSync } from "node:fs";
import { PerformanceObserver } from "node:perf_hooks";
import { render, warmUp } from "./ghost.mjs";

/** Bodies between two collections: enough that what a collection makes V8 build anew hardly counts. */
const BODIES = 24;
const ROUNDS = 5;

const body = readFileSync(process.argv[2], "utf8");
await warmUp(body);

let collections = 0;
new PerformanceObserver((list) => (collections += list.getEntries().length)).observe({ entryTypes: ["gc"] });
const grown = [];
for (let round = 0; round < ROUNDS; round += 1) {
  globalThis.gc();
  await told();
  const collectionsBefore = collections;
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < BODIES; count += 1) await render(body);
  const after = process.memoryUsage().heapUsed;
  await told();
  if (collections !== collectionsBefore) throw new Error("a collection came in between: the growth says nothing");
  grown.push((after - before) / BODIES);
}
console.log(grown.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)].toFixed(0));

/** Until the observer has been told of all collections so far. */
function told() {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
