// Pictures, media, files and themes.

import { file, mp3, mp4, png, theme, zip } from "./files.mjs";
import { MAGAZINE, RUN, admin, page } from "./magazine.mjs";
import { has, holds, refused, same, step } from "./steps.mjs";

const THEME = process.env.THEME ?? "broadsheet";

export async function uploads() {
  const picture = png(96, 64, [15, 92, 110]);
  const [sound, film] = [mp3(), mp4()];
  const text = "Fares stay as they are.\n";
  const served = async (what, url, type, bytes) => {
    holds(`the address of ${what} is ${url}`, url.startsWith(`${MAGAZINE}/content/`));
    const answer = await page(url);
    same(`${what} at its address`, [answer.status, answer.type], [200, type]);
    if (bytes) holds(`${what} is not what was sent`, answer.body.equals(Buffer.from(bytes)));
  };
  await step("images: upload", async () => {
    const image = await admin.images.upload({ file: file(`harbour-${RUN}.png`, picture), ref: "my harbour" });
    same("the ref", image.ref, "my harbour");
    await served("the picture", image.url, "image/png");
    const square = file("face.png", png(64, 64, [200, 30, 30]));
    same("without a ref", (await admin.images.upload({ file: square, purpose: "profile_image" })).ref, null);
    await refused("a text", admin.images.upload({ file: file("picture.txt", text) }), "UnsupportedMediaTypeError");
  });
  await step("media: upload", async () => {
    const heard = await admin.media.upload({ file: file(`horn-${RUN}.mp3`, sound), ref: "my horn" });
    has("the sound", heard, { ref: "my horn", thumbnail_url: null });
    await served("the sound", heard.url, "audio/mpeg", sound);
    const seen = await admin.media.upload({ file: file(`ferry-${RUN}.mp4`, film), thumbnail: file(`ferry-${RUN}.png`, picture) });
    await served("the film", seen.url, "video/mp4", film);
    await served("its picture", seen.thumbnail_url, "image/png");
    await refused("a text", admin.media.upload({ file: file("film.txt", text) }), "UnsupportedMediaTypeError");
  });
  await step("files: upload", async () => {
    const made = await admin.files.upload({ file: file(`fares-${RUN}.txt`, text), ref: "my fares" });
    same("the ref", made.ref, "my fares");
    const answer = await page(made.url);
    same("the file at its address", [answer.status, answer.body.toString()], [200, text]);
  });
}

export async function themes() {
  const name = "masthead-clients";
  const shown = async (mark) => (await page(`${MAGAZINE}/`)).body.includes(`data-mark="${mark} ${RUN}"`);
  const upload = (files) => admin.themes.upload({ file: file(`${name}.zip`, files) });
  let installed = false;
  await step("themes: upload, not yet in use", async () => {
    const made = await upload(theme(name, `one ${RUN}`));
    has("the theme", made, { name, active: false });
    same("its package", made.package?.version, "1.0.0");
    holds("readers see it already", !(await shown("one")));
    installed = true;
  });
  if (!installed) return;
  await step("themes: activate", async () => {
    has("the theme", await admin.themes.activate(name), { name, active: true });
    holds("readers do not see it", await shown("one"));
    await refused("a missing theme", admin.themes.activate(`none-${RUN}`), "ValidationError");
  });
  await step("themes: upload the one in use anew", async () => {
    has("the theme", await upload(theme(name, `two ${RUN}`)), { name, active: true });
    holds("readers do not see it", await shown("two"));
  });
  await step("themes: a broken one is refused and the one in use stays", async () => {
    const wrong = {
      "a template that does not end": theme(name, "three", { "index.hbs": "{{#foreach posts}}" }),
      "a partial that is not there": theme(name, "three", { "post.hbs": '{{!< default}}{{> "none"}}' }),
      "a file that leads out of the theme": theme(name, "three", { "../../outside.hbs": "none" }),
      "a theme without templates": zip({ "package.json": "{}", "readme.txt": "none" }),
      "a file that is no ZIP archive": "none",
    };
    for (const [what, bytes] of Object.entries(wrong)) {
      await refused(what, upload(bytes), "ThemeValidationError", "ValidationError", "BadRequestError");
      holds(`after ${what} readers see another theme`, await shown("two"));
    }
  });
  await step("themes: back to the first", async () => {
    has("the theme", await admin.themes.activate(THEME), { name: THEME, active: true });
    holds("readers still see the other", !(await shown("two")));
  });
}
