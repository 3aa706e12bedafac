"""The desk's two pages, printed: the overview, and how one article looks elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from generator.model.diagnostic import Stop
from generator.serve.desk import make_desk, url_of
from generator.serve.looks import looks_of
from generator.serve.pages import page_response
from generator.serve.voice import Voice
from generator.serve.workshop import Workshop

ASSETS = Path(__file__).parent / "assets"


class DeskPages:
    """Answers `/_marbre/` and `/_marbre/article`."""

    def __init__(self, workshop: Workshop, voices: Callable[[Workshop], Voice]) -> None:
        self._workshop = workshop
        self._voices = voices
        self._templates = Environment(
            loader=FileSystemLoader(ASSETS),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    async def overview(self, request: Request) -> Response:
        """All articles and the newsletter's health; `q` searches."""
        page = await run_in_threadpool(self._overview, request.query_params.get("q", ""))
        return page_response(page, request)

    async def article(self, request: Request) -> Response:
        """One article as lists, feed readers and shared links show it; `path` names it."""
        page = await run_in_threadpool(self._article, request.query_params.get("path", ""))
        return page_response(page or self._nothing(), request, 200 if page else 404)

    def _overview(self, query: str) -> bytes:
        voice = self._voices(self._workshop)
        try:
            desk = make_desk(self._workshop, voice, query)
        except (Stop, OSError):
            return self._nothing()
        return self._printed("desk.html", voice, desk=desk)

    def _article(self, path: str) -> bytes:
        voice = self._voices(self._workshop)
        try:
            survey = self._workshop.survey()
        except (Stop, OSError):
            return b""
        article = next((a for a in survey.articles if a.path == path), None)
        if article is None:
            return b""
        address = survey.addresses[path]
        host = urlsplit(self._workshop.config.base_url or self._workshop.origin).hostname or ""
        url = survey.site.base.relative(address)
        return self._printed(
            "look.html",
            voice,
            article=article,
            url=url_of(path, survey, self._workshop),
            looks=looks_of(address, url, self._workshop.output, host, self._workshop.origin),
            home=self._workshop.base_path,
            style=survey.site.shell.style,
            lang=voice.lang,
        )

    def _nothing(self) -> bytes:
        voice = self._voices(self._workshop)
        return self._printed("nothing.html", voice, lang=voice.lang)

    def _printed(self, template: str, voice: Voice, **names: object) -> bytes:
        def say(key: str, **values: object) -> str:
            return voice.say(f"desk.{key}", **values)

        text = self._templates.get_template(template).render(say=say, **names)
        return text.encode("utf-8")
