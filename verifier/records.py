"""The records that one stage of the pipeline hands to the next.

Frozen and plain: a stage reads the records of the stage before it and makes its own. Offsets are
Python string indices (code points) into `Source.text`, half open: `text[start:end]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """The three verdicts. A claim that the sources don't settle is `UNKNOWN`, never `REFUTED`."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNKNOWN = "unknown"


Span = tuple[int, int]
"""A half-open range of offsets into a source's text."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement to check: the hypothesis, in the terms of NLI."""

    id: str
    """Unique in a run: the `id` field of the input, or the claim's running number from 1."""
    text: str
    path: str | None = None
    """The file that the claim was read from; None for arguments and Python strings."""
    line: int | None = None
    """1-based line of `path` (of the record, for formats with several lines a claim)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that claims are checked against, exactly as it stands in its file."""

    id: str
    """Shown to the user and unique in a run: the path as given, or a name such as `<stdin>`."""
    text: str
    path: str | None = None
    blocks: tuple[tuple[Span, ...], ...] | None = None
    """The readable text, for formats with markup: one tuple a block (paragraph, heading, list item,
    table row), each the visible ranges of that block in ascending order; an empty range stands for
    a space, as between the cells of a row. A sentence never crosses a block. None: the whole text
    is plain prose, and `text` finds its blocks."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a source: `source.text[start:end] == sentence.text`."""

    source_id: str
    index: int
    """0-based, in reading order within the source."""
    start: int
    end: int
    text: str
    """The exact slice of the source, line breaks and markup included: what a reader is shown."""
    plain: str
    """What the model reads: markup removed, runs of white space made one space."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities of the three labels; each in [0, 1], together 1."""

    supported: float
    refuted: float
    unknown: float


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A value of the claim that conflicts with one that the source states of the same thing."""

    claim_start: int
    claim_end: int
    """The value in the claim: `claim.text[claim_start:claim_end]`."""
    start: int
    end: int
    """The value in the source: `source.text[start:end]`."""
    message: str
    """One plain sentence: what the claim says and what the source says."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in a source and what the model makes of it for one claim."""

    source: str
    """`Source.id`."""
    start: int
    end: int
    line: int
    """1-based line of `start`."""
    column: int
    """1-based column of `start`, in code points."""
    text: str
    """The exact slice of the source: one sentence, or a window of neighbouring ones."""
    scores: Scores
    mismatches: tuple[Mismatch, ...] = ()
    """Where values of claim and source conflict; given for the places that a verdict shows."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one claim."""

    claim: Claim
    label: Label
    confidence: float
    """Calibrated probability, in [0, 1], that `label` is right."""
    scores: Scores
    """The claim's scores pooled over all its evidence."""
    reason: str
    """One plain sentence."""
    evidence: tuple[Evidence, ...]
    """The deciding place first; for `sources conflict` the best of either side."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that took no part, named so that nothing vanishes."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Run:
    """What another person needs to repeat a report."""

    version: str
    model: str
    digest: str
    """Of the model's weights and settings."""
    policy: Mapping[str, object]
    """The decision's settings, by name."""


@dataclass(frozen=True, slots=True)
class Report:
    """All verdicts of a run, in the order in which the claims were given."""

    verdicts: tuple[Verdict, ...]
    run: Run
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader of the verdicts should know, one line each: a text isn't English, say."""

    def count(self, label: Label) -> int:
        """How many verdicts carry `label`."""
        return sum(verdict.label is label for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim that a summary makes, at its place in the summary."""

    summary: str
    """`Source.id` of the summary."""
    start: int
    end: int
    line: int
    """1-based line of `start` in the summary."""
    column: int
    """1-based column of `start`, in code points."""
    text: str
    """The exact slice of the summary: a sentence, or the clause of one."""
    claim: str
    """What is judged: `text` in plain words, with the subject of its sentence carried over, or with
    the sentence before it where it leans on that."""
    leans: bool = False
    """Whether it can't be understood without the sentence before it, and is judged together with
    it."""
    lead: int = 0
    """How many characters of `claim` are the sentence before it, and the space between them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a summary that makes no claim: a question, a heading, an opinion."""

    summary: str
    start: int
    end: int
    line: int
    column: int
    text: str
    why: str
    """One plain phrase, such as `a question`."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding doesn't fail the check: a comment in the summary, or the baseline file."""

    kind: str
    """`inline` or `baseline`."""
    reason: str
    """As the user gave it; may be empty."""
    expires: str | None = None
    """ISO date after which it no longer counts."""


@dataclass(frozen=True, slots=True)
class Check:
    """The verdict on one statement of a summary, and what the policy makes of it."""

    statement: Statement
    verdict: Verdict
    fails: bool
    """Whether its label is one that fails, and nothing suppresses it."""
    fingerprint: str
    """Hex digest of the statement's words and its label: the same wherever it stands."""
    suppression: Suppression | None = None


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A summary that could not be checked; never a pass."""

    summary: str
    why: str


@dataclass(frozen=True, slots=True)
class SummaryReport:
    """What a run over summaries found, in the order of the summaries and of their text."""

    checks: tuple[Check, ...]
    run: Run
    summaries: Mapping[str, Source]
    """By `Source.id`; the text that the statements point into."""
    sources: Mapping[str, Source]
    """By `Source.id`; the text that the evidence points into."""
    passages: tuple[Passage, ...] = ()
    """What is no claim."""
    unchecked: tuple[Unchecked, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    """Sources that could not be read."""
    unused: tuple[str, ...] = ()
    """Suppressions that suppressed nothing, one line each: where they stand and what they say."""
    shortfalls: tuple[str, ...] = ()
    """Demands of the policy on whole summaries that aren't met, one line each."""
    notes: tuple[str, ...] = ()
    """What a reader of the verdicts should know, one line each; see `Report.notes`."""

    @property
    def failed(self) -> bool:
        """Whether some statement fails, or a whole summary falls short of the policy."""
        return any(check.fails for check in self.checks) or bool(self.shortfalls)

    def count(self, label: Label) -> int:
        """How many statements carry `label`, suppressed ones included."""
        return sum(check.verdict.label is label for check in self.checks)
