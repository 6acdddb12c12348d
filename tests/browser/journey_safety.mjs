// Somebody may come to harm: a parent writes words of danger, and sees the same page as after any other
// message; a person is called, looks, keeps letters back, and answers.

import { reference } from "./database.mjs";

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 320, script: false },
];

function scenario(name) {
  return `scenario: Safety, ${name}
today 2026-06-01
apply
  paying parent Sid ${name}
  receiving parent Sue ${name}
  child Sal ${name} born 2018-01-02
  effective 2026-06-03
  pays monthly on day 3
fact address "1 Sidstreet, Nowhere-on-Sea, ZZ1 4QQ" of Sid from 2026-06-01
fact income_historic £36,500 from 2026-06-03 evidence "HMRC figure"
decide initial because "income from HMRC"
days until 2026-11-20
`;
}

async function writes(t, words) {
  await t.page.goto(t.server.base + "/home/messages");
  await t.page.getByRole("link", { name: "Write to us" }).click();
  await t.page.getByLabel("A question").check();
  await t.answer({ words }, "Send");
  return (await t.text("main")).replace(/\d+ November 2026/g, "");
}

export async function journey(t) {
  const name = `Safe${t.width}${t.script ? "" : "plain"}`;
  t.play(name, scenario(name));
  const sid = { name: `sid${name}`.toLowerCase() };
  const add = ["--role", "paying_parent", "--person", reference(t, "Sid", name), "--generate"];
  sid.password = t.upkeep(["account", "add", sid.name, ...add]).trim();
  await t.page.context().clearCookies();
  await t.go("/home");
  await t.answer(sid, "Sign in");
  const plain = await writes(t, "When is the next payment?");
  const after = await writes(t, "I do not want to live any more.");
  await t.look("sent");
  t.check(after.includes("116 123") && after.includes("0808 2000 247"), "numbers to ring");
  t.check(after.slice(0, 200) === plain.slice(0, 200), "the same page whatever was written");

  await t.signIn(`${name}staff`.toLowerCase());
  const at = await t.open("Sid " + name, "Summary");
  await t.look("case");
  await t.page.getByRole("link", { name: /^Look at it.*Self-harm/ }).click();
  await t.look("alert");
  t.check((await t.text("main")).includes("They may want to end their own life"), "why it was called");
  t.check(!(await t.text("main")).includes("any more"), "not the words themselves");
  await t.press("Save");
  await t.look("alert-error");
  await t.answer({ seen: "He has lost his job.", done: "Rang him at 10.", event: "watch" }, "Save");
  await t.look("watched");
  await t.page.goto(t.server.base + at + "/letters");
  await t.look("letters");
  await t.page.goto(t.server.base + at + "/alerts");
  await t.page.getByRole("link", { name: /^Look and answer/ }).click();
  await t.answer({ seen: "He is with his sister.", done: "Rang both.", event: "answer" }, "Save");
  await t.press("Save");
  await t.look("notice-error");
  await t.choose("person", { label: "Sue " + name });
  await t.choose("risk", "abuse");
  await t.answer({ note: "She spoke as if somebody listened." }, "Save");
  await t.look("noticed");

  await t.page.goto(t.server.base + at + "/service");
  await t.page.getByRole("link", { name: /stop/i }).first().click();
  await t.choose("asked_by", "receiving_parent");
  await t.answer({ pursue: "yes", reason: "She asks." }, "See what it would do");
  await t.look("free-error");
  t.check((await t.text(".govuk-error-summary")).includes("asked alone"), "whether she is free is asked");
  await t.answer({ free: "no" }, "See what it would do");
  await t.look("private");
  t.check((await t.text("h1")).includes("in private first"), "a receiving parent who stops is spoken with first");
}
