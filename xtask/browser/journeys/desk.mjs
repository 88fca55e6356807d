// The newsroom's daily acts, as somebody does them who sees the desk: by the names of things.

export const PASSWORD = "otter lantern gravel hymn";

/** Says what was expected where it is not so. */
export function must(is, otherwise) {
  if (!is) throw new Error(otherwise);
}

/** Waits until `look` answers with something; for what no element on a page shows. */
export async function until(look, otherwise, patience = 10_000) {
  const end = Date.now() + patience;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

// Through the doors.

/** Follows the link that makes the first owner, and ends at the desk. */
export async function foundMagazine(page, magazine, { title, name, email }) {
  await page.goto(magazine.firstLink);
  await page.getByLabel("Name of the magazine").fill(title);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Your e-mail address").fill(email);
  await choosePassword(page, "Begin");
}

/** Follows an invitation, and ends at the desk. */
export async function join(page, link) {
  await page.goto(link);
  await choosePassword(page, "Set the password");
}

async function choosePassword(page, button) {
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("The same again").fill(PASSWORD);
  await page.getByRole("button", { name: button }).click();
  await deskIsOpen(page);
}

export async function deskIsOpen(page) {
  await page.getByRole("heading", { level: 1, name: "Articles" }).waitFor();
}

/** Signs in with the password, and ends at the desk. */
export async function signIn(page, magazine, email) {
  await page.goto(`${magazine.url}/desk/sign-in/`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await deskIsOpen(page);
}

/** Signs out from the menu that carries one's name. */
export async function signOut(page, name) {
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
}

/** Adds somebody to the staff and lets them in, in a browser of their own; answers with their page. */
export async function colleague(watch, { email, name, role }, options) {
  const context = await watch.person(options);
  const page = await context.newPage();
  await join(page, await watch.magazine.hire({ email, name, role }));
  return page;
}

// At an article.

/** The text of the open article. */
export const text = (page) => page.getByRole("textbox", { name: "Text of the article" });
export const headline = (page) => page.getByRole("textbox", { name: "Headline", exact: true });
export const standfirst = (page) => page.getByRole("textbox", { name: "Standfirst", exact: true });
export const paragraph = (page, number) => text(page).locator("p").nth(number - 1);
export const articleId = (page) => page.url().match(/\/desk\/articles\/([^/]+)\//)?.[1];

export async function newArticle(page, title) {
  await page.getByRole("button", { name: "New article" }).first().click();
  await text(page).waitFor();
  await headline(page).fill(title);
  return articleId(page);
}

export async function openArticle(page, magazine, id) {
  await page.goto(`${magazine.url}/desk/articles/${id}/`);
  await text(page).waitFor();
}

/** Types at the end of the text; a line end begins a paragraph. */
export async function write(page, words) {
  await text(page).click();
  await page.keyboard.press("Control+End");
  for (const [number, line] of words.split("\n").entries()) {
    if (number > 0) await page.keyboard.press("Enter");
    await page.keyboard.type(line);
  }
}

/** Types at the end of one paragraph. */
export async function writeInto(page, number, words) {
  await paragraph(page, number).click();
  await page.keyboard.press("End");
  await page.keyboard.type(words);
}

/** Pastes words as another program gives them: as plain text. */
export async function paste(page, words) {
  await text(page).click();
  await text(page).evaluate((place, words) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", words);
    place.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, words);
}

export async function showTab(page, name) {
  await page.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
  return page.getByRole("tabpanel", { name: new RegExp(`^${name}`) });
}

/**
 * Waits until the server has the headline and every paragraph. The bar’s “Saved” is not asked: it is calm on purpose,
 * and for a moment still speaks of the time before the last key.
 */
export async function saved(page) {
  const id = articleId(page);
  await until(async () => {
    const { papers, body } = await ask(page, `/articles/${id}`);
    const has = close(wordsOf(body));
    const paragraphs = await text(page).locator("> p, > h2, > h3").allTextContents();
    return papers.headline === (await headline(page).inputValue()) && paragraphs.every((words) => has.includes(close(words)));
  }, "the server does not have the text that is on the screen");
}

const close = (words) => words.replace(/\s+/gu, "");

/** What the bar says about where the text is. */
export const standing = (page, words) => page.locator("header.bar .saved").getByText(words, { exact: true });

/** Takes what a field offers under the words typed. */
export async function pick(page, label, words) {
  const field = page.getByRole("combobox", { name: label });
  await field.fill(words);
  await page.getByRole("listbox", { name: label }).getByRole("option", { name: words }).first().click();
}

// Behind the screen.

/** Asks the API as the page's person. A body is sent as JSON, unless `type` says what its bytes are. */
export async function ask(page, path, { method = "GET", body, type = "application/json" } = {}) {
  const url = new URL(`/desk/api${path}`, page.url()).href;
  const headers = { "x-masthead": "desk", accept: "application/json", ...(body && { "content-type": type }) };
  const answer = await page.request.fetch(url, { method, data: body, headers });
  if (!answer.ok()) throw new Error(`${method} ${path} answered ${answer.status()}: ${(await answer.text()).slice(0, 300)}`);
  return answer.status() === 204 ? null : answer.json();
}

/** The text of an article as the server has it. */
export async function textOnServer(page, id) {
  return wordsOf((await ask(page, `/articles/${id}`)).body);
}

/** The words of a Lexical document, a line for each block. */
export function wordsOf(body) {
  const lines = [];
  const walk = (node) => {
    if (typeof node.text === "string") lines[lines.length - 1] += node.text;
    else if (node.type === "linebreak") lines.push("");
    for (const child of node.children ?? []) walk(child);
  };
  for (const block of JSON.parse(body).root.children) {
    lines.push("");
    walk(block);
  }
  return lines.join("\n");
}

/** A page’s words without its markup. */
export function plain(html) {
  return html
    .replace(/<script[^]*?<\/script>|<style[^]*?<\/style>/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, number) => String.fromCodePoint(parseInt(number, hex ? 16 : 10)))
    .replaceAll("&nbsp;", "\u00a0")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
