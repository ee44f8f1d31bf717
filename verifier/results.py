"""What a run folder says once every row has its line: figures, failures, worst errors."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from verifier import journal
from verifier.claimsets import RUN
from verifier.errors import InputError
from verifier.metrics import Comparison, Judged, Scorecard, compare, scorecard
from verifier.metrics.arrays import to_arrays
from verifier.metrics.slices import groups
from verifier.scoring import to_judged

if TYPE_CHECKING:
    from pathlib import Path

WORST, EXAMPLES = 200, 5
_DIGEST = 12  # characters of a digest in a signature


@dataclass(frozen=True, slots=True)
class Mistake:
    """A row that was judged wrong, as its line holds it."""

    kept: Mapping[str, Any]
    said: str
    """The verdict in the terms of the gold label."""
    slices: Mapping[str, str]
    """Slice name → the row's value."""


@dataclass(frozen=True, slots=True)
class Results:
    """A finished run."""

    settings: Mapping[str, Any]
    """As `scoring.settings`."""
    data: str
    card: Scorecard
    modes: Mapping[str, int]
    """`pair` and `document` → rows that were judged so."""
    failed: tuple[str, ...]
    """`file:row: reason` of each row that counts as an error."""
    worst: tuple[Mistake, ...]
    """The worst first."""

    def to_json(self) -> dict[str, object]:
        """Return what `metrics.json` holds."""
        return {
            "run": dict(self.settings),
            "data": self.data,
            "modes": dict(self.modes),
            **self.card.to_json(),
        }


def read_results(folder: Path, data: str) -> Results:
    """Measure the run in `folder`; `data` is what the user called its rows.

    Raises InputError for a run that isn't finished or can't be read.
    """
    settings, records = read_records(folder)
    judged = [to_judged(kept) for kept in records]
    card = scorecard(
        judged,
        data=f"{data}#{settings['data digest'][:_DIGEST]}",
        model=f"{settings['model']}#{settings['model digest'][:_DIGEST]}",
        policy=_short(settings["policy"]) | {"mode": settings["mode"]},
        unlabelled=settings["rows"] - len(records),
        slices=settings["slices"],
    )
    return Results(
        settings,
        data,
        card,
        modes=Counter(kept["mode"] for kept in records if kept["mode"]),
        failed=tuple(place_of(kept) for kept in records if kept["error"]),
        worst=_worst(records, judged, settings["slices"]),
    )


def _short(policy: Mapping[str, Any]) -> dict[str, Any]:
    """Name what has many numbers by its digest; `run.json` has them all."""
    texts = {name: json.dumps(value, sort_keys=True) for name, value in policy.items()}
    return {
        name: hashlib.sha256(texts[name].encode()).hexdigest()[:_DIGEST]
        if isinstance(value, dict)
        else value
        for name, value in policy.items()
    }


def read_records(folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Read a finished run: its settings, and the lines of its rows but the unlabelled ones.

    Raises InputError for a run that isn't finished or can't be read.
    """
    settings = journal.read_json(folder / RUN)
    records = list(journal.read_predictions(folder))
    if len(records) != settings["rows"]:
        raise InputError(
            f"{folder}: has {len(records):,} of its {settings['rows']:,} rows; finish it with "
            "`verifier score --resume`"
        )
    return settings, [kept for kept in records if not kept.get("unlabelled")]


def place_of(kept: Mapping[str, Any]) -> str:
    """Name a row that couldn't be scored, and why."""
    return f"{kept['file']}:{kept['row']}: {kept['error']}"


def _worst(
    records: Sequence[Mapping[str, Any]], judged: Sequence[Judged], slices: Sequence[str]
) -> tuple[Mistake, ...]:
    """Choose the mistakes in which the verdict was preferred most to the right answer."""
    arrays = to_arrays(judged)
    wrong = np.flatnonzero(~arrays.right & ~np.isnan(arrays.confidence) & (arrays.gold >= 0))
    weights = arrays.confidence[wrong] - arrays.scores[wrong, arrays.gold[wrong]]
    chosen = wrong[np.lexsort((wrong, -weights))[:WORST]].tolist()
    values: dict[int, dict[str, str]] = {row: {} for row in chosen}
    for name in slices:
        for value, rows in groups(judged, name).items():
            for row in values.keys() & set(rows.tolist()):
                values[row][name] = value
    return tuple(
        Mistake(records[row], arrays.labels[arrays.said[row]], values[row]) for row in chosen
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """Two finished runs over the same rows."""

    names: tuple[str, str]
    """Each with its model."""
    comparison: Comparison
    fixed: tuple[Flip, ...]
    """Examples of rows that a gets wrong and b right."""
    broken: tuple[Flip, ...]
    """Examples of rows that a gets right and b wrong."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A row that only one of two runs gets right."""

    place: str
    claim: str
    gold: str
    a: str
    """What run a said: a label, or `error`."""
    b: str


def compare_runs(a: Path, b: Path) -> Compared:
    """Compare two finished runs.

    Raises InputError for runs that aren't finished, or over different data.
    """
    (settings_a, records_a), (settings_b, records_b) = read_records(a), read_records(b)
    if settings_a["data digest"] != settings_b["data digest"]:
        digests = [each["data digest"][:_DIGEST] for each in (settings_a, settings_b)]
        raise InputError(
            f"{a} and {b} are over different data ({' and '.join(digests)}); score both models on "
            "the same rows"
        )
    slices = [name for name in settings_a["slices"] if name in settings_b["slices"]]
    comparison = compare(
        [to_judged(kept) for kept in records_a],
        [to_judged(kept) for kept in records_b],
        slices=slices,
    )

    def flips(rows: Sequence[int]) -> tuple[Flip, ...]:
        return tuple(_flip(records_a[row], records_b[row]) for row in rows[:EXAMPLES])

    return Compared(
        names=(f"{a} ({settings_a['model']})", f"{b} ({settings_b['model']})"),
        comparison=comparison,
        fixed=flips(comparison.fixed),
        broken=flips(comparison.broken),
    )


def _flip(a: Mapping[str, Any], b: Mapping[str, Any]) -> Flip:
    return Flip(
        place=f"{a['file']}:{a['row']}",
        claim=a.get("claim", ""),
        gold=a["gold"],
        a=a["label"] or "error",
        b=b["label"] or "error",
    )
