// run.mjs: drives the pages in a real browser.
// Usage: node tests/browser/run.mjs [--pictures] [--album] [--part K/N] [JOURNEY...]
//
// Starts build/upkeep serve on a free port with a fresh database, then runs each journey_*.mjs.  A
// journey exports `journey(t)`; t is described at class Journey; a kind of run with `keys` has no pointer
// (keyboard.mjs).  Every page that is visited is looked
// at by axe, and with --pictures photographed into build/screenshots; --album makes the pictures of the
// documents anew (album.mjs).  --part takes every Nth journey,
// so that N can run side by side, each with a server of its own.  Needs `npm ci` in this folder and Chromium
// (CHROMIUM names it, /usr/bin/chromium-headless-shell unless told).
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import * as album from "./album.mjs";
import { workByKeys } from "./keyboard.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const program = process.env.UPKEEP ?? join(root, "build/upkeep");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = join(root, "build/screenshots");
const today = "2026-11-23";
const { values: options, positionals: wanted } = parseArgs({
  options: { pictures: { type: "boolean" }, album: { type: "boolean" }, part: { type: "string", default: "1/1" } },
  allowPositionals: true,
});
let passed = 0;
let failed = 0;

function say(good, what, detail = "") {
  if (good) passed++;
  else {
    failed++;
    console.error(`browser: FAILED ${what}${detail ? `: ${detail}` : ""}`);
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function serve(folder) {
  const database = join(folder, "test.db");
  execFileSync(program, ["init", "--rehearsal", "--db", database], { stdio: "ignore" });
  const key = join(folder, "key");
  writeFileSync(key, randomBytes(32), { mode: 0o600 });
  const port = await freePort();
  const base = `http://localhost:${port}`; // a name: browsers keep no passkeys for a number
  const args = ["serve", "--db", database, "--listen", `127.0.0.1:${port}`, "--today", today, "--key", key, "--address", base];
  const child = spawn(program, args, { stdio: ["ignore", "inherit", "pipe"] });
  let said = "";
  await new Promise((resolve, reject) => {
    child.stderr.on("data", (bytes) => {
      said += bytes;
      if (/listening on http:/.test(said)) resolve();
    });
    child.on("exit", () => reject(new Error(`the server ended: ${said}`)));
  });
  return { base, database, folder, stop: () => child.kill("SIGTERM") };
}

// What a journey gets.
class Journey {
  constructor(name, server, page, kind) {
    Object.assign(this, { name, server, page, ...kind, shots: 0, others: 0 }); // width, script
  }
  get program() {
    return program;
  }
  // Whether something holds; counted.
  check(good, what, detail) {
    say(good, `${this.name} ${this.width}${this.script ? "" : " no script"}: ${what}`, detail);
  }
  async go(path) {
    const answer = await this.page.goto(this.server.base + path);
    return answer.status();
  }
  path() {
    return new URL(this.page.url()).pathname;
  }
  text(selector = "body") {
    return this.page.locator(selector).first().innerText();
  }
  // Looks at the page as it is: axe, sideways scrolling, script refused by the policy; a picture.
  async look(title) {
    const page = this.page;
    await page.waitForLoadState("load");
    this.check((await page.title()).length > 0, `${title}: a title`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    this.check(!wide, `${title}: no sideways scrolling`);
    if (this.script) {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
      const words = violations.map((v) => `${v.id} (${v.nodes.map((n) => n.target).join(" ")})`);
      this.check(!violations.length, `${title}: axe`, words.join("; "));
    }
    if (options.album && this.script) await album.keep(page, { journey: this.name, title, width: this.width });
    if (!options.pictures) return;
    const number = String(++this.shots).padStart(2, "0");
    const file = `${this.name}-${this.width}${this.script ? "" : "-noscript"}-${number}-${title}.png`;
    await page.screenshot({ path: join(pictures, file), fullPage: true });
  }
  // Chooses a radio or tick by its value, or fills a field by its name, then continues.
  async answer(fields, button = "Continue") {
    for (const [name, value] of Object.entries(fields)) {
      const choice = this.page.locator(`input[name="${name}"][value="${value}"]:not([type=text])`);
      if (await choice.count()) await choice.check();
      else await this.page.fill(`[name="${name}"]`, String(value));
    }
    await this.press(button);
  }
  // Chooses from a select.
  choose(name, value) {
    return this.page.selectOption(`[name=${name}]`, value);
  }
  // The three fields of a date, for answer.
  day(name, day, month, year) {
    return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
  }
  async press(button) {
    await this.page.getByRole("button", { name: button, exact: true }).click();
    await this.page.waitForLoadState("load");
  }
  // Signs in as a new account of staff, in the place of whoever is signed in.
  async signIn(who, role = "caseworker") {
    const password = this.upkeep(["account", "add", who, "--role", role, "--generate"]).trim();
    await this.page.context().clearCookies();
    await this.go("/work");
    await this.answer({ name: who, password }, "Sign in");
  }
  // Does something as a new account of that role; whoever was signed in is so again afterwards.
  async meanwhile(role, what) {
    const context = this.page.context();
    const mine = await context.cookies();
    await this.signIn(`${this.name}${this.width}${this.script ? "" : "plain"}meanwhile${++this.others}`, role);
    await what();
    await context.clearCookies();
    await context.addCookies(mine);
  }
  // Asks a second person for what the page previews, who approves it.
  async askAndApprove(role) {
    await this.press("Ask a second person");
    const asked = this.path();
    await this.meanwhile(role, async () => {
      await this.go(asked);
      await this.page.getByRole("link", { name: /^Look and answer/ }).first().click();
      await this.answer({ answer: "approve" }, "Answer");
      this.check((await this.text("main")).includes("It was approved, and is done."), "a second person approves it");
    });
  }
  // Opens the case of a paying parent, there the tab; answers the case's own address.
  async open(who, tab) {
    await this.go("/work");
    await this.answer({ q: who }, "Find");
    await this.page.locator("tbody a", { hasText: who }).first().click();
    await this.page.locator(".moj-sub-navigation__link", { hasText: tab }).click();
    return /^\/case\/\d+/.exec(this.path())[0];
  }
  // A file beside the database; both go when the run ends.
  file(name, text) {
    const path = join(this.server.folder, name);
    writeFileSync(path, text);
    return path;
  }
  // From here on another server, with a database of its own: for what changes every case of a database.
  async apart() {
    this.server = await serve(mkdtempSync(join(tmpdir(), "upkeep-")));
  }
  // Plays a scenario into the server's database.
  play(name, scenario) {
    this.upkeep(["play", "--db", this.server.database, this.file(`${name}.play`, scenario)]);
  }
  // Runs the program beside the server, on the same database.
  upkeep(args, input = "") {
    return execFileSync(program, args, { input, env: { ...process.env, UPKEEP_DB: this.server.database } }).toString();
  }
}

async function run(browser, server, file) {
  const { journey, kinds } = await import(join(here, file));
  const name = file.replace(/^journey_|\.mjs$/g, "");
  for (const kind of kinds ?? [{ width: 320, script: true }, { width: 1280, script: true }]) {
    const context = await browser.newContext({
      viewport: { width: kind.width, height: 900 },
      javaScriptEnabled: kind.script,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60000); // a machine under load is slow, and that is no fault
    const t = new Journey(name, server, page, kind);
    const endKeys = kind.keys ? workByKeys(t) : () => {};
    page.on("console", (message) => message.type() === "error" && !/status of 4/.test(message.text()) && t.check(false, "console", message.text()));
    page.on("request", (request) => {
      const own = request.url().startsWith(t.server.base) || request.url().startsWith("data:");
      if (!own && !t.leaving) t.check(false, "a request to elsewhere", request.url());
    });
    try {
      await journey(t);
    } catch (error) {
      t.check(false, "stopped", String(error).slice(0, 600));
    }
    endKeys();
    await context.close();
    if (t.server !== server) {
      t.server.stop();
      rmSync(t.server.folder, { recursive: true, force: true });
    }
  }
}

const journeys = readdirSync(here).filter((f) => /^journey_.*\.mjs$/.test(f)).sort();
const [part, parts] = options.part.split("/").map(Number);
const files = journeys.filter((f, i) => i % parts === part - 1 && (!wanted.length || wanted.some((w) => f.includes(w))));
const folder = mkdtempSync(join(tmpdir(), "upkeep-"));
if (options.pictures) {
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
}
const server = await serve(folder);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell", args: ["--no-sandbox"] });
for (const file of files) await run(browser, server, file);
await browser.close();
server.stop();
rmSync(folder, { recursive: true, force: true });
if (options.album) for (const file of album.write()) console.log(`browser: there is no doc/images/${file} yet`);
console.log(`browser: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
