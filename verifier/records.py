"""The records that one stage of the pipeline hands to the next.

Frozen and plain: a stage reads the records of the stage before it and makes its own. Offsets are
Python string indices (code points) into `Source.text`, half open: `text[start:end]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    skipped: tuple[Skipped, ...] = field(default=())

    def count(self, label: Label) -> int:
        """How many verdicts carry `label`."""
        return sum(verdict.label is label for verdict in self.verdicts)
