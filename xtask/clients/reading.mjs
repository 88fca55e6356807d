// The Content API, and what both APIs refuse.

import { MAGAZINE, NO_ID, RUN, admin, content, page, paged, reader, writer } from "./magazine.mjs";
import { has, holds, refused, same, step } from "./steps.mjs";

export async function readArticles(resource) {
  const api = content[resource];
  const fields = `id uuid title slug html comment_id feature_image featured visibility created_at updated_at published_at
    custom_excerpt codeinjection_head codeinjection_foot custom_template canonical_url url excerpt access comments
    og_image og_title og_description twitter_image twitter_title twitter_description meta_title meta_description
    feature_image_alt feature_image_caption`.split(/\s+/);
  let first, second;
  await step(`content: ${resource} by page, newest first`, async () => {
    const ask = { limit: 2, include: "tags,authors", formats: "html,plaintext", order: "published_at desc" };
    const [one, two] = [await api.browse({ ...ask, page: 1 }), await api.browse({ ...ask, page: 2 })];
    [first, second] = one;
    paged(one, 1, 2);
    paged(two, 2, 2);
    holds("the two pages overlap", two.every(({ id }) => id !== first.id && id !== second.id));
    const times = [...one, ...two].map((post) => post.published_at);
    same("the order", times, times.toSorted((a, b) => Date.parse(b) - Date.parse(a)));
    for (const post of one) {
      for (const field of fields) holds(`${post.slug} has no ${field}`, field in post);
      holds(`${post.slug} has no text`, !post.access || (post.plaintext && post.html.includes("<p")));
      holds(`the time ${post.published_at}`, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/.test(post.published_at));
      holds(`${post.slug} has no lists of tags and authors`, Array.isArray(post.tags) && Array.isArray(post.authors));
      same(`the first author of ${post.slug}`, post.primary_author?.id, post.authors[0]?.id);
      same(`${post.slug} at its address`, (await page(post.url)).status, 200);
    }
  });
  if (!second) return;
  await step(`content: one of ${resource}, by id and by slug`, async () => {
    const ask = { include: "tags,authors", formats: "html,plaintext" };
    same("by id", await api.read({ id: first.id }, ask), first);
    same("by slug", await api.read({ slug: first.slug }, ask), first);
    same("the fields by id", Object.keys(await api.read({ id: first.id, fields: "id,title" })).sort(), ["id", "title"]);
  });
  await step(`content: ${resource} by fields, formats, filter, order and limit`, async () => {
    const slugs = async (ask) => (await api.browse({ fields: "slug", ...ask })).map(({ slug }) => slug);
    same("the fields", Object.keys((await api.browse({ limit: 1, fields: "id,title,url" }))[0]).sort(), ["id", "title", "url"]);
    same("without html", "html" in (await api.browse({ limit: 1, formats: "plaintext" }))[0], false);
    same("two by slug", await slugs({ filter: `slug:[${second.slug},${first.slug}]` }), [second.slug, first.slug]);
    same("one by two conditions", await slugs({ filter: `id:${second.id}+slug:-${first.slug}` }), [second.slug]);
    same("neither", await slugs({ filter: `id:${first.id}+id:-${first.id}` }), []);
    const all = await slugs({ limit: "all", order: "slug asc" });
    same("the order", all, all.toSorted());
    const { pagination } = (await api.browse({ limit: 1 })).meta;
    same("how many all are", all.length, Math.min(pagination.total, 100));
  });
}

export async function readNames(resource, filter) {
  const api = content[resource];
  await step(`content: ${resource} with the number of their posts`, async () => {
    const ask = { limit: 3, order: "slug asc", include: "count.posts", filter: "visibility:public" };
    const list = await api.browse(ask);
    paged(list, 1, 3);
    same("the order", list.map(({ slug }) => slug), list.map(({ slug }) => slug).toSorted());
    for (const one of list) {
      const posts = await content.posts.browse({ filter: `${filter}:${one.slug}`, limit: 1, fields: "id" });
      same(`the posts of ${one.slug}`, one.count?.posts, posts.meta.pagination.total);
      same(`${one.slug} at its address`, (await page(one.url)).status, 200);
      same(`${one.slug} by id`, await api.read({ id: one.id, include: "count.posts" }), one);
      same(`${one.slug} by slug`, await api.read({ slug: one.slug }, { include: "count.posts" }), one);
    }
    await refused("a missing one", api.read({ slug: `none-${RUN}` }), "NotFoundError");
  });
}

