// The service of a case: choosing it, a payment under Direct Pay that did not come, what each parent
// says, the move to collection with its preview, back again, and the parents' own agreement.

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 1280, script: false },
];

function scenario(name) {
  return `scenario: Paid directly, ${name}
today 2026-06-01
apply
  paying parent Ivan ${name}
  receiving parent Rose ${name}
  child Tim ${name} born 2018-01-02
  effective 2026-06-03
  pays monthly on day 3
choose service receiving direct_pay
fact address "14 Pretend Lane, Nowhere-on-Sea, ZZ1 4QQ" of Ivan from 2026-06-01
fact address "2 Other Street, Nowhere-on-Sea, ZZ1 5QQ" of Rose from 2026-06-01
fact income_historic £36,500 from 2026-06-03 evidence "HMRC figure"
decide initial because "income from HMRC"
days until 2026-06-20
letter plan
days until 2026-11-20

today 2026-11-20
apply
  paying parent Peter ${name}
  receiving parent Mair ${name}
  child Cai ${name} born 2019-05-02
  effective 2026-11-25
fact income_historic £36,500 from 2026-11-25 evidence "HMRC figure"

today 2026-11-22
apply
  paying parent Petra ${name}
  receiving parent Siân ${name}
  child Non ${name} born 2019-05-02
  effective 2026-11-25
  pays monthly on day 3
fact income_historic £36,500 from 2026-11-25 evidence "HMRC figure"
decide initial because "income from HMRC"
`;
}

async function report(t, at) {
  await t.look("direct");
  const text = await t.text();
  t.check(text.includes("Direct Pay") && text.includes("counts until the day before 20 June 2027"), "the warning and its end");
  t.check(text.includes("Nothing owed"), "nothing on the account");
  await t.page.getByRole("link", { name: "A payment under Direct Pay was not made" }).click();
  await t.look("report");
  await t.choose("due", "2026-11-03");
  await t.answer({}, "See what it would do");
  await t.look("report-no-reason");
  t.check((await t.text(".govuk-error-summary")).includes("Give the reason"), "a reason is wanted");
  await t.answer({ reason: "nothing came in November" }, "See what it would do");
  await t.look("report-preview");
  t.check((await t.text()).includes("Nothing has been changed yet") && (await t.text()).includes("N-10"), "previewed, with its notice");
  await t.press("Do this");
  await t.look("reported");
  t.check((await t.text()).includes("they have until 7 December 2026 to answer"), "the clock is shown");
}

async function words(t) {
  await t.page.getByRole("link", { name: "What each parent says was paid" }).click();
  await t.look("payments");
  t.check((await t.text()).includes("Unknown"), "one word alone shows nothing");
  await t.choose("due", "2026-11-03");
  await t.answer({ teller: "paying", paid: "100", evidence: "bank statement promised" }, "Record it");
  await t.look("payments-disputed");
  const row = t.page.locator("tr", { hasText: "Disputed" });
  t.check((await row.innerText()).includes("£264.00") && (await row.innerText()).includes("£100.00"), "264.00 unpaid, 100.00 not settled");
  await t.choose("due", "2026-11-03");
  await t.answer({ teller: "found", paid: "0" }, "Record it");
  await t.look("payments-no-evidence");
  t.check((await t.text(".govuk-error-summary")).includes("finding rests on evidence"), "a finding wants evidence");
}

