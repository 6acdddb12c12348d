// A caseworker's day: find a case, see why an amount is what it is, enter a change, look at what a
// decision would do and make it, take money in by hand and by file, run the day, send letters and be
// refused one.
import { readFileSync } from "node:fs";

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 1280, script: false },
];

// Each kind has a family of its own in the one database.
function scenario(name) {
  return `scenario: A family for the browser, ${name}
today 2025-09-01
apply
  paying parent Marcus ${name}
  receiving parent Dana ${name}
  child Ella ${name} born 2016-04-02
  child Noah ${name} born 2018-09-12
  effective 2025-09-03
  pays monthly on day 5
fact income_historic £36,500 from 2025-09-03 evidence "HMRC 2023-24"
fact address "14 Pretend Lane, Nowhere-on-Sea, ZZ1 4QQ" of Marcus from 2025-09-01
decide initial because "income from HMRC"
days until 2026-09-02
decide annual_review from 2026-09-03 because "annual review"
days until 2026-11-20
`;
}

const csv = (name, reference) => `date,amount,reference,type,payer name,remittance
2026-11-20,100.00,${name}-1,credit,M ${name.toUpperCase()},${reference}
2026-11-20,12.34,${name}-2,credit,SOMEBODY,no idea whose
2026-11-20,nonsense,${name}-3,credit,M ${name.toUpperCase()},${reference}
`;

async function find(t, name) {
  const work = await t.go("/work");
  t.check(work === 200, "the list of cases");
  await t.look("cases");
  await t.answer({ q: "nobody of that name" }, "Find");
  t.check((await t.text()).includes("No case matches"), "nothing found is said");
  await t.answer({ q: `Dana ${name}` }, "Find");
  t.check((await t.page.locator("tbody a", { hasText: `Marcus ${name}` }).count()) >= 1, "found by the receiving parent's name");
  await t.page.locator("tbody a", { hasText: `Marcus ${name}` }).first().click();
  await t.look("summary");
  const text = await t.text();
  t.check(text.includes("Owes £") && text.includes("was missed"), "what is owed, in words");
  t.check(text.includes("31 to 90 days"), "how old the arrears are");
  return t.path();
}

async function explain(t, at) {
  await t.page.getByRole("link", { name: "Decisions", exact: true }).click();
  await t.look("decisions");
  await t.page.getByRole("link", { name: /1: First decision/ }).click();
  await t.look("decision");
  const text = await t.text();
  t.check(text.includes("£700.00 a week") && text.includes("A-13") && text.includes("CSMC Regs 2012"), "the steps with rule and law");
  t.check(text.includes("the same facts, the same pennies"), "it agrees now");
  if (t.script) await t.page.locator("summary", { hasText: "Redo it yourself" }).click();
  const input = await t.page.locator(".upkeep-json").textContent();
  const again = JSON.parse(t.upkeep(["assess", "--no-steps"], input));
  t.check(again.weekly_total === "112.00", "redone by the command", again.weekly_total);
  await t.go(`${at}/account`);
  await t.look("account");
  await account(t, at);
  await t.go(`${at}/account`);
  await t.page.getByRole("link", { name: /^Why/ }).first().click();
  await t.look("line");
  const proof = await t.text();
  t.check(proof.includes("Everything below was worked out again"), "a line opens into what it stands on");
  t.check(proof.includes("The rule") && proof.includes("Its seal"), "its rule and its event");
  await t.page.getByRole("link", { name: /^Decision 1/ }).click();
  t.check(t.path() === `${at}/decision/1`, "and into its decision");
  await t.go(`${at}/timeline`);
  await t.look("timeline");
}

// The account as a range, for the receiving parent, and as files.
async function account(t, at) {
  await t.go(`${at}/account?from-day=1&from-month=10&from-year=2025&as_at-day=1&as_at-month=2&as_at-year=2026`);
  await t.look("account-range");
  t.check((await t.text("tbody tr")).includes("Opening balance"), "a range begins with its opening balance");
  await t.go(`${at}/account?from-day=1&from-month=10&from-year=2026&as_at-day=1&as_at-month=2&as_at-year=2026`);
  await t.look("account-range-wrong");
  t.check((await t.text(".govuk-error-summary")).includes("From is not after As at"), "a range the wrong way round is refused");
  await t.go(`${at}/account`);
  await t.page.getByRole("link", { name: /receiving/ }).click();
  await t.look("account-receiving");
  const theirs = await t.text("table");
  t.check(!/credit|collection fee was added/.test(theirs), "the receiving parent's account has only what is theirs");
  await t.page.getByRole("link", { name: /^Why/ }).last().click();
  await t.look("line-receiving");
  t.check((await t.text("main")).includes("Agrees"), "and its lines are proved");
  await t.go(`${at}/account`);
  for (const [link, begins] of [["PDF", "%PDF-"], ["PDF in Welsh", "%PDF-"], ["CSV", "day,recorded,what"], ["JSON", '{ "statement": "paying"']]) {
    const [file] = await Promise.all([t.page.waitForEvent("download"), t.page.getByRole("link", { name: link, exact: true }).click()]);
    t.check(readFileSync(await file.path()).toString("latin1").startsWith(begins), `statement saved: ${link}`);
  }
  await t.go("/bank/open");
  await t.look("bank-open");
  t.check((await t.text("h1")).includes("What no statement shows"), "what no statement shows");
  await t.go("/accounts");
  await t.look("chart");
  t.check((await t.text("table")).includes("maintenance the paying parent owes"), "the chart of accounts");
}

