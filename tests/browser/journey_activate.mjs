// A parent is invited by a caseworker, opens an account, and lets an adviser act for them; with and
// without script.
export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 320, script: false },
];

function scenario(name) {
  return `scenario: Invited, ${name}
today 2026-11-20
apply
  paying parent Marcus ${name}
  receiving parent Dana ${name}
  child Ella ${name} born 2019-05-02
  effective 2026-11-25
`;
}

export async function journey(t) {
  const tag = `${t.width}${t.script ? "s" : "n"}`;
  const family = `Invite${tag}`;
  t.play(`invite${tag}`, scenario(family));
  await t.signIn(`kim${tag}`);
  await t.open(family, "Summary");
  await t.page.getByRole("link", { name: "Invite a parent to open an account" }).click();
  await t.look("invite");
  await t.press("Make a code");
  t.check((await t.text(".govuk-error-summary")).includes("Choose who is invited"), "somebody must be chosen");
  await t.page.getByLabel("receiving parent").check();
  await t.press("Make a code");
  await t.look("code");
  const [ref, code] = await t.page.locator(".govuk-inset-text dd").allInnerTexts();
  t.check(/^[2-9A-Z]{4}(-[2-9A-Z]{4}){3}$/.test(code), "a code is shown", code);
  await t.go("/account");
  await t.press("Sign out");
  await t.page.getByRole("link", { name: "open your account" }).click();
  await t.look("activate");
  for (const [name, fill] of [["name", "username"], ["password", "new-password"], ["code", "one-time-code"]])
    t.check((await t.page.getAttribute(`[name=${name}]`, "autocomplete")) === fill, `${name} says what it is`);
  const password = "a tree and a boat";
  await t.answer({ reference: ref, code: "2222-2222-2222-2222", name: `dana${tag}`, password }, "Open the account");
  await t.look("wrong-code");
  t.check((await t.page.inputValue("[name=password]")) === "", "the password is not sent back");
  await t.answer({ reference: ref, code: ` ${code.toLowerCase().replaceAll("-", " ")}`, name: `Dana${tag}`, password }, "Open the account");
  t.check(t.path() === "/home", "signed in, and at home", t.path());
  await t.go("/account");
  t.check((await t.text("main")).includes(`dana${tag}`), "the account is theirs");
  t.check((await t.go("/work")) === 403, "and opens no pages of the staff");
  await t.go("/account");
  await t.press("Sign out");
  await t.answer({ name: `dana${tag}`, password }, "Sign in");
  t.check(t.path() === "/home", "the password works", t.path());
  await authority(t, tag, family, `dana${tag}`);
}

async function authority(t, tag, family, parent) {
  await t.go("/account");
  await t.page.getByRole("link", { name: "Who may act for you" }).click();
  await t.press("Make a code for them");
  t.check((await t.text(".govuk-error-summary")).includes("Say who it is"), "it is said who it is");
  await t.page.getByLabel("Who is it?").fill("Zoe Advice");
  await t.page.getByLabel("An adviser or support worker").check();
  await t.page.getByLabel("See the case, and speak for the parent").check();
  await t.page.getByLabel("For how many months?").fill("6");
  await t.look("authority");
  await t.press("Make a code for them");
  await t.look("authority-code");
  const [ref, code] = await t.page.locator("main dd").allInnerTexts();
  await t.go("/account");
  await t.press("Sign out");
  await t.go("/activate");
  const password = "a bench and a bird";
  await t.answer({ reference: ref, code, name: `zoe${tag}`, password }, "Open the account");
  t.check(t.path() === "/acting", "a representative is asked for whom", t.path());
  await t.look("acting");
  await t.page.getByRole("button", { name: /^Open\s*:/ }).click();
  t.check((await t.text("header")).includes(`You act for Dana ${family}`), "it says for whom");
  await t.look("acting-home");
  await t.go("/account");
  await t.press("Sign out");
  await t.go("/sign-in");
  await t.answer({ name: parent, password: "a tree and a boat" }, "Sign in");
  await t.go("/home/looks");
  t.check((await t.text("main")).includes("Somebody who acts for you"), "the parent sees that they looked");
  await t.page.getByRole("main").getByRole("link", { name: "Who may act for you" }).click();
  await t.look("authority-live");
  await t.page.getByRole("button", { name: /^End it now/ }).click();
  t.check((await t.text("main")).includes("No: it was ended"), "and ends it");
}
