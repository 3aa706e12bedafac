"""Labels that announce key points; apart from the rule, since every build reads the settings.

A build that parses nothing need not load the parser, which takes most of the time of its imports.
"""

from __future__ import annotations

from generator.content.rules.emoji import take_mark

_AROUND = " \t\u00a0\u202f*_:：#"
"""What may surround a label on its line."""


def label_text(line: str) -> str:
    """A label without what may surround it: emoji, bold, a colon and the space before it."""
    bare = line.strip(_AROUND)
    return bare if bare[:1].isalpha() else take_mark(bare)[1].strip(_AROUND)
