// Every screen of the desk and every page at its doors, on a phone and at a desk, light and dark: axe finds nothing,
// nothing is wider than the window, and the console stays empty. With SHOTS pictures of all of them are kept.

import { createHmac } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as desk from "./desk.mjs";

export const wants = { sample: true };

const WIDTHS = [360, 1280];
const SCHEMES = ["light", "dark"];
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const OWNER = { email: "ines@bay.example", name: "Ines Marsh", role: "owner" };

export async function journey({ magazine, watch }) {
  const eye = new Eye();
  await lookAtFirst(watch, magazine, eye);
  const owner = await desk.colleague(watch, OWNER);
  const invitation = await magazine.hire({ email: "paul@bay.example", name: "Paul Wray", role: "author" });
  await magazine.moveIn(fileURLToPath(new URL("../../../crates/masthead/tests/shared/quayside.xml", import.meta.url)));
  await notFound(owner, magazine);
  const screens = await screensOf(owner, magazine);
  const state = await owner.context().storageState();
  await Promise.all(
    WIDTHS.map(async (width) => {
      const phone = width < 600 && { hasTouch: true, isMobile: true };
      const options = { viewport: { width, height: phone ? 740 : 900 }, ...phone };
      const page = await (await watch.person({ ...options, storageState: state })).newPage();
      for (const [name, show] of screens) {
        await show(page, width);
        await eye.look(page, name, width);
        watch.check();
      }
      await page.context().close();
      const stranger = await (await watch.person(options)).newPage();
      for (const [name, path] of [["sign-in", "/desk/sign-in/"], ["reset", "/desk/reset/"], ["join", invitation]]) {
        await stranger.goto(new URL(path, magazine.url).href);
        await eye.look(stranger, name, width);
      }
      await watch.pardon(/status of 404/, () => stranger.goto(`${magazine.url}/desk/join/0000/`));
      await eye.look(stranger, "used-link", width);
      await stranger.context().close();
    }),
  );
  await secondStep(watch, magazine, owner, eye);
  if (eye.faults.length > 0) throw new Error(`${eye.faults.length} faults:\n${eye.faults.slice(0, 40).join("\n")}`);
  return `${eye.names.size} screens, ${eye.looks} looks: nothing found by axe, nothing wider than the window`;
}

/** The page for the first owner, which is there for as long as nobody is on the staff. */
async function lookAtFirst(watch, magazine, eye) {
  const page = await (await watch.person()).newPage();
  await page.goto(magazine.firstLink);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 740 });
    await eye.look(page, "first", width);
  }
  await page.context().close();
}

