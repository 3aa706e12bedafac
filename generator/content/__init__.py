"""From files in `content/` to articles: reading, front matter, Markdown, typography."""
