// A browser that starts empty, leaves this machine alone, and reaches nothing beyond it.

import { chromium } from "playwright-core";

/** The looks that every page is checked in. */
export const SCHEMES = ["light", "dark"];

/** Starts Debian's Chromium, or the one named by CHROMIUM. */
export function startChromium() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // The sandbox does not work for root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ],
  });
}
