"""Bytes to disk: only what changed, all or nothing, and never a file that is not ours."""