async function travel(t, at) {
  const query = "as_at-day=10&as_at-month=11&as_at-year=2025&known_on-day=10&known_on-month=11&known_on-year=2025";
  await t.go(`${at}/account?${query}`);
  await t.look("account-then");
  t.check((await t.text(".upkeep-frozen")).includes("10 November 2025"), "a view of the past says so");
  await t.go(`${at}/facts?${query}`);
  await t.look("facts-then");
  await t.go(`${at}/facts?as_at-day=31&as_at-month=2&as_at-year=2026`);
  await t.look("facts-no-such-day");
  t.check((await t.text(".govuk-error-summary")).includes("As at is a real date"), "a day that does not exist is refused");
  await t.go(`${at}/facts/history`);
  await t.look("facts-history");
}

async function enter(t, at) {
  await t.go(`${at}/fact`);
  await t.look("kinds");
  await t.page.getByRole("link", { name: "Current yearly income" }).click();
  await t.answer({ value: "a lot", said_by: "paying parent" }, "Record it");
  await t.look("fact-wrong");
  t.check((await t.page.inputValue("[name=value]")) === "a lot", "what was typed is kept");
  t.check((await t.page.locator(".govuk-error-summary a").getAttribute("href")) === "#value", "the summary leads to the field");
  await t.answer({ value: "35,000", said_by: "paying parent", evidence: "payslip" }, "Record it");
  await t.look("fact-under");
  t.check((await t.text(".govuk-notification-banner")).includes("under the tolerance"), "under the tolerance, and said");
  await t.go(`${at}/fact/income_current`);
  await t.answer({ value: "£20,000", said_by: "paying parent", evidence: "payslips" }, "Record it");
  await t.look("fact-counts");
  t.check((await t.text(".govuk-notification-banner")).includes("It counts from 23 November 2026, because"), "from when it counts, and why");
  await t.go(`${at}/fact/income_historic`);
  await t.look("fact-form");
}

async function decide(t, at) {
  await t.go(at);
  await t.page.getByRole("link", { name: "Make a decision from that day" }).click();
  await t.look("decide");
  await t.answer({}, "See what it would do");
  await t.look("decide-no-reason");
  await t.answer({ reason: "income fell by more than a quarter" }, "See what it would do");
  await t.look("preview");
  const text = await t.text();
  t.check(text.includes("who pays") && text.includes("who receives"), "both parents");
  t.check(text.includes("£112.00") && text.includes("£61.37"), "now and then");
  // Somebody else changes the case meanwhile.
  const other = await t.page.context().newPage();
  await other.goto(`${t.server.base}${at}/fact/dispute`);
  await other.fill("[name=value]", "says the July payment was made");
  await other.fill("[name=said_by]", "paying parent");
  await other.getByRole("button", { name: "Record it" }).click();
  await other.waitForLoadState("load");
  await other.close();
  await t.press("Make this decision");
  await t.look("preview-again");
  t.check((await t.text()).includes("after you were shown the preview"), "a stale preview is shown again");
  await t.press("Make this decision");
  await t.look("decided");
  t.check((await t.text(".govuk-notification-banner")).includes("The decision was made"), "made");
  t.check((await t.text("h1")).includes("Change of circumstances from 23 November 2026"), "and shown");
  await t.go(`${at}/decide`);
  await t.page.selectOption("[name=kind]", "annual_review");
  await t.answer({ "from-day": 4, "from-month": 9, "from-year": 2026, reason: "review" }, "See what it would do");
  await t.look("decide-refused");
  t.check((await t.text(".govuk-error-summary")).includes("anniversary"), "a refusal by rule is said at the form");
}

