// Somebody who may only hand in drafts tries more: the desk shows no way, the server refuses, and nothing of what
// they wrote runs in anybody's browser, at the desk, in the preview or on the site.

import { readFile } from "node:fs/promises";
import * as desk from "./desk.mjs";

const { must, until } = desk;
const CARL = { email: "carl@bay.example", name: "Carl Voss", role: "contributor" };
const EDNA = { email: "edna@bay.example", name: "Edna Hale", role: "editor" };
/** Words that call for help wherever somebody takes them for markup. */
const trap = (where) => `"><img src=x onerror="canary('${where}')"><svg onload="canary('${where}')"><script>canary('${where}')</script>`;
/** A browser's word on markup that it was kept from running, and on the picture "x", which is nowhere. */
const KEPT_FROM = /Content Security Policy|securitypolicyviolation|\/x\)$|status of 404.*\/x\b/;

export async function journey({ magazine, watch }) {
  const sung = [];
  const edna = await desk.colleague(watch, EDNA);
  const carl = await desk.colleague(watch, CARL);
  for (const page of [carl, edna]) await listen(page.context(), sung);
  // Silence proves something only where a call would be heard.
  await edna.evaluate(() => globalThis.canary("proof"));
  must(sung.pop()?.startsWith("proof"), "the canary is not heard");
  await desk.signOut(carl, CARL.name);
  await desk.signIn(carl, magazine, CARL.email);

  await mayNot(carl);
  const id = await handIn(carl, magazine);
  await watch.pardon(KEPT_FROM, async () => {
    await lookAround(carl, magazine, id);
    await mayNotEither(edna, magazine);
    await lookAround(edna, magazine, id);
    await preview(edna);
    const address = await publish(edna, magazine, id);
    const reader = await watch.person();
    await listen(reader, sung);
    await readEverything(await reader.newPage(), magazine, address);
  });
  must(sung.length === 0, `it ran: ${[...new Set(sung)].join(", ")}`);
  return "a contributor publishes nothing and sets nothing; of markup in 8 places nothing ran at the desk, in the preview or on the site";
}

/** Hears whether anything runs, in every page and frame of a browser. */
async function listen(context, sung) {
  await context.exposeBinding("canary", ({ frame }, where) => void sung.push(`${where} at ${frame.url()}`));
}

async function mayNot(carl) {
  const id = await desk.newArticle(carl, "A draft of Carl’s");
  await carl.getByRole("button", { name: "Send for review" }).waitFor();
  must((await carl.getByRole("button", { name: /^Publish/ }).count()) === 0, "a contributor sees a button to publish");
  await carl.getByRole("button", { name: "More about this article" }).click();
  const acts = await carl.getByRole("menuitem").allInnerTexts();
  must(!acts.some((act) => /Publish|Schedule|Withdraw/.test(act)), `a contributor is offered: ${acts.join(", ")}`);
  await carl.keyboard.press("Escape");
  await carl.keyboard.press("Control+Enter");
  must((await carl.getByRole("dialog").count()) === 0, "the keys open what the button does not");
  must((await carl.getByRole("link", { name: /^(Settings|Staff|Log|Addresses|Imports)$/ }).count()) === 0, "a contributor is led to the settings");
  await desk.saved(carl);
  const { version } = await desk.ask(carl, `/articles/${id}`);
  await refused(carl, `/articles/${id}/publish`, { method: "POST", body: { version } });
  await refused(carl, "/settings/title", { method: "PUT", body: { value: "Carl’s" } });
  await refused(carl, "/settings/codeinjection_head", { method: "PUT", body: { value: trap("head") } });
  await refused(carl, "/staff", { method: "POST", body: { name: "X", email: "x@bay.example", role: "owner" } });
}

/** What belongs to owners is closed to editors too, on the screen as well as behind it. */
async function mayNotEither(edna, magazine) {
  await edna.goto(`${magazine.url}/desk/settings/?find=code`);
  await edna.getByText("You may not change this.").first().waitFor();
  for (const name of ["Code in the head", "Code at the foot"]) {
    const field = edna.getByRole("textbox", { name });
    must((await field.count()) === 0 || !(await field.isEditable()), `an editor may write “${name}”`);
  }
  await refused(edna, "/settings/codeinjection_head", { method: "PUT", body: { value: trap("head") } });
}

async function refused(page, path, request) {
  const answer = await desk.ask(page, path, request).then(() => "done", (error) => error.message);
  must(/answered (403|404)/.test(answer), `${request.method} ${path} as a contributor or an editor: ${answer}`);
}

