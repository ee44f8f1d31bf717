"""Values of options that several commands read in the same way."""

from __future__ import annotations

import re
from datetime import date

from verifier.errors import InputError
from verifier.records import Label
from verifier.summaries.policy import parse_labels

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def parse_fail_on(text: str) -> frozenset[Label]:
    """Read the labels of --fail-on; raises InputError for others."""
    try:
        return parse_labels(text)
    except ValueError as error:
        raise InputError(f"--fail-on {text!r}: {error}") from error


def parse_day(text: str | None) -> date | None:
    """Read the day of --as-of, where it is given; raises InputError for anything else."""
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # the calendar has no such day
    raise InputError(f"--as-of {text!r}: give a day as YYYY-MM-DD, such as 2021-11-23")
