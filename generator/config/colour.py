"""Colours that can be read: contrast as WCAG 2.2 defines it, and an accent for dark paper."""

from __future__ import annotations

import colorsys

LIGHT_PAPER = "#fbfaf7"
DARK_PAPER = "#14151a"
READABLE = 4.5
"""Contrast that text needs (WCAG 2.2, success criterion 1.4.3, level AA)."""


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def dark_accent(accent: str) -> str:
    """The same hue, lightened until it can be read on dark paper, with some to spare."""
    red, green, blue = _channels(accent)
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    colour = accent
    while contrast(colour, DARK_PAPER) < READABLE + 2 and lightness < 1:
        lightness = min(1.0, lightness + 0.02)
        colour = "#" + "".join(
            f"{round(c * 255):02x}" for c in colorsys.hls_to_rgb(hue, lightness, saturation)
        )
    return colour


def _luminance(colour: str) -> float:
    linear = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)
    )
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _channels(colour: str) -> tuple[float, float, float]:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue
