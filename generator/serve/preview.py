"""A preview, put together: what watches, what builds, what answers."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from generator.model.diagnostic import Stop
from generator.serve import server
from generator.serve.address import host_of, port_of
from generator.serve.app import make_app
from generator.serve.guard import TOOLS, is_loopback
from generator.serve.memory import Memory
from generator.serve.rounds import Round, Rounds
from generator.serve.state import Board
from generator.serve.voice import Voice
from generator.serve.watch import News, Watcher
from generator.serve.workshop import Clock, Outcome, Workshop
from generator.write.manifest import PREVIEW


class Preview:
    """Everything that one `marbre serve` consists of."""

    def __init__(
        self,
        workshop: Workshop,
        listener: socket.socket,
        bind: str,
        voices: Callable[[Workshop], Voice],
        tell: Callable[[Round], None],
        *,
        poll: bool,
    ) -> None:
        self.workshop = workshop
        self.board = Board()
        self._listener = listener
        self._bind = bind
        self._news: News = News()
        self._memory = Memory(workshop.folder, workshop.config_file)
        self._watcher = Watcher(self._memory, self._news, poll=poll)
        self._rounds = Rounds(
            workshop, self._memory, self._watcher.keep_up, self._news, self.board, voices, tell
        )
        self._voices = voices

    @property
    def origin(self) -> str:
        """Where it is served: `http://127.0.0.1:8000`."""
        return self.workshop.origin

    @property
    def desk(self) -> str:
        """The URL of the desk."""
        return self.origin + TOOLS

    @property
    def is_open_to_all(self) -> bool:
        """Whether other machines can see it."""
        return not is_loopback(self._bind)

    def first_build(self, jobs: int) -> Outcome:
        """Build with so many processes, then begin to watch; nothing that changes is missed.

        Processes are forked only here, while there is no other thread.
        """
        self.workshop.jobs = jobs
        outcome = self._rounds.first()
        self.workshop.jobs = 1
        return outcome

    def first_page(self) -> str:
        """The newest draft, else the front page, root-relative."""
        try:
            survey = self.workshop.survey()
        except (OSError, Stop):
            return self.workshop.base_path
        drafts = [a for a in survey.articles if survey.statuses.get(a.path) == "draft"]
        drafts.sort(key=lambda a: (a.date.timestamp() if a.date else 0.0, a.path))
        address = survey.addresses.get(drafts[-1].path, "/") if drafts else "/"
        return self.workshop.base_path + quote(address.removeprefix("/"), safe="/~-._")

    def run(self) -> None:
        """Serve and rebuild until Ctrl-C."""
        app = make_app(self.workshop, self.board, self._voices, self._bind)
        server.run(self._listener, app, self.board, self._watcher, self._rounds, self._news)


def prepare(
    folder: Path,
    config_file: Path | None,
    listener: socket.socket,
    bind: str,
    *,
    clock: Clock,
    voices: Callable[[Workshop], Voice],
    tell: Callable[[Round], None],
    poll: bool = False,
) -> Preview:
    """A preview of a newsletter behind a socket that listens already."""
    port = port_of(listener)
    output = folder / ".cache" / f"{PREVIEW}-{port}"
    origin = f"http://{host_of(bind)}:{port}"
    workshop = Workshop(folder, config_file, output, origin, clock)
    return Preview(workshop, listener, bind, voices, tell, poll=poll)
