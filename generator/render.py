"""Orders → files: what was made from the same before is left alone, the rest is made and staged."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from stat import S_ISREG

from msgspec import Struct
from msgspec.structs import replace

from generator.contracts import Bodies, Theme, Toolbox
from generator.engine import digest
from generator.engine.engine import Engine
from generator.engine.ledger import Lines
from generator.engine.signature import settled, signature
from generator.model.article import Body
from generator.model.diagnostic import Diagnostic
from generator.model.job import Job, Order, Rendered
from generator.theme.closure import closures
from generator.theme.environment import JinjaTheme, TemplateMistake
from generator.theme.sheet import Sheet, sheet_of, theme_of
from generator.write.stage import stage

SHORT = 8
"""Digits that are kept of a part's digest."""


class Surroundings(Struct, frozen=True, dict=True):
    """What many orders depend on alike, by parts."""

    parts: tuple[tuple[str, str], ...]

    @functools.cached_property
    def digest(self) -> str:
        """Digest of the parts."""
        return digest.of_texts(text for _, text in self.parts)


class Keyed(Struct, frozen=True):
    """An order with its key, by parts."""

    order: Order
    key: str
    around: Surroundings

    @property
    def signs(self) -> dict[str, str]:
        """The parts as a few digits each: enough to say which of them changed."""
        parts = (*self.order.parts, ("text", _bodies(self.order)), *self.around.parts)
        return {name: digest.of_texts((text,))[:SHORT] for name, text in parts if text}


class Press(Struct, frozen=True):
    """What rendering needs beside the order itself."""

    toolbox: Toolbox
    theme: JinjaTheme
    bodies: Mapping[str, Body]
    output: Path
    staging: Path
    anew: bool


class Packed(Struct, frozen=True):
    """The same for a process that has nothing of ours."""

    toolbox: Toolbox
    sheet: Sheet


Made = tuple[bytes | Path | None, tuple[Diagnostic, ...]]
"""A file, or the file that it is a copy of, or nothing; and what is wrong or odd about it."""


class Outcome(Struct, frozen=True):
    """A file, or why there is none."""

    file: Rendered | None
    problems: tuple[Diagnostic, ...] = ()


def keyed(
    orders: Iterable[Order], theme: JinjaTheme, frame: str, plugins: Iterable[str]
) -> list[Keyed]:
    """Give each order the digest of everything that its file can depend on.

    `frame` is the digest of what all of the site shares: its base, its habits, its language;
    `plugins` are the names and versions of who may have had a hand in it.
    """
    templates = closures(theme.layers)
    shells = {name: digest.of_value(shell) for name, shell in theme.shells.items()}
    code = digest.of_texts((digest.of_our_code(), *plugins))

    @functools.cache
    def surroundings(template: str, shell: str) -> Surroundings:
        return Surroundings(
            (
                ("template", templates.get(template, "")),
                ("frame of all pages", shells.get(shell, "")),
                ("configuration", frame),
                ("Marbre itself", code),
            )
        )

    made = []
    for order in orders:
        around = surroundings(order.template, order.shell)
        where = (order.path, order.kind, order.template, order.here)
        own = [text for _, text in order.parts]
        key = digest.of_texts((*where, around.digest, _bodies(order), *own))
        made.append(Keyed(order, key, around))
    return made


def _bodies(order: Order) -> str:
    return " ".join([body for _, body in order.bodies])


def in_place(orders: Iterable[Keyed], lines: Lines, output: Path, now: int) -> Lines:
    """The files that need not be made: same key, and untouched since (or touched, but the same)."""
    kept = {}
    root = str(output)
    for keyed_ in orders:
        path = keyed_.order.path
        line = lines.get(path)
        if line is None or line.key != keyed_.key:
            continue
        try:
            stat = os.lstat(f"{root}/{path}")
        except OSError:
            continue  # gone: it is made again
        seen = signature(stat)
        if seen == line.signature:
            kept[path] = line
        elif S_ISREG(stat.st_mode) and digest.of_file(output / path) == line.digest:
            kept[path] = replace(line, signature=settled(seen, now))
    return kept


def untouched(lines: Lines, output: Path) -> bool:
    """Whether files lie in the output as they were left, as far as their stat can tell."""
    root = str(output)
    try:
        return all(
            signature(os.lstat(f"{root}/{path}")) == line.signature for path, line in lines.items()
        )
    except OSError:
        return False


def render_all(
    orders: Sequence[Keyed], press: Press, engine: Engine
) -> tuple[tuple[Rendered, ...], tuple[Diagnostic, ...]]:
    """Make and stage files; of one mistake that many pages make, the first page's is told."""
    wanted = [keyed_.order for keyed_ in orders]
    outcomes = list((_sent if engine.sends else _shared)(wanted, press, engine))
    problems = {(p.code, p.place): p for o in reversed(outcomes) for p in reversed(o.problems)}
    return tuple(o.file for o in outcomes if o.file), tuple(reversed(problems.values()))


def _shared(orders: Sequence[Order], press: Press, engine: Engine) -> Iterator[Outcome]:
    """Where the disk and the memory are ours: views are drawn and files staged by the workers."""
    return engine.map("render", make, press, orders)


def _sent(orders: Sequence[Order], press: Press, engine: Engine) -> Iterator[Outcome]:
    """Where they are not: drawn here, printed there, staged here again."""
    packed = Packed(press.toolbox, sheet_of(press.theme, press.toolbox.filters))
    items = [(order.job(), _named(press, order)) for order in orders]
    made = engine.map("render", make_elsewhere, packed, items)
    return (_staged(order, one, press) for order, one in zip(orders, made, strict=True))


def make(press: Press, order: Order) -> Outcome:
    """Make one file and stage it."""
    made = _print(press.toolbox, order.job(), press.theme, _named(press, order))
    return _staged(order, made, press)


def make_elsewhere(packed: Packed, item: tuple[Job, Bodies]) -> Made:
    """Make one file."""
    job, bodies = item
    return _print(packed.toolbox, job, theme_of(packed.sheet), bodies)


def _print(toolbox: Toolbox, job: Job, theme: Theme, bodies: Bodies) -> Made:
    """Make one file and look at it."""
    try:
        made = toolbox.outputs[job.kind].render(job, theme, bodies)
    except TemplateMistake as mistake:
        return None, (mistake.diagnostic,)
    if isinstance(made, Path):
        return made, ()
    checks = toolbox.checks.get(job.kind, ())
    return made, tuple(problem for check in checks for problem in check.look(job, made))


def _staged(order: Order, made: Made, press: Press) -> Outcome:
    data, problems = made
    if data is None:
        return Outcome(None, problems)
    file = stage(order.path, data, press.output, press.staging, anew=press.anew)
    return Outcome(replace(file, problems=problems) if problems else file, problems)


def _named(press: Press, order: Order) -> Bodies:
    return {path: press.bodies[path] for path, _ in order.bodies}
