"""Labelled claim data sets → rows: claim, evidence, right answer.

    claimset = open_claimset("dev.jsonl.gz")
    for row in claimset.rows():  # Row | BadRow, in the order of the data, in constant memory
        ...

Text formats are read here, row by row: the `datasets` library gives up a whole file for one broken
line and casts mixed types in silence, and here a row must neither vanish nor change. Parquet, Arrow
and the hub, which have a schema, are read through `datasets`, streaming.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from glob import glob, has_magic
from pathlib import Path

from verifier.claimsets.fields import choose
from verifier.claimsets.formats import Table, is_known, open_file
from verifier.claimsets.hub import is_name, open_hub
from verifier.claimsets.labels import Labels
from verifier.claimsets.reading import read_row
from verifier.claimsets.rows import BadRow, Fields, Gold, GoldEvidence, Row
from verifier.errors import EmptyInputError, InputError
from verifier.readers.files import is_folder, mode, no_file
from verifier.records import Skipped

__all__ = ["BadRow", "Claimset", "Fields", "Gold", "GoldEvidence", "Row", "open_claimset"]

_PEEK = 100  # rows that show which fields and labels there are
RUN, PREDICTIONS = "run.json", "predictions.jsonl"
"""Files of a folder that `verifier score` keeps a run in: no data, wherever it lies."""
_OWN = "of a run of verifier score"
_NOT_DATA = {"dataset_info.json", "dataset_dict.json", "dataset_infos.json", "state.json"}


class Claimset:
    """A labelled set whose fields and labels are understood; made by `open_claimset`."""

    def __init__(  # noqa: PLR0913, PLR0917 - what open_claimset has settled
        self,
        name: str,
        fields: Fields,
        skipped: tuple[Skipped, ...],
        tables: Sequence[Table],
        labels: Labels,
        limit: int | None,
    ) -> None:
        self.name = name
        """What the user gave: a file, a folder, a name on the hub; several joined by `, `."""
        self.fields = fields
        self.skipped = skipped
        """Files in a folder that are of no format read here."""
        self.files = tuple(table.name for table in tables)
        """What its rows come from, in their order: files, or a name on the hub."""
        self._tables = tables
        self._labels = labels
        self._limit = limit
        self._summary: tuple[str, int] | None = None  # digest and number of rows, once known
        self.notes: tuple[str, ...] = ()
        """What a reader of the figures should know; complete once the rows are read."""

    def rows(self) -> Iterator[Row | BadRow]:
        """Read the rows from the start, in order, in constant memory; may be called again.

        Only the ids of the file at hand are kept, to find one used twice. Raises InputError for a
        file that can't be read on (not for a row that can't).
        """
        digest = hashlib.sha256()
        count = 0
        for row in itertools.islice(self._all(), self._limit):
            digest.update(_line(row))
            count += 1
            yield row
        self._summary = digest.hexdigest(), count

    def _all(self) -> Iterator[Row | BadRow]:
        number = 0
        for table in self._tables:
            seen: dict[str, int] = {}
            for place, record in enumerate(table.records(), 1):
                row = read_row(record, self.fields, self._labels, number, place, table.name)
                number += 1
                first = row.row if row.id is None else seen.setdefault(row.id, row.row)
                if isinstance(row, Row) and first != row.row:
                    yield self._told_apart(row, first, place)
                else:
                    yield row

    def _told_apart(self, row: Row, first: int, place: int) -> Row | BadRow:
        """Refuse a repeated id where the user chose the field; else append the row's place."""
        problem = f"the id {row.id!r} stands on row {first} already"
        if "id" in self.fields.given:
            reason = f"{problem}; ids must differ, or name another field with --id-field"
            return BadRow(row.number, row.file, row.row, reason, row.id, row.gold)
        if not self.notes:
            self.notes = (f"{row.file}:{row.row}: {problem}; repeated ids get #place appended",)
        return replace(row, id=f"{row.id}#{place}")

    @property
    def digest(self) -> str:
        """sha256 hex digest of every row (id, claim, evidence, gold; of bad ones the reason).

        The same for the same data in another format, compression or folder. Reads the set to its
        end once, unless `rows` has already.
        """
        return self._read_through()[0]

    def __len__(self) -> int:
        """How many rows there are, bad ones counted; reads the set as `digest` does."""
        return self._read_through()[1]

    def _read_through(self) -> tuple[str, int]:
        if self._summary is None:
            for _ in self.rows():
                pass
        assert self._summary is not None  # noqa: S101 - set at the end of rows
        return self._summary


