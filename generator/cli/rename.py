"""`marbre rename`: moves an article, keeps its identity in feeds, leaves a way to it."""

from __future__ import annotations

import os
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import click
from msgspec import Struct, to_builtins
from msgspec.structs import replace

from generator.cli import options
from generator.cli.command import Command
from generator.cli.console import Console
from generator.cli.failure import Refusal
from generator.cli.move import Move, plan_move
from generator.cli.moved import Left, left_behind, mended
from generator.cli.newsletter import Newsletter, open_newsletter, request_of
from generator.content.edit import Unwritable, with_keys
from generator.feeds.identity import guid
from generator.model.article import Article
from generator.model.diagnostic import Diagnostic, Place, error
from generator.survey import Survey, look_over

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}(?:[-_ ]|$)")


class Done(Struct, frozen=True, kw_only=True):
    """What was done."""

    old: str
    new: str
    moved: bool = False
    """Whether it was moved now, or only links were mended after an earlier move."""
    guid: str = ""
    """Identity that was written down; empty when it stood there or nobody has the article yet."""
    alias: str = ""
    """Former address that leads on now, or empty."""
    date: str = ""
    """Date that the name no longer says, or empty."""
    url: str = ""
    """Where the article is, or will be."""
    rewritten: tuple[Left, ...] = ()
    left: tuple[Left, ...] = ()
    """Links that lead nowhere now."""


@click.command("rename", cls=Command)
@click.argument("old", type=click.Path(path_type=Path), metavar="OLD")
@click.argument("new", type=click.Path(), metavar="NEW")
@click.option("--links", is_flag=True)
@options.source
@options.config
@options.as_json
@click.pass_context
def command(
    context: click.Context,
    /,
    old: Path,
    new: str,
    links: bool,
    source: Path | None,
    config: Path | None,
    as_json: bool,
) -> None:
    """Move an article or a page and say what became of its identity, its address and its links."""
    console = context.ensure_object(Console)
    newsletter = open_newsletter(console, source, config)
    request = request_of(newsletter)
    before = look_over(request)
    move = plan_move(old, new, newsletter, before, again=links)
    if move.article in {article.path for article in before.articles}:
        done = _moved(move, newsletter, before)
    else:
        done = Done(old=move.article, new=move.paths[move.article])
    after = look_over(request)
    left = tuple(left_behind(after.articles, _files(after), move.paths))
    if links and left:
        _rewrite(left, newsletter)
        after = look_over(request)
    done = replace(done, rewritten=left) if links else replace(done, left=left)
    if done.new in after.addresses:
        done = replace(done, url=after.site.base.absolute(after.addresses[done.new]))
    problems = _new_problems(before, after, left if not links else ())
    if as_json:
        facts = to_builtins(done)
        console.document({"ok": True, **facts, "diagnostics": console.machine(problems)})
    else:
        _tell(done, console)
    console.complain(problems)


# The move itself


def _moved(move: Move, newsletter: Newsletter, survey: Survey) -> Done:
    article = next(a for a in survey.articles if a.path == move.article)
    was_online = survey.statuses.get(article.path) in ("published", "expired")
    new = move.paths[move.article]
    own = guid(survey.site.identity, article.stem) if was_online and not article.is_page else ""
    keys = {"date": _lost_date(article, new)}
    if not article.guid:
        keys["guid"] = own
    keys = {key: value for key, value in keys.items() if value}
    alias = survey.addresses[article.path] if was_online else ""
    file = newsletter.folder / move.article
    text = _text(file)
    _edited(text, keys, alias, article.path)  # before anything moves: can it be written at all?
    _carry(move)
    target = newsletter.folder / new
    if alias and not _goes_elsewhere(new, alias, newsletter):
        alias = ""
    edited = _edited(text, keys, alias, article.path)
    if edited != text:
        _write(target, edited)
    return Done(
        old=move.article,
        new=new,
        moved=True,
        alias=alias,
        guid=keys.get("guid", ""),
        date=keys.get("date", ""),
    )


def _lost_date(article: Article, new: str) -> str:
    """The date that the old name said, when the new one says none."""
    if article.is_page or "date" in article.places or article.date is None:
        return ""
    path = Path(new)
    stem = path.parent.name if path.name == "index.md" else path.stem
    return "" if _DATED.match(stem) else article.date.date().isoformat()


def _goes_elsewhere(new: str, alias: str, newsletter: Newsletter) -> bool:
    """Whether the article has another address now."""
    return look_over(request_of(newsletter)).addresses.get(new) != alias


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def _edited(text: str, keys: dict[str, str], alias: str, path: str) -> str:
    if not keys and not alias:
        return text
    try:
        return with_keys(text, keys, alias)
    except Unwritable:
        lines = [f"{key}: {value}" for key, value in keys.items()]
        lines += [f"aliases: [{alias}]"] if alias else []
        raise Refusal(error("rename-unwritable", Place(path, 1), lines=" / ".join(lines))) from None


def _carry(move: Move) -> None:
    """Move it; nothing is ever overwritten."""
    move.new.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(os.fspath(move.old), os.fspath(move.new))


def _write(file: Path, text: str) -> None:
    """Replace a file's text, whole or not at all."""
    aside = file.with_name(f".{file.name}.marbre-new")
    aside.write_bytes(text.encode("utf-8"))
    shutil.copymode(file, aside)
    os.replace(aside, file)


# Links


def _files(survey: Survey) -> Iterable[str]:
    return [asset.path for asset in survey.content.assets]


def _rewrite(left: Iterable[Left], newsletter: Newsletter) -> None:
    by_file: dict[str, list[Left]] = defaultdict(list)
    for link in left:
        by_file[link.path].append(link)
    for path, links in by_file.items():
        file = newsletter.folder / path
        text = _text(file)
        made = mended(text, links)
        if made != text:
            _write(file, made)


def _new_problems(before: Survey, after: Survey, left: tuple[Left, ...]) -> tuple[Diagnostic, ...]:
    """What is wrong since; links that were named already are not named again."""
    known = {(p.code, p.values) for p in before.problems}
    named = {(link.path, link.line) for link in left}
    return tuple(
        p
        for p in after.problems
        if (p.code, p.values) not in known and (p.place.path, p.place.line) not in named
    )


# What was done


def _tell(done: Done, console: Console) -> None:
    words = console.words
    console.say(
        words.say("rename.moved" if done.moved else "rename.links", old=done.old, new=done.new)
    )
    for name in ("guid", "alias", "date", "url"):
        if value := getattr(done, name):
            console.say("  " + words.say(f"rename.{name}", value=value))
    for name, links in (("rewritten", done.rewritten), ("left", done.left)):
        if links:
            console.say(words.say(f"rename.{name}", n=len(links)))
            console.say(*(f"  {x.path}:{x.line}  {x.old} → {x.new}" for x in links))
    if done.left:
        command = f"marbre rename {done.old} {done.new} --links"
        console.say(words.say("rename.offer", command=command))
