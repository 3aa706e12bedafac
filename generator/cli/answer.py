"""What becomes of one file of a newsletter: a value, and the sentences that tell it."""

from __future__ import annotations

import posixpath
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.cli.dates import say_moment
from generator.cli.words import Words
from generator.model.article import Article
from generator.model.diagnostic import Diagnostic
from generator.model.report import Status

if TYPE_CHECKING:
    from generator.survey import Survey

Fate = (
    Status
    | Literal["broken", "copied", "beside", "ignored", "config", "theme", "output", "elsewhere"]
)


class Answer(Struct, frozen=True):
    """Whether a file is online, where, and why not."""

    path: str
    fate: Fate
    """A status, or what else becomes of the file."""
    online: bool = False
    title: str = ""
    address: str = ""
    """Where it is, or would be, on the site."""
    url: str = ""
    date: datetime | None = None
    expires: datetime | None = None
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    beside: str = ""
    """Source path of the article that is held back and this file with it."""
    problems: tuple[Diagnostic, ...] = ()
    """What is wrong with it."""


def answer(path: str, survey: Survey, *, config: str, output: str) -> Answer:
    """Find out what becomes of a file, by its path in the newsletter's folder."""
    problems = tuple(p for p in survey.problems if p.place.path == path)
    article = next((a for a in survey.articles if a.path == path), None)
    if article is not None:
        return _of_article(article, survey, problems)
    copy = next((c for c in survey.site.copies if c.asset.path == path), None)
    if copy is not None:
        url = survey.site.base.absolute(copy.address)
        return Answer(path, "copied", online=True, address=copy.address, url=url)
    if any(problem.severity == "error" for problem in problems):
        return Answer(path, "broken", problems=problems)
    if path == config:
        return Answer(path, "config", problems=problems)
    owner = _held_owner(path, survey)
    if owner:
        return Answer(path, "beside", beside=owner)
    return Answer(path, _by_folder(path, output))


def sentences(answer: Answer, zone: ZoneInfo, words: Words) -> list[str]:
    """Tell it: whether and why, then where, then by what other names."""
    return [*_verdict(answer, zone, words), *_facts(answer, words)]


def _of_article(article: Article, survey: Survey, problems: tuple[Diagnostic, ...]) -> Answer:
    status = survey.statuses[article.path]
    broken = any(problem.severity == "error" for problem in problems)
    address = survey.addresses.get(article.path, "")
    return Answer(
        path=article.path,
        fate="broken" if broken else status,
        online=status == "published" and not broken,
        title=article.title,
        address=address,
        url=survey.site.base.absolute(address) if address else "",
        date=article.date,
        expires=article.expires,
        tags=article.tags,
        aliases=article.aliases,
        problems=problems,
    )


def _held_owner(path: str, survey: Survey) -> str:
    """The article of the innermost bundle that a file lies in, if it is held back."""
    bundles = {posixpath.dirname(a.path): a.path for a in survey.articles if a.is_bundle}
    folder = posixpath.dirname(path)
    while folder and folder not in bundles:
        folder = posixpath.dirname(folder)
    owner = bundles.get(folder, "")
    return owner if owner and survey.statuses[owner] != "published" else ""


def _by_folder(path: str, output: str) -> Fate:
    if path.startswith("content/"):
        return "ignored"
    if path.startswith("templates/"):
        return "theme"
    return "output" if path.startswith(f"{output}/") else "elsewhere"


def _verdict(answer: Answer, zone: ZoneInfo, words: Words) -> list[str]:
    date = say_moment(answer.date, zone, words) if answer.date else ""
    until = say_moment(answer.expires, zone, words) if answer.expires else ""
    expiry = [words.say("explain.until", moment=until)] if until else []
    match answer.fate:
        case "published" if not date:
            return [words.say("explain.undated"), *expiry]
        case "published" | "scheduled":
            return [words.say(f"explain.{answer.fate}", moment=date), *expiry]
        case "draft":
            then = [words.say("explain.then", moment=date)] if date else []
            return [words.say("explain.draft"), *then]
        case "expired":
            return [words.say("explain.expired", moment=until)]
        case "beside":
            return [words.say("explain.beside", path=answer.beside)]
        case _:
            return [words.say(f"explain.{answer.fate}")]


def _facts(answer: Answer, words: Words) -> list[str]:
    colon = words.say("colon")
    where = "address" if answer.online else "was" if answer.fate == "expired" else "will-be"
    facts = (
        (words.say(f"explain.{where}"), answer.url),
        (words.say("explain.tags"), ", ".join(answer.tags)),
        (words.say("explain.aliases"), ", ".join(answer.aliases)),
    )
    return [f"{name}{colon} {value}" for name, value in facts if value]
