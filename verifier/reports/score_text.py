"""The figures of a run as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from verifier.reports.figures import (
    LESS_IS_BETTER,
    baseline_values,
    show,
    show_range,
    sliced_by,
    summary,
    title,
)
from verifier.reports.screen import screen, written
from verifier.safe import one_line

if TYPE_CHECKING:
    from verifier.results import Results


def columns(first: str, *others: str) -> Table:
    """Make a table whose first column is text and whose others are numbers."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table


def render(results: Results, *, width: int, color: bool) -> str:
    """Write figures with their intervals, the confusion matrix, the slices and the signature."""
    console, file = screen(width, color=color)
    card = results.card
    console.print(Text(one_line(title(results)), "bold"))
    console.print(Text(summary(results)))
    console.print(_figures(results))
    console.print(_confusion(results))
    if card.slices:
        console.print(_slices(results))
    console.print(Text(one_line(card.signature), "dim"), soft_wrap=True)
    return written(file)


def _figures(results: Results) -> Table:
    card = results.card
    table = columns("metric", "value", "95% interval", *card.baselines)
    for name, figure in card.metrics.items():
        table.add_row(
            f"{name} ↓" if name in LESS_IS_BETTER else name,
            Text(show(name, figure.value), "bold"),
            show_range(name, figure),
            *(show(name, value) for value in baseline_values(card, name)),
        )
    return table


def _confusion(results: Results) -> Table:
    matrix = results.card.confusion
    labels = list(next(iter(matrix.values())))
    table = columns("gold ↓  predicted →", *labels)
    for gold, counts in matrix.items():
        table.add_row(gold, *(f"{counts.get(label, 0):,}" for label in labels))
    return table


def _slices(results: Results) -> Table:
    card = results.card
    metric = sliced_by(card)
    table = columns("slice", "rows", metric, "95% interval")
    for name, parts in card.slices.items():
        for value, part in parts.items():
            figure = part.metrics[metric]
            where = Text.assemble((f"{one_line(name)}  ", "dim"), one_line(value))
            table.add_row(
                where, f"{part.rows:,}", show(metric, figure.value), show_range(metric, figure)
            )
    return table
