"""The table of contents: every built-in feature, in the shape that a plugin has."""

from __future__ import annotations

from generator.checks import feeds as feed_checks
from generator.contracts import Plugin
from generator.outputs import (
    archives,
    articles,
    authors,
    briefing,
    feed_opml,
    feed_style,
    feeds,
    files,
    listings,
    sitemap,
    subscribe,
    tags,
    wayfinding,
)
from generator.publish import command as publish_command
from generator.publish import folder as publish_folder
from generator.publish import git as publish_git
from generator.publish import rsync as publish_rsync

BUILTIN = Plugin(
    name="builtin",
    outputs=(  # in the order of writing: what others refer to comes first
        files.KIND,
        articles.KIND,
        tags.KIND,
        authors.KIND,
        archives.KIND,
        briefing.KIND,
        subscribe.KIND,
        wayfinding.KIND,
        listings.KIND,
        feeds.KIND,
        feed_opml.KIND,
        feed_style.KIND,
        sitemap.KIND,
    ),
    checks=(feed_checks.CHECK,),
    targets=(publish_command.KIND, publish_folder.KIND, publish_git.KIND, publish_rsync.KIND),
)
