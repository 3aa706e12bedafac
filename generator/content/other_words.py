"""What authors and other tools call the keys of the front matter: the one table of its aliases."""

from __future__ import annotations

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from generator.config.nearest import fold
from generator.config.shaper import split_at_commas
from generator.config.values import BOOLEANS
from generator.config.yaml_nodes import Renamed, is_nothing, pairs

FRENCH = {
    "titre": "title",
    "publié": "date",
    "publié le": "date",
    "date de publication": "date",
    "mis à jour": "updated",
    "mise à jour": "updated",
    "modifié": "updated",
    "modifié le": "updated",
    "expire": "expires",
    "expire le": "expires",
    "expiration": "expires",
    "brouillon": "draft",
    "statut": "draft",
    "permalien": "permalink",
    "adresse": "permalink",
    "anciennes adresses": "aliases",
    "redirections": "aliases",
    "étiquette": "tags",
    "étiquettes": "tags",
    "mots-clés": "tags",
    "catégorie": "tags",
    "catégories": "tags",
    "auteur": "authors",
    "auteurs": "authors",
    "autrice": "authors",
    "autrices": "authors",
    "chapô": "summary",
    "chapeau": "summary",
    "résumé": "summary",
    "points clés": "key_points",
    "à retenir": "key_points",
    "image alt": "image_alt",
    "texte alternatif": "image_alt",
    "légende image": "image_alt",
    "langue": "lang",
    "clé de traduction": "translation_key",
    "traduction": "translation_key",
    "série": "series",
    "à la une": "featured",
    "rectificatif": "correction",
    "pièce jointe": "enclosure",
    "modèle": "template",
    "gabarit": "template",
}
"""French names. `publié`, `catégories`, `auteur` and the like first pass `in_our_words`."""

FOREIGN = {
    "pubDate": "date",
    "publishDate": "date",
    "published": "date",
    "publishedAt": "date",
    "datePublished": "date",
    "lastmod": "updated",
    "modified": "updated",
    "updatedDate": "updated",
    "last_modified_at": "updated",
    "dateModified": "updated",
    "expiryDate": "expires",
    "status": "draft",
    "description": "summary",
    "excerpt": "summary",
    "chapo": "summary",
    "points_cles": "key_points",
    "takeaways": "key_points",
    "tldr": "key_points",
    "redirect_from": "aliases",
    "redirects": "aliases",
    "alias": "aliases",
    "cover": "image",
    "coverImage": "image",
    "heroImage": "image",
    "previewimage": "image",
    "thumbnail": "image",
    "featured_image": "image",
    "imageAlt": "image_alt",
    "cover_alt": "image_alt",
    "alt": "image_alt",
    "language": "lang",
    "locale": "lang",
    "translationKey": "translation_key",
    "tag": "tags",
    "keywords": "tags",
    "category": "tags",
    "categories": "tags",
    "author": "authors",
    "by": "authors",
    "source": "sources",
    "podcast": "enclosure",
}
"""Names in Hugo, Jekyll, Zola, Eleventy, Astro, Pelican, Docusaurus and Ghost exports."""

ALIASES = FRENCH | FOREIGN
"""Every other name. All names compare without case, accents, hyphens, underscores and spaces."""

STATUS_CHOICES = ("draft", "hidden", "private", "published")
_PUBLISHED = frozenset(("published", "publie"))
STATUS = frozenset(("status", "statut"))
_CATEGORIES = frozenset(("categories", "category", "categorie"))
_AUTHOR = frozenset(("author", "auteur", "autrice", "by"))
_PICTURE = frozenset(fold(name) for name, key in ALIASES.items() if key == "image") | {"image"}
_SPECIAL = _PUBLISHED | STATUS | _CATEGORIES | _AUTHOR | _PICTURE
_HIDDEN = {
    **dict.fromkeys(("draft", "hidden", "private", "brouillon", "prive"), "true"),
    **dict.fromkeys(("published", "publish", "public", "publie"), "false"),
}
_PICTURE_PARTS = {
    **dict.fromkeys(("src", "url", "image", "path", "file", "fichier"), "image"),
    **dict.fromkeys(("alt", "imagealt", "description"), "image_alt"),
}

_FOLDED = {fold(name): key for name, key in ALIASES.items()} | {
    name: name for name in ("tags", "authors")
}

Pair = tuple[Node, Node]


def in_our_words(root: MappingNode) -> MappingNode:
    """The same front matter, where keys that do not only have another name become ours.

    `published: false` and `status: private` are `draft`; `categories` are tags beside the tags;
    `author` leads the `authors`; a mapping for `image` may hold its `alt`.
    """
    given = pairs(root)
    if not any(_name(key) in _SPECIAL for key, _ in given):
        return root
    changed = [ours for pair in given for ours in _in_our_words(*pair)]
    changed = _together(changed, _CATEGORIES, "tags", ours_first=True)
    changed = _together(changed, _AUTHOR, "authors", ours_first=False)
    return MappingNode(root.tag, changed, root.start_mark, root.end_mark)


def _in_our_words(key: Node, value: Node) -> list[Pair]:
    name = _name(key)
    if name in _PUBLISHED and (meant := BOOLEANS.get(_text(value))) is not None:
        return [(_renamed(key, "draft"), _text_node(value, "false" if meant else "true"))]
    if name in STATUS and (draft := _HIDDEN.get(_text(value))):
        return [(key, _text_node(value, draft))]
    if name in _PICTURE and isinstance(value, MappingNode):
        parts = [(_PICTURE_PARTS.get(_name(part), ""), each) for part, each in pairs(value)]
        if all(part for part, _ in parts):
            return [(_renamed(key, part), each) for part, each in parts]
    return [(key, value)]


def _together(
    given: list[Pair], theirs: frozenset[str], ours: str, *, ours_first: bool
) -> list[Pair]:
    """Two keys of one list, joined without what is in both."""
    their = next((pair for pair in given if _name(pair[0]) in theirs), None)
    our = next((p for p in given if _canonical(p[0]) == ours and _name(p[0]) not in theirs), None)
    if their is None or our is None:
        return given
    pieces = [our[1], their[1]] if ours_first else [their[1], our[1]]
    items = [item for piece in pieces for item in _items(piece, split=ours == "tags")]
    unique = {item.value if isinstance(item, ScalarNode) else id(item): item for item in items}
    key, value = our
    joined = SequenceNode(value.tag, list(unique.values()), value.start_mark, value.end_mark)
    return [(key, joined) if pair is our else pair for pair in given if pair is not their]


def _items(node: Node, *, split: bool) -> list[Node]:
    if isinstance(node, SequenceNode):
        return list(node.value)
    if is_nothing(node):
        return []
    if split and isinstance(node, ScalarNode):
        return split_at_commas(node, node.value)
    return [node]


def _canonical(key: Node) -> str:
    return _FOLDED.get(_name(key), "")


def _name(key: Node) -> str:
    return fold(key.value) if isinstance(key, ScalarNode) else ""


def _text(value: Node) -> str:
    return fold(value.value) if isinstance(value, ScalarNode) else ""


def _renamed(key: Node, meant: str) -> Node:
    return Renamed(key, meant) if isinstance(key, ScalarNode) else key


def _text_node(like: Node, text: str) -> ScalarNode:
    return ScalarNode("tag:yaml.org,2002:str", text, like.start_mark, like.end_mark)
