"""The preview as a web application: the site, our tools beside it, and the guard before both."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from generator.serve.desk_pages import DeskPages
from generator.serve.files import find
from generator.serve.guard import TOOLS, Guard
from generator.serve.pages import Pages, file_response
from generator.serve.state import Board
from generator.serve.voice import Voice
from generator.serve.workshop import Workshop

ASSETS = Path(__file__).parent / "assets"


def make_app(
    workshop: Workshop, board: Board, voices: Callable[[Workshop], Voice], bind: str
) -> Starlette:
    """Everything that the preview answers."""
    pages, desk = Pages(workshop), DeskPages(workshop, voices)
    return Starlette(
        routes=[
            Route(f"{TOOLS}events", _events(board)),
            Route(f"{TOOLS}status", _status(board)),
            Route(TOOLS, desk.overview),
            Route(f"{TOOLS}article", desk.article),
            Route(TOOLS + "{name:path}", _asset),
            Route("/{path:path}", pages.__call__),
        ],
        middleware=[Middleware(Guard, bind=bind)],
    )


def _events(board: Board) -> Callable[[Request], Awaitable[Response]]:
    async def events(request: Request) -> Response:
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(board.follow(), headers=headers, media_type="text/event-stream")

    return events


def _status(board: Board) -> Callable[[Request], Awaitable[Response]]:
    async def status(request: Request) -> Response:
        """For scripts: how many builds there were, how the last went, how many pages listen."""
        state = board.state
        number, ok = (state.number, state.ok) if state else (0, False)
        return JSONResponse({"number": number, "ok": ok, "listeners": board.listeners})

    return status


async def _asset(request: Request) -> Response:
    found = find(ASSETS, request.path_params["name"])
    if found.kind != "file":
        return PlainTextResponse("Not found.\n", 404)
    return file_response(found.file, found, request)
