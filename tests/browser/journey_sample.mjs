// A decision is picked to be looked at by somebody else before the parents are told; it is found wrong,
// and what was found is published with its money.
export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 320, script: false },
];

const scenario = `scenario: A decision that waits to be looked at
today 2026-11-19
sample begin before 100
apply
  paying parent Marcus Webb
  receiving parent Dana Frost
  child Ella Webb born 2016-04-02
  effective 2026-11-23
  pays monthly on day 5
fact address "14 Pretend Lane, Nowhere-on-Sea, ZZ1 4QQ" of Marcus from 2026-11-19
fact address "2 Invented Row, Nowhere-in-Town, ZZ2 2QQ" of Dana from 2026-11-19
fact income_historic £36,500 from 2026-11-23 evidence "HMRC figure"
by "Ann"
decide initial because "income from HMRC"
day
`;

export async function journey(t) {
  await t.apart();
  t.play("sample", scenario);
  await t.signIn("lee", "team_leader");
  await t.go("/lead");
  await t.page.getByRole("link", { name: "1 decision waits to be looked at" }).click();
  await t.look("samples");
  t.check((await t.text("main")).includes("Wait for a look"), "it waits before the parents are told");
  await t.page.getByRole("link", { name: /^Look and answer/ }).click();
  await t.look("sample");
  const text = await t.text("main");
  t.check(text.includes("Agrees") && text.includes("Letter to Dana Frost"), "worked out again, with its letters");
  const at = /^\/case\/\d+/.exec(t.path())[0];
  await t.answer({ found: "not_right", reason: "Her letter says that Ella stays with him on Fridays" }, "Save");
  await t.look("sample-wrong");
  t.check((await t.text(".govuk-error-summary")).includes("what it should give a week"), "what it should be is asked");
  await t.answer({ should: "74.00" }, "Save");
  t.check(t.path() === `${at}/decide`, "it is decided anew next");
  await t.go(`${at}/samples`);
  await t.look("case-samples");
  t.check((await t.text("main")).includes("wrong by £10.00"), "wrong by how much");
  await t.go(at);
  t.check((await t.text("main")).includes("Notices wait"), "the parents are not told of it");
  await t.go(`${at}/letters`);
  await t.look("letters");
  await t.go("/lead/status");
  await t.look("status");
  t.check((await t.text("main")).includes("11.9%"), "its share of the money is published");
}
