"""Which part of the configuration parsing depends on."""

from __future__ import annotations

from generator.config.locale import all_labels, read_locale
from generator.config.schema import Config
from generator.model.article import Settings


def settings_for(config: Config) -> Settings:
    """The parse settings of a newsletter; nothing else of the configuration changes a body."""
    locale = read_locale(config.language)
    return Settings(
        lang=config.language,
        timezone=config.timezone,
        labels=tuple(dict.fromkeys((*config.key_points.labels, *all_labels()))),
        html=config.markdown.html,
        typography=config.markdown.typography,
        words=locale.plain_words,
    )
