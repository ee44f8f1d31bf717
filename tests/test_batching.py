from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.nli.batching import batches

some_lengths = st.lists(st.integers(0, 60), max_size=40)
budgets = st.integers(1, 200)


@given(lengths=some_lengths, budget=budgets)
def test_every_item_is_in_exactly_one_batch(lengths: list[int], budget: int) -> None:
    grouped = batches(lengths, budget)
    assert all(grouped)
    assert sorted(index for batch in grouped for index in batch) == list(range(len(lengths)))


@given(lengths=some_lengths, budget=budgets)
def test_a_padded_batch_keeps_to_the_budget_unless_one_item_breaks_it(
    lengths: list[int], budget: int
) -> None:
    for batch in batches(lengths, budget):
        padded = max(lengths[index] for index in batch) * len(batch)
        assert padded <= budget or len(batch) == 1


@given(lengths=some_lengths, budget=budgets)
def test_the_longest_come_first_and_equals_keep_their_order(
    lengths: list[int], budget: int
) -> None:
    order = [index for batch in batches(lengths, budget) for index in batch]
    assert order == sorted(order, key=lambda index: (-lengths[index], index))


@given(lengths=st.lists(st.integers(1, 60), min_size=2, max_size=40), budget=budgets)
def test_no_batch_has_room_for_the_item_after_it(lengths: list[int], budget: int) -> None:
    grouped = batches(lengths, budget)
    for batch in grouped[:-1]:
        longest = max(lengths[index] for index in batch)
        assert longest * (len(batch) + 1) > budget


def test_a_budget_that_holds_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        batches([3], 0)
