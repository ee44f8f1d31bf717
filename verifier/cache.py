"""Scores kept between runs, in an SQLite file in the user's cache folder.

What is kept is what the model said, before any calibration: temperature and thresholds may change
and the scores still hold. Several processes may use the file at once. A file that can't be used
costs a warning and time, never a run.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verifier.records import Scores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from verifier.nli import Backend

_FILE = "scores-1.sqlite"  # another number when what the file holds changes
_PATIENCE = 60.0  # seconds to wait for another process's write


def default_folder() -> Path:
    """Return `VERIFIER_CACHE`, else `verifier` in the user's cache folder (see XDG)."""
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(os.environ.get("VERIFIER_CACHE") or f"{cache}/verifier").expanduser()


def key(*parts: str) -> bytes:
    """Hash texts; the lengths tell where one ends and the next begins."""
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    whole = b"".join(b"%d:%b" % (len(part), part) for part in encoded)
    return hashlib.sha256(whole).digest()


class Store:
    """A table of rows by key, in an SQLite file; once that can't be used, it holds nothing."""

    def __init__(
        self, path: Path | None, table: Mapping[str, Sequence[str]], warn: Callable[[str], None]
    ) -> None:
        """Open the file, in a folder that is made if need be; None: in memory.

        `table` has one item: its name, and its columns in the terms of SQL. `warn` is told, in one
        line, when the file can't be used.
        """
        ((self._table, columns),) = table.items()
        self._path = path or Path(":memory:")
        self._warn = warn
        self._connection: sqlite3.Connection | None = None
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, timeout=_PATIENCE)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")  # a power cut may cost rows
            self._connection.execute(
                f"CREATE TABLE IF NOT EXISTS {self._table} "
                f"(key BLOB PRIMARY KEY, {', '.join(columns)}) WITHOUT ROWID"
            )
            names = ", ".join(["key", *(column.split()[0] for column in columns)])
            self._select = f"SELECT {names} FROM {self._table} WHERE key = ?"  # noqa: S608 - our names
            self._connection.execute(self._select, (b"",))
        except (OSError, sqlite3.Error) as error:
            self.give_up(error)

    def read(self, keys: Iterable[bytes]) -> dict[bytes, tuple[Any, ...]]:
        """Return the rows, without their keys, that are there."""
        if self._connection is None:
            return {}
        try:
            found = [self._connection.execute(self._select, (key,)).fetchone() for key in keys]
        except sqlite3.Error as error:
            self.give_up(error)
            return {}
        return {row[0]: row[1:] for row in found if row}

    def write(self, rows: Mapping[bytes, Sequence[object]]) -> None:
        """Put rows in, over those of the same keys."""
        if self._connection is None or not rows:
            return
        marks = ",".join("?" * (1 + len(next(iter(rows.values())))))
        insert = f"INSERT OR REPLACE INTO {self._table} VALUES ({marks})"  # noqa: S608 - as above
        try:
            with self._connection:
                self._connection.executemany(insert, [(key, *row) for key, row in rows.items()])
        except sqlite3.Error as error:
            self.give_up(error)

    def give_up(self, error: Exception) -> None:
        """Close the file and say why."""
        self.close()
        self._warn(
            f"note: the cache {self._path} can't be used ({error}); going on without it. "
            "If it is damaged, delete it; --cache names another folder, --no-cache does without"
        )

    def close(self) -> None:
        """Close the file; nothing more is found or kept."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None


class CachedBackend:
    """A `Backend` that asks another one only for pairs that it hasn't scored before."""

    def __init__(self, backend: Backend, folder: Path | None, warn: Callable[[str], None]) -> None:
        """Keep `backend`'s scores in `folder`, which is made if need be; None: in memory.

        `warn` is told, in one line, when the cache can't be used; scoring goes on without it.
        """
        self.name = backend.name
        self.digest = backend.digest
        self.hits = 0
        """How many pairs were found rather than scored."""
        self._backend = backend
        columns = [f"{label} REAL NOT NULL" for label in ("supported", "refuted", "unknown")]
        self._store = Store(folder and folder / _FILE, {"scores": columns}, warn)

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        """Score (evidence, claim) pairs; see `Backend.score`."""
        keys = [key(self.digest, *pair) for pair in pairs]
        known = {each: Scores(*row) for each, row in self._store.read(keys).items()}
        self.hits += sum(each in known for each in keys)
        missing = {k: pair for k, pair in zip(keys, pairs, strict=True) if k not in known}
        if missing:
            scored = self._backend.score(list(missing.values()))
            fresh = dict(zip(missing, scored, strict=True))
            self._store.write({k: (s.supported, s.refuted, s.unknown) for k, s in fresh.items()})
            known |= fresh
        return [known[each] for each in keys]

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text takes, special tokens not counted."""
        return self._backend.lengths(texts)

    def room(self) -> int:
        """How many tokens evidence and claim may take together, special tokens not counted."""
        return self._backend.room()

    def close(self) -> None:
        """Close the file; scores go on being given, and are no longer kept."""
        self._store.close()
