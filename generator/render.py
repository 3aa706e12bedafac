"""Orders → files: what was made from the same before is left alone, the rest is made and staged."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from stat import S_ISREG

from msgspec import Struct
from msgspec.structs import replace

from generator.contracts import Toolbox
from generator.engine import digest
from generator.engine.engine import Engine
from generator.engine.ledger import Ledger, Line
from generator.engine.signature import settled, signature
from generator.model.article import Body
from generator.model.diagnostic import Diagnostic
from generator.model.job import Order, Rendered
from generator.theme.closure import closures
from generator.theme.environment import JinjaTheme, TemplateMistake
from generator.write.stage import stage

SHORT = 8
"""Digits that are kept of a part's digest: enough to say which part changed."""


class Keyed(Struct, frozen=True):
    """An order with its key, by parts."""

    order: Order
    key: str
    parts: dict[str, str]


class Press(Struct, frozen=True):
    """What rendering needs beside the order itself."""

    toolbox: Toolbox
    theme: JinjaTheme
    bodies: Mapping[str, Body]
    output: Path
    staging: Path
    anew: bool


class Outcome(Struct, frozen=True):
    """A file, or why there is none."""

    file: Rendered | None
    problems: tuple[Diagnostic, ...] = ()


def keyed(orders: Iterable[Order], theme: JinjaTheme, frame: str) -> list[Keyed]:
    """Give each order the digest of everything that its file can depend on.

    `frame` is the digest of what all of the site shares: its base, its habits, its language.
    """
    templates = closures(theme.layers, theme.environment)
    shells = {name: digest.of_value(shell) for name, shell in theme.shells.items()}
    code = digest.of_our_code()
    made = []
    for order in orders:
        parts = {
            **dict(order.parts),
            "text": digest.of_texts(body for _, body in order.bodies),
            "template": templates.get(order.template, ""),
            "frame of all pages": shells.get(order.shell, ""),
            "configuration": frame,
            "Marbre itself": code,
        }
        where = (order.path, order.kind, order.template, order.here)
        key = digest.of_texts((*where, *parts.values()))
        made.append(Keyed(order, key, {name: part[:SHORT] for name, part in parts.items() if part}))
    return made


def in_place(orders: Iterable[Keyed], ledger: Ledger, output: Path, now: int) -> dict[str, Line]:
    """The files that need not be made: same key, and untouched since (or touched, but the same)."""
    kept = {}
    root = str(output)
    for keyed_ in orders:
        path = keyed_.order.path
        line = ledger.get(path)
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


def render_all(
    orders: Sequence[Keyed], press: Press, engine: Engine
) -> tuple[tuple[Rendered, ...], tuple[Diagnostic, ...]]:
    """Make and stage files; of one mistake that many pages make, the first page's is told."""
    numbered = list(enumerate(keyed_.order for keyed_ in orders))
    outcomes = list(engine.map("render", make, press, numbered))
    problems = {(p.code, p.place): p for o in reversed(outcomes) for p in reversed(o.problems)}
    return tuple(o.file for o in outcomes if o.file), tuple(reversed(problems.values()))


def make(press: Press, numbered: tuple[int, Order]) -> Outcome:
    """Make one file and stage it."""
    number, order = numbered
    kind = press.toolbox.outputs[order.kind]
    named = {path: press.bodies[path] for path, _ in order.bodies}
    job = order.job()
    try:
        made = kind.render(job, press.theme, named)
    except TemplateMistake as mistake:
        return Outcome(None, (mistake.diagnostic,))
    checks = press.toolbox.checks.get(order.kind, ())
    problems = tuple(
        problem for c in checks if isinstance(made, bytes) for problem in c.look(job, made)
    )
    staged = press.staging / str(number)
    file = stage(order.path, made, press.output, staged, anew=press.anew)
    return Outcome(replace(file, problems=problems) if problems else file, problems)
