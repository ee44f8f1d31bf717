"""What the quantity layer adds on dev, beside the same model without it, in one run.

    python scripts/quantity_gain.py --data DATA

The rows that calibrate.py fitted the weights on are left out. Figures are accuracies in per cent,
over single pairs; the difference has its 95% paired bootstrap interval, documents resampled whole.
`values differ` are the rows whose claim has a number or date that its evidence, which also has
some, lacks. Then the contrasts of tests/data that nothing was fitted on, by the label asked for.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from augment import key_numbers
from calibrate import CONTRASTS, PAIR_ROWS, PAIR_SEED
from clean import key
from rows import read

from verifier import scoring
from verifier.claimsets.rows import BadRow, Gold, Row
from verifier.metrics.comparison import Comparison, Difference, compare
from verifier.metrics.judged import Judged
from verifier.pipeline import Verifier
from verifier.records import Label

SETS = ["vitaminc_real", "mnli_matched", "snli_test", "infotabs", "foolmetwice_gold"]
WITH_DIFFERENT, OTHERS = "values differ", "other rows"


def judge(verifier: Verifier, rows: Sequence[dict[str, str]]) -> list[Judged]:
    """Judge each pair as `verifier score --mode pair` does."""
    made: list[Row | BadRow] = []
    for n, row in enumerate(rows):
        claim, text, gold = row["claim"], row["evidence"], Gold(row["label"])
        told = key_numbers(text)
        values = WITH_DIFFERENT if told and key_numbers(claim) - told else OTHERS
        page = row.get("page") or key(text)
        made.append(Row(n, str(n), claim, text, gold, "", n + 1, page, None, {"values": values}))
    found = scoring.judge(verifier, made, "pair", lambda _done: None)
    return [scoring.to_judged(scoring.record(each, ["values"])) for each in found]


def show(each: Difference) -> str:
    """Write a figure without, with, and the difference with its interval."""
    values = (each.a, each.b, each.difference, each.low, each.high)
    a, b, change, low, high = (100 * (value or 0.0) for value in values)
    return f"{a:.1f} | {b:.1f} | {change:+.1f} ({low:+.1f} to {high:+.1f})"


def lines(name: str, found: Comparison) -> list[str]:
    """Give the rows of the table for a set: all of it, and those whose values differ."""
    table = [f"| {name} | {found.rows:,} | {show(found.metrics['accuracy'])} |"]
    part = found.slices["values"].get(WITH_DIFFERENT)
    if part:
        row = f"| – {WITH_DIFFERENT} | {part.rows:,} | {show(part.metrics['accuracy'])} |"
        table.append(row)
    return table


def contrasts(with_layer: Verifier, without: Verifier, path: Path, split: str | None) -> None:
    """Print the shares of contrasts judged right, in the pipeline, and of wrongly refuted ones."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if split in (None, row["split"])]
    for name, verifier in (("with", with_layer), ("without", without)):
        right: Counter[str] = Counter()
        refuted = 0
        for row in rows:
            (verdict,) = verifier.verify([row["claim"]], [row["evidence"]]).verdicts
            right[row["label"]] += verdict.label == row["label"]
            refuted += row["label"] == Label.UNKNOWN and verdict.label is Label.REFUTED
        asked = Counter(row["label"] for row in rows)
        shares = ", ".join(f"{label} {right[label]}/{asked[label]}" for label in sorted(asked))
        print(
            f"{path.name}, {split or 'all'}, {name} the layer: {right.total() / len(rows):.1%} of "
            f"{len(rows)} right ({shares}); of another thing, yet refuted: {refuted}",
            flush=True,
        )


def main() -> None:
    """Print the table, then the contrasts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=2000, help="rows a set, at most")
    parser.add_argument("--unseen", type=Path, help="contrasts that were kept unseen until now")
    options = parser.parse_args()
    with_layer, without = Verifier(), Verifier(quantities=False)
    without.backend = with_layer.backend
    print("| set | rows | without | with | difference |\n| --- | --- | --- | --- | --- |")
    for name in SETS:
        path = options.data / "dev" / f"{name}.jsonl.gz"
        fitted = {(r["claim"], r["evidence"]) for r in read(path, PAIR_ROWS, PAIR_SEED)}
        rows = read(path, 10**9, 2)
        rows = [row for row in rows if (row["claim"], row["evidence"]) not in fitted]
        rows = rows[: options.limit]
        found = compare(judge(without, rows), judge(with_layer, rows), slices=["values"])
        print(*lines(name, found), sep="\n", flush=True)
    contrasts(with_layer, without, CONTRASTS, "check")
    if options.unseen:
        contrasts(with_layer, without, options.unseen, None)


if __name__ == "__main__":
    main()