/** Everything that a contributor may fill in, filled with traps, past the editor's own care. */
async function handIn(carl, magazine) {
  const picture = await desk.ask(carl, `/pictures?name=${encodeURIComponent(`"><img src=x onerror=canary('file')>.png`)}`, {
    method: "POST",
    body: await readFile(new URL("../../../sample/pictures/icon.png", import.meta.url)),
    type: "image/png",
  });
  const credit = { text: trap("credit"), title: trap("work"), creator: trap("creator"), organisation: null, date: null, source: trap("source"), source_url: null, licence: null };
  await desk.ask(carl, `/pictures/${picture.id}`, { method: "PUT", body: { alt: trap("alt"), caption: trap("caption"), credit } });

  const made = await desk.ask(carl, "/articles", { method: "POST", body: { kind: "article", headline: trap("headline") } });
  const { version, papers } = await desk.ask(carl, `/articles/${made.id}`);
  const { src, width, height } = picture;
  const body = {
    version,
    body: lexical([
      paragraph(`“It is ${trap("quotation")} that we want,” the mayor ${trap("speaker")} Ada Brook said.`),
      paragraph("A link to click", "javascript:canary('link')"),
      { type: "html", version: 1, html: trap("html card"), visibility: { web: { nonMember: true, memberSegment: "status:free,status:-free" }, email: { memberSegment: "status:free,status:-free" } } },
      { type: "image", version: 1, src, width, height, title: trap("title"), alt: trap("image alt"), caption: "A caption", cardWidth: "regular", href: "javascript:canary('picture link')" },
    ]),
    papers: {
      ...papers,
      standfirst: trap("standfirst"),
      tags: [{ id: null, name: trap("tag").slice(0, 180) }],
      authors: [...papers.authors, { id: null, name: trap("byline").slice(0, 180) }],
      lead_picture: { src, width, height, alt: trap("lead alt"), caption: null, credit },
      meta_title: trap("meta title"),
      og_description: trap("og"),
    },
  };
  await desk.ask(carl, `/articles/${made.id}`, { method: "PUT", body });
  await desk.openArticle(carl, magazine, made.id);
  await carl.getByRole("button", { name: "Send for review" }).click();
  await carl.getByText("Sent for review.").first().waitFor();
  return made.id;
}

const lexical = (children) => JSON.stringify({ root: { children, direction: "ltr", format: "", indent: 0, type: "root", version: 1 } });
const words = (text) => ({ detail: 0, format: 0, mode: "normal", style: "", text, type: "extended-text", version: 1 });
function paragraph(text, url) {
  const inner = url ? { children: [words(text)], direction: "ltr", format: "", indent: 0, type: "link", rel: null, target: null, title: null, url, version: 1 } : words(text);
  return { children: [inner], direction: "ltr", format: "", indent: 0, type: "paragraph", version: 1 };
}

/** Every screen on which something of it stands. */
async function lookAround(page, magazine, id) {
  const open = async (path, ready) => {
    await page.goto(`${magazine.url}/desk/${path}`);
    await ready.first().waitFor();
  };
  await open("", page.getByRole("table"));
  await desk.openArticle(page, magazine, id);
  for (const tab of ["Checks", "Quotations", "Papers", "History"]) await desk.showTab(page, tab);
  await desk.showTab(page, "Papers");
  for (const summary of await page.locator("aside summary:visible").all()) await summary.click();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Go to" }).fill("img");
  await page.getByRole("listbox", { name: "Go to" }).getByRole("option", { name: /onerror/ }).first().waitFor();
  await page.keyboard.press("Escape");
  await open("pictures/", page.getByRole("link", { name: /onerror/ }));
  await page.getByRole("link", { name: /onerror/ }).first().click();
  await page.getByLabel("Alternative text").waitFor();
  await open("pictures/?batch=true", page.getByRole("textbox", { name: /^Alternative text/ }));
  await open("people/", page.getByRole("heading", { name: "People" }));
  await open("sections/?part=tags", page.getByRole("heading", { name: "Tags" }));
  await open("sections/?part=authors", page.getByRole("heading", { name: "Authors" }));
  if (await page.getByRole("link", { name: "Log" }).count()) await open("acts/", page.getByRole("heading", { name: "Log" }));
  await desk.openArticle(page, magazine, id);
}

async function preview(edna) {
  const opened = edna.context().waitForEvent("page");
  await edna.getByRole("button", { name: "More about this article" }).click();
  await edna.getByRole("menuitem", { name: "Preview" }).click();
  const tab = await opened;
  await tab.waitForURL(/\/desk\/preview\//);
  await tab.waitForLoadState("load");
  await tab.getByRole("heading", { level: 1 }).first().waitFor();
  await tab.close();
}

/** Reads the versions, takes it, signs for it, and answers with the live address. */
async function publish(edna, magazine, id) {
  await desk.showTab(edna, "History");
  await edna.getByRole("button", { name: "Compare with now" }).first().click();
  await edna.getByRole("dialog", { name: "Compare versions" }).getByRole("button", { name: "Done" }).click();
  await edna.getByRole("button", { name: "Mark as ready" }).click();
  await edna.getByRole("button", { name: "Publish", exact: true }).click();
  const dialog = edna.getByRole("dialog", { name: "Publish" });
  const send = dialog.getByRole("button", { name: /^(Publish now|Sign and publish)$/ });
  const reason = dialog.getByLabel("Reason");
  await dialog.getByText("Checking …").waitFor({ state: "hidden" });
  if (await reason.isVisible()) await reason.fill("It is printed to see that nothing runs");
  await until(() => send.isEnabled(), "it cannot be published");
  await send.click();
  const live = edna.getByRole("dialog", { name: "It is live" });
  const address = await live.getByRole("link", { name: /^http/ }).getAttribute("href");
  await live.getByRole("button", { name: "Done" }).click();
  await lookAround(edna, magazine, id);
  return address;
}

/** The article, the front, and every page of the site that the article links to. */
async function readEverything(reader, magazine, address) {
  await reader.goto(address);
  await reader.getByRole("heading", { level: 1 }).first().waitFor();
  const links = await reader.locator("a[href]").evaluateAll((all) => all.map((link) => link.href));
  must(!links.some((link) => /^javascript:/i.test(link)), "the article has a link that runs");
  const ours = [...new Set([`${magazine.url}/`, ...links])].filter((link) => link.startsWith(`${magazine.url}/`) && !/\/(desk|rss|content)\//.test(link) && !link.includes("#"));
  for (const link of ours) await reader.goto(link, { waitUntil: "load" });
}
