"""The records of a labelled claim set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

GoldEvidence = tuple[tuple[int, ...], ...]
"""Alternative sets of sentences, each enough by itself: places (from 0) in the evidence list."""


class Gold(StrEnum):
    """The right answer of a row. `NOT_SUPPORTED` leaves open whether refuted or unknown."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNKNOWN = "unknown"
    NOT_SUPPORTED = "not_supported"


@dataclass(frozen=True, slots=True)
class Row:
    """A claim, what it is judged against, and the right answer."""

    number: int
    """0-based place in the whole set, bad rows counted: the key of a row in a run."""
    id: str
    """Unique in its file: the set's own id, or `#` and the place in the file."""
    claim: str
    evidence: str | tuple[str, ...]
    """A sentence or a document; or its sentences, where the set has them apart."""
    gold: Gold
    file: str
    """The file as found, or the name on the hub."""
    row: int
    """1-based: the line where the row begins in a text file, its place in any other."""
    document: str
    """What rows of one document share: its title or id, or a digest of the evidence."""
    gold_evidence: GoldEvidence | None
    """None: the set doesn't say which sentences decide."""
    extra: Mapping[str, object]
    """The other fields as they stand, for slices."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that can't be scored. It is counted: as an error, or as unlabelled."""

    number: int
    """As of `Row`; bad and good rows are numbered together."""
    file: str
    row: int
    reason: str
    """What is wrong and what to do; `file:row: ` is not part of it."""
    id: str | None = None
    gold: Gold | None = None
    """The right answer, where at least that could be read."""
    unlabelled: bool = False
    """The set itself says that this row has no gold label (SNLI's `-` or -1): there is no right
    answer to miss, so it takes no part in any figure; the scorecard says how many there are."""

    def __str__(self) -> str:
        """Name the place and the reason, in one line."""
        return f"{self.file}:{self.row}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of the data are read, chosen once for the whole set; None: there is none."""

    claim: str
    evidence: str
    label: str
    id: str | None
    document: str | None
    gold_evidence: str | None
    given: frozenset[str]
    """Which of these (`claim`, `evidence`, `label`, `id`) the user named; the others were found."""
