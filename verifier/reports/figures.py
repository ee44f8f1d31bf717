"""How figures are written, in the page and in the terminal alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from verifier.metrics import Estimate, Scorecard
    from verifier.results import Results

UNBOUNDED = {"Brier", "log loss"}
"""Those that may lie above 1."""
_NO_SHARES = UNBOUNDED | {"ROC-AUC", "AURC"}
LESS_IS_BETTER = {"ECE", "Brier", "log loss", "AURC"}
_NOTHING = "–"


def show(name: str, value: float | None) -> str:
    """Write the metric `name`: shares in per cent, the others with three decimals."""
    if value is None:
        return _NOTHING
    return f"{value:.3f}" if name in _NO_SHARES else f"{value:.1%}"


def show_range(name: str, figure: Estimate) -> str:
    """Write a figure's 95% interval."""
    if figure.low is None or figure.high is None:
        return _NOTHING
    low, high = show(name, figure.low), show(name, figure.high)
    return f"{low.removesuffix('%')}–{high}"


def number(count: int, noun: str) -> str:
    """Write how many there are of what `noun` names, whose plural ends in s, or in ies for y."""
    nouns = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else nouns}"


def overall(metrics: Mapping[str, Estimate]) -> list[str]:
    """Name the metrics that are of no single label."""
    ends = ("supported", "refuted", "unknown")
    kinds = ("precision", "recall", "F1")
    return [name for name in metrics if not (name.endswith(ends) and name.startswith(kinds))]


def baseline_values(card: Scorecard, name: str) -> list[float | None]:
    """Return the metric `name` of each baseline; None: it has none."""
    found = [figures.get(name) for figures in card.baselines.values()]
    return [None if figure is None else figure.value for figure in found]


def sliced_by(card: Scorecard) -> str:
    """Choose the figure that slices are shown by: labels of binary sets are far from even."""
    return "balanced accuracy" if card.task == "binary" else "accuracy"


def title(results: Results) -> str:
    """Name the model and the data, without their folders."""
    data = ", ".join(Path(name).name for name in results.data.split(", "))
    return f"{Path(results.settings['model']).name} on {data}"


def summary(results: Results) -> str:
    """Say in one line what was scored and how."""
    card = results.card
    parts = [number(card.rows, "row"), f"{card.task} labels"]
    if card.documents < card.rows:
        parts.append(number(card.documents, "document"))
    modes = {"pair": "as one pair", "document": "by the whole pipeline"}
    parts += [f"{results.modes[mode]:,} judged {how}" for mode, how in modes.items()
              if results.modes.get(mode)]  # fmt: skip
    if card.errors:
        parts.append(f"{card.errors:,} not scored (they count as wrong)")
    if card.unlabelled:
        parts.append(f"{card.unlabelled:,} without a gold label left out")
    return ", ".join(parts)
