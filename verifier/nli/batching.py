"""Batches of like length, so that little of a batch is padding."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Group the indices of `lengths` (in tokens, each at least 0) into batches for a model.

    Padded to its longest item, a batch takes at most `budget` tokens; an item that is longer by
    itself makes a batch of one. The longest come first, so that memory peaks in the first batch,
    and equal lengths keep their order. Every index stands in exactly one batch.

    Raises ValueError for a budget below 1.
    """
    if budget < 1:
        raise ValueError(f"a batch budget of {budget} tokens holds nothing; give at least 1")
    order = sorted(range(len(lengths)), key=lambda index: -lengths[index])
    result = []
    start = 0
    while start < len(order):
        longest = max(1, lengths[order[start]])
        size = max(1, budget // longest)
        result.append(order[start : start + size])
        start += size
    return result
