// From the sign-in to the live article without a mouse.

import * as desk from "./desk.mjs";
import { noMouse } from "./keys.mjs";

const { must, until } = desk;
const INES = { email: "ines@bay.example", name: "Ines Marsh", role: "owner" };

export async function journey({ magazine, watch }) {
  await (await desk.colleague(watch, INES)).context().close();
  const page = await (await watch.person()).newPage();
  noMouse(page);
  const { keyboard } = page;

  await page.goto(`${magazine.url}/desk/sign-in/`);
  // The first field has the caret by itself; a program types faster than the browser puts it there.
  await focused(page, page.getByLabel("E-mail address"));
  await keyboard.type(INES.email);
  await keyboard.press("Tab");
  await keyboard.type(desk.PASSWORD);
  await keyboard.press("Enter");
  await desk.deskIsOpen(page);

  await keyboard.press("n");
  await desk.text(page).waitFor();
  await focused(page, desk.headline(page));
  // The headline that a new article is given is chosen, so that typing replaces it.
  await keyboard.type("Quay closed until the granite comes");
  await keyboard.press("Enter");
  await focused(page, desk.standfirst(page));
  await keyboard.type("The harbour master has had enough of the waves.");
  await keyboard.press("Enter");
  await focused(page, desk.text(page));
  await keyboard.type("“The quay is closed until Friday,” the harbour master Ada Penhallow said.");
  await keyboard.press("Enter");
  await keyboard.type("We have paid for every stone,” the fisherman Jan Brask told the council.");

  const fix = page.getByRole("button", { name: /^Put “/ });
  await fix.waitFor();
  await keyboard.press("Control+Home");
  // The next finding in the text, as often as it takes to come to the mark.
  await until(async () => {
    await keyboard.press("Control+.");
    return page.locator("aside li.current").getByRole("button", { name: /^Put “/ }).isVisible();
  }, "Ctrl+. does not come to the lost mark");
  await keyboard.press("Control+Shift+.");
  await desk.text(page).getByText("“We have paid for every stone,” the fisherman").waitFor();
  await fix.waitFor({ state: "hidden" });

  const confirmed = await confirmQuotations(page);
  // Writing goes on after it.
  await keyboard.press("Control+End");
  await keyboard.type(" So it was left.");
  await publish(page);
  const address = await page.getByRole("dialog", { name: "It is live" }).getByRole("link", { name: /^http/ }).getAttribute("href");
  await keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  const read = desk.plain(await magazine.read(new URL(address).pathname));
  must(/“We have paid for every stone,”.* So it was left\./.test(read), "the article is not out as it was written");
  return `signed in, wrote, fixed a mark, confirmed ${confirmed} quotations and published, by keys alone`;
}

async function focused(page, place) {
  await until(() => place.evaluate((it) => it === document.activeElement || it.contains(document.activeElement)), "the focus is elsewhere");
}

/** To the panel, to its second tab, into the list; Enter confirms and goes on to the next. */
async function confirmQuotations(page) {
  const { keyboard } = page;
  const tab = page.getByRole("tab", { name: /^Quotations/ });
  const id = desk.articleId(page);
  await keyboard.press("F6");
  await focused(page, page.getByRole("tab", { name: /^Checks/ }));
  await keyboard.press("ArrowRight");
  await focused(page, tab);
  const panel = page.getByRole("tabpanel", { name: /^Quotations/ });
  const waiting = panel.getByText("To be confirmed", { exact: true });
  await waiting.first().waitFor();
  const count = await waiting.count();
  // Into the list at the quotation that the caret stands in, and from there to the first.
  const inList = () => page.evaluate(() => document.activeElement?.hasAttribute("data-words"));
  for (let tries = 0; tries < 6 && !(await inList()); tries += 1) await keyboard.press("Tab");
  await keyboard.press("Home");
  await focused(page, panel.locator("[data-words]").first());
  for (let left = count; left > 0; left -= 1) {
    await keyboard.press("Enter");
    await until(async () => (await waiting.count()) === left - 1, "Enter does not confirm");
  }
  must(count > 0, `no quotation waits in ${id}`);
  await keyboard.press("F6");
  await focused(page, desk.text(page));
  return count;
}

/** The keys that open the dialog send it off as well, where nothing is in the way. */
async function publish(page) {
  const { keyboard } = page;
  await keyboard.press("Control+Enter");
  const dialog = page.getByRole("dialog", { name: "Publish" });
  const send = dialog.getByRole("button", { name: "Publish now" });
  await until(() => send.isEnabled(), "the article cannot be published");
  await keyboard.press("Control+Enter");
  await page.getByRole("dialog", { name: "It is live" }).waitFor();
}
