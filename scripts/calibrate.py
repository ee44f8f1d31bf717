"""Compare int8 with fp32 on dev, fit the calibration, and install the model into the package.

    python scripts/calibrate.py --onnx runs/second/onnx --data DATA
    python scripts/calibrate.py --data DATA

Without `--onnx` the installed model is calibrated again, as when the quantity layer has changed.

1. Parity: labels changed, largest difference of a score, accuracy of int8 and fp32, where
   `--onnx` has both.
2. Temperature, on three-way pairs of dev.
3. Weights (`verifier.weigh`), on dev pairs and apart from them on dev documents: those under which
   the verdicts, on pairs as they stand and pooled over a document's places as `verifier.decide`
   does, have the least log loss.
   VitaminC's pairs are also made into documents: the evidence among 16 sentences, half of them of
   its page, or, three times in ten, left out, which makes the claim unknown. The contrasts of
   tests/data, those meant to build on, join both: dev has next to no value of another thing.
   Documents of our own (`written.py`) don't: their claims are subtler than most, and weights fitted
   on them too flag 25% instead of 8% of the true sentences of examples/summaries (half `build`).
4. How ready support is on a document, `always` of its weights: by the mean of the accuracies on
   dev's documents and on our own held-out ones. Refutation is left as it is: readier, it refutes
   what a source doesn't say (18% of the contrasts about another thing instead of 9%). More than 0.4
   isn't tried: at 0.6, 14 of the 34 planted errors of examples/summaries (half `build`) are
   flagged, at 0.4 they are 18, without 19.

Writes weights, tokenizer, `calibration.json` and `doctor.json` to `verifier/model/`.
"""

import argparse
import json
import random
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import torch
from augment import overlap
from rows import LABELS, read
from written import held_out

from verifier.calibrate import Calibration, fit_temperature, save
from verifier.claimsets import Gold
from verifier.corpus import Corpus, Held, narrow_in
from verifier.decide import Policy
from verifier.metrics.arrays import to_arrays
from verifier.metrics.judged import Judged
from verifier.metrics.measures import calibration
from verifier.nli import Backend
from verifier.nli.bundled import CALIBRATION, FOLDER, TOKENIZER, WEIGHTS, BundledBackend
from verifier.records import Label, Scores, Source
from verifier.weigh import Weight, Weights, among, features

PARITY = ["vitaminc_real", "mnli_matched", "snli_test", "check_covid", "conjnli", "infotabs"]
PAIRS = [*PARITY, "foolmetwice_gold", "fever_symmetric_v0.2_dev"]
DOCUMENTS = ["foolmetwice_retrieved", "contractnli_doc", "wice_claim", "defacto_xsum"]
PARITY_ROWS = 1000
PAIR_ROWS, PAIR_SEED = 600, 1
DOCUMENT_ROWS = 120
AMONG_OTHERS_ROWS = 500
CONTRASTS = Path(__file__).parent.parent / "tests/data/quantity_contrasts.jsonl"
CONTRAST_WEIGHT = 1  # each weighs as much as so many rows of dev
CONTRAST_OTHERS = 12
OWN_ROWS = 1000
READINESS = [0.0, 0.2, 0.4]
EVEN = 0.5  # the thresholds of `Policy`
TOP_K = 10
COVERAGES = [1.0, 0.8, 0.6, 0.4, 0.2]
DECAY = 0.0005  # of squared weights: what isn't plain in the data stays 0
STEPS = 400
VALUES = [field.name for field in fields(Weight) if field.name != "always"]
PAIR = ["conflict", "agree"]
DOCUMENT = [*PAIR, "missing"]  # a pair as it stands is meant to be judged

SCORED: dict[tuple[str, str], Scores] = {}

BRIDGE = "The bridge was opened by the mayor on 4 May 1998."
EXPECTED = ["The mayor opened the bridge in 1998.", "The bridge was opened in 2003.",
            "The bridge cost nine million euros."]  # fmt: skip
"""The claims that `verifier doctor` scores again."""


