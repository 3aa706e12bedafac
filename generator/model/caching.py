"""How long a browser may keep what it has (`Cache-Control`, RFC 9111), for every kind of host."""

from __future__ import annotations

import re

ALWAYS_ASK = "public, max-age=0, must-revalidate"
"""Pages and all that is not named below: a correction shows at once, unchanged costs a 304."""
FEEDS = "public, max-age=900"
"""A quarter of an hour, in seconds; some readers take it for how often they may ask."""
MEDIA = "public, max-age=3600"
"""An hour: the author may put another picture under the same name."""
FOR_EVER = "public, max-age=31536000, immutable"
"""Files with a digest in their names."""
HASHED = re.compile(r"assets/[^/]+\.[0-9a-f]{10}\.[a-z0-9]+")
"""Paths of the theme's files whose content is in the name (`theme/static.py`)."""
