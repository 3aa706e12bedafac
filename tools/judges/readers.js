// Reads feeds as programs on Node do: `node readers.js URL...` prints what each reader saw, as JSON.
"use strict";
const http = require("node:http");
const RssParser = require("rss-parser");
const FeedMe = require("feedme");

// feedme reads JSON with clarinet, which gives up at texts of 64 KB unless told otherwise.
require("clarinet").MAX_BUFFER_LENGTH = Infinity;

const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const text = (value) => (value !== null && typeof value === "object" ? value.text ?? value.name ?? "" : value ?? "");

async function rssParser(url) {
  const parser = new RssParser({ customFields: { item: [["dc:creator", "creators", { keepArray: true }]] } });
  const feed = await parser.parseURL(url);
  return feed.items.map((item) => ({
    guid: item.guid ?? item.id,
    title: item.title,
    url: item.link,
    authors: item.creators ?? list(item.author),
    tags: list(item.categories).map((tag) => (typeof tag === "string" ? tag : tag.$.term)),
    date: item.isoDate,
    content: item["content:encoded"] ?? item.content,
  }));
}

function feedMe(url) {
  return new Promise((resolve, reject) => {
    const parser = new FeedMe(true);
    parser.on("error", reject);
    parser.on("finish", () => {
      const feed = parser.done();
      resolve(
        list(feed.items).map((item) => ({
          guid: text(item.guid ?? item.id),
          title: text(item.title),
          url: text(item.url) || list(item.link).map((link) => link.href ?? link)[0],
          authors: list(item["dc:creator"] ?? item.author ?? item.authors).map(text),
          tags: list(item.category ?? item.tags).map((tag) => tag.term ?? text(tag)),
          date: text(item.pubdate ?? item.published ?? item.date_published),
          content: text(item["content:encoded"] ?? item.content ?? item.content_html),
        })),
      );
    });
    http.get(url, (answer) => answer.pipe(parser)).on("error", reject);
  });
}

async function main(urls) {
  const seen = {};
  for (const url of urls) {
    seen[url] = { feedme: await feedMe(url) };
    if (!url.endsWith(".json")) seen[url]["rss-parser"] = await rssParser(url); // it reads XML alone
  }
  process.stdout.write(JSON.stringify(seen));
}

main(process.argv.slice(2)).catch((problem) => {
  console.error(problem);
  process.exit(1);
});
