// Ghost's own check of a theme: node gscan.mjs FOLDER. Ends with 1 if it finds an error.

import gscan from "gscan";

const [folder] = process.argv.slice(2);
const report = gscan.format(await gscan.check(folder, { checkVersion: "v6" }), { checkVersion: "v6" });
const { error = [], warning = [] } = report.results;
for (const [kind, rules] of [["error", error], ["warning", warning]]) {
  for (const { rule, failures = [] } of rules) {
    const where = failures.map(({ ref, message }) => [ref, message].filter(Boolean).join(": ")).join("; ");
    console.log(`${kind}: ${rule.replace(/<[^>]*>/g, "")}${where && ` (${where})`}`);
  }
}
console.log(`${error.length} errors, ${warning.length} warnings`);
process.exit(error.length > 0 ? 1 : 0);
