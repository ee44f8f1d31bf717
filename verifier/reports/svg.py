"""The report's drawings: numbers in, inline SVG out; colours and fonts are the page's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verifier.metrics import Bin, Estimate

_LEFT, _TOP, _SIDE_X, _SIDE_Y = 38, 26, 306, 190  # of a chart's field
_BOX = f"0 0 {_LEFT + _SIDE_X + 16} {_TOP + _SIDE_Y + 42}"
_TICKS = 5


def whisker(figure: Estimate, *ticks: float | None) -> Markup:
    """Draw a figure with its interval on a line from 0 to 1, and `ticks` to hold it against."""
    if figure.value is None:
        return Markup()
    parts = ['<line class="track" x1="0" x2="100%" y1="9" y2="9"/>']
    parts += [
        f'<line class="tick" x1="{_percent(tick)}" x2="{_percent(tick)}" y1="2" y2="16"/>'
        for tick in ticks
        if tick is not None
    ]
    if figure.low is not None and figure.high is not None:
        span = f'x1="{_percent(figure.low)}" x2="{_percent(figure.high)}"'
        parts.append(f'<line class="span" {span} y1="9" y2="9"/>')
    parts.append(f'<circle class="dot" cx="{_percent(figure.value)}" cy="9" r="4.5"/>')
    return Markup(f'<svg class="whisker" aria-hidden="true">{"".join(parts)}</svg>')  # noqa: S704 - numbers only


def reliability(bins: Sequence[Bin]) -> Markup:
    """Draw how often verdicts of each confidence are right; a dot's area is its share of rows."""
    filled = [b for b in bins if b.confidence is not None and b.accuracy is not None]
    rows = sum(b.rows for b in filled)
    parts = [_line("ideal", [(0, 0), (1, 1)])]
    points = [(b.confidence or 0, b.accuracy or 0) for b in filled]
    parts.append(_line("curve", points))
    for each, (x, y) in zip(filled, points, strict=True):
        title = f"confidence {x:.2f}: {y:.0%} of {each.rows:,} right"
        radius = 3 + 9 * (each.rows / rows) ** 0.5
        parts.append(
            f'<circle class="dot" cx="{_x(x)}" cy="{_y(y)}" r="{radius:.1f}">'
            f"<title>{title}</title></circle>"
        )
    words = "; ".join(f"at {x:.2f}, {y:.0%} right" for x, y in points)
    return _chart("confidence", "share that is right", parts, f"Reliability: {words}.", 1.0)


def risk_coverage(points: Sequence[tuple[float, float]]) -> Markup:
    """Draw the share of wrong answers among the surest, by how large a part of all they are."""
    top = max((risk for _, risk in points), default=0)
    top = next(limit for limit in (0.05, 0.1, 0.25, 0.5, 1) if top <= limit)
    scaled = [(coverage, risk / top) for coverage, risk in points]
    parts = []
    if scaled:
        ends = [(scaled[0][0], 0.0), *scaled, (scaled[-1][0], 0.0)]
        parts = [_line("area", ends), _line("curve", scaled)]
        parts += [_line("ideal", [(0, scaled[-1][1]), (1, scaled[-1][1])])]
    told = []
    for share in (25, 50, 75, 100):
        risk = next((risk for coverage, risk in points if coverage >= share / 100), None)
        told += [] if risk is None else [f"{risk:.0%} of the surest {share}%"]
    words = f"Share wrong: {'; '.join(told)}."
    return _chart("share answered, the surest first", "share wrong", parts, words, top)


def _chart(across: str, up: str, parts: Sequence[str], words: str, top: float) -> Markup:
    """Put `parts`, drawn over [0, 1] both ways, on axes; `top` is what 1 stands for upwards."""
    axes = []
    for n in range(_TICKS + 1):
        at = n / _TICKS
        axes.append(
            f'<line class="grid" x1="{_x(0)}" x2="{_x(1)}" y1="{_y(at)}" y2="{_y(at)}"/>'
            f'<text x="{_x(0) - 6}" y="{_y(at) + 4}" text-anchor="end">{at * top:.0%}</text>'
            f'<text x="{_x(at)}" y="{_y(0) + 16}" text-anchor="middle">{at:.0%}</text>'
        )
    bottom = _TOP + _SIDE_Y + 36
    axes.append(
        f'<line class="axis" x1="{_x(0)}" x2="{_x(1)}" y1="{_y(0)}" y2="{_y(0)}"/>'
        f'<text x="{_x(0.5)}" y="{bottom}" text-anchor="middle">{escape(across)}</text>'
        f'<text x="0" y="{_TOP - 14}">{escape(up)}</text>'
    )
    return Markup(  # noqa: S704 - numbers, and words of this file
        f'<svg class="chart" role="img" viewBox="{_BOX}"><title>{escape(words)}</title>'
        f"{''.join(axes)}{''.join(parts)}</svg>"
    )


def _line(name: str, points: Sequence[tuple[float, float]]) -> str:
    places = " ".join(f"{_x(x)},{_y(y)}" for x, y in points)
    return f'<polyline class="{name}" points="{places}"/>'


def _x(share: float) -> float:
    return round(_LEFT + share * _SIDE_X, 1)


def _y(share: float) -> float:
    return round(_TOP + (1 - share) * _SIDE_Y, 1)


def _percent(share: float) -> str:
    return f"{100 * min(max(share, 0), 1):.1f}%"
