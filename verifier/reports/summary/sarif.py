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
from verifier.reports.safe import one_line
from verifier.reports.summary import wording
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
    "verifier/not-checked": ("error", "A summary could not be checked"),
    "verifier/not-met": ("error", "A demand of the policy on a whole summary is not met"),
    "verifier/source-skipped": ("warning", "A source could not be read"),
    "verifier/suppression-unused": ("warning", "A suppression suppressed nothing"),
    "verifier/note": ("note", "A reader of the verdicts should know it"),
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
                "toolExecutionNotifications": _notifications(report),
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
            for name, (_, words) in _NOTIFICATIONS.items()
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


def _notifications(report: SummaryReport) -> list[dict[str, object]]:
    found = [
        *(("verifier/not-checked", each.why, each.summary) for each in report.unchecked),
        *(("verifier/not-met", each, None) for each in report.shortfalls),
        *(("verifier/source-skipped", each.why, each.what) for each in report.skipped),
        *(("verifier/suppression-unused", each, None) for each in report.unused),
        *(("verifier/note", each, None) for each in report.notes),
    ]
    return [_notification(*each) for each in found]


def _notification(name: str, words: str, where: str | None) -> dict[str, object]:
    said = words if where is None else f"{where}: {words}"
    made: dict[str, object] = {
        "descriptor": {"id": name, "index": list(_NOTIFICATIONS).index(name)},
        "level": _NOTIFICATIONS[name][0],
        "message": {"text": _plain(one_line(said))},
    }
    if where is not None:
        made["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": _uri(where)}}}]
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
