"""Which part of the configuration parsing depends on."""

from __future__ import annotations

from generator.config.locale import all_labels, read_locale
from generator.config.schema import Config
from generator.content.rules.labels import label_text
from generator.model.article import Settings


def settings_for(config: Config) -> Settings:
    """The parse settings of a newsletter; nothing else of the configuration changes a body."""
    locale = read_locale(config.language)
    labels = map(label_text, (*config.key_points.labels, *all_labels()))
    return Settings(
        lang=config.language,
        timezone=config.timezone,
        labels=tuple(dict.fromkeys(filter(None, labels))),
        html=config.markdown.html,
        typography=config.markdown.typography,
        words=locale.plain_words,
    )
