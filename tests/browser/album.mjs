// album.mjs: the pictures that the documents keep: those of album.txt, at each width, as
// doc/images/JOURNEY-TITLE-WIDTH.jpg, and the page doc/pictures.md that shows them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const documents = join(here, "../../doc");
const images = join(documents, "images");
const tallest = 1800; // what is below it is not kept
const widths = [1280, 320];

// { about: a heading, pages: [{ journey, title, seen }] }
const chapters = [];
for (const line of readFileSync(join(here, "album.txt"), "utf8").split("\n")) {
  const page = /^(\w+)\s+([\w-]+)\s\s+(.+)$/.exec(line);
  if (page) chapters.at(-1).pages.push({ journey: page[1], title: page[2], seen: page[3] });
  else if (line && !line.startsWith("#")) chapters.push({ about: line, pages: [] });
}

const name = (page, width) => `${page.journey}-${page.title}-${width}.jpg`;

export async function keep(page, look) {
  if (!chapters.some((c) => c.pages.some((p) => p.journey === look.journey && p.title === look.title))) return;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  mkdirSync(images, { recursive: true });
  await page.screenshot({
    path: join(images, name(look, look.width)), type: "jpeg", quality: 55, fullPage: true,
    clip: { x: 0, y: 0, width: look.width, height: Math.min(height, tallest) },
  });
}

// Answers those of which there is no picture.
export function write() {
  const missing = [];
  let text = "# Pictures\n\nMade by `node tests/browser/run.mjs --album` from the journeys' own pages, on a desk and on a phone.\n";
  for (const { about, pages } of chapters) {
    text += `\n## ${about}\n`;
    for (const page of pages) {
      const files = widths.map((width) => name(page, width));
      missing.push(...files.filter((file) => !existsSync(join(images, file))));
      text += `\n${page.seen}\n\n${files.map((f) => `![${page.seen}](images/${f})`).join("\n")}\n`;
    }
  }
  writeFileSync(join(documents, "pictures.md"), text);
  return missing;
}
