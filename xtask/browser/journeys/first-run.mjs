// The first day of a magazine: from the link that the server prints to an article that is out, and was corrected.

import { fileURLToPath } from "node:url";
import * as desk from "./desk.mjs";
import { story } from "./story.mjs";

const { must } = desk;
const PICTURE = fileURLToPath(new URL("../../../sample/pictures/ferry.jpg", import.meta.url));
const ALT = "A ferry with one funnel lies at the quay of a small harbour";
const REASON = "The desk has compared the offices with the record";

export async function journey({ magazine, watch }) {
  const told = await story();
  const context = await watch.person();
  const page = await context.newPage();
  await withPasskeys(page);

  await desk.foundMagazine(page, magazine, { title: "The Bay Review", name: "Ines Marsh", email: "ines@bay.example" });
  await addPasskey(page, magazine);
  await desk.signOut(page, "Ines Marsh");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await desk.deskIsOpen(page);

  await makeSection(page, magazine, "Politics");
  await page.goto(`${magazine.url}/desk/`);
  const id = await desk.newArticle(page, told.headline);
  await desk.standfirst(page).fill("What was said, by whom, and what is still open.");
  await desk.paste(page, told.text);
  await desk.showTab(page, "Papers");
  await desk.pick(page, "Section", "Politics");

  // The day of the page that is pasted: who held which office is asked for that day.
  await page.getByLabel("Day", { exact: true }).fill("2025-08-18");
  await desk.saved(page);
  await mendMarks(page, told);
  await giveLeadPicture(page);
  await desk.saved(page);

  const address = await publishSigned(page);
  await readAsStranger(watch, address, told);
  const note = `An earlier version of this article misspelt a name as ${told.wrong}; it is ${told.right}.`;
  await correct(page, told, note);
  await seeCorrection(magazine, address, told, note);
  must((await signatures(page, id)) === 2, "what was signed for twice is not twice in the record of acts");
  return `${told.called}: passkey, 7 lost marks mended, signed for with a reason, live at ${new URL(address).pathname}, correction on its page, in its data and in 2 feeds`;
}