@dataclass(frozen=True)
class Document:
    """A claim, the texts of the places it is judged by, its label."""

    claim: str
    places: list[str]
    label: str
    held: Sequence[Held]
    """What each of the places holds of the others, as in `corpus.narrow_in`."""
    name: str = ""
    """The set that it is a row of; "" for what is made of pairs."""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What the model reads."""
        return [(text, self.claim) for text in self.places]


def label_of(scores: Scores) -> str:
    """Return the label with the highest score."""
    return max(LABELS, key=lambda label: float(getattr(scores, label)))


def parity(int8: BundledBackend, fp32: BundledBackend, data: Path) -> None:
    """Print what int8 changes, by set."""
    print("| set | rows | accuracy fp32 | int8 | labels changed | largest difference |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, (pairs, gold) in _three_way(data):
        small, large = int8.score(pairs), fp32.score(pairs)
        both = list(zip(small, large, strict=True))
        right = [
            sum(label_of(s) == label for s, label in zip(scores, gold, strict=True)) / len(gold)
            for scores in (large, small)
        ]
        changed = sum(label_of(s) != label_of(t) for s, t in both) / len(gold)
        widest = max(abs(getattr(s, x) - getattr(t, x)) for s, t in both for x in LABELS)
        print(f"| {name} | {len(gold):,} | {right[0]:.1%} | {right[1]:.1%} | {changed:.1%} "
              f"| {widest:.3f} |", flush=True)  # fmt: skip


def find_temperature(backend: BundledBackend, data: Path) -> float:
    """Fit the temperature, the sets in equal parts."""
    fitted: list[tuple[Scores, Label]] = []
    for _, (pairs, gold) in _three_way(data):
        scored = list(zip(backend.score(pairs), gold, strict=True))
        fitted += random.Random(0).choices(scored, k=PARITY_ROWS)
    temperature = fit_temperature([s for s, _ in fitted], [label for _, label in fitted])
    softened = [(Calibration(temperature).apply(scores), label) for scores, label in fitted]
    for when, judged in (("before", fitted), ("after", softened)):
        print(f"{when} temperature, the sets in equal parts: {reliability(judged)}")
    return temperature


def _three_way(data: Path) -> Iterator[tuple[str, tuple[list[tuple[str, str]], list[Label]]]]:
    for name in PARITY:
        rows = read(data / "dev" / f"{name}.jsonl.gz", PARITY_ROWS, 0)
        pairs = [(row["evidence"], row["claim"]) for row in rows]
        yield name, (pairs, [Label(row["label"]) for row in rows])


def reliability(judged: Sequence[tuple[Scores, Label]]) -> str:
    """Write the ECE, and the share of wrong labels among the surest."""
    rows = [Judged(Gold(gold), Label(label_of(scores)), scores) for scores, gold in judged]
    arrays = to_arrays(rows)
    ece = calibration(arrays)(np.ones((1, len(rows))))["ECE"][0]
    wrong = ~arrays.right[np.argsort(-arrays.confidence, kind="stable")]
    risks = [
        f"{100 * wrong[: round(share * len(rows))].mean():.1f} of the surest {share:.0%}"
        for share in COVERAGES
    ]
    return f"ECE {100 * ece:.1f}, wrong in per cent: {', '.join(risks)}"


def pairs_of(data: Path) -> list[Document]:
    """Gather dev pairs and contrasts, each a document of one place."""
    contrasts = [Document(c["claim"], [c["evidence"]], c["label"], [None]) for c in _contrasts()]
    return contrasts * CONTRAST_WEIGHT + [
        Document(row["claim"], [row["evidence"]], row["label"], [None])
        for name in PAIRS
        for row in read(data / "dev" / f"{name}.jsonl.gz", PAIR_ROWS, PAIR_SEED)
    ]


def document_of(
    backend: BundledBackend, text: str, claim: str, label: str, name: str = ""
) -> Document:
    """Find the places of a text that the pipeline reads for a claim."""
    corpus = Corpus([Source("document", text)], backend.lengths, backend.room() // 2)
    units = corpus.candidates(claim, TOP_K)
    return Document(claim, [unit.plain for unit in units], label, narrow_in(units), name)


def documents_of(backend: BundledBackend, data: Path) -> list[Document]:
    """Gather dev documents with all the places that the pipeline reads."""
    found = [
        document_of(backend, row["evidence"], row["claim"], row["label"], name)
        for name in DOCUMENTS
        for row in read(data / "dev" / f"{name}.jsonl.gz", DOCUMENT_ROWS, 1)
    ]
    for claim, sentences, label in _among_others(data):
        found.append(document_of(backend, "\n\n".join(sentences), claim, label))
    contrasts = _contrasts()
    texts = list(dict.fromkeys(row["evidence"] for row in contrasts))
    rng = random.Random(6)
    for row in contrasts:
        others = rng.sample([text for text in texts if text != row["evidence"]], CONTRAST_OTHERS)
        text = "\n\n".join(rng.sample([row["evidence"], *others], CONTRAST_OTHERS + 1))
        document = document_of(backend, text, row["claim"], row["label"])
        found += [document] * CONTRAST_WEIGHT
    return found


def _contrasts() -> list[dict[str, str]]:
    rows = [json.loads(line) for line in CONTRASTS.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["split"] == "build"]


def _among_others(data: Path) -> list[tuple[str, list[str], str]]:
    """Set the evidence of VitaminC's pairs among other sentences, or leave it out."""
    rng = random.Random(5)
    rows = read(data / "dev" / "vitaminc_real.jsonl.gz", 10**9, 1)
    pages = defaultdict(list)
    for row in rows:
        pages[row["page"]].append(row["evidence"])
    made = []
    for row in rows[:AMONG_OTHERS_ROWS]:
        same = [e for e in dict.fromkeys(pages[row["page"]]) if overlap(e, row["evidence"]) < 0.5]
        sentences = same[:8] + [rng.choice(rows)["evidence"] for _ in range(8)]
        label = "unknown"
        if rng.random() < 0.7:
            label = row["label"]
            sentences.append(row["evidence"])
        rng.shuffle(sentences)
        made.append((row["claim"], sentences, label))
    return made


