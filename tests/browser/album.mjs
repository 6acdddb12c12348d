// album.mjs: the pictures that the documents keep: those of album.txt, at each width, as
// doc/images/JOURNEY-TITLE-WIDTH.jpg, and the page doc/pictures.md that shows them.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const documents = join(here, "../../doc");
const tallest = 1800; // what is below it is not kept

// { about: a heading, pages: [{ journey, title, seen, files }] }
const chapters = [];
for (const line of readFileSync(join(here, "album.txt"), "utf8").split("\n")) {
  const page = /^(\w+)\s+([\w-]+)\s\s+(.+)$/.exec(line);
  if (page) chapters.at(-1).pages.push({ journey: page[1], title: page[2], seen: page[3], files: [] });
  else if (line && !line.startsWith("#")) chapters.push({ about: line, pages: [] });
}

export async function keep(page, { journey, title, width }) {
  for (const kept of chapters.flatMap((c) => c.pages)) {
    if (kept.journey !== journey || kept.title !== title) continue;
    const file = `${journey}-${title}-${width}.jpg`;
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    mkdirSync(join(documents, "images"), { recursive: true });
    await page.screenshot({
      path: join(documents, "images", file), type: "jpeg", quality: 55, fullPage: true,
      clip: { x: 0, y: 0, width, height: Math.min(height, tallest) },
    });
    if (!kept.files.includes(file)) kept.files.push(file);
  }
}

// Answers the pages of which no picture was taken.
export function write() {
  let text = "# Pictures\n\nMade by `node tests/browser/run.mjs --album` from the journeys' own pages, on a desk and on a phone.\n";
  for (const { about, pages } of chapters) {
    text += `\n## ${about}\n`;
    for (const { seen, files } of pages) text += `\n${seen}\n\n${files.map((f) => `![${seen}](images/${f})`).join("\n")}\n`;
  }
  writeFileSync(join(documents, "pictures.md"), text);
  return chapters.flatMap((c) => c.pages).filter((p) => !p.files.length).map((p) => `${p.journey} ${p.title}`);
}
