// Somebody applies without an account: a task list, one question on each page, kept and come back to
// with a code, checked, sent; staff read it on one page, ask, and take it into the record; the applicant
// sees where it is.  Then a child in Scotland applies in their own words.

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 320, script: false },
];

const SAVE = "Save and continue";

function born(name, day, month, year) {
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
}

async function task(t, name) {
  await t.page.getByRole("link", { name, exact: true }).click();
  await t.page.waitForLoadState("load");
}

async function about(t) {
  await task(t, "About you");
  await t.look("name");
  await t.press(SAVE);
  await t.look("name-error");
  await t.answer({ own_given: "Rose", own_family: `Apply${t.family}`, ...born("own_born", 1, 2, 1990) }, SAVE);
  await t.look("nation");
  await t.answer({ own_nation: "england" }, SAVE);
  await t.look("nino");
  await t.press(SAVE);
  await t.look("tasks-partly");
  await task(t, "Reaching you safely");
  await t.look("address");
  await t.answer({ own_address: "3 Xylophone Close, Umberby" }, SAVE);
  await t.look("reach");
  await t.answer({ own_channel: "telephone" }, SAVE);
  await t.look("reach-error");
  await t.answer({ own_channel: "telephone", own_phone: "07700 900123" }, SAVE);
  await t.look("safe");
  await t.answer({ own_words: "Say you are the dentist", own_hours: "10 to 2" }, SAVE);
  await task(t, "Staying safe");
  await t.look("abuse");
  await t.answer({ abuse: "yes" }, SAVE);
}

async function comesBack(t) {
  await t.press("Save and come back later");
  await t.look("kept");
  const code = await t.text(".upkeep-code");
  await t.page.context().clearCookies();
  await t.go("/apply");
  await t.page.getByRole("link", { name: "Come back with your code" }).click();
  await t.answer({ code: "K7QF-29DM-4TXZ-W8HB" });
  await t.look("return-error");
  await t.answer({ code: code.toLowerCase() });
  await t.page.getByRole("link", { name: "Reaching you safely" }).click();
  await t.look("address-again");
  t.check(!(await t.page.content()).includes("Xylophone"), "an address is not shown again");
  await t.go("/apply/tasks");
  return code;
}

async function rest(t) {
  await task(t, "The other parent");
  await t.look("other");
  await t.answer({ other_given: "Walt", other_family: `Apply${t.family}` }, SAVE);
  await t.look("find");
  await t.answer({ other_address: "1 Zebrawood Road" }, SAVE);
  await task(t, "The children");
  await t.look("children-none");
  await t.page.getByRole("button", { name: "Add a child" }).click();
  await t.look("child");
  await t.answer({ given: "Lily", family: "Wren", ...born("born", 1, 2, 2016), nights: "52" }, SAVE);
  await t.page.getByRole("button", { name: "Add another child" }).click();
  await t.answer({ given: "Tom", family: "Wren", ...born("born", 1, 2, 2018) }, SAVE);
  await t.look("children");
  await t.page.getByRole("button", { name: "Take out Tom" }).click();
  await t.page.getByRole("button", { name: "Continue" }).click();
  await t.look("court");
  await t.answer({ court: "none" }, SAVE);
  await t.look("abroad");
  await t.answer({ abroad: "unknown" }, SAVE);
  await task(t, "How it is paid");
  await t.look("service");
  await t.answer({ service: "unknown" }, SAVE);
  await t.look("often");
  await t.answer({ often: "monthly" }, SAVE);
  await t.look("estimate");
  await t.press(SAVE);
  await task(t, "Anything else");
  await t.look("words");
  await t.answer({ words: "He must not know where I am. He said he will kill me." }, SAVE);
}

async function sends(t) {
  await t.look("tasks-done");
  await t.page.getByRole("button", { name: "Check your answers" }).click();
  await t.look("check");
  t.check(!(await t.page.content()).includes("Xylophone"), "nor among the answers");
  await t.press("Send");
  await t.look("check-error");
  await t.answer({ agree: "yes" }, "Send");
  await t.look("sent");
  return (await t.text(".govuk-panel__body strong")).trim();
}

