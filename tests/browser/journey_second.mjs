// The second step when signing in: an app is connected, then asked for; a recovery code instead.
import { createHmac } from "node:crypto";

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 320, script: false },
];

// What an app shows for a secret in base 32.
function app(secret, step) {
  const bits = [...secret.replaceAll(" ", "")].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, "0");
}
const step = () => Math.floor(Date.now() / 30000);

export async function journey(t) {
  const name = `robin${t.width}${t.script ? "s" : "n"}`;
  const password = t.upkeep(["account", "add", name, "--generate"]).trim();
  await t.go("/account");
  await t.answer({ name, password }, "Sign in");
  await t.page.getByRole("link", { name: "Second step when signing in" }).click();
  await t.look("second");
  await t.answer({ password: "not this one" }, "Set it up");
  t.check((await t.text(".govuk-error-summary")).includes("not your password"), "the password is asked for");
  await t.answer({ password }, "Set it up");
  t.check(t.path() === "/account/app", "an app is to be connected", t.path());
  t.check(await t.page.locator("svg[role=img]").isVisible(), "there is a picture for the app");
  await t.look("app");
  const secret = await t.text("main dd");
  await t.answer({ code: "000000" }, "Turn the second step on");
  await t.look("app-wrong");
  t.check((await t.text("main dd")) === secret, "a slip leaves the secret as it was");
  const first = step();
  await t.answer({ code: app(secret, first) }, "Turn the second step on");
  const codes = await t.page.locator("#codes li").allInnerTexts();
  t.check(codes.length === 10, "ten recovery codes");
  await t.look("codes");
  await t.page.getByRole("link", { name: "I have kept them" }).click();
  t.check(t.path() === "/account", "still signed in", t.path());
  await t.press("Sign out");
  await t.go("/account");
  await t.answer({ name, password }, "Sign in");
  t.check(t.path() === "/sign-in/code", "the second step is asked for", t.path());
  await t.look("sign-in-code");
  t.check((await t.page.getAttribute("[name=code]", "autocomplete")) === "one-time-code", "the field says what it is");
  await t.answer({ code: app(secret, first) }, "Continue");
  t.check((await t.text(".govuk-error-summary")).includes("used already"), "a code is taken once");
  await t.look("sign-in-code-wrong");
  await t.answer({ code: app(secret, first + 1) }, "Continue");
  t.check(t.path() === "/account", "signed in, and where one was going", t.path());
  await t.press("Sign out");
  await t.go("/account");
  await t.answer({ name, password }, "Sign in");
  await t.answer({ code: codes[3].toLowerCase() }, "Continue");
  t.check(t.path() === "/account", "a recovery code does as well", t.path());
  await t.page.getByRole("link", { name: "Second step when signing in" }).click();
  t.check((await t.text("main")).includes("9"), "nine are left");
  await t.look("second-on");
}
