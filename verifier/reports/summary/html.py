"""The page of a check: the summary beside the sources, one file that asks the network for nothing.

The summaries stand in the page with their statements marked, readable without a script. What a
verdict rests on, and each source that evidence is quoted from, once, is data (JSON) that the script
lays out when a statement is chosen. Every value is made visible (see `safe`) and escaped; the
page's own policy (CSP) lets nothing run or load but what is in it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from verifier.records import Label, Source
from verifier.reports.figures import number
from verifier.reports.page import asset, digest, template
from verifier.reports.places import shown
from verifier.reports.summary.details import details, notes, sure
from verifier.reports.summary.pieces import cut
from verifier.reports.summary.shown import ShownText
from verifier.reports.summary.wording import by_summary, quoted, remarks
from verifier.safe import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from verifier.records import Check, Passage, Span, SummaryReport

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_DIGEST_LENGTH = 12
_KIND = attrgetter("kind")
_NOTICES = {
    "unchecked": "Could not be checked",
    "shortfall": "Demands of the policy not met",
    "skipped": "Sources that could not be read",
    "unused": "Suppressions that suppress nothing",
    "note": "To know when reading the verdicts",
}


def render(report: SummaryReport, **_screen: object) -> str:
    """Write the whole page."""
    style, script = asset("summary.css"), asset("summary.js")
    checks: list[Check] = []
    summaries = []
    for name, its_checks, passages in by_summary(report):
        source = report.summaries.get(name, Source(name, ""))
        summaries.append(_summary(source, its_checks, passages, len(checks) + 1))
        checks += its_checks
    page = template("summary.html").render(
        style=style,
        style_digest=digest(f"\n{style}\n"),
        script=script,
        script_digest=digest(f"\n{script}\n"),
        outcome=_outcome(report),
        failed=report.failed or bool(report.unchecked),
        run=report.run,
        digest=report.run.digest[:_DIGEST_LENGTH],
        filters=_filters(report),
        notices=_notices(report),
        summaries=summaries,
        data=_embedded(details(report, checks)),
    )
    return f"{page}\n"


# --- the run


def _outcome(report: SummaryReport) -> str:
    """Say in a few words how the check ended."""
    said = []
    if any(check.fails for check in report.checks):
        said.append(_counted(report.checks))
    if report.shortfalls:
        said.append(f"{number(len(report.shortfalls), 'demand')} of the policy not met")
    if report.unchecked:
        noun = "summary" if len(report.unchecked) == 1 else "summaries"
        said.append(f"{len(report.unchecked):,} {noun} could not be checked")
    return ", ".join(said) or _counted(report.checks).capitalize()


def _counted(checks: Sequence[Check]) -> str:
    failing = sum(check.fails for check in checks)
    whole = number(len(checks), "statement")
    if not failing:
        return f"none of {whole} fails" if checks else "no statement"
    return f"{failing:,} of {whole} {'fails' if failing == 1 else 'fail'}"


def _filters(report: SummaryReport) -> list[dict[str, object]]:
    """Name each choice of statements, with how many there are."""
    kinds = [kind for check in report.checks for kind in _kinds(check)]
    labels = (Label.REFUTED, Label.UNKNOWN, Label.SUPPORTED)
    names = ["all", "failing", *map(str, labels), "suppressed"]
    return [{"name": name, "count": f"{kinds.count(name):,}"} for name in names]


def _kinds(check: Check) -> list[str]:
    kinds = ["all", str(check.verdict.label)]
    return kinds + ["failing"] * check.fails + ["suppressed"] * (check.suppression is not None)


def _notices(report: SummaryReport) -> list[dict[str, object]]:
    """Gather what concerns no single statement, the gravest first."""
    return [
        {"title": _NOTICES[kind], "grave": same[0].level == "error", "lines": same}
        for kind, same in ((kind, [*each]) for kind, each in groupby(remarks(report), _KIND))
    ]


# --- the summaries, as they stand in the page


def _summary(
    source: Source, checks: Sequence[Check], passages: Sequence[Passage], first: int
) -> dict[str, Any]:
    """Lay a summary out; its statements are numbered from `first` on."""
    return {
        "name": visible(source.id),
        "counts": _counted(checks),
        "parts": list(_parts(source, checks, passages, first)),
        "findings": [_finding(n, check) for n, check in enumerate(checks, first)],
    }


def _parts(
    source: Source, checks: Sequence[Check], passages: Sequence[Passage], first: int
) -> Iterator[dict[str, Any]]:
    """Give the statements, the passages and the text between them, in the order of the text.

    Each character is in one part. Where two overlap, the first keeps what they share, but a
    passage gives way to a statement.
    """
    text = ShownText(source)
    markup = _markup(source)
    marked = [
        *(
            (c.statement.start, c.statement.end, _statement(n, c))
            for n, c in enumerate(checks, first)
        ),
        *((p.start, p.end, _passage(p, source)) for p in passages),
    ]
    marked.sort(key=lambda item: (item[0], "number" not in item[2]))
    starts = sorted(check.statement.start for check in checks)
    done = 0
    for start, end, part in marked:
        low = max(done, start)
        high = max(low, end)
        if "number" not in part:
            high = min([high, *starts[bisect_left(starts, low) :][:1]])
        yield {"html": _lay_out(text, done, low, markup)}
        yield part | {"html": _lay_out(text, low, high, markup)}
        done = high
    yield {"html": _lay_out(text, done, len(source.text), markup)}


def _statement(place: int, check: Check) -> dict[str, Any]:
    label = check.verdict.label
    said = [label, *["fails"] * check.fails, *["suppressed"] * (check.suppression is not None)]
    return {
        "number": place,
        "kinds": " ".join(_kinds(check)),
        "said": f"{', '.join(said)}: {one_line(check.statement.text)}",
    }


def _passage(passage: Passage, source: Source) -> dict[str, Any]:
    line = max(source.text.rfind(end, 0, passage.start) for end in "\r\n") + 1
    heading = _HEADING.match(source.text, line) is not None
    return {"why": one_line(passage.why), "heading": heading}


def _finding(place: int, check: Check) -> dict[str, Any]:
    """Say all of a verdict in words, for paper and for browsers without a script."""
    verdict = check.verdict
    return {
        "number": place,
        "kinds": " ".join(_kinds(check)),
        "label": verdict.label.capitalize(),
        "sure": sure(check),
        "reason": one_line(verdict.reason),
        "notes": notes(check),
        "evidence": [quoted(place) for _, place in shown(verdict)],
    }


def _markup(source: Source) -> list[Span]:
    """Find what isn't read as text: markers, link targets, comments, front matter."""
    if source.blocks is None:
        return []
    visible_spans = sorted(span for block in source.blocks for span in block)
    markup, done = [], 0
    for start, end in [*visible_spans, (len(source.text), len(source.text))]:
        if source.text[done:start].strip():
            markup.append((done, start))
        done = max(done, end)
    return markup


def _lay_out(text: ShownText, low: int, high: int, markup: Sequence[Span]) -> Markup:
    """Write a range of a summary as HTML, its markup dim."""
    first = bisect_right(markup, low, key=lambda span: span[1])
    last = bisect_left(markup, high, key=lambda span: span[0])
    html = Markup()
    for kind, end in cut(low, high, {"markup": markup[first:last]}):
        words = escape(text.text[text.at(low) : text.at(end)])
        html += Markup('<span class="markup">{}</span>').format(words) if kind else words
        low = end
    return html


def _embedded(data: object) -> Markup:
    """Write JSON that can't end the element in which it stands, nor open another."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - no markup is left in it
