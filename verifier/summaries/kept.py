"""Verdicts kept between runs, in an SQLite file beside the scores of `cache`.

A verdict holds as long as nothing that it was made of has changed: the claim, the sources (names
and texts), the model, its settings, and this program's own code. So a run with nothing changed asks
neither the model nor the sources' sentences. A file that can't be used costs a warning and time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from verifier.cache import default_folder
from verifier.records import Claim, Evidence, Label, Mismatch, Run, Scores, Source, Verdict

_FILE = "verdicts-1.sqlite"  # another number when what the file holds changes
_PATIENCE = 60.0  # seconds to wait for another process's write


class KeptVerdicts:
    """The verdicts of one model with one policy; see `Verifier.run`."""

    def __init__(self, run: Run, folder: Path | None, warn: Callable[[str], None]) -> None:
        """Keep verdicts in `folder`, by default `cache.default_folder()`; made if need be.

        `warn` is told, in one line, when the file can't be used.
        """
        settings = json.dumps(asdict(run), sort_keys=True, default=str)
        self._base = _digest([_code(), settings])
        self._texts: dict[str, str] = {}
        self._warn = warn
        self._path = (folder or default_folder()) / _FILE
        self._connection: sqlite3.Connection | None = None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, timeout=_PATIENCE)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS verdicts (key TEXT PRIMARY KEY, verdict TEXT NOT NULL) "
                "WITHOUT ROWID"
            )
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def read(self, claims: Iterable[Claim], sources: Sequence[Source]) -> dict[str, Verdict]:
        """Return the verdicts that are known, by the claim's text."""
        if self._connection is None:
            return {}
        by_id = {source.id: source for source in sources}
        group = self._group(sources)
        found = {}
        try:
            for claim in claims:
                key = _digest([group, claim.text])
                query = "SELECT verdict FROM verdicts WHERE key = ?"
                row = self._connection.execute(query, (key,)).fetchone()
                if row is not None:
                    found[claim.text] = _verdict(json.loads(row[0]), claim, by_id)
        except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
            self._give_up(error)
        return found

    def write(self, verdicts: Iterable[Verdict], sources: Sequence[Source]) -> None:
        """Keep the verdicts on claims against `sources`."""
        if self._connection is None:
            return
        group = self._group(sources)
        rows = [(_digest([group, each.claim.text]), _row(each)) for each in verdicts]
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO verdicts VALUES (?,?)", rows)
        except sqlite3.Error as error:
            self._give_up(error)

    def close(self) -> None:
        """Close the file; nothing more is found or kept."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _group(self, sources: Sequence[Source]) -> str:
        """Hash what the verdicts of claims against `sources` rest on, but for the claim."""
        for source in sources:
            if source.id not in self._texts:
                self._texts[source.id] = _digest([source.id, source.text])
        return _digest([self._base, *(self._texts[source.id] for source in sources)])

    def _give_up(self, error: Exception) -> None:
        self.close()
        self._warn(
            f"note: the cache {self._path} can't be used ({error}); going on without it. "
            "If it is damaged, delete it; --cache names another folder, --no-cache does without"
        )


def _row(verdict: Verdict) -> str:
    """Write what a verdict holds beside the claim and the texts of the sources."""
    fields = asdict(verdict)
    del fields["claim"]
    for place in fields["evidence"]:
        del place["text"]
    return json.dumps(fields)


def _verdict(fields: dict[str, Any], claim: Claim, sources: Mapping[str, Source]) -> Verdict:
    evidence = []
    for place in fields.pop("evidence"):
        scores = Scores(**place.pop("scores"))
        mismatches = tuple(Mismatch(**each) for each in place.pop("mismatches"))
        text = sources[place["source"]].text[place["start"] : place["end"]]
        evidence.append(Evidence(**place, text=text, scores=scores, mismatches=mismatches))
    label, scores = Label(fields.pop("label")), Scores(**fields.pop("scores"))
    return Verdict(claim=claim, label=label, scores=scores, evidence=tuple(evidence), **fields)


def _code() -> str:
    """Hash this package's own code: a verdict of another version is another verdict."""
    package = Path(__file__).parent.parent
    digest = sha256()
    for file in sorted(package.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _digest(parts: Iterable[str]) -> str:
    """Hash texts; the lengths tell where one ends and the next begins."""
    digest = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()
