// The same in Welsh: the link in the header, the public pages, a form's mistakes, the calculator's answer
// and a parent's home; and back to English.

import { reference } from "./database.mjs";

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 320, script: false },
];

function scenario(name) {
  return `scenario: Welsh, ${name}
today 2026-06-01
apply
  paying parent Wyn ${name}
  receiving parent Wenna ${name}
  child Owain ${name} born 2018-01-02
  effective 2026-06-03
  pays monthly on day 3
fact address "1 Wynstreet, Nowhere-on-Sea, ZZ1 4QQ" of Wyn from 2026-06-01
fact income_historic £36,500 from 2026-06-03 evidence "HMRC figure"
decide initial because "income from HMRC"
days until 2026-11-20
`;
}

async function isWelsh(t, what) {
  const lang = await t.page.locator("html").getAttribute("lang");
  t.check(lang === "cy", `${what}: in Welsh`);
  await t.look(what);
}

async function calculator(t) {
  await t.go("/calculator");
  await isWelsh(t, "calculator");
  await t.go("/calculator/side");
  await t.press("Parhau");
  await isWelsh(t, "calculator-error");
  t.check((await t.text()).includes("Dewiswch pa riant ydych chi"), "the mistake is told in Welsh");
  await t.answer({ side: "receiving" }, "Parhau");
  await t.answer({ circumstance: "none" }, "Parhau");
  await t.answer({ benefit: "none" }, "Parhau");
  await t.answer({ income: "historic" }, "Parhau");
  await isWelsh(t, "calculator-amount");
}

async function home(t, name) {
  const ref = reference(t, "Wyn", name);
  const user = `wyn${name.toLowerCase()}`;
  const password = t.upkeep(["account", "add", user, "--role", "paying_parent", "--person", ref, "--generate"]).trim();
  await t.go("/home");
  await isWelsh(t, "sign-in");
  await t.answer({ name: user, password }, "Mewngofnodi");
  await isWelsh(t, "home");
  t.check((await t.text()).includes("3 Rhagfyr 2026"), "days are in Welsh");
  for (const path of ["/home/change", "/home/messages", "/home/letters", "/home/looks", "/account"]) {
    await t.go(path);
    await isWelsh(t, path.replaceAll("/", "-").slice(1));
  }
}

export async function journey(t) {
  const name = `Cy${t.width}${t.script ? "" : "plain"}`;
  t.play(name, scenario(name));
  await t.go("/help");
  await t.page.getByRole("link", { name: "Cymraeg" }).click();
  t.check(t.path() === "/help", "the same page again");
  await isWelsh(t, "help");
  for (const path of ["/", "/apply", "/safety", "/employer"]) {
    await t.go(path);
    await isWelsh(t, `page${path.replaceAll("/", "-")}`);
  }
  await calculator(t);
  await home(t, name);
  await t.page.getByRole("link", { name: "English" }).click();
  t.check((await t.page.locator("html").getAttribute("lang")) === "en", "and back to English");
}
