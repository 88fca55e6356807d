/** A run of words: whether the other text has it too. */
export interface Run {
  text: string;
  changed: boolean;
}

/** Beyond this the table of words would cost more than the marks are worth. */
const MANY = 1500;

/** Which words of a text are not in the one that it grew from. */
export function changedWords(from: string, text: string): Run[] {
  const [was, now] = [wordsOf(from), wordsOf(text)];
  if (was.length > MANY || now.length > MANY) return [{ text, changed: from !== text }];
  const width = now.length + 1;
  // How many words are common from here on.
  const common = new Uint16Array((was.length + 1) * width);
  for (let i = was.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      common[i * width + j] = same(was[i], now[j]) ? common[(i + 1) * width + j + 1]! + 1 : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const runs: Run[] = [];
  for (let i = 0, j = 0; j < now.length; ) {
    const kept = i < was.length && same(was[i], now[j]);
    if (!kept && i < was.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!) {
      i += 1;
      continue;
    }
    const last = runs.at(-1);
    if (last?.changed === !kept) last.text += now[j];
    else runs.push({ text: now[j]!, changed: !kept });
    if (kept) i += 1;
    j += 1;
  }
  return runs;
}

/** The space behind a word is not the word's. */
const same = (a: string | undefined, b: string | undefined) => a?.trimEnd() === b?.trimEnd();

/** Each word with the space behind it. */
const wordsOf = (text: string) => text.match(/\S+\s*|^\s+/g) ?? [];
