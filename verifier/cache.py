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
from typing import TYPE_CHECKING

from verifier.records import Scores

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from verifier.nli import Backend

_FILE = "scores-1.sqlite"  # another number when what the file holds changes
_PATIENCE = 60.0  # seconds to wait for another process's write


def default_folder() -> Path:
    """Return `VERIFIER_CACHE`, else `verifier` in the user's cache folder (see XDG)."""
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(os.environ.get("VERIFIER_CACHE") or f"{cache}/verifier").expanduser()


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
        self._warn = warn
        self._path = Path(":memory:") if folder is None else folder / _FILE
        self._connection: sqlite3.Connection | None = None
        try:
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
            self._connection = _connect(self._path)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        """Score (evidence, claim) pairs; see `Backend.score`."""
        keys = [_key(self.digest, *pair) for pair in pairs]
        known = self._read(keys)
        self.hits += sum(key in known for key in keys)
        missing = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in known}
        if missing:
            scored = self._backend.score(list(missing.values()))
            fresh = dict(zip(missing, scored, strict=True))
            self._write(fresh)
            known |= fresh
        return [known[key] for key in keys]

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text takes, special tokens not counted."""
        return self._backend.lengths(texts)

    def room(self) -> int:
        """How many tokens evidence and claim may take together, special tokens not counted."""
        return self._backend.room()

    def close(self) -> None:
        """Close the file; scores go on being given, and are no longer kept."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, Scores]:
        if self._connection is None:
            return {}
        query = "SELECT supported, refuted, unknown FROM scores WHERE key = ?"
        try:
            rows = {key: self._connection.execute(query, (key,)).fetchone() for key in keys}
        except sqlite3.Error as error:
            self._give_up(error)
            return {}
        return {key: Scores(*row) for key, row in rows.items() if row}

    def _write(self, fresh: dict[bytes, Scores]) -> None:
        if self._connection is None:
            return
        rows = [(key, s.supported, s.refuted, s.unknown) for key, s in fresh.items()]
        try:
            with self._connection:
                self._connection.executemany("INSERT OR IGNORE INTO scores VALUES (?,?,?,?)", rows)
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self.close()
        self._warn(
            f"note: the cache {self._path} can't be used ({error}); going on without it. "
            "If it is damaged, delete it; --cache names another folder, --no-cache does without"
        )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")  # a power cut may cost scores, not the file
        connection.execute(
            "CREATE TABLE IF NOT EXISTS scores (key BLOB PRIMARY KEY, supported REAL NOT NULL, "
            "refuted REAL NOT NULL, unknown REAL NOT NULL) WITHOUT ROWID"
        )
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _key(digest: str, evidence: str, claim: str) -> bytes:
    """Hash model and texts; the lengths tell where one ends and the next begins."""
    parts = [part.encode("utf-8", "surrogatepass") for part in (digest, evidence, claim)]
    whole = b"".join(b"%d:%b" % (len(part), part) for part in parts)
    return hashlib.sha256(whole).digest()
