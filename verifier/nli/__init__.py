"""Models that judge a claim against a piece of evidence.

A backend is any object with the members of `Backend`. The built-in ones stand in
`loading.BACKENDS`, one file each, imported only when chosen: the bundled model runs without torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from verifier.records import Scores


@runtime_checkable
class Backend(Protocol):
    """The plug point for models: one batch method, order kept."""

    name: str
    """Printed in every report."""
    digest: str
    """sha256 hex digest of the weights and of every setting that changes a score."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        """Score (evidence, claim) pairs; the evidence is the premise, the claim the hypothesis.

        Returns one `Scores` a pair, in order, whatever the batching inside. A score doesn't depend
        on the other pairs of the call (to 1e-3). A pair longer than `room` is a ValueError: nothing
        is ever cut in silence, the caller chooses evidence that fits.
        """
        ...

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text takes, special tokens not counted."""
        ...

    def room(self) -> int:
        """How many tokens evidence and claim may take together, special tokens not counted."""
        ...
