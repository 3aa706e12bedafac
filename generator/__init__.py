"""Marbre: a static-site newsletter generator. The map of this package is its README.md."""

__version__ = "0.1.0"
