"""Rows a second: transformers' own pipeline, verifier with the same weights, the bundled model.

    python scripts/benchmark_score.py --data DATA --weights runs/second/model

WEIGHTS are those of the bundled model in Hugging Face's form. The rows are 1,000 each of
DATA/dev/mnli_matched and vitaminc_real, drawn by seed. Every run is a process of its own that may
use all cores and scores all rows after a short warm-up, loading not counted; the runs of the five
take turns, so that a change of the machine's speed meets all of them. verifier's rows a second are
those of `Verifier.score`, values weighed in.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rows import read

SETS = ["mnli_matched", "vitaminc_real"]
BATCHES = [1, 8, 32]
PIPELINES = [f"transformers, batches of {size}" for size in BATCHES]
HF, BUNDLED = "verifier, same weights", "verifier, bundled"
RUNS = 3
WARM_UP = 64  # rows

Pairs = list[tuple[str, str]]


def scorer(system: str, weights: str) -> Callable[[Pairs], object]:
    """Load one of the systems, on the CPU."""
    if system == BUNDLED:
        from verifier.pipeline import Verifier

        return Verifier().score
    import torch

    torch.set_num_threads(len(os.sched_getaffinity(0)))
    if system == HF:
        from verifier.pipeline import Verifier

        return Verifier(weights, device="cpu").score
    from transformers import pipeline

    size = BATCHES[PIPELINES.index(system)]
    classify = pipeline("text-classification", weights, device="cpu", top_k=None, batch_size=size)
    return lambda pairs: classify([{"text": e, "text_pair": c} for e, c in pairs])


def measure(system: str, weights: str, data: Path, count: int) -> float:
    """Rows a second of one run."""
    score = scorer(system, weights)
    rows = [row for name in SETS for row in read(data / f"dev/{name}.jsonl.gz", count, 0)]
    pairs = [(row["evidence"], row["claim"]) for row in rows]
    score(pairs[:WARM_UP])
    start = time.perf_counter()
    score(pairs)
    return len(pairs) / (time.perf_counter() - start)


def main() -> None:
    """Print the medians and how they compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", required=True, help="the bundled model's, as train.py wrote")
    parser.add_argument("--rows", type=int, default=1000, help="of each set")
    parser.add_argument("--system", help="one run of this system alone")
    options = parser.parse_args()
    if options.system:
        print(measure(options.system, options.weights, options.data, options.rows))
        return
    systems = [*PIPELINES, HF, BUNDLED]
    speeds: dict[str, list[float]] = {system: [] for system in systems}
    for _ in range(RUNS):
        for system in systems:
            command = [sys.executable, __file__, *sys.argv[1:], "--system", system]
            printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - this file
            speeds[system].append(float(printed.split()[-1]))
            print(f"{system}: {speeds[system][-1]:.1f}", file=sys.stderr)
    medians = {system: statistics.median(speeds[system]) for system in systems}
    best = max(medians[system] for system in PIPELINES)
    print(f"| | rows a second, median of {RUNS} | lowest–highest | against the best pipeline |")
    print("| --- | --- | --- | --- |")
    for system, speed in medians.items():
        low, high = min(speeds[system]), max(speeds[system])
        print(f"| {system} | {speed:.0f} | {low:.0f}–{high:.0f} | {speed / best:.2f} |")


if __name__ == "__main__":
    main()
