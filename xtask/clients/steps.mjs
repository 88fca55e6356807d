// Steps that fail one by one, and a list of which of the clients' methods were right.

import { isDeepStrictEqual } from "node:util";

const steps = [];
/** What became of each method: a step that fails counts against the method that it called last. */
const methods = new Map();
let called = null;

/** Does one step; a wrong value ends it and no other. Answers whether it held. */
export async function step(name, act) {
  called = null;
  let fault = null;
  try {
    await act();
  } catch (why) {
    fault = [why.name === "Error" ? null : why.name, why.message, why.context, why.code].filter(Boolean).join(": ");
    if (called) methods.set(called, "failed");
  }
  steps.push({ name, fault });
  console.log(fault === null ? `ok      ${name}` : `FAILED  ${name}: ${fault}`);
  return fault === null;
}

/** A client whose calls are noted. */
export function noted(name, client) {
  const note = (method, call) => {
    methods.set(method, "not called");
    return (...given) => {
      called = method;
      if (methods.get(method) === "not called") methods.set(method, "ok");
      return call(...given);
    };
  };
  const resource = (of, calls) => Object.entries(calls).map(([verb, call]) => [verb, note(`${name}.${of}.${verb}`, call)]);
  return Object.fromEntries(Object.entries(client).map(([of, calls]) => [of, Object.fromEntries(resource(of, calls))]));
}

/** Prints the closing list; answers whether everything held and every method was called. */
export function close() {
  const count = (of, fits) => [...of].filter(fits).length;
  const right = count(methods.values(), (outcome) => outcome === "ok");
  const held = count(steps, ({ fault }) => fault === null);
  const width = Math.max(...[...methods.keys()].map((method) => method.length));
  console.log("");
  for (const [method, outcome] of methods) console.log(`${method.padEnd(width)}  ${outcome}`);
  console.log(`\n${methods.size} methods, ${right} ok; ${steps.length} steps, ${held} held, ${steps.length - held} failed`);
  return right === methods.size && held === steps.length;
}

export function holds(what, condition) {
  if (!condition) throw new Error(what);
}

export function same(what, found, wanted) {
  holds(`${what} is ${shown(found)}, not ${shown(wanted)}`, isDeepStrictEqual(found, wanted));
}

/** Every field named must have the value named; others may be there. */
export function has(what, found, wanted) {
  holds(`${what} is ${shown(found)}`, found !== null && typeof found === "object");
  for (const [field, value] of Object.entries(wanted)) same(`${what}.${field}`, found[field], value);
}

/** The refusal that must come instead of an answer, of one of the types named. */
export async function refused(what, asked, ...types) {
  let answer;
  try {
    answer = await asked;
  } catch (why) {
    holds(`${what} fails with ${why.name} “${why.message}”, not ${types.join(" or ")}`, types.includes(why.name));
    same(`${what}: the error's type`, why.type, why.name);
    holds(`${what}: the error has no message or id`, why.message && why.id);
    return why;
  }
  throw new Error(`${what} is not refused but answers ${shown(answer)}`);
}

function shown(value) {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
