import type { Lead } from "../../api/types";

/**
 * What a lead goes to where that has no address of its own: an article of an import, wherever it is by then. It is
 * known by another number, or by a file that was uploaded for it.
 */
export function originOf({ path, leads_to }: Lead): "number" | "upload" | null {
  if (!leads_to.startsWith("origin:")) return null;
  return path.startsWith("/?p=") ? "number" : "upload";
}

/** The link to an address, of the magazine or elsewhere; none where a browser would not go there. */
export function hrefOf(address: string, site: string): string | null {
  if (!URL.canParse(address, site)) return null;
  const { protocol, href } = new URL(address, site);
  return /^https?:$/.test(protocol) ? href : null;
}
