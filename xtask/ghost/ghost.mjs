// Ghost's own renderer, set up as Ghost sets it up: one renderer and one DOM for every body.

import { createRequire } from "node:module";

// As Ghost does: as modules they do not load, for Lexical is none.
const require = createRequire(import.meta.url);
const { DEFAULT_NODES } = require("@tryghost/kg-default-nodes");
const { LexicalHTMLRenderer } = require("@tryghost/kg-lexical-html-renderer");

const OPTIONS = {
  target: "html",
  siteUrl: "https://example.org",
  postUrl: "https://example.org/story/",
  siteUuid: "00000000-0000-4000-8000-000000000000",
  imageOptimization: {
    contentImageSizes: { w600: { width: 600 }, w1000: { width: 1000 }, w1600: { width: 1600 }, w2400: { width: 2400 } },
    defaultMaxWidth: 2000,
    srcsets: true,
    internalImageSizes: { "email-cta-minimal-image": { width: 256, height: 256 } },
  },
  canTransformImage: (path) => /\.(jpe?g|png|gif|webp|avif)$/i.test(path),
  feature: {},
};

// An error inside a card would only shorten the page, and the page would be quick for it.
const renderer = new LexicalHTMLRenderer({
  nodes: DEFAULT_NODES,
  onError(error) {
    throw error;
  },
});

/** Lexical JSON to the HTML of a page. */
export const render = (body) => renderer.render(body, { ...OPTIONS });

/** Renders a body until the hot code is compiled: after some hundred times it gets no quicker. */
export async function warmUp(body) {
  for (let count = 0; count < 150; count += 1) await render(body);
}
