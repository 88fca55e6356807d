// The one catalogue of the desk's texts. Each file of a language holds the words of one room; a key is
// "room.name". Only the language that is spoken is loaded, before anything is shown; a test holds the languages
// against each other and against the source.

export type Language = "en" | "de";
export const LANGUAGES: Record<Language, string> = { en: "English", de: "Deutsch" };

const stored = typeof localStorage === "undefined" ? null : localStorage.getItem("language");
const asked = typeof navigator !== "undefined" && navigator.language?.startsWith("de") ? "de" : "en";
export const language: Language = stored === "en" || stored === "de" ? stored : asked;

/** The tag for `Intl`, which writes dates and numbers. */
export const tag = language === "de" ? "de-DE" : "en-GB";

const { default: rooms } = language === "de" ? await import("./de") : await import("./en");
const words = new Map<string, string>();
for (const [path, texts] of Object.entries(rooms)) {
  const room = /([\w-]+)\.json$/.exec(path)?.[1];
  for (const [key, text] of Object.entries(texts)) words.set(`${room}.${key}`, text);
}

/** Changes the language; the page starts again in it. */
export function speak(next: Language) {
  localStorage.setItem("language", next);
  location.reload();
}

/**
 * The text of a key, with `{name}` filled in. With `count`, "key_one" is taken for one where there is such a key.
 */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const one = values.count === 1 ? words.get(`${key}_one`) : undefined;
  const text = one ?? words.get(key) ?? key;
  return text.replace(/\{(\w+)\}/g, (all, name: string) => {
    const value = values[name];
    return value === undefined ? all : typeof value === "number" ? number(value) : value;
  });
}

/** Whether there is a text for a key: for words that come from the server and may be newer than the desk. */
export const has = (key: string) => words.has(key);

/** A time as the desk writes it: short today, with the day otherwise. */
export function when(at: number, zone?: string): string {
  const date = new Date(at);
  const today = new Date().toDateString() === date.toDateString();
  const options: Intl.DateTimeFormatOptions = today
    ? { hour: "2-digit", minute: "2-digit" }
    : { day: "numeric", month: "short", year: date.getFullYear() === new Date().getFullYear() ? undefined : "numeric", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(tag, { ...options, timeZone: zone }).format(date);
}

/** A number with the language's marks. */
export const number = (value: number) => new Intl.NumberFormat(tag).format(value);
