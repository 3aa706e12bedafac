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
from watchdog.observers.polling import PollingObserver

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
POLL = 0.3
"""Seconds between two looks at a disk that tells of no events."""

Touched = queue.SimpleQueue[str]


class Watcher(FileSystemEventHandler):
    """Puts the paths of touched files into a queue, relative to the newsletter."""

    def __init__(self, memory: Memory, touched: Touched, *, poll: bool = False) -> None:
        self._memory = memory
        self._folder = memory.folder
        self._touched = touched
        self._observer: BaseObserver = PollingObserver(timeout=POLL) if poll else Observer()
        self._one_at_a_time = threading.Lock()
        self._watches: dict[str, ObservedWatch] = {}
        """By part."""

    def start(self) -> None:
        """Begin; from now on no change is missed. Raises OSError when nothing can be watched."""
        self._observer.schedule(self, str(self._folder), recursive=False, event_filter=EVENTS)
        if self._memory.config and os.path.isabs(self._memory.config):
            home = os.path.dirname(self._memory.config)
            self._observer.schedule(self, home, recursive=False, event_filter=EVENTS)
        self._observer.start()
        self._watch_parts(*PARTS)  # after the newsletter's own folder, so that none can come unseen
        for name in (*PARTS, *NAMES, self._memory.config):  # what changed before we looked
            if name:
                self._touched.put(name)

    def stop(self) -> None:
        """End."""
        self._observer.stop()
        self._observer.join(2)

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
        """Watch `content/` and `templates/` anew: they may have come, gone or come back; the name
        alone does not tell, and a disk gives the same inode twice.
        """
        with self._one_at_a_time:
            for part in parts:
                if part in self._watches:
                    self._observer.unschedule(self._watches.pop(part))
                folder = self._folder / part
                if folder.is_dir():
                    self._watches[part] = self._observer.schedule(
                        self, str(folder), recursive=True, event_filter=EVENTS
                    )
