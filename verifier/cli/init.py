"""`verifier init`: a configuration to start from."""

from pathlib import Path

from verifier.cli.output import write_stdout
from verifier.errors import InputError


def init() -> int:
    """Write a commented verifier.toml into this folder.

    Every line of it is a default that can be uncommented. Exit code: 0 it was written, 2 there is
    a configuration already.
    """
    from verifier.summaries.policy import (  # noqa: PLC0415 - --help does without
        CONFIG,
        PROJECT,
        TEMPLATE,
        project_table,
    )

    if project_table(Path()) is not None:
        raise InputError(f"{PROJECT} has a table [tool.verifier] already; edit that")
    try:
        with Path(CONFIG).open("x", encoding="utf-8", newline="") as file:
            file.write(TEMPLATE)
    except FileExistsError as error:
        raise InputError(f"{CONFIG} exists already; edit it, or remove it first") from error
    except OSError as error:
        raise InputError(f"{CONFIG}: can't be written: {error.strerror}") from error
    write_stdout(f"wrote {CONFIG}\n", utf8=False)
    return 0