/** What there is to see; each is shown on a page that may stand anywhere. */
async function screensOf(owner, { url }) {
  const first = async (path) => (await desk.ask(owner, path)).items[0];
  const article = await first("/articles?status=published");
  const picture = await fillLibrary(owner);
  const person = await first("/people");
  const draft = await unfinished(owner, url);
  const at = (path, ready) => async (page) => {
    await page.goto(`${url}/desk/${path}`);
    await ready(page);
  };
  const heading = (name) => (page) => page.getByRole("heading", { level: 1, name }).waitFor();
  const openArticle = (tab, id = article.id) => async (page, width) => {
    await page.goto(`${url}/desk/articles/${id}/`);
    await desk.text(page).waitFor();
    if (tab && width < 1000) await page.getByRole("button", { name: /^Checks/ }).click();
    if (tab) await desk.showTab(page, tab);
    if (tab === "Papers") for (const summary of await page.locator("aside summary").all()) await summary.click();
  };
  return [
    ["articles", at("", (page) => page.getByRole("table").waitFor())],
    ["articles-selected", async (page) => {
      await page.goto(`${url}/desk/?status=draft`);
      await page.getByRole("checkbox", { name: /^Select / }).first().check();
    }],
    ["article", openArticle()],
    ["article-checks", openArticle("Checks", draft)],
    ["article-quotations", openArticle("Quotations")],
    ["article-papers", openArticle("Papers")],
    ["article-history", openArticle("History")],
    ["article-menu", async (page) => {
      await openArticle()(page);
      await page.getByRole("button", { name: "More about this article" }).click();
      await page.getByRole("menuitem", { name: "Preview" }).waitFor();
    }],
    ["publish", async (page) => {
      await page.goto(`${url}/desk/articles/${draft}/`);
      await desk.text(page).waitFor();
      await page.getByRole("button", { name: "Publish", exact: true }).click();
      await page.getByRole("button", { name: /^(Publish now|Sign and publish)$/ }).waitFor();
      await page.getByRole("dialog").getByText("Checking …").waitFor({ state: "hidden" });
    }],
    ["pictures", at("pictures/", (page) => page.getByRole("listitem").getByRole("img").first().waitFor())],
    ["pictures-alt", at("pictures/?batch=true", (page) => page.getByRole("textbox", { name: /^Alternative text/ }).first().waitFor())],
    ["picture", at(`pictures/${picture.id}/`, heading(picture.name))],
    ["people", at("people/", (page) => page.getByRole("table").waitFor())],
    ["person", at(`people/${person.id}/`, heading(person.name))],
    ["sections", at("sections/", (page) => page.getByRole("button", { name: /^More for/ }).first().waitFor())],
    ["tags", at("sections/?part=tags", heading("Tags"))],
    ["authors", at("sections/?part=authors", heading("Authors"))],
    ["settings", at("settings/", (page) => page.getByRole("heading", { name: "Magazine" }).waitFor())],
    ["addresses", at("addresses/", (page) => page.getByRole("button", { name: /^Lead to/ }).first().waitFor())],
    ["redirects", at("addresses/?part=redirects", (page) => page.getByText("/category/harbour/ferries/").first().waitFor())],
    ["redirect", async (page) => {
      await page.goto(`${url}/desk/addresses/?part=redirects`);
      await page.getByRole("button", { name: "New redirect" }).click();
      await page.getByRole("dialog").waitFor();
    }],
    ["imports", async (page) => {
      await page.goto(`${url}/desk/imports/`);
      await page.locator("main summary").first().waitFor();
      const closed = page.locator("main details:not([open]) > summary:visible");
      while ((await closed.count()) > 0) await closed.first().click();
    }],
    ["staff", at("staff/", (page) => page.getByText("paul@bay.example").waitFor())],
    ["invite", async (page) => {
      await page.goto(`${url}/desk/staff/`);
      await page.getByRole("button", { name: "Invite" }).click();
      await page.getByRole("dialog", { name: "Invite" }).waitFor();
    }],
    ["acts", at("acts/", heading("Log"))],
    ["me", at("me/", (page) => page.getByText("This one").waitFor())],
    ["command-bar", async (page) => {
      await page.goto(`${url}/desk/`);
      await page.getByRole("table").waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Go to" }).fill("a");
    }],
    ["shortcuts", async (page) => {
      await page.goto(`${url}/desk/`);
      await page.getByRole("table").waitFor();
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    }],
    ["nowhere", at("no/such/place/", heading("There is nothing at this address"))],
  ];
}

/** Readers ask for addresses at which there is nothing; the server writes them down after a while. */
async function notFound(owner, { url }) {
  for (const path of ["/2023/ferry-stays-in-port/", "/news/the-wall.html", "/news/the-wall.html", "/old/of-no-use/"]) {
    const { status } = await fetch(url + path);
    if (status !== 404) throw new Error(`${path} answered ${status}`);
  }
  for (const until = Date.now() + 20_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 500))) {
    if ((await desk.ask(owner, "/misses")).items.length >= 3) return;
  }
  throw new Error("what readers did not find was not written down");
}

/** Pictures with and without what they need; answers with the first. */
async function fillLibrary(owner) {
  const made = [];
  for (const name of ["ferry.jpg", "lighthouse.jpg", "market.jpg", "swans.jpg"]) {
    const body = await readFile(new URL(`../../../sample/pictures/${name}`, import.meta.url));
    made.push(await desk.ask(owner, `/pictures?name=${name}`, { method: "POST", body, type: "image/jpeg" }));
  }
  const [first] = made;
  const { id: licence } = (await desk.ask(owner, "/licences")).find(({ name }) => name === "CC BY 4.0");
  const credit = { text: "Lena Fisk / CC BY 4.0", title: null, creator: "Lena Fisk", organisation: null, date: null, source: null, source_url: null, licence };
  await desk.ask(owner, `/pictures/${first.id}`, { method: "PUT", body: { alt: "A ferry at the quay", caption: "The ferry in March", credit } });
  return first;
}

