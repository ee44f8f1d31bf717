"""The options of `verifier score`, `compare` and `calibrate`, each with its help."""

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Option

Datasets = Annotated[
    list[str],
    Argument(
        metavar="DATASET...",
        help="Labelled claims: jsonl, json, csv, tsv (.gz, .zst), parquet or arrow files, folders "
        "of them, or a data set of the Hugging Face hub.",
    ),
]
Split = Annotated[
    str | None, Option(metavar="NAME", help="Which split of the data set, as 'test'.")
]
ClaimField = Annotated[str | None, Option(metavar="NAME", help="The field with the claim.")]
EvidenceField = Annotated[str | None, Option(metavar="NAME", help="The field with the evidence.")]
LabelField = Annotated[str | None, Option(metavar="NAME", help="The field with the right answer.")]
IdField = Annotated[str | None, Option(metavar="NAME", help="The field that names a row.")]
LabelMap = Annotated[
    str | None,
    Option(
        metavar="MAP",
        help="What the data's labels mean, where they don't tell: "
        "'0=supported,1=refuted,2=unknown'; not_supported is known too.",
    ),
]
Limit = Annotated[
    int | None, Option(min=1, metavar="N", help="Read no more than the first N rows.")
]
Mode = Annotated[
    Literal["auto", "pair", "document"],
    Option(
        help="How a row is judged: its evidence as it stands (pair), by the whole pipeline "
        "(document), or as a pair where it fits the model (auto)."
    ),
]
Slices = Annotated[
    str | None,
    Option(
        "--slice",
        metavar="NAMES",
        help="By what the rows are told apart: length, numbers, negation, label, source or fields "
        "of the data, with commas between. Without it: the first four, and source for several "
        "files.",
    ),
]
RunFolder = Annotated[
    Path | None,
    Option(
        "--out",
        metavar="FOLDER",
        help="Where the run is kept: predictions.jsonl, metrics.json, report.html. Without it: "
        "runs/DATASET-MODEL.",
    ),
]
ReportFile = Annotated[
    Path | None,
    Option("--report", metavar="FILE", help="Write the page to this file as well."),
]
Resume = Annotated[
    bool, Option("--resume", help="Go on with a run that was stopped, or show a finished one.")
]
Cache = Annotated[
    Path | None,
    Option(
        metavar="FOLDER",
        help="Where scores are kept between runs. Without it: $VERIFIER_CACHE, or 'verifier' in "
        "your cache folder.",
    ),
]
NoCache = Annotated[bool, Option("--no-cache", help="Score every row, and keep nothing.")]
ModelLabelMap = Annotated[
    str | None,
    Option(
        metavar="MAP",
        help="What the model's labels mean, where its names don't tell: "
        "'yes=supported,no=refuted,other=unknown'.",
    ),
]
RunA = Annotated[Path, Argument(metavar="RUN_A", help="A run folder of 'verifier score'.")]
RunB = Annotated[Path, Argument(metavar="RUN_B", help="Another, over the same data.")]
CompareFormat = Annotated[
    Literal["text", "json"], Option("--format", help="How the comparison is written.")
]
CalibrationOut = Annotated[
    Path, Option("--out", metavar="FILE", help="Where the calibration is written.")
]
MaxError = Annotated[
    float | None,
    Option(
        metavar="SHARE",
        help="Have the model abstain so that at most this share of the answers it does give is "
        "wrong, as 0.05.",
    ),
]
