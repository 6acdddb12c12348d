// Somebody of the office is close to a family: the case shuts, opens with a reason, and a team leader
// says what they found; who looked is listed.

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 1280, script: false },
];

const scenario = (name) => `scenario: Close, ${name}
today 2026-11-20
apply
  paying parent Idris ${name}
  receiving parent Olwen ${name}
  child Nia ${name} born 2018-01-02
  effective 2026-11-21
  pays weekly on day 1
`;

const wrong = (t) => t.text(".govuk-error-summary");

async function as(t, who, role) {
  const password = t.upkeep(["account", "add", who, "--role", role, "--generate"]).trim();
  await t.page.context().clearCookies();
  await t.go("/sign-in");
  await t.answer({ name: who, password }, "Sign in");
}

async function shut(t, name) {
  const at = await t.open(`Idris ${name}`, "Summary");
  const reference = await t.text(".upkeep-identity__title .upkeep-nowrap");
  await t.go("/account");
  await t.answer({ reference: "121", why: "" }, "Bar me from these cases");
  await t.look("account-wrong");
  t.check((await wrong(t)).includes("how you know each other"), "the form says what is missing");
  await t.answer({ reference, why: "my cousin" }, "Bar me from these cases");
  await t.look("account");
  t.check((await t.text("main")).includes("my cousin"), "the account lists whom one knows");
  await t.go("/work");
  await t.answer({ q: `Idris ${name}` }, "Find");
  await t.look("list");
  t.check(!(await t.text("main tbody")).includes("Idris"), "the list has no name");
  await t.go(`${at}/facts`);
  await t.look("closed");
  t.check(t.path().startsWith("/closed/"), "every page of the case is shut");
  t.check(!(await t.text()).includes("Idris"), "the shut page has no name");
  await t.answer({ why: "urgent" }, "Open the case");
  await t.look("closed-wrong");
  await t.answer({ why: "The school rang and nobody else is in the office" }, "Open the case");
  t.check(t.path() === at, "it opens with a reason");
  return { at, reference };
}

async function review(t, { at, reference }) {
  t.check((await t.go("/glass")) === 200, "a team leader has the list");
  await t.look("glass");
  await t.page.locator("li", { hasText: reference }).getByRole("link").click();
  await t.look("review");
  await t.answer({ fair: "no", finding: "A colleague was in until six." }, "Record");
  await t.look("glass-after");
  t.check(!(await t.text("main")).includes(reference), "what was looked at is off the list");
  await t.go(`${at}/timeline`);
  t.check((await t.text("main")).includes("A colleague was in until six"), "the finding is in the case's record");
  await t.go(`${at}/looks`);
  await t.look("looks");
  t.check((await t.text("main tbody")).includes("caseworker"), "who looked is listed");
}

export async function journey(t) {
  const name = `Close${t.width}${t.script ? "" : "plain"}`;
  t.play(name, scenario(name));
  await as(t, name.toLowerCase(), "caseworker");
  const found = await shut(t, name);
  t.check((await t.go("/glass")) === 403, "a caseworker has no such list");
  await as(t, `lead${name.toLowerCase()}`, "team_leader");
  await review(t, found);
}
