// A parent tells us what has changed: one question on each page, what it would do, sent; the
// caseworker asks for what shows it, and accepts; the other parent learns nothing before.  Then a
// parent asks for the decision to be looked at again, and it stands, with the reason to be read.

import { asked, reference } from "./database.mjs";

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true, keys: true },
  { width: 320, script: false },
];

function scenario(name) {
  return `scenario: What has changed, ${name}
today 2026-06-01
apply
  paying parent Noah ${name}
  receiving parent Nora ${name}
  child Nell ${name} born 2018-01-02
  child Ned ${name} born 2020-01-02
  effective 2026-06-03
  pays monthly on day 3
fact address "1 Noahstreet, Nowhere-on-Sea, ZZ1 4QQ" of Noah from 2026-06-01
fact address "2 Norastreet, Nowhere-on-Sea, ZZ1 5QQ" of Nora from 2026-06-01
fact income_historic £36,500 from 2026-06-03 evidence "HMRC figure"
decide initial because "income from HMRC"
days until 2026-11-20
`;
}

async function enter(t, name, password, path) {
  await t.page.context().clearCookies();
  await t.go(path);
  await t.answer({ name, password }, "Sign in");
}

async function account(t, name, role, ref) {
  return t.upkeep(["account", "add", name, "--role", role, "--person", ref, "--generate"]).trim();
}

async function tellsNights(t) {
  await t.go("/home");
  await t.page.getByRole("link", { name: "Tell us what has changed" }).click();
  await t.look("changes");
  await t.page.getByRole("link", { name: "The nights a child stays with the parent who pays" }).click();
  await t.look("about");
  await t.press("Continue");
  await t.look("about-error");
  await t.page.getByLabel("Nell").check();
  await t.press("Continue");
  await t.look("value");
  await t.answer({ number: "110" }, "Continue");
  await t.look("when");
  await t.answer({ "happened-day": "1", "happened-month": "11", "happened-year": "2026" }, "Continue");
  await t.look("note");
  await t.answer({ note: "Every second week", evidence: "our calendar" }, "Continue");
  await t.look("check");
  await t.page.getByRole("button", { name: "Change How many nights" }).click();
  t.check((await t.page.locator("#number").inputValue()) === "110", "what was typed is there");
  await t.answer({ number: "120" }, "Continue");
  await t.press("See what it would do");
  await t.look("preview");
  const text = await t.text();
  t.check(text.includes("the amount changes from 23 November 2026"), "from which day");
  t.check(text.includes("What the other parent will be told"), "what the other will be told");
  await t.press("Send it");
  await t.look("sent");
  t.check((await t.text()).includes("We will decide by 7 December 2026"), "until when");
  const path = t.path();
  await t.go("/home");
  await t.look("home");
  t.check((await t.text()).includes("You told us on 23 November 2026"), "it stands on the home page");
  return path;
}

async function tellsAddress(t) {
  await t.go("/home/change");
  await t.page.getByRole("link", { name: "Your address" }).click();
  await t.answer({ text: "9 Newstreet, ZZ1 9QQ" }, "Continue");
  await t.answer({ "happened-day": "15", "happened-month": "11", "happened-year": "2026" }, "Continue");
  await t.press("See what it would do");
  await t.look("straight");
  t.check((await t.text()).includes("goes straight through"), "nobody decides it");
  await t.press("Send it");
  await t.look("through");
  t.check(!(await t.text()).includes("Newstreet"), "not shown again");
}

async function staff(t) {
  t.staff = (t.staff ?? 0) + 1;
  await t.page.context().clearCookies();
  await t.signIn(`${t.family.toLowerCase()}staff${t.staff}`);
}

async function staffAsks(t, path) {
  await staff(t);
  await t.go(path.replace(/^\/home\/told\/\d+/, `/case/${t.pp}/told`));
  await t.look("staff");
  await t.answer({ deed: "ask", reason: "Please send the calendar" }, "Continue");
  await t.look("staff-asked");
}

async function staffAccepts(t, path) {
  await staff(t);
  await t.go(path.replace(/^\/home\/told\/\d+/, `/case/${t.pp}/told`));
  t.check((await t.text()).includes("Here it is"), "the answer is there");
  await t.answer({ deed: "accept", reason: "The calendar shows it" }, "Continue");
  await t.look("staff-preview");
  await t.press("Make this decision");
  await t.look("staff-accepted");
  await t.go(`/case/${t.pp}/told`);
  await t.look("staff-list");
}

async function asksAgain(t) {
  await t.go("/home");
  await t.page.getByRole("link", { name: "How we worked this out" }).click();
  await t.look("worked");
  await t.page.getByRole("link", { name: "Ask us to look at the decision again" }).click();
  await t.look("again");
  await t.press("Continue");
  await t.look("again-error");
  await t.answer({ why: "The calendar is wrong" }, "Continue");
  await t.look("again-check");
  await t.press("Send it");
  await t.look("again-sent");
  return t.path();
}

export async function journey(t) {
  const name = `Change${t.width}${t.script ? "" : "n"}`;
  t.family = name;
  t.play(name, scenario(name));
  const refs = ["Noah", "Nora"].map((given) => reference(t, given, name));
  t.pp = asked(t, `SELECT id FROM person WHERE ref = '${refs[0]}'`);
  const noah = [`noah${name.toLowerCase()}`, await account(t, `noah${name.toLowerCase()}`, "paying_parent", refs[0])];
  const nora = [`nora${name.toLowerCase()}`, await account(t, `nora${name.toLowerCase()}`, "receiving_parent", refs[1])];

  await enter(t, ...nora, "/home");
  await tellsAddress(t);
  const path = await tellsNights(t);
  await enter(t, ...noah, "/home");
  t.check(!(await t.text()).includes("You told us") && (await t.go(path)) === 404, "nothing of it to the other");
  await staffAsks(t, path);
  await enter(t, ...nora, path);
  await t.look("asked");
  t.check((await t.text()).includes("Please send the calendar"), "what we ask for");
  await t.answer({ said: "Here it is" }, "Send your answer");
  await staffAccepts(t, path);
  await enter(t, ...nora, path);
  await t.look("accepted");
  t.check((await t.text()).includes("a week from 23 November 2026"), "the new amount and from when");
  await enter(t, ...noah, "/home");
  const again = await asksAgain(t);
  await staff(t);
  await t.go(again.replace(/^\/home\/told\/\d+/, `/case/${t.pp}/told`));
  await t.look("staff-again");
  await t.answer({ deed: "refuse", reason: "We counted the nights again" }, "Continue");
  await enter(t, ...noah, again);
  await t.look("again-stands");
  t.check((await t.text()).includes("appeal to the First-tier Tribunal"), "what can be done then");
}
