"""What the model makes of a claim alone, and how right it is on short and on long texts.

    python scripts/bias.py --data DATA

A claim says something of its own label: how it is worded, that it is negated. Accuracy of the
claim with the evidence left empty shows how much of that the model has learnt; the share of the
commonest label is what knowing nothing gives. Then accuracy by thirds of the length, in words, of
claim and of evidence. In per cent, over single pairs; where a set has no `unknown`, the larger of
support and refutation is the verdict.
"""

import argparse
from collections import Counter
from pathlib import Path
from statistics import mean

import numpy as np
from rows import LABELS, read

from verifier.pipeline import Verifier

CLAIM_ALONE = [
    "dev/vitaminc_real",
    "dev/fever_symmetric_v0.2_dev",
    "bench/fever_symmetric_v0.2_test",
    "dev/mnli_matched",
]
BY_LENGTH = ["dev/vitaminc_real", "dev/mnli_matched"]


def right(verifier: Verifier, rows: list[dict[str, str]], *, alone: bool = False) -> list[bool]:
    """Tell of each row whether the label with the highest score is the gold label."""
    pairs = [("" if alone else row["evidence"], row["claim"]) for row in rows]
    labels = [label for label in LABELS if any(row["label"] == label for row in rows)]
    return [
        max(labels, key=lambda label: float(getattr(scores, label))) == row["label"]
        for scores, row in zip(verifier.score(pairs), rows, strict=True)
    ]


def by_length(rows: list[dict[str, str]], field: str, hits: list[bool]) -> list[str]:
    """Give the accuracy of each third of the rows by the words of a field."""
    lengths = np.array([len(row[field].split()) for row in rows])
    low, high = np.quantile(lengths, [1 / 3, 2 / 3])
    parts = {
        f"up to {low:.0f}": lengths <= low,
        f"up to {high:.0f}": (lengths > low) & (lengths <= high),
        "more": lengths > high,
    }
    return [f"{name} {100 * np.array(hits)[part].mean():.1f}" for name, part in parts.items()]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=1500, help="rows a set, at most")
    options = parser.parse_args()
    verifier = Verifier()
    sets = {
        name: read(options.data / f"{name}.jsonl.gz", options.limit, 0)
        for name in dict.fromkeys([*CLAIM_ALONE, *BY_LENGTH])
    }
    hits = {name: right(verifier, rows) for name, rows in sets.items()}
    print("| set | rows | with evidence | claim alone | commonest label |")
    print("| --- | --- | --- | --- | --- |")
    for name in CLAIM_ALONE:
        rows = sets[name]
        common = Counter(row["label"] for row in rows).most_common(1)[0][1] / len(rows)
        alone = mean(right(verifier, rows, alone=True))
        cells = " | ".join(f"{100 * share:.1f}" for share in (mean(hits[name]), alone, common))
        print(f"| {name} | {len(rows):,} | {cells} |", flush=True)
    print("\n| set | words of | accuracy |\n| --- | --- | --- |")
    for name in BY_LENGTH:
        for field in ("claim", "evidence"):
            print(f"| {name} | {field} | {', '.join(by_length(sets[name], field, hits[name]))} |")


if __name__ == "__main__":
    main()
