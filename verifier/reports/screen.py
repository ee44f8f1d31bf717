"""A rich console that writes to a string, the same on every machine."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from verifier.records import Label
from verifier.safe import visible

if TYPE_CHECKING:
    from verifier.records import Run

INDENT = "  "
MARKS = {
    Label.SUPPORTED: ("✔", "bold green"),
    Label.REFUTED: ("✘", "bold red"),
    Label.UNKNOWN: ("?", "bold yellow"),
}
"""A label's mark and style."""
_DIGEST_LENGTH = 12


def screen(width: int, *, color: bool) -> tuple[Console, io.StringIO]:
    """Make a console of `width` cells that writes to a string."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=width,
        height=25,  # or a dumb terminal overrules the width
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
        highlight=False,
    )
    return console, file


def written(file: io.StringIO) -> str:
    """Take what a console wrote, without the spaces that fill its lines."""
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().split("\n")[:-1])


def put(console: Console, text: Text, indent: str = "") -> None:
    """Print `text` wrapped, its first line at `indent` and the others one step in at least."""
    room = console.width - len(INDENT)
    for line in text.wrap(console, room):
        line.rstrip()
        console.print(Text.assemble(indent, line), soft_wrap=True)
        indent = INDENT


def put_place(console: Console, name: str, line: int, column: int) -> None:
    """Print a place on a line of its own that isn't wrapped: a broken link is none."""
    where = Text(f"{INDENT}{visible(name)}:{line}:{column}", "cyan")
    console.print(where, soft_wrap=True)


def put_signature(console: Console, run: Run) -> None:
    """Print what made the report."""
    digest = visible(run.digest[:_DIGEST_LENGTH])
    signed = f"verifier {run.version}, model {visible(run.model)} {digest}"
    put(console, Text(signed, "dim"))
