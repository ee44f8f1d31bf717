"""What `verifier check-summary` is given: summaries, sources, a baseline, labels, dates."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from verifier.cli.output import check_output, say
from verifier.errors import InputError
from verifier.summaries.baseline import FILE, Baseline, read_baseline
from verifier.summaries.kept import KeptVerdicts
from verifier.summaries.policy import parse_labels
from verifier.summaries.sources import Gatherer
from verifier.summaries.suppress import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from verifier.pipeline import Verifier
    from verifier.records import Label
    from verifier.summaries.policy import CheckPolicy
    from verifier.summaries.sources import Gathered


def gather(
    policy: CheckPolicy,
    summaries: Sequence[str],
    manifest: Path | None,
    pairs: Path | None,
    fields: tuple[str, str, str | None],
) -> Gathered:
    """Read the summaries and their sources, named in one of three ways."""
    if sum(map(bool, (summaries, manifest, pairs))) != 1:
        raise InputError("name summaries in one way: as arguments, by --manifest or by --pairs")
    if [*summaries, *policy.rules.source].count("-") > 1:
        raise InputError("stdin can be read once: give '-' to one summary or to one --source")
    gatherer = Gatherer(policy)
    if manifest:
        return gatherer.manifest(manifest)
    if pairs:
        return gatherer.pairs(pairs, *fields)
    return gatherer.paths(summaries)


def baseline(policy: CheckPolicy, *, update: bool) -> Baseline | None:
    """Read the baseline asked for, or the one that lies at its usual place."""
    path = policy.baseline or policy.folder / FILE
    if update:
        check_output(path, "--baseline")
    if path.exists():
        return read_baseline(path)
    if update:
        return Baseline(path)
    if policy.baseline is not None:
        raise InputError(f"{path}: there is no such baseline; --update-baseline writes it")
    return None


@contextmanager
def kept_verdicts(
    verifier: Verifier, folder: Path | None, *, no_cache: bool
) -> Iterator[KeptVerdicts | None]:
    """Give the verdicts that the cache has, and None with `no_cache`."""
    if no_cache:
        yield None
        return
    kept = KeptVerdicts(verifier.run(), folder, say)
    try:
        yield kept
    finally:
        kept.close()


def parse_fail_on(text: str) -> frozenset[Label]:
    """Read the labels of --fail-on; raises InputError for others."""
    try:
        return parse_labels(text)
    except ValueError as error:
        raise InputError(f"--fail-on {text!r}: {error}") from error


def parse_day(text: str) -> date:
    """Read the day of --as-of; raises InputError for anything else."""
    try:
        return date.fromisoformat(parse_date(text))
    except ValueError as error:
        raise InputError(f"--as-of {error}") from error
