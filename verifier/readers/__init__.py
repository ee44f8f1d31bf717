"""Files, folders and standard input, read into `Source` and `Claim` records.

A format is a function `(data, source_id, path) -> Source` in a file of its own and a line of
`FORMATS`; it raises InputError for data that isn't in that format.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, cast

from verifier.errors import EmptyInputError, InputError
from verifier.readers.claims import number_claims, read_claims
from verifier.readers.files import is_folder, mode, no_file, read_bytes
from verifier.readers.own import is_report
from verifier.records import Skipped, Source
from verifier.text import has_text

__all__ = ["FORMATS", "STDIN", "number_claims", "read_claims", "read_sources"]

Reader = Callable[[bytes, str, str | None], Source]

STDIN = "<stdin>"
"""The id of what is read from standard input."""

FORMATS = {
    ".txt": "verifier.readers.plain:read",
    ".md": "verifier.readers.markdown:read",
    ".markdown": "verifier.readers.markdown:read",
}
"""Suffix, in lower case, to "module:function"."""

OWN = "a report of verifier, which is no source; to have it read, name the file itself"
"""Why a report is left out."""

_PLAIN = FORMATS[".txt"]
# Documents whose bytes may pass for text: named, they are refused rather than misread.
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|odt|rtf|x?html?|xml|epub|pptx?|xlsx?|ipynb)", re.IGNORECASE)


def read_sources(
    paths: Sequence[str | Path],
    stdin: BinaryIO | None = None,
    apart: Mapping[Path, str] | None = None,
) -> tuple[list[Source], list[Skipped]]:
    """Read files, folders and `-` (standard input: `stdin`, or the process's own).

    A folder is read recursively in sorted order: its hidden files and folders are passed over; its
    files of a format that isn't read, or that can't be read, are skipped and named, and so are the
    reports of this program. A file of an unknown suffix that is named itself is read as plain text.
    A file is read once, however often it is named, and where it is named itself rather than with
    its folder. Sources without any text are skipped and named.

    `apart` are files that are no sources, by their real paths, each with what it is: those of a
    folder are skipped and named.

    Raises InputError for a named path that can't be read or is `apart`, EmptyInputError if no text
    remains.
    """
    apart = apart or {}
    if not paths:
        raise EmptyInputError("no source to check against; name a file or a folder")
    sources: list[Source] = []
    skipped: list[Skipped] = []
    names = [str(path) for path in paths]
    named = {_real(Path(name)) for name in names if name != "-" and not is_folder(name)}
    seen: set[Path] = set()
    for name in names:
        for found in _read(name, stdin, seen, apart, named):
            if isinstance(found, Skipped):
                skipped.append(found)
            elif has_text(found):
                sources.append(found)
            else:
                skipped.append(Skipped(found.id, "empty: it holds no readable text"))
    if not sources:
        reasons = "; ".join(f"{item.what}: {item.why}" for item in skipped[:3])
        more = f"; and {len(skipped) - 3} more" if skipped[3:] else ""
        raise EmptyInputError(f"no text in any source: {reasons or 'the folder is empty'}{more}")
    return sources, skipped


def _read(
    path: str,
    stdin: BinaryIO | None,
    seen: set[Path],
    apart: Mapping[Path, str],
    named: set[Path],
) -> Iterator[Source | Skipped]:
    """Read one path as it was named, unless `seen` has it."""
    here = Path(path)
    if path == "-":
        if Path(STDIN) not in seen:
            seen.add(Path(STDIN))
            yield _reader(_PLAIN)((stdin or sys.stdin.buffer).read(), STDIN, None)
    elif is_folder(here):
        yield from _read_folder(here, seen, apart, named)
    elif _is_new(here, seen):
        if what := apart.get(here.resolve()):
            raise InputError(f"{path}: {what}, and can't be a source too; name another source")
        if here.suffix.lower() not in FORMATS and _DOCUMENT.fullmatch(here.suffix):
            raise InputError(f"{path}: {_not_read(here)}; convert it to text")
        yield _read_file(here)


def _read_folder(
    folder: Path, seen: set[Path], apart: Mapping[Path, str], named: set[Path]
) -> Iterator[Source | Skipped]:
    """Read what is in a folder, but for the `named` files, which have a turn of their own."""
    if not _is_new(folder, seen):
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Skipped(str(folder), f"can't be read: {error.strerror}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if is_folder(entry):
            yield from _read_folder(entry, seen, apart, named)
        elif not mode(entry):
            yield Skipped(str(entry), "no file that can be reached")
        elif _real(entry) in named:
            continue
        elif why := _why_not(entry, apart):
            yield Skipped(str(entry), why)
        elif _is_new(entry, seen):
            yield _read_entry(entry)


def _why_not(path: Path, apart: Mapping[Path, str]) -> str:
    """Say why a file that was found in a folder is no source; an empty text where it may be one."""
    if path.suffix.lower() not in FORMATS:
        return no_file(path) or _not_read(path)
    return no_file(path) or apart.get(_real(path), "")


def _read_entry(path: Path) -> Source | Skipped:
    """Read a file of a folder."""
    try:
        source = _read_file(path)
    except InputError as error:
        return Skipped(str(path), str(error).removeprefix(f"{path}: "))
    return Skipped(str(path), OWN) if is_report(source.text) else source


def _read_file(path: Path) -> Source:
    try:
        data = read_bytes(path)
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror}") from error
    reader = _reader(FORMATS.get(path.suffix.lower(), _PLAIN))
    return reader(data, str(path), str(path))


def _is_new(path: Path, seen: set[Path]) -> bool:
    """Whether `path` leads to a file or folder that wasn't met before; links may form loops."""
    real = _real(path)
    if real in seen:
        return False
    seen.add(real)
    return True


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(f"{path}: can't be read: {error}") from error


def _reader(entry: str) -> Reader:
    module, name = entry.split(":")
    return cast("Reader", getattr(import_module(module), name))


def _not_read(path: Path) -> str:
    kind = f"{path.suffix} files are" if path.suffix else "a file without a suffix is"
    return f"{kind} not read, only {', '.join(FORMATS)}"
