// A parent is invited by a caseworker and opens an account, with and without script.
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
}
