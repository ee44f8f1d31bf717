"""Measure a model on labelled sets, and the whole pipeline on `claims/`: the README's table.

    python scripts/evaluate.py DATA/dev/*.jsonl.gz DATA/bench/*.jsonl.gz claims/*.jsonl claims/*.csv

Scores and measures as `verifier score` does, each set in a run folder of its own below `--runs`: a
run that was stopped goes on where it was, a finished one is shown again, and the scores of the
model are kept beside them for the next calibration. PTB-tokenised text gets its ordinary spacing
back first; what is scored lies in `--runs`/data. Files without evidence, as those of `claims/`, are
one set, whose claims are checked against the files that their field `source` names, from here.

Figures are in per cent, with 95% bootstrap intervals. Sets that know no `unknown` have two
accuracies: that of the verdicts, and that of the larger of support and refutation.
"""

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from rows import read

from verifier import journal
from verifier.cache import CachedBackend
from verifier.claimsets import Claimset, Row, open_claimset
from verifier.metrics.scorecard import SLICES, Estimate
from verifier.pipeline import Verifier
from verifier.records import Claim
from verifier.results import Results, read_results
from verifier.scoring import Prediction, predict, record, settings

CLAIMS = "claims"
FIGURES = {
    "three-way": ["accuracy"],
    "supported/refuted": ["accuracy", "accuracy (supported/refuted)"],
    "binary": ["balanced accuracy", "ROC-AUC"],
}


def prepare(paths: list[Path], data: Path, limit: int, seed: int) -> dict[str, list[Path]]:
    """Write the rows to be scored, cleaned, to `data`; the files of each set by its name."""
    sets = defaultdict(list)
    for path in paths:
        rows = read(path, limit, seed)
        checked = "evidence" not in rows[0]
        for row in rows if checked else []:
            row["evidence"] = Path(row["source"]).read_text("utf-8")
        name = f"{path.resolve().parent.name}-{path.name.partition('.jsonl')[0]}"
        copy = data / f"{name.removesuffix('.csv')}.jsonl"
        rows.sort(key=lambda row: row["evidence"])  # claims about one document are judged together
        journal.write_text(copy, "".join(f"{json.dumps(row)}\n" for row in rows))
        sets[CLAIMS if checked else copy.stem].append(copy)
    return sets


def check_files(verifier: Verifier, claimset: Claimset, kept: journal.Journal) -> None:
    """Check claims against the files they name, as `verifier check` reads those."""
    if kept.done == len(claimset):
        return
    kept.cut(0)
    by_source = defaultdict(list)
    for row in claimset.rows():
        assert isinstance(row, Row), str(row)  # noqa: S101 - the files are ours
        by_source[str(row.extra["source"])].append(row)
    for source, rows in by_source.items():
        report = verifier.verify([Claim(row.id, row.claim) for row in rows], [Path(source)])
        # Intervals are over claims: resampling three documents would say little.
        apart = [replace(row, document="") for row in rows]
        judged = zip(apart, report.verdicts, strict=True)
        kept.append([record(Prediction(row, "document", said), ["kind"]) for row, said in judged])


def run(verifier: Verifier, name: str, files: list[Path], runs: Path) -> Results:
    """Score a set, or what is left of it, in the run folder of these rows, model and policy."""
    claimset = open_claimset([str(path) for path in files])
    mode, slices = ("files", ["kind"]) if name == CLAIMS else ("auto", list(SLICES))
    asked = settings(verifier, claimset, mode, slices)
    folder = runs / f"{name}-{hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:8]}"
    journal.check_folder(folder, resume=True)
    with journal.held(folder):
        kept = journal.open_journal(folder, asked, resume=True)
        if name == CLAIMS:
            check_files(verifier, claimset, kept)
        else:
            predict(verifier, claimset, kept, mode=mode, slices=slices, progress=lambda _done: None)
    results = read_results(folder, name)
    journal.write_json(folder / journal.METRICS, results.to_json())
    return results


def lines(name: str, results: Results) -> Iterator[str]:
    """Write a set as rows of the table: the whole of it, and that of `claims/` also by kind."""
    card = results.card
    modes = ", ".join(
        f"{mode} {rows:,}" if len(results.modes) > 1 else mode
        for mode, rows in sorted(results.modes.items())
    )
    first = ", ".join(f"{figure} {show(card.metrics, figure)}" for figure in FIGURES[card.task])
    rest = f"{show(card.metrics, 'macro F1')} | {show(card.metrics, 'ECE')}"
    failed = f" ({card.errors:,} not scored)" if card.errors else ""
    yield f"| {name.replace('-', '/', 1)} | {card.rows:,}{failed} | {modes} | {first} | {rest} |"
    for kind, part in card.slices.get("kind", {}).items():
        yield f"| – {kind} | {part.rows:,} | | accuracy {show(part.metrics, 'accuracy')} | | |"


def show(metrics: Mapping[str, Estimate], name: str) -> str:
    """Write a figure and its interval in per cent."""
    figure = metrics[name]
    if figure.value is None or figure.low is None or figure.high is None:
        return "–"
    return f"{100 * figure.value:.1f} ({100 * figure.low:.1f}–{100 * figure.high:.1f})"


def signatures(results: list[Results]) -> Iterator[str]:
    """Write what repeats the figures: what all sets share, then the rest of each."""
    parts = [each.card.signature.split("|") for each in results]
    shared = [part for part in parts[0] if all(part in other for other in parts)]
    yield "|".join(shared)
    for each in parts:
        yield "|".join(part for part in each if part not in shared)


def main() -> None:
    """Print the table and its signatures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path, nargs="+", help=".jsonl.gz, .jsonl or .csv files")
    parser.add_argument("--runs", type=Path, default=Path("runs/evaluate"))
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--limit", type=int, default=10**9, help="rows a set, drawn by seed")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    data = options.runs / "data"
    data.mkdir(parents=True, exist_ok=True)
    sets = prepare(options.sets, data, options.limit, options.seed)
    verifier = Verifier(options.model)
    verifier.backend = CachedBackend(verifier.backend, options.runs, print)
    done = []
    print("| set | rows | mode | | macro F1 | ECE |\n| --- | --- | --- | --- | --- | --- |")
    for name, files in sets.items():
        done.append(run(verifier, name, files, options.runs))
        print(*lines(name, done[-1]), sep="\n", flush=True)
    print("", *signatures(done), sep="\n")


if __name__ == "__main__":
    main()
