// The line breaks while somebody types, and comes back.

import * as desk from "./desk.mjs";

const { must, until } = desk;

export async function journey({ magazine, watch }) {
  const context = await watch.person();
  const page = await context.newPage();
  await desk.foundMagazine(page, magazine, { title: "The Bay Review", name: "Ines Marsh", email: "ines@bay.example" });
  const id = await desk.newArticle(page, "On the train");
  await desk.write(page, "Before the tunnel.");
  await desk.saved(page);
  await page.evaluate(() => (globalThis.sameWindow = true));

  await watch.pardon(/net::ERR_(INTERNET_DISCONNECTED|NETWORK|FAILED|ABORTED)/, async () => {
    await page.keyboard.type(" Half a");
    await context.setOffline(true);
    await page.keyboard.type(" sentence, and in the tunnel the rest of it.");
    await desk.standing(page, "Saved on this device only").waitFor();
    await page.getByText("You are offline. What you write is kept on this device.").waitFor();
    await page.keyboard.type(" And one more.");
    await context.setOffline(false);
  });
  await desk.saved(page);
  await desk.standing(page, "Saved").waitFor();
  const whole = "Before the tunnel. Half a sentence, and in the tunnel the rest of it. And one more.";
  await until(async () => (await desk.textOnServer(page, id)).includes(whole), "the server does not have the whole text");
  must(await page.evaluate(() => globalThis.sameWindow === true), "the page was loaded again");
  return "kept on the device in the tunnel, on the server after it, without a new page";
}
