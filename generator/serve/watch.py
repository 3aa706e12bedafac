"""Watch what the site is made from, and nothing that we write."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator
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
from generator.serve.memory import PARTS, Memory, shown

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

Touched = queue.SimpleQueue[str]


class Watcher(FileSystemEventHandler):
    """Puts the paths of touched files into a queue, relative to the newsletter."""

    def __init__(self, memory: Memory, touched: Touched, *, poll: bool = False) -> None:
        self._memory = memory
        self._folder = memory.folder
        self._touched = touched
        self._observer: BaseObserver | None = None if poll else Observer()
        self._ended = threading.Event()
        self._one_at_a_time = threading.Lock()
        self._watches: dict[str, ObservedWatch] = {}
        """By part."""

    def start(self) -> None:
        """Begin; from now on no change is missed. Raises OSError when nothing can be watched."""
        if self._observer is None:
            threading.Thread(target=self._look_again, daemon=True).start()
            return
        self._watch(self._observer, self._folder, recursive=False)
        if self._memory.config and os.path.isabs(self._memory.config):
            self._watch(self._observer, Path(self._memory.config).parent, recursive=False)
        self._observer.start()
        self._watch_parts(*PARTS)  # after the newsletter's own folder, so that none can come unseen
        self._touch_all()  # what changed before we looked

    def stop(self) -> None:
        """End."""
        self._ended.set()
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(2)

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
                self._touched.put(name)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note what was touched; called on the observer's thread."""
        for path in self._paths(event):
            if path in PARTS:
                self._watch_parts(path)
            if path in PARTS or self._memory.concerns(path):
                self._touched.put(path)

    def _paths(self, event: FileSystemEvent) -> Iterator[str]:
        for raw in (event.src_path, event.dest_path):
            if raw:
                yield shown(Path(os.fsdecode(raw)), self._folder)

    def _watch_parts(self, *parts: str) -> None:
        """Watch `content/`, `templates/` and `locales/` anew: they may have come, gone or come
        back; the name alone does not tell, and a disk gives the same inode twice.
        """
        observer = self._observer
        assert observer is not None
        with self._one_at_a_time:
            for part in parts:
                if part in self._watches:
                    observer.unschedule(self._watches.pop(part))
                if (self._folder / part).is_dir():
                    self._watches[part] = self._watch(observer, self._folder / part, recursive=True)

    def _watch(self, observer: BaseObserver, folder: Path, *, recursive: bool) -> ObservedWatch:
        return observer.schedule(self, str(folder), recursive=recursive, event_filter=EVENTS)
