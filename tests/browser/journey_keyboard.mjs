// The calculator with nothing but the keyboard.
export const kinds = [{ width: 1280, script: true }];

// Presses Tab until an element that fits has the focus, which must be visible.
async function reach(t, selector) {
  for (let i = 0; i < 60; i++) {
    await t.page.keyboard.press("Tab");
    if (await t.page.evaluate((s) => document.activeElement.matches(s), selector)) {
      const box = await t.page.evaluate(() => {
        const { top, bottom } = document.activeElement.getBoundingClientRect();
        return { top, bottom, high: window.innerHeight };
      });
      t.check(box.bottom > 0 && box.top < box.high, `the focus on ${selector} can be seen`);
      return;
    }
  }
  throw new Error(`Tab does not reach ${selector}`);
}

async function choose(t, name, presses) {
  await reach(t, `input[name="${name}"]`);
  if (presses === 0) await t.page.keyboard.press("Space");
  for (let i = 0; i < presses; i++) await t.page.keyboard.press("ArrowDown");
  await next(t);
}

async function type(t, name, text) {
  await reach(t, `input[name="${name}"]`);
  await t.page.keyboard.type(text);
  await next(t);
}

async function next(t) {
  await reach(t, "button.govuk-button");
  await Promise.all([t.page.waitForNavigation(), t.page.keyboard.press("Enter")]);
}

export async function journey(t) {
  await t.go("/calculator");
  await t.page.keyboard.press("Tab");
  t.check((await t.page.evaluate(() => document.activeElement.textContent)) === "Skip to main content", "the skip link is first");
  await t.page.keyboard.press("Enter");
  await reach(t, 'a[href="/calculator/side"]');
  await Promise.all([t.page.waitForNavigation(), t.page.keyboard.press("Enter")]);
  await choose(t, "side", 1);
  await choose(t, "circumstance", 0);
  await choose(t, "benefit", 0);
  await choose(t, "income", 2);
  await type(t, "amount", "500");
  await type(t, "receivers", "1");
  await type(t, "children", "1");
  await choose(t, "care", 0);
  await choose(t, "band", 0);
  await type(t, "others", "0");
  await type(t, "arrangements", "0");
  await next(t);
  await reach(t, 'a[href="/calculator/result"]');
  await Promise.all([t.page.waitForNavigation(), t.page.keyboard.press("Enter")]);
  t.check((await t.text(".upkeep-amount")).startsWith("£60.00"), "12% of 500", await t.text(".upkeep-amount"));
}
