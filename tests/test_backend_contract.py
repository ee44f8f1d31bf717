"""What every backend promises, whatever runs inside. A new backend is one more entry in MODELS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_models import CORPUS, LABELS

from verifier.nli import Backend
from verifier.nli.loading import load_backend

if TYPE_CHECKING:
    from pathlib import Path

    from verifier.records import Scores

MODELS = ["bundled", *LABELS]
TOLERANCE = 1e-3

texts = st.one_of(st.sampled_from([text[:20] for text in CORPUS]), st.text(max_size=6))
pairs_of_texts = st.lists(st.tuples(texts, texts), min_size=2, max_size=8)
few_examples = settings(
    max_examples=10,
    deadline=None,
    # a backend keeps no state between calls: that is part of what is tested
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def _load(model: str, tiny_folders: dict[str, Path], batch_tokens: int) -> Backend:
    return load_backend(
        str(tiny_folders.get(model, model)),
        device="cpu",
        dtype="float32",
        batch_tokens=batch_tokens,
        label_map=None,
    )


@pytest.fixture(scope="module", params=MODELS)
def model(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def backend(model: str, tiny_folders: dict[str, Path]) -> Backend:
    return _load(model, tiny_folders, batch_tokens=512)


@pytest.fixture(scope="module")
def one_by_one(model: str, tiny_folders: dict[str, Path]) -> Backend:
    return _load(model, tiny_folders, batch_tokens=1)


def assert_same(scores: list[Scores], others: list[Scores]) -> None:
    assert len(scores) == len(others)
    for one, other in zip(scores, others, strict=True):
        assert one.supported == pytest.approx(other.supported, abs=TOLERANCE)
        assert one.refuted == pytest.approx(other.refuted, abs=TOLERANCE)
        assert one.unknown == pytest.approx(other.unknown, abs=TOLERANCE)


def test_has_the_members_of_the_protocol(backend: Backend) -> None:
    assert isinstance(backend, Backend)


def test_scores_are_probabilities_that_sum_to_one(backend: Backend) -> None:
    for scores in backend.score([(text[:20], "Nobody counted.") for text in ("", *CORPUS)]):
        values = (scores.supported, scores.refuted, scores.unknown)
        assert all(0 <= value <= 1 for value in values)
        assert sum(values) == pytest.approx(1, abs=1e-5)


def test_different_pairs_get_different_scores(backend: Backend) -> None:
    # without this, the tests of order and of batches would pass on a constant
    scores = backend.score([(CORPUS[0][:30], "ends in 2024"), (CORPUS[1][:30], "Nobody counted")])
    assert scores[0].supported != pytest.approx(scores[1].supported, abs=2 * TOLERANCE)


@few_examples
@given(pairs=pairs_of_texts)
def test_a_score_does_not_depend_on_its_batch(
    backend: Backend, one_by_one: Backend, pairs: list[tuple[str, str]]
) -> None:
    assert_same(backend.score(pairs), one_by_one.score(pairs))


@few_examples
@given(pairs=pairs_of_texts, data=st.data())
def test_scores_come_in_the_order_of_the_pairs(
    backend: Backend, pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(pairs))))
    scores = backend.score(pairs)
    assert_same(backend.score([pairs[i] for i in order]), [scores[i] for i in order])


def test_nothing_in_nothing_out(backend: Backend) -> None:
    assert backend.score([]) == []
    assert backend.lengths([]) == []


def test_a_pair_that_fills_the_room_is_scored_and_one_token_more_is_refused(
    backend: Backend,
) -> None:
    room = backend.room()
    fits, too_long = _pair_of_length(backend, room), _pair_of_length(backend, room + 1)
    assert len(backend.score([fits])) == 1
    with pytest.raises(ValueError, match="tokens"):
        backend.score([("short", "short"), too_long])


def _pair_of_length(backend: Backend, wanted: int) -> tuple[str, str]:
    fillers = [" ".join(["of"] * count) for count in range(wanted + 1)]
    of_length = dict(zip(backend.lengths(fillers), fillers, strict=True))
    claims = ["in", "the", "delegates", "delegates,", "the delegates ran"]
    for claim, length in zip(claims, backend.lengths(claims), strict=True):
        if wanted - length in of_length:
            return of_length[wanted - length], claim
    pytest.fail(f"no filler makes a pair of {wanted} tokens")


def test_the_digest_is_a_sha256_that_a_second_load_repeats(
    backend: Backend, one_by_one: Backend
) -> None:
    assert len(bytes.fromhex(backend.digest)) == 32
    assert backend.digest == one_by_one.digest
