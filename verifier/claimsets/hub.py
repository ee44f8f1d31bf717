"""Labelled data sets on the Hugging Face hub, streamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from verifier.claimsets.formats import Record, Table, of_dataset
from verifier.errors import InputError

_NAME = re.compile(r"[\w.-]+/[\w.-]+(:[\w.-]+)?")
_KNOWN = {"snli", "multi_nli", "anli", "fever", "scifact", "climate_fever", "vitaminc", "healthver"}


def is_name(location: str) -> bool:
    """Tell whether this could be a data set on the hub: `owner/name`, or a well-known `name`."""
    return bool(_NAME.fullmatch(location)) or location.partition(":")[0] in _KNOWN


def open_hub(location: str, split: str | None) -> Table:
    """Open `owner/name`, or `owner/name:config`, at `split`, which may be left out if it has one.

    No code of the data set is run. Raises InputError where it can't be had or a split must be
    chosen.
    """
    name, _, config = location.partition(":")
    splits = _load(name, config or None, location)
    if split is None and len(splits) == 1:
        (split,) = splits
    if split is None or split not in splits:
        problem = "which split isn't said" if split is None else f"it has no split {split!r}"
        raise InputError(f"{location}: {problem}; choose with --split: {', '.join(splits)}")
    data = splits[split]

    def records() -> Iterator[Record]:
        try:
            yield from of_dataset(data)
        except Exception as error:
            # What the network or a broken file may raise has no common root.
            raise InputError(f"{location}: can't be read on: {_first_line(error)}") from error

    return Table(f"{location} ({split})", records)


def _load(name: str, config: str | None, location: str) -> dict[str, Any]:
    import datasets  # noqa: PLC0415 - slow to load, and files of text do without

    try:
        return dict(datasets.load_dataset(name, config, streaming=True))
    except Exception as error:
        # As above; and datasets names the configs of a set in a ValueError, which is worth seeing.
        raise InputError(
            f"{location}: no such file, and not to be had from the hub "
            f"({_first_line(error)}); check the name and the network, or give files"
        ) from error


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
