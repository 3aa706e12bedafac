// Reads workflows as GitHub does: `node workflows.mjs NODE_MODULES FILE...` prints what its own parser
// says of each, as JSON.
import fs from "node:fs";
import { register } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

// The package imports JSON without saying so, which is meant for bundlers; Node wants to be told.
const hook = `export const load = (url, context, next) =>
  next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const [modules, ...files] = process.argv.slice(2);
const home = path.join(modules, "@actions/workflow-parser/dist/index.js");
const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } = await import(pathToFileURL(home));

const said = {};
for (const name of files) {
  const file = { name, content: fs.readFileSync(name, "utf8") };
  const { context, value } = parseWorkflow(file, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  said[name] = context.errors.getErrors().map((error) => error.message);
}
console.log(JSON.stringify(said));
