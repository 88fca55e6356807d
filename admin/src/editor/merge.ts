// Two people changed one article. Three-way by blocks: what only one of them touched needs no asking, and no block of
// either is ever lost without somebody choosing so.

export type Block = Record<string, unknown>;

/** `null` for a side on which the block is not there. */
export interface MergeRow {
  change: "same" | "mine" | "theirs" | "both";
  base: Block | null;
  mine: Block | null;
  theirs: Block | null;
}

/** What to keep of a block that both changed; without a choice, both. */
export type Choice = "mine" | "theirs" | "base" | "both";

interface Body {
  envelope: Block;
  root: Block;
  blocks: Block[];
}

export function threeWay(base: string, mine: string, theirs: string): MergeRow[] {
  const [was, my, their] = [parse(base).blocks, parse(mine).blocks, parse(theirs).blocks];
  const [toMine, toTheirs] = [pair(was, my), pair(was, their)];
  const rows: MergeRow[] = [];
  let [myNext, theirNext] = [0, 0];
  const added = (myEnd: number, theirEnd: number) => {
    addedRows(my.slice(myNext, myEnd), their.slice(theirNext, theirEnd), rows);
    [myNext, theirNext] = [myEnd, theirEnd];
  };
  was.forEach((block, i) => {
    const [myAt, theirAt] = [toMine[i]!, toTheirs[i]!];
    added(myAt < 0 ? myNext : myAt, theirAt < 0 ? theirNext : theirAt);
    if (myAt >= 0) myNext = myAt + 1;
    if (theirAt >= 0) theirNext = theirAt + 1;
    rows.push(rowOf(block, my[myAt] ?? null, their[theirAt] ?? null));
  });
  added(my.length, their.length);
  return rows;
}

function rowOf(base: Block, mine: Block | null, theirs: Block | null): MergeRow {
  const sides = { base, mine, theirs };
  if (same(mine, theirs)) return { change: same(base, mine) ? "same" : "mine", ...sides };
  if (same(base, theirs)) return { change: "mine", ...sides };
  if (same(base, mine)) return { change: "theirs", ...sides };
  return { change: "both", ...sides };
}

/** New blocks of both at one place all stay; what both wrote alike stays once. */
function addedRows(mine: Block[], theirs: Block[], rows: MergeRow[]) {
  const alike = pairEqual(mine, theirs);
  let next = 0;
  mine.forEach((block, i) => {
    const at = alike[i]!;
    if (at >= 0) {
      for (; next < at; next += 1) rows.push({ change: "theirs", base: null, mine: null, theirs: theirs[next]! });
      next = at + 1;
    }
    rows.push({ change: "mine", base: null, mine: block, theirs: at >= 0 ? theirs[at]! : null });
  });
  for (; next < theirs.length; next += 1) rows.push({ change: "theirs", base: null, mine: null, theirs: theirs[next]! });
}

/** The body that the rows and the choices (by a row's index) make. The fields of its root are those of `mine`. */
export function merged(rows: MergeRow[], choices: Record<number, Choice> | Map<number, Choice>, mine = ""): string {
  const chosen = (i: number) => (choices instanceof Map ? choices.get(i) : choices[i]) ?? "both";
  const children = rows.flatMap((row, i) => kept(row, chosen(i)).filter((block) => block !== null));
  const { envelope, root } = parse(mine);
  return JSON.stringify({ ...envelope, root: { ...root, children } });
}

function kept({ change, base, mine, theirs }: MergeRow, choice: Choice): (Block | null)[] {
  if (change === "same" || change === "mine") return [mine];
  if (change === "theirs") return [theirs];
  return { mine: [mine], theirs: [theirs], base: [base], both: [mine, theirs] }[choice];
}

/** The words of a block, for showing it. */
export function wordsOfBlock(block: unknown): string {
  if (typeof block !== "object" || block === null) return "";
  const { text, type, children, ...fields } = block as Block;
  if (type === "linebreak") return "\n";
  if (typeof text === "string") return text;
  if (Array.isArray(children)) return children.map(wordsOfBlock).join(type === "list" ? "\n" : "");
  const strings = Object.entries(fields).filter(([name, value]) => typeof value === "string" && value !== "" && !/colou?r|version|width/i.test(name));
  return [String(type), ...strings.map(([, value]) => value as string)].join("\n");
}

const EMPTY_ROOT: Block = { direction: null, format: "", indent: 0, type: "root", version: 1 };

