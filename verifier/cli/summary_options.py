"""The options of `verifier check-summary` that no other command has, each with its help."""

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Option

from verifier.reports.summary import FORMATS

Summaries = Annotated[
    list[str] | None,
    Argument(
        metavar="SUMMARY",
        help="Markdown or text files, folders of them, patterns such as 'out/*.md', or '-' for "
        "stdin.",
    ),
]
Sources = Annotated[
    list[str] | None,
    Option(
        "--source",
        metavar="PATH",
        help="A file or a folder that every summary is checked against, or '-' for stdin; any "
        "number of times.",
    ),
]
SourceFor = Annotated[
    list[str] | None,
    Option(
        "--source-for",
        metavar="PATTERN",
        help="Where each summary's own source lies, as 'data/{stem}.txt'. For out/a.summary.md "
        "{stem} is a, {name} is a.summary.md, {parent} is out; '*' stands for anything.",
    ),
]
Manifest = Annotated[
    Path | None,
    Option(
        metavar="FILE",
        help='Summaries with their sources, one a line: {"summary": path, "sources": [path]}. '
        "Paths count from the file's folder.",
    ),
]
Pairs = Annotated[
    Path | None,
    Option(metavar="FILE", help="A jsonl file whose lines hold texts: a summary and its source."),
]
SummaryField = Annotated[str, Option(metavar="NAME", help="The field of --pairs with the summary.")]
SourceField = Annotated[
    str, Option(metavar="NAME", help="The field of --pairs with the source, or a list of several.")
]
IdField = Annotated[
    str | None,
    Option(metavar="NAME", help="The field of --pairs that names a line; else FILE:LINE does."),
]
Config = Annotated[
    Path | None,
    Option(
        metavar="FILE",
        help="The configuration. Without it: verifier.toml, or [tool.verifier] of pyproject.toml, "
        "in this folder or the nearest above.",
    ),
]
FailOn = Annotated[
    str | None,
    Option(
        metavar="LABELS",
        help="Labels that make the exit code 1: refuted, unknown, supported with commas between, "
        "or none. Without it: refuted,unknown.",
    ),
]
MinSupported = Annotated[
    float | None,
    Option(
        min=0,
        max=1,
        metavar="SHARE",
        help="The least share of each summary's statements, 0 to 1, that must be supported; "
        "suppressed ones don't count.",
    ),
]
ClaimLevel = Annotated[
    Literal["sentence", "clause"] | None,
    Option(help="What is checked: each sentence, or each clause of the long ones."),
]
BaselineFile = Annotated[
    Path | None,
    Option(
        "--baseline",
        metavar="FILE",
        help="Findings that don't fail. Without it: verifier-baseline.json beside the "
        "configuration, if there is one.",
    ),
]
UpdateBaseline = Annotated[
    bool,
    Option(
        "--update-baseline",
        help="Write the baseline anew: what fails now goes in, what is gone goes out; reasons and "
        "dates stay.",
    ),
]
Formats = Annotated[
    list[str] | None,
    Option(
        "--format",
        metavar="|".join(FORMATS),
        help="How the report is written; several times for several reports. Without any as the "
        "suffix of --output says, or text.",
        autocompletion=lambda: list(FORMATS),
    ),
]
Outputs = Annotated[
    list[Path] | None,
    Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where the report of the --format right before it goes, '-' for stdout. A --format "
        "without one goes to stdout.",
    ),
]
NoCache = Annotated[bool, Option("--no-cache", help="Judge every claim, and keep nothing.")]
