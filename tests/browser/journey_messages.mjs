// Messages, from both sides: a parent writes with a file and is answered; is asked something, with the
// day on their home page, and answers; complains from the foot of a page; staff put the complaint off and
// answer it.  The other parent sees none of it.

import { reference } from "./database.mjs";

export const kinds = [
  { width: 320, script: true },
  { width: 1280, script: true },
  { width: 320, script: false },
];

function scenario(name) {
  return `scenario: Messages, ${name}
today 2026-06-01
apply
  paying parent Mungo ${name}
  receiving parent Molly ${name}
  child Milo ${name} born 2018-01-02
  effective 2026-06-03
  pays monthly on day 3
fact address "1 Mungostreet, Nowhere-on-Sea, ZZ1 4QQ" of Mungo from 2026-06-01
fact income_historic £36,500 from 2026-06-03 evidence "HMRC figure"
decide initial because "income from HMRC"
days until 2026-11-20
`;
}

function account(t, name, more) {
  return { name, password: t.upkeep(["account", "add", name, ...more, "--generate"]).trim() };
}

async function enter(t, who, path) {
  await t.page.context().clearCookies();
  await t.go(path);
  await t.answer(who, "Sign in");
}

async function attach(t, name, type, text) {
  await t.page.setInputFiles("input[type=file]", { name, mimeType: type, buffer: Buffer.from(text) });
}

async function writes(t) {
  await t.page.goto(t.server.base + "/home/messages");
  await t.look("none-yet");
  await t.page.getByRole("link", { name: "Write to us" }).click();
  await t.look("write");
  await t.answer({ words: "" }, "Send");
  await t.look("write-error");
  await t.page.getByLabel("A question").check();
  await attach(t, "payslip.pdf", "application/pdf", "not a PDF");
  await t.answer({ words: "When does the money come?" }, "Send");
  await t.look("write-file-error");
  t.check((await t.text()).includes("not what its name says"), "a file that is something else");
  t.check((await t.page.locator("textarea").inputValue()) === "When does the money come?", "the words are kept");
  await attach(t, "payslip.pdf", "application/pdf", "%PDF-1.4 a payslip");
  await t.press("Send");
  await t.look("sent");
  t.check(/We answer by \d+ \w+ 2026/.test(await t.text()), "the day by which we answer");
  await t.page.getByRole("link", { name: /^A question/ }).click();
  await t.look("own-talk");
  t.check((await t.text()).includes("With a file: PDF"), "the file is there");
}

async function staffAnswers(t, name) {
  const base = await t.open(`Mungo ${name}`, "Messages");
  await t.look("staff-list");
  await t.page.locator("tbody a").first().click();
  await t.look("staff-talk");
  t.check((await t.text()).includes("When does the money come?"), "her words");
  const [file] = await Promise.all([
    t.page.waitForEvent("download"),
    t.page.getByRole("link", { name: /Save the file/ }).click(),
  ]);
  t.check(/^file-\d+-\d+\.pdf$/.test(file.suggestedFilename()), "our name for the file");
  await t.answer({ words: "He is at 1 Mungostreet, Nowhere-on-Sea, ZZ1 4QQ" }, "Send");
  await t.look("staff-sealed");
  t.check((await t.text()).includes("kept sealed of somebody else"), "nothing of the other parent goes out");
  await t.answer({ words: "On 3 December, if it is paid." }, "Send");
  t.check((await t.text()).includes("Answered"), "it is answered");
  await t.page.goto(`${t.server.base}${base}/write`);
  await t.look("staff-write");
  await t.page.locator("select").selectOption({ index: 1 });
  await t.page.getByLabel("We ask them something").check();
  await t.answer({ words: "Where does Milo go to school now?", ...t.day("reply_by", 4, 12, 2026) }, "Send");
  t.check((await t.text()).includes("4 December 2026"), "the day she is asked by");
  await t.page.goto(`${t.server.base}${base}/files`);
  await t.look("staff-files");
  return base;
}

async function repliesAndComplains(t) {
  await t.look("home-asked");
  t.check((await t.text()).includes("answer by 4 December 2026"), "the question is on the home page");
  await t.page.getByRole("link", { name: "We asked you something" }).click();
  await t.look("asked");
  await t.answer({ words: "At the one by the park." }, "Send");
  await t.page.getByRole("link", { name: "This is a complaint" }).click();
  await t.look("complaint-start");
  await t.page.getByRole("button", { name: "Complain" }).click();
  await t.look("complaint-write");
  await t.answer({ words: "I was promised a call three times." }, "Send the complaint");
  await t.look("complaint-sent");
  t.check((await t.text()).includes("We answer by 14 December 2026"), "fifteen working days");
}

async function staffComplaint(t, base) {
  await t.page.goto(`${t.server.base}${base}/messages`);
  await t.page.getByRole("link", { name: /^A complaint/ }).click();
  await t.look("staff-complaint");
  await t.page.getByLabel("Tell them that it takes longer").check();
  await t.answer({}, "Record it, and tell them");
  await t.look("staff-complaint-error");
  const words = t.page.locator("#reply");
  await t.page.getByLabel("Tell them that it takes longer").check();
  await words.fill("We are still listening to the calls.");
  await t.answer(t.day("due", 18, 12, 2026), "Record it, and tell them");
  t.check((await t.text()).includes("18 December 2026"), "the new day");
  await t.page.getByLabel("Give our final response").check();
  await t.page.locator("#reply").fill("We should have called, and are sorry.");
  await t.press("Record it, and tell them");
  await t.look("staff-complaint-answered");
}

export async function journey(t) {
  const name = `Msg${t.width}${t.script ? "" : "n"}`;
  t.play(name, scenario(name));
  const low = name.toLowerCase();
  const molly = account(t, `molly${low}`, ["--role", "receiving_parent", "--person", reference(t, "Molly", name)]);
  const mungo = account(t, `mungo${low}`, ["--role", "paying_parent", "--person", reference(t, "Mungo", name)]);
  const carol = account(t, `carol${low}`, ["--role", "caseworker"]);
  await enter(t, molly, "/home");
  await writes(t);
  await enter(t, carol, "/work");
  const base = await staffAnswers(t, name);
  await enter(t, molly, "/home");
  await repliesAndComplains(t);
  await enter(t, carol, "/work");
  await staffComplaint(t, base);
  await enter(t, molly, "/home/messages");
  await t.page.getByRole("link", { name: /^A complaint/ }).click();
  await t.look("complaint-answered");
  t.check((await t.text()).includes("Independent Case Examiner"), "the way on");
  const own = t.path();
  await enter(t, mungo, "/home/messages");
  t.check((await t.text()).includes("There are no messages yet"), "he sees nothing of it");
  t.check((await t.go(own)) === 404, "nor by its address");
}
