// keyboard.mjs: a page worked with nothing but the keyboard: what a journey clicks, ticks, fills and
// chooses is reached with Tab and done with keys.  A file is still handed over by the program.

const most = 400; // presses of Tab on one page

// Where the focus is: on the element, on another of its group of radios (arrows go on from there), or
// elsewhere.
function whereIs(element) {
  const has = document.activeElement;
  if (has === element) return "there";
  return element.type === "radio" && has.type === "radio" && has.name === element.name ? "beside" : "elsewhere";
}

// What has the focus must be seen (WCAG 2.2, 2.4.11).
function isSeen(element) {
  const { top, bottom, left, right } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight && right > 0 && left < window.innerWidth;
}

async function reach(t, locator) {
  const element = await locator.first().elementHandle();
  for (let i = 0; i < most; i++) {
    const where = await element.evaluate(whereIs);
    if (where === "there") {
      if (!(await element.evaluate(isSeen))) t.check(false, "what has the focus can be seen", `${locator}`);
      return;
    }
    await t.page.keyboard.press(where === "beside" ? "ArrowDown" : "Tab");
  }
  throw new Error(`no key reaches ${locator}`);
}

// Whether it leads to another page.
const leads = (element) =>
  (element.tagName === "A" && !element.getAttribute("href").startsWith("#") && !element.download) ||
  (element.tagName === "BUTTON" && element.type === "submit" && element.form !== null);

// A file that is saved leads nowhere.
const isSaved = (error) => {
  if (!/ERR_ABORTED/.test(error)) throw error;
};

async function click(t, locator) {
  await reach(t, locator);
  if (await locator.first().evaluate(leads)) await Promise.all([t.page.waitForNavigation().catch(isSaved), t.page.keyboard.press("Enter")]);
  else await t.page.keyboard.press((await locator.first().evaluate((e) => e.matches("input"))) ? "Space" : "Enter");
}

async function check(t, locator) {
  await reach(t, locator);
  if (!(await locator.first().isChecked())) await t.page.keyboard.press("Space");
}

async function fill(t, locator, text) {
  await reach(t, locator);
  await t.page.keyboard.press("Control+A");
  if (text === "") await t.page.keyboard.press("Delete");
  else await t.page.keyboard.insertText(text);
}

async function select(t, locator, value) {
  await reach(t, locator);
  const at = await locator.first().evaluate((e, v) => (v.index ?? [...e.options].findIndex((o) => o.value === v || o.text === v)) - e.selectedIndex, value);
  for (let i = 0; i < Math.abs(at); i++) await t.page.keyboard.press(at > 0 ? "ArrowDown" : "ArrowUp");
}

// From here on the page of a journey is worked by keys; answers what ends it.
export function workByKeys(t) {
  const Locator = Object.getPrototypeOf(t.page.locator("body"));
  const kept = {};
  const ways = { click, check, fill, selectOption: select };
  for (const [name, way] of Object.entries(ways)) {
    kept[name] = Locator[name];
    Locator[name] = function (value) {
      return way(t, this, value);
    };
    t.page[name] = (selector, value) => way(t, t.page.locator(selector), value);
  }
  return () => Object.assign(Locator, kept);
}
