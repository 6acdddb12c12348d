// The desk: one page of a case, what is said on the telephone, a case handed over, a caseload moved, and
// what costs money done only when a second person approves it.
export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true, keys: true },
  { width: 1280, script: false },
];

const scenario = (name) => `scenario: The desk, ${name}
today 2025-09-01
apply
  paying parent Marcus ${name}
  receiving parent Dana ${name}
  child Ella ${name} born 2016-04-02
  effective 2025-09-03
  pays monthly on day 5
fact income_historic £36,500 from 2025-09-03 evidence "HMRC 2023-24"
fact address "14 Pretend Lane, Nowhere-on-Sea, ZZ1 4QQ" of Marcus from 2025-09-01
fact domestic_abuse yes of Dana from 2025-09-03
decide initial because "income from HMRC"
days until 2026-11-20
dispute "the amount of March"
`;

const passwords = {};
async function as(t, who, role) {
  passwords[who] ??= t.upkeep(["account", "add", who, "--role", role, "--generate"]).trim();
  await t.page.context().clearCookies();
  await t.go("/sign-in");
  await t.answer({ name: who, password: passwords[who] }, "Sign in");
}

async function desk(t, name) {
  await t.go("/work-list");
  t.check((await t.page.getAttribute("#go", "accesskey")) === "g", "go to case has a key");
  await t.page.fill("#go", `Dana ${name}`);
  await t.press("Open");
  t.check(/^\/case\/\d+$/.test(t.path()), "go to case opens the one that is meant", t.path());
  const at = t.path();
  await t.look("case");
  const text = await t.text("main");
  for (const part of ["1. What is owed", "2. What is running", "3. What is due", "4. What is dangerous", "5. Who has this case"])
    t.check(text.includes(part), part);
  t.check(text.includes("Domestic abuse") && text.includes("Disputed"), "what is dangerous is said");
  t.check(text.includes("we do not ask you for it until that is done"), "of what is disputed nobody asks the paying parent");
  const card = await t.text(".govuk-summary-card:has-text('who receives')");
  t.check(card.includes("Asking for it is paused while something is looked at"), "what to say to the receiving parent");
  t.check(!card.includes("Marcus") && !card.includes("Pretend Lane"), "and nothing of the other parent");
  return at;
}

async function hand_over(t, at, me, other) {
  await t.page.getByRole("link", { name: "Give it to somebody" }).first().click();
  await t.look("hand-over");
  await t.choose("owner", me);
  await t.press("Hand over");
  t.check(t.path() === at && (await t.text("#owner + p")).includes(`${me}, since`), "the case has an owner");
  await t.go(`${at}/hand-over`);
  await t.choose("owner", other);
  await t.choose("deputy", me);
  await t.press("Hand over");
  await t.look("hand-over-wrong");
  t.check((await t.text(".govuk-error-summary")).includes("what the next person must know"), "a note is wanted");
  await t.choose("owner", other);
  await t.answer({ note: "She asked for calls before noon; proof of March is promised." }, "Hand over");
  t.check((await t.text("main")).includes("Handed over with: She asked for calls"), "the note stands on the case");
}

async function ask(t, at) {
  await t.go(`${at}/ruling/redress`);
  await t.answer({ amount: "150", reason: "Three letters were wrong", evidence: "complaint 7" }, "See what it would do");
  await t.look("redress-preview");
  t.check((await t.text("main")).includes("More than £100.00 needs a second person"), "the preview says so");
  await t.press("Ask a second person");
  await t.look("asked");
  t.check(t.path() === `${at}/approvals`, "it waits");
  await t.page.getByRole("link", { name: /^Take it back/ }).click();
  await t.look("own-approval");
  t.check(!(await t.text("main")).includes("Approve: it is done now"), "whoever asked cannot approve");
}

async function approve(t, at, name) {
  await t.go("/approvals");
  await t.look("approvals");
  await t.page.locator("tr", { hasText: `Marcus ${name}` }).getByRole("link", { name: /^Look and answer/ }).click();
  await t.look("approval");
  await t.answer({ answer: "refuse", reason: "" }, "Answer");
  t.check((await t.text(".govuk-error-summary")).includes("Say why"), "a refusal needs a reason");
  await t.answer({ answer: "approve" }, "Answer");
  await t.look("approved");
  t.check((await t.text("main")).includes("It was approved, and is done."), "approved and done");
  await t.go(`${at}/rulings`);
  t.check((await t.text("main")).includes("Three letters were wrong"), "the decision stands");
}

async function lead(t, other, third) {
  await t.go("/lead");
  await t.look("lead");
  await t.page.getByRole("link", { name: `Move cases of ${other}` }).click();
  await t.look("move");
  await t.choose("to", third);
  await t.answer({ number: "1", note: "Balance of the team from Monday" }, "Move them");
  await t.look("moved");
  t.check((await t.text("main")).includes("Moved: 1."), "a case is moved");
}

export async function journey(t) {
  const name = `Desk${t.width}${t.script ? "" : "n"}`;
  const me = `ann-${name.toLowerCase()}`, other = `bob-${name.toLowerCase()}`, leader = `lee-${name.toLowerCase()}`;
  t.play(name, scenario(name));
  t.upkeep(["account", "add", other, "--role", "caseworker", "--generate"]);
  await as(t, me, "caseworker");
  const at = await desk(t, name);
  await hand_over(t, at, me, other);
  await ask(t, at);
  t.check((await t.go("/lead")) === 403, "a caseworker has no page of the team");
  await as(t, leader, "team_leader");
  await approve(t, at, name);
  await lead(t, other, me);
}
