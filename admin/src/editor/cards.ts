// Every card that Ghost's dialect knows: what a new one holds, and the form that its fields are set in. A field that is
// not named here is kept, and not shown.

import type { Json } from "./schema";

export type Widget = "text" | "long" | "code" | "html" | "line" | "url" | "number" | "check" | "choice" | "colour" | "picture" | "pictures" | "table";

export interface Field {
  /** A path, such as `metadata.title`. */
  field: string;
  /** The label is `editor.field_…`. */
  label: string;
  widget: Widget;
  /** The label of each is `editor.choice_…`. */
  choices?: string[];
  /** Fields that a chosen picture fills besides. */
  with?: { width?: string; height?: string; alt?: string; caption?: string };
}

export interface Card {
  type: string;
  /** The label is `editor.card_…`. */
  name: string;
  /** What a new one holds besides its type and version. */
  fresh: Json;
  fields: Field[];
  /** Words that it is also found by in the menu. */
  also?: string;
  /** What only Ghost's own newsletters and members know is kept and can be edited, but not put in anew. */
  offered: boolean;
}

const text = (field: string, label: string): Field => ({ field, label, widget: "text" });
const long = (field: string, label: string): Field => ({ field, label, widget: "long" });
const line = (field: string, label: string): Field => ({ field, label, widget: "line" });
const html = (field: string, label: string): Field => ({ field, label, widget: "html" });
const url = (field: string, label: string): Field => ({ field, label, widget: "url" });
const check = (field: string, label: string): Field => ({ field, label, widget: "check" });
const number = (field: string, label: string): Field => ({ field, label, widget: "number" });
const colour = (field: string, label: string): Field => ({ field, label, widget: "colour" });
const choice = (field: string, label: string, choices: string[]): Field => ({ field, label, widget: "choice", choices });
const picture = (field: string, label: string, more?: Field["with"]): Field => ({ field, label, widget: "picture", with: more });

const EVERYBODY = {
  web: { nonMember: true, memberSegment: "status:free,status:-free" },
  email: { memberSegment: "status:free,status:-free" },
};
const SEEN_BY: Field[] = [
  check("visibility.web.nonMember", "seen_by_visitors"),
  choice("visibility.web.memberSegment", "seen_by_members", ["status:free,status:-free", "status:free", "status:-free", ""]),
  choice("visibility.email.memberSegment", "seen_in_email", ["status:free,status:-free", "status:free", "status:-free", ""]),
];
const WIDTHS = choice("cardWidth", "width", ["regular", "wide", "full"]);
const SIDES = ["left", "center"];

export const TABLE_MARK = "<!--mh:table-->";

