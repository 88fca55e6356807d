// Two people in one draft: what each of them changed is put together, and where both changed the same, one of them
// chooses with both versions on the screen.

import * as desk from "./desk.mjs";

const { must } = desk;
const ANNA = { email: "anna@bay.example", name: "Anna Brook", role: "editor" };
const BEN = { email: "ben@bay.example", name: "Ben Lowe", role: "editor" };

export async function journey({ magazine, watch }) {
  const anna = await desk.colleague(watch, ANNA);
  const ben = await desk.colleague(watch, BEN);
  const id = await desk.newArticle(anna, "The two of them at work");
  await desk.write(anna, "The first paragraph.\nThe second paragraph.\nThe third paragraph.");
  await desk.saved(anna);
  await desk.openArticle(ben, magazine, id);
  await anna.getByText("Ben Lowe is here too").waitFor();
  await ben.getByText("Anna Brook is here too").waitFor();

  // That the other was first is no fault: the server says so, and the console repeats it.
  await watch.pardon(/409 \(Conflict\)/, async () => {
    await together(anna, ben, id);
    await choose(anna, ben, id, { mine: "Ben’s harbour.", theirs: "Anna’s market.", take: "Yours" });
    await choose(anna, ben, id, { mine: "Ben’s ferry.", theirs: "Anna’s bridge.", take: "Both, one after the other" });
  });
  return "both are seen; two paragraphs put together without a question, one chosen, one kept twice";
}

/** Holds what the page saves until it is let go: a slow line, on which somebody else comes first. */
async function slowLine(page) {
  let letGo;
  const free = new Promise((resolve) => (letGo = resolve));
  const saves = (url) => /\/desk\/api\/articles\/[^/]+$/.test(url.pathname);
  const wait = async (route) => {
    if (route.request().method() === "PUT") await free;
    // A window that was closed meanwhile sends nothing any more.
    await route.continue().catch(() => {});
  };
  await page.route(saves, wait);
  return async () => {
    letGo();
    await page.unrouteAll({ behavior: "wait" });
  };
}

async function together(anna, ben, id) {
  const letGo = await slowLine(ben);
  await desk.writeInto(ben, 2, " Ben was here.");
  await desk.writeInto(anna, 1, " Anna was here.");
  await desk.saved(anna);
  await letGo();
  for (const page of [anna, ben]) {
    for (const words of ["The first paragraph. Anna was here.", "The second paragraph. Ben was here."]) {
      await desk.text(page).getByText(words).waitFor();
    }
    must((await page.getByRole("dialog").count()) === 0, "somebody is asked, where nobody needs to be");
  }
  await desk.saved(ben);
}

/** Ben and Anna both go on with the third paragraph; Ben comes second and is asked. */
async function choose(anna, ben, id, { mine, theirs, take }) {
  const letGo = await slowLine(ben);
  await writeIntoLast(ben, ` ${mine}`);
  await writeIntoLast(anna, ` ${theirs}`);
  await desk.saved(anna);
  await letGo();

  const dialog = ben.getByRole("dialog", { name: "Two versions of this article" });
  await dialog.waitFor();
  const question = dialog.getByRole("group", { name: "You both changed this" });
  for (const words of [mine, theirs]) await question.getByText(words).waitFor();
  must(await dialog.getByRole("button", { name: "Save this version" }).isDisabled(), "it can be saved before it is decided");

  // Nobody has to decide at once: the text stays, and the question comes back.
  await dialog.getByRole("button", { name: "Decide later" }).click();
  await ben.getByText("Two versions wait for you").first().waitFor();
  await desk.text(ben).getByText(mine).waitFor();
  await ben.getByRole("button", { name: "Choose" }).click();
  await question.getByRole("radio", { name: take }).check();
  await dialog.getByRole("button", { name: "Save this version" }).click();
  await dialog.waitFor({ state: "hidden" });

  await desk.saved(ben);
  const kept = await desk.textOnServer(ben, id);
  must(kept.includes(mine), `“${mine}” was chosen and is lost: ${kept}`);
  const both = take !== "Yours";
  must(kept.includes(theirs) === both, both ? `“${theirs}” was to stay and is lost: ${kept}` : `“${theirs}” was left out and is there`);
  must(kept.includes("Anna was here.") && kept.includes("Ben was here."), `what was put together before is lost: ${kept}`);
  // Anna sees the outcome without doing anything.
  await desk.text(anna).getByText(mine).waitFor();
}

async function writeIntoLast(page, words) {
  await desk.text(page).locator("p").last().click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(words);
}
