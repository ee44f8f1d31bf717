"""Verdicts kept between runs, in an SQLite file beside the scores of `cache`.

A verdict holds as long as nothing that it was made of has changed: the claim, the sources (names
and texts), the model, its settings, this program's own code and the libraries that it reads with.
So a run with nothing changed asks neither the model nor the sources' sentences. A file that can't
be used costs a warning and time. Beside the verdicts stand the languages of texts, by `identify`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from verifier.cache import Store, default_folder, key
from verifier.language import identify
from verifier.records import Claim, Evidence, Label, Mismatch, Run, Scores, Source, Verdict

_FILE = "verdicts-2.sqlite"  # another number when what the file holds changes
_LIBRARIES = ("markdown-it-py", "onnxruntime", "py3langid", "sentencex", "tantivy", "tokenizers")


class KeptVerdicts:
    """The verdicts of one model with one policy; see `Verifier.run`."""

    def __init__(self, run: Run, folder: Path | None, warn: Callable[[str], None]) -> None:
        """Keep verdicts in `folder`, by default `cache.default_folder()`; made if need be.

        `warn` is told, in one line, when the file can't be used.
        """
        settings = json.dumps(asdict(run), sort_keys=True, default=str)
        self._base = key(_program(), settings).hex()
        self._texts: dict[str, str] = {}
        path = (folder or default_folder()) / _FILE
        self._store = Store(path, {"kept": ["told TEXT NOT NULL"]}, warn)

    def read(self, claims: Iterable[Claim], sources: Sequence[Source]) -> dict[str, Verdict]:
        """Return the verdicts that are known, by the claim's text."""
        by_id = {source.id: source for source in sources}
        group = self._group(sources)
        asked = {key(group, claim.text): claim for claim in claims}
        found = {}
        try:
            for each, (row,) in self._store.read(asked).items():
                found[asked[each].text] = _verdict(json.loads(row), asked[each], by_id)
        except (ValueError, KeyError, TypeError) as error:
            self._store.give_up(error)
        return found

    def write(self, verdicts: Iterable[Verdict], sources: Sequence[Source]) -> None:
        """Keep the verdicts on claims against `sources`."""
        group = self._group(sources)
        self._store.write({key(group, each.claim.text): [_row(each)] for each in verdicts})

    def identify(self, text: str) -> str | None:
        """Tell the language of a text as `language.identify` does, or did."""
        asked = key(self._base, "language", text)
        for (code,) in self._store.read([asked]).values():
            return code or None
        code = identify(text)
        self._store.write({asked: [code or ""]})
        return code

    def close(self) -> None:
        """Close the file; nothing more is found or kept."""
        self._store.close()

    def _group(self, sources: Sequence[Source]) -> str:
        """Hash what the verdicts of claims against `sources` rest on, but for the claim."""
        for source in sources:
            if source.id not in self._texts:
                self._texts[source.id] = key(source.id, source.text).hex()
        return key(self._base, *(self._texts[source.id] for source in sources)).hex()


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


@lru_cache(maxsize=1)
def _program() -> str:
    """Hash this package's own code and name its libraries: other ones give other verdicts."""
    package = Path(__file__).parent.parent
    digest = sha256()
    for file in sorted(package.rglob("*.py")):
        digest.update(file.read_bytes())
    return " ".join([digest.hexdigest(), *map(_version, _LIBRARIES)])


def _version(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:  # installed under another name, or by no installer
        return name
