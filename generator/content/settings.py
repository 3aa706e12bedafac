"""Which part of the configuration parsing depends on."""

from __future__ import annotations

from generator.config.locale import all_labels, read_locale
from generator.config.schema import Config
from generator.content.rules.labels import label_text
from generator.content.typography import THIN
from generator.model.article import Settings
from generator.model.words import OwnTables


def settings_for(config: Config, own: OwnTables | None = None) -> Settings:
    """The parse settings of a newsletter; nothing else of the configuration changes a body."""
    own = own or {}
    locale = read_locale(config.language, own)
    others = (label for table in own.values() for label in table.labels)
    labels = map(label_text, (*config.key_points.labels, *others, *all_labels()))
    return Settings(
        lang=config.language,
        timezone=config.timezone,
        labels=tuple(dict.fromkeys(filter(None, labels))),
        html=config.markdown.html,
        typography=config.markdown.typography,
        thin=config.markdown.guillemets == "thin",
        words=locale.plain_words,
        own_tables=own,
    )


def typography_of(lang: str, settings: Settings) -> str:
    """The language by whose rules texts in a language are set; empty for none."""
    if not settings.typography:
        return ""
    return lang + THIN if settings.thin else lang
