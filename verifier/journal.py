"""A run folder: what was scored so far survives Ctrl-C, a crash and kill -9.

    run.json            what was asked, by which model: what a resumed run must agree with
    predictions.jsonl   one line a row, in the order of the data, written chunk by chunk
    metrics.json        written when every row has its line
    report.html         likewise

A chunk is on disk before the next is scored. A resumed run cuts off a last line that was torn, and
the lines of a chunk that isn't whole, and scores them again: a model that computes in batches sees
the same batches as in a run that was never stopped, and the files come out the same.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verifier.claimsets import PREDICTIONS, RUN
from verifier.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

METRICS, REPORT = "metrics.json", "report.html"


class Journal:
    """The predictions of one run folder, to be added to chunk by chunk; made by `open_journal`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done = 0
        """How many rows have their line."""
        with _told(path), path.open("ab+") as file:
            file.seek(0)
            self.done = sum(line.endswith(b"\n") for line in file)

    def cut(self, rows: int) -> None:
        """Cut off whatever comes after the first `rows` lines.

        Raises InputError when the file can't be written.
        """
        with _told(self.path), self.path.open("rb+") as file:
            for _ in range(rows):
                file.readline()
            file.truncate(file.tell())
        self.done = rows

    def append(self, records: Sequence[Mapping[str, object]]) -> None:
        """Add one line a record and wait until the disk has them.

        Raises InputError when they can't be written.
        """
        lines = "".join(f"{json.dumps(record)}\n" for record in records)
        with _told(self.path), self.path.open("ab") as file:
            file.write(lines.encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
        self.done += len(records)


def open_journal(folder: Path, settings: Mapping[str, object], *, resume: bool) -> Journal:
    """Start the run folder, or go on with it.

    `settings` is what decides the predictions, as JSON can hold it.

    Raises InputError as `check_folder`, and for a run that was asked for with other settings.
    """
    check_folder(folder, resume=resume)
    if (folder / RUN).exists():
        _check_same(folder, read_json(folder / RUN), settings)
    else:
        write_json(folder / RUN, settings)
    return Journal(folder / PREDICTIONS)


def check_folder(folder: Path, *, resume: bool) -> None:
    """Make the folder if need be, and see that a run can be kept there.

    Raises InputError for a folder that holds other files, one that holds a run which isn't to be
    resumed, and one that can't be written.
    """
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(not each.name.startswith(".") for each in folder.iterdir())
    if not (folder / RUN).exists():
        if taken:
            raise InputError(f"{folder}: there are other files in it; name another with --out")
        if not os.access(folder, os.W_OK):
            raise InputError(f"{folder}: no permission to write there; name another with --out")
    elif not resume:
        raise InputError(
            f"{folder}: there is a run in it already; --resume goes on with it, --out names another"
        )


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep other processes from adding to the run folder while the block runs.

    The lock goes with the process, however it ends. Raises InputError while another has it.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - `--help` does without

    lock = FileLock(folder / ".lock", blocking=False)
    with _told(folder):
        try:
            lock.acquire()
        except Timeout as error:
            raise InputError(
                f"{folder}: another process is scoring into it; wait for it or name another "
                "with --out"
            ) from error
    try:
        yield
    finally:
        lock.release()


def read_json(path: Path) -> dict[str, Any]:
    """Read one of a run folder's objects. Raises InputError when it isn't there or is none."""
    try:
        value = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(
            f"{path}: can't be read: {error.strerror}; `verifier score` writes it"
        ) from error
    except ValueError as error:
        raise InputError(f"{path}: not a file of `verifier score` ({error})") from error
    if not isinstance(value, dict):
        raise InputError(f"{path}: not a file of `verifier score`; its JSON is no object")
    return value


def write_json(path: Path, value: Mapping[str, object]) -> None:
    """Write an object whole or not at all. Raises InputError when it can't be written."""
    write_text(path, json.dumps(value, indent=2, allow_nan=False) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write `text` whole or not at all. Raises InputError when it can't be written."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with _told(path):
        try:
            with draft.open("w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def read_predictions(folder: Path) -> Iterator[dict[str, Any]]:
    """Give the lines of a run one by one. Raises InputError, with the line, for one that's bad."""
    path = folder / PREDICTIONS
    with _told(path), path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise InputError(f"{path}:{number}: not JSON; score the data again") from error


def _check_same(folder: Path, old: Mapping[str, object], new: Mapping[str, object]) -> None:
    for name in [*new, *old]:
        if old.get(name) != new.get(name):
            raise InputError(
                f"{folder}: was scored with another {name} ({old.get(name)}, now {new.get(name)}); "
                "go on with the same or name another folder with --out"
            )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn the system's refusal into one line that names the path."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{path}: can't be used: {error.strerror}") from error