/** A draft with something to sign for. */
async function unfinished(page, url) {
  await page.goto(`${url}/desk/`);
  const id = await desk.newArticle(page, "A draft with a quotation that was never closed");
  await desk.write(page, "“The boats lie in the river, she said.\nThey have always lain there.");
  await desk.saved(page);
  return id;
}

/** The page that asks for a code comes after the password of somebody who has a second step. */
async function secondStep(watch, magazine, owner, eye) {
  const { secret } = await desk.ask(owner, "/me/totp", { method: "POST", body: { password: desk.PASSWORD } });
  await desk.ask(owner, "/me/totp", { method: "PUT", body: { code: code(secret) } });
  for (const width of WIDTHS) {
    const page = await (await watch.person({ viewport: { width, height: 740 } })).newPage();
    await page.goto(`${magazine.url}/desk/sign-in/`);
    await page.getByLabel("E-mail address").fill(OWNER.email);
    await page.getByLabel("Password").fill(desk.PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel("Code").waitFor();
    await eye.look(page, "code", width);
    await page.context().close();
  }
}

/** The code that an authenticator shows now for a secret in base 32. */
function code(secret) {
  const bits = [...secret.replace(/[\s=]/g, "")].map((sign) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const count = Buffer.alloc(8);
  count.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(count).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

class Eye {
  faults = [];
  names = new Set();
  looks = 0;

  async look(page, name, width) {
    this.names.add(name);
    for (const scheme of SCHEMES) {
      this.looks += 1;
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      const found = [...(await page.evaluate(picturesCome)), ...(await page.evaluate(measure))];
      // Through the debugger, because a page's policy lets no string become a script.
      const session = await page.context().newCDPSession(page);
      const run = async (expression) => {
        const { result, exceptionDetails } = await session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
        if (exceptionDetails) throw new Error(`axe: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
        return result.value;
      };
      await run(`globalThis.axe || ${AXE}; 0`);
      // The dark look differs in its colours alone.
      const options = scheme === "light" ? "{}" : '{ runOnly: ["color-contrast", "link-in-text-block"] }';
      found.push(...(await run(`axe.run(document, ${options}).then(({ violations }) => violations.map(({ id, help, nodes }) =>
        \`axe \${id}: \${help}; \${nodes.length} places, first \${nodes[0].target.join(" ")}: \${nodes[0].html.slice(0, 160)} \${nodes[0].any.map(({ message }) => message).join(" ").slice(0, 200)}\`))`)));
      await session.detach();
      this.faults.push(...found.map((fault) => `${name} ${width} ${scheme}: ${fault}`));
      await this.#keep(page, `${name}-${width}-${scheme}.png`);
    }
  }

  async #keep(page, file) {
    const folder = process.env.SHOTS;
    if (!folder) return;
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, file) });
  }
}

// What follows runs inside the page.

/** Every picture in the window has come, or is named. */
async function picturesCome() {
  const inWindow = [...document.images].filter((it) => it.checkVisibility() && it.getBoundingClientRect().top < innerHeight && it.getBoundingClientRect().bottom > 0);
  const late = new Promise((resolve) => setTimeout(resolve, 15_000));
  await Promise.race([late, Promise.all(inWindow.map((it) => it.decode().catch(() => {})))]);
  return inWindow.filter((it) => !it.complete || it.naturalWidth === 0).map((it) => `a picture does not show: ${it.currentSrc || it.src}`);
}

function measure() {
  const faults = [];
  const root = document.documentElement;
  // A row of tabs may be pushed sideways, nothing else.
  const pushed = [...document.querySelectorAll("body *")].filter(
    (it) => it.scrollWidth > it.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(it).overflowX) && !it.matches("[role=tablist], .tabs, input, textarea") && it.checkVisibility(),
  );
  for (const box of root.scrollWidth > root.clientWidth ? [root, ...pushed] : pushed) {
    const edge = box.getBoundingClientRect().left + box.clientWidth;
    const wide = [...box.querySelectorAll("*")].find((it) => it.getBoundingClientRect().right > edge + 1);
    faults.push(`${box.scrollWidth - box.clientWidth} px wider than ${box === root ? "the window" : `${box.tagName} .${box.className}`}, first ${wide?.tagName} .${wide?.className}`);
  }
  return faults;
}
