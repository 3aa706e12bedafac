"""Parsed articles, kept between builds: what planning needs apart from the bodies.

One SQLite file of JSON records, each sealed by a digest; never pickle. A record that does
not verify is as good as none, so the file may come from anywhere (a CI cache, another machine).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import NamedTuple

from generator.engine import digest
from generator.engine.signature import Signature

SCHEMA = 1
_TABLES = f"""
PRAGMA user_version = {SCHEMA};
CREATE TABLE IF NOT EXISTS page (
  path TEXT PRIMARY KEY, size INT, mtime INT, ctime INT, inode INT,
  source TEXT, context TEXT, seal TEXT, record BLOB
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS body (digest TEXT PRIMARY KEY, record BLOB) WITHOUT ROWID;
"""


class Kept(NamedTuple):
    """What is kept of one source file."""

    signature: Signature
    source: str
    """Digest of the file's bytes."""
    record: bytes
    """Encoded metadata."""


class Shelf:
    """The records of one newsletter; where nothing may be written they last as long as this."""

    def __init__(self, file: Path) -> None:
        self.damaged = False
        self.file = file
        self._process = os.getpid()
        self._inherited: sqlite3.Connection | None = None
        self._connection = self._open()
        self._has_file = bool(self._rows("PRAGMA database_list", ())[0][2])
        self._known: set[str] = set()
        """Source paths that were asked for and found."""
        self._changed = False

    def pages(self, context: str) -> dict[str, Kept]:
        """What is kept of each source path in a context; what does not verify is left out."""
        rows = self._rows(
            "SELECT path, size, mtime, ctime, inode, source, seal, record"
            " FROM page WHERE context = ?",
            (context,),
        )
        self._known.update(row[0] for row in rows)
        return {row[0]: Kept(row[1:5], row[5], row[7]) for row in rows if _is(row[7], row[6])}

    def seen(self, context: str) -> dict[str, tuple[Signature, str]]:
        """Signature and digest of the bytes of each source file that is kept in a context."""
        rows = self._rows(
            "SELECT path, source, size, mtime, ctime, inode FROM page WHERE context = ?", (context,)
        )
        return {row[0]: (row[2:], row[1]) for row in rows if isinstance(row[1], str)}

    def records(self, context: str, paths: Iterable[str]) -> dict[str, bytes]:
        """The records of a few source paths in a context; what does not verify is left out."""
        query = "SELECT record, seal FROM page WHERE path = ? AND context = ?"
        found = {}
        for path in paths:
            for record, seal in self._rows(query, (path, context)):
                if _is(record, seal):
                    found[path] = record
        return found

    def body(self, wanted: str) -> bytes | None:
        """The encoded body of a digest, if it is there and is what it is called."""
        rows = self._rows("SELECT record FROM body WHERE digest = ?", (wanted,))
        return rows[0][0] if rows and _is(rows[0][0], wanted) else None

    def keep(
        self,
        context: str,
        pages: Iterable[tuple[str, Signature, str, bytes]],
        bodies: Mapping[str, bytes],
    ) -> None:
        """Keep (path, signature, source digest, record) of pages, and bodies by digest, so that
        other processes can see them.
        """
        self._write(
            "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (path, *signature, source, context, digest.of_bytes(record), record)
                for path, signature, source, record in pages
            ),
        )
        self._write("INSERT OR REPLACE INTO body VALUES (?, ?)", bodies.items())
        self._commit()

    def forget_all_but(self, paths: Set[str], bodies: Set[str]) -> None:
        """Bound the file to what the newsletter still has."""
        if not self._changed and self._known <= paths:
            return
        for table, column, kept in (("page", "path", paths), ("body", "digest", bodies)):
            there = {row[0] for row in self._rows(f"SELECT {column} FROM {table}", ())}
            gone = ((name,) for name in there - kept)
            self._write(f"DELETE FROM {table} WHERE {column} = ?", gone)

    def forget_bodies(self, digests: Iterable[str]) -> None:
        """Let go of bodies that nothing needs any more."""
        self._write("DELETE FROM body WHERE digest = ?", [(sum_,) for sum_ in digests])

    def close(self) -> None:
        """Make it durable and let go of the file."""
        self._commit()
        self._connection.close()

    def _commit(self) -> None:
        with contextlib.suppress(sqlite3.DatabaseError):
            self._connection.commit()

    def _open(self) -> sqlite3.Connection:
        for _ in range(2):
            try:
                self.file.parent.mkdir(exist_ok=True)
                connection = sqlite3.connect(self.file)
                (version,) = connection.execute("PRAGMA user_version").fetchone()
                if version not in (0, SCHEMA):
                    raise sqlite3.DatabaseError
                connection.execute("PRAGMA synchronous = OFF")  # a cache may be lost, not wait
                connection.execute("PRAGMA journal_mode = MEMORY")
                connection.executescript(_TABLES)
                connection.execute("SELECT count(*) FROM page").fetchone()
            except (sqlite3.OperationalError, OSError):  # nothing may be written here
                return self._in_memory()
            except sqlite3.DatabaseError:
                self.damaged = True
                self.file.unlink(missing_ok=True)
            else:
                return connection
        return self._in_memory()

    def _reopen(self) -> None:
        """In a forked process: a connection of its own. The inherited one must be neither used nor
        closed there (sqlite.org/howtocorrupt.html, 2.6), unless it has no file.
        """
        self._process = os.getpid()
        if self._has_file:
            self._inherited, self._connection = self._connection, sqlite3.connect(self.file)

    @staticmethod
    def _in_memory() -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:")
        connection.executescript(_TABLES)
        return connection

    def _rows(self, query: str, values: tuple[str, ...]) -> list[tuple]:  # type: ignore[type-arg]
        try:
            if self._process != os.getpid():
                self._reopen()
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError:
            self.damaged = True
            return []

    def _write(self, statement: str, rows: Iterable[tuple]) -> None:  # type: ignore[type-arg]
        try:
            self._changed |= self._connection.executemany(statement, rows).rowcount > 0
        except sqlite3.DatabaseError:
            self.damaged = True


def _is(record: object, sum_: str) -> bool:
    return isinstance(record, bytes) and digest.of_bytes(record) == sum_
