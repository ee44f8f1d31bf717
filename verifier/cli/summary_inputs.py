"""What `verifier check-summary` is given: summaries, sources, a baseline."""

from __future__ import annotations

from contextlib import closing, nullcontext
from typing import TYPE_CHECKING

from verifier.cli.output import check_output
from verifier.errors import EmptyInputError, InputError
from verifier.readers.files import mode
from verifier.summaries.baseline import FILE, Baseline, read_baseline
from verifier.summaries.kept import KeptVerdicts
from verifier.summaries.policy import CONFIG, PROJECT
from verifier.summaries.sources import Gatherer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from verifier.pipeline import Verifier
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
    ways = sum(map(bool, (summaries, manifest, pairs)))
    if not ways:
        raise EmptyInputError("no summary to check; name files or folders, --manifest or --pairs")
    if ways > 1:
        raise InputError("name summaries in one way: as arguments, by --manifest or by --pairs")
    if [*summaries, *policy.rules.source].count("-") > 1:
        raise InputError("stdin can be read once: give '-' to one summary or to one --source")
    gatherer = Gatherer(policy)
    if manifest:
        return gatherer.manifest(manifest)
    if pairs:
        return gatherer.pairs(pairs, *fields)
    return gatherer.paths(summaries)


def read_files(policy: CheckPolicy, config: Path | None, gathered: Gathered) -> list[str | Path]:
    """Return the files that a run rests on: those of its summaries, sources and settings."""
    texts = [each for job in gathered.jobs for each in (job.summary, *job.sources)]
    settings = [config] if config else [policy.folder / name for name in (CONFIG, PROJECT)]
    return [
        *dict.fromkeys(each.path for each in texts if each.path is not None),
        *(each.summary for each in gathered.unchecked),
        *settings,
        policy.baseline or policy.folder / FILE,
    ]


def baseline(policy: CheckPolicy, *, update: bool) -> Baseline | None:
    """Read the baseline asked for, or the one that lies at its usual place."""
    path = policy.baseline or policy.folder / FILE
    if update:
        check_output(path, "--baseline")
    if mode(path):
        return read_baseline(path)
    if update:
        return Baseline(path)
    if policy.baseline is not None:
        raise InputError(f"{path}: there is no such baseline; --update-baseline writes it")
    return None


def kept_verdicts(
    verifier: Verifier, folder: Path | None, *, no_cache: bool, warn: Callable[[str], None]
) -> AbstractContextManager[KeptVerdicts | None]:
    """Open the verdicts that the cache has; nothing with `no_cache`; `warn` as of `cached`."""
    return nullcontext() if no_cache else closing(KeptVerdicts(verifier.run(), folder, warn))
