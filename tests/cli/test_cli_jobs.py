"""Who does the work, and what is said when nobody can."""

from __future__ import annotations

import sys
from concurrent.futures.process import BrokenProcessPool

import click
import pytest

from generator.cli.command import Misuse
from generator.cli.failure import Refusal
from generator.cli.jobs import Jobs, workers
from generator.engine.engine import OtherCode, processors, silent


@pytest.mark.parametrize(
    "text", ["0", "-1", "x", "1.5", "²", "dask://", "dask://host", "tcp://h:1"]
)
def test_what_is_no_number_of_jobs(text: str) -> None:
    with pytest.raises(Misuse):
        Jobs().convert(text, None, click.Context(click.Command("build")))


def test_as_many_processes_as_processors_unless_told() -> None:
    with workers(None, silent) as usual, workers(3, silent) as told:
        assert (usual.jobs, told.jobs) == (processors(), 3)


def test_a_killed_worker_is_said_in_a_sentence() -> None:
    with pytest.raises(Refusal) as refused, workers(2, silent):
        raise BrokenProcessPool
    assert refused.value.diagnostics[0].code == "worker-died"


def test_a_cluster_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Refusal) as refused, workers("dask://localhost:1", silent):
        raise AssertionError("not reached")
    assert refused.value.diagnostics[0].code == "no-dask"


def test_a_cluster_with_other_code(monkeypatch: pytest.MonkeyPatch) -> None:
    class Client:
        def __init__(self, *_: object, **__: object) -> None: ...
        def close(self) -> None: ...
        def scheduler_info(self, **_: object) -> dict[str, object]:
            return {"workers": {"one": 1}}

        def get_executor(self, **_: object) -> None: ...

    import distributed

    monkeypatch.setattr(distributed, "Client", Client)
    with pytest.raises(Refusal) as refused, workers("dask://localhost:1", silent):
        raise OtherCode
    assert refused.value.diagnostics[0].code == "dask-other-code"
