"""`--jobs`: processes here, or a Dask cluster."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from generator.cli.command import Misuse
from generator.cli.failure import Refusal
from generator.engine.engine import Engine, OtherCode, Progress, processors
from generator.model.diagnostic import error

CLUSTER = re.compile(r"dask://([^/\s:]+:\d+)/?")
PATIENCE = 4
"""Seconds to wait for a scheduler to answer."""


class Jobs(click.ParamType):  # type: ignore[type-arg]  # generic only in newer clicks
    """A number of processes, or the address of a scheduler."""

    name = "jobs"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | str:
        """Give the number or the address. Raises Misuse."""
        text = str(value)
        if CLUSTER.fullmatch(text) or (text.isascii() and text.isdigit() and int(text) > 0):
            return text if CLUSTER.fullmatch(text) else int(text)
        raise Misuse("jobs", ctx, value=value)


@contextmanager
def workers(jobs: int | str | None, progress: Progress) -> Iterator[Engine]:
    """The engine that was asked for. Raises Refusal when there is no cluster to be had."""
    if not isinstance(jobs, str):
        try:
            yield Engine(jobs or processors(), progress)
        except BrokenExecutor:
            raise Refusal(error("worker-died")) from None
        return
    with _cluster(jobs) as executor:
        try:
            yield Engine(progress=progress, executor=executor)
        except OtherCode:
            raise Refusal(error("dask-other-code", address=jobs)) from None


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    found = CLUSTER.fullmatch(address)
    assert found
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise Refusal(error("no-dask", address=address)) from None
    try:
        client = distributed.Client(f"tcp://{found[1]}", timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        raise Refusal(error("dask-unreachable", address=address)) from None
    with contextlib.closing(client):
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise Refusal(error("dask-idle", address=address))
        try:
            yield client.get_executor(pure=False)  # ours are pure, but need not be remembered there
        except (distributed.KilledWorker, distributed.comm.CommClosedError, CancelledError):
            raise Refusal(error("dask-lost", address=address)) from None
