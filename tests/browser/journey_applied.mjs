// What somebody with an account applied for stands on their home page: begun, sent, asked about,
// withdrawn; and one is put there by its code and taken away again.

import { execFileSync } from "node:child_process";

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 320, script: false },
];

const SAVE = "Save and continue";

function scenario(name) {
  return `scenario: Applied, ${name}
today 2026-06-01
apply
  paying parent Kit ${name}
  receiving parent Kay ${name}
  child Kim ${name} born 2018-01-02
  effective 2026-06-03
  pays monthly on day 3
fact income_historic £36,500 from 2026-06-03 evidence "HMRC figure"
decide initial because "income from HMRC"
days until 2026-11-20
`;
}

async function signsIn(t, given, name, role) {
  const sql = `SELECT ref FROM person WHERE given = '${given}' AND family = '${name}'`;
  const person = execFileSync("sqlite3", [t.server.database, sql]).toString().trim();
  const who = { name: `${given}${name}`.toLowerCase() };
  who.password = t.upkeep(["account", "add", who.name, "--role", role, "--person", person, "--generate"]).trim();
  await t.page.context().clearCookies();
  await t.go("/home");
  await t.answer(who, "Sign in");
}

async function fillsIn(t, name) {
  const questions = [
    ["name", { own_given: "Kay", own_family: name, ...t.day("own_born", 1, 2, 1990) }],
    ["nation", { own_nation: "england" }],
    ["nino", {}],
    ["address", {}],
    ["reach", { own_channel: "account_only" }],
    ["safe", {}],
    ["abuse", { abuse: "no" }],
    ["other", { other_given: "Walt", other_family: "Wren" }],
    ["find", {}],
    ["child/1", { given: "Lil", family: "Wren", ...t.day("born", 1, 2, 2020) }],
    ["court", { court: "none" }],
    ["abroad", { abroad: "no" }],
    ["service", { service: "collect_and_pay" }],
    ["often", { often: "monthly" }],
    ["estimate", {}],
    ["words", {}],
  ];
  for (const [path, fields] of questions) {
    await t.go(`/apply/${path}`);
    await t.answer(fields, SAVE);
  }
}

async function staffAsks(t, reference) {
  await t.meanwhile("caseworker", async () => {
    await t.go("/application/online");
    await t.page.getByRole("link", { name: reference }).click();
    t.check((await t.text("main")).includes("It is shown on the home page of"), "who takes it up sees whose account it is");
    await t.look("staff");
    await t.answer({ deed: "ask", said: "Which school does Lil go to?" }, "Send");
  });
}

export async function journey(t) {
  const name = `Applied${t.width}${t.script ? "" : "plain"}`;
  t.play(name, scenario(name));
  await signsIn(t, "Kay", name, "receiving_parent");
  t.check(!(await t.text("main")).includes("What you applied for"), "nothing yet");
  await t.go("/apply");
  await t.look("start");
  t.check((await t.text("main")).includes("will stand on your home page"), "it is said before");
  await t.page.getByRole("button", { name: "Start now" }).click();
  await t.answer({ applicant: "receiving" });
  await t.go("/home");
  await t.look("home-begun");
  await t.page.getByRole("link", { name: "Go on with it" }).click();
  await fillsIn(t, name);
  await t.go("/apply/check");
  await t.look("check");
  await t.answer({ agree: "yes" }, "Send");
  const code = await t.text(".upkeep-code");
  const reference = (await t.text(".govuk-panel__body strong")).trim();

  await t.go("/home");
  await t.look("home-sent");
  const home = await t.text("main");
  t.check(home.includes(reference) && home.includes("A caseworker reads it by 25 November 2026"), "how far it is, and by when");
  t.check(home.includes("The team that takes up new applications has it"), "who has it");
  await staffAsks(t, reference);
  await t.go("/home");
  await t.look("home-asked");
  await t.page.getByRole("link", { name: "Answer our question" }).click();
  await t.look("asked");
  await t.answer({ said: "The one in Umberby" }, "Send your answer");
  await t.look("answered");
  await t.page.getByRole("link", { name: "Withdraw this application" }).click();
  await t.look("withdraw");
  await t.page.getByRole("link", { name: "Go back without withdrawing" }).click();
  await t.page.locator("a[hreflang=cy]").click();
  await t.look("welsh");
  t.check((await t.text("main")).includes("Bydd gweithiwr achos yn ei ddarllen"), "in Welsh too");
  await t.page.locator("a[hreflang=en]").click();

  await signsIn(t, "Kit", name, "paying_parent");
  t.check(!(await t.text("main")).includes(reference), "not on anybody else's page");
  await t.page.getByRole("link", { name: /^Applications: show one here/ }).click();
  await t.look("applications");
  await t.answer({ code: "K7QF-29DM-4TXZ-W8HB" }, "Show it on my home page");
  await t.look("applications-error");
  await t.answer({ code }, "Show it on my home page");
  t.check((await t.text("main")).includes(reference), "with its code");
  await t.go("/home/application");
  await t.look("applications-one");
  await t.page.getByRole("button", { name: /^Do not show it here/ }).click();
  await t.go("/home");
  t.check(!(await t.text("main")).includes(reference), "and taken away");
}
