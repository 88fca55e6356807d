// Watches what a browser does for a journey: errors in the console and in scripts, broken policies, and requests that
// leave the magazine are faults, whatever the page looks like.

import { byKeys } from "./keys.mjs";

export class Watch {
  faults = [];
  #pardoned = [];

  /** With keys alone, no person of the journey has a mouse. */
  constructor(browser, magazine, { hasKeysAlone = false } = {}) {
    this.browser = browser;
    this.magazine = magazine;
    this.hasKeysAlone = hasKeysAlone;
    this.contexts = [];
  }

  /** A person's browser: own cookies, own storage. */
  async person(options = {}) {
    const context = await this.browser.newContext({ locale: "en-GB", timezoneId: "Europe/London", viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(15_000);
    this.contexts.push(context);
    await context.addInitScript(tellOfBrokenPolicies);
    context.on("page", (page) => this.#follow(page));
    return context;
  }

  /** What the journey itself brings about, such as a server that does not answer, is no fault while `act` runs. */
  async pardon(pattern, act) {
    this.#pardoned.push(pattern);
    try {
      return await act();
    } finally {
      this.#pardoned.splice(this.#pardoned.indexOf(pattern), 1);
    }
  }

  /** Fails for the first thing that was seen. */
  check() {
    if (this.faults.length > 0) throw new Error(`${this.faults.length} faults in the browser, the first: ${this.faults[0]}`);
  }

  async close() {
    for (const context of this.contexts) await context.close().catch(() => {});
  }

  #follow(page) {
    if (this.hasKeysAlone) byKeys(page);
    const at = () => page.url().replace(this.magazine.url, "");
    page.on("console", (message) => {
      if (message.type() === "error") this.#note(`${at()}: the console says: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => this.#note(`${at()}: an error in a script: ${error.stack ?? error.message}`));
    page.on("request", (request) => {
      const to = request.url();
      if (!to.startsWith(`${this.magazine.url}/`) && !/^(data|blob|about):/.test(to)) this.#note(`${at()}: asks a foreign host: ${to}`);
    });
  }

  #note(fault) {
    if (!this.#pardoned.some((pattern) => pattern.test(fault))) this.faults.push(fault);
  }
}

// Runs inside each page, before anything of its own.
function tellOfBrokenPolicies() {
  addEventListener("securitypolicyviolation", (event) => {
    console.error(`securitypolicyviolation: ${event.effectiveDirective} against ${event.blockedURI || "inline"}: ${event.sample}`);
  });
}