export async function readTheRest() {
  await step("content: settings", async () => {
    const settings = await content.settings.browse();
    has("settings", settings, { url: `${MAGAZINE}/` });
    for (const field of ["title", "locale", "timezone", "version"]) same(`the type of ${field}`, typeof settings[field], "string");
    for (const field of ["navigation", "secondary_navigation"]) holds(`${field} is no list`, Array.isArray(settings[field]));
  });
  await step("content: tiers", async () => {
    const tiers = await content.tiers.browse({ include: "benefits,monthly_price,yearly_price" });
    holds("the list has no pagination", tiers.meta?.pagination);
    for (const tier of tiers) holds(`${tier.slug} is not active or has no list of benefits`, tier.active && Array.isArray(tier.benefits));
    same("how many are free", tiers.filter(({ type }) => type === "free").length, 1);
    const paid = await content.tiers.browse({ filter: "type:paid" });
    holds("a filter for paid tiers finds others", paid.every(({ type, currency }) => type === "paid" && currency));
  });
  await step("content: newsletters", async () => {
    const letters = await content.newsletters.browse({ limit: 5 });
    paged(letters, 1, 5);
    for (const letter of letters) for (const field of ["id", "name", "slug"]) holds(`a newsletter has no ${field}`, letter[field]);
  });
  await step("content: an offer that nobody made", () =>
    refused("the offer", content.offers.read({ id: NO_ID }), "NotFoundError"),
  );
}

export async function askWrongly() {
  await step("content: errors", async () => {
    const { code } = await refused("a wrong key", reader("0".repeat(26)).posts.browse(), "UnauthorizedError");
    same("the code", code, "UNKNOWN_CONTENT_API_KEY");
    await refused("a missing slug", content.posts.read({ slug: `none-${RUN}` }), "NotFoundError");
    await refused("a missing id", content.posts.read({ id: NO_ID }), "NotFoundError");
    await refused("no id", content.posts.read({ id: "zzz" }), "ValidationError");
    await refused("no filter", content.posts.browse({ filter: "featured:" }), "BadRequestError");
    await refused("a filter on no field", content.posts.browse({ filter: "nonsense:1" }), "BadRequestError");
  });
  await step("admin: errors", async () => {
    const [id, secret] = process.env.ADMIN_KEY.split(":");
    const as = (key) => writer(key).posts.browse();
    const other = secret.replace(/./g, (digit) => (digit === "0" ? "1" : "0"));
    same("the code", (await refused("a wrong secret", as(`${id}:${other}`), "UnauthorizedError")).code, "INVALID_JWT");
    const { code } = await refused("a wrong key", as(`${NO_ID}:${secret}`), "UnauthorizedError");
    same("the code", code, "UNKNOWN_ADMIN_API_KEY");
    await refused("a missing id", admin.posts.read({ id: NO_ID }), "NotFoundError");
    await refused("no id", admin.posts.read({ id: "zzz" }), "ValidationError");
    await refused("no filter", admin.posts.browse({ filter: "status:" }), "BadRequestError");
    await refused("a post without a title", admin.posts.add({ custom_excerpt: "none" }), "ValidationError");
  });
}

export async function site() {
  await step("site, config", async () => {
    const about = await admin.site.read();
    has("site", about, { url: `${MAGAZINE}/`, title: (await content.settings.browse()).title });
    holds(`the version ${about.version}`, /^6\.\d+$/.test(about.version));
    const { version } = await admin.config.read();
    holds(`the version ${version}`, version.startsWith(about.version));
  });
}
