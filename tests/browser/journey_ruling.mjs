// Deciding about money: the list, a fee and its waiver, a voluntary payment, a refund that is refused,
// a set-off that is refused, redress; each with its preview, and what it says when something is missing.

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 1280, script: false },
];

const scenario = (name) => `scenario: Decided about money, ${name}
today 2026-06-01
apply
  paying parent Rule ${name}
  receiving parent Dana ${name}
  child Ella ${name} born 2018-01-02
  effective 2026-06-03
  pays weekly on day 3
fact income_historic £36,500 from 2026-06-03 evidence "HMRC figure"
days until 2026-06-24
decide initial because "income from HMRC"
days until 2026-11-20
`;

async function begin(t, at, kind) {
  await t.go(`${at}/rulings`);
  await t.page.getByRole("link", { name: kind, exact: true }).click();
  await t.page.waitForLoadState("load");
}

async function preview(t, title, fields, words) {
  await t.answer(fields, "See what it would do");
  await t.look(title);
  const text = await t.text();
  t.check(text.includes("Nothing has been changed yet"), `${title}: nothing is changed yet`);
  for (const word of words) t.check(text.includes(word), `${title}: ${word}`, text.slice(0, 900));
}

async function refused(t, title, fields, word) {
  await t.answer(fields, "See what it would do");
  await t.look(title);
  const text = await t.text(".govuk-error-summary");
  t.check(text.includes(word), `${title}: ${word}`, text);
}

async function fee(t, at) {
  await begin(t, at, "Fee for an enforcement order");
  await t.look("fee");
  await t.choose("word", "liability");
  await refused(t, "fee-no-reason", { evidence: "order 12" }, "Give the reason");
  await preview(t, "fee-preview", { reason: "a liability order was made" }, ["£300.00"]);
  await t.press("Do this");
  await t.look("fee-done");
  t.check((await t.text()).includes("Decided so far"), "it is on the list");
  await begin(t, at, "Waive an enforcement fee");
  const grounds = (await t.page.locator("[name=word] option").allInnerTexts()).map((text) => text.split(":")[0]);
  t.check(grounds.join(" ") === "W4A W4C W6", "only the grounds that are open to the fee of a liability order", grounds.join(" "));
  await t.choose("word", "W6");
  await refused(t, "waiver-no-welfare", { reason: "an error of ours" }, "which children");
  await preview(t, "waiver-preview", { children: "Ella", welfare: "more is left for her" }, ["£300.00"]);
  await t.askAndApprove("team_leader");
  await t.go(`${at}/rulings`);
  t.check((await t.text()).includes("welfare: more is left for her"), "with how welfare was thought of");
  await begin(t, at, "Waive an enforcement fee");
  t.check((await t.text()).includes("No enforcement fee stands that could be waived") && (await t.page.locator("[name=word]").count()) === 0, "and none is left to waive");
}

async function paid(t, at) {
  await begin(t, at, "Count a voluntary payment");
  await t.look("voluntary");
  const option = await t.page.locator("[name=word] option").first().getAttribute("value");
  await t.choose("word", option);
  await t.choose("basis", "agreed");
  await refused(t, "voluntary-too-late", { amount: "60", ...t.day("day", 1, 11, 2026), reason: "cash before the decision", evidence: "receipt" }, "");
  await preview(t, "voluntary-preview", t.day("day", 10, 6, 2026), ["£60.00", "Lines that would be booked"]);
  await t.press("Do this");
  t.check((await t.text()).includes("Count a voluntary payment"), "counted");
  await begin(t, at, "Set off a payment for the home");
  await t.look("home");
  await t.choose("basis", "agreed");
  await preview(t, "home-preview", { amount: "40", ...t.day("day", 2, 11, 2026), reason: "gas bill of her home", evidence: "bill", children: "Ella", welfare: "her home is warm" }, ["£40.00"]);
  await t.page.getByRole("link", { name: "Do not do it" }).click();
  t.check(!(await t.text()).includes("gas bill"), "not done when it is not confirmed");
}

async function back(t, at) {
  await begin(t, at, "Refund the paying parent");
  await refused(t, "refund-nothing", { reason: "he asks" }, "");
  await begin(t, at, "Set off what two parents owe each other");
  await t.look("set-off");
  await refused(t, "set-off-nothing", { reason: "each owes", children: "Ella", welfare: "neither goes without" }, "");
  await begin(t, at, "Pay for a mistake of the service");
  await preview(t, "redress-preview", { amount: "75.50", reason: "four months without an answer", evidence: "complaint 4" }, ["£75.50"]);
  await t.press("Do this");
  await t.look("list");
  t.check((await t.text()).includes("four months without an answer"), "paid for");
  t.check((await t.go(`${at}/ruling/whim`)) === 404, "a kind that is not there");
}

// Somebody else changes the case between the preview and its confirmation.
async function stale(t, at, reference) {
  await begin(t, at, "Pay for a mistake of the service");
  await preview(t, "stale-before", { amount: "5", reason: "a letter went astray", evidence: "complaint 5" }, ["£5.00"]);
  t.upkeep(["orders", "--case", reference, "set", "--employer", "500000000099", "--from", "2026-12-01", "--weekly", "1", "--reason", "meanwhile", "--children", "Ella", "--known", "x", "--welfare", "y", "--today", "2026-11-23", "--confirm"]);
  await t.press("Do this");
  await t.look("stale");
  t.check((await t.text()).includes("after you were shown the preview"), "a preview that is old is shown again");
  await t.press("Do this");
  t.check((await t.text()).includes("a letter went astray"), "and can then be done");
}

export async function journey(t) {
  const which = t.width === 320 ? 1 : t.script ? 2 : 3;
  const name = `Rule${["", "one", "two", "three"][which]}`;
  t.play(name, scenario(name));
  await t.signIn(`rulings${which}`);
  await t.answer({ q: `Rule ${name}` }, "Find");
  const reference = (await t.text("tbody th .upkeep-small")).trim();
  await t.page.locator("tbody a", { hasText: `Rule ${name}` }).first().click();
  const at = t.path();
  await t.page.getByRole("link", { name: "Account", exact: true }).last().click();
  await t.page.getByRole("link", { name: "Refund, set off, waive or count a payment" }).click();
  await t.look("kinds");
  await fee(t, at);
  await paid(t, at);
  await back(t, at);
  await stale(t, at, reference);
}
