"""Files and hub data sets → records: the fields of each row, or what is wrong with it.

A text format is read line by line with the standard library, so that a broken row is one record
with its line and its problem, and the rows after it are read.
"""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from verifier.errors import InputError
from verifier.readers.tables import column_names, delimiter_of

UNLABELLED = "-"
"""What stands for "no gold label": SNLI writes it so in its files, and as -1 on the hub."""


class Record(NamedTuple):
    """One row as it stands in its file."""

    row: int
    """1-based: the line on which it begins, or its place where there are no lines."""
    fields: Mapping[str, object]
    problem: str = ""
    """Why there are no fields; empty where there are."""


class Table(NamedTuple):
    """A file, or a split of a data set on the hub."""

    name: str
    records: Callable[[], Iterator[Record]]
    """Reads it from the start; InputError, which names it, where it can't be read on."""


def is_known(path: Path) -> bool:
    """Tell whether the suffix is that of a format read here."""
    return _suffixes(path)[0] in {*_TEXT, *_COLUMNAR}


def open_file(path: Path) -> Table:
    """Choose how to read a file by its suffix; raises InputError for another one."""
    suffix, packed = _suffixes(path)
    if suffix in _TEXT:
        return Table(str(path), lambda: _of_text(path, suffix, packed))
    if suffix in _COLUMNAR:
        return Table(str(path), lambda: _of_columns(path, suffix))
    raise InputError(
        f"{path}: {path.suffix or 'no suffix'} is no format of a claim set; give "
        f"{', '.join(_TEXT)} (each also with .gz or .zst) or {', '.join(_COLUMNAR)}"
    )


def _suffixes(path: Path) -> tuple[str, str]:
    """Split off `.gz` or `.zst` from the suffix that tells the format."""
    last = path.suffix.lower()
    if last in (".gz", ".zst"):
        before = path.with_suffix("").suffix.lower()
        return ("" if before in _COLUMNAR else before), last
    return last, ""


def _of_text(path: Path, suffix: str, packed: str) -> Iterator[Record]:
    try:
        with _unpacked(path, packed) as stream:
            start = stream.peek(4)[:4]
            if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in start:
                raise InputError(f"{path}: not UTF-8 text; convert it to UTF-8")
            yield from _TEXT[suffix](stream, str(path))
    except (OSError, EOFError, zlib.error, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: can't be read: {why}") from error


def _unpacked(path: Path, packed: str) -> io.BufferedReader:
    if packed == ".zst":
        import pyarrow as pa  # noqa: PLC0415 - comes with datasets; other formats do without

        return io.BufferedReader(pa.input_stream(str(path), compression="zstd"))
    if packed == ".gz":
        return io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(path)))
    return path.open("rb")


def _of_json_lines(stream: IO[bytes], _name: str) -> Iterator[Record]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield _parsed(line, number)


def _parsed(line: bytes, number: int) -> Record:
    try:
        value = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        return Record(number, {}, f"not UTF-8 text at byte {error.start + 1}; convert the file")
    except json.JSONDecodeError as error:
        return Record(number, {}, f"not JSON: {error.msg} (column {error.colno})")
    except (RecursionError, ValueError):
        return Record(number, {}, "JSON nested too deep, or a number too long")
    return _of_value(value, number)


def _of_value(value: object, number: int) -> Record:
    if isinstance(value, dict):
        return Record(number, value)
    return Record(number, {}, f"{_kind(value)}, not an object with fields")


