"""A comparison of two runs as tables for a terminal, or as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.text import Text

from verifier.reports.figures import LESS_IS_BETTER, number, show
from verifier.reports.score_text import columns
from verifier.reports.screen import screen, written
from verifier.safe import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table

    from verifier.metrics import Comparison, Difference, McNemar
    from verifier.results import Compared, Flip

_SURE = 0.05


def render(compared: Compared, *, width: int, color: bool) -> str:
    """Write the figures of both, their differences, the slices, and what flipped."""
    console, file = screen(width, color=color)
    found = compared.comparison
    for letter, name in zip("AB", compared.names, strict=True):
        console.print(Text.assemble((f"{letter}  ", "bold"), one_line(name)))
    console.print(differences(found, "A", "B"))
    console.print(Text(_mcnemar(found.rows, found.mcnemar)))
    if found.slices:
        console.print(_slices(compared))
    _put_flips(console, "Right in B alone", len(found.fixed), compared.fixed)
    _put_flips(console, "Right in A alone", len(found.broken), compared.broken)
    return written(file)


def differences(found: Comparison, a: str, b: str) -> Table:
    """Put the figures of both runs and what lies between them into a table."""
    table = columns("metric", a, b, "difference", "95% interval", "p")
    for name, difference in found.metrics.items():
        shown = f"{name} ↓" if name in LESS_IS_BETTER else name
        table.add_row(shown, *_cells(name, difference))
    return table


def render_json(compared: Compared) -> str:
    """Write one object: `a`, `b`, and the fields of `metrics.Comparison`."""
    a, b = compared.names
    value = {"a": a, "b": b, **compared.comparison.to_json()}
    value["examples"] = {
        "fixed": [asdict(flip) for flip in compared.fixed],
        "broken": [asdict(flip) for flip in compared.broken],
    }
    return json.dumps(value, indent=2, allow_nan=False) + "\n"


def _slices(compared: Compared) -> Table:
    table = columns("slice", "rows", "A", "B", "difference", "95% interval", "p", "McNemar p")
    for name, parts in compared.comparison.slices.items():
        for value, part in parts.items():
            shown = Text.assemble((f"{one_line(name)}  ", "dim"), one_line(value))
            cells = _cells("accuracy", part.metrics["accuracy"])
            table.add_row(shown, f"{part.rows:,}", *cells, f"{part.mcnemar.p:.3f}")
    return table


def _cells(name: str, difference: Difference) -> list[Text]:
    """Write both values, the difference, its interval and p; bold where p is small."""
    low, high = (_signed(name, value) for value in (difference.low, difference.high))
    sure = difference.p is not None and difference.p < _SURE
    return [
        Text(show(name, difference.a)),
        Text(show(name, difference.b)),
        Text(_signed(name, difference.difference), "bold" if sure else ""),
        Text(f"{low} to {high}"),
        Text("–" if difference.p is None else f"{difference.p:.3f}"),
    ]


def _signed(name: str, value: float | None) -> str:
    """Write a difference: of shares in points of a hundred."""
    shown = show(name, value).removesuffix("%")
    return shown if value is None or value < 0 else f"+{shown}"


def _mcnemar(rows: int, found: McNemar) -> str:
    return (
        f"Of {number(rows, 'row')} {found.only_b:,} are right in B alone and {found.only_a:,} in A "
        f"alone (McNemar's exact test: p = {found.p:.3g})"
    )


def _put_flips(console: Console, title: str, count: int, flips: Sequence[Flip]) -> None:
    if not flips:
        return
    console.print()
    console.print(Text(f"{title}: {count:,}, as", "bold"))
    for flip in flips:
        said = f"gold {flip.gold}, A {flip.a}, B {flip.b}"
        console.print(
            Text(f"  {one_line(flip.claim)}"), Text(f"  {said}  {one_line(flip.place)}"), sep="\n"
        )
