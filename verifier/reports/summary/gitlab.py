"""Reports on summaries as a code quality report of GitLab, which notes them on the merge request.

It holds the findings that nothing suppresses, and the summaries that could not be checked. GitLab
takes nothing without a file, so demands on whole summaries show in the exit code and in `junit`, as
the other remarks on a run do in the other formats.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from verifier.reports.json import dumps
from verifier.reports.summary import wording
from verifier.safe import one_line

if TYPE_CHECKING:
    from verifier.records import Check, SummaryReport, Unchecked


def render(report: SummaryReport, **_screen: object) -> str:
    """Give an array with one object a finding, each with a fingerprint of its own."""
    found = [
        check for check in report.checks if wording.is_finding(check) and check.suppression is None
    ]
    marked = zip(found, wording.fingerprints(found), strict=True)
    issues = [_finding(check, fingerprint) for check, fingerprint in marked]
    return dumps([*issues, *map(_unchecked, report.unchecked)], indent=2)


def _finding(check: Check, fingerprint: str) -> dict[str, object]:
    statement = check.statement
    return _issue(
        " ".join([wording.headline(check), *wording.grounds(check)]),
        name=f"verifier/{check.verdict.label}",
        fingerprint=fingerprint,
        severity="major" if check.fails else "info",
        path=statement.summary,
        line=statement.line,
    )


def _unchecked(unchecked: Unchecked) -> dict[str, object]:
    return _issue(
        f"The summary could not be checked: {unchecked.why}",
        name="verifier/not-checked",
        fingerprint=wording.digest("not checked", unchecked.summary, unchecked.why),
        severity="blocker",
        path=unchecked.summary,
        line=1,
    )


def _issue(  # noqa: PLR0913 - one a field of the format
    description: str, *, name: str, fingerprint: str, severity: str, path: str, line: int
) -> dict[str, object]:
    # A path, not a URI: GitLab looks it up among the files of the repository as it stands.
    location = {"path": PurePath(path).as_posix(), "lines": {"begin": line}}
    return {
        "description": one_line(description),
        "check_name": name,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": location,
    }
