// Signing in and out: the wrong password, the lock, the way back to where one was going.
export async function journey(t) {
  const name = `sam${t.width}`;
  const password = t.upkeep(["account", "add", name, "--generate"]).trim();
  await t.go("/account");
  t.check(t.path() === "/sign-in", "a page for staff asks who is there");
  await t.look("sign-in");
  await t.answer({ name, password: "not the password" }, "Sign in");
  await t.look("wrong");
  t.check((await t.page.inputValue("[name=password]")) === "", "the password is not sent back");
  await t.answer({ name, password }, "Sign in");
  t.check(t.path() === "/account", "signed in, and where one was going", t.path());
  await t.look("account");
  const cookies = await t.page.context().cookies();
  t.check(cookies.every((c) => c.httpOnly && c.sameSite === "Strict"), "cookies are closed to script and to other sites");
  await t.press("Sign out");
  await t.go("/account");
  t.check(t.path() === "/sign-in", "signed out");
  for (let i = 0; i < 5; i++) await t.answer({ name, password: "wrong again and again" }, "Sign in");
  await t.answer({ name, password }, "Sign in");
  t.check((await t.text(".govuk-error-summary")).includes("minutes"), "locked, and told for how long");
  await t.look("locked");
}
