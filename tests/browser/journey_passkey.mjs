// Passkeys: one is added and used in place of the password, with Chromium's own virtual device; what the
// device does wrong is refused; without a script nothing of it is shown.
export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 320, script: false },
];

async function without(t, name, password) {
  t.check(!(await t.page.getByText("With a passkey", { exact: true }).isVisible()), "signing in shows none");
  await t.answer({ name, password }, "Sign in");
  await t.go("/account/passkeys");
  t.check(!(await t.page.getByText("Add one", { exact: true }).isVisible()), "none can be added");
  t.check((await t.text("main")).includes("cannot add one"), "and it says so");
  await t.look("without");
}

export async function journey(t) {
  const name = `kit${t.width}${t.script ? "s" : "n"}`;
  const password = t.upkeep(["account", "add", name, "--generate"]).trim();
  await t.go("/sign-in");
  if (!t.script) return without(t, name, password);
  const cdp = await t.page.context().newCDPSession(t.page);
  await cdp.send("WebAuthn.enable");
  const device = async (more = {}) =>
    (
      await cdp.send("WebAuthn.addVirtualAuthenticator", {
        options: {
          protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true,
          isUserVerified: true, automaticPresenceSimulation: true, ...more,
        },
      })
    ).authenticatorId;
  const mine = await device();
  const add = async (label) => {
    await t.go("/account/passkeys");
    await t.page.fill("#name", label);
    await t.page.fill("#password", password);
    await t.press("Add a passkey");
    t.check((await t.text("h1")) === "Add a passkey", "one is to be made", await t.text("main"));
    await t.page.getByRole("button", { name: "Make it" }).click();
  };
  const arrives = (path) => t.page.waitForURL((url) => url.pathname === path, { timeout: 60000 }).then(() => true, () => false);
  await t.answer({ name, password }, "Sign in");
  await t.go("/account/passkeys");
  await t.look("none");
  await t.page.fill("#name", "my telephone");
  await t.page.fill("#password", "not this one");
  await t.press("Add a passkey");
  t.check((await t.text(".govuk-error-summary")).includes("not your password"), "the password is asked for");
  await add("my telephone");
  t.check(await arrives("/account/passkeys"), "it is kept", t.path());
  t.check((await t.text("dl")).includes("1. my telephone"), "it is listed", await t.text("main"));
  await t.look("one");
  await add("again");
  await t.page.locator("[data-passkey-failed]").waitFor({ state: "visible" });
  t.check(true, "a device has one");
  await t.look("make-failed");

  const signIn = async () => {
    await t.page.context().clearCookies();
    await t.go("/account");
    await t.press("Sign in with a passkey");
    t.check((await t.text("h1")) === "Use your passkey", "it is asked for", await t.text("main"));
    await t.page.getByRole("button", { name: "Use it" }).click();
  };
  await t.page.context().clearCookies();
  await t.go("/sign-in");
  await t.look("sign-in");
  await signIn();
  t.check(await arrives("/account"), "signed in, and where one was going", t.path());
  t.check((await t.text("main")).includes(name), "as the right person");
  await t.go("/account/passkeys");
  t.check((await t.text("dl")).includes("last used on"), "its use is noted");

  // A copy of the key that has counted less.
  const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId: mine });
  t.check(credentials.length === 1 && credentials[0].signCount > 0, "the device counts");
  await cdp.send("WebAuthn.removeCredential", { authenticatorId: mine, credentialId: credentials[0].credentialId });
  await cdp.send("WebAuthn.addCredential", { authenticatorId: mine, credential: { ...credentials[0], signCount: 0 } });
  await signIn();
  t.check(await arrives("/sign-in/passkey/end"), "a copy is not let in", t.path());
  t.check((await t.text("main")).includes("count went back"), "and it says why", await t.text("main"));
  await t.look("refused");
  await cdp.send("WebAuthn.removeCredential", { authenticatorId: mine, credentialId: credentials[0].credentialId });
  await cdp.send("WebAuthn.addCredential", { authenticatorId: mine, credential: { ...credentials[0], signCount: 50 } });
  await signIn();
  t.check(await arrives("/account"), "the right one still is", t.path());

  // A finger that is not mine.
  await cdp.send("WebAuthn.setUserVerified", { authenticatorId: mine, isUserVerified: false });
  await signIn();
  await t.page.locator("[data-passkey-failed]").waitFor({ state: "visible" });
  t.check(true, "the browser says that it was not used");
  await t.look("use-failed");
  await cdp.send("WebAuthn.setUserVerified", { authenticatorId: mine, isUserVerified: true });

  await signIn();
  await arrives("/account");
  await t.go("/account/passkeys");
  await t.page.getByLabel("1. my telephone").check();
  await t.page.fill("#remove-password", password);
  await t.press("Remove it");
  t.check((await t.text("main")).includes("You have none"), "it is removed");
  await signIn();
  t.check(await arrives("/sign-in/passkey/end"), "and opens nothing", t.path());
  t.check((await t.text("main")).includes("No account here has that passkey"), "no account has it", await t.text("main"));
}
