// The Nu HTML checker finds no error on any page of the magazine.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { everyPage, oneOfEach, summary } from "./discover.mjs";

const pages = await everyPage();
oneOfEach(pages); // every kind is among them
const folder = mkdtempSync(path.join(tmpdir(), "masthead-markup-"));
try {
  const files = pages.map((page, index) => {
    const file = path.join(folder, `${index}.html`);
    writeFileSync(file, page.html);
    return file;
  });
  const { messages } = check(files);
  const errors = messages.filter((message) => message.type !== "info");
  for (const error of errors.slice(0, 50)) {
    const page = pages[Number.parseInt(path.basename(error.url ?? ""), 10)];
    const extract = (error.extract ?? "").replaceAll(/\s+/g, " ").trim();
    console.log(`${page?.path ?? "?"}:${error.lastLine ?? "?"}: ${error.message}\n    ${extract}`);
  }
  console.log(`${pages.length} pages (${summary(pages)}): ${errors.length} errors`);
  process.exitCode = errors.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

function check(files) {
  const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
  const options = ["-Xss4m", "-jar", jar, "--errors-only", "--exit-zero-always", "--stdout", "--format", "json"];
  const answer = execFileSync(process.env.JAVA ?? "java", [...options, ...files], { maxBuffer: 1 << 26 });
  return JSON.parse(answer.toString());
}
