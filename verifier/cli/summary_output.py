"""Where the reports of `verifier check-summary` go: several in one run, each to its own place."""

from __future__ import annotations

import os
from collections.abc import Sequence
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


def plan_outputs(forms: Sequence[str], outputs: Sequence[Path]) -> list[Target]:
    """Give the first file to the first format, the second to the second, and so on.

    One format more than files goes to stdout, and `-` is stdout. Without any format each file gets
    that of its suffix. Raises InputError for what can't be paired or written, before any work is
    done.
    """
    names = list(forms) or [format_of(path) or "text" for path in outputs] or ["text"]
    for name in names:
        check_format(name)
    if len(outputs) > len(names):
        raise InputError(
            f"{len(outputs)} --output for {len(names)} --format; give each file its format"
        )
    files = [None if path == _STDOUT else path for path in outputs]
    targets = [*zip(names, [*files, *[None] * (len(names) - len(files))], strict=True)]
    loose = names[len(files) :]
    for name, path in targets:
        meant = format_of(path) if path else None
        if meant in loose and (name, meant) != ("gitlab", "json"):  # which is JSON too
            raise InputError(f"--output {path} would get the format {name}; put {meant} before it")
    if sum(path is None for _, path in targets) > 1:
        raise InputError("two reports for stdout; give each --format but the last an --output")
    taken = [path.resolve() for _, path in targets if path]
    if len(set(taken)) < len(taken):
        raise InputError("two reports for one file; give each --format an --output of its own")
    for _, path in targets:
        if path is not None:
            check_output(path)
    return targets


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
