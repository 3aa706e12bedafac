"""The configuration's own texts in the typography of the language, as articles' texts are."""

from __future__ import annotations

from msgspec.structs import replace

from generator.config.schema import Config
from generator.content.settings import settings_for, typography_of
from generator.content.typography import polish


def typeset(config: Config) -> Config:
    """Names and sentences that readers see; addresses, identities and `extra` stay as typed."""
    typography = typography_of(config.language, settings_for(config))
    if not typography:
        return config

    def set_(text: str) -> str:
        return polish(text, typography)

    return replace(
        config,
        title=set_(config.title),
        motto=set_(config.motto),
        description=set_(config.description),
        licence=set_(config.licence),
        authors=tuple(replace(a, name=set_(a.name), bio=set_(a.bio)) for a in config.authors),
        navigation=tuple(replace(n, label=set_(n.label)) for n in config.navigation),
        tags=replace(
            config.tags,
            synonyms={set_(name): others for name, others in config.tags.synonyms.items()},
            descriptions={set_(n): set_(text) for n, text in config.tags.descriptions.items()},
            allowed=tuple(set_(name) for name in config.tags.allowed),
        ),
    )
