from __future__ import annotations

import itertools
import random
import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))  # programs, not a package

from written import HERE, held_out, parse, training, written

GOOD = """== a title

1 Ada chaired the meeting.
2 It ended at noon.
--
s 1,2 The meeting that Ada chaired was over by one.
r 2 The meeting ended at dusk.
u - Ada lives in Ulm.
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "a.txt"
    path.write_text(text, "utf-8")
    return path


def test_a_document_and_its_claims_are_read(tmp_path: Path) -> None:
    (document,) = parse(write(tmp_path, GOOD))
    assert document.sentences == ["Ada chaired the meeting.", "It ended at noon."]
    assert document.claims == [
        ("The meeting that Ada chaired was over by one.", "supported", (0, 1)),
        ("The meeting ended at dusk.", "refuted", (1,)),
        ("Ada lives in Ulm.", "unknown", ()),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("2 It", "3 It", 4),
        ("r 2", "r 3", 7),
        ("r 2", "r -", 7),
        ("u - Ada", "x - Ada", 8),
        ("== a title", "a title", 1),
    ],
)
def test_what_is_no_document_is_refused_with_its_line(
    old: str, new: str, line: int, tmp_path: Path
) -> None:
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ValueError, match=rf"a\.txt:{line}: "):
        parse(path)


def made(seed: int, k: int) -> list[dict[str, str]]:
    return list(itertools.islice(written([], random.Random(seed)), k))  # noqa: S311 - seeded randomness is the point


def test_a_seed_fixes_the_rows() -> None:
    assert made(5, 300) == made(5, 300)
    assert made(5, 300) != made(6, 300)


def test_a_claim_keeps_its_label_where_all_that_it_needs_is_shown_and_else_is_unknown() -> None:
    by_claim = defaultdict(list)
    for document in training():
        for claim, label, needs in document.claims:
            by_claim[claim].append((document.sentences, label, needs))
    for row in made(1, 3000):
        right = set()
        for sentences, label, needs in by_claim[row["claim"]]:  # some documents share claims
            if row["evidence"].replace("\n", " ") in " ".join(sentences):
                shown = all(sentences[n] in row["evidence"] for n in needs)
                right.add(label if shown else "unknown")
        assert right == {row["label"]}


def test_held_out_documents_are_not_trained_on() -> None:
    kept = {row["evidence"] for row in held_out()}
    assert kept
    assert not kept & {" ".join(d.sentences) for d in training()}


def test_every_file_is_well_formed_and_its_labels_are_about_even() -> None:
    for path in HERE.glob("*.txt"):
        labels = [label for d in parse(path) for _, label, _ in d.claims]
        # Of the unknown claims about denials those that deny were thinned out: see below.
        least = 0.1 if path.stem.startswith("denials") else 0.2
        for label in ("supported", "refuted", "unknown"):
            assert least < labels.count(label) / len(labels) < 0.5, path


def test_a_negation_in_a_claim_doesnt_tell_its_label() -> None:
    negation = re.compile(
        r"\b(no|not|never|nobody|none|neither|nothing|without|nor)\b|n't", re.IGNORECASE
    )
    negated: dict[str, list[bool]] = defaultdict(list)
    for path in HERE.glob("*.txt"):
        for document in parse(path):
            for claim, label, _ in document.claims:
                negated[label].append(bool(negation.search(claim.lower())))
    shares = [sum(found) / len(found) for found in negated.values()]
    assert len(shares) == 3
    assert 0.15 < min(shares) < max(shares) < 0.3
