"""Pelican's settings: the same site as the others', cache of read articles on."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).with_name("plugins")))

import french

SITENAME = "Points clés"
MOTTO = "L'intelligence artificielle, chaque jour, en trois idées"
SITESUBTITLE = "Une lettre quotidienne en français sur l'intelligence artificielle."
SITEURL = FEED_DOMAIN = "https://points-cles.example"
DEFAULT_LANG = "fr"
TIMEZONE = "UTC"
AUTHOR = "La rédaction"

PATH = "content"
OUTPUT_PATH = "public"
ARTICLE_PATHS = ["posts"]
STATIC_PATHS = ["images"]
THEME = "theme"
THEME_STATIC_DIR = "theme"
USE_FOLDER_AS_CATEGORY = False
DEFAULT_CATEGORY = "lettre"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["neighbours"]

CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "reader"

ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
TAGS_SAVE_AS = "tags/index.html"
ARCHIVES_SAVE_AS = "archives/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
ROBOTS_SAVE_AS = "robots.txt"
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags", "archives", "404", "sitemap", "robots"]

DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"index": None, "tag": None}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

FEED_ALL_ATOM = "feed.xml"
TAG_FEED_ATOM = "tags/{slug}/feed.xml"
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 30

FORMATTED_FIELDS = ["key_points"]
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}

JINJA_FILTERS = {"month": french.month, "long_date": french.long_date}
