"""`Engine.map`: the only way in which heavy work is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from typing import TypeVar

from msgspec import Struct

from generator.engine.store import Store

Item = TypeVar("Item")
Result = TypeVar("Result")

Progress = Callable[[str, int, int], None]
"""Told the verb, how much is done and how much there is."""


def silent(verb: str, done: int, total: int) -> None:
    """The progress of one who is not interested."""


class Serial(Executor):
    """An executor that does the work where and when its result is wanted."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        """Do it now."""
        future: Future[object] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:
            future.set_exception(problem)
        return future

    def map(self, fn, *iterables, timeout=None, chunksize=1, **options):  # type: ignore[no-untyped-def]
        """Do each when it is asked for."""
        return map(fn, *iterables)


class Engine(Struct, frozen=True):
    """Maps pure functions over values, through any executor."""

    executor: Executor
    progress: Progress = silent

    def map(
        self,
        verb: str,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        *,
        store: Store[Result],
        keys: Sequence[str],
    ) -> Iterator[Result]:
        """Give the result of each item, in order; those that the store knows are not made again.

        `keys` has one digest per item, of everything that the function may see.
        """
        known = [store.get(key) for key in keys]
        pending = [item for item, result in zip(items, known, strict=True) if result is None]
        made = self.executor.map(function, pending)
        for done, (key, result) in enumerate(zip(keys, known, strict=True), start=1):
            if result is None:
                result = next(made)
                store.put(key, result)
            self.progress(verb, done, len(items))
            yield result
