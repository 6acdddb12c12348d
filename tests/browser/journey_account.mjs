// Somebody's own account: where it is signed in, a new password, signing out everywhere.
export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 1280, script: false },
];

export async function journey(t) {
  const name = `alex${t.width}${t.script ? "s" : "n"}`;
  const password = t.upkeep(["account", "add", name, "--generate"]).trim();
  const elsewhere = await t.page.context().browser().newContext();
  const other = await elsewhere.newPage();
  await other.goto(`${t.server.base}/sign-in`);
  await other.fill("[name=name]", name);
  await other.fill("[name=password]", password);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await t.go("/account");
  await t.answer({ name, password }, "Sign in");
  t.check((await t.text("main")).includes("Elsewhere, since"), "the other browser is listed");
  await t.look("account");
  await t.page.getByRole("link", { name: "Change your password" }).click();
  await t.look("password");
  await t.answer({ old: "not this one, no", new: "a garden full of stones" }, "Change the password");
  t.check((await t.text(".govuk-error-summary")).includes("not your password"), "the old one is asked for");
  await t.look("password-wrong");
  await t.answer({ old: password, new: "a garden full of stones" }, "Change the password");
  t.check((await t.text("main")).includes("Your password is changed"), "changed, and still signed in");
  await t.look("changed");
  await other.goto(`${t.server.base}/account`);
  t.check(new URL(other.url()).pathname === "/sign-in", "the other browser is signed out");
  await t.press("Sign out everywhere");
  t.check(t.path() === "/sign-in", "signed out", t.path());
  await t.go("/account");
  await t.answer({ name, password: "a garden full of stones" }, "Sign in");
  t.check(t.path() === "/account", "the new password works", t.path());
  await elsewhere.close();
}
