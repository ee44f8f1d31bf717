"""Which summaries a run checks, each with the sources it is checked against.

A summary that can't be read, or whose sources can't, is named among the unchecked and holds up no
other. A summary never supports itself: it is left out of its own sources, and all the summaries of
a run are left out of the folders that are read as sources. The sources that lie in a folder of
summaries are no summaries. Reports of this program that lie among either are left out too, and
named.
"""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from verifier.errors import EmptyInputError, InputError
from verifier.readers import FORMATS, OWN, STDIN, read_sources
from verifier.readers.decoding import decode
from verifier.readers.files import is_folder, mode, no_file, read_bytes
from verifier.readers.own import is_report
from verifier.records import Skipped, Source, Unchecked
from verifier.summaries.paths import files_of, fill, matching, root_of
from verifier.summaries.policy import CheckPolicy, Rules
from verifier.text import LINE_BREAK, has_text

_OWN = "a report of verifier, which is no summary; to have it checked, name the file itself"


@dataclass(frozen=True, slots=True)
class Job:
    """One summary to check."""

    summary: Source
    sources: tuple[Source, ...]
    rules: Rules


@dataclass(slots=True)
class Gathered:
    """All that a run was given, in its order."""

    jobs: list[Job] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def add(self, summary: Source, sources: Iterable[Source], rules: Rules) -> None:
        """Add a summary; without any source it can't be checked."""
        found = tuple({_real(source.path or source.id): source for source in sources}.values())
        if found:
            self.jobs.append(Job(summary, found, rules))
        else:
            why = "no source with text is named for it; see --source, --source-for, --manifest"
            self.unchecked.append(Unchecked(summary.id, why))


