"""Documents and claims about them, written for training: how `scripts/written/*.txt` is read.

    == a title, which no model reads
    1 The first sentence of the document.
    2 The second.
    --
    s 1 A claim that sentence 1 supports.
    r 1,2 A claim that sentences 1 and 2 refute only together.
    u 2 A claim that nothing in the document settles; sentence 2 comes nearest.
    u - A claim that no sentence comes near.

The numbers are those of the sentences that are needed to decide, all and only these. The last
document of each file is held out of training (`calibrate.py` chooses one number on some of them):
`python scripts/written.py --held-out OUT` writes these as a data set.
`python scripts/written.py FILE...` checks files and counts what is in them.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

Row = dict[str, str]

HERE = Path(__file__).with_name("written")
NEWEST = frozenset({"annual", "cited", "facts", "genre", "replies", "snaps"})
WHOLE, MISSING = 0.3, 0.2  # shares of views
AROUND = (0, 0, 1, 1, 2, 3)  # sentences shown beside those that a claim needs, on either side
JOINTS = (" ", " ", " ", "\n")
LABELS = {"s": "supported", "r": "refuted", "u": "unknown"}
_CLAIM = re.compile(r"([sru]) (-|\d+(?:,\d+)*) (\S.*)")
_SENTENCE = re.compile(r"(\d+) (\S.*)")


@dataclass
class Written:
    """A document's sentences, and claims: text, label, positions of the sentences it needs."""

    sentences: list[str] = field(default_factory=list)
    claims: list[tuple[str, str, tuple[int, ...]]] = field(default_factory=list)


def parse(path: Path) -> list[Written]:
    """Give the documents of one file. Raises ValueError with file and line for what is not so."""
    documents: list[Written] = []
    about = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        if line.startswith("== "):
            documents.append(Written())
            about = False
        elif not documents:
            raise ValueError(f"{path}:{number}: stands before the first '== title': {line!r}")
        elif line.strip() == "--":
            about = True
        else:
            try:
                (_claim if about else _sentence)(documents[-1], line.strip())
            except ValueError as wrong:
                message = f"{path}:{number}: {wrong}: {line!r}"
                raise ValueError(message) from None
    if not documents or not all(d.sentences and d.claims for d in documents):
        raise ValueError(f"{path}: a document without sentences or claims, or none at all")
    return documents


def _sentence(document: Written, line: str) -> None:
    found = _SENTENCE.fullmatch(line)
    if not found or int(found[1]) != len(document.sentences) + 1:
        raise ValueError("not the next numbered sentence")
    document.sentences.append(found[2])


def _claim(document: Written, line: str) -> None:
    found = _CLAIM.fullmatch(line)
    if not found:
        raise ValueError("not a claim such as 's 1,2 text'")
    needs = () if found[2] == "-" else tuple(int(n) - 1 for n in found[2].split(","))
    if any(not 0 <= n < len(document.sentences) for n in needs):
        raise ValueError("names a sentence that the document lacks")
    if found[1] != "u" and not needs:
        raise ValueError("names no sentence that settles it")
    document.claims.append((found[3], LABELS[found[1]], needs))


def training(kinds: Collection[str] = ()) -> list[Written]:
    """Give every document but the last of each file, of all kinds or of those given."""
    return [
        document
        for path in sorted(HERE.glob("*.txt"))
        if not kinds or path.stem.rpartition("-")[0] in kinds
        for document in parse(path)[:-1]
    ]


def held_out() -> list[Row]:
    """Give `claim, evidence, label` of the last document of each file."""
    documents = [parse(path)[-1] for path in sorted(HERE.glob("*.txt"))]
    return [
        {"claim": claim, "evidence": " ".join(d.sentences), "label": label}
        for d in documents
        for claim, label, _ in d.claims
    ]


def _view(document: Written, label: str, needs: tuple[int, ...], rng: random.Random) -> Row:
    """Give some neighbouring sentences of a document, and the label that a claim has before them.

    Mostly all that the claim needs with a few around it, often the whole document; now and then
    sentences among which one that it needs is missing, before which it is unknown.
    """
    last = len(document.sentences) - 1
    start, end = (min(needs), max(needs)) if needs else (rng.randint(0, last),) * 2
    kind = rng.random()
    if kind < WHOLE:
        start, end = 0, last
    elif kind < WHOLE + MISSING and needs:
        gap = rng.choice(needs)
        before, after = (max(0, gap - 3), gap - 1), (gap + 1, min(last, gap + 3))
        sides = [side for side in (before, after) if side[0] <= side[1]]
        start, end = rng.choice(sides or [(0, last)])
        label = "unknown" if sides else label  # nothing stands beside the only sentence
    else:
        start = max(0, start - rng.choice(AROUND))
        end = min(last, end + rng.choice(AROUND))
    evidence = rng.choice(JOINTS).join(document.sentences[start : end + 1])
    return {"evidence": evidence, "label": label}


def written(_: list[Row], rng: random.Random, kinds: Collection[str] = ()) -> Iterator[Row]:
    """Yield rows about the written documents without end: every claim once, each in a new view."""
    claims = [(d, *claim) for d in training(kinds) for claim in d.claims]
    while True:
        for document, claim, label, needs in rng.sample(claims, len(claims)):
            yield {"claim": claim, **_view(document, label, needs, rng)}


newest = partial(written, kinds=NEWEST)
"""As `written`, from the kinds of documents that were written last."""


def main() -> None:
    """Check files and count, or write the documents that are held out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="*", help="to check; without any, all")
    parser.add_argument("--held-out", type=Path, help="write here the claims not trained on")
    options = parser.parse_args()
    if options.held_out:
        lines = [json.dumps(row, ensure_ascii=False) for row in held_out()]
        options.held_out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    documents = [d for path in options.files or sorted(HERE.glob("*.txt")) for d in parse(path)]
    labels = Counter(label for d in documents for _, label, _ in d.claims)
    twice = [c for c, n in Counter(c for d in documents for c, _, _ in d.claims).items() if n > 1]
    print(f"{len(documents)} documents, {sum(labels.values())} claims: {dict(labels)}")
    print(f"claims that stand twice: {twice[:5]}" if twice else "no claim stands twice")


if __name__ == "__main__":
    main()
