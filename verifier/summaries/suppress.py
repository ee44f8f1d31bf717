"""Comments in a summary that accept a finding.

    <!-- verifier: ignore[refuted] known, see the errata -->
    <!-- verifier: ignore[refuted,unknown] until=2026-12-31 the figure is being revised -->
    <!-- verifier: ignore -->

Without brackets `refuted` and `unknown` are meant. A comment that stands beside text holds for
every statement with a part on its line; one that has its lines to itself holds for the block after
it: a paragraph, a list item, a row of a table. `until` is the last day on which it holds.

Comments are read in Markdown, and not inside code; in plain text they are text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from verifier.errors import InputError
from verifier.records import Label, Source, Span, Statement, Suppression
from verifier.summaries.policy import parse_labels
from verifier.text import Lines

_COMMENT = re.compile(
    r"<!--\s*verifier(?:\s*:|(?=\s+ignore\b))(?P<body>.*?)(?P<end>-->|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_BODY = re.compile(r"\s*ignore\b\s*(?:\[(?P<labels>[^\]]*)\])?(?P<rest>.*)\Z", re.DOTALL)
_UNTIL = re.compile(r"(?:^|\s)until\s*=\s*(\S*)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FORM = "write <!-- verifier: ignore[refuted] reason -->"


@dataclass(frozen=True, slots=True)
class Directive:
    """One comment."""

    where: str
    """`file:line`."""
    labels: frozenset[Label]
    reach: Span
    """What a statement must overlap, in the summary's text; may be empty."""
    suppression: Suppression

    def covers(self, statement: Statement, label: Label) -> bool:
        """Whether it speaks of this statement with this label."""
        start, end = self.reach
        return label in self.labels and statement.start < end and start < statement.end

    def __str__(self) -> str:
        labels = ",".join(label for label in Label if label in self.labels)
        return f"{self.where}: ignore[{labels}]"


def read_directives(summary: Source) -> tuple[list[Directive], list[str]]:
    """Return the comments of `summary`, and one line for each that can't be understood."""
    directives: list[Directive] = []
    problems: list[str] = []
    lines = Lines(summary.text)
    for match in _COMMENT.finditer(summary.text):
        if match["end"] and _is_seen(summary, match.start(), match.start() + 1):
            continue  # in code: an example
        where = f"{summary.id}:{lines.locate(match.start())[0]}"
        try:
            if summary.blocks is None:
                raise ValueError("comments are read in Markdown only; use the baseline")  # noqa: TRY301
            labels, suppression = _parse(match)
        except ValueError as error:
            problems.append(f"{where}: not understood: {error}")
        else:
            directives.append(Directive(where, labels, _reach(summary, match), suppression))
    return directives, problems


def today() -> date:
    """Return the day by which suppressions expire: that of SOURCE_DATE_EPOCH, or else of now, UTC.

    Raises InputError for a SOURCE_DATE_EPOCH that is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise InputError(f"SOURCE_DATE_EPOCH {epoch!r}: give seconds since 1970") from error


def expired(suppression: Suppression, today: date) -> bool:
    """Whether the last day of a suppression is over."""
    return suppression.expires is not None and suppression.expires < today.isoformat()


def parse_date(text: str) -> str:
    """Return an ISO date as it stands; raises ValueError for anything else."""
    if not _DATE.fullmatch(text):
        raise ValueError(f"{text!r} is no date; write it as 2026-12-31")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValueError(f"{text!r} is no date: {error}") from error


def _parse(match: re.Match[str]) -> tuple[frozenset[Label], Suppression]:
    body = _BODY.match(match["body"])
    if not match["end"]:
        raise ValueError("the comment has no end, -->")
    if body is None:
        raise ValueError(_FORM)
    labels = frozenset({Label.REFUTED, Label.UNKNOWN})
    if body["labels"] is not None:
        labels = parse_labels(body["labels"])
    elif body["rest"].lstrip().startswith(("[", "]")):
        raise ValueError(f"brackets that don't pair up; {_FORM}")
    if not labels:
        raise ValueError("it names no label; use refuted, unknown or both")
    rest = body["rest"]
    until = _UNTIL.search(rest)
    expires = parse_date(until[1]) if until else None
    if until:
        rest = rest[: until.start()] + " " + rest[until.end() :]
    return labels, Suppression("inline", " ".join(rest.split()), expires)


def _reach(summary: Source, comment: re.Match[str]) -> Span:
    """Return the lines of a comment, or the block after it where it has them to itself."""
    text = summary.text
    start = max(text.rfind(mark, 0, comment.start()) for mark in "\r\n") + 1
    ends = (text.find(mark, comment.end()) for mark in "\r\n")
    end = min((at for at in ends if at >= 0), default=len(text))
    if _is_seen(summary, start, end):
        return start, end
    return next((block for block in _blocks(summary) if block[0] >= comment.end()), (end, end))


def _is_seen(summary: Source, start: int, end: int) -> bool:
    """Whether any visible text stands between two offsets."""
    spans = (span for block in summary.blocks or () for span in block)
    return any(
        summary.text[max(low, start) : min(high, end)].strip()
        for low, high in spans
        if low < end and start < high
    )


def _blocks(summary: Source) -> Iterator[Span]:
    """Give the blocks with any text, from their first visible offset to their last."""
    for block in summary.blocks or ():
        shown = [span for span in block if summary.text[slice(*span)].strip()]
        if shown:
            yield shown[0][0], shown[-1][1]
