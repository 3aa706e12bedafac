"""What a build did, in words: values in, lines out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.cli.dates import say_moment
from generator.cli.present import Paint, columns
from generator.cli.words import Words
from generator.model.report import Held, Report


def summary_line(report: Report, here: Path, words: Words) -> str:
    """`site/ : 84 fichiers écrits, 12 inchangés, 1 retiré en 0,42 s`, as seen from a folder."""
    output = Path(report.output)
    shown = output.relative_to(here) if output.is_relative_to(here) else output
    return words.say(
        "built.line",
        output=f"{shown.as_posix().rstrip('/')}/",
        written=words.say("built.written", n=len(report.written)),
        unchanged=words.say("built.unchanged", n=report.unchanged),
        removed=words.say("built.removed", n=len(report.removed)),
        seconds=words.number(report.seconds, 2),
    )


def path_lines(report: Report, words: Words, paint: Paint, *, reasons: bool) -> list[str]:
    """Every file that was written (with what had changed) or removed, one a line."""
    why = dict(report.why) if reasons else {}
    told = {path: paint("dim", f"  ({reason(why[path], words)})") for path in why}
    removed = [paint("warning", f"- {path}") for path in report.removed]
    written = (f"{paint('good', '+')} {path}{told.get(path, '')}" for path in report.written)
    return [*written, *removed]


def reason(parts: str, words: Words) -> str:
    """What had changed, for people; a part that a plugin names is shown as it is."""
    names = parts.split(", ") if parts else ["new"]
    return ", ".join(words.say(f"why.{n}") if words.has(f"why.{n}") else n for n in names)


def held_lines(held: Sequence[Held], zone: ZoneInfo, words: Words, paint: Paint) -> list[str]:
    """Every article that is not online, with its reason and its date."""
    if not held:
        return []
    width = max(columns(article.path) for article in held)
    lines = [words.say("held.title", n=len(held))]
    for article in held:
        gap = " " * (width - columns(article.path))
        lines.append(f"  {article.path}{gap}  {paint('dim', held_reason(article, zone, words))}")
    return lines


def held_reason(held: Held, zone: ZoneInfo, words: Words) -> str:
    """`programmé : paraîtra le 12 mai 2026 à 8 h`."""
    dated = f"held.{held.status}"
    if held.date is None or held.status == "draft":
        return words.say(f"status.{held.status}")
    return words.say(dated, moment=say_moment(held.date, zone, words))
