"""Measure a model on labelled sets, and the whole pipeline on `claims/`.

    python scripts/evaluate.py DATA/dev/*.jsonl.gz claims/*.jsonl claims/*.csv --sample 2000

Short evidence is scored as one pair, long evidence goes through the pipeline (column `mode`).
Accuracy is over the labels that the set has: where it knows no `unknown`, the larger of support
and refutation counts. `not_supported` sets give balanced accuracy at P(supported) >= 0.5 and
ROC-AUC. Intervals are 95% percentile bootstraps over rows. ECE has 15 equal-width bins.
"""

import argparse
import csv
import gzip
import hashlib
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from clean import untokenise
from sklearn.metrics import balanced_accuracy_score, f1_score, roc_auc_score

from verifier import __version__
from verifier.pipeline import Verifier
from verifier.records import Scores, Source

LABELS = ["supported", "refuted", "unknown"]
PAIR_WORDS = 120  # longer evidence is read as a document
BINS = 15


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


def judge(verifier: Verifier, rows: list[dict[str, str]]) -> tuple[list[Scores], list[str], str]:
    """Scores and label of every row, and the mode: `pair`, `document` or `claims`."""
    if "evidence" not in rows[0]:
        reports = {
            s: verifier.verify([r["claim"] for r in rows if r["source"] == s], [Path(s)])
            for s in {row["source"] for row in rows}
        }
        queues = {source: iter(report.verdicts) for source, report in reports.items()}
        verdicts = [next(queues[row["source"]]) for row in rows]
    elif np.median([len(row["evidence"].split()) for row in rows]) > PAIR_WORDS:
        verdicts = [
            verifier.verify([row["claim"]], [Source("evidence", row["evidence"])]).verdicts[0]
            for row in rows
        ]
    else:
        scores = verifier.score([(row["evidence"], row["claim"]) for row in rows])
        return scores, [max(LABELS, key=lambda label: getattr(s, label)) for s in scores], "pair"
    mode = "document" if "evidence" in rows[0] else "claims"
    return [v.scores for v in verdicts], [str(v.label) for v in verdicts], mode


def interval(metric: Callable[[np.ndarray], float], n: int) -> str:
    """Return a metric over all rows and its 95% percentile bootstrap interval, in per cent."""
    rng = np.random.default_rng(0)
    values = []
    for _ in range(500):
        try:
            values.append(metric(rng.integers(0, n, n)))
        except ValueError:  # a resample without one of the classes
            continue
    low, high = np.percentile(values, [2.5, 97.5])
    return f"{100 * metric(np.arange(n)):.1f} ({100 * low:.1f}–{100 * high:.1f})"


def ece(confidence: np.ndarray, right: np.ndarray) -> float:
    """Return the expected calibration error (Naeini et al. 2015), in [0, 1]."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return float(
        sum(
            abs(confidence[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
            for b in np.unique(bins)
        )
    )


def measure(rows: list[dict[str, str]], scores: list[Scores], labels: list[str]) -> str:
    """Return the set's metrics as the cells of a Markdown row."""
    gold = np.array([row["label"] for row in rows])
    table = np.array([[s.supported, s.refuted, s.unknown] for s in scores])
    if "not_supported" in gold:
        truth, support = gold == "supported", table[:, 0]
        balanced = interval(
            lambda i: balanced_accuracy_score(truth[i], support[i] >= 0.5), len(gold)
        )
        auc = interval(lambda i: roc_auc_score(truth[i], support[i]), len(gold))
        return f"balanced {balanced} | AUC {auc} |"
    guess = np.array(labels)
    if "unknown" not in gold:
        guess = np.where(table[:, 0] >= table[:, 1], "supported", "refuted")
    accuracy = interval(lambda i: (gold[i] == guess[i]).mean(), len(gold))
    f1 = interval(lambda i: f1_score(gold[i], guess[i], average="macro"), len(gold))
    error = (  # of the three-way confidence, so only where all three labels occur
        ece(table.max(1), gold == np.array(LABELS)[table.argmax(1)]) if "unknown" in gold else None
    )
    return f"accuracy {accuracy} | macro-F1 {f1} | {'' if error is None else f'{100 * error:.1f}'}"


def main() -> None:
    """Print the table and its signature."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path, nargs="+", help=".jsonl.gz, .jsonl or .csv files")
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--sample", type=int, default=10**9, help="rows a set, drawn by seed")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    verifier = Verifier(options.model)
    digest = hashlib.sha256()
    print("| set | rows | mode | | | ECE |\n| --- | --- | --- | --- | --- | --- |")
    for path in options.sets:
        digest.update(path.read_bytes())
        rows = read(path, options.sample, options.seed)
        start = time.perf_counter()
        scores, labels, mode = judge(verifier, rows)
        cells = measure(rows, scores, labels)
        name = path.name.removesuffix(".gz").removesuffix(".jsonl").removesuffix(".csv")
        print(
            f"| {path.parent.name}/{name} | {len(rows):,} | {mode} | {cells} |"
            f" <!-- {len(rows) / (time.perf_counter() - start):.0f} rows/s -->",
            flush=True,
        )
    digests = f"{verifier.backend.digest[:12]} | data {digest.hexdigest()[:12]}"
    print(f"\nsignature: verifier {__version__} | model {options.model} {digests}")
    print(f"{verifier.policy} | temperature {verifier.calibration.temperature}")
    print(f"sample {options.sample} seed {options.seed}")


if __name__ == "__main__":
    main()
