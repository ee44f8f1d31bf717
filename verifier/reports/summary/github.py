"""Reports on summaries as commands to the runner of GitHub Actions, which notes them on the diff.

What fails is an error. A statement that is refuted or unknown under a policy that lets it pass is a
warning; what else there is to say is an error, a warning or a notice, and suppressed findings are
counted in a notice. The last line, of counts, is no command.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from verifier.reports.figures import number
from verifier.reports.summary import wording
from verifier.safe import one_line, visible
from verifier.text import Lines

if TYPE_CHECKING:
    from verifier.records import Check, Statement, SummaryReport

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: SummaryReport, **_screen: object) -> str:
    """Give one line a finding and remark, and a line of counts."""
    lines = [_finding(check) for check in report.checks
             if wording.is_finding(check) and check.suppression is None]  # fmt: skip
    lines += map(_remark, wording.remarks(report))
    suppressed = wording.suppressed(report)
    if suppressed:
        lines.append(_command("notice", f"{number(suppressed, 'finding')} suppressed"))
    return "".join(f"{line}\n" for line in (*lines, wording.counts(report)))


def _finding(check: Check) -> str:
    statement, verdict = check.statement, check.verdict
    return _command(
        "error" if check.fails else "warning",
        *(wording.headline(check), *wording.grounds(check)),
        file=_path(statement.summary),
        **_region(statement),
        title=f"{verdict.label} {verdict.confidence:.0%}",
    )


def _remark(remark: wording.Remark) -> str:
    file = {} if remark.where is None else {"file": _path(remark.where)}
    return _command(_COMMANDS[remark.level], str(remark), **file, title=remark.title)


def _region(statement: Statement) -> dict[str, object]:
    """Give lines, and columns where it is one line: the runner refuses them with several."""
    lines = Lines(statement.text).locate(len(statement.text))[0]
    region: dict[str, object] = {"line": statement.line, "endLine": statement.line + lines - 1}
    if lines == 1:
        last = statement.column + max(len(statement.text), 1) - 1
        region |= {"col": statement.column, "endColumn": last}
    return region


def _command(kind: str, *lines: str, **properties: object) -> str:
    named = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    said = "\n".join(one_line(line) for line in lines)
    return f"::{kind}{' ' if named else ''}{named}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")


def _path(name: str) -> str:
    """Write a path as it is, with `/` between its parts: the runner takes no URI."""
    return PurePath(name).as_posix()
