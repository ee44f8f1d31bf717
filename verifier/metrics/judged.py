"""One scored row, as the metrics need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from verifier.claimsets.rows import Gold, GoldEvidence
from verifier.records import Label, Scores


@dataclass(frozen=True, slots=True)
class Judged:
    """What was right and what the model said. Rows that the set leaves unlabelled aren't judged."""

    gold: Gold | None
    """None: a bad row whose answer can't be read; it counts as wrong."""
    label: Label | None
    """The verdict; None: an error, which counts as wrong."""
    scores: Scores | None
    """Of the verdict; None: an error."""
    claim: str = ""
    """For slices and the claim-only baseline; "" where it couldn't be read."""
    document: str = ""
    """As of `Row`; "": a document of its own."""
    words: int = 0
    """Of evidence and claim together, split at white space; for the slice `length`."""
    gold_evidence: GoldEvidence | None = None
    evidence: tuple[int, ...] = ()
    """The places in the row's evidence list that the verdict names, best first."""
    fields: Mapping[str, object] = field(default_factory=dict)
    """Other fields of the row, by which it can be sliced; `source` is the file."""
