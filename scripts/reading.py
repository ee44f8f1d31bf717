"""Compare ways to read a document, on dev: which places are judged, and how they are pooled.

    python scripts/reading.py --data DATA

Each way is pooled by plain maxima (temperature alone) and by the weights that calibrate.py would
fit for it (`verifier.weigh`), fitted on one half of the documents and measured on the other, both
ways round. Prints ROC-AUC of support for each set, their mean, three-way accuracy where the set has
three labels, and what it costs: pairs and tokens a claim.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import mean

import numpy as np
from calibrate import DOCUMENT, Document, fit_weights
from rows import LABELS, read
from sklearn.metrics import roc_auc_score

from verifier.cache import CachedBackend
from verifier.calibrate import soften
from verifier.corpus import STRETCH_WORDS, Corpus, narrow_in
from verifier.decide import pool
from verifier.nli import Backend
from verifier.pipeline import Verifier
from verifier.records import Scores, Sentence, Source
from verifier.retrieve import Index
from verifier.text import sentences
from verifier.weigh import Weight, Weights, among, features, weigh

SETS = ["wice_claim", "foolmetwice_retrieved", "contractnli_doc", "defacto_xsum", "begin_wow"]
SHIPPED = "as `verifier.corpus` reads"
MAXIMA = Weights(Weight(), Weight())

Ranked = list[int]
Reading = Callable[[Ranked, Sequence[Sentence]], list[list[int]]]
"""From the ten best sentences and all of them to the groups that are read as one text each."""


def best(ranked: Ranked, _all: Sequence[Sentence]) -> list[list[int]]:
    """Read the ten best sentences one by one."""
    return [[i] for i in ranked]


def windows(reach: int, count: int) -> Reading:
    """Read the best `count` sentences with `reach` neighbours on either side."""

    def read_windows(ranked: Ranked, found: Sequence[Sentence]) -> list[list[int]]:
        around = {(max(0, i - reach), min(len(found), i + reach + 1)) for i in ranked[:count]}
        return [list(range(*span)) for span in sorted(around)]

    return read_windows


def joined(count: int) -> Reading:
    """Read the best `count` sentences as one text, in document order."""
    return lambda ranked, _all: [sorted(ranked[:count])] if ranked else []


def chunks(_ranked: Ranked, found: Sequence[Sentence]) -> list[list[int]]:
    """Read the whole document in stretches of about 180 words."""
    ends, words = [0], 0
    for i, sentence in enumerate(found):
        count = len(sentence.plain.split())
        if i > ends[-1] and words + count > STRETCH_WORDS:
            ends.append(i)
            words = 0
        words += count
    return [list(range(*span)) for span in pairwise([*ends, len(found)])]


WAYS: dict[str, list[Reading]] = {
    "best sentence of 10": [best],
    "windows of 3 around the best 5": [windows(1, 5)],
    "windows of 5 around the best 3": [windows(2, 3)],
    "best 3 joined": [joined(3)],
    "best 6 joined": [joined(6)],
    "chunks of 180 words": [chunks],
    "sentences, windows of 3": [best, windows(1, 5)],
    "sentences, windows of 3, best 6 joined": [best, windows(1, 5), joined(6)],
    "sentences, windows of 3, chunks": [best, windows(1, 5), chunks],
    "windows of 3, chunks": [windows(1, 5), chunks],
    "sentences, windows of 3, best 3 and 6 joined, chunks": [
        *(best, windows(1, 5), joined(3), joined(6), chunks)
    ],
}


def documents(
    name: str, data: Path, limit: int, room: int, backend: Backend
) -> dict[str, list[Document]]:
    """Give each way's places for every claim of a set."""
    found: dict[str, list[Document]] = {way: [] for way in [*WAYS, SHIPPED]}
    for row in read(data / "dev" / f"{name}.jsonl.gz", limit, 3):
        source = Source("document", row["evidence"])
        units = Corpus([source], backend.lengths, room).candidates(row["claim"], 10)
        texts = [unit.plain for unit in units]
        found[SHIPPED].append(Document(row["claim"], texts, row["label"], narrow_in(units)))
        parts = sentences(source)
        ranked = Index(parts).search(row["claim"], 10)
        for way, readings in WAYS.items():
            read_as: dict[str, bool] = {}
            for reading in readings:
                for group in reading(ranked, parts):
                    read_as.setdefault(" ".join(parts[i].plain for i in group), reading is chunks)
            sizes = backend.lengths(list(read_as))
            fit = [place for place, n in zip(read_as, sizes, strict=True) if n <= room]
            narrow = {place: at for at, place in enumerate(fit) if not read_as[place]}
            held = [
                [at for each, at in narrow.items() if each in place] if read_as[place] else None
                for place in fit
            ]
            found[way].append(Document(row["claim"], fit, row["label"], held))
    return found


