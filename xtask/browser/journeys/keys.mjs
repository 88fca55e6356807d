// A hand that has a keyboard and nothing else. Where a page is given to it, what a journey clicks, checks, chooses and
// fills in is reached with Tab, arrows and F6 from wherever the focus is, and pressed with Enter or Space: a control
// that cannot be reached, or whose focus is lost on the way, ends the journey.

const MARK = Symbol("by keys");
/** Presses of one key until something must have come; more than any screen has controls. */
const PATIENCE = 250;

/** Takes the mouse away from a page. */
export function byKeys(page) {
  page[MARK] = true;
  teach(Object.getPrototypeOf(page.locator("body")));
  return noMouse(page);
}

/** A journey that takes the mouse after all does not arrive. */
export function noMouse(page) {
  for (const act of ["click", "dblclick", "down", "move", "wheel"]) {
    page.mouse[act] = () => {
      throw new Error(`the mouse was taken: ${act}`);
    };
  }
  return page.addInitScript(() => {
    addEventListener("pointerdown", () => console.error("a pointer was pressed"), true);
  });
}

/** Gives what locators do a second way of doing it. Once: the prototype is that of all pages. */
function teach(locators) {
  if (locators[MARK]) return;
  locators[MARK] = true;
  for (const [act, way] of Object.entries({ click, check, fill, selectOption })) {
    const usual = locators[act];
    locators[act] = function (...words) {
      return this.page()[MARK] ? way(this, ...words) : usual.apply(this, words);
    };
  }
}

async function click(locator) {
  const target = await found(locator);
  const page = locator.page();
  const role = await reach(page, target);
  // To click into a text is to go there; whatever else is clicked is pressed.
  if (role === "option" || !["textbox", "combobox", "searchbox"].includes(role)) await page.keyboard.press("Enter");
}

async function check(locator) {
  const target = await found(locator);
  const page = locator.page();
  await reach(page, target);
  if (!(await target.evaluate((it) => it.checked))) await page.keyboard.press("Space");
  if (!(await target.evaluate((it) => it.checked))) throw new Error(`Space does not check ${locator}`);
}

async function fill(locator, words) {
  const target = await found(locator);
  const { keyboard } = locator.page();
  await reach(locator.page(), target);
  if ((await target.evaluate((it) => it.type)) === "date") return fillDate(target, keyboard, words);
  await keyboard.press("Control+a");
  await keyboard.press("Delete");
  await keyboard.type(words);
}

/** A day is typed field by field; which comes first is the browser's to know. */
async function fillDate(target, keyboard, day) {
  const [year, month, date] = day.split("-");
  for (const order of [date + month + year, month + date + year]) {
    await keyboard.type(order);
    if ((await target.evaluate((it) => it.value)) === day) return;
    for (let back = 0; back < 3; back += 1) await keyboard.press("Shift+Tab");
    await target.evaluate((it) => it === document.activeElement || it.focus());
  }
  throw new Error(`the day ${day} cannot be typed`);
}

async function selectOption(locator, { label }) {
  const target = await found(locator);
  const { keyboard } = locator.page();
  await reach(locator.page(), target);
  await keyboard.press("Home");
  const chosen = () => target.evaluate((it) => it.selectedOptions[0]?.label);
  await pressed(keyboard, "ArrowDown", async () => (await chosen()) === label, `the option ${label}`);
}

/** The element, when it is to be seen and can be used. */
async function found(locator) {
  await locator.waitFor();
  const target = await locator.elementHandle();
  await target.waitForElementState("enabled");
  return target;
}

/** Moves the focus to an element, or the caret into it; answers with its role. */
async function reach(page, target) {
  const { keyboard } = page;
  const { role, editing } = await target.evaluate(kindOf);
  const here = (look) => () => target.evaluate(look);
  const isFocused = here((it) => it === document.activeElement);
  if (editing === "inside") {
    // A paragraph: into the text, to its beginning, and down.
    const text = await target.evaluateHandle((it) => it.closest("[contenteditable=true]"));
    await reach(page, text);
    await keyboard.press("Control+Home");
    const caretIsIn = here((it) => it.contains(getSelection().anchorNode));
    await pressed(keyboard, "ArrowDown", caretIsIn, "the paragraph");
    return "textbox";
  }
  if (role === "option") {
    const isActive = here((it) => it.getAttribute("aria-selected") === "true" || document.activeElement.getAttribute("aria-activedescendant") === it.id);
    await pressed(keyboard, "ArrowDown", isActive, "the option");
    return role;
  }
  const among = { menuitem: "[role=menu]", tab: "[role=tablist]" }[role];
  if (among) {
    const isNear = here((it) => Boolean(document.activeElement.closest("[role=menu], [role=tablist]")?.contains(it)));
    await pressed(keyboard, "Tab", isNear, `${role} by Tab`);
    await pressed(keyboard, role === "tab" ? "ArrowRight" : "ArrowDown", isFocused, `${role} by arrows`);
    return role;
  }
  if (role === "radio") {
    const isNear = here((it) => document.activeElement.type === "radio" && document.activeElement.name === it.name);
    await pressed(keyboard, "Tab", isNear, "the choice by Tab");
    await pressed(keyboard, "ArrowDown", isFocused, "the choice by arrows");
    return role;
  }
  await pressed(keyboard, "Tab", isFocused, `the ${role}`);
  return role;
}

/** Presses a key until something is so; it may be so before. */
async function pressed(keyboard, key, isSo, what) {
  for (let times = 0; times < PATIENCE; times += 1) {
    if (await isSo()) return;
    await keyboard.press(key);
  }
  throw new Error(`${what} does not come, however often ${key} is pressed`);
}

// Runs inside the page.
function kindOf(it) {
  const named = { A: "link", BUTTON: "button", SUMMARY: "summary", SELECT: "select", TEXTAREA: "textbox" }[it.tagName];
  const input = { checkbox: "checkbox", radio: "radio", submit: "button" }[it.type] ?? "textbox";
  const role = it.getAttribute("role") ?? named ?? (it.tagName === "INPUT" ? input : "textbox");
  const editor = it.closest("[contenteditable=true]");
  return { role, editing: editor && editor !== it ? "inside" : null };
}
