// An employer without an account: a code from the order, the orders, a pay-day worked out, the schedule by
// form and by file, somebody who left; and what the caseworker then sees.

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true, keys: true },
  { width: 1280, script: false },
];

function scenario(name, nino) {
  return `scenario: Employed, ${name}
today 2026-06-01
apply
  paying parent Walt ${name}
  receiving parent Zelda Quillfeather
  child Ottoline Quillfeather born 2018-01-02
  effective 2026-06-03
  pays weekly on day 3
fact national_insurance_number ${nino} of Walt from 2026-06-01
fact income_historic £36,500 from 2026-06-03 evidence "HMRC figure"
decide initial because "income from HMRC"
days until 2026-11-20
`;
}

const schedule = (employer, nino, last) => `record,employer reference,month,employee reference,national insurance number,pay date,period,net pay,normal deduction,deducted,reason
payment,${employer},2026-11,,${nino},2026-11-13,weekly,600.00,100.80,100.80,
payment,${employer},2026-11,,QQ999999D,2026-11-13,weekly,600.00,100.80,100.80,
total,${employer},2026-11,,,,,,,${last},
`;

// The caseworker sets an order and is given its code, once.
async function order(t, who, reference) {
  const at = await t.open(who, "Deductions");
  await t.go(`${at}/order/new`);
  await t.answer({ employer: reference, ...t.day("made", 1, 11, 2026), ...t.day("from", 1, 11, 2026), reason: "no other way", known: "lives with Zelda", reasoning: "regular money" }, "See what it would do");
  await t.press("Do this");
  t.check(t.path() === `${at}/order/1/code`, "a new order leads to its code");
  await t.look("code-none");
  await t.press("Make a new code");
  await t.look("code-made");
  const code = await t.text(".upkeep-code");
  t.check(/^([2-9A-Z]{4}-){3}[2-9A-Z]{4}$/.test(code), "a code of four groups");
  await t.go(`${at}/order/1/code`);
  t.check(!(await t.text()).includes(code), "it is shown once");
  await t.go("/account");
  await t.page.context().clearCookies();
  return { at, code };
}

async function enter(t, reference, code) {
  await t.go("/employer");
  await t.look("enter");
  await t.answer({ employer: "123", code }, "Open your orders");
  t.check((await t.text(".govuk-error-summary")).includes("begins with 50"), "the reference is checked");
  await t.answer({ employer: reference, code: "ABCD-2345-EFGH-6789" }, "Open your orders");
  await t.look("enter-wrong");
  t.check((await t.text(".govuk-error-summary")).includes("is not right"), "a wrong code");
  await t.answer({ employer: reference, code: code.toLowerCase() }, "Open your orders");
  t.check(t.path() === "/employer/orders", "in");
}

// Nobody else's name is on any page an employer sees.
async function look(t, title) {
  await t.look(title);
  const html = await t.page.content();
  for (const word of ["Zelda", "Quillfeather", "Ottoline", "arrears"]) t.check(!html.includes(word), `${title}: nothing of ${word}`);
}

async function payday(t, who) {
  await look(t, "orders");
  t.check((await t.text()).includes(who) && (await t.text()).includes("£100.80"), "the name and the amount");
  await t.page.getByRole("link", { name: /Work out a pay-day/ }).click();
  await t.answer({ net: "200" }, "Work it out");
  await look(t, "payday");
  t.check((await t.text()).includes("Deduct £80.00 from £200.00 net"), "60% stays");
  t.check((await t.text()).includes("B-314"), "with its rule");
  await t.answer({ net: "1000", periods: "2" }, "Work it out");
  t.check((await t.text()).includes("Deduct £201.60 from"), "holiday pay: two periods");
}

// From the code to the receipt: three pages that somebody has to fill in or press on.
async function send(t, who) {
  await t.go("/employer/orders");
  await t.page.getByRole("button", { name: "Tell us what you deducted" }).click();
  await look(t, "schedule");
  await t.answer({ ...t.day("day", 20, 11, 2026), net_1: "200" }, "Work the deductions out from net pay");
  t.check((await t.page.inputValue("[name=deducted_1]")) === "80.00", "worked out in the form");
  t.check((await t.page.inputValue("[name=reason_1]")) === "protected", "with its reason");
  await t.page.selectOption("[name=reason_1]", "none");
  await t.press("Send");
  await look(t, "schedule-wrong");
  t.check((await t.text(".govuk-error-summary")).includes("there is no reason"), "the row that is wrong is named");
  await t.page.selectOption("[name=reason_1]", "protected");
  await t.press("Send");
  await look(t, "sent");
  t.check((await t.text()).includes("1 line, £80.00") && (await t.text()).includes("by 19 December 2026"), "a receipt, and when the money must come");
  t.check((await t.text()).includes(who), "whose");
}

async function file(t, reference, nino) {
  await t.go("/employer/file");
  await look(t, "file");
  await t.page.setInputFiles("[name=file]", t.file("wrong.csv", schedule(reference, nino, "1.00")));
  await t.press("Send the file");
  t.check((await t.text(".govuk-error-summary")).includes("nothing was recorded"), "a wrong total refuses the file");
  await t.page.setInputFiles("[name=file]", t.file("right.csv", schedule(reference, nino, "201.60")));
  await t.press("Send the file");
  await look(t, "file-sent");
  t.check((await t.text(".govuk-error-summary")).includes("Line 3:"), "a bad line is listed");
  t.check((await t.text()).includes("1 line, £100.80"), "the good one counts");
}

async function left(t) {
  await t.go("/employer/orders");
  await t.page.getByRole("link", { name: /Work out a pay-day/ }).click();
  await t.page.getByRole("link", { name: "They have left" }).click();
  await look(t, "left");
  await t.press("Tell us");
  t.check((await t.text(".govuk-error-summary")).includes("Enter the pay-day"), "the last pay-day is needed");
  await t.answer({ ...t.day("day", 20, 11, 2026), next: "Hidden Works, Leeds" }, "Tell us");
  await look(t, "left-said");
  const receipt = await t.text(".govuk-panel__body strong");
  t.check(/^([0-9A-F]{4}-){2}[0-9A-F]{4}$/.test(receipt), "a receipt");
  t.check((await t.go("/work")) === 403, "cases are shut to an employer");
  await t.go("/employer/orders");
  await t.press("Close your orders");
  t.check(t.path() === "/employer", "out");
  await t.go("/employer/orders");
  t.check(t.path() === "/employer", "and stays out");
  return receipt;
}

export async function journey(t) {
  const which = t.width === 320 ? 1 : t.script ? 2 : 3;
  const name = `Employ${["", "one", "two", "three"][which]}`;
  const who = `Walt ${name}`;
  const reference = `50000000020${which}`;
  const nino = `QQ22345${which}A`;
  t.play(name, scenario(name, nino));
  await t.signIn(`employer${which}`);
  const { at, code } = await order(t, who, reference);
  await enter(t, reference, code);
  await payday(t, who);
  await send(t, who);
  await file(t, reference, nino);
  const receipt = await left(t);
  await t.signIn(`employer${which}b`);
  await t.go(at);
  await t.look("case");
  t.check((await t.text()).includes("has left; the last pay-day was 20 November 2026"), "the caseworker sees it");
  await t.go(`${at}/deductions`);
  await t.look("case-deductions");
  t.check((await t.text()).includes(receipt) && (await t.text()).includes("Hidden Works, Leeds"), "with the receipt and the new employer");
  await t.go(`${at}/timeline`);
  t.check(!(await t.text()).includes("Hidden Works"), "the new employer is not on the timeline");
}
