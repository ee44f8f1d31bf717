"""`verifier doctor`: what is installed, and whether it works."""

from typing import Annotated

from typer import Option

from verifier.cli.output import write_stdout
from verifier.safe import visible


def doctor(
    *,
    ask_torch: Annotated[
        bool, Option("--all", help="Load torch as well and list its devices; takes seconds.")
    ] = False,
) -> int:
    """Check this installation.

    Tells what is installed, which model ships, and whether it gives the expected scores. Exit
    code: 0 all is well, 2 something is missing or wrong.
    """
    from verifier.doctor import examine  # noqa: PLC0415 - --help does without

    findings = examine(ask_torch=ask_torch)
    lines = (
        f"{'ok ' if finding.healthy else 'BAD'}  {finding.subject:<20} {visible(finding.state)}\n"
        for finding in findings
    )
    write_stdout("".join(lines), utf8=False)
    return 0 if all(finding.healthy for finding in findings) else 2
