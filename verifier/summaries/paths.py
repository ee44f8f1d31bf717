"""Names of files from what a user writes for them: folders, patterns, `{stem}`."""

from __future__ import annotations

import glob
import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path

from verifier.errors import InputError
from verifier.readers import FORMATS
from verifier.readers.files import mode

_FIELD = re.compile(r"\{([^{}]*)\}")


def files_of(folder: Path) -> Iterator[Path]:
    """Give the files of a folder and those in it, in sorted order, hidden ones passed over."""
    seen = {os.path.realpath(folder)}  # a link may lead back to where it lies
    for here, folders, files in os.walk(folder, onerror=_refuse, followlinks=True):
        below = {name: os.path.realpath(Path(here, name)) for name in sorted(folders)}
        folders[:] = [n for n, real in below.items() if n[0] != "." and real not in seen]
        seen.update(below.values())
        yield from (Path(here, name) for name in sorted(files) if not name.startswith("."))


def _refuse(error: OSError) -> None:
    raise InputError(f"{error.filename}: can't be read: {error.strerror}") from error


def fill(pattern: str, summary: Path) -> list[str]:
    """Fill a summary's name into a pattern: the one path it makes, or those that it matches.

    `{name}` is the file's name, `{stem}` is that without the suffix of its format and without
    `.summary` before it, `{parent}` its folder.
    """
    stem = summary.name
    if summary.suffix.lower() in FORMATS:
        stem = summary.stem.removesuffix(".summary") or summary.stem
    values = {"stem": stem, "name": summary.name, "parent": str(summary.parent)}
    for name in _FIELD.findall(pattern):
        if name not in values:
            raise InputError(
                f"--source-for {pattern!r}: {{{name}}} is unknown; use {{stem}}, {{name}} or "
                "{parent}"
            )
    path = _FIELD.sub(lambda match: values[match[1]], pattern)
    if not mode(path) and glob.has_magic(pattern):
        escaped = _FIELD.sub(lambda match: glob.escape(values[match[1]]), pattern)
        return matching(escaped) or [path]
    return [path]


def matching(pattern: str) -> list[str]:
    """Give what a pattern such as `out/**/*.md` matches, in sorted order."""
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob wants a folder


def root_of(pattern: str) -> str:
    """Give the folder that all matches lie in: what a pattern has before its first wildcard."""
    fixed = itertools.takewhile(lambda part: not glob.has_magic(part), Path(pattern).parts)
    return str(Path(*fixed))
