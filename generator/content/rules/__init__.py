"""What Marbre adds to Markdown, one rule a file; `content/markdown.py` lists them."""