function parse(body: string): Body {
  if (body.trim() === "") return { envelope: {}, root: EMPTY_ROOT, blocks: [] };
  const { root, ...envelope } = JSON.parse(body) as Block;
  const { children, ...fields } = (typeof root === "object" && root !== null ? root : {}) as Block;
  return { envelope, root: fields, blocks: Array.isArray(children) ? (children as Block[]) : [] };
}

// Which blocks belong together.

const keys = new WeakMap<object, string>();

/** The same for two blocks that differ only in the order of their fields or in the direction, which editors set. */
function keyOf(block: Block): string {
  if (typeof block !== "object" || block === null) return JSON.stringify(block);
  let key = keys.get(block);
  if (key === undefined) keys.set(block, (key = JSON.stringify(block, sorted)));
  return key;
}

function sorted(name: string, value: unknown): unknown {
  if (name === "direction") return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function same(a: Block | null, b: Block | null): boolean {
  return a === b || (a !== null && b !== null && keyOf(a) === keyOf(b));
}

/** For each block of `from`, the index of its equal in `to`, or -1; in order, as many as there are. */
function pairEqual(from: Block[], to: Block[]): number[] {
  return longest(from.length, to.length, (i, k) => (same(from[i]!, to[k]!) ? 1 : 0));
}

/** Equal blocks first; between them, those that are alike are one block that was changed. */
function pair(from: Block[], to: Block[]): number[] {
  const pairs = pairEqual(from, to);
  let [start, toStart] = [0, 0];
  for (let i = 0; i <= from.length; i += 1) {
    if (i < from.length && pairs[i]! < 0) continue;
    const toEnd = i < from.length ? pairs[i]! : to.length;
    if (i > start && toEnd > toStart) {
      const alike = longest(i - start, toEnd - toStart, (a, b) => likeness(from[start + a]!, to[toStart + b]!));
      alike.forEach((at, a) => {
        if (at >= 0) pairs[start + a] = toStart + at;
      });
    }
    [start, toStart] = [i + 1, toEnd + 1];
  }
  return pairs;
}

/** The pairing in order with the greatest sum of worths; worth 0 is no pair. */
function longest(rows: number, columns: number, worth: (row: number, column: number) => number): number[] {
  const pairs = Array<number>(rows).fill(-1);
  // What is the same at both ends needs no table: most articles differ in few blocks.
  let head = 0;
  while (head < rows && head < columns && worth(head, head) === 1) pairs[head] = head++;
  let tail = 0;
  while (tail < rows - head && tail < columns - head && worth(rows - 1 - tail, columns - 1 - tail) === 1) {
    tail += 1;
    pairs[rows - tail] = columns - tail;
  }
  const [height, width] = [rows - head - tail, columns - head - tail];
  const worths = Array.from({ length: height }, (_, r) => Array.from({ length: width }, (_, c) => worth(head + r, head + c)));
  const best = Array.from({ length: height + 1 }, () => new Float64Array(width + 1));
  for (let r = height - 1; r >= 0; r -= 1) {
    for (let c = width - 1; c >= 0; c -= 1) {
      const value = worths[r]![c]!;
      best[r]![c] = Math.max(best[r + 1]![c]!, best[r]![c + 1]!, value > 0 ? value + best[r + 1]![c + 1]! : 0);
    }
  }
  for (let [r, c] = [0, 0]; r < height && c < width; ) {
    const value = worths[r]![c]!;
    if (value > 0 && best[r]![c] === value + best[r + 1]![c + 1]!) {
      pairs[head + r] = head + c;
      [r, c] = [r + 1, c + 1];
    } else if (best[r]![c] === best[r + 1]![c]) r += 1;
    else c += 1;
  }
  return pairs;
}

/** How much two blocks share: 0 for none of it, below 1 for blocks that differ at all. */
function likeness(a: Block, b: Block): number {
  const [mine, theirs] = [words(a), words(b)];
  if (!mine.size || !theirs.size) return a?.type === b?.type ? 0.3 : 0;
  let shared = 0;
  for (const word of mine) if (theirs.has(word)) shared += 1;
  const alike = (2 * shared) / (mine.size + theirs.size);
  if (alike < 0.25) return 0;
  return Math.min(0.99, alike);
}

const bags = new WeakMap<object, Set<string>>();

function words(block: Block): Set<string> {
  if (typeof block !== "object" || block === null) return new Set();
  let bag = bags.get(block);
  if (!bag) bags.set(block, (bag = new Set(wordsOfBlock(block).toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])));
  return bag;
}
