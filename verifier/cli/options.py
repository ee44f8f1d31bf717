"""The options of `verifier check`, each with its help."""

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Option

from verifier.reports import FORMATS

Claims = Annotated[
    list[str] | None,
    Argument(metavar="CLAIM", help="Claims to check; put '--' before one such as '-5 °C'."),
]
Sources = Annotated[
    list[str],
    Option(
        "--source",
        metavar="PATH",
        help="A file or a folder to check against, or '-' for stdin; any number of times.",
    ),
]
ClaimFiles = Annotated[
    list[str] | None,
    Option(
        "--claims",
        metavar="FILE",
        help="More claims: text, one a line, or jsonl, json, csv, tsv; '-' for stdin; "
        "any number of times.",
    ),
]
ClaimField = Annotated[
    str, Option(metavar="NAME", help="The field of a jsonl, json, csv or tsv file with the claim.")
]
Format = Annotated[
    str | None,
    Option(
        "--format",
        metavar="|".join(FORMATS),
        help="How the report is written; without it as the suffix of --output says, or text.",
        autocompletion=lambda: list(FORMATS),
    ),
]
Output = Annotated[
    Path | None,
    Option("--output", "-o", metavar="FILE", help="Write the report to a file, not to stdout."),
]
FailOn = Annotated[
    str,
    Option(
        metavar="LABELS",
        help="Labels that make the exit code 1: refuted, unknown, supported with commas between, "
        "or none.",
    ),
]
Model = Annotated[
    str,
    Option(
        metavar="MODEL", help="'bundled', a model's folder, or its name on the Hugging Face hub."
    ),
]
Device = Annotated[
    Literal["auto", "cpu", "cuda", "mps"],
    Option(help="Where a model other than the bundled one runs."),
]
Dtype = Annotated[
    Literal["float32", "bfloat16", "float16"],
    Option(help="What a model other than the bundled one computes in."),
]
LabelMap = Annotated[
    str | None,
    Option(
        metavar="MAP",
        help="What the model's labels mean, where its names don't tell: "
        "'yes=supported,no=refuted,other=unknown'.",
    ),
]
Calibration = Annotated[
    Path | None,
    Option(
        "--calibration",
        metavar="FILE",
        help="Temperature and thresholds from 'verifier calibrate', for the same model.",
    ),
]
TopK = Annotated[
    int | None,
    Option(min=1, metavar="N", help="How many sentences of long sources are picked for a claim."),
]
BatchTokens = Annotated[
    int | None, Option(min=1, metavar="N", help="How many tokens the model takes at a time.")
]
SupportThreshold = Annotated[
    float | None,
    Option(min=0, max=1, metavar="P", help="The least score, 0 to 1, that supports a claim."),
]
RefuteThreshold = Annotated[
    float | None,
    Option(min=0, max=1, metavar="P", help="The least score, 0 to 1, that refutes a claim."),
]
NoQuantities = Annotated[
    bool,
    Option("--no-quantities", help="Leave numbers and dates to the model alone."),
]
AsOf = Annotated[
    str | None,
    Option(
        "--as-of",
        metavar="DATE",
        help="The day, as YYYY-MM-DD, on which the claims were written, and the sources that "
        "don't say when: 'yesterday' and 'last week' are read against it.",
    ),
]
Quiet = Annotated[
    bool,
    Option("--quiet", "-q", help="No progress bar. Errors and skipped inputs are always named."),
]
Verbose = Annotated[
    bool, Option("--verbose", "-v", help="Say on stderr what was read and how fast it was checked.")
]
NoColor = Annotated[
    bool, Option("--no-color", help="No colours; the variable NO_COLOR does the same.")
]
