// Opens pages full of attacks, does to them what a reader could, and fails if anything ran: a canary hears every
// dialog, every request that could bring code, every navigation, every `javascript:` link.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startChromium } from "./chromium.mjs";

const folder = process.argv[2];
const names = readdirSync(folder).filter((name) => name.endsWith(".html"));
/** Requests of these kinds bring code or a foreign page. */
const CODE = new Set(["script", "document", "xhr", "fetch", "websocket", "eventsource", "stylesheet", "manifest", "ping"]);

const browser = await startChromium();
const faults = [];
let pieces = 0;
try {
  // First that the canary sings: a page that does run something must be heard.
  const heard = await open("data:text/html,<script>alert(1)</script>");
  if (heard.length === 0) faults.push("the canary is deaf: an alert was not heard");
  for (const name of names) {
    for (const fault of await open(pathToFileURL(join(folder, name)).href)) faults.push(`${name}: ${fault}`);
  }
} finally {
  await browser.close();
}
for (const fault of faults.slice(0, 40)) console.log(fault);
console.log(`${names.length} pages, ${pieces} attacked pieces in Chromium: ${faults.length} faults`);
process.exitCode = faults.length === 0 && pieces > 1000 ? 0 : 1;

/** What ran on a page. */
async function open(url) {
  const faults = [];
  const context = await browser.newContext({ javaScriptEnabled: true });
  try {
    // Nothing is fetched; what is asked for is heard.
    await context.setOffline(true);
    context.on("request", (request) => {
      if (request.url() === url && request.isNavigationRequest()) return;
      if (CODE.has(request.resourceType())) faults.push(`asked for a ${request.resourceType()}: ${request.url().slice(0, 120)}`);
    });
    await context.exposeFunction("canary", (what) => faults.push(what));
    await context.addInitScript(() => {
      for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
        globalThis[name] = () => globalThis.canary(`${name}() was called`);
      }
    });
    const tab = await context.newPage();
    tab.on("framenavigated", (frame) => {
      if (frame.url() !== url && !/^about:(blank|srcdoc)$/.test(frame.url())) faults.push(`went to ${frame.url().slice(0, 120)}`);
    });
    await tab.goto(url, { waitUntil: "load" });
    if (!url.startsWith("data:")) {
      pieces += await tab.evaluate(provoke);
      for (const fault of await tab.evaluate(lookAround)) faults.push(fault);
    }
    await tab.waitForTimeout(300);
  } finally {
    await context.close();
  }
  return faults;
}

// What follows runs inside the page.

/** What a reader could do by accident, to every element. */
function provoke() {
  for (const element of document.querySelectorAll("body *")) {
    for (const name of ["mouseover", "mouseenter", "focus", "blur", "toggle", "pointerenter", "animationend", "error", "load", "input", "change"]) {
      element.dispatchEvent(new Event(name));
    }
    if (element instanceof HTMLDetailsElement) element.open = true;
  }
  return document.body.children.length;
}

/** Code that waits for a click, or for a browser less careful than this one. */
function lookAround() {
  const ADDRESSES = new Set(["href", "src", "action", "formaction", "data", "poster", "xlink:href", "background"]);
  const faults = [];
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      const name = element.localName;
      if (["script", "object", "embed", "base", "meta", "link", "foreignobject", "animate", "set"].includes(name) && root.body?.contains(element)) {
        faults.push(`<${name}> stands in the page: ${element.outerHTML.slice(0, 160)}`);
      }
      for (const { name: attribute, value } of element.attributes) {
        // Ghost's bookmarks hide a picture that is missing, in these very words.
        const isGhosts = attribute === "onerror" && /^this\.style\.display ?= ?'none'$/.test(value);
        if (attribute.startsWith("on") && !isGhosts) faults.push(`a handler: ${element.outerHTML.slice(0, 160)}`);
        // Ghost's mails set `src` on a span, where it is but a word.
        const isAddress = ADDRESSES.has(attribute) && name !== "span";
        // eslint-disable-next-line no-control-regex
        const url = value.replace(/[\u0000-\u0020]/g, "").toLowerCase();
        // A film's poster may be an empty picture.
        const isPicture = attribute === "poster" && url.startsWith("data:image/gif;base64,");
        if (isAddress && !isPicture && /^(javascript|vbscript|data):/.test(url)) faults.push(`an address that runs: ${element.outerHTML.slice(0, 160)}`);
        if (attribute === "srcdoc") walk(new DOMParser().parseFromString(value, "text/html"));
        if (attribute === "src" && name === "iframe") faults.push(`a foreign page is loaded: ${element.outerHTML.slice(0, 160)}`);
      }
    }
  };
  walk(document);
  return faults;
}
