const folder = (date) => date.toISOString().slice(0, 7).replace("-", "/");

export default {
  layout: "article.njk",
  eleventyComputed: { permalink: (data) => `/${folder(data.page.date)}/${data.slug}/` },
};
