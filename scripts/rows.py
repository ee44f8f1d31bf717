"""Labelled rows, as the programs of this folder read them."""

import csv
import gzip
import json
import random
from pathlib import Path

from clean import untokenise

LABELS = ["supported", "refuted", "unknown"]


def read(path: Path, sample: int, seed: int) -> list[dict[str, str]]:
    """Rows with `claim`, `evidence`, `label`; those of claims/ get their source as evidence."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    lines = raw.decode().splitlines()
    rows = list(csv.DictReader(lines)) if path.suffix == ".csv" else [json.loads(x) for x in lines]
    for row in rows:
        row["claim"] = untokenise(row["claim"])
        if "evidence" in row:
            row["evidence"] = untokenise(row["evidence"])
    return random.Random(seed).sample(rows, min(sample, len(rows)))
