// A case's Direct Debit: an instruction recorded, refused, cancelled; a collection that came back
// unpaid presented again.

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 320, script: false },
  { width: 1280, script: false },
];

// Walt's collection of 16 November came back; Ben has no instruction yet.
const scenario = (name) => `scenario: Collected, ${name}
sender "01-02-03 12345678 Upkeep Service"
today 2026-10-12
apply
  paying parent Walt ${name}
  receiving parent Rose ${name}
  child Tim ${name} born 2018-01-02
  effective 2026-10-14
  pays weekly on day 1
fact address "14 Pretend Lane, Nowhere-on-Sea, ZZ1 4QQ" of Walt from 2026-10-12
fact income_historic £36,500 from 2026-10-14 evidence "HMRC figure"
decide initial because "income from HMRC"
days until 2026-10-14
instruction "30-00-00 12345670 Walt ${name}"
collect
expect instruction lodged
days until 2026-10-29
collect
days until 2026-11-12
collect
days until 2026-11-18
advice arudd "0"
days until 2026-11-20
order set employer 500000000017 from 2026-12-07 pays weekly weekly £21.00 because "he asks for it" children "Tim" evidence "lives with Rose" welfare "regular money"

today 2026-11-20
apply
  paying parent Ben ${name}
  receiving parent Mair ${name}
  child Cai ${name} born 2019-05-02
  effective 2026-11-21
  pays weekly on day 1
fact income_historic £36,500 from 2026-11-21 evidence "HMRC figure"
decide initial because "income from HMRC"
`;

async function open(t, who) {
  const at = await t.open(who, "Account");
  await t.page.getByRole("link", { name: "Direct Debit", exact: true }).click();
  return at;
}

const state = (t) => t.text("h1 .govuk-tag");
const wrong = (t) => t.text(".govuk-error-summary");

async function sign(t, name) {
  await open(t, `Ben ${name}`);
  await t.look("none");
  t.check(/none/i.test(await state(t)), "no instruction");
  await t.answer({ sort_code: "30-00", number: "12345670", name: `Ben ${name}` }, "Record the instruction");
  await t.look("sign-wrong");
  t.check((await wrong(t)).includes("A sort code is six digits"), "a wrong sort code is refused");
  t.check((await t.page.inputValue("[name=sort_code]")) === "30-00" && (await t.page.inputValue("[name=number]")) === "12345670", "what was typed is kept");
  await t.answer({ sort_code: "30-00-00" }, "Record the instruction");
  await t.look("signed");
  const text = await t.text();
  t.check(/signed/i.test(await state(t)) && text.includes(`ending 5670, Ben ${name}`), "signed, with its account");
  t.check(text.includes("there is no address"), "no notice without an address");
  await t.press("Cancel the instruction");
  t.check((await wrong(t)).includes("Say why"), "no end without a reason");
  await t.answer({ cancel_why: "he pays by card" }, "Cancel the instruction");
  await t.look("cancelled");
  t.check(/ended/i.test(await state(t)) && (await t.text()).includes("he pays by card"), "ended, with the reason");
  t.check((await t.page.getByRole("button", { name: "Record the instruction" }).count()) === 1, "another may be signed");
}

async function again(t, name) {
  await open(t, `Walt ${name}`);
  await t.look("unpaid");
  const text = await t.text();
  t.check(text.includes("£201.60 of 16 November 2026: refer to payer"), "what came back, and why");
  t.check(text.includes("An order to an employer or a request to a benefit office takes maintenance"), "that an order takes a part");
  t.check(text.includes("Next collection") && text.includes("Posted on"), "what is next, and its notice");
  await t.press("Present it again");
  await t.look("again-wrong");
  t.check((await wrong(t)).includes("Say why it should be paid"), "not without a reason");
  await t.answer({ again_why: "his wages came" }, "Present it again");
  await t.look("again");
  t.check((await t.text()).includes("It is presented again with the next file."), "with the next file");
  t.check((await t.page.getByRole("button", { name: "Present it again" }).count()) === 0, "and not twice");
  await t.answer({ cancel_why: "he moves bank" }, "Cancel the instruction");
  await t.look("ending");
  t.check(/ending/i.test(await state(t)), "a lodged one ends with the next file");
  const ending = await t.text();
  t.check(ending.includes("It cannot be presented again") && !ending.includes("presented again with the next file"), "nor is anything presented under it");
}

// The pages of orders and requests say beforehand what becomes of the Direct Debit.
async function beside(t, name) {
  const sentence = (what) => `There is a Direct Debit instruction: what the ${what} takes of maintenance`;
  for (const [who, is] of [[`Walt ${name}`, true], [`Ben ${name}`, false]]) {
    const at = await open(t, who);
    for (const [page, what] of [["order/new", "order"], ["benefit-request", "request"]]) {
      await t.go(`${at}/${page}`);
      t.check((await t.text()).includes(sentence(what)) === is, `${who}: ${page}: what becomes of the Direct Debit`);
    }
    await t.go(`${at}/benefit-request/end`);
    t.check((await t.text()).includes("it collects again what falls due") === is, `${who}: when the request ends`);
  }
}

export async function journey(t) {
  const name = `Debit${t.width === 320 ? "narrow" : "wide"}${t.script ? "" : "plain"}`;
  t.play(name, scenario(name));
  await t.signIn(name.toLowerCase());
  await beside(t, name);
  await sign(t, name);
  await again(t, name);
}