class Gatherer:
    """Reads every file once, however many summaries it belongs to."""

    def __init__(self, policy: CheckPolicy) -> None:
        """Read the sources of all summaries first: without them there is nothing to check."""
        self._policy = policy
        self._found = Gathered()
        self._read: dict[str, list[Source]] = {}
        self._summaries: set[str] = set()
        self._named: set[str] = set()  # the paths given: a summary that isn't among them was found
        for path in policy.rules.source:
            self._sources(path)
        named = [
            *policy.rules.source,
            *(s for o in policy.overrides for s in o.settings.get("source", ())),
        ]
        self._sources_given = {Path(_real(path)) for path in named}

    def paths(self, paths: Iterable[str]) -> Gathered:
        """Gather summaries by path: files, folders of them, patterns such as `out/*.md`, or `-`.

        Raises InputError where neither flags nor configuration name a source.
        """
        if not self._policy.names_sources():
            raise InputError(
                "no source to check against; give --source or --source-for, or set source in "
                "verifier.toml"
            )
        given = list(paths)
        self._named = set(map(_real, given))
        return self._gather((path, ()) for path in self._expand(given))

    def manifest(self, file: Path) -> Gathered:
        """Gather what a file of lines `{"summary": path, "sources": [path, …]}` names.

        Its paths count from its own folder. Raises InputError for a line of another form.
        """
        pairs = []
        for where, row in _rows(file):
            summary, sources = row.get("summary"), row.get("sources")
            names = sources if isinstance(sources, list) else [sources]
            if not all(isinstance(name, str) and name for name in [summary, *names]):
                raise InputError(f'{where}: write {{"summary": path, "sources": [path, …]}}')
            here = [os.path.normpath(file.parent / name) for name in [summary, *names]]
            pairs.append((here[0], tuple(here[1:])))
        self._named = {_real(summary) for summary, _ in pairs}
        return self._gather(pairs)

    def pairs(
        self, file: Path, summary_field: str, source_field: str, id_field: str | None
    ) -> Gathered:
        """Gather the summaries and the texts of sources that stand in the lines of one file.

        The texts are read as plain prose. A row is named by `id_field`, or by its line. Raises
        InputError for a row without the fields, and for an id that stands twice.
        """
        taken: set[str] = set()
        for where, row in _rows(file):
            name = where if id_field is None else str(_value(row, id_field, where, "--id-field"))
            if name in taken:
                raise InputError(f"{where}: the id {name!r} stands twice; ids must be unique")
            taken.add(name)
            text = _value(row, summary_field, where, "--summary-field")
            given = _value(row, source_field, where, "--source-field")
            texts = given if isinstance(given, list) else [given]
            if not all(isinstance(each, str) for each in [text, *texts]):
                raise InputError(f"{where}: {summary_field!r} or {source_field!r} isn't text")
            ids = [f" {number}" for number in range(1, len(texts) + 1)] if texts[1:] else [""]
            sources = [
                Source(f"{name} ({source_field}{end})", each)
                for end, each in zip(ids, texts, strict=False)
            ]
            self._add(Source(name, text), sources)
        return self._found

    def _gather(self, pairs: Iterable[tuple[str, tuple[str, ...]]]) -> Gathered:
        """Take pairs of a summary's path and its own sources' paths."""
        named: dict[str, tuple[str, tuple[str, ...]]] = {}
        for path, sources in pairs:
            real = _real(path)
            before = named.get(real, (path, ()))
            named[real] = before[0], (*before[1], *sources)
        self._summaries = set(named)
        for path, sources in named.values():
            if is_folder(path):
                self._found.unchecked.append(Unchecked(path, "is a folder; name a file"))
                continue
            try:
                (summary,) = read_sources([path])[0]
            except InputError as error:
                self._found.unchecked.append(Unchecked(path, _why(error, path)))
                continue
            if _real(path) not in self._named and is_report(summary.text):
                self._skip(path, _OWN)
            else:
                self._add(summary, own=sources)
        return self._found

    def _add(self, summary: Source, texts: Iterable[Source] = (), own: Iterable[str] = ()) -> None:
        rules = self._policy.rules_for(summary.path or summary.id)
        if not has_text(summary):
            self._found.unchecked.append(Unchecked(summary.id, "empty: it holds no readable text"))
            return
        try:
            sources = [each for path in (*rules.source, *own) for each in self._sources(path)]
            for pattern in rules.source_for if summary.path else ():
                sources += self._sources_for(pattern, Path(summary.path or ""))
        except InputError as error:
            self._found.unchecked.append(Unchecked(summary.id, f"its source: {error}"))
            return
        me = _real(summary.path) if summary.path else None
        others = [s for s in sources if s.path is None or _real(s.path) != me]
        self._found.add(summary, [*others, *filter(has_text, texts)], rules)

    def _sources(self, path: str) -> list[Source]:
        """Read a file or a folder, once."""
        if path not in self._read:
            sources, skipped = read_sources([path])
            self._read[path] = sources
            self._found.skipped += skipped
        found = self._read[path]
        if path != "-" and is_folder(path):
            return [s for s in found if s.path is None or _real(s.path) not in self._summaries]
        return found

    def _sources_for(self, pattern: str, summary: Path) -> Iterator[Source]:
        """Give what a pattern names for a summary: no summary of this run, and no report."""
        for path in fill(pattern, summary):
            if _real(path) in self._summaries or not self._is_file(path):
                continue
            for source in self._sources(path):
                if source.id == path and is_report(source.text):
                    self._skip(path, OWN)
                else:
                    yield source

    def _is_source(self, path: str, root: str) -> bool:
        """Tell whether what was found below `root` belongs to a source that lies below it too."""
        top, found = Path(_real(root)), Path(_real(path))
        inner = self._sources_given - {top, *top.parents}
        return not inner.isdisjoint({found, *found.parents})

    def _is_file(self, path: str) -> bool:
        """Tell whether a path that was found may be read; what has no end is skipped."""
        if what := no_file(path):
            self._skip(path, what)
        return not what

    def _skip(self, path: str, why: str) -> None:
        """Name what took no part, once."""
        skipped = Skipped(path, why)
        if skipped not in self._found.skipped:
            self._found.skipped.append(skipped)

    def _expand(self, paths: Iterable[str]) -> Iterator[str]:
        for path in paths:
            if path != "-" and is_folder(path):
                files = [f for f in files_of(Path(path)) if not self._is_source(str(f), path)]
                if not any(each.suffix.lower() in FORMATS for each in files):
                    why = f"the folder holds no summary, none of {', '.join(FORMATS)}"
                    self._found.unchecked.append(Unchecked(path, why))
                for each in files:
                    if each.suffix.lower() not in FORMATS:
                        self._skip(str(each), "not a summary's format")
                    elif self._is_file(str(each)):
                        yield str(each)
            elif path != "-" and not mode(path) and glob.has_magic(path):
                matches = [m for m in matching(path) if not self._is_source(m, root_of(path))]
                if not matches:
                    self._found.unchecked.append(Unchecked(path, "no file is named so"))
                yield from self._expand(filter(self._is_file, matches))
            else:
                yield path


def _rows(file: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give the objects of a JSON Lines file, each with its place, `file:line`."""
    try:
        text = decode(read_bytes(file), str(file))
    except OSError as error:
        raise InputError(f"{file}: can't be read: {error.strerror}") from error
    empty = True
    for number, line in enumerate(LINE_BREAK.split(text), 1):
        if line.strip():
            empty = False
            where = f"{file}:{number}"
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InputError(f"{where}: not JSON: {error}") from error
            if not isinstance(row, dict):
                raise InputError(f"{where}: not an object with fields")
            yield where, row
    if empty:
        raise EmptyInputError(f"{file}: holds no summaries; write one a line")


def _value(row: Mapping[str, Any], name: str, where: str, option: str) -> Any:  # noqa: ANN401 - JSON
    if row.get(name) is None:
        fields = ", ".join(row) or "none"
        raise InputError(f"{where}: no field {name!r}; the fields are {fields}; see {option}")
    return row[name]


def _real(path: str) -> str:
    return path if path in {"-", STDIN} else os.path.realpath(path)


def _why(error: InputError, path: str) -> str:
    """Return an error's reason without the path, which stands beside it."""
    return str(error).removeprefix("no text in any source: ").removeprefix(f"{path}: ")
