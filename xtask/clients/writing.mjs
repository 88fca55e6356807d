// Tags, posts and pages, from the draft to the deletion.

import { MAGAZINE, NO_ID, RUN, admin, content, isGone, lexical, paged, shows } from "./magazine.mjs";
import { has, holds, refused, same, step } from "./steps.mjs";

export async function tags() {
  const api = admin.tags;
  const name = `Clients & ${RUN}`;
  let tag;
  await step("tags: add", async () => {
    tag = await api.add({ name, description: "Made by a check", accent_color: "#0f5c6e" });
    has("the tag", tag, { name, slug: `clients-${RUN}`, description: "Made by a check", accent_color: "#0f5c6e", visibility: "public" });
    await refused("a tag without a name", api.add({ description: "none" }), "ValidationError");
  });
  if (!tag) return;
  const { id, slug } = tag;
  await step("tags: read and edit", async () => {
    has("by id", await api.read({ id }), { id, slug, name });
    has("by slug", await api.read({ slug }), { id, slug, name });
    has("the change", await api.edit({ id, description: "Changed" }), { id, name, description: "Changed" });
    has("what is read then", await api.read({ id }), { description: "Changed" });
    await refused("a missing one", api.edit({ id: NO_ID, name: "none" }), "NotFoundError");
  });
  await step("tags: browse with the number of their posts", async () => {
    const post = await admin.posts.add({ title: `Tagged ${RUN}`, lexical: lexical("By the ferry."), status: "published", tags: [{ id }] });
    same("the tags of the post", post.tags.map((one) => one.id).filter(Boolean), [id]);
    const list = await api.browse({ filter: `slug:${slug}`, include: "count.posts", limit: 5 });
    paged(list, 1, 5);
    same("the tags found", list.map((one) => [one.id, one.count?.posts]), [[id, 1]]);
    has("with its number", await api.read({ id }, { include: "count.posts" }), { count: { posts: 1 } });
    const two = await api.browse({ limit: 2, page: 2, order: "slug asc" });
    paged(two, 2, 2);
    same("the order", two.map((one) => one.slug), two.map((one) => one.slug).toSorted());
    await admin.posts.delete({ id: post.id });
  });
  await step("tags: delete", async () => {
    holds("the deletion answers a body", !(await api.delete({ id })));
    await refused("a deleted tag", api.read({ id }), "NotFoundError");
    await refused("the deletion again", api.delete({ id }), "NotFoundError");
  });
}

