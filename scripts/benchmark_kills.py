"""A long run that is killed three times: no row lost, none twice, and how much memory it takes.

    python scripts/benchmark_kills.py --data DATA --rows 100000

Makes one parquet file of so many rows out of the pairs of DATA/dev (each numbered, so that no two
are the same), scores it with `verifier score`, kills the process with SIGKILL at three moments
drawn by seed, goes on with `--resume`, and holds the predictions against the file, row by row.
"""

import argparse
import itertools
import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from datasets import Dataset
from rows import read

SETS = ["snli_test", "mnli_matched", "vitaminc_real"]
KILLS = 3
MORE_ROWS = (2_000, 20_000)  # scored between two kills, at least and at most


def make(data: Path, count: int, path: Path) -> None:
    """Write the rows, their number in the evidence."""
    rows = [row for name in SETS for row in read(data / "dev" / f"{name}.jsonl.gz", 10**9, 0)]
    numbered = itertools.islice(enumerate(itertools.cycle(rows)), count)
    made = [
        {"id": f"row-{i}", "claim": row["claim"], "evidence": f"{i}. {row['evidence']}",
         "label": row["label"]}
        for i, row in numbered
    ]  # fmt: skip
    Dataset.from_list(made).to_parquet(path)


def lines(path: Path) -> int:
    """How many whole lines a file has; 0 where there is none yet."""
    return path.read_bytes().count(b"\n") if path.exists() else 0


def run(command: list[str], predictions: Path, until: float) -> tuple[bool, float]:
    """Run, kill once so many rows are there; whether it was killed, and its peak memory in MB."""
    child = os.posix_spawn(command[0], command, os.environ)
    killed = False
    while True:
        ended, _, used = os.wait4(child, os.WNOHANG)
        if ended:
            return killed, used.ru_maxrss / 1024
        if not killed and lines(predictions) >= until:
            os.kill(child, signal.SIGKILL)
            killed = True
        time.sleep(0.2)


def main() -> None:
    """Make the rows, score and kill, compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--out", type=Path, default=Path("runs/kills"))
    options = parser.parse_args()
    shutil.rmtree(options.out, ignore_errors=True)
    options.out.mkdir(parents=True)
    table, folder = options.out / "rows.parquet", options.out / "run"
    make(options.data, options.rows, table)
    predictions = folder / "predictions.jsonl"
    command = [str(Path(sys.executable).with_name("verifier")), "score", str(table), "--quiet",
               "--no-cache", "--out", str(folder)]  # fmt: skip
    rng = random.Random(7)
    start, peak, kills = time.monotonic(), 0.0, 0
    for kill in range(KILLS + 1):
        aim = lines(predictions) + rng.randint(*MORE_ROWS) if kill < KILLS else float("inf")
        resume = ["--resume"] if kill else []
        killed, memory = run([*command, *resume], predictions, aim)
        peak, kills = max(peak, memory), kills + killed
        print(f"run {kill + 1}: {'killed' if killed else 'ended'} at {lines(predictions):,} rows, "
              f"peak {memory:,.0f} MB", flush=True)  # fmt: skip
    found = [json.loads(line)["id"] for line in predictions.read_text().splitlines()]
    wanted = [f"row-{i}" for i in range(options.rows)]
    verdict = "every row once, in order" if found == wanted else "WRONG"
    print(f"{len(found):,} predictions, {verdict}, "
          f"{time.monotonic() - start:,.0f} s, peak {peak:,.0f} MB")  # fmt: skip
    if found != wanted or kills < KILLS:
        sys.exit(f"killed {kills} times of {KILLS}")


if __name__ == "__main__":
    main()
