"""Tags and authors: who writes, about what, and under which name it is listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from generator.config.schema import AuthorConfig, TagsConfig
from generator.model import urls
from generator.model.article import Article
from generator.model.diagnostic import Diagnostic, error
from generator.model.site import Author, Tag

Keys = Mapping[str, tuple[str, ...]]
"""What each article is filed under, by source path: tag keys, or names of authors."""


def tag_keys(articles: Iterable[Article], config: TagsConfig) -> Keys:
    """Each article's tags as keys, synonyms resolved, in the author's order, each once."""
    synonyms = _synonyms(config)
    found = {}
    for article in articles:
        keys = [urls.tag_key(tag) for tag in article.tags]
        found[article.path] = tuple(dict.fromkeys(synonyms.get(key, key) for key in keys))
    return found


def make_tags(
    articles: Iterable[Article], keys: Keys, config: TagsConfig, lang: str
) -> dict[str, Tag]:
    """The tags of some articles (newest first), in alphabetical order."""
    paths: dict[str, list[str]] = defaultdict(list)
    written: dict[str, str] = {}
    for article in articles:
        for key in keys[article.path]:
            paths[key].append(article.path)
        for tag in reversed(article.tags):
            written[urls.tag_key(tag)] = tag  # the oldest article's way of writing it stays
    names = written | _configured(config)
    slugs = _apart({key: urls.tag_slug(names[key], lang) for key in sorted(paths)})
    descriptions = {urls.tag_key(tag): text for tag, text in config.descriptions.items()}
    return {
        key: Tag(
            key=key,
            name=names[key],
            address=f"/tags/{slugs[key]}/",
            description=descriptions.get(key, ""),
            paths=tuple(paths[key]),
        )
        for key in sorted(paths)
    }


def check_tags(
    articles: Iterable[Article], keys: Keys, config: TagsConfig, lang: str
) -> tuple[Diagnostic, ...]:
    """Tags that have no address, that are not allowed, or two of which would share an address."""
    problems: list[Diagnostic] = []
    allowed = {urls.tag_key(tag): tag for tag in config.allowed}
    first: dict[str, tuple[str, str]] = {}
    names = _configured(config)
    for article in articles:
        spelled = {urls.tag_key(tag): tag for tag in article.tags}
        for key in keys[article.path]:
            name = names.get(key) or spelled.get(key, key)
            slug = urls.tag_slug(name, lang)
            taken, owner = first.setdefault(slug, (key, name))
            if not slug:
                problems.append(error("empty-tag", article.place("tags"), tag=name))
            elif taken != key:
                place = article.place("tags")
                problems.append(error("tag-collision", place, tag=name, other=owner, slug=slug))
            if allowed and key not in allowed:
                near = get_close_matches(key, allowed, n=1)
                known = allowed[near[0]] if near else ", ".join(config.allowed)
                place = article.place("tags")
                problems.append(error("tag-not-allowed", place, tag=name, known=known))
    return tuple(problems)


def author_names(articles: Iterable[Article], authors: Iterable[AuthorConfig]) -> Keys:
    """Who signs each article: the named ones as configured, else the newsletter's first author."""
    configured = {urls.tag_key(a.name): a.name for a in authors}
    first = tuple(configured.values())[:1]
    found = {}
    for article in articles:
        named = [configured.get(urls.tag_key(name), name) for name in article.authors]
        found[article.path] = tuple(dict.fromkeys(named)) or first
    return found


def make_authors(
    articles: Iterable[Article],
    signed: Keys,
    configured: tuple[AuthorConfig, ...],
    images: Mapping[str, str],
) -> tuple[dict[str, Author], tuple[Diagnostic, ...]]:
    """Authors who signed something, the configured ones first; `images` has their portraits."""
    paths: dict[str, list[str]] = defaultdict(list)
    problems: list[Diagnostic] = []
    for article in articles:
        for name in signed[article.path]:
            if name not in paths and not urls.slug(name):
                problems.append(error("empty-author", article.place("authors"), author=name))
            paths[name].append(article.path)
    known = {a.name: a for a in configured}
    order = [name for name in known if name in paths]
    order += sorted(name for name in paths if name not in known)
    return {
        name: Author(
            name=name,
            address=f"/authors/{urls.slug(name)}/",
            bio=known[name].bio if name in known else "",
            home=known[name].url if name in known else "",
            image=images.get(name, ""),
            paths=tuple(paths[name]),
        )
        for name in order
    }, tuple(problems)


def _apart(slugs: Mapping[str, str]) -> dict[str, str]:
    """Slugs made different where they are not; `check_tags` stops the build then, once."""
    owners: dict[str, str] = {}
    for key, slug in slugs.items():
        owners.setdefault(slug, key)
    return {
        key: slug if slug and owners[slug] == key else f"{slug}-{number}"
        for number, (key, slug) in enumerate(slugs.items())
    }


def _synonyms(config: TagsConfig) -> dict[str, str]:
    return {
        urls.tag_key(other): urls.tag_key(name)
        for name, others in config.synonyms.items()
        for other in others
    }


def _configured(config: TagsConfig) -> dict[str, str]:
    """Names as the configuration writes them, by key."""
    names = (*config.descriptions, *config.allowed, *config.synonyms)
    return {urls.tag_key(name): name for name in names}
