"""Templates and static files: the built-in theme under the newsletter's own, file by file."""
