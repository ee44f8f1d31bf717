"""The report that a person reads in a terminal.

The label shows by mark, word and colour; the deciding quote stands above its place, and the place
has a line of its own, `file:line:column`, which terminals and editors make a link.
"""

from __future__ import annotations

import io

from rich.console import Console
from rich.text import Text

from verifier.records import Evidence, Label, Report, Run, Verdict
from verifier.reports.safe import one_line, visible

_MARKS = {
    Label.SUPPORTED: ("✔", "bold green"),
    Label.REFUTED: ("✘", "bold red"),
    Label.UNKNOWN: ("?", "bold yellow"),
}
_FOR, _AGAINST, _CLOSEST = "for: ", "against: ", "closest: "
_INDENT = "  "
_QUOTE_LIMIT = 400
"""Characters of a quote that are shown; a longer one loses its middle, in this format alone."""
_DIGEST_LENGTH = 12


def render(report: Report, *, width: int, color: bool) -> str:
    """Give a block a claim and a closing line of counts, wrapped to `width` cells."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=width,
        height=25,  # or a dumb terminal overrules the width
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
    )
    for verdict in report.verdicts:
        _put_verdict(console, verdict)
    _put(console, Text(_counts(report)), "")
    _put(console, Text(_signature(report.run), "dim"), "")
    return file.getvalue()


def _put_verdict(console: Console, verdict: Verdict) -> None:
    mark, style = _MARKS[verdict.label]
    head = Text.assemble(
        (f"{mark} {verdict.label} {verdict.confidence:.0%}", style),
        f"  {one_line(verdict.claim.text)}",
    )
    if verdict.claim.path is not None:
        line = "" if verdict.claim.line is None else f":{verdict.claim.line}"
        head.append(f"  ({visible(verdict.claim.path)}{line})", "dim")
    _put(console, head, "")
    for lead, place in _places(verdict):
        quote = Text(f"{lead}“{_shorten(one_line(place.text))}”", "dim" if lead == _CLOSEST else "")
        _put(console, quote, _INDENT)
        where = Text(f"{_INDENT}{visible(place.source)}:{place.line}:{place.column}", "cyan")
        console.print(where, soft_wrap=True)  # a broken link is none
    _put(console, Text(one_line(verdict.reason), "italic"), _INDENT)
    console.print()


def _places(verdict: Verdict) -> list[tuple[str, Evidence]]:
    """Choose the places to show, each with its lead: both sides of a conflict, or the first."""
    if verdict.label is not Label.UNKNOWN:
        return [("", place) for place in verdict.evidence[:1]]
    sides = {_side(place): place for place in reversed(verdict.evidence)}
    if {_FOR, _AGAINST} <= sides.keys():
        return [(lead, sides[lead]) for lead in (_FOR, _AGAINST)]
    return [(_CLOSEST, place) for place in verdict.evidence[:1]]


def _side(place: Evidence) -> str:
    scores = place.scores
    if scores.unknown >= max(scores.supported, scores.refuted):
        return _CLOSEST
    return _FOR if scores.supported >= scores.refuted else _AGAINST


def _shorten(quote: str) -> str:
    if len(quote) <= _QUOTE_LIMIT:
        return quote
    half = _QUOTE_LIMIT // 2
    return f"{quote[:half].rstrip()} … {quote[-half:].lstrip()}"


def _put(console: Console, text: Text, indent: str) -> None:
    """Print `text` wrapped, its first line at `indent` and the others one step in at least."""
    for line in text.wrap(console, console.width - len(_INDENT)):
        line.rstrip()
        console.print(Text.assemble(indent, line), soft_wrap=True)
        indent = _INDENT


def _counts(report: Report) -> str:
    labels = ", ".join(f"{report.count(label)} {label}" for label in Label)
    line = f"{_number(len(report.verdicts), 'claim')}: {labels}"
    if report.skipped:
        line += f"; {_number(len(report.skipped), 'input')} skipped"
    return line


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _signature(run: Run) -> str:
    digest = visible(run.digest[:_DIGEST_LENGTH])
    return f"verifier {run.version}, model {visible(run.model)} {digest}"
