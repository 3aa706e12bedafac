"""Judges of the finished pages: a browser, the Nu HTML checker, axe-core, a feed reader."""
