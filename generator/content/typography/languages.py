"""What the languages do, one row each.

Quotes are those of the Unicode CLDR (`characters`, delimiters), but where a language's own book
says otherwise:

- fr: LRTIN, *guillemets*: quotations in a quotation between “ ”.
- fr-CH: *Guide du typographe* (Lausanne): thin spaces before all double signs and in « ».
- fr-CA: Office québécois de la langue française, *espacement*: none before ; ! and ?.
- de-CH: Schweizerische Bundeskanzlei, *Schreibweisungen*: « » and ‹ ›, without spaces.
- nl: Onze Taal, *aanhalingstekens*: double ones for quotations, which is what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from generator.content.typography.seams import NARROW, NBSP

THIN = "-x-thin"
"""Private subtag of a language whose guillemets are to have narrow spaces inside (BCP 47, 2.2.7).
"""


class Style(Struct, frozen=True):
    """How a language is set."""

    quotes: tuple[tuple[str, str], ...]
    """Opening and closing sign, outside first; the last is for everything deeper."""
    single: tuple[str, str] = ("‘", "’")
    """What a pair of straight single quotes becomes."""
    inside: str = ""
    """Space inside guillemets."""
    pauses: Mapping[str, str] = {}
    """The no-break space before a sign."""
    given: str = ""
    """Signs before which there is such a space only where the author typed one."""
    percent: str = ""
    """Space before %, where the author typed none."""
    names: tuple[str, ...] = ()
    """What stands before a name or a number and must not be parted from it."""
    incises: bool = False
    """Whether dashes hold on to what they enclose, rather than to the word before them."""
    ordinals: bool = False
    """Whether `1er` and `XXe` end in superscripts."""


_ENGLISH = (("“", "”"), ("‘", "’"))
_GERMAN = (("„", "“"), ("‚", "‘"))
_FRENCH = (("«", "»"), ("“", "”"))
_ALL = {":": NBSP, ";": NARROW, "!": NARROW, "?": NARROW}
_FR_NAMES = (
    *("M.", "MM.", "Mme", "Mmes", "Mlle", "Mlles", "Mgr", "Me", "Dr", "Drs", "Pr", "Prs", "n°", "nos"),
    *("p.", "pp.", "art.", "Art.", "chap.", "Chap.", "fig.", "Fig.", "vol.", "Vol."),
)
_EN_NAMES = (
    *("Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "Prof.", "St", "St.", "No.", "no.", "Nos."),
    *("p.", "pp.", "fig.", "Fig.", "vol.", "Vol."),
)
_DE_NAMES = ("Hr.", "Fr.", "Dr.", "Prof.", "Nr.", "S.", "Abb.", "Bd.", "Art.")
_ES_NAMES = ("Sr.", "Sra.", "Srta.", "D.", "Dr.", "Dra.", "n.º", "p.", "pp.", "art.", "fig.")
_IT_NAMES = ("Sig.", "Sig.ra", "Dott.", "Dott.ssa", "n.", "p.", "pp.", "art.", "fig.")
_PT_NAMES = ("Sr.", "Sra.", "Dr.", "Dra.", "n.º", "p.", "pp.", "art.", "fig.")
_NL_NAMES = ("dhr.", "mevr.", "mw.", "dr.", "prof.", "nr.", "blz.", "art.")
_PL_NAMES = ("dr", "prof.", "św.", "nr", "s.", "art.", "rys.")

FRENCH = Style(
    _FRENCH,
    inside=NBSP,
    pauses=_ALL,
    percent=NARROW,
    names=_FR_NAMES,
    incises=True,
    ordinals=True,
)
STYLES = {
    "fr": FRENCH,
    "fr-ch": replace(
        FRENCH,
        quotes=(("«", "»"), ("‹", "›")),
        inside=NARROW,
        pauses=dict.fromkeys(":;!?", NARROW),
    ),
    "fr-ca": replace(FRENCH, given=";!?", percent=NBSP),
    "en": Style(_ENGLISH, names=_EN_NAMES),
    "de": Style(_GERMAN, _GERMAN[1], names=_DE_NAMES),
    "de-ch": Style((("«", "»"), ("‹", "›")), ("‹", "›"), names=_DE_NAMES),
    "es": Style(_ENGLISH, names=_ES_NAMES),
    "it": Style(_FRENCH, names=_IT_NAMES),
    "pt": Style(_ENGLISH, names=_PT_NAMES),
    "pt-pt": Style(_FRENCH, names=_PT_NAMES),
    "nl": Style(_ENGLISH, names=_NL_NAMES),
    "pl": Style((("„", "”"), ("«", "»")), names=_PL_NAMES),
}
"""By BCP 47 tag in lower case."""


@cache
def style_of(lang: str) -> Style | None:
    """The row of a language: its own, else that of the language without region."""
    tag = lang.lower().removesuffix(THIN)
    style = STYLES.get(tag) or STYLES.get(tag.partition("-")[0])
    return replace(style, inside=NARROW) if style and style.inside and lang.endswith(THIN) else style