def held_out_documents(backend: BundledBackend) -> list[Document]:
    """Gather claims on documents of our own that were not trained on, those of several places."""
    drawn = random.Random(7).sample(held_out(), OWN_ROWS)
    found = [document_of(backend, r["evidence"], r["claim"], r["label"], "own") for r in drawn]
    return [document for document in found if len(document.places) > 1]


def read_places(
    backend: Backend, rows: Sequence[Document], temperature: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Score all places, those not scored yet.

    Gives log-odds (rows, places, 2) of support and refutation against unknown, the features of
    their values (rows, places, names), and which places there are (rows, places).
    """
    pairs = sorted({pair for row in rows for pair in row.pairs}, key=lambda p: len(p[0]))
    new = [pair for pair in pairs if pair not in SCORED]
    SCORED.update(zip(new, backend.score(new), strict=True))
    seen = {pair: features(*pair) for pair in pairs}
    most = max(len(row.places) for row in rows)
    base = torch.zeros(len(rows), most, 2)  # log-odds of support and refutation against unknown
    told = torch.zeros(len(rows), most, len(VALUES))
    for i, row in enumerate(rows):
        found = among([seen[pair] for pair in row.pairs], row.held)
        for j, pair in enumerate(row.pairs):
            told[i, j] = torch.tensor([getattr(found[j], name) for name in VALUES])
            each = SCORED[pair]
            odds = torch.tensor([each.supported, each.refuted]).clamp_min(1e-6) / max(
                each.unknown, 1e-6
            )
            base[i, j] = odds.log() / temperature
    there = torch.tensor([[j < len(row.places) for j in range(most)] for row in rows])
    return base, told, there


def fit_weights(
    backend: Backend, rows: Sequence[Document], temperature: float, free: Sequence[str]
) -> Weights:
    """Find the weights named in `free` with the least log loss of the pooled verdicts."""
    base, told, there = read_places(backend, rows, temperature)
    most = there.shape[1]
    target = torch.tensor([[*LABELS, "not_supported"].index(row.label) for row in rows])
    told *= torch.tensor([float(name in free) for name in VALUES])
    weights = torch.zeros(2, len(VALUES), requires_grad=True)
    optimizer = torch.optim.Adam([weights], lr=0.05)
    for step in range(STEPS + 1):
        chance = torch.cat([base + told @ weights.T, torch.zeros(len(rows), most, 1)], 2).softmax(2)
        best = (chance[..., :2] * there[..., None]).amax(1).clamp(1e-6, 1 - 1e-6)
        odds = torch.cat([best / (1 - best), torch.ones(len(rows), 1)], 1)
        # Pairs have one place each, and are not pooled: `verifier.decide.decide_pair`.
        verdict = odds / odds.sum(1, keepdim=True) if most > 1 else chance[:, 0]
        verdict = torch.cat([verdict, 1 - verdict[:, :1]], 1)  # the last: not supported
        right = verdict.gather(1, target[:, None]).clamp_min(1e-6)
        loss = -right.log().mean() + DECAY * weights.square().sum()
        if step % 100 == 0:
            share = (verdict[:, :3].argmax(1) == target)[target < 3].float().mean()
            print(f"step {step}: loss {loss:.4f}, three-way accuracy {share:.3f}", file=sys.stderr)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    support, refute = ([round(value, 3) for value in side] for side in weights.tolist())
    return Weights(Weight(*support), Weight(*refute))


def fit_readiness(
    backend: Backend, rows: Sequence[Document], temperature: float, weights: Weights
) -> Weights:
    """Find `always` of the weights, by accuracy (balanced where labels are two), set by set."""
    base, told, there = read_places(backend, rows, temperature)
    sides = (weights.support, weights.refute)
    fixed = torch.tensor([[getattr(side, name) for name in VALUES] for side in sides])
    target = torch.tensor([[*LABELS, "not_supported"].index(row.label) for row in rows])
    sets = sorted({row.name for row in rows})

    def accuracy(always: float) -> float:
        odds = base + told @ fixed.T + torch.tensor([always, 0.0])
        chance = torch.cat([odds, torch.zeros(len(rows), there.shape[1], 1)], 2).softmax(2)
        s, r = (chance[..., :2] * there[..., None]).amax(1).T
        label = torch.full_like(target, LABELS.index("unknown"))
        label[r >= EVEN] = LABELS.index("refuted")
        label[(s >= EVEN) & ((s >= r) | (r < EVEN))] = LABELS.index("supported")
        label[torch.minimum(s, r) >= Policy().conflict] = LABELS.index("unknown")
        found = []
        for name in sets:
            here = torch.tensor([row.name == name for row in rows])
            gold, said = target[here], label[here]
            if len(LABELS) in gold:
                told_apart = [(said[gold == 0] == 0), (said[gold != 0] != 0)]
                found.append(torch.stack([each.float().mean() for each in told_apart]).mean())
            else:
                found.append((said == gold).float().mean())
        return float(torch.stack(found).mean())

    tried = {always: accuracy(always) for always in READINESS}
    print("readiness:", ", ".join(f"{always} {share:.1%}" for always, share in tried.items()))
    best = max(tried, key=lambda always: tried[always])
    return replace(weights, support=replace(weights.support, always=best))


def main() -> None:
    """Compare, fit, install."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--onnx", type=Path, help="folder that export.py wrote")
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()

    int8 = BundledBackend(options.onnx or FOLDER)
    if options.onnx:
        parity(int8, BundledBackend(options.onnx, "model.fp32.onnx"), options.data)
    temperature = find_temperature(int8, options.data)
    print(f"temperature {temperature}")
    pair = fit_weights(int8, pairs_of(options.data), temperature, PAIR)
    print(f"pairs: {pair}")
    documents = documents_of(int8, options.data)
    document = fit_weights(int8, documents, temperature, DOCUMENT)
    judged = [*(row for row in documents if row.name), *held_out_documents(int8)]
    document = fit_readiness(int8, judged, temperature, document)
    print(f"documents: {document}")

    for file in (WEIGHTS, TOKENIZER) if options.onnx else ():
        shutil.copy(options.onnx / file, FOLDER / file)
    calibration = Calibration(temperature, digest=int8.digest, pair=pair, document=document)
    save(calibration, CALIBRATION)
    expected = []
    for claim in EXPECTED:
        scores = int8.score([(BRIDGE, claim)])[0]
        rounded = {label: round(getattr(scores, label), 4) for label in LABELS}
        expected.append({"evidence": BRIDGE, "claim": claim, "scores": rounded})
    (FOLDER / "doctor.json").write_text(json.dumps(expected, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
