"""Build the training mixture: clean, settle duplicates, keep dev and bench out, augment.

    python scripts/data.py --data DATA --out runs/mixture

DATA holds `train/`, `dev/` and `bench/` with `*.jsonl.gz` files of rows
`{"claim", "evidence", "label"}`. Writes `train.jsonl` (shuffled by seed), and `report.md`: rows,
labels, lengths and licence of every set, and what was left out and why.
"""

import argparse
import gzip
import itertools
import json
import random
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median

from augment import KINDS, OURS, Row
from clean import key, untokenise

# A claim this long that also stands in dev or bench is the same claim, not a common phrase.
_SAME_CLAIM_WORDS = 5
# Augmented rows start from these: sentences of prose with labels that people gave.
_AUGMENT_FROM = {
    "vitaminc_real",
    "vitaminc_synthetic",
    "fever_rte",
    "fever_adversarial",
    "feverous_s",
    "check_covid",
    "scifact_rationale",
    "scifact_abstract",
    "defacto_xsum",
    "mnli_sample",
    "factcg_cg2c_doc_synth",
    "scitail_dev_as_train",
    "semiauto_nli_base_wiki",
}


def read(path: Path) -> list[Row]:
    """Rows of a `.jsonl.gz` file, untokenised."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows: list[Row] = [json.loads(line) for line in lines]
    for row in rows:
        row["claim"], row["evidence"] = untokenise(row["claim"]), untokenise(row["evidence"])
    return rows


def held_out(folders: list[Path]) -> tuple[set[str], set[str]]:
    """Normalised claims (of some length) and evidence of the sets that must stay unseen."""
    claims, evidence = set(), set()
    for path in itertools.chain.from_iterable(sorted(f.glob("*.jsonl.gz")) for f in folders):
        for row in read(path):
            evidence.add(key(row["evidence"]))
            if len(row["claim"].split()) >= _SAME_CLAIM_WORDS:
                claims.add(key(row["claim"]))
    return claims, evidence


def settle(rows: list[Row]) -> tuple[list[Row], int, int]:
    """One row a (claim, evidence) pair; pairs with two labels go. Returns rows, twice, at odds."""
    by_pair: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_pair[key(row["claim"]), key(row["evidence"])].append(row)
    kept = [same[0] for same in by_pair.values() if len({row["label"] for row in same}) == 1]
    at_odds = sum(len(same) for same in by_pair.values() if len({r["label"] for r in same}) > 1)
    return kept, len(rows) - len(kept) - at_odds, at_odds


def main() -> None:
    """Read mixture.toml and the data, write the mixture and its report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with train/, dev/, bench/")
    parser.add_argument("--out", type=Path, default=Path("runs/mixture"))
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("mixture.toml"))
    options = parser.parse_args()

    config = tomllib.loads(options.config.read_text())
    rng = random.Random(config["seed"])
    claims, evidence = held_out([options.data / "dev", options.data / "bench"])
    mixture: list[Row] = []
    ground: list[Row] = []
    header = (
        "| set | licence | rows | kept | held out | twice | at odds | in mixture "
        "| supported | refuted | unknown | not supported | words, median |"
    )
    report = [header, "| --- " * 13 + "|"]
    for name, settings in config["sets"].items():
        rows = read(options.data / "train" / f"{name}.jsonl.gz")
        known = set() if settings.get("shared_claims") else claims
        unseen = [
            row
            for row in rows
            if key(row["evidence"]) not in evidence and key(row["claim"]) not in known
        ]
        kept, twice, at_odds = settle(unseen)
        limit = settings.get("words", config["words"])
        short = [r for r in kept if len(r["claim"].split()) + len(r["evidence"].split()) <= limit]
        if name in _AUGMENT_FROM:
            ground += [row | {"set": name} for row in short]
        chosen = rng.sample(short, min(len(short), settings.get("rows", len(short))))
        chosen = [row | {"set": name} for row in chosen] * settings.get("passes", 1)
        mixture += chosen
        counts = (len(kept), len(rows) - len(unseen), twice, at_odds)
        report.append(_line(name, settings["licence"], rows, chosen, *counts))
    for kind, wanted in config["augment"].items():
        made = list(itertools.islice(KINDS[kind](ground, rng), wanted))
        chosen = [row | {"set": f"augmented: {kind}"} for row in made]
        mixture += chosen
        licence = "our own" if kind in OURS else "as its sets"
        report.append(_line(f"augmented: {kind}", licence, made, chosen, len(made), 0, 0, 0))
    rng.shuffle(mixture)
    options.out.mkdir(parents=True, exist_ok=True)
    with (options.out / "train.jsonl").open("w", encoding="utf-8") as out:
        for row in mixture:
            slim = {field: row[field] for field in ("claim", "evidence", "label", "set")}
            out.write(json.dumps(slim, ensure_ascii=False) + "\n")
    (options.out / "report.md").write_text("\n".join(report) + "\n", encoding="utf-8")
    print("\n".join(report), f"\n{len(mixture):,} rows")


def _line(name: str, licence: str, rows: list[Row], chosen: list[Row], *counts: int) -> str:
    """One row of the report; `counts` are kept, seen in dev or bench, twice, at odds."""
    labels = Counter(row["label"] for row in chosen)
    by_label = [labels[label] for label in ("supported", "refuted", "unknown", "not_supported")]
    words = [len(row["claim"].split()) + len(row["evidence"].split()) for row in chosen]
    cells = [len(rows), *counts, len(chosen), *by_label, round(median(words))]
    return f"| {name} | {licence} | " + " | ".join(f"{cell:,}" for cell in cells) + " |"


if __name__ == "__main__":
    main()
