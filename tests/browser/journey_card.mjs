// A parent pays by card: how much, what it will be used for, the provider's page, the receipt; a card that is
// refused; a payment that is cancelled.  The provider is `upkeep simulate card` under another name of
// this machine, so that for the browser it is another site.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { reference } from "./database.mjs";

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 320, script: false },
];

function scenario(name) {
  return `scenario: Card, ${name}
today 2026-06-01
apply
  paying parent Carl ${name}
  receiving parent Cora ${name}
  child Cleo ${name} born 2018-01-02
  effective 2026-06-03
  pays monthly on day 3
fact address "1 Carlstreet, Nowhere-on-Sea, ZZ1 4QQ" of Carl from 2026-06-01
fact income_historic £36,500 from 2026-06-03 evidence "HMRC figure"
decide initial because "income from HMRC"
days until 2026-11-20
`;
}

// A program that says where it listens.
function begin(t, args, pattern, env) {
  const child = spawn(t.program, args, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ...env } });
  let said = "";
  return new Promise((resolve, reject) => {
    child.stderr.on("data", (bytes) => {
      said += bytes;
      const found = pattern.exec(said);
      if (found) resolve({ child, port: found[1] });
    });
    child.on("exit", () => reject(new Error(`${args[0]} ended: ${said}`)));
  });
}

async function pays(t, card) {
  await t.page.waitForURL(/\/pay\/sim/);
  await t.page.fill("#card", card);
  await t.press("Pay now");
  await t.look("back");
  await t.page.getByRole("button", { name: "See your payment" }).click();
  await t.page.waitForLoadState("load");
}

async function walks(t, name, base) {
  const ref = reference(t, "Carl", name);
  const carl = { name: `carl${name}`.toLowerCase() };
  const add = ["--role", "paying_parent", "--person", ref, "--generate"];
  carl.password = t.upkeep(["account", "add", carl.name, ...add]).trim();
  await t.page.context().clearCookies();
  await t.page.goto(base + "/home");
  await t.answer(carl, "Sign in");
  await t.look("home");
  await t.page.getByRole("button", { name: "Pay by card" }).click();
  await t.look("choose");
  await t.press("Continue");
  await t.look("choose-error");
  await t.page.getByLabel("What is late").check();
  await t.press("Continue");
  await t.look("check");
  t.check((await t.text("main")).includes("For the children, due on"), "what it will be used for");
  await t.press("Go to the card page");
  await t.look("provider");
  await pays(t, "4000 0000 0000 0002");
  await t.look("refused");
  t.check((await t.text("main")).includes("no money was taken"), "refused, calmly");
  await t.page.getByRole("button", { name: "Try again" }).click();
  await t.answer({ choice: "other", amount: "100" });
  await t.press("Go to the card page");
  await pays(t, "4444 3333 2222 1111");
  await t.look("paid");
  t.check((await t.text("main")).includes("You have paid £100.00"), "paid");
  await t.page.reload();
  t.check((await t.text("main")).includes("You have paid £100.00"), "and still");
  await t.page.getByRole("link", { name: "your statement" }).click();
  t.check((await t.text("main")).includes("£100.00"), "it stands in the statement");
  await t.page.goto(`${base}/home/pay/${ref}`);
  await t.answer({ choice: "other", amount: "20" });
  await t.press("Go to the card page");
  await t.page.waitForURL(/\/pay\/sim/);
  await t.page.goto(`${base}/home/pay/${ref}`);
  await t.look("open");
  await t.page.getByRole("button", { name: "See that payment" }).click();
  await t.look("unfinished");
  await t.press("Cancel this payment");
  await t.look("cancelled");
  await t.page.goto(`${base}/home/pay/${ref}`);
  await t.look("list");
  await t.signIn(`${name}staff`.toLowerCase());
  const at = await t.open("Carl " + name, "Summary");
  await t.page.goto(t.server.base + at + "/card");
  await t.look("case");
  t.check((await t.text("main")).includes("The card was refused"), "staff see every attempt");
}

export async function journey(t) {
  t.leaving = true; // to the provider's page
  const name = `Card${t.width}${t.script ? "" : "plain"}`;
  t.play(name, scenario(name));
  t.upkeep(["receive", "--card-provider", "Pretend Card Company"]);
  const port = 20000 + Math.floor(Math.random() * 20000);
  const provider = await begin(t, ["simulate", "card", "--port", String(port), "--page", `http://localhost:${port}`],
    /127\.0\.0\.1:(\d+)/);
  const mine = 40000 + Math.floor(Math.random() * 20000);
  const settings = join(t.server.folder, `settings${name}`);
  writeFileSync(settings, `api http://127.0.0.1:${port}\npage http://localhost:${port}\n` +
    `home http://127.0.0.1:${mine}\nsecret pretend\n`, { mode: 0o600 });
  const server = await begin(t, ["serve", "--db", t.server.database, "--listen", `127.0.0.1:${mine}`, "--today",
    "2026-11-23", "--card", settings], /listening on http:\S+:(\d+)/);
  try {
    await walks(t, name, `http://127.0.0.1:${mine}`);
  } finally {
    server.child.kill("SIGTERM");
    provider.child.kill("SIGTERM");
  }
}
