// Deductions from pay and benefits: set what an employer is to deduct, with every line of it; a pay-day
// worked out; changed, ended; what was announced and is late; a benefit office that is asked.

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 1280, script: false },
];

function scenario(name, nino) {
  return `scenario: Deducted, ${name}
today 2026-06-01
apply
  paying parent Walt ${name}
  receiving parent Rose ${name}
  child Tim ${name} born 2018-01-02
  effective 2026-06-03
  pays weekly on day 3
fact national_insurance_number ${nino} of Walt from 2026-06-01
fact income_historic £36,500 from 2026-06-03 evidence "HMRC figure"
decide initial because "income from HMRC"
days until 2026-11-20

today 2026-11-20
apply
  paying parent Ben ${name}
  receiving parent Mair ${name}
  child Cai ${name} born 2019-05-02
  effective 2026-11-21
  pays weekly on day 1
fact benefit own from 2026-11-21
fact income_historic £5,000 from 2026-11-21
decide initial because "benefit"
`;
}

const schedule = (employer, nino) => `record,employer reference,month,employee reference,national insurance number,pay date,period,net pay,normal deduction,deducted,reason
payment,${employer},2026-09,,${nino},2026-09-04,weekly,600.00,100.80,100.80,
payment,${employer},2026-09,,${nino},2026-09-11,weekly,200.00,100.80,80.00,protected
total,${employer},2026-09,,,,,,,180.80,
`;

async function employer(t, at, reference) {
  await t.look("nothing");
  t.check((await t.text()).includes("Nothing is to be deducted"), "nothing yet");
  await t.page.getByRole("link", { name: "Set what an employer is to deduct" }).click();
  await t.look("order");
  await t.answer({ employer: "123", reason: "no other way" }, "See what it would do");
  await t.look("order-wrong");
  t.check((await t.text(".govuk-error-summary")).includes("begins with 50"), "the employer's reference is checked");
  await t.answer({ employer: reference, ...t.day("made", 1, 9, 2026), ...t.day("from", 1, 9, 2026), arrears: "20", fees: "5" }, "See what it would do");
  t.check((await t.text(".govuk-error-summary")).includes("This is a discretion"), "no discretion without the children");
  await t.answer({ known: "lives with Rose", reasoning: "regular money" }, "See what it would do");
  await t.look("order-preview");
  const text = await t.text();
  t.check(text.includes("Nothing has been changed yet") && text.includes("£125.80") && text.includes("£545.13"), "every line before it is done");
  t.check(text.includes("B-312") && text.includes("B-131"), "with its rule");
  await t.press("Do this");
  t.check(t.path() === `${at}/order/1/code`, "a new order leads to its code");
  await t.go(`${at}/deductions`);
  await t.look("order-set");
  t.check((await t.text()).includes(`Order 1 to employer ${reference}`), "the order stands");
  t.check((await t.text()).includes("60% of net earnings"), "what is protected");
}

async function payday(t, at) {
  await t.choose("order", "1");
  await t.choose("period", "weekly");
  await t.answer({ net: "200" }, "Work it out");
  await t.look("payday");
  const text = await t.text();
  t.check(text.includes("£120.00") && text.includes("£80.00") && text.includes("£45.80"), "60% stays, 80.00 is taken, 45.80 is short");
  await t.go(`${at}/deductions`);
  await t.answer({ net: "-5" }, "Work it out");
  t.check((await t.text(".govuk-error-summary")).includes("Net earnings are pounds"), "net earnings are checked");
}

async function announced(t, at, reference) {
  await t.go(`${at}/deductions`);
  await t.look("announced");
  let text = await t.text();
  t.check(text.includes("£180.80 was deducted and is not here yet"), "what is missing");
  t.check(/late/i.test(await t.text(".govuk-tag--red")), "late");
  t.check((await t.page.locator("tr", { hasText: "11 September 2026" }).innerText()).includes("£80.00"), "what the order gives beside what was taken");
  await t.page.getByRole("link", { name: `employer ${reference}`, exact: true }).first().click();
  await t.look("employer");
  t.check((await t.text()).includes("4 September 2026"), "the employer's own list");
  await t.page.getByRole("link", { name: "All who are waited for" }).click();
  await t.look("employers");
  text = await t.page.locator("tr", { hasText: reference }).first().innerText();
  t.check(text.includes("September 2026") && text.includes("days late"), "on the work list");
  await t.go("/work");
  t.check((await t.text()).includes("Employers who are late"), "and on the first page");
}

async function change(t, at) {
  await t.go(`${at}/order/1`);
  await t.look("change");
  await t.answer({ ...t.day("from", 7, 12, 2026), arrears: "30", reason: "more can be paid", known: "lives with Rose", reasoning: "paid sooner" }, "See what it would do");
  await t.look("change-preview");
  t.check((await t.text()).includes("£125.80 a week") && (await t.text()).includes("£135.80 a week"), "now and then");
  await t.press("Do this");
  await t.go(`${at}/order/1/end`);
  await t.look("end");
  await t.answer({ ...t.day("from", 14, 12, 2026), reason: "he left" }, "See what it would do");
  await t.look("end-preview");
  t.check((await t.text()).includes("nothing"), "then nothing");
  await t.press("Do this");
  await t.page.locator("summary", { hasText: "Everything that was set" }).click();
  t.check((await t.text()).includes("Order 1 to employer"), "the history");
  t.check((await t.go(`${at}/order/9`)) === 404, "an order that is not there");
}

async function benefit(t, who) {
  const at = await t.open(who, "Deductions");
  await t.page.getByRole("link", { name: "Set what a benefit office is asked for" }).click();
  await t.look("request");
  await t.choose("benefit", "universal_credit");
  await t.answer({ purpose: "arrears", reason: "on benefit", known: "lives with Mair", reasoning: "money for him" }, "See what it would do");
  await t.look("request-refused");
  t.check((await t.text(".govuk-error-summary")).length > 0, "arrears while maintenance is due are refused");
  await t.answer({ purpose: "maintenance" }, "See what it would do");
  await t.look("request-preview");
  t.check((await t.text()).includes("£36.40") && (await t.text()).includes("B-403"), "8.40 a week is 36.40 a month");
  await t.press("Do this");
  await t.look("request-set");
  t.check((await t.text()).includes("Benefit office asked for maintenance"), "asked");
  await t.go(`${at}/benefit-request/end`);
  await t.answer({ reason: "the award ended" }, "See what it would do");
  await t.press("Do this");
  t.check((await t.text()).includes("Nothing is to be deducted"), "ended");
}

export async function journey(t) {
  const which = t.width === 320 ? 1 : t.script ? 2 : 3;
  const name = `Deduct${["", "one", "two", "three"][which]}`;
  const reference = `50000000010${which}`;
  const nino = `QQ12345${which}A`;
  t.play(name, scenario(name, nino));
  await t.signIn(`deductions${which}`);
  const at = await t.open(`Walt ${name}`, "Deductions");
  await employer(t, at, reference);
  await payday(t, at);
  t.upkeep(["receive", "--employer", "--today", "2026-11-23", t.file("september.csv", schedule(reference, nino))]);
  await announced(t, at, reference);
  await change(t, at);
  await benefit(t, `Ben ${name}`);
}