/** From the draft to the deletion. */
export async function life(resource) {
  const api = admin[resource];
  const title = `The ${resource} of ${RUN}`;
  const words = "The harbour board said that the ferry would run for two more years.";
  let draft;
  const edit = async (fields, parameters) => {
    const { updated_at } = await api.read({ id: draft.id });
    return api.edit({ id: draft.id, updated_at, ...fields }, parameters);
  };
  const hidden = () => refused("a reader's question", content[resource].read({ slug: draft.slug }), "NotFoundError");

  await step(`${resource}: add a draft`, async () => {
    draft = await api.add({ title, lexical: lexical(words), custom_excerpt: "In short", tags: [{ name: `Ferry ${RUN}` }] });
    has("the draft", draft, { title, slug: `the-${resource}-of-${RUN}`, status: "draft", custom_excerpt: "In short", published_at: null });
    same("the tags", draft.tags.map(({ name }) => name), [`Ferry ${RUN}`]);
    same("the address", draft.url, `${MAGAZINE}/p/${draft.uuid}/`);
    holds(`the time ${draft.updated_at}`, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(draft.updated_at));
    await hidden();
  });
  if (!draft) return;
  const { id, slug } = draft;

  await step(`${resource}: read by id and by slug`, async () => {
    const ask = { formats: "html,plaintext,lexical", include: "tags,authors" };
    const read = await api.read({ id }, ask);
    has("the draft", read, { id, slug, title, html: `<p>${words}</p>`, plaintext: words });
    same("its Lexical", JSON.parse(read.lexical).root.children[0].children[0].text, words);
    same("by slug", await api.read({ slug, ...ask }), read);
    same("without formats", ["html", "lexical"].filter((form) => form in draft), ["lexical"]);
  });
  await step(`${resource}: browse`, async () => {
    const found = async (filter) => (await api.browse({ filter, limit: 5 })).map((post) => post.id);
    same("drafts of this slug", await found(`status:draft+slug:${slug}`), [id]);
    same("drafts of this tag", await found(`status:draft+tag:ferry-${RUN}`), [id]);
    same("what is public of it", await found(`status:[published,scheduled]+slug:${slug}`), []);
    const list = await api.browse({ limit: 2, page: 2, order: "slug asc", formats: "plaintext", include: "tags" });
    paged(list, 2, 2);
    holds("a form that was not asked for", list.every((post) => !("lexical" in post) && !("html" in post)));
    same("the order", list.map((post) => post.slug), list.map((post) => post.slug).toSorted());
  });
  await step(`${resource}: edit`, async () => {
    await pause(1100); // Ghost keeps whole seconds
    const edited = await edit({ title: `${title}, changed` }, { formats: "plaintext" });
    has("the change", edited, { id, slug, title: `${title}, changed`, plaintext: words, status: "draft" });
    holds("the time of the change did not move", Date.parse(edited.updated_at) > Date.parse(draft.updated_at));
  });
  await step(`${resource}: an edit of what somebody else changed`, async () => {
    const late = api.edit({ id, title: "Lost", updated_at: draft.updated_at });
    same("the code", (await refused("the late edit", late, "UpdateCollisionError")).code, "UPDATE_COLLISION");
    same("what stands", (await api.read({ id })).title, `${title}, changed`);
  });
  await step(`${resource}: schedule`, async () => {
    const at = Math.ceil(Date.now() / 1000 + 3600) * 1000;
    const scheduled = await edit({ status: "scheduled", published_at: new Date(at).toISOString() });
    has("the plan", { ...scheduled, published_at: Date.parse(scheduled.published_at) }, { status: "scheduled", published_at: at });
    await hidden();
    const past = edit({ status: "scheduled", published_at: new Date(0).toISOString() });
    await refused("a time that is past", past, "ValidationError");
  });
  await step(`${resource}: back to the draft`, async () => {
    has("the draft", await edit({ status: "draft" }), { id, slug, status: "draft" });
    await hidden();
  });

  let url;
  const isPublic = await step(`${resource}: publish`, async () => {
    const { updated_at } = await api.read({ id });
    const began = performance.now();
    const published = await api.edit({ id, updated_at, status: "published", published_at: new Date().toISOString() });
    const took = performance.now() - began;
    if (resource === "posts") console.log(`        published in ${took.toFixed(0)} ms beside a receiver that is not there`);
    has("the answer", published, { id, slug, status: "published" });
    url = published.url;
    holds(`its address is ${url}`, url.startsWith(`${MAGAZINE}/`) && !url.startsWith(`${MAGAZINE}/p/`));
    await shows(url, `${title}, changed`);
    has("what readers get", await content[resource].read({ slug }), { id, url, title: `${title}, changed` });
  });
  if (isPublic) {
    await step(`${resource}: an edit shows at once`, async () => {
      has("the answer", await edit({ title: `${title}, again`, lexical: lexical("It will not run.") }), { status: "published", url });
      const shown = await shows(url, `${title}, again`);
      holds("the words before the edit are still there", !shown.includes(words));
      holds("the words of the edit are not there", shown.includes("It will not run."));
      has("what readers get", await content[resource].read({ slug }), { title: `${title}, again` });
    });
    await step(`${resource}: unpublish`, async () => {
      has("the answer", await edit({ status: "draft" }), { id, status: "draft" });
      await isGone(url);
      await hidden();
    });
  }
  await step(`${resource}: delete`, async () => {
    holds("the deletion answers a body", !(await api.delete({ id })));
    await refused("what is deleted", api.read({ id }), "NotFoundError");
    await refused("an edit of it", api.edit({ id, title, updated_at: draft.updated_at }), "NotFoundError");
    await refused("the deletion again", api.delete({ id }), "NotFoundError");
  });
  await step(`${resource}: add from HTML, published at once, and delete it`, async () => {
    const html = "<h2>Fares</h2><p>They <em>stay</em>.</p>";
    const made = await api.add({ title: `Of HTML ${RUN}`, html, status: "published" }, { source: "html", formats: "html,lexical" });
    has("the answer", made, { status: "published", html: '<h2 id="fares">Fares</h2><p>They <em>stay</em>.</p>' });
    holds("it has no Lexical", JSON.parse(made.lexical).root.children.length === 2);
    await shows(made.url, `Of HTML ${RUN}`);
    await api.delete({ id: made.id });
    await isGone(made.url);
  });
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