def _of_json(stream: IO[bytes], name: str) -> Iterator[Record]:
    """Read a list of objects, an object that holds one, or JSON lines by another name."""
    data = stream.read()
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise InputError(f"{name}:{error.lineno}: not JSON: {error.msg}") from error
        yield from _of_json_lines(io.BytesIO(data), name)
        return
    except (UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{name}: not UTF-8 text, or nested too deep; convert it") from error
    if isinstance(value, dict):
        parts = [part for part in value.values() if isinstance(part, list)]
        tables = [part for part in parts if any(isinstance(row, dict) for row in part)]
        value = tables[0] if len(tables) == 1 else [value]
    if not isinstance(value, list):
        raise InputError(f"{name}: holds {_kind(value)}; give a list of objects")
    yield from (_of_value(row, number) for number, row in enumerate(value, 1))


def _of_tsv(stream: IO[bytes], name: str) -> Iterator[Record]:
    return _of_csv(stream, name, "\t")


def _of_csv(stream: IO[bytes], name: str, delimiter: str | None = None) -> Iterator[Record]:
    """Read rows under a header, whose first line tells the delimiter where none is given."""
    csv.field_size_limit(2**31 - 1)  # a field may be a document
    # A byte that isn't UTF-8 becomes a lone surrogate, for which only its own row is refused.
    with io.TextIOWrapper(
        cast("Any", stream), encoding="utf-8-sig", errors="surrogateescape", newline=""
    ) as text:
        head = []  # up to the header
        for written in text:
            head.append(written)
            if written.strip():
                break
        between = delimiter or delimiter_of("".join(head))
        rows = csv.reader(itertools.chain(head, text), delimiter=between, strict=True)
        header: list[str] = []
        while True:
            line = rows.line_num + 1
            try:
                row = next(rows, None)
            except csv.Error as error:
                if rows.line_num > line or "end of data" in str(error):
                    # It may have swallowed rows, and nobody could say how many.
                    problem = f"{name}:{line}: a quote that opens here isn't closed properly"
                    how = "double the quotes inside a field"
                    raise InputError(f"{problem}: {error}; {how}") from error
                yield Record(line, {}, f"quotes that don't pair up: {error}")
                continue
            if row is None:
                return
            if row and not header:
                header = column_names(row, f"{name}:{line}")
            elif row:
                yield _of_row(row, header, line)


def _of_row(row: list[str], header: list[str], line: int) -> Record:
    if len(row) == len(header):
        return Record(line, dict(zip(header, row, strict=True)))
    problem = f"fields: {len(row)}, columns: {len(header)}"
    return Record(line, {}, f"{problem}; put quotes around text that holds the separator")


def _of_columns(path: Path, suffix: str) -> Iterator[Record]:
    import datasets  # noqa: PLC0415 - slow to load, and text formats do without

    try:
        data = datasets.load_dataset(
            _COLUMNAR[suffix], data_files=str(path), split="train", streaming=True
        )
        yield from of_dataset(data)
    except Exception as error:
        # Arrow and datasets have no common error for a file that is broken.
        why = str(error.__cause__ or error).strip().splitlines() or [type(error).__name__]
        raise InputError(f"{path}: can't be read as {suffix[1:]}: {why[0]}") from error


def of_dataset(data: Any) -> Iterator[Record]:  # noqa: ANN401 - datasets has no types
    """Read a streaming data set; numbers that it has names for become those names."""
    from datasets import ClassLabel  # noqa: PLC0415 - as above

    names = {
        field: feature.names
        for field, feature in (data.features or {}).items()
        if isinstance(feature, ClassLabel)
    }
    for number, row in enumerate(data, 1):
        for field, values in names.items():
            if isinstance(row[field], int):
                row[field] = values[row[field]] if row[field] >= 0 else UNLABELLED
        yield Record(number, row)


def _kind(value: object) -> str:
    """Name a JSON value's type for a message."""
    kinds = {dict: "an object", list: "a list", str: "text", bool: "true or false"}
    return "null" if value is None else kinds.get(type(value), "a number")


_COLUMNAR = {".parquet": "parquet", ".arrow": "arrow"}
_TEXT: dict[str, Callable[[IO[bytes], str], Iterator[Record]]] = {
    ".jsonl": _of_json_lines,
    ".ndjson": _of_json_lines,
    ".json": _of_json,
    ".csv": _of_csv,
    ".tsv": _of_tsv,
}
