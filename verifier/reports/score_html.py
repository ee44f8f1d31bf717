"""The page of a run: one file that asks the network for nothing.

Every value is made visible (see `safe`) and escaped, without the template having to ask for it. The
page's own policy (CSP) lets no script but its own run, whatever the data holds.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from verifier import __version__
from verifier.reports import svg
from verifier.reports.figures import (
    LESS_IS_BETTER,
    UNBOUNDED,
    baseline_values,
    overall,
    show,
    show_range,
    sliced_by,
    summary,
    title,
)
from verifier.reports.page import asset, digest, template

if TYPE_CHECKING:
    from verifier.metrics import Estimate, Scorecard
    from verifier.results import Mistake, Results

_TILES = ("accuracy", "macro F1", "balanced accuracy", "ROC-AUC", "ECE")
_TILE_COUNT = 4
_EVIDENCE = 3000  # characters in the page; longer evidence loses its end, and the page says so
_FAILED = 20  # rows named in the page
_SCORES = ("supported", "refuted", "unknown")


def render(results: Results) -> str:
    """Write the whole page."""
    card = results.card
    script = asset("score.js")
    page = template("score.html").render(
        style=asset("score.css"),
        script=script,
        script_digest=digest(f"\n{script}\n"),
        version=__version__,
        title=title(results),
        lead=f"{summary(results)}.",
        tiles=[_row(card, name) for name in _TILES if name in card.metrics][:_TILE_COUNT],
        metrics=[_row(card, name) for name in overall(card.metrics)],
        baselines=list(card.baselines),
        failed=results.failed[:_FAILED],
        failed_count=len(results.failed),
        confusion=_confusion(results),
        gold_labels=list(card.confusion),
        predicted_labels=_predicted(card),
        classes=_classes(card),
        charts=_charts(card),
        slices=_slices(card),
        slice_metric=sliced_by(card),
        errors=[_mistake(mistake, card) for mistake in results.worst],
        signature=card.signature,
        run=_run(results),
    )
    return f"{page}\n"


def _row(card: Scorecard, name: str) -> dict[str, Any]:
    baselines = baseline_values(card, name)
    return _figure(name, card.metrics[name], *baselines) | {
        "name": f"{name} ↓" if name in LESS_IS_BETTER else name,
        "baselines": [show(name, value) for value in baselines],
    }


def _figure(name: str, figure: Estimate, *ticks: float | None) -> dict[str, Any]:
    return {
        "value": show(name, figure.value),
        "range": show_range(name, figure),
        "whisker": svg.whisker(figure, *ticks) if name not in UNBOUNDED else "",
    }


def _predicted(card: Scorecard) -> list[str]:
    """Name the columns of the matrix: every label of the task, and errors if there are some."""
    labels = list(next(iter(card.confusion.values())))
    return [label for label in labels if label != "error" or card.errors]


def _confusion(results: Results) -> list[dict[str, Any]]:
    card = results.card
    listed = {(mistake.kept["gold"], mistake.said) for mistake in results.worst}
    rows = []
    for gold, counts in card.confusion.items():
        whole = sum(counts.values())
        cells = [
            {
                "predicted": label,
                "count": f"{counts.get(label, 0):,}",
                "share": round(100 * counts.get(label, 0) / whole),
                "wrong": label != gold,
                "listed": any(said == label and _same(told, gold) for told, said in listed),
            }
            for label in _predicted(card)
        ]
        rows.append({"gold": gold, "cells": cells})
    return rows


def _same(told: str, gold: str) -> bool:
    """Whether a row's gold label is what the matrix calls `gold`: binary sets join two."""
    return told == gold or (gold == "not_supported" and told != "supported")


def _classes(card: Scorecard) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "rows": f"{sum(counts.values()):,}",
            "figures": [
                _figure(name, card.metrics[f"{name} {label}"])
                for name in ("precision", "recall", "F1")
            ],
        }
        for label, counts in card.confusion.items()
        if f"F1 {label}" in card.metrics
    ]


def _charts(card: Scorecard) -> list[dict[str, Any]]:
    return [
        {
            "id": "reliability",
            "title": "Reliability",
            "note": "How often a verdict of some confidence is right. On the dashed line it is as "
            "often as it says; below, it is too sure. A larger dot stands for more rows.",
            "svg": svg.reliability(card.reliability),
        },
        {
            "id": "risk",
            "title": "Risk and coverage",
            "note": "The share of wrong verdicts when only the surest are given. The dashed line "
            "is all of them; the further below it the curve, the better confidence tells right "
            "from wrong.",
            "svg": svg.risk_coverage(card.risk_coverage),
        },
    ]


def _slices(card: Scorecard) -> list[dict[str, Any]]:
    metric = sliced_by(card)
    overall_value = card.metrics[metric].value
    return [
        {
            "name": name,
            "rows": [
                _figure(metric, part.metrics[metric], overall_value)
                | {"name": value, "rows": f"{part.rows:,}", "key": _key(card, name, value)}
                for value, part in parts.items()
            ],
        }
        for name, parts in card.slices.items()
    ]


def _key(card: Scorecard, name: str, value: str) -> str:
    """Give a value of a slice a short name: `1-0` is the first of the second slice."""
    return f"{list(card.slices).index(name)}-{list(card.slices[name]).index(value)}"


def _mistake(mistake: Mistake, card: Scorecard) -> dict[str, Any]:
    kept = mistake.kept
    evidence = kept["evidence"]
    if len(evidence) > _EVIDENCE:
        left = len(evidence) - _EVIDENCE
        evidence = f"{evidence[:_EVIDENCE]} … ({left:,} more characters in predictions.jsonl)"
    gold = kept["gold"] if kept["gold"] in card.confusion else "not_supported"
    return {
        "id": f"{Path(kept['file']).name}:{kept['row']} {kept['id']}",
        "gold": gold,
        "predicted": mistake.said,
        "claim": kept["claim"],
        "evidence": evidence or "(nothing bears on the claim)",
        "scores": [
            {"label": label, "percent": f"{100 * kept['scores'][label]:.1f}"} for label in _SCORES
        ],
        "slices": " ".join(_key(card, *item) for item in mistake.slices.items()),
        "tags": " · ".join(f"{name}: {value}" for name, value in mistake.slices.items()),
    }


def _run(results: Results) -> list[tuple[str, object]]:
    settings = results.settings
    policy = ", ".join(f"{name} {value}" for name, value in settings["policy"].items())
    return [
        ("data", results.data),
        ("data digest", settings["data digest"]),
        ("model", settings["model"]),
        ("model digest", settings["model digest"]),
        ("policy", policy),
        ("mode", settings["mode"]),
    ]
