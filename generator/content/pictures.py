"""How large a picture is, from its first bytes."""

from __future__ import annotations

from pathlib import Path

PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")


def extent(file: Path) -> tuple[int, int]:
    """Width and height in pixels, turned as the camera says (EXIF); (0, 0) for what is no picture,
    or a broken one. Raises OSError when it cannot be opened.
    """
    if file.suffix.lower() not in PICTURES:
        return 0, 0
    import imagesize  # brings a client for the web, which few builds need

    with file.open("rb") as data:
        try:
            width, height = map(round, imagesize.get(data))  # a drawing may have half pixels
        except Exception:  # whatever a broken picture makes of its parser
            return 0, 0
    return (width, height) if width > 0 and height > 0 else (0, 0)
