"""Whether a processor without VNNI gives the labels of this one: int8 sums differ between kinds.

    python scripts/no_vnni.py --data DATA

Scores rows of DATA/dev with the model that ships, on this machine and on an emulated one that has
AVX2 alone (`qemu-x86_64`, of Debian's qemu-user; about a second a pair), and prints by set how many
labels change and by how much a score differs at most.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from rows import LABELS, read

from verifier.nli.bundled import BundledBackend

EMULATED = ["qemu-x86_64", "-cpu", "Haswell", sys.executable, __file__, "--scores"]
SETS = ["vitaminc_real", "mnli_matched", "snli_test", "check_covid", "conjnli", "infotabs"]
Pairs = list[tuple[str, str]]


def scores(pairs: Pairs) -> list[list[float]]:
    """Give the scores of each pair, in the order of LABELS."""
    return [[getattr(each, label) for label in LABELS] for each in BundledBackend().score(pairs)]


def main() -> None:
    """Compare, or score the pairs on standard input for the other side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with dev/")
    parser.add_argument("--rows", type=int, default=100, help="of each set")
    parser.add_argument("--scores", action="store_true", help="JSON pairs in, their scores out")
    options = parser.parse_args()
    if options.scores:
        print(json.dumps(scores([(e, c) for e, c in json.load(sys.stdin)])))
        return
    if options.data is None:
        parser.error("--data is missing: give a folder with dev/")
    rows = [
        (name, row)
        for name in SETS
        for row in read(options.data / "dev" / f"{name}.jsonl.gz", options.rows, 0)
    ]
    pairs = [(row["evidence"], row["claim"]) for _, row in rows]
    done = subprocess.run(  # noqa: S603 - this file
        EMULATED, input=json.dumps(pairs), stdout=subprocess.PIPE, check=True, text=True
    )
    both = list(zip(rows, scores(pairs), json.loads(done.stdout), strict=True))
    print("| set | rows | labels changed | largest difference |")
    print("| --- | --- | --- | --- |")
    for wanted in [*SETS, "all"]:
        part = [(a, b) for (name, _), a, b in both if wanted in {name, "all"}]
        changed = sum(a.index(max(a)) != b.index(max(b)) for a, b in part)
        widest = max(abs(x - y) for a, b in part for x, y in zip(a, b, strict=True))
        print(f"| {wanted} | {len(part):,} | {changed} | {widest:.4f} |")


if __name__ == "__main__":
    main()
