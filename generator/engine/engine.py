"""`Engine.map`: the only way in which heavy work is called, here or on other processors."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import Any, TypeVar

from msgspec import Struct

from generator.engine import digest

Item = TypeVar("Item")
Context = TypeVar("Context")
Result = TypeVar("Result")

Progress = Callable[[str, int, int], None]
"""Told the verb, how much is done and how much there is."""
WORTH_A_POOL = 300
"""Items from which starting processes costs less than it saves (17 ms by fork, 70 by spawn)."""
CHUNK = 32
"""Items that travel together."""


def silent(verb: str, done: int, total: int) -> None:
    """The progress of one who is not interested."""


class Engine(Struct, frozen=True):
    """Maps pure functions over values, in order."""

    jobs: int = 1
    """Processes to use; 1 does everything here, whatever its size."""
    progress: Progress = silent
    executor: Executor | None = None
    """Any other executor; functions, contexts and items are then sent to it."""
    worth_a_pool: int = WORTH_A_POOL
    """Items from which processes are started."""
    way: str = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    """How they are started. Forked ones inherit what this one has in memory."""

    @property
    def sends(self) -> bool:
        """Whether work leaves for processes that share nothing with this one, perhaps not even the
        disk: functions, contexts and items must then be complete in themselves, and picklable.
        """
        return self.executor is not None or (self.jobs > 1 and self.way != "fork")

    def map(
        self,
        verb: str,
        function: Callable[[Context, Item], Result],
        context: Context,
        items: Sequence[Item],
    ) -> Iterator[Result]:
        """Give `function(context, item)` for each item, in order.

        The function must be at the top of a module and pure, so that where it runs, and in what
        order, cannot be told from the results.
        """
        if self.executor:
            results = _sent(self.executor, function, context, items)
        elif self.jobs > 1 and len(items) >= self.worth_a_pool:
            share_out = self._spawned if self.sends else self._forked
            results = share_out(function, context, items)
        else:
            results = (function(context, item) for item in items)
        for done, result in enumerate(results, start=1):
            self.progress(verb, done, len(items))
            yield result

    def _forked(
        self,
        function: Callable[[Context, Item], Result],
        context: Context,
        items: Sequence[Item],
    ) -> Iterator[Result]:
        """On processes of this machine that inherit everything by memory."""
        chunks = [range(n, min(n + CHUNK, len(items))) for n in range(0, len(items), CHUNK)]
        pool = ProcessPoolExecutor(
            min(self.jobs, len(chunks)),
            mp_context=multiprocessing.get_context("fork"),
            initializer=_remember,
            initargs=(function, context, items),
        )
        gc.freeze()  # else each would copy what it never touches, but to look for circles in it
        try:
            with pool:
                for results in pool.map(_remembered, chunks):
                    yield from results
        finally:
            gc.unfreeze()

    def _spawned(
        self,
        function: Callable[[Context, Item], Result],
        context: Context,
        items: Sequence[Item],
    ) -> Iterator[Result]:
        """On processes of this machine that begin anew."""
        with ProcessPoolExecutor(self.jobs, multiprocessing.get_context(self.way)) as pool:
            yield from _sent(pool, function, context, items)


HERE = Engine()
"""Does everything in this process, and tells nobody."""


def _sent(
    executor: Executor,
    function: Callable[[Context, Item], Result],
    context: Context,
    items: Sequence[Item],
) -> Iterator[Result]:
    """On an executor of any kind; other code than ours there would make other pages."""
    chunks = [items[n : n + CHUNK] for n in range(0, len(items), CHUNK)]
    count = len(chunks)
    call = (function, context, digest.of_our_code())
    for results in executor.map(_each, [call] * count, chunks):
        yield from results


def processors() -> int:
    """How many processes this one may use at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_work: tuple[Callable[[Any, Any], Any], Any, Sequence[Any]] | None = None
"""In a worker process, and only there: what it was started for."""


def _remember(function: Callable[[Any, Any], Any], context: object, items: Sequence[Any]) -> None:
    global _work
    _work = (function, context, items)


def _remembered(chunk: range) -> list[Any]:
    assert _work is not None
    function, context, items = _work
    return [function(context, items[n]) for n in chunk]


class OtherCode(Exception):  # noqa: N818 - it says what is there
    """A worker has another Marbre, or other libraries, than the process that sends it work."""


def _each(call: tuple[Callable[[Any, Any], Any], Any, str], items: Sequence[Any]) -> list[Any]:
    function, context, code = call
    if digest.of_our_code() != code:
        raise OtherCode
    return [function(context, item) for item in items]
