// Newsletters, members and the staff.

import { NO_ID, NO_ROUTE, RUN, admin, content, paged } from "./magazine.mjs";
import { has, holds, refused, same, step } from "./steps.mjs";

export async function newsletters() {
  const api = admin.newsletters;
  const name = `The letter of ${RUN}`;
  const seen = async () => (await content.newsletters.browse({ limit: "all" })).map((letter) => letter.id);
  let letter;
  await step("newsletters: add", async () => {
    letter = await api.add({ name, description: "Every Friday" });
    has("the newsletter", letter, { name, slug: `the-letter-of-${RUN}`, description: "Every Friday", status: "active", subscribe_on_signup: true });
    holds("readers do not see it", (await seen()).includes(letter.id));
  });
  if (!letter) return null;
  const { id } = letter;
  await step("newsletters: read, browse and edit", async () => {
    same("what is read", await api.read({ id }), letter);
    const list = await api.browse({ filter: "status:active", limit: 50, include: "count.members" });
    paged(list, 1, 50);
    has("what is found", list.find((one) => one.id === id), { name, status: "active", count: { members: 0 } });
    const changes = { name: `${name}, changed`, description: null, sort_order: 7 };
    has("the change", await api.edit({ id, ...changes }), { id, ...changes, status: "active" });
    await refused("a missing one", api.read({ id: NO_ID }), "NotFoundError");
    await refused("one without a name", api.add({ description: "none" }), "ValidationError");
  });
  await step("newsletters: archived, never deleted", async () => {
    await refused("the deletion", api.delete({ id }), ...NO_ROUTE);
    const other = await api.add({ name: `${name}, archived`, status: "archived" });
    same("one that is added as archived", other.status, "archived");
    same("made active", (await api.edit({ id: other.id, status: "active" })).status, "active");
    same("archived again", (await api.edit({ id: other.id, status: "archived" })).status, "archived");
    holds("readers see an archived one", !(await seen()).includes(other.id));
  });
  return letter;
}

export async function members(letter) {
  const api = admin.members;
  const email = `rosa.${RUN}@reader.example`;
  const subscribed = letter ? [{ id: letter.id }] : [];
  let member;
  await step("members: add", async () => {
    const labels = [{ name: `Harbour ${RUN}` }];
    member = await api.add({ email, name: "Rosa", note: "Came by the ferry", labels, newsletters: subscribed });
    has("the member", member, { email, name: "Rosa", note: "Came by the ferry", status: "free", comped: false, subscribed: subscribed.length > 0 });
    same("the labels", member.labels.map(({ name, slug }) => [name, slug]), [[`Harbour ${RUN}`, `harbour-${RUN}`]]);
    same("the newsletters", member.newsletters.map(({ id }) => id), subscribed.map(({ id }) => id));
    holds("there is no uuid", member.uuid);
    for (const list of ["subscriptions", "tiers"]) same(list, member[list], []);
    const { property } = await refused("the same address", api.add({ email }), "ValidationError");
    same("the field of the error", property, "email");
    await refused("an address that is none", api.add({ email: "nonsense" }), "ValidationError");
  });
  if (!member) return;
  const { id } = member;
  await step("members: read and browse", async () => {
    has("by id", await api.read({ id }), { id, email, name: "Rosa", note: "Came by the ferry", labels: member.labels });
    for (const ask of [{ filter: `email:'${email}'` }, { filter: `label:harbour-${RUN}` }, { search: RUN }]) {
      const list = await api.browse({ ...ask, limit: 5, order: "created_at desc" });
      paged(list, 1, 5);
      same(`found by ${JSON.stringify(ask)}`, list.map((one) => one.email), [email]);
    }
    same("found by another label", [...(await api.browse({ filter: `label:none-${RUN}` }))], []);
    await refused("a missing one", api.read({ id: NO_ID }), "NotFoundError");
  });
  await step("members: edit", async () => {
    const labels = [...member.labels, { name: `Hill ${RUN}` }];
    const edited = await api.edit({ id, name: "Rosa Mellish", note: "Moved", labels, newsletters: [] });
    has("the change", edited, { id, email, name: "Rosa Mellish", note: "Moved", newsletters: [], subscribed: false });
    same("the labels", edited.labels.map(({ name }) => name).sort(), [`Harbour ${RUN}`, `Hill ${RUN}`]);
    const partly = await api.edit({ id, labels: [] });
    has("a change of one field", partly, { name: "Rosa Mellish", note: "Moved", labels: [] });
    const moved = await api.edit({ id, email: `r.${email}` });
    has("another address", moved, { id, email: `r.${email}` });
    await refused("a missing one", api.edit({ id: NO_ID, name: "none" }), "NotFoundError");
  });
  await step("members: delete", async () => {
    holds("the deletion answers a body", !(await api.delete({ id })));
    await refused("a deleted member", api.read({ id }), "NotFoundError");
    await refused("the deletion again", api.delete({ id }), "NotFoundError");
  });
}

/** Keys read the staff and change nothing of it. */
export async function users() {
  const api = admin.users;
  let one;
  await step("users: browse and read", async () => {
    const list = await api.browse({ limit: 1, include: "roles,count.posts" });
    paged(list, 1, 1);
    [one] = list;
    holds("the user has no role or number of posts", one.roles?.[0]?.name && Number.isInteger(one.count?.posts));
    holds("the user has no status", one.status);
    const who = { id: one.id, slug: one.slug, email: one.email, name: one.name };
    has("by id", await api.read({ id: one.id }), who);
    has("by slug", await api.read({ slug: one.slug, include: "roles" }), { ...who, roles: one.roles });
    has("by e-mail address", await api.read({ email: one.email }), who);
    same("found by a filter", (await api.browse({ filter: `slug:${one.slug}` })).map(({ id }) => id), [one.id]);
    await refused("a missing one", api.read({ slug: `none-${RUN}` }), "NotFoundError");
  });
  await step("users: no key may add, edit or delete one", async () => {
    await refused("adding", api.add({ name: "None", email: `none.${RUN}@reader.example` }), ...NO_ROUTE, "NoPermissionError");
    await refused("editing", api.edit({ id: one?.id ?? NO_ID, name: "None" }), "NoPermissionError");
    await refused("deleting", api.delete({ id: one?.id ?? NO_ID }), "NoPermissionError");
    if (one) has("who is there", await api.read({ id: one.id }), { name: one.name });
  });
}
