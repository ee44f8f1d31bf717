"""Claims from files, standard input and arguments."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from verifier.errors import EmptyInputError, InputError
from verifier.readers.decoding import decode
from verifier.readers.files import read_bytes
from verifier.readers.tables import column_names, delimiter_of
from verifier.records import Claim
from verifier.text import LINE_BREAK, flatten


class _Record(NamedTuple):
    """One claim as it stands in its file."""

    fields: dict[str, Any]
    line: int | None
    where: str
    """`file:line`, or `file: claim n` where lines aren't known."""


def number_claims(texts: Sequence[str]) -> list[Claim]:
    """Make claims of arguments, with the ids "1", "2", …; raises InputError for an empty one."""
    return [
        Claim(str(number), _text(text, f"claim {number}")) for number, text in enumerate(texts, 1)
    ]


def read_claims(
    path: str | Path, field: str = "claim", stdin: BinaryIO | None = None
) -> list[Claim]:
    """Read the claims of a file, or of standard input (`-`: `stdin`, or the process's own).

    The suffix tells the format. `.csv` and `.tsv` have a header with a column `field`; `.jsonl`,
    `.ndjson` and `.json` (a list, or an object with the list under "claims") hold strings or
    objects with a key `field`. Anything else is text, one claim a line, blank lines and lines that
    start with `#` passed over. Standard input is JSON Lines if it starts with `{`, CSV if its first
    line is a header of two columns or more with `field` among them, else text.

    A claim's id is its `id` field, or its running number from 1. Raises InputError, with the line,
    for a record that can't be read or has no claim and for an id that is used twice, and
    EmptyInputError where there is no claim.
    """
    name, suffix, data = _load(str(path), stdin)
    text = decode(data, name)
    if path == "-":
        suffix = _suffix_of(text, field)
    records = _FORMATS.get(suffix, _of_text)(text, name, field)
    claims: list[Claim] = []
    taken: dict[str, str] = {}
    for record in records:
        claim = _claim(record, field, len(claims) + 1, name)
        if claim.id in taken:
            raise InputError(
                f"{record.where}: the id {claim.id!r} stands at {taken[claim.id]} already; "
                "ids must be unique"
            )
        taken[claim.id] = record.where
        claims.append(claim)
    if not claims:
        raise EmptyInputError(f"{name}: holds no claims; write one a line")
    return claims


def _load(path: str, stdin: BinaryIO | None) -> tuple[str, str, bytes]:
    """Return the name to show, the suffix and the bytes."""
    if path == "-":
        return "<stdin>", "", (stdin or sys.stdin.buffer).read()
    try:
        return path, Path(path).suffix.lower(), read_bytes(path)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", error)
        raise InputError(f"{path}: the claims can't be read: {why}") from error


def _suffix_of(text: str, field: str) -> str:
    """Tell the format of what has no name."""
    if text.lstrip().startswith("{"):
        return ".jsonl"
    header = next(iter(text.splitlines()), "")
    columns = next(csv.reader([header], delimiter=delimiter_of(header, field)), [])
    return ".csv" if len(columns) > 1 and field in map(str.strip, columns) else ""


def _claim(record: _Record, field: str, number: int, path: str) -> Claim:
    if field not in record.fields:
        names = ", ".join(record.fields) or "none"
        raise InputError(
            f"{record.where}: no field {field!r}; the fields are {names}; "
            "name one with --claim-field"
        )
    claim_id = record.fields.get("id")
    if claim_id in (None, ""):
        claim_id = number
    if isinstance(claim_id, bool) or not isinstance(claim_id, str | int):
        raise InputError(f"{record.where}: the id is neither text nor a whole number")
    return Claim(str(claim_id), _text(record.fields[field], record.where), path, record.line)


def _text(value: object, where: str) -> str:
    """Return a claim's text without white space at its ends."""
    if not isinstance(value, str):
        raise InputError(f"{where}: the claim is not text")
    if not flatten(value, [(0, len(value))]).plain:
        raise InputError(f"{where}: the claim is empty; fill it in or leave it out")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{where}: the claim holds a broken character") from error
    return value.strip()


def _of_text(text: str, name: str, field: str) -> Iterator[_Record]:
    for number, line in enumerate(LINE_BREAK.split(text), 1):
        if flatten(line, [(0, len(line))]).plain and not line.lstrip().startswith("#"):
            yield _Record({field: line}, number, f"{name}:{number}")


def _of_json_lines(text: str, name: str, field: str) -> Iterator[_Record]:
    for number, line in enumerate(LINE_BREAK.split(text), 1):
        if line.strip():
            yield _of_value(_parsed(line, name, number), field, number, f"{name}:{number}")


def _of_json(text: str, name: str, field: str) -> Iterator[_Record]:
    if not text.strip():
        return
    value = _parsed(text, name, 1)
    if isinstance(value, dict):
        value = value.get("claims")
    if not isinstance(value, list):
        raise InputError(f'{name}: holds no list of claims; give a list, or {{"claims": [...]}}')
    for number, item in enumerate(value, 1):
        yield _of_value(item, field, None, f"{name}: claim {number}")


def _parsed(text: str, name: str, line: int) -> object:
    """Parse JSON that begins on `line`."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        problem = f"{name}:{line + error.lineno - 1}: not JSON: {error.msg}"
        raise InputError(f"{problem} (column {error.colno})") from error
    except (RecursionError, ValueError) as error:
        raise InputError(f"{name}:{line}: JSON nested too deep, or a number too long") from error


def _of_value(value: object, field: str, line: int | None, where: str) -> _Record:
    if isinstance(value, str):
        value = {field: value}
    if not isinstance(value, dict):
        raise InputError(f"{where}: neither text nor an object with a field {field!r}")
    return _Record(value, line, where)


def _of_csv(text: str, name: str, field: str) -> Iterator[_Record]:
    return _of_table(text, name, delimiter_of(LINE_BREAK.split(text.lstrip(), 1)[0], field))


def _of_tsv(text: str, name: str, _field: str) -> Iterator[_Record]:
    return _of_table(text, name, "\t")


def _of_table(text: str, name: str, delimiter: str) -> Iterator[_Record]:
    header: list[str] = []
    for line, row in _rows(text, name, delimiter):
        where = f"{name}:{line}"
        if not header:
            header = column_names(row, where)
        elif len(row) > len(header):
            raise InputError(
                f"{where}: fields: {len(row)}, columns: {len(header)}; "
                f"put quotes around text that holds the separator, {delimiter!r}"
            )
        else:
            yield _Record(dict(zip(header, row, strict=False)), line, where)


def _rows(text: str, name: str, delimiter: str) -> Iterable[tuple[int, list[str]]]:
    """Give the rows that aren't blank, each with the line on which it begins."""
    limit = csv.field_size_limit(2**31 - 1)  # a field may be a document
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found = []
    line = 1
    try:
        for row in rows:
            if row:
                found.append((line, row))
            line = rows.line_num + 1
    except csv.Error as error:
        raise InputError(f"{name}:{line}: quotes that don't pair up: {error}") from error
    finally:
        csv.field_size_limit(limit)
    return found


_FORMATS: dict[str, Callable[[str, str, str], Iterator[_Record]]] = {
    ".csv": _of_csv,
    ".tsv": _of_tsv,
    ".json": _of_json,
    ".jsonl": _of_json_lines,
    ".ndjson": _of_json_lines,
}