async function money(t, at, name) {
  const reference = (await t.text(".upkeep-identity")).match(/\d{12}/)[0];
  await t.go(`${at}/receipt`);
  await t.answer({ amount: "50", bank_ref: `${name}-hand` }, "Record the receipt");
  await t.look("received");
  await t.go(`${at}/receipt`);
  await t.answer({ amount: "50", bank_ref: `${name}-hand` }, "Record the receipt");
  await t.look("received-twice");
  t.check((await t.text(".govuk-error-summary")).includes("recorded before"), "the same payment is not counted twice");
  await t.go(`${at}/receipt/1`);
  await t.look("receipt");
  const file = t.file("bank.csv", csv(name, reference));
  await t.go("/bank");
  await t.press("Read the file");
  await t.look("bank-no-file");
  t.check((await t.text(".govuk-error-summary")).includes("Choose a bank file"), "no file is said");
  for (const again of [false, true]) {
    await t.page.setInputFiles("#file", file);
    await t.press("Read the file");
    await t.look(again ? "bank-again" : "bank-read");
    const row = (label) => t.page.locator("tr", { hasText: label }).locator("td").first().innerText();
    t.check((await row(again ? "Read before" : "Matched to a parent")) === (again ? "2" : "1"), again ? "the same file changes nothing" : "the good lines count");
    t.check((await t.text()).includes("Lines that could not be used"), "the bad line is listed");
  }
  await t.page.getByRole("link", { name: /somebody to be found/ }).click();
  await t.look("suspense");
  t.check(/New\s+0 to 2 working days/.test(await t.text("table")), "how long money has waited");
  const card = t.page.locator(".govuk-summary-card", { hasText: "£12.34" }).first();
  await card.locator("[name=ref]").fill("121000000000");
  await card.getByRole("button").click();
  await t.look("match-wrong");
  t.check((await t.text(".govuk-error-summary")).includes("No one case"), "a wrong reference is refused");
  await t.answer({ ref: reference }, "Match");
  await t.look("matched");
  t.check((await t.text()).includes("matched and used"), "matched out of suspense");
  await t.go(at);
  await t.press("Bring up to date");
  await t.look("day");
}

// A colleague looks at the demand and approves it, which sends it.
async function release(t, at) {
  await t.go(`${at}/letters`);
  await t.look("letters-second");
  await t.answer({ why: "Went through the account" }, "See what they would approve");
  await t.look("demand-preview");
  t.check((await t.page.locator("article").count()) === 2 && (await t.page.locator("article[lang^=cy]").count()) === 1, "what would be printed, in both languages");
  await t.press("Ask a second person");
  await t.look("demand-asked");
  await t.meanwhile("caseworker", async () => {
    await t.go(`${at}/approvals`);
    await t.page.locator("main a[href*='/approval/']").first().click();
    await t.look("demand-approval");
    await t.answer({ answer: "approve" }, "Answer");
  });
}

async function letters(t, at) {
  await t.go(`${at}/letters`);
  await t.look("letters");
  await t.press("See the arrears notice");
  await t.look("letter-refused");
  t.check((await t.text(".govuk-error-summary")).includes("disputed"), "refused, with the reason");
  await t.page.locator(".govuk-error-summary a").click();
  t.check(t.path() === `${at}/facts`, "and what to do");
  await t.go(`${at}/fact/dispute`);
  await t.answer({ how: "ends", said_by: "paying parent" }, "Record it");
  await t.look("dispute-ended");
  await t.go(`${at}/letters`);
  await t.press("See the arrears notice");
  t.check((await t.text(".govuk-error-summary")).includes("second person"), "so much is asked for by two");
  await release(t, at);
  await t.go(`${at}/letters`);
  await t.look("letter-sent");
  await t.page.locator("tbody a").first().click();
  await t.look("letter");
  t.check((await t.page.locator("article h1").count()) === 1, "the letter as a page");
  await t.page.getByRole("link", { name: "In Welsh" }).click();
  await t.look("letter-welsh");
  t.check((await t.page.locator("article").getAttribute("lang"))?.startsWith("cy"), "and in Welsh");
  for (const link of ["Save as PDF", "Save as PDF in large print"]) {
    const [file] = await Promise.all([t.page.waitForEvent("download"), t.page.getByRole("link", { name: link, exact: true }).click()]);
    const bytes = readFileSync(await file.path());
    t.check(bytes.subarray(0, 5).toString() === "%PDF-", link);
  }
}

async function apply(t, name) {
  await t.go("/application");
  await t.answer({ said_by: "receiving parent" }, "Open the case");
  await t.look("application-wrong");
  t.check((await t.text(".govuk-error-summary")).includes("Enter the first name"), "what is missing is said");
  await t.answer({ paying_given: "Peter", paying_family: `New${name}`, receiving_given: "Rhian", receiving_family: `New${name}`, child1_given: "Cai", child1_family: `New${name}`, "effective_from-day": 25, "effective_from-month": 11, "effective_from-year": 2026 }, "Open the case");
  await t.look("application-made");
  t.check((await t.text()).includes("Decide the application"), "the case is open and says what is next");
  await t.page.getByRole("link", { name: "Application", exact: true }).click();
  await t.look("application");
}

export async function journey(t) {
  const name = `Webb${t.width === 320 ? "one" : t.script ? "two" : "three"}`;
  t.play(name, scenario(name));
  await t.signIn(`case${name.toLowerCase()}`);
  const at = await find(t, name);
  await explain(t, at);
  await travel(t, at);
  await enter(t, at);
  await decide(t, at);
  await letters(t, at);
  await money(t, at, name);
  await apply(t, name);
  t.check((await t.go("/case/999999")) === 404, "a case that is not there");
}
