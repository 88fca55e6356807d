// What people do at the desk, from the first link to a correction, in a browser: node journeys.mjs [NAME…]
//
// MASTHEAD is the server's program and CHROMIUM the browser's. Each journey has a magazine of its own below WORK (a
// temporary folder without it). MASTHEAD_REFERENCE may name a folder with the page that is pasted, SHOTS one that
// takes pictures of every screen. Ends with 1 at the first journey that fails, with the reason and a picture.

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { startChromium } from "./chromium.mjs";
import { Magazine } from "./journeys/magazine.mjs";
import { Watch } from "./journeys/watch.mjs";

/** The name, and how many seconds it may take. What ends in “by-keys” is the same journey without a mouse. */
const JOURNEYS = [
  ["first-run", 60],
  ["first-run-by-keys", 90],
  ["two-editors", 45],
  ["two-editors-by-keys", 60],
  ["offline", 45],
  ["offline-by-keys", 45],
  ["killed", 60],
  ["killed-by-keys", 60],
  ["keyboard", 45],
  ["screens", 150],
  ["roles", 90],
];
const BY_KEYS = "-by-keys";

if (!process.env.MASTHEAD) throw new Error("MASTHEAD is to name the server's program");
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !JOURNEYS.some(([known]) => known === name));
if (unknown) throw new Error(`there is no journey ${unknown}; there are ${JOURNEYS.map(([name]) => name).join(", ")}`);

const own = !process.env.WORK;
const work = own ? await mkdtemp(join(tmpdir(), "masthead-journeys-")) : process.env.WORK;
const browser = await startChromium();
let failed = false;
try {
  for (const [name, seconds] of JOURNEYS) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    failed = !(await take(name, seconds));
    if (failed) break;
  }
} finally {
  await browser.close();
  // After a failure its data and its pictures are what one looks at.
  if (own && !failed) await rm(work, { recursive: true, force: true });
}
// At once: a journey that ran out of time may still have somebody typing.
process.exit(failed ? 1 : 0);

/** Takes one journey; answers whether it arrived. */
async function take(name, seconds) {
  const hasKeysAlone = name.endsWith(BY_KEYS);
  const { journey, wants = {} } = await import(`./journeys/${name.replace(BY_KEYS, "")}.mjs`);
  const folder = join(work, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const began = performance.now();
  const spent = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  let magazine;
  let watch;
  let clock;
  try {
    magazine = await Magazine.found(folder, wants);
    watch = new Watch(browser, magazine, { hasKeysAlone });
    const late = new Promise((_, reject) => (clock = setTimeout(() => reject(new Error(`it took more than ${seconds} s`)), seconds * 1000)));
    const seen = await Promise.race([journey({ magazine, watch }), late]);
    watch.check();
    console.log(`${name}: ${seen} (${spent()})`);
    return true;
  } catch (error) {
    const shots = watch ? await shoot(watch, folder) : [];
    console.error(`${name} failed after ${spent()}: ${stripVTControlCharacters(error.stack ?? `${error}`)}`);
    for (const fault of watch?.faults.slice(0, 10) ?? []) console.error(`  seen: ${fault}`);
    for (const line of magazine?.complaints ?? []) console.error(`  the server: ${line}`);
    for (const shot of shots) console.error(`  picture: ${shot}`);
    return false;
  } finally {
    clearTimeout(clock);
    await watch?.close();
    await magazine?.close();
  }
}

/** Pictures of what every person of the journey has on the screen. */
async function shoot(watch, folder) {
  const shots = [];
  for (const page of watch.contexts.flatMap((context) => context.pages())) {
    const path = join(folder, `failed-${shots.length + 1}.png`);
    const done = await page.screenshot({ path, timeout: 5000 }).then(() => true, () => false);
    if (done) shots.push(path);
  }
  return shots;
}
