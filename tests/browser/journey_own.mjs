// A parent's own pages: the receiving parent reads what comes next and why, reports a payment that did
// not come, after seeing what the other parent will be told; the paying parent answers; neither can
// open anything of the other's, and staff are not shown the pages.

import { reference } from "./database.mjs";

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true, keys: true },
  { width: 320, script: false },
];

function scenario(name) {
  return `scenario: Own pages, ${name}
today 2026-06-01
apply
  paying parent Omar ${name}
  receiving parent Olive ${name}
  child Otto ${name} born 2018-01-02
  effective 2026-06-03
  service direct_pay
  pays monthly on day 3
fact address "1 Omarstreet, Nowhere-on-Sea, ZZ1 4QQ" of Omar from 2026-06-01
fact address "2 Olivestreet, Nowhere-on-Sea, ZZ1 5QQ" of Olive from 2026-06-01
fact income_historic £36,500 from 2026-06-03 evidence "HMRC figure"
decide initial because "income from HMRC"
days until 2026-06-20
letter plan
days until 2026-11-20
`;
}

async function enter(t, name, role, ref) {
  const password = t.upkeep(["account", "add", name, "--role", role, "--person", ref, "--generate"]).trim();
  await t.page.context().clearCookies();
  await t.go("/home");
  await t.answer({ name, password }, "Sign in");
  t.check(t.path() === "/home", `${role}: begins at home`);
}

async function receiving(t) {
  const text = await t.text();
  await t.look("home");
  t.check(text.includes("For Otto") && text.includes("3 December 2026"), "the next payment and its day");
  t.check(text.includes("Next yearly review: 3 June 2027"), "the review");
  t.check((await t.page.getByRole("link", { name: "Cases" }).count()) === 0, "no staff menu");
  await t.page.getByRole("link", { name: "How we worked this out" }).click();
  await t.look("worked");
  t.check(!(await t.text()).includes("36,500"), "nothing of the other parent's income");
  await t.page.getByRole("link", { name: "Back", exact: true }).click();
  await t.page.getByRole("link", { name: "Payments between you" }).click();
  await t.look("payments");
  const path = t.path();
  await t.choose("due", "2026-11-03");
  await t.answer({ paid: "" }, "See what it would do");
  await t.look("payments-error");
  await t.choose("due", "2026-11-03");
  await t.answer({ paid: "0", evidence: "my bank app" }, "See what it would do");
  await t.look("before");
  const told = await t.text(".govuk-inset-text");
  t.check(told.includes("nothing was paid") && told.includes("7 December 2026"), "what the other will be told");
  t.check(!told.includes("bank app"), "not the evidence");
  await t.press("Send it");
  await t.look("sent");
  t.check((await t.text()).includes("We have what you told us"), "it was sent");
  await t.go("/home/letters");
  await t.look("letters");
  await t.page.locator("tbody a").first().click();
  await t.look("letter");
  t.check(!(await t.text()).includes("Omarstreet"), "not the other's address");
  await t.go("/home/looks");
  await t.look("looks");
  return path;
}

async function paying(t, path) {
  t.check((await t.text()).includes("We were told that payments may not have been made"), "is asked");
  t.check((await t.go(path)) === 200, "the same payments");
  await t.look("paying-payments");
  t.check((await t.text()).includes("nothing was paid") && !(await t.text()).includes("bank app"), "what she says, not what shows it");
  await t.press("I agree about the payment of 3 November 2026");
  await t.look("paying-before");
  await t.press("Send it");
  t.check((await t.text()).includes("Agreed"), "both say the same");
  await t.page.getByRole("link", { name: "Back", exact: true }).click();
  await t.page.getByRole("link", { name: "Every line of it" }).click();
  await t.look("statement");
}

export async function journey(t) {
  const name = `Own${t.width}${t.script ? "" : "n"}`;
  t.play(name, scenario(name));
  const refs = ["Omar", "Olive"].map((given) => reference(t, given, name));
  await enter(t, `olive${name.toLowerCase()}`, "receiving_parent", refs[1]);
  const path = await receiving(t);
  const other = `/home/account/${refs[0]}`;
  t.check((await t.go(other)) === 404, "not the other's account");
  await enter(t, `omar${name.toLowerCase()}`, "paying_parent", refs[0]);
  await paying(t, path);
}
