// The public calculator from the first page to a code, with its mistakes and ways back.
import { readFileSync } from "node:fs";

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 320, script: false },
  { width: 1280, script: false },
];

export async function journey(t) {
  t.check((await t.go("/")) === 200, "the first page");
  await t.look("home");
  await t.page.getByRole("button", { name: "Work out an amount" }).click();
  await t.look("start");
  await t.page.getByRole("button", { name: "Start now" }).click();
  await t.press("Continue");
  t.check((await t.page.title()).startsWith("Error: "), "a mistake is in the title");
  await t.look("side-error");
  await t.page.getByRole("link", { name: "Select which parent you are" }).click();
  const led = await t.page.evaluate(() => document.querySelector(":target")?.id || document.activeElement.id);
  t.check(led === "side", "the summary leads to the question", led);
  await t.answer({ side: "paying" });
  await t.look("circumstances");
  await t.answer({ circumstance: "none" });
  await t.look("benefits");
  await t.answer({ benefit: "own_or_partner" });
  await t.look("partner");
  await t.page.getByRole("link", { name: "Back", exact: true }).click();
  t.check(await t.page.locator('input[value="own_or_partner"]').isChecked(), "back keeps the answer");
  await t.answer({ benefit: "none" });
  await t.look("income");
  await t.answer({ income: "historic" });
  await t.answer({ amount: "twenty-nine" });
  t.check((await t.page.inputValue("[name=amount]")) === "twenty-nine", "a wrong amount is kept");
  await t.look("amount-error");
  await t.answer({ amount: "£29,150.75" });
  await t.look("pension");
  await t.answer({ pension: "0" });
  await t.answer({ receivers: "2" });
  await t.look("children");
  await t.answer({ children: "2" });
  await t.look("care");
  await t.answer({ care: "lesser" });
  await t.look("nights");
  await t.answer({ band: "exact" });
  await t.look("nights-error");
  await t.answer({ band: "band_1", same: "yes" });
  await t.answer({ children: "1" });
  await t.answer({ care: "lesser" });
  await t.answer({ band: "exact", nights: "30" });
  await t.look("others");
  await t.answer({ others: "1" });
  await t.look("arrangements");
  await t.answer({ arrangements: "0" });
  await t.look("special");
  await t.answer({ special: "contact_costs" });
  await t.look("ground");
  await t.answer({ amount: "12.50" });
  t.check(t.path() === "/calculator/check", "all is asked", t.path());
  await t.look("check");
  await t.page.getByRole("link", { name: "Change Other children at home" }).click();
  await t.answer({ others: "0" });
  t.check(t.path() === "/calculator/check", "a change goes back to the check", t.path());
  await t.page.getByRole("button", { name: "See the amount" }).click();
  if (t.script) for (const summary of await t.page.locator("summary").all()) await summary.click();
  await t.look("result");
  await same_as_program(t);
  await t.press("Get a code");
  const code = (await t.text(".upkeep-code")).trim();
  t.check(/^[2-9A-HJ-NP-TV-Z]{4}-[2-9A-HJ-NP-TV-Z]{4}$/.test(code), "a code", code);
  await t.look("code");
  for (const path of ["/help", "/safety", "/cookies", "/doing", "/nowhere"]) {
    await t.go(path);
    await t.look(path.slice(1));
  }
  await leave(t);
}

// The page's figure and what the program says of the same input are one.
async function same_as_program(t) {
  const shown = (await t.text(".upkeep-amount")).replace(/[^0-9.]/g, "");
  const input = await t.page.locator("pre").textContent();
  const reply = JSON.parse(t.upkeep(["assess", "--no-steps"], input));
  t.check(reply.weekly_total === shown, "the program gives the same amount", `${reply.weekly_total} ${shown}`);
  const [download] = await Promise.all([
    t.page.waitForEvent("download"),
    t.page.evaluate(() => document.querySelector('a[href$=".json"]').click()).catch(() => t.page.locator('a[href$=".json"]').click({ force: true })),
  ]);
  t.check(readFileSync(await download.path(), "utf8") === input, "the file is what the page shows");
}

// Exit this page wipes the answers, by click without script and by Shift three times with it.
async function leave(t) {
  t.leaving = true;
  await t.go("/calculator/check");
  const elsewhere = t.page.waitForRequest(/bbc/);
  if (t.script) for (let i = 0; i < 3; i++) await t.page.keyboard.press("Shift");
  else await t.page.getByRole("button", { name: "Exit this page" }).click({ noWaitAfter: true });
  t.check(Boolean(await elsewhere), "somewhere else is shown");
  t.page = await t.page.context().newPage();
  await t.go("/calculator/check");
  t.check(t.path() === "/calculator/side", "the answers are gone", t.path());
}
