"""Fixtures of the law."""

from law import quick_templates

__all__ = ["quick_templates"]
