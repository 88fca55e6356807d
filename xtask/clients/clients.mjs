// Ghost's official clients against a magazine: every method that they offer is called, and what readers and webhooks see
// of it is looked at. MAGAZINE is the server's address, CONTENT_KEY and ADMIN_KEY are a pair of its keys, THEME the theme
// in use; HOOKS may name a free port of the loopback address for webhooks. Ends with 1 if anything is wrong.

import { members, newsletters, users } from "./people.mjs";
import { askWrongly, readArticles, readNames, readTheRest, site } from "./reading.mjs";
import { close } from "./steps.mjs";
import { themes, uploads } from "./uploads.mjs";
import { hang, heard } from "./webhooks.mjs";
import { life, tags } from "./writing.mjs";

for (const resource of ["posts", "pages"]) await readArticles(resource);
for (const [resource, filter] of [["tags", "tag"], ["authors", "author"]]) await readNames(resource, filter);
await readTheRest();
await askWrongly();
await site();
await hang();
await tags();
for (const resource of ["posts", "pages"]) await life(resource);
await members(await newsletters());
await users();
await uploads();
await themes();
await heard();
process.exit(close() ? 0 : 1);