def verdicts(
    rows: Sequence[Document], backend: Backend, temperature: float, weights: Weights
) -> list[Scores]:
    """Pool the places of each claim as `verifier.decide` does."""
    pairs = sorted({pair for row in rows for pair in row.pairs}, key=lambda p: len(p[0]))
    scores = dict(zip(pairs, backend.score(pairs), strict=True))
    pooled = []
    for row in rows:
        seen = among([features(*pair) for pair in row.pairs], row.held)
        judged = [
            weigh(soften(scores[pair], temperature), each, weights)
            for pair, each in zip(row.pairs, seen, strict=True)
        ]
        s, r = (max((getattr(e, label) for e in judged), default=0.0) for label in LABELS[:2])
        pooled.append(pool(s, r))
    return pooled


def figures(rows: Sequence[Document], said: Sequence[Scores]) -> tuple[float, float | None]:
    """Return ROC-AUC of support, and three-way accuracy for a set with three labels."""
    gold = [row.label for row in rows]
    auc = float(roc_auc_score([g == "supported" for g in gold], [s.supported for s in said]))
    if "unknown" not in gold:
        return auc, None
    right = [max(LABELS, key=lambda x: getattr(s, x)) == g for s, g in zip(said, gold, strict=True)]
    return auc, float(np.mean(right))


def main() -> None:
    """Print a row a way and pooling."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=120, help="documents a set")
    parser.add_argument("--cache", type=Path, default=Path("runs/evaluate"))
    options = parser.parse_args()
    verifier = Verifier()
    backend = CachedBackend(verifier.backend, options.cache, print)
    temperature = verifier.calibration.temperature
    room = backend.room() // 2
    read_as = {name: documents(name, options.data, options.limit, room, backend) for name in SETS}
    columns = [*SETS, "mean", "contractnli_doc accuracy", "pairs a claim"]
    print(f"| reading | pooled by | {' | '.join(columns)} |")
    print("| --- " * (len(columns) + 2) + "|")
    for way in [*WAYS, SHIPPED]:
        rows = [(name, row) for name in SETS for row in read_as[name][way]]
        random.Random(4).shuffle(rows)
        halves = rows[::2], rows[1::2]
        said: dict[str, list[tuple[str, Document, Scores]]] = {"maxima": [], "weights": []}
        for fit, measured in (halves, halves[::-1]):
            learnt = fit_weights(backend, [row for _, row in fit], temperature, DOCUMENT)
            for how, weights in (("maxima", MAXIMA), ("weights", learnt)):
                pooled = verdicts([row for _, row in measured], backend, temperature, weights)
                said[how] += [(n, row, s) for (n, row), s in zip(measured, pooled, strict=True)]
        cost = mean(len(row.places) for _, row in rows)
        for how, judged in said.items():
            by_set = {}
            for name in SETS:
                mine = [(row, s) for n, row, s in judged if n == name]
                by_set[name] = figures([row for row, _ in mine], [s for _, s in mine])
            aucs = [auc for auc, _ in by_set.values()]
            accuracy = by_set["contractnli_doc"][1]
            cells = " | ".join(f"{100 * auc:.1f}" for auc in [*aucs, mean(aucs), accuracy or 0.0])
            print(f"| {way} | {how} | {cells} | {cost:.1f} |", flush=True)


if __name__ == "__main__":
    main()
