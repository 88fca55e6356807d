// The one door for HTML that is read as a document. Nothing that is parsed here runs or is shown: a parsed document has
// no browsing context, and what the editor shows of it is built anew.

interface Policy {
  createHTML(html: string): unknown;
}
interface Factory {
  createPolicy(name: string, rules: { createHTML(html: string): string }): Policy;
}

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy = factory?.createPolicy("masthead", { createHTML: (html) => html });

const TAG = /<[a-z][^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>/gi;

/**
 * Style attributes are found in `data-style`: a strict policy complains of each `style` and each handler, even in a
 * document that is never shown.
 */
export function parseHtml(html: string): Document {
  const quiet = html.replace(TAG, (tag) => tag.replace(/(\s)(style|on[a-z]+)(\s*=)/gi, "$1data-$2$3"));
  return new DOMParser().parseFromString((policy ? policy.createHTML(quiet) : quiet) as string, "text/html");
}
