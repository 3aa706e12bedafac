"""`marbre serve`: the newsletter while it is being written."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from generator.cli import options
from generator.cli.command import Command
from generator.cli.console import Console
from generator.cli.failure import Refusal
from generator.cli.newsletter import now, open_newsletter
from generator.cli.present import count_line, notices
from generator.cli.speaker import Speaker
from generator.cli.words import Words
from generator.model.diagnostic import error

if TYPE_CHECKING:
    from generator.serve.preview import Preview
    from generator.serve.rounds import Round
    from generator.serve.workshop import Outcome, Workshop

PORT = 8000


@click.command("serve", cls=Command)
@options.source
@options.config
@click.option("-p", "--port", type=click.IntRange(min=0, max=65_535), metavar="PORT", default=PORT)
@click.option("--bind", metavar="ADDRESS", default="127.0.0.1")
@click.option("--open", "open_browser", is_flag=True)
@click.option("--poll", is_flag=True)
@click.pass_obj
def command(
    console: Console,
    /,
    source: Path | None,
    config: Path | None,
    port: int,
    bind: str,
    open_browser: bool,
    poll: bool,
) -> None:
    """Build, serve, and rebuild what changes until Ctrl-C."""
    newsletter = open_newsletter(console, source, config)
    clock(newsletter.zone)  # says now, not after every change, when SOURCE_DATE_EPOCH is no time
    from generator.engine.engine import processors
    from generator.serve.preview import prepare

    listener = _listen(console, bind, port)
    preview = prepare(
        newsletter.folder,
        newsletter.config_file,
        listener,
        bind,
        clock=clock,
        voices=_voice,
        tell=lambda round_: _tell(round_, console),
        poll=poll,
    )
    started = time.perf_counter()
    outcome = preview.first_build(processors())
    _greet(preview, outcome, time.perf_counter() - started, console)
    if open_browser:
        _open(preview.origin + preview.first_page())
    preview.run()
    console.say("", console.words.say("serve.stopped"))


def _open(url: str) -> None:
    """Open the browser (that of the variable BROWSER, or the system's), which may take its time."""
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def clock(zone: ZoneInfo) -> datetime:
    """What time it is for the preview: SOURCE_DATE_EPOCH, else the clock."""
    return now(None, zone, os.environ)


def _voice(workshop: Workshop) -> Speaker:
    return Speaker(Words(workshop.config.language), ZoneInfo(workshop.config.timezone))


def _listen(console: Console, bind: str, port: int) -> socket.socket:
    from generator.serve.address import listen, port_of

    try:
        listener = listen(bind, port)
    except (OSError, OverflowError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise Refusal(error("preview-port", bind=bind, port=port, reason=reason)) from None
    if port and port_of(listener) != port:
        numbers = {"port": str(port), "other": str(port_of(listener))}
        console.tell(console.words.say("serve.taken", **numbers))
    return listener


def _greet(preview: Preview, outcome: Outcome, seconds: float, console: Console) -> None:
    """Where the preview is, and how its first build went."""
    words = console.words
    console.complain(outcome.problems if outcome.failed else ())
    url = preview.origin + preview.workshop.base_path
    console.say(words.say("serve.ready", url=console.paint("title", url), desk=preview.desk))
    if preview.is_open_to_all:
        from generator.serve.code import terminal_code

        console.tell(console.paint_error("warning", words.say("serve.open-to-all")))
        console.say(words.say("serve.phone"), *terminal_code(url))
    if outcome.failed:
        console.say(words.say("serve.broken"))
    else:
        taken = words.number(seconds, 2)
        console.say(words.say("serve.built", n=outcome.articles, seconds=taken))


def _tell(round_: Round, console: Console) -> None:
    """One quiet line for a change; every mistake of a build that failed."""
    words, outcome = console.words, round_.outcome
    facts = {"changed": _changed(round_.changed, words), "ms": round(outcome.seconds * 1000)}
    hour = console.paint("dim", time.strftime("%H:%M:%S"))
    if outcome.failed:
        console.complain(outcome.problems)
        errors = count_line(notices(outcome.problems, words), words)
        console.say(f"{hour} {words.say('serve.failed', errors=errors, **facts)}")
        return
    made = (*outcome.written, *outcome.removed)
    if made:
        line = words.say("serve.round", pages=_made(made, words), **facts)
    else:
        line = words.say("serve.same", **facts)
    console.say(f"{hour} {words.say('serve.mended', round=line) if round_.mended else line}")


def _changed(paths: tuple[str, ...], words: Words) -> str:
    if not paths:
        return words.say("serve.due")
    first, others = paths[0], len(paths) - 1
    return words.say("serve.more", first=first, n=others) if others else first


def _made(paths: Iterable[str], words: Words) -> str:
    all_ = tuple(paths)
    pages = sum(1 for path in all_ if path.endswith(".html"))
    text = words.say("serve.pages", n=pages)
    others = len(all_) - pages
    return words.say("serve.files", pages=text, n=others) if others else text
