// The one form of all cards, made from the table in `cards.ts`.

import type { Picture } from "../api/types";
import { t } from "../words";
import { isTable, valueAt, withValue, type Card, type Field } from "./cards";
import { el, freshId } from "./dom";
import { htmlField } from "./html-field";
import type { Desk } from "./index";
import { escapeHtml, pictureSrc } from "./pictures";
import type { Json } from "./schema";
import { tableField } from "./table-field";

export interface Form {
  dom: HTMLElement;
  destroy(): void;
}

interface Bench {
  desk: Desk;
  node(): Json;
  change(node: Json): void;
  /** Draws the form anew, after a change of several fields. */
  again(): void;
  ends: (() => void)[];
}

/** `change` is called with the whole node after each change of a field. */
export function cardForm(card: Card | undefined, desk: Desk, node: () => Json, change: (node: Json) => void, close: () => void): Form {
  const dom = el("div", { class: "ed-form", role: "group", "aria-label": t("editor.card_form", { name: nameOf(card, node()) }) });
  const ends: (() => void)[] = [];
  const finish = () => ends.splice(0).forEach((end) => end());
  const draw = () => {
    finish();
    const bench: Bench = { desk, node, change, again: draw, ends };
    const rows = isTable(node()) ? [tableField(node, change)] : (card?.fields ?? []).map((field) => fieldRow(field, bench));
    const none = rows.length ? null : el("p", { class: "ed-quiet" }, t(card ? "editor.no_fields" : "editor.unknown_card"));
    dom.replaceChildren(...rows, ...(none ? [none] : []), el("button", { type: "button", class: "ed-button", onclick: close }, t("editor.done")));
  };
  draw();
  return { dom, destroy: finish };
}

export function nameOf(card: Card | undefined, node: Json): string {
  return card ? t(`editor.card_${card.name}`) : t("editor.card_unknown", { type: String(node.type ?? "?") });
}

function fieldRow(field: Field, bench: Bench): HTMLElement {
  const label = t(`editor.field_${field.label}`);
  const id = freshId("field");
  const value = valueAt(bench.node(), field.field);
  const set = (value: unknown) => bench.change(withValue(bench.node(), field.field, value));
  const row = (input: HTMLElement, ...more: HTMLElement[]) => el("div", { class: "ed-field" }, el("label", { for: id }, label), input, ...more);
  const string = typeof value === "string" ? value : value === null || value === undefined ? "" : String(value);
  switch (field.widget) {
    case "text":
    case "url": {
      const input = el("input", { id, type: "text", inputmode: field.widget === "url" ? "url" : null, autocomplete: "off" });
      input.value = string;
      input.addEventListener("input", () => set(input.value));
      return row(input);
    }
    case "number": {
      const input = el("input", { id, type: "number", min: 0, step: "any" });
      input.value = string;
      input.addEventListener("input", () => set(input.value === "" ? null : input.valueAsNumber));
      return row(input);
    }
    case "long":
    case "code": {
      const area = el("textarea", { id, rows: field.widget === "code" ? 8 : 3, class: field.widget === "code" ? "ed-code" : "", spellcheck: String(field.widget === "long") });
      area.value = string;
      area.addEventListener("input", () => set(area.value));
      return row(area);
    }
    case "check": {
      const input = el("input", { id, type: "checkbox" });
      input.checked = value === true;
      input.addEventListener("change", () => set(input.checked));
      return el("div", { class: "ed-field ed-check" }, input, el("label", { for: id }, label));
    }
    case "choice": {
      const own = field.choices!.includes(string) ? field.choices! : [string, ...field.choices!];
      const options = own.map((choice) => el("option", { value: choice, selected: choice === string }, choiceName(choice)));
      const select = el("select", { id }, ...options);
      select.addEventListener("change", () => set(select.value));
      return row(select);
    }
    case "colour":
      return row(...colourInputs(id, label, string, set));
    case "line":
    case "html": {
      const rich = htmlField(string, label, field.widget === "line" ? "one" : "many", bench.desk.locale, set);
      bench.ends.push(rich.destroy);
      return el("div", { class: "ed-field" }, el("span", { class: "ed-label" }, label), rich.dom);
    }
    case "picture":
      return pictureRow(field, label, id, string, bench);
    case "pictures":
      return picturesRow(label, bench);
    case "table":
      return tableField(bench.node, bench.change);
  }
}

/** Which members a card is for, in Ghost's words. */
const SEGMENTS: Record<string, string> = {
  "status:free,status:-free": "status_free_status_free",
  "status:free": "status_free",
  "status:-free": "status_paid",
  "": "nobody",
};

function choiceName(choice: string): string {
  const key = `editor.choice_${SEGMENTS[choice] ?? choice}`;
  const name = t(key);
  return name === key ? choice : name;
}

