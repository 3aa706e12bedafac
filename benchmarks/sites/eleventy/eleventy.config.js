import highlight from "@11ty/eleventy-plugin-syntaxhighlight";
import markdownIt from "markdown-it";

const PER_PAGE = 20;
const long = new Intl.DateTimeFormat("fr", { dateStyle: "long", timeZone: "UTC" });
const month = new Intl.DateTimeFormat("fr", { month: "long", year: "numeric", timeZone: "UTC" });

export default function (config) {
  const slug = remembered(config.getFilter("slugify"));
  const markdown = markdownIt({ html: true });
  markdown.core.ruler.push("heading_ids", ({ tokens }) => {
    tokens.forEach((token, place) => {
      if (token.type === "heading_open") token.attrSet("id", slug(tokens[place + 1].content));
    });
  });
  config.setLibrary("md", markdown);
  config.addPlugin(highlight);
  config.addPassthroughCopy("content/images");
  config.addPassthroughCopy("content/style.css");

  config.addFilter("slug", slug);
  config.addFilter("inline", remembered((text) => markdown.renderInline(text)));
  config.addFilter("long_date", (date) => long.format(date));
  config.addFilter("month", (date) => month.format(date));
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("rfc822", (date) => date.toUTCString());
  config.addFilter("minutes", (raw) => Math.ceil(raw.split(/\s+/).length / 213));
  config.addFilter("absolute", (html, base) => html.replaceAll(/(href|src)="\//g, `$1="${base}`));

  config.addFilter("newest", (articles) => articles.slice(0, 30));

  const articles = (api) => api.getFilteredByGlob("content/posts/**/*.md").reverse();
  config.addCollection("articles", articles);
  config.addCollection("tag_list", (api) => tagList(articles(api), slug));
  config.addCollection("tag_pages", (api) => tagList(articles(api), slug).flatMap(pagesOf));

  return {
    dir: { input: "content", includes: "../includes", output: "public" },
    markdownTemplateEngine: false,
  };
}

function remembered(make) {
  const known = new Map();
  return (text) => {
    if (!known.has(text)) known.set(text, make(text));
    return known.get(text);
  };
}

function tagList(articles, slug) {
  const tags = new Map();
  for (const article of articles) {
    for (const name of article.data.tags) {
      if (!tags.has(name)) tags.set(name, { name, url: `/tags/${slug(name)}/`, articles: [] });
      tags.get(name).articles.push(article);
    }
  }
  return [...tags.values()].sort((a, b) => a.name.localeCompare(b.name, "fr"));
}

function pagesOf(tag) {
  const total = Math.ceil(tag.articles.length / PER_PAGE);
  return Array.from({ length: total }, (_, n) => ({
    tag,
    articles: tag.articles.slice(n * PER_PAGE, (n + 1) * PER_PAGE),
    number: n + 1,
    urls: Array.from({ length: total }, (_, m) => (m ? `${tag.url}page/${m + 1}/` : tag.url)),
  }));
}
