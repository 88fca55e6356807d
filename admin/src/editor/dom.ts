// Elements in few words: `el("button", { type: "button", onclick }, "Bold")`.

type Props = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>;

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: (globalThis.Node | string | null)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value as EventListener);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null) made.append(child);
  return made;
}

let made = 0;
/** An id that nothing else on the page has. */
export const freshId = (name: string) => `ed-${name}-${(made += 1)}`;

/** Where an element stands in another that it may scroll out of. */
export function keepInside(box: HTMLElement, frame: HTMLElement, left: number, top: number) {
  const room = frame.clientWidth - box.offsetWidth - 4;
  box.style.left = `${Math.round(Math.max(4, Math.min(left, room)))}px`;
  box.style.top = `${Math.round(top)}px`;
}

/** Stored addresses of the magazine's own files begin with a stand-in for its address. */
export const shownUrl = (url: unknown) => (typeof url === "string" ? url.replace(/^__GHOST_URL__/, "") : "");

/** An address that may be linked to; null for one that would run something. */
export function safeUrl(url: string): string | null {
  const bare = url.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(bare.replace(/[\u0000-\u0020]/g, ""))?.[1]?.toLowerCase();
  return !scheme || ["http", "https", "mailto", "tel", "ftp"].includes(scheme) ? bare : null;
}

/** What the style attribute of a parsed element said, spaces out of the way. */
export const styleOf = (node: Element) => (node.getAttribute("data-style") ?? "").toLowerCase().replace(/\s*([:;])\s*/g, "$1");
