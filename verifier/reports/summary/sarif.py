"""Reports on summaries as SARIF 2.1.0, for code scanning and editors.

A statement that isn't supported is a result at its place in the summary; the places of the source
that decide are its related locations. `level` is `error` where it fails, else `note`. Demands that
aren't met and inputs that were not read are notifications of the invocation.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from verifier.records import Label
from verifier.reports.json import dumps, run_object
from verifier.reports.places import shown
from verifier.reports.summary import wording
from verifier.safe import one_line
from verifier.text import Lines

if TYPE_CHECKING:
    from verifier.records import Check, Evidence, Statement, SummaryReport, Suppression

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_FINGERPRINT = "statementAndLabel/v1"

_RULES = {
    Label.REFUTED: "The source says otherwise.",
    Label.UNKNOWN: "The source does not settle it.",
    Label.SUPPORTED: "The source supports it.",
}
_HELP = {
    Label.REFUTED: "The source conflicts with the statement. Correct the statement after the "
    "source, or give the source that it rests on.",
    Label.UNKNOWN: "The source neither supports nor refutes the statement. Leave it out, say what "
    "the source does say, or give the source that it rests on.",
    Label.SUPPORTED: "The source supports the statement, and the policy is set to fail on that.",
}
_NOTIFICATIONS = {
    "unchecked": ("verifier/not-checked", "A summary could not be checked"),
    "shortfall": ("verifier/not-met", "A demand of the policy on a whole summary is not met"),
    "skipped": ("verifier/source-skipped", "A source could not be read"),
    "unused": ("verifier/suppression-unused", "A suppression suppressed nothing"),
    "note": ("verifier/note", "A reader of the verdicts should know it"),
}


def render(report: SummaryReport, **_screen: object) -> str:
    """Give one log with one run; its results stand in the order of the report."""
    found = [check for check in report.checks if wording.is_finding(check)]
    labels = {check.verdict.label for check in found} | {Label.REFUTED, Label.UNKNOWN}
    rules = [label for label in _RULES if label in labels]
    run = {
        "tool": {"driver": _driver(report, rules)},
        "invocations": [
            {
                "executionSuccessful": not report.unchecked,
                "toolExecutionNotifications": [*map(_notification, wording.remarks(report))],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [_result(check, rules.index(check.verdict.label)) for check in found],
        "properties": run_object(report.run),
    }
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _driver(report: SummaryReport, rules: list[Label]) -> dict[str, object]:
    return {
        "name": "verifier",
        "version": report.run.version,
        "rules": [_rule(label) for label in rules],
        "notifications": [
            {"id": name, "shortDescription": {"text": f"{words}."}}
            for name, words in _NOTIFICATIONS.values()
        ],
    }


def _rule(label: Label) -> dict[str, object]:
    return {
        "id": f"verifier/{label}",
        "name": label.capitalize(),
        "shortDescription": {"text": _RULES[label]},
        "fullDescription": {"text": f"A statement of a summary is {wording.SAID[label]}."},
        "help": {"text": _HELP[label], "markdown": _HELP[label]},
        "defaultConfiguration": {"level": "error"},
    }


def _result(check: Check, rule: int) -> dict[str, object]:
    statement, places = check.statement, shown(check.verdict)
    links = [f"{side or 'evidence'}: [the source]({n})" for n, (side, _) in enumerate(places, 1)]
    said = _plain(f"{wording.headline(check)} {one_line(check.verdict.reason)}")
    return {
        "ruleId": f"verifier/{check.verdict.label}",
        "ruleIndex": rule,
        "level": "error" if check.fails else "note",
        "message": {"text": f"{said} ({', '.join(links)})" if links else said},
        "locations": [_location(statement.summary, statement)],
        "relatedLocations": [
            {"id": n, "message": {"text": side or "evidence"}, **_location(place.source, place)}
            for n, (side, place) in enumerate(places, 1)
        ],
        "partialFingerprints": {_FINGERPRINT: check.fingerprint},
        # Given with every result or with none: an empty list says that nothing suppresses it.
        "suppressions": [] if check.suppression is None else [_suppression(check.suppression)],
        "properties": {"confidence": round(check.verdict.confidence, 4)},
    }


def _location(name: str, part: Statement | Evidence) -> dict[str, object]:
    """Give a part of a file by lines and columns and by offsets, both in code points."""
    lines, column = Lines(part.text).locate(len(part.text))
    region = {
        "startLine": part.line,
        "startColumn": part.column,
        "endLine": part.line + lines - 1,
        "endColumn": column if lines > 1 else part.column + column - 1,
        "charOffset": part.start,
        "charLength": part.end - part.start,
        "snippet": {"text": part.text},
    }
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(name)}, "region": region}}


def _suppression(suppression: Suppression) -> dict[str, object]:
    made: dict[str, object] = {"kind": "inSource" if suppression.kind == "inline" else "external"}
    if suppression.reason:
        made["justification"] = suppression.reason
    if suppression.expires is not None:
        made["properties"] = {"expires": suppression.expires}
    return made


def _notification(remark: wording.Remark) -> dict[str, object]:
    index, (name, _) = list(_NOTIFICATIONS).index(remark.kind), _NOTIFICATIONS[remark.kind]
    made: dict[str, object] = {
        "descriptor": {"id": name, "index": index},
        "level": remark.level,
        "message": {"text": _plain(str(remark))},
    }
    if remark.where is not None:
        place = {"artifactLocation": {"uri": _uri(remark.where)}}
        made["locations"] = [{"physicalLocation": place}]
    return made


def _plain(text: str) -> str:
    """Keep a message from being read as one with placeholders or links."""
    text = text.replace("{", "{{").replace("}", "}}")
    if "](" in text:
        text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return text


def _uri(name: str) -> str:
    """Write a path as a URI: a relative one stays relative, with `/` between its parts."""
    path = PurePath(name)
    encoded = quote(path.as_posix(), errors="surrogatepass")
    return f"file:///{encoded.lstrip('/')}" if path.is_absolute() else encoded
