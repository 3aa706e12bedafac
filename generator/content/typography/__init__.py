"""Quotes, apostrophes, dashes and no-break spaces by the rules of the language.

French follows the *Lexique des règles typographiques en usage à l'Imprimerie nationale* (LRTIN);
the other languages are rows of a table, each with its source (`languages.py`). Spaces that already
do not break are the author's choice and stay; so does a quote that has no partner. What has been
polished does not change when it is polished again.
"""

from __future__ import annotations

from generator.content.typography.languages import THIN
from generator.content.typography.polish import cut, has_ordinals, polish, polish_pieces
from generator.content.typography.seams import OPAQUE

__all__ = ["OPAQUE", "THIN", "cut", "has_ordinals", "polish", "polish_pieces"]