async function staffAsk(t, reference) {
  await t.page.context().clearCookies();
  await t.signIn(`apply${t.family}`.toLowerCase());
  await t.go("/work-list?kind=online_application");
  await t.look("work-list");
  await t.go("/application/online");
  await t.look("online-list");
  await t.page.getByRole("link", { name: reference }).click();
  await t.look("online");
  const path = t.path();
  await t.page.getByRole("link", { name: "Look today" }).click();
  await t.look("online-alert");
  await t.press("Save");
  await t.look("online-alert-error");
  await t.answer({ event: "watch", seen: "She is afraid of him", done: "Rang her at ten" }, "Save");
  t.check(!(await t.page.content()).includes("Xylophone"), "kept sealed for staff");
  await t.answer({ deed: "ask", said: "Which school does Lily go to?" }, "Send");
  await t.look("online-asked");
  return path;
}

async function answers(t, code) {
  await t.page.context().clearCookies();
  await t.go("/apply/return");
  await t.answer({ code });
  await t.look("asked");
  t.check((await t.text()).includes("Which school"), "what we ask");
  await t.answer({ said: "The one in Umberby" }, "Send your answer");
  await t.look("answered");
}

async function staffTakes(t, path) {
  await t.page.context().clearCookies();
  await t.signIn(`taker${t.family}`.toLowerCase());
  await t.go(path);
  t.check((await t.text()).includes("The one in Umberby"), "what they answered");
  await t.press("Take it into the record");
  await t.look("preview");
  await t.press("Correct something");
  await t.look("correct");
  await t.press("See what it would record");
  await t.press("Open the case");
  await t.look("case");
  t.check(/^\/case\/\d+$/.test(t.path()), "the case is open");
  await t.go(`${t.path()}/application`);
  await t.look("case-application");
}

async function child(t) {
  await t.page.context().clearCookies();
  await t.go("/apply/who");
  await t.answer({ applicant: "child" });
  await t.look("child-tasks");
  await task(t, "About you");
  await t.answer({ own_given: "Isla", own_family: "Wren", ...born("own_born", 1, 2, 2012) }, SAVE);
  await t.answer({ own_nation: "scotland" }, SAVE);
  await task(t, "Reaching you safely");
  await t.answer({ own_channel: "account_only" }, SAVE);
  await t.press(SAVE);
  await task(t, "Being safe");
  await t.look("child-safe");
  await t.answer({ abuse: "unsaid" }, SAVE);
  await t.look("child-helper");
  await t.answer({ helper: "My teacher" }, SAVE);
  await task(t, "Your parents");
  await t.look("child-carer");
  await t.answer({ carer_given: "Rose", carer_family: "Wren" }, SAVE);
  await t.answer({ other_given: "Walt" }, SAVE);
  await task(t, "In your own words");
  await t.look("child-words");
  await t.answer({ words: "I want new shoes." }, SAVE);
  await t.page.getByRole("button", { name: "Check your answers" }).click();
  await t.look("child-check");
  await t.answer({ agree: "yes" }, "Send");
  await t.look("child-sent");
  await t.go("/apply/sent");
  await t.page.getByRole("link", { name: "Withdraw this application" }).click();
  await t.look("withdraw");
  await t.press("Withdraw it");
  await t.look("withdrawing");
  t.check((await t.text()).includes("You asked us to withdraw it"), "what becomes of it");
}

export async function journey(t) {
  t.family = `${t.width}${t.script ? "" : "n"}`;
  await t.go("/");
  await t.page.getByRole("link", { name: "Apply for money for children" }).click();
  await t.look("start");
  await t.page.getByRole("button", { name: "Start now" }).click();
  await t.look("who");
  await t.answer({ applicant: "receiving" });
  await t.look("tasks");
  await about(t);
  const code = await comesBack(t);
  await rest(t);
  const reference = await sends(t);
  const path = await staffAsk(t, reference);
  await answers(t, code);
  await staffTakes(t, path);
  await t.page.context().clearCookies();
  await t.go("/apply/return");
  await t.answer({ code });
  await t.look("taken");
  t.check((await t.text()).includes("We have opened a case"), "where it is");
  if (t.script) await child(t); // five may be sent from one address in a quarter of an hour
}
