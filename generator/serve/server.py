"""The preview as a whole: listen, build, watch, serve, until Ctrl-C."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
import threading
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from generator.serve.rounds import STOP, Rounds
from generator.serve.state import Board
from generator.serve.watch import News, Watcher

GRACE = 1
"""Seconds that a download may go on after Ctrl-C."""


class Server(uvicorn.Server):
    """A server whose open connections end when it is asked to."""

    def __init__(self, app: ASGIApp, board: Board) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                http="h11",
                loop="asyncio",
                timeout_graceful_shutdown=GRACE,
                server_header=False,
            )
        )
        self._board = board

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End at once: tabs that wait for news are let go."""
        self._board.close()
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        self._board.open()
        await super().startup(sockets)


def run(
    listener: socket.socket,
    app: ASGIApp,
    board: Board,
    watcher: Watcher,
    rounds: Rounds,
    news: News,
) -> None:
    """Serve and build until SIGINT or SIGTERM."""
    _log_only_our_bugs()
    server = Server(app, board)
    watcher.start()
    threading.Thread(target=rounds.run, name="rounds", daemon=True).start()
    try:
        asyncio.run(server.serve(sockets=[listener]))
    except KeyboardInterrupt:
        return  # the usual end
    finally:
        news.put(STOP)
        watcher.stop()


def _log_only_our_bugs() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(lambda record: not record.getMessage().startswith("Cancel "))
    logger = logging.getLogger("uvicorn")
    logger.handlers = [handler]
    logger.setLevel(logging.ERROR)
    logger.propagate = False
