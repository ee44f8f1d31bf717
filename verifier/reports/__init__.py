"""A report as text: one file a format, imported only when chosen.

A format is a function `(report, *, width, color) -> str`. It writes nothing; the command line does.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from verifier.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from verifier.records import Report

FORMATS = {
    "text": "verifier.reports.text:render",
    "json": "verifier.reports.json:render",
    "jsonl": "verifier.reports.json:render_lines",
    "csv": "verifier.reports.csv:render",
}


def check_format(name: str, formats: Mapping[str, str] = FORMATS) -> None:
    """Refuse a name that isn't in `formats` with an InputError that lists those that are."""
    if name not in formats:
        *most, last = formats
        raise InputError(f"unknown format {name!r}: use {', '.join(most)} or {last}")


def renderer(name: str, formats: Mapping[str, str] = FORMATS) -> Callable[..., str]:
    """Import what writes the format `name`; raises InputError for an unknown one."""
    check_format(name, formats)
    module, function = formats[name].split(":")
    return cast("Callable[..., str]", getattr(import_module(module), function))


def render(report: Report, name: str = "text", *, width: int = 100, color: bool = False) -> str:
    """Write `report` in the format `name`; the result ends with a newline.

    `width`, in terminal cells, and `color`, ANSI escapes for a terminal, matter to `text` alone.
    Whatever the claims and sources hold, every format's result can be encoded as UTF-8 and holds
    no character that moves a terminal's cursor or can't be seen (see `safe`).

    Raises InputError for an unknown format.
    """
    return renderer(name)(report, width=width, color=color)