def open_claimset(  # noqa: PLR0913 - keywords, one an option
    location: str | Sequence[str],
    *,
    split: str | None = None,
    evidence_field: str | None = None,
    claim_field: str | None = None,
    label_field: str | None = None,
    id_field: str | None = None,
    label_map: Mapping[str, str] | None = None,
    limit: int | None = None,
) -> Claimset:
    """Open files, globs, folders or a data set of the hub, and settle how to read them.

    `.jsonl`, `.ndjson`, `.json`, `.csv` and `.tsv` (each also with `.gz` or `.zst`), `.parquet` and
    `.arrow`; a folder stands for all such files in it, sorted by path. What is no path but looks
    like `owner/name` (or `name`, with `:config` for a part of it) is streamed from the hub.
    `split` chooses among the hub's splits, or the files of that name. `label_map` gives the meaning
    of labels by their text (any case), as of `Gold`. `limit`: read no more than the first rows.

    Fields and labels are settled by the first 100 rows. Raises InputError, in one line with the
    fields or labels found, for what isn't there, can't be read or isn't understood;
    EmptyInputError for a set without rows.
    """
    locations = [location] if isinstance(location, str) else list(location)
    name = ", ".join(locations)
    if limit is not None and limit < 1:
        raise InputError(f"--limit {limit}: give at least 1")
    tables, skipped = [], []
    for each in locations:
        found, passed = _tables(each, split)
        tables += found
        skipped += passed
    first = list(itertools.islice((r for table in tables for r in table.records()), _PEEK))
    if not first:
        raise EmptyInputError(f"{name}: holds no rows; give a set that has some")
    readable = [record.fields for record in first if not record.problem]
    if not readable:
        raise InputError(f"{name}: none of its first rows can be read: {first[0].problem}")
    fields = choose(
        list(dict.fromkeys(field for row in readable for field in row)),
        name,
        claim=claim_field,
        evidence=evidence_field,
        label=label_field,
        id=id_field,
    )
    labels = Labels(fields, label_map)
    labels.check([row.get(fields.label) for row in readable], name)
    return Claimset(name, fields, tuple(skipped), tables, labels, limit)


def _tables(location: str, split: str | None) -> tuple[list[Table], list[Skipped]]:
    """Find what a location stands for; and the files of a folder that are passed over."""
    path = Path(location)
    skipped: list[Skipped] = []
    if is_folder(path):
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not _is_hidden(p, path))
        runs = {p.parent for p in inside if p.name == RUN and p.with_name(PREDICTIONS).exists()}
        files = [
            p for p in inside if is_known(p) and p.name not in _NOT_DATA and p.parent not in runs
        ]
        skipped = [
            Skipped(str(p), _OWN if p.parent in runs else "not a format of claim sets")
            for p in inside
            if p not in files
        ]
    elif what := no_file(path):
        raise InputError(f"{location}: {what}; give a file")
    elif mode(path):
        files = [path]
    elif has_magic(location):
        files = [Path(p) for p in sorted(glob(location, recursive=True))]  # noqa: PTH207 - any root
    elif is_name(location) and not is_known(path):
        return [open_hub(location, split)], []
    else:
        raise InputError(f"{location}: no such file; give a file, a folder or a name of the hub")
    if not files:
        raise InputError(f"{location}: no claim set in it; give a folder or pattern with files")
    chosen = [p for p in files if split is None or split in p.stem.replace(".", "-").split("-")]
    if not chosen:
        raise InputError(
            f"{location}: no file for --split {split}; there are "
            f"{', '.join(p.name for p in files[:6])}; leave --split out to read them all"
        )
    skipped += [Skipped(str(p), f"not of split {split}") for p in files if p not in chosen]
    return [open_file(p) for p in chosen], skipped


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def _line(row: Row | BadRow) -> bytes:
    parts = ["bad", row.reason] if isinstance(row, BadRow) else [row.id, row.claim, row.evidence]
    return json.dumps([*parts, row.gold]).encode() + b"\n"
