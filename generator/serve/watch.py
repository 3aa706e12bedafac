"""Watch what the site is made from, and nothing that we write."""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from generator.config.read import NAMES
from generator.serve.links import Mount
from generator.serve.memory import PARTS, Memory, shown
from generator.serve.workshop import Outcome

EVENTS: list[type[FileSystemEvent]] = [
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
"""Those that may mean a change; opening and reading a file are events too."""
POLL = 0.4
"""Seconds between two looks at a disk that tells of no events."""

News = queue.SimpleQueue[str | Outcome]
"""Paths that were touched, and how builds went: all that the rounds wait for."""


class Watcher(FileSystemEventHandler):
    """Puts the paths of touched files among the news, as they are known in the newsletter."""

    def __init__(self, memory: Memory, news: News, *, poll: bool = False) -> None:
        self._memory = memory
        self._folder = memory.folder
        self._news = news
        self._observer: BaseObserver | None = None if poll else Observer()
        self._ended = threading.Event()
        self._mounts: tuple[Mount, ...] = ()
        self._watches: dict[str, ObservedWatch] = {}
        """By folder on disk."""

    def start(self) -> None:
        """Begin; from now on no change is missed. Raises OSError when nothing can be watched."""
        if self._observer is None:
            threading.Thread(target=self._look_again, daemon=True).start()
            return
        self._watch(self._observer, str(self._folder), recursive=False)
        if self._memory.config and os.path.isabs(self._memory.config):
            self._watch(self._observer, str(Path(self._memory.config).parent), recursive=False)
        self._observer.start()
        self.keep_up(PARTS)  # after the newsletter's own folder, so that none can come unseen
        self._touch_all()  # what changed before we looked

    def stop(self) -> None:
        """End."""
        self._ended.set()
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(2)

    def keep_up(self, touched: Collection[str]) -> None:
        """Watch the right folders after some paths were touched: parts of the newsletter, and
        folders behind links, come and go.

        Never called on the observer's thread, which holds a lock of its own meanwhile.
        """
        observer = self._observer
        if observer is None or all(map(self._memory.is_plain, touched)):
            return
        old = {mount.shown: mount for mount in self._mounts}
        self._mounts = self._memory.mounts()
        anew = {m.real for m in self._mounts if m.shown in touched or old.get(m.shown) != m}
        wanted = dict(_folders(self._mounts, self._folder))
        for folder in [f for f in self._watches if f not in wanted or f in anew]:
            observer.unschedule(self._watches.pop(folder))
        for folder, recursive in wanted.items():
            if folder not in self._watches:
                with contextlib.suppress(OSError):  # gone again: that will be an event
                    self._watches[folder] = self._watch(observer, folder, recursive=recursive)

    def _look_again(self) -> None:
        """Where a disk tells of nothing, everything may have been touched, again and again; the
        memory knows what was. It sees each file as it is: two snapshots of which one misses a file
        that came and went (watchdog's way of polling) would disagree with it.
        """
        while not self._ended.wait(POLL):
            self._touch_all()

    def _touch_all(self) -> None:
        for name in (*PARTS, *NAMES, self._memory.config):
            if name:
                self._news.put(name)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note what was touched; called on the observer's thread."""
        for raw in (event.src_path, event.dest_path):
            for path in self._names(os.fsdecode(raw)) if raw else ():
                if path in PARTS or self._memory.concerns(path):
                    self._news.put(path)

    def _names(self, file: str) -> Iterator[str]:
        """What a file on disk is called in the newsletter: links can give it several names."""
        yield shown(Path(file), self._folder)
        for mount in self._mounts:
            if file == mount.real:
                yield mount.shown
            elif file.startswith(f"{mount.real}/"):
                yield mount.shown + file.removeprefix(mount.real)

    def _watch(self, observer: BaseObserver, folder: str, *, recursive: bool) -> ObservedWatch:
        return observer.schedule(self, folder, recursive=recursive, event_filter=EVENTS)


def _folders(mounts: Iterable[Mount], newsletter: Path) -> Iterator[tuple[str, bool]]:
    """The folders to watch so that all mounts are, and whether with everything below them."""
    whole = {mount.real for mount in mounts if mount.is_folder}
    alone = {os.path.dirname(mount.real) for mount in mounts if not mount.is_folder}
    home = os.path.realpath(newsletter)  # watched from the start

    def is_watched(folder: str) -> bool:
        return any(str(above) in whole for above in Path(folder).parents)

    yield from ((folder, True) for folder in sorted(whole) if not is_watched(folder))
    for folder in sorted(alone - whole):
        if os.path.isdir(folder) and folder != home and not is_watched(folder):
            yield folder, False
