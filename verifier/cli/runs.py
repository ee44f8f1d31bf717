"""What `score` and `calibrate` share: the model with its cache, the bar, the names."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from verifier.cli.output import say
from verifier.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from verifier.pipeline import Verifier

_DATA_SUFFIX = re.compile(
    r"(?:\.(?:jsonl|ndjson|json|csv|tsv|parquet|arrow))?(?:\.(?:gz|zst))?$", re.IGNORECASE
)


def run_folder(datasets: Sequence[str], split: str | None, model: str) -> Path:
    """Name a run by its data and its model: `runs/dev-bundled`."""
    parts = [_DATA_SUFFIX.sub("", Path(dataset).name) for dataset in datasets[:1]]
    parts += [f"and-{len(datasets) - 1}-more"] if len(datasets) > 1 else []
    parts += [split] if split else []
    parts.append(Path(model).name)
    return Path("runs") / re.sub(r"[^\w.-]+", "-", "-".join(parts)).strip("-.")


def parse_gold_map(text: str | None) -> dict[str, str] | None:
    """Read `0=supported,1=refuted` as the meaning of each of the data's labels.

    Raises InputError for what isn't of that form.
    """
    if text is None:
        return None
    mapping = {}
    for part in text.split(","):
        name, equals, meaning = (each.strip() for each in part.rpartition("="))
        if not (name and equals and meaning):
            raise InputError(f"--label-map {text!r}: write LABEL=MEANING with commas between")
        mapping[name] = meaning
    return mapping


def once(tell: Callable[[str], None]) -> Callable[[str], None]:
    """Return a function that tells the first thing it is given, and nothing after it."""
    told: list[str] = []

    def tell_first(message: str) -> None:
        if not told:
            told.append(message)
            tell(message)

    return tell_first


@contextmanager
def cached(
    verifier: Verifier,
    folder: Path | None,
    *,
    no_cache: bool,
    in_memory: bool = False,
    warn: Callable[[str], None] = say,
) -> Iterator[None]:
    """Let `verifier` read and keep scores in the cache while the block runs.

    With `no_cache` they are kept nowhere; or, with `in_memory`, until the block ends. `warn` is
    told when the cache can't be used.
    """
    if no_cache and not in_memory:
        yield
        return
    from verifier.cache import CachedBackend, default_folder  # noqa: PLC0415 - --help does without

    backend = verifier.backend
    kept = CachedBackend(backend, None if no_cache else folder or default_folder(), warn)
    verifier.backend = kept
    try:
        yield
    finally:
        kept.close()
        verifier.backend = backend


@contextmanager
def rows_bar(
    total: int, done: int, *, show: bool, no_color: bool
) -> Iterator[Callable[[int], None]]:
    """Give a callback that moves a bar with rate and time left on stderr, if a terminal."""
    if not (show and sys.stderr.isatty()):
        yield lambda _done: None
        return
    from rich import progress as rich  # noqa: PLC0415 - --help does without
    from rich.console import Console  # noqa: PLC0415

    class Rate(rich.ProgressColumn):
        def render(self, task: rich.Task) -> str:
            return f"{task.speed:,.0f} rows/s" if task.speed else ""

    bar = rich.Progress(
        rich.TextColumn("scoring"),
        rich.BarColumn(),
        rich.MofNCompleteColumn(),
        Rate(),
        rich.TimeRemainingColumn(elapsed_when_finished=True),
        console=Console(stderr=True, no_color=no_color or None),
        transient=True,
    )
    with bar:
        task = bar.add_task("scoring", total=total, completed=done)
        yield lambda now: bar.update(task, completed=now)