async function collect(t, at) {
  await t.go(`${at}/service`);
  await t.page.getByRole("link", { name: "Payment is found unlikely without collection" }).click();
  await t.answer({ reason: "264.00 is unpaid by both their words", children: "" }, "See what it would do");
  await t.look("collect-no-welfare");
  t.check((await t.text(".govuk-error-summary")).includes("name the children"), "no discretion without the children");
  await t.answer({ children: "Tim", known: "lives with Rose", reasoning: "collection secures his maintenance" }, "See what it would do");
  await t.look("collect-preview");
  const text = await t.text();
  t.check(text.includes("Owes £264.00") && text.includes("Collect and Pay") && text.includes("N-11"), "what it would do");
  await t.askAndApprove("caseworker");
  await t.go(`${at}/service`);
  await t.look("collected");
  t.check((await t.text()).includes("If all goes on as it should: on") && (await t.text()).includes("The months of paying in full"), "why not back yet, with the day");
  t.check(!(await t.text()).includes("Paid in full and on time"), "no payment fell due yet");
  await t.go(at);
  await t.look("collected-summary");
  t.check((await t.text()).includes("£264.00 was brought over from Direct Pay, due now"), "arrears brought over are called so");
  t.check((await t.text()).includes("Direct Pay; Collect and Pay from") || (await t.text()).includes("Collect and Pay: we collect"), "the service to come");
  await t.go(`${at}/service`);
  await t.page.getByRole("link", { name: "The receiving parent asks for Direct Pay" }).click();
  await t.answer({ reason: "we get on better", free: "yes" }, "See what it would do");
  t.check((await t.text("h1")).includes("in private first"), "so soon after bad news somebody speaks with her alone");
  await t.answer({ seen: "She asks for it freely.", done: "Rang her at work.", event: "answer" }, "Save");
  await t.go(`${at}/service`);
  await t.page.getByRole("link", { name: "The receiving parent asks for Direct Pay" }).click();
  await t.answer({ reason: "we get on better", free: "yes" }, "See what it would do");
  await t.press("Do this");
  await t.look("direct-again");
  t.check((await t.text()).includes("What the parents agreed about the arrears"), "arrears only by agreement");
  await t.go(`${at}/service`);
  await t.answer({ terms: "£25 a month" }, "Record the agreement");
  await t.look("agreed");
  t.check((await t.text()).includes("£25 a month"), "the agreement is kept");
}

async function family(t, who) {
  const at = await t.open(who, "Service");
  await t.look("applied");
  await t.page.getByRole("link", { name: "Choose the service" }).click();
  await t.look("choose");
  await t.answer({ receiving: "collect_and_pay", paying: "nothing" }, "Choose");
  await t.look("chosen");
  await t.go(`${at}/service`);
  await t.page.getByRole("link", { name: "The parents make their own family-based arrangement" }).click();
  await t.look("agreement");
  await t.answer({}, "See the agreement");
  await t.look("agreement-wrong");
  t.check((await t.text(".govuk-error-summary")).includes("asked alone"), "whether she is free is asked");
  await t.answer({ agreed: "300", "first-day": 1, "first-month": 12, "first-year": 2026, other: "School shoes are shared.", reason: "we would rather do it ourselves", free: "yes" }, "See the agreement");
  await t.look("agreement-preview");
  t.check((await t.text()).includes("Not sent yet") && (await t.text()).includes("This is your own agreement") && (await t.text()).includes("Eich cytundeb eich hun yw hwn"), "seen in both languages before it is recorded");
  await t.press("Record it and make the agreement to print");
  await t.look("agreement-letter");
  t.check((await t.text()).includes("This is your own agreement") && (await t.text()).includes("£84.00 a week"), "printable, with the calculator's figure");
  await t.page.getByRole("link", { name: "In Welsh" }).click();
  await t.look("agreement-welsh");
  t.check((await t.text()).includes("Eich cytundeb eich hun yw hwn"), "and in Welsh");
  await t.go(`${at}/service`);
  await t.look("family-based");
  t.check((await t.text()).includes("Family-based arrangement"), "the case says so");
  t.check((await t.go(`${at}/service/999/payments`)) === 404, "an arrangement that is not there");
}

// Decided, and its first day is still to come.
async function coming(t, who) {
  const at = await t.open(who, "Service");
  await t.look("coming-service");
  const service = await t.text();
  t.check(service.includes("By the decision from 25 November 2026") && !service.includes("Paid in full"), "decided, nothing due yet");
  await t.go(at);
  await t.look("coming-summary");
  const text = await t.text();
  t.check(text.includes("£84.00 a week from 25 November 2026"), "the amount and its first day");
  t.check(/Next payment: £[0-9.]+ on 3 December 2026/.test(text) && text.includes("Non"), "the first payment and the child");
}

export async function journey(t) {
  const name = `Serv${t.width === 320 ? "one" : t.script ? "two" : "three"}`;
  t.play(name, scenario(name));
  await t.signIn(`service${name.toLowerCase()}`);
  const at = await t.open(`Ivan ${name}`, "Service");
  await report(t, at);
  await words(t);
  await collect(t, at);
  await family(t, `Peter ${name}`);
  await coming(t, `Petra ${name}`);
}
