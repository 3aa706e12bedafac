// Reads `_headers` and `_redirects` as the hosts do: `node hosts.mjs MODULES SITE URL...` prints, as
// JSON, what Netlify's parsers and Cloudflare's own code make of them, for each URL.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, site, ...urls] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(modules, path)).href);
const { parseAllHeaders } = await load("@netlify/headers-parser/lib/index.js");
const { parseAllRedirects } = await load("@netlify/redirect-parser/lib/index.js");
const { generateRedirectsEvaluator } = await load("redirects-in-workers/dist/index.js");

const file = (name) => join(site, name);
const headers = await parseAllHeaders({ headersFiles: [file("_headers")], minimal: false });
const redirects = await parseAllRedirects({ redirectsFiles: [file("_redirects")], minimal: false });

const complaints = [];
for (const level of ["warn", "error"]) console[level] = (text) => complaints.push(text);
const log = console.log;
console.log = () => {};
const evaluate = generateRedirectsEvaluator(await readFile(file("_redirects"), "utf8"), {
  maxLineLength: 1000,
  maxStaticRules: 2000,
  maxDynamicRules: 100,
});

async function cloudflare(url) {
  const answer = await evaluate(new Request(url), null);
  return answer && [answer.status, answer.headers.get("location")];
}

// Netlify's servers, which nobody else has, normalise both sides; so the rule is looked up decoded.
const same = (path) => decodeURIComponent(path).replace(/\/$/, "");
function netlify(url) {
  const { pathname } = new URL(url);
  return {
    headers: headers.headers.filter((rule) => rule.forRegExp.test(pathname)).map((rule) => rule.values),
    redirect: redirects.redirects.find((rule) => same(rule.path) === same(pathname)) ?? null,
  };
}

const asked = {};
for (const url of urls) asked[url] = { netlify: netlify(url), cloudflare: await cloudflare(url) };
const errors = [...headers.errors, ...redirects.errors].map(String);
log(JSON.stringify({ asked, errors, complaints, redirects: redirects.redirects.length }));
