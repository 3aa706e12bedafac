"""Remembers results by key. This one forgets everything; the engine only needs its shape."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

Value = TypeVar("Value")


class Store(Protocol[Value]):
    """Results by the digest of what they were made from."""

    def get(self, key: str) -> Value | None:
        """The remembered result, or None."""
        ...

    def put(self, key: str, value: Value) -> None:
        """Remember a result."""
        ...


class NoStore(Generic[Value]):
    """Remembers nothing."""

    def get(self, key: str) -> Value | None:
        """Nothing."""
        return None

    def put(self, key: str, value: Value) -> None:
        """Forget it at once."""


class MemoryStore(Generic[Value]):
    """Remembers as long as it lives: for tests, and for a preview that stays warm."""

    def __init__(self) -> None:
        self.kept: dict[str, Value] = {}

    def get(self, key: str) -> Value | None:
        """The remembered result, or None."""
        return self.kept.get(key)

    def put(self, key: str, value: Value) -> None:
        """Remember a result."""
        self.kept[key] = value
