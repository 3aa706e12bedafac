"""Runs pure functions over values, in order, and remembers what it may."""