/** A key that says yes to whoever asks, as a fingerprint reader does. */
async function withPasskeys(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function addPasskey(page, magazine) {
  await page.goto(`${magazine.url}/desk/me/`);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a passkey" });
  await dialog.getByLabel("Name").fill("Laptop");
  await dialog.getByLabel("Present password").fill(desk.PASSWORD);
  await dialog.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Remove Laptop" }).waitFor();
}

async function makeSection(page, magazine, name) {
  await page.goto(`${magazine.url}/desk/sections/`);
  await page.getByRole("button", { name: "New section" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create" }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** Exactly seven marks are lost; each has its fix, and after the fixes none is left. */
async function mendMarks(page, told) {
  const checks = await desk.showTab(page, "Checks");
  const mend = checks.getByRole("button", { name: /^Fix all \d+ quotation marks$/ });
  await mend.waitFor();
  must((await mend.textContent()) === "Fix all 7 quotation marks", `not seven marks: ${await mend.textContent()}`);
  const listed = await checks.getByRole("listitem").getByRole("button", { name: /^Put [“”]$/ }).count();
  must(listed === 7, `the list has ${listed} marks to put in`);
  const before = await lostMarks(page);
  must(before.length === 7, `the server finds ${before.length} lost marks: ${before.map(({ exact }) => exact).join(" | ")}`);
  await mend.click();
  await mend.waitFor({ state: "hidden" });
  await desk.saved(page);
  must((await lostMarks(page)).length === 0, "marks are still lost");
  const now = marks(await desk.text(page).innerText());
  must(now === marks(told.text) + 7, `there are ${now} quotation marks, ${marks(told.text)} before`);
}

const marks = (words) => words.match(/[“”]/g).length;

async function lostMarks(page) {
  const { body, papers } = await desk.ask(page, `/articles/${desk.articleId(page)}`);
  const { findings } = await desk.ask(page, `/articles/${desk.articleId(page)}/check`, { method: "POST", body: { body, papers } });
  return findings.filter(({ kind }) => kind.startsWith("mark-missing"));
}

async function giveLeadPicture(page) {
  const papers = await desk.showTab(page, "Papers");
  await papers.getByRole("button", { name: "Choose a picture" }).first().click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("dialog", { name: "Choose a picture" }).getByRole("button", { name: "Upload" }).click();
  await (await chooser).setFiles(PICTURE);
  await papers.getByLabel("Description", { exact: true }).fill(ALT);
  await papers.getByLabel("Creator").fill("Lena Fisk");
  await papers.getByLabel("Licence").selectOption({ label: "CC BY 4.0" });
  await papers.getByRole("button", { name: /^Take “/ }).click();
}

/** What must be dealt with is listed, and goes out only under a signature. Answers with the live address. */
async function publishSigned(page) {
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Publish" });
  const send = dialog.getByRole("button", { name: "Sign and publish" });
  await send.waitFor();
  await dialog.getByText(/^Must be dealt with · \d+$/).waitFor();
  const listed = await dialog.locator("details[open] li").allInnerTexts();
  must(listed.length > 0 && listed.some((words) => /Scholz/.test(words)), `the office is not listed: ${listed.join(" | ")}`);
  must(await send.isDisabled(), "it can be published without a reason");
  await dialog.getByLabel("Reason").fill("   ");
  must(await send.isDisabled(), "blanks are taken for a reason");
  await dialog.getByLabel("Reason").fill(REASON);
  await send.click();
  const live = page.getByRole("dialog", { name: "It is live" });
  const address = await live.getByRole("link", { name: /^http/ }).getAttribute("href");
  await live.getByRole("button", { name: "Done" }).click();
  return address;
}

async function signatures(page, id) {
  const { items } = await desk.ask(page, `/acts?subject=${id}`);
  return items.filter(({ reason }) => reason?.includes(REASON)).length;
}

async function readAsStranger(watch, address, told) {
  const reader = await (await watch.person()).newPage();
  await reader.goto(address);
  await reader.getByRole("heading", { level: 1, name: told.headline }).waitFor();
  await reader.getByRole("img", { name: ALT }).waitFor();
  must((await reader.getByText("Lena Fisk").count()) > 0, "the picture’s creator is not named");
  const licence = reader.locator('a[rel~="license"], figcaption a').first();
  must(/creativecommons\.org\/licenses\/by\/4\.0/.test((await licence.getAttribute("href")) ?? ""), "the credit has no link to the licence");
  const words = (await reader.locator("article").innerText()).split("\n");
  const odd = words.filter((line) => (line.match(/“/g)?.length ?? 0) !== (line.match(/”/g)?.length ?? 0));
  must(odd.length === 0, `a quotation is not closed: ${odd[0]}`);
  await reader.context().close();
}

async function correct(page, told, note) {
  const place = desk.text(page);
  await place.click();
  await page.keyboard.press("Control+f");
  await page.getByRole("searchbox", { name: "Find" }).fill(told.wrong);
  await page.getByRole("checkbox", { name: "Whole words" }).check();
  await page.getByRole("textbox", { name: "Replace with" }).fill(told.right);
  await page.getByRole("button", { name: "Replace", exact: true }).click();
  await page.getByRole("button", { name: "Close the search" }).click();
  await page.getByRole("button", { name: "Publish changes" }).click();
  const dialog = page.getByRole("dialog", { name: "Publish changes" });
  await dialog.getByRole("radio", { name: /^Correction/ }).check();
  await dialog.getByLabel("Note to readers").fill(note);
  // What was signed for once is still open, and is signed for again.
  const reason = dialog.getByLabel("Reason");
  const send = dialog.getByRole("button", { name: /^(Sign and publish|Publish) changes$/ });
  await dialog.getByText("What changes for readers").waitFor();
  await desk.until(async () => (await reason.isVisible()) || (await send.isEnabled()), "the dialog does not come to an end");
  if (await reason.isVisible()) await reason.fill(REASON);
  await send.click();
  await dialog.waitFor({ state: "hidden" });
}

async function seeCorrection(magazine, address, told, note) {
  const path = new URL(address).pathname;
  const html = await magazine.read(path);
  const words = desk.plain(html);
  must(words.includes(note), "the article does not show the note");
  // Once more in the text, and once in the note.
  const names = (all) => all.match(new RegExp(`\\b${told.right}\\b`, "g"))?.length ?? 0;
  must(names(words) >= names(told.text) + 2, `${told.right} stands ${names(words)} times in the page`);
  const data = [...html.matchAll(/<script type="application\/ld\+json">([^]*?)<\/script>/g)].map(([, json]) => JSON.parse(json));
  const comments = [];
  JSON.stringify(data, (_, value) => {
    if (value?.["@type"] === "CorrectionComment") comments.push(value.text);
    return value;
  });
  must(comments.includes(note), `the article’s data hold no correction: ${JSON.stringify(comments)}`);
  for (const page of ["/rss/", "/corrections/", "/corrections/rss/"]) {
    must(desk.plain(await magazine.read(page)).includes(note.slice(0, 40)), `${page} does not have the note`);
  }
}
