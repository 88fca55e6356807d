// The power fails, three times, while somebody goes on typing; at last the window is gone as well. What was on the
// screen for a second is still there.

import * as desk from "./desk.mjs";

const { must } = desk;
const EVERY = 100;
/** Words after which the server is killed; after the last one the window is closed too. */
const KILLS = [25, 50, 75];
const LAST = 90;
const UNANSWERED = /net::ERR_(CONNECTION|EMPTY_RESPONSE|INCOMPLETE_CHUNKED|SOCKET|NETWORK)/;

export async function journey({ magazine, watch }) {
  const context = await watch.person();
  const page = await context.newPage();
  await desk.foundMagazine(page, magazine, { title: "The Bay Review", name: "Ines Marsh", email: "ines@bay.example" });
  const id = await desk.newArticle(page, "Written while the lights went out");
  await desk.write(page, "The first words. ");
  return watch.pardon(UNANSWERED, () => goThrough({ magazine, context, page, id }));
}

async function goThrough({ magazine, context, page, id }) {
  const typed = [];
  let restart = Promise.resolve();
  for (let number = 1; number <= LAST; number += 1) {
    const next = Date.now() + EVERY;
    await page.keyboard.type(`word${number} `);
    typed.push({ word: `word${number}`, at: Date.now() });
    if (KILLS.includes(number)) {
      await restart;
      await magazine.close("SIGKILL");
      // Typing goes on while it is down and while it comes up.
      restart = new Promise((resolve) => setTimeout(resolve, 700)).then(() => magazine.open());
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - Date.now())));
  }
  await restart;

  // Once more, and this time the window goes with it.
  await magazine.close("SIGKILL");
  for (const word of ["unsent1", "unsent2", "unsent3"]) {
    await page.keyboard.type(`${word} `);
    typed.push({ word, at: Date.now() });
  }
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const closed = Date.now();
  await page.close();
  await magazine.open();

  const owed = typed.filter(({ at }) => at <= closed - 1000).map(({ word }) => word);
  const again = await context.newPage();
  await desk.openArticle(again, magazine, id);
  const lacks = (words) => owed.filter((word) => !new RegExp(`\\b${word}\\b`).test(words));
  let lost = lacks(await desk.text(again).innerText());
  must(lost.length === 0, `lost from the page: ${lost.join(", ")}`);
  await desk.until(async () => (lost = lacks(await desk.textOnServer(again, id))).length === 0, "the server does not get what the device kept", 20_000);
  await again.close();
  return `${owed.length} words over ${KILLS.length + 1} kills and a closed window, none lost`;
}
