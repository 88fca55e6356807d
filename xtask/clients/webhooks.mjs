// Webhooks: hung up before anything happens, looked at after everything did.

import { NO_ID, admin } from "./magazine.mjs";
import { Receiver, isSigned, nowhere } from "./receiver.mjs";
import { has, holds, refused, same, step } from "./steps.mjs";

const SECRET = "what only the two of us know";
const PATIENCE = 15_000;
const EVENTS = [
  ...["added", "published", "published.edited", "unpublished", "scheduled", "deleted"].map((what) => `post.${what}`),
  "page.added",
  ...["tag", "member"].flatMap((of) => ["added", "edited", "deleted"].map((what) => `${of}.${what}`)),
  "site.changed",
];

const receiver = await Receiver.listen(Number(process.env.HOOKS ?? 0));
const hooks = [];

export async function hang() {
  const add = async (hook) => {
    const made = await admin.webhooks.add(hook);
    hooks.push(made);
    has("the webhook", made, hook);
    return made;
  };
  await step("webhooks: add", async () => {
    for (const event of EVENTS) await add({ event, target_url: receiver.url(`/${event}`), secret: SECRET, name: event });
    await refused("the same again", admin.webhooks.add({ event: EVENTS[0], target_url: receiver.url(`/${EVENTS[0]}`) }), "ValidationError");
    await add({ event: "post.published", target_url: await nowhere() });
  });
  await step("webhooks: edit", async () => {
    const { id } = await add({ event: "page.added", target_url: receiver.url("/before") });
    const changed = { event: "post.added", target_url: receiver.url("/after"), name: "moved" };
    has("the webhook", await admin.webhooks.edit({ id, ...changed }), { id, ...changed });
    await refused("no webhook", admin.webhooks.edit({ id: NO_ID, name: "none" }), "NotFoundError");
  });
  await step("webhooks: delete", async () => {
    const { id } = await admin.webhooks.add({ event: "post.added", target_url: receiver.url("/deleted") });
    holds("the deletion answers a body", !(await admin.webhooks.delete({ id })));
    await refused("the deletion again", admin.webhooks.delete({ id }), "NotFoundError");
  });
}

/** What the webhooks told, and that those told nothing that were not to. */
export async function heard() {
  await receiver.until([...EVENTS.map((event) => `/${event}`), "/after"], PATIENCE);
  for (const event of EVENTS) {
    await step(`webhooks: ${event}`, async () => {
      const deliveries = receiver.at(`/${event}`);
      holds("nothing arrived", deliveries.length > 0);
      for (const delivery of deliveries) {
        holds("it is not signed rightly", isSigned(delivery, SECRET));
        holds(`its type is ${delivery.headers["content-type"]}`, delivery.headers["content-type"]?.startsWith("application/json"));
        told(event, JSON.parse(delivery.raw));
      }
    });
  }
  await step("webhooks: one that was moved, one that was deleted, one without a secret", async () => {
    same("where the moved one was", receiver.at("/before"), []);
    same("where the deleted one was", receiver.at("/deleted"), []);
    holds("the moved one did not arrive", receiver.at("/after").length > 0);
    holds("what has no secret is signed", receiver.at("/after").every(({ headers }) => !("x-ghost-signature" in headers)));
  });
  await step("webhooks: delete them all", async () => {
    same("how many there are", hooks.length, EVENTS.length + 2);
    for (const { id } of hooks) await admin.webhooks.delete({ id });
  });
  receiver.close();
}

function told(event, payload) {
  same("its event", payload.event, event);
  if (event === "site.changed") return;
  const [of, what] = event.split(/\.(.*)/);
  const { current, previous } = payload[of] ?? {};
  holds(`the payload is ${JSON.stringify(payload).slice(0, 200)}`, current && previous);
  // What is public when it is deleted is unpublished by that.
  if (what === "deleted" || (what === "unpublished" && !current.id)) {
    same("what is left", current, {});
    holds("it does not say what was deleted", previous.id);
    return;
  }
  const name = { post: "title", page: "title", tag: "name", member: "email" }[of];
  holds(`there is no id or ${name}`, current.id && current[name]);
  const status = { published: "published", "published.edited": "published", unpublished: "draft", scheduled: "scheduled" }[what];
  if (status) same("the status", current.status, status);
  if (what === "edited" || what === "published.edited") holds("it does not say what was there before", Object.keys(previous).length > 0);
}
