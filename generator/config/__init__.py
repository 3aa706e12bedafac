"""newsletter.yaml and the language tables: what the newsletter's owner decided."""
