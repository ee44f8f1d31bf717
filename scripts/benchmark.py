"""Time and memory of the bundled model on many claims against many pages.

    python scripts/benchmark.py --data DATA --claims 300 1000 3000

200 pages of about 500 words are cut from the articles of DATA/dev/wice_claim, the claims are those
of DATA/dev/wice_claim, foolmetwice_gold and vitaminc_real. Each size runs in a process of its own,
so that its peak memory is its own.
"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

PAGES = 200
PAGE_WORDS = 500


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a `.jsonl.gz` file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def run(data: Path, count: int) -> None:
    """Check `count` claims against the pages and print one row of the table."""
    from verifier import Source, Verifier

    articles = dict.fromkeys(row["evidence"] for row in read(data / "dev/wice_claim.jsonl.gz"))
    words = " ".join(articles).split(" ")
    pages = [words[i * PAGE_WORDS : (i + 1) * PAGE_WORDS] for i in range(PAGES)]
    sources = [Source(f"page-{i:03}", " ".join(page)) for i, page in enumerate(pages)]
    sets = ("wice_claim", "foolmetwice_gold", "vitaminc_real")
    rows = [row for name in sets for row in read(data / f"dev/{name}.jsonl.gz")]
    claims = list(dict.fromkeys(row["claim"] for row in rows))[:count]
    pairs = 0

    def progress(done: int, total: int) -> None:
        nonlocal pairs
        pairs = max(done, total)

    start = time.perf_counter()
    verifier = Verifier()
    loaded = time.perf_counter()
    report = verifier.verify(claims, sources, progress=progress)
    seconds = time.perf_counter() - loaded
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"| {len(report.verdicts):,} | {pairs:,} | {loaded - start:.1f} | {seconds:.0f} | "
        f"{pairs / seconds:.0f} | {1000 * seconds / len(claims):.0f} | {peak:.0f} |"
    )


def main() -> None:
    """Print the table, one process a row."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--claims", type=int, nargs="+", default=[300, 1000, 3000])
    options = parser.parse_args()
    if len(options.claims) == 1:
        run(options.data, options.claims[0])
        return
    print("| claims | pairs | load, s | check, s | pairs a second | ms a claim | peak memory, MB |")
    print("| --- | --- | --- | --- | --- | --- | --- |", flush=True)
    for count in options.claims:
        command = [sys.executable, __file__, "--data", str(options.data), "--claims", str(count)]
        subprocess.run(command, check=True)  # noqa: S603 - this file, with numbers


if __name__ == "__main__":
    main()
