"""Findings that a team has accepted, in a file that is kept with the summaries.

An entry is keyed by the words of the claim and its label, never by file or line: a sentence that
moves stays accepted, one whose verdict changes does not. The file speaks of one model's findings.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from verifier.errors import InputError
from verifier.records import Check, Label, Run, Suppression
from verifier.safe import one_line
from verifier.summaries.suppress import parse_date
from verifier.verbatim import normalise

FILE = "verifier-baseline.json"
_VERSION = 1


def fingerprint(claim: str, label: Label) -> str:
    """Hash a claim's words, in the form in which equal words are equal, and its label."""
    words = normalise(claim) or claim
    return sha256(f"{words}\n{label}".encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted finding."""

    fingerprint: str
    label: Label
    claim: str
    """As it was judged; for people to read."""
    summary: str
    """Where it stood, from the file's folder; with it a run of a few summaries knows what it has
    not seen."""
    reason: str = ""
    """For people to write."""
    expires: str | None = None
    """ISO date, the last day on which it counts; for people to write."""

    def suppression(self) -> Suppression:
        """Return the record that a suppressed finding carries."""
        return Suppression("baseline", self.reason, self.expires)

    def __str__(self) -> str:
        return f"{self.label}, {self.summary}: {one_line(self.claim)}"


@dataclass(frozen=True, slots=True)
class Baseline:
    """The accepted findings of one model."""

    path: Path
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """By fingerprint."""
    digest: str | None = None
    """Of the model; None: the file isn't written yet."""

    def check_model(self, run: Run) -> None:
        """Raise InputError where the findings are those of another model than this run's."""
        if self.digest not in {None, run.digest}:
            raise InputError(
                f"{self.path}: made by another model ({str(self.digest)[:12]}, not "
                f"{run.digest[:12]}); look at this one's findings, then run --update-baseline"
            )

    def unused(self, seen: Collection[str], checked: Collection[str]) -> list[Entry]:
        """Return the entries whose finding is gone.

        `seen` are the fingerprints of a run, `checked` the ids of its summaries. What stood in a
        summary that exists and that the run didn't check is not known to be gone.
        """
        names = {self._name(summary) for summary in checked}
        return [
            entry
            for key, entry in self.entries.items()
            if key not in seen and (entry.summary in names or not self._exists(entry))
        ]

    def updated(self, checks: Iterable[Check], checked: Collection[str], run: Run) -> Baseline:
        """Return a baseline that has each failing check, and no entry whose finding is gone.

        Reasons and dates of the entries that stay are kept. `checks` are those of a run without a
        baseline, `checked` the ids of its summaries. Raises InputError where entries of another
        model would stay: those of summaries that the run didn't check.
        """
        # Of several with the same words the first counts, and one that no comment covers before it.
        found: dict[str, Check] = {}
        for check in sorted(checks, key=lambda check: check.suppression is not None):
            found.setdefault(check.fingerprint, check)
        gone = {entry.fingerprint for entry in self.unused(found, checked)}
        entries = {key: entry for key, entry in self.entries.items() if key not in gone}
        if self.digest not in {None, run.digest}:
            entry = next((entry for key, entry in entries.items() if key not in found), None)
            if entry:
                raise InputError(
                    f"{self.path}: made by another model, and {entry.summary} wasn't checked now; "
                    "--update-baseline with all the summaries that it speaks of"
                )
        names = {self._name(summary) for summary in checked}
        for key, check in found.items():
            summary = self._name(check.statement.summary)
            old = entries.get(key)
            if check.suppression is not None:
                entries.pop(key, None)  # a comment in the summary says it already
            elif old is None and check.fails:
                entries[key] = Entry(key, check.verdict.label, check.statement.claim, summary)
            elif old is not None and (old.summary in names or not self._exists(old)):
                entries[key] = replace(old, claim=check.statement.claim, summary=summary)
        return Baseline(self.path, entries, run.digest)

    def render(self) -> str:
        """Return the file's text; the same entries give the same bytes."""
        order = sorted(self.entries.values(), key=lambda e: (e.summary, e.claim, e.fingerprint))
        content = {
            "version": _VERSION,
            "digest": self.digest,
            "entries": [asdict(entry) for entry in order],
        }
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

    def _name(self, summary: str) -> str:
        return Path(os.path.relpath(summary, self.path.parent)).as_posix()

    def _exists(self, entry: Entry) -> bool:
        return (self.path.parent / entry.summary).exists()


def read_baseline(path: Path) -> Baseline:
    """Read a file of `Baseline.render`, reasons and dates edited by hand or not.

    Raises InputError, with the entry, for what isn't of that form.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"{path}: the baseline can't be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON: {error}") from error
    if not isinstance(content, dict) or content.get("version") != _VERSION:
        raise InputError(
            f"{path}: not a baseline of version {_VERSION}; remove it and make another"
        )
    rows, digest = content.get("entries"), content.get("digest")
    if not isinstance(rows, list) or not isinstance(digest, str):
        raise InputError(f"{path}: write 'digest' and a list of 'entries'")
    entries: dict[str, Entry] = {}
    for number, row in enumerate(rows, 1):
        try:
            entry = Entry(**{name: read(row[name]) for name, read in _READERS.items()})
        except KeyError as error:
            raise InputError(f"{path}: entry {number}: {error} is missing") from error
        except (TypeError, ValueError) as error:
            raise InputError(f"{path}: entry {number}: {error}") from error
        entries[entry.fingerprint] = entry
    return Baseline(path, entries, digest)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


_READERS: dict[str, Callable[[Any], Any]] = {
    "fingerprint": _text,
    "label": Label,
    "claim": _text,
    "summary": _text,
    "reason": _text,
    "expires": lambda value: None if value is None else parse_date(_text(value)),
}
