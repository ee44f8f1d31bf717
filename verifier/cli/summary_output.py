"""Where the reports of `verifier check-summary` go: several in one run, each to its own place."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from verifier.cli.output import (
    check_output,
    format_of,
    say,
    wants_color,
    width,
    write_file,
    write_stdout,
)
from verifier.errors import InputError
from verifier.reports.summary import check_format, job_summary, render
from verifier.reports.summary.wording import counts

if TYPE_CHECKING:
    from verifier.records import SummaryReport

_STDOUT = Path("-")

Target = tuple[str, Path | None]
"""A format and its file; None: stdout."""


def plan_outputs(asked: Sequence[str | Path]) -> list[Target]:
    """Pair formats (`str`) with files (`Path`), in the order in which they were asked for.

    A file takes the format right before it; of several formats before several files the last take
    them in turn. A file without one takes a last format that has no file, else that of its suffix.
    A format without a file goes to stdout, and so does the file `-`. Raises InputError for what
    can't be paired or written, before any work is done.
    """
    targets = _pair(asked) or [("text", None)]
    loose = [name for name, path in targets if path is None]
    for name, path in targets:
        check_format(name)
        meant = format_of(path) if path else None
        if meant in loose and (name, meant) != ("gitlab", "json"):  # which is JSON too
            raise InputError(
                f"--output {path} would get the format {name}; put --format {meant} right before it"
            )
    targets = [(name, None if path == _STDOUT else path) for name, path in targets]
    if sum(path is None for _, path in targets) > 1:
        raise InputError("two reports for stdout; put an --output after each --format but one")
    taken = [path.resolve() for _, path in targets if path]
    if len(set(taken)) < len(taken):
        raise InputError("two reports for one file; give each --format an --output of its own")
    for _, path in targets:
        if path is not None:
            check_output(path)
    return targets


def _pair(asked: Sequence[str | Path]) -> list[Target]:
    targets: list[Target] = []
    names: list[str] = []  # formats since the last file
    lone: list[Path] = []
    for is_name, run in groupby(asked, key=lambda each: isinstance(each, str)):
        if is_name:
            names = [str(each) for each in run]
            continue
        files = [Path(each) for each in run]
        without = max(len(names) - len(files), 0)
        targets += [(name, None) for name in names[:without]]
        targets += zip(names[without:], files, strict=False)
        lone += files[len(names) :]
        names = []
    for path in lone:
        meant = format_of(path)
        if names and meant in {None, names[0]}:  # a format that stands behind its file
            meant = names.pop(0)
        elif meant is None and any(isinstance(each, str) for each in asked):
            raise InputError(f"--output {path}: has no format; put a --format right before it")
        targets.append((meant or "text", path))
    return targets + [(name, None) for name in names]


def write_reports(
    report: SummaryReport, targets: Sequence[Target], *, quiet: bool, no_color: bool
) -> None:
    """Write all reports, stdout last; GitHub's page of the run too where that is asked for."""
    color = wants_color(no_color=no_color)
    texts = [
        render(report, name, width=width(), color=color and path is None) for name, path in targets
    ]
    pairs = list(zip(targets, texts, strict=True))
    for (name, path), text in sorted(pairs, key=lambda pair: pair[0][1] is None):
        if path is None:
            write_stdout(text, utf8=name != "text")
        else:
            write_file(text, path)
    if any(name == "github" for name, _ in targets):
        _append_job_summary(report)
    if not (quiet or any(path is None for _, path in targets)):
        say(counts(report))


def _append_job_summary(report: SummaryReport) -> None:
    """Add the page to the file that GitHub Actions names, for other steps write there too."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if not file:
        return
    try:
        with Path(file).open("a", encoding="utf-8", newline="") as page:
            page.write(job_summary(report))
    except OSError as error:
        say(f"note: GITHUB_STEP_SUMMARY {file}: can't be written: {error.strerror}")
