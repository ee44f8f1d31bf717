"""How good a run is, how sure that is, and whether another is better.

    card = scorecard(judged, data="dev.jsonl", ...)     # Scorecard: every figure with its interval
    compare(judged_a, judged_b)                         # Comparison: paired, per metric and slice

Importing this package loads numpy and scipy.
"""

from __future__ import annotations

from verifier.metrics.comparison import Comparison, Difference, McNemar, Part, compare
from verifier.metrics.judged import Judged
from verifier.metrics.scorecard import Bin, Estimate, Scorecard, Slice, scorecard, signature

__all__ = [
    "Bin",
    "Comparison",
    "Difference",
    "Estimate",
    "Judged",
    "McNemar",
    "Part",
    "Scorecard",
    "Slice",
    "compare",
    "scorecard",
    "signature",
]
