"""The command line: parse, call, write, exit code; one file a command.

Exit codes: 0 all claims pass, 1 a claim's label is in `--fail-on`, 2 it could not be checked, 130
interrupted. Nothing here or in what it imports at once may load a heavy library: `--help` is quick.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from verifier import __version__
from verifier.cli.calibrate import calibrate
from verifier.cli.check import check
from verifier.cli.check_summary import check_summary
from verifier.cli.compare import compare
from verifier.cli.doctor import doctor
from verifier.cli.init import init
from verifier.cli.order import InOrder
from verifier.cli.output import say
from verifier.cli.score import score
from verifier.errors import VerifierError

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTERRUPTED = 130

app = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)
app.command()(check)
app.command(cls=InOrder)(check_summary)
app.command()(score)
app.command()(compare)
app.command()(calibrate)
app.command()(init)
app.command()(doctor)


def _print_version(*, asked: bool) -> None:
    if asked:
        typer.echo(f"verifier {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=lambda asked: _print_version(asked=asked),
            is_eager=True,
            help="Print the version and leave.",
        ),
    ] = False,
) -> None:
    """Check claims against source documents: supported, refuted or unknown, with the evidence."""


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line on `args` (default: the process's own) and return its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code: int = app(args, prog_name="verifier", standalone_mode=False)
    except VerifierError as error:
        say(f"error: {error}")
        return 2
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "verifier"
        hint = f"see '{command} --help'"
        if command == "verifier check" and hasattr(error, "option_name"):
            hint += ", or put -- before claims that begin with a dash"
        say(f"error: {error.format_message().rstrip('.')}; {hint}")
        return 2
    if code == _INTERRUPTED:
        say("interrupted")
    return code