/** A colour may also be a word, such as "accent": a text beside the picker. */
function colourInputs(id: string, label: string, value: string, set: (value: string) => void): [HTMLElement, HTMLElement] {
  const text = el("input", { id, type: "text", autocomplete: "off" });
  const picker = el("input", { type: "color", "aria-label": label });
  const follow = () => {
    if (/^#[0-9a-f]{6}$/i.test(text.value)) picker.value = text.value;
  };
  text.value = value;
  follow();
  text.addEventListener("input", () => (follow(), set(text.value)));
  picker.addEventListener("input", () => ((text.value = picker.value), set(picker.value)));
  return [text, picker];
}

/** A button that opens the file chooser of the system. */
function fileButton(label: string, several: boolean, desk: Desk, took: (picture: Picture) => void): HTMLElement {
  const input = el("input", { type: "file", accept: "image/*", multiple: several, hidden: true });
  const button = el("button", { type: "button", class: "ed-button", onclick: () => input.click() }, label);
  input.addEventListener("change", async () => {
    button.disabled = true;
    for (const file of input.files ?? []) {
      try {
        took(await desk.upload(file));
      } catch (error) {
        desk.say(t("editor.upload_failed", { name: file.name, why: error instanceof Error ? error.message : "" }));
      }
    }
    input.value = "";
    button.disabled = false;
  });
  return el("span", {}, button, input);
}

function libraryButton(desk: Desk, took: (picture: Picture) => void): HTMLElement {
  const button = el("button", { type: "button", class: "ed-button" }, t("editor.from_library"));
  button.addEventListener("click", async () => {
    const picture = await desk.choosePicture();
    if (picture) took(picture);
    button.focus();
  });
  return button;
}

function pictureRow(field: Field, label: string, id: string, value: string, bench: Bench): HTMLElement {
  const took = (picture: Picture) => {
    let node = withValue(bench.node(), field.field, picture.src);
    const { width, height, alt, caption } = field.with ?? {};
    if (width) node = withValue(node, width, picture.width);
    if (height) node = withValue(node, height, picture.height);
    // Another picture shows something else: what was written about the old one would be wrong.
    if (alt) node = withValue(node, alt, picture.alt ?? "");
    if (caption) node = withValue(node, caption, picture.caption ? escapeHtml(picture.caption) : "");
    bench.change(node);
    bench.again();
  };
  const input = el("input", { id, type: "text", inputmode: "url", autocomplete: "off" });
  input.value = value;
  input.addEventListener("input", () => bench.change(withValue(bench.node(), field.field, input.value)));
  return el(
    "div",
    { class: "ed-field" },
    el("label", { for: id }, label),
    input,
    el("div", { class: "ed-row" }, fileButton(t("editor.upload"), false, bench.desk, took), libraryButton(bench.desk, took)),
  );
}

/** Ghost shows three pictures a row, nine at most. */
const MOST = 9;

function picturesRow(label: string, bench: Bench): HTMLElement {
  const images = () => (Array.isArray(bench.node().images) ? (bench.node().images as Json[]) : []);
  const set = (images: Json[]) => {
    bench.change({ ...bench.node(), images: images.map((image, i) => (Number.isInteger(image.row) ? { ...image, row: Math.floor(i / 3) } : image)) });
    bench.again();
  };
  const took = ({ src, width, height, alt, caption, name }: Picture) => {
    if (images().length >= MOST) return bench.desk.say(t("editor.gallery_full", { count: MOST }));
    set([...images(), { row: Math.floor(images().length / 3), src, width, height, fileName: name, alt: alt ?? "", ...(caption ? { caption: escapeHtml(caption) } : {}) }]);
  };
  const move = (i: number, step: number) => {
    const moved = [...images()];
    const [image] = moved.splice(i, 1);
    moved.splice(i + step, 0, image!);
    set(moved);
  };
  const rows = images().map((image, i) => {
    const id = freshId("alt");
    const alt = el("input", { id, type: "text" });
    alt.value = typeof image.alt === "string" ? image.alt : "";
    alt.addEventListener("input", () => bench.change({ ...bench.node(), images: images().map((one, k) => (k === i ? { ...one, alt: alt.value } : one)) }));
    const src = pictureSrc(image.src);
    const tool = (name: string, face: string, disabled: boolean, run: () => void) =>
      el("button", { type: "button", class: "ed-button ed-small", "aria-label": t(`editor.${name}`, { number: i + 1 }), title: t(`editor.${name}`, { number: i + 1 }), disabled, onclick: run }, face);
    return el(
      "li",
      { class: "ed-picture-row" },
      src ? el("img", { src, alt: "", loading: "lazy" }) : el("span", {}, String(image.fileName ?? "?")),
      el("div", { class: "ed-field" }, el("label", { for: id }, t("editor.field_alt")), alt),
      el("div", { class: "ed-row" }, tool("picture_up", "↑", i === 0, () => move(i, -1)), tool("picture_down", "↓", i === images().length - 1, () => move(i, 1)), tool("picture_remove", "×", false, () => set(images().filter((_, k) => k !== i)))),
    );
  });
  return el(
    "div",
    { class: "ed-field" },
    el("span", { class: "ed-label" }, label),
    el("ol", { class: "ed-pictures" }, ...rows),
    el("div", { class: "ed-row" }, fileButton(t("editor.upload"), true, bench.desk, took), libraryButton(bench.desk, took)),
  );
}

