"""Reports on summaries as JUnit XML: one suite a summary, one case a statement.

A statement that fails is a failure, a suppressed one is skipped, and a summary that could not be
checked is an error, never a pass. Demands on whole summaries are cases of a suite of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from verifier.reports.summary import wording
from verifier.safe import COMMAND, one_line

if TYPE_CHECKING:
    from verifier.records import Check, SummaryReport

_DEMANDS = "verifier policy"
_NO_XML = re.compile("[\ufffe\uffff]")  # the rest of what XML can't hold is never visible


def render(report: SummaryReport, **_screen: object) -> str:
    """Give one `testsuites` element; passages without a claim are no cases."""
    root = Element("testsuites", name="verifier")
    for name, checks, _ in wording.by_summary(report):
        if checks:
            suite = SubElement(root, "testsuite", name=_text(name))
            for check in checks:
                _add_check(suite, check)
    for unchecked in report.unchecked:
        suite = SubElement(root, "testsuite", name=_text(unchecked.summary))
        case = _case(suite, unchecked.summary, "could be checked")
        SubElement(case, "error", type="not-checked", message=_text(unchecked.why))
    if report.shortfalls:
        suite = SubElement(root, "testsuite", name=_DEMANDS)
        for shortfall in report.shortfalls:
            case = _case(suite, _DEMANDS, shortfall)
            SubElement(case, "failure", type="not-met", message=_text(shortfall))
    _add_remarks(root, report)
    _count(root)
    indent(root)
    written = COMMAND.sub("#&#35;", tostring(root, encoding="unicode"))  # no line begins with `::`
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _add_check(suite: Element, check: Check) -> None:
    statement, label = check.statement, check.verdict.label
    place = f"{statement.line}:{statement.column}"
    case = _case(suite, statement.summary, f"{place} {statement.text}")
    case.set("file", _text(statement.summary))
    case.set("line", str(statement.line))
    said = _lines([wording.headline(check), *wording.grounds(check)])
    if check.suppression is not None:
        message = wording.why_suppressed(check.suppression)
        SubElement(case, "skipped", message=_text(message)).text = said
    elif check.fails:
        message = f"{wording.SAID[label]}: {check.verdict.reason}"
        SubElement(case, "failure", type=label.value, message=_text(message)).text = said
    elif wording.is_finding(check):
        SubElement(case, "system-out").text = said


def _add_remarks(root: Element, report: SummaryReport) -> None:
    """Name what concerns the whole run and fails nothing."""
    others = [each for each in wording.remarks(report) if each.level != "error"]
    remarks = [f"{each.title}: {each}" for each in others]
    if remarks:
        suite = SubElement(root, "testsuite", name="verifier run")
        SubElement(suite, "system-err").text = _lines(remarks)


def _count(root: Element) -> None:
    """Give every suite, and all of them together, the numbers that readers ask for."""
    for element in (root, *root.iter("testsuite")):
        element.set("tests", str(len(list(element.iter("testcase")))))
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            element.set(name, str(len(list(element.iter(tag)))))


def _case(suite: Element, group: str, name: str) -> Element:
    return SubElement(suite, "testcase", classname=_text(group), name=_text(name))


def _lines(lines: list[str]) -> str:
    return "\n".join(_text(line) for line in lines)


def _text(text: str) -> str:
    return _NO_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", one_line(text))
