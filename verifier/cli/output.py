"""Where words go: the report to stdout or a file, everything else to stderr."""

from __future__ import annotations

import io
import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from verifier.errors import InputError
from verifier.readers.files import is_folder, mode, same_file
from verifier.safe import no_command, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_WIDTH_WITHOUT_TERMINAL = 100  # cells
_LEAST_WIDTH = 20
_SUFFIXES = {
    ".sarif": "sarif",
    ".html": "html",
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".xml": "junit",
    ".txt": "text",
}


def format_of(path: Path) -> str | None:
    """Give the format of a report that is written to a file of that suffix; None: any."""
    return _SUFFIXES.get(path.suffix.lower())


def say(message: str) -> None:
    """Write one line to stderr, whatever `message` quotes; nobody may be listening."""
    try:
        print(f"verifier: {no_command(one_line(message))}", file=sys.stderr, flush=True)  # noqa: T201 - this is the place for it
    except OSError:
        _let_go(sys.stderr)


def _let_go(stream: TextIO) -> None:
    """Give up what is left in a stream's buffer: it would raise again when Python closes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def width() -> int:
    """How many cells a line of the text report has: COLUMNS, else the terminal's, else 100."""
    columns = shutil.get_terminal_size((_WIDTH_WITHOUT_TERMINAL, 24)).columns
    return max(columns, _LEAST_WIDTH)


def wants_color(*, no_color: bool) -> bool:
    """Tell whether stdout takes colours and the user does (see no-color.org)."""
    refused = no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not refused


def check_output(path: Path, option: str = "--output") -> None:
    """Refuse, before any work is done, a path that couldn't be written after it.

    Raises InputError.
    """
    if is_folder(path):
        raise InputError(f"{option} {path}: is a folder; name a file")
    if not is_folder(path.parent):
        raise InputError(f"{option} {path}: the folder {path.parent} doesn't exist; make it first")
    if not os.access(path if mode(path) else path.parent, os.W_OK):
        raise InputError(f"{option} {path}: no permission to write there")


def spare_inputs(
    path: Path | None, inputs: Iterable[str | Path | None], option: str = "--output"
) -> None:
    """Refuse, before any work is done, an output that would take the place of an input.

    Raises InputError.
    """
    for given in inputs:
        if path and given and same_file(path, given):
            raise InputError(f"{option} {path}: would overwrite what is read; name another file")


def write_file(text: str, path: Path, option: str = "--output") -> None:
    """Write `text` to `path` as UTF-8: whole, or not at all.

    Raises InputError, which names the `option`, when the file can't be written.
    """
    target = path.resolve()  # a link stays a link
    try:
        if target.exists() and not target.is_file():  # a device or a pipe has no name to give away
            target.write_text(text, "utf-8", newline="")
            return
        draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        try:
            draft.write_text(text, "utf-8", newline="")
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{option} {path}: can't be written: {error.strerror}") from error


def write_stdout(text: str, *, utf8: bool) -> None:
    """Write `text` to stdout; a reader who left early is no error.

    `utf8` is for formats that are defined in UTF-8; others go in the terminal's own encoding.
    Raises InputError when it can't be written.
    """
    if utf8 and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        _let_go(sys.stdout)
        if not isinstance(error, BrokenPipeError):
            raise InputError(f"stdout: can't be written: {error.strerror}") from error


@contextmanager
def progress_bar(*, show: bool, no_color: bool) -> Iterator[Callable[[int, int], None]]:
    """Give a callback `(done, all)` that moves a bar on stderr, if that is a terminal."""
    if not (show and sys.stderr.isatty()):
        yield lambda _done, _all: None
        return
    from rich.console import Console  # noqa: PLC0415 - --help does without
    from rich.progress import Progress  # noqa: PLC0415

    console = Console(stderr=True, no_color=no_color or None)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("checking", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