export const CARDS: Card[] = [
  {
    type: "image", name: "image", offered: true, also: "picture photo bild foto",
    fresh: { src: "", width: null, height: null, title: "", alt: "", caption: "", cardWidth: "regular", href: "" },
    fields: [
      picture("src", "picture", { width: "width", height: "height", alt: "alt", caption: "caption" }),
      text("alt", "alt"), line("caption", "caption"), WIDTHS, url("href", "href"), text("title", "title"),
    ],
  },
  {
    type: "gallery", name: "gallery", offered: true, also: "pictures bilder galerie",
    fresh: { images: [], caption: "" },
    fields: [{ field: "images", label: "pictures", widget: "pictures" }, line("caption", "caption")],
  },
  {
    type: "embed", name: "embed", offered: true, also: "video youtube tweet post",
    fresh: { url: "", embedType: "", html: "", metadata: {}, caption: "" },
    fields: [url("url", "address"), { field: "html", label: "embed_html", widget: "code" }, line("caption", "caption")],
  },
  {
    type: "bookmark", name: "bookmark", offered: true, also: "link lesezeichen",
    fresh: { url: "", metadata: { icon: "", title: "", description: "", author: "", publisher: "", thumbnail: "" }, caption: "" },
    fields: [
      url("url", "address"), text("metadata.title", "title"), long("metadata.description", "description"),
      text("metadata.publisher", "publisher"), text("metadata.author", "author"), picture("metadata.thumbnail", "thumbnail"),
      line("caption", "caption"),
    ],
  },
  {
    type: "callout", name: "callout", offered: true, also: "box info kasten",
    fresh: { calloutText: "", calloutEmoji: "💡", backgroundColor: "blue" },
    fields: [
      html("calloutText", "text"), text("calloutEmoji", "emoji"),
      choice("backgroundColor", "background", ["grey", "white", "blue", "green", "yellow", "red", "pink", "purple", "accent"]),
    ],
  },
  { type: "html", name: "table", offered: true, also: "tabelle", fresh: { html: `${TABLE_MARK}\n<table><thead><tr><th></th><th></th></tr></thead><tbody><tr><td></td><td></td></tr></tbody></table>` }, fields: [] },
  { type: "html", name: "html", offered: true, also: "code", fresh: { html: "", visibility: EVERYBODY }, fields: [{ field: "html", label: "html", widget: "code" }, ...SEEN_BY] },
  { type: "markdown", name: "markdown", offered: true, fresh: { markdown: "" }, fields: [{ field: "markdown", label: "markdown", widget: "code" }] },
  {
    type: "codeblock", name: "codeblock", offered: true, also: "code quelltext",
    fresh: { code: "", language: "", caption: "" },
    fields: [{ field: "code", label: "code", widget: "code" }, text("language", "language"), line("caption", "caption")],
  },
  { type: "horizontalrule", name: "horizontalrule", offered: true, also: "line divider hr linie", fresh: {}, fields: [] },
  {
    type: "button", name: "button", offered: true, also: "knopf",
    fresh: { buttonText: "", alignment: "center", buttonUrl: "" },
    fields: [text("buttonText", "button_text"), url("buttonUrl", "address"), choice("alignment", "alignment", SIDES)],
  },
  {
    type: "toggle", name: "toggle", offered: true, also: "faq aufklappen",
    fresh: { heading: "", content: "" }, fields: [line("heading", "heading"), html("content", "content")],
  },
  {
    type: "video", name: "video", offered: true,
    fresh: { src: "", caption: "", fileName: "", mimeType: "", width: null, height: null, duration: 0, thumbnailSrc: "", customThumbnailSrc: "", thumbnailWidth: null, thumbnailHeight: null, cardWidth: "regular", loop: false },
    fields: [url("src", "file_address"), line("caption", "caption"), picture("customThumbnailSrc", "thumbnail"), WIDTHS, check("loop", "loop")],
  },
  {
    type: "audio", name: "audio", offered: true, also: "podcast sound ton",
    fresh: { duration: 0, mimeType: "", src: "", title: "", thumbnailSrc: "" },
    fields: [url("src", "file_address"), text("title", "title"), number("duration", "seconds"), picture("thumbnailSrc", "thumbnail")],
  },
  {
    type: "file", name: "file", offered: true, also: "download pdf datei",
    fresh: { src: "", fileTitle: "", fileCaption: "", fileName: "", fileSize: 0 },
    fields: [url("src", "file_address"), text("fileTitle", "title"), text("fileCaption", "description"), text("fileName", "file_name")],
  },
  {
    type: "product", name: "product", offered: true, also: "review produkt",
    fresh: { productImageSrc: "", productImageWidth: null, productImageHeight: null, productTitle: "", productDescription: "", productRatingEnabled: false, productStarRating: 5, productButtonEnabled: false, productButton: "", productUrl: "" },
    fields: [
      line("productTitle", "title"), html("productDescription", "description"),
      picture("productImageSrc", "picture", { width: "productImageWidth", height: "productImageHeight" }),
      check("productRatingEnabled", "rating"), number("productStarRating", "stars"),
      check("productButtonEnabled", "has_button"), text("productButton", "button_text"), url("productUrl", "address"),
    ],
  },
  {
    type: "header", name: "header", offered: false,
    fresh: {},
    fields: [
      line("header", "heading"), line("subheader", "subheading"), picture("backgroundImageSrc", "background_picture", { width: "backgroundImageWidth", height: "backgroundImageHeight" }),
      check("buttonEnabled", "has_button"), text("buttonText", "button_text"), url("buttonUrl", "address"),
      choice("alignment", "alignment", SIDES), choice("layout", "layout", ["regular", "wide", "full", "split"]),
      colour("backgroundColor", "background"), colour("textColor", "text_colour"), colour("buttonColor", "button_colour"), colour("buttonTextColor", "button_text_colour"), check("swapped", "swapped"),
    ],
  },
  {
    type: "call-to-action", name: "call-to-action", offered: true, also: "cta aufruf",
    fresh: {
      layout: "minimal", alignment: "left", textValue: "", showButton: true, showDividers: true, buttonText: "Learn more", buttonUrl: "",
      buttonColor: "#000000", buttonTextColor: "#ffffff", hasSponsorLabel: false, sponsorLabel: "<p><span style=\"white-space: pre-wrap;\">SPONSORED</span></p>",
      backgroundColor: "grey", linkColor: "text", imageUrl: "", imageWidth: null, imageHeight: null, visibility: EVERYBODY,
    },
    fields: [
      html("textValue", "text"), choice("layout", "layout", ["minimal", "immersive"]), choice("alignment", "alignment", SIDES),
      picture("imageUrl", "picture", { width: "imageWidth", height: "imageHeight" }),
      check("showButton", "has_button"), text("buttonText", "button_text"), url("buttonUrl", "address"),
      colour("buttonColor", "button_colour"), colour("buttonTextColor", "button_text_colour"),
      choice("backgroundColor", "background", ["none", "white", "grey", "blue", "green", "yellow", "red", "pink", "purple"]),
      check("hasSponsorLabel", "sponsored"), line("sponsorLabel", "sponsor_label"), check("showDividers", "dividers"), ...SEEN_BY,
    ],
  },
  { type: "paywall", name: "paywall", offered: true, also: "members bezahlschranke", fresh: {}, fields: [] },
  { type: "email", name: "email", offered: true, also: "newsletter", fresh: { html: "" }, fields: [html("html", "text")] },
  {
    type: "email-cta", name: "email-cta", offered: true, also: "newsletter",
    fresh: { alignment: "left", buttonText: "", buttonUrl: "", html: "", segment: "status:free", showButton: false, showDividers: true },
    fields: [
      html("html", "text"), choice("segment", "seen_in_email", ["status:free", "status:-free"]), choice("alignment", "alignment", SIDES),
      check("showButton", "has_button"), text("buttonText", "button_text"), url("buttonUrl", "address"), check("showDividers", "dividers"),
    ],
  },
  {
    type: "signup", name: "signup", offered: false,
    fresh: {},
    fields: [
      line("header", "heading"), line("subheader", "subheading"), line("disclaimer", "disclaimer"), text("buttonText", "button_text"), text("successMessage", "success_message"),
      picture("backgroundImageSrc", "background_picture"), choice("alignment", "alignment", SIDES), choice("layout", "layout", ["regular", "wide", "full", "split"]),
      colour("backgroundColor", "background"), colour("textColor", "text_colour"), colour("buttonColor", "button_colour"), colour("buttonTextColor", "button_text_colour"), check("swapped", "swapped"),
    ],
  },
  {
    type: "transistor", name: "transistor", offered: false,
    fresh: {},
    fields: [colour("accentColor", "accent_colour"), colour("backgroundColor", "background"), ...SEEN_BY],
  },
];

export const isTable = (node: Json) => node.type === "html" && typeof node.html === "string" && node.html.trimStart().startsWith(TABLE_MARK);

export function cardOf(node: Json): Card | undefined {
  return CARDS.find((card) => card.type === node.type && (card.type !== "html" || (card.name === "table") === isTable(node)));
}

export function freshCard(card: Card): Json {
  return { type: card.type, version: 1, ...structuredClone(card.fresh) };
}

export function valueAt(node: Json, path: string): unknown {
  return path.split(".").reduce<unknown>((at, name) => (typeof at === "object" && at !== null ? (at as Json)[name] : undefined), node);
}

/** The node with that field set; all else is the same object as before. */
export function withValue(node: Json, path: string, value: unknown): Json {
  const [name, ...rest] = path.split(".") as [string, ...string[]];
  if (!rest.length) return { ...node, [name]: value };
  const inner = node[name];
  return { ...node, [name]: withValue(typeof inner === "object" && inner !== null ? (inner as Json) : {}, rest.join("."), value) };
}
