"""What a fitted calibration is and does, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from verifier.reports.compare_text import differences
from verifier.reports.screen import screen, written

if TYPE_CHECKING:
    from verifier.fitting import Fitted


def render(fitted: Fitted, *, width: int, color: bool) -> str:
    """Write the fitted settings, and what they change on the held-out rows."""
    console, file = screen(width, color=color)
    calibration, policy = fitted.calibration, fitted.calibration.policy
    settings = f"temperature {calibration.temperature:g}, support threshold {policy.support:g}, "
    settings += f"refute threshold {policy.refute:g}"
    if calibration.abstain is not None:
        settings += f", least confidence of an answer {calibration.abstain:g}"
    console.print(Text(settings, "bold"))
    console.print(
        Text(f"fitted on {fitted.fitted_on:,} rows, checked on {fitted.checked_on:,} others:")
    )
    console.print(differences(fitted.comparison, "as it is", "calibrated"))
    if fitted.abstention is not None:
        given = fitted.abstention
        console.print(
            Text(
                f"Of the others {given.answered:,} ({given.coverage:.1%}) get an answer, supported "
                f"or refuted, and {given.wrong:,} of these ({given.error:.1%}) are wrong. Of other "
                f"rows of this kind at most {fitted.max_error:.1%} are, with a probability of at "
                "least 90% over the rows that it was fitted on."
            )
        )
    return written(file)
