"""Labelled rows → predictions: how each row is judged, in chunks, and what is kept of it.

A row whose evidence fits the model beside the claim is judged as one pair; a longer one goes
through the whole pipeline, together with the other claims of its chunk about the same document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from verifier import __version__
from verifier.claimsets import BadRow, Gold, Row
from verifier.decide import decide_pair
from verifier.errors import ClaimTooLongError, InputError
from verifier.metrics import Judged
from verifier.metrics.scorecard import SLICES
from verifier.records import Claim, Evidence, Label, Scores, Source, Span, Verdict

if TYPE_CHECKING:
    from verifier.claimsets import Claimset
    from verifier.journal import Journal
    from verifier.pipeline import Verifier

MODES = ("auto", "pair", "document")
_ROWS, _CHARS = 256, 100_000  # a chunk ends at either: what a kill can cost at most
_PLACES = 6  # of a score; what is beyond is noise of the batch

Progress = Callable[[int], None]
"""Called with the rows done so far."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What one reading of a set tells before any of it is scored."""

    rows: int
    files: int


def survey(claimset: Claimset, slices: Sequence[str]) -> Survey:
    """Read the set to its end.

    Raises InputError where no row can be scored or none has the field of a slice.
    """
    rows = bad = 0
    first: BadRow | None = None
    files: set[str] = set()
    missing = {name for name in slices if name not in (*SLICES, "source")}
    fields: set[str] = set()
    for row in claimset.rows():
        rows += 1
        files.add(row.file)
        if isinstance(row, BadRow):
            bad += 1
            first = first or row
        else:
            fields |= row.extra.keys()
            missing -= row.extra.keys()
    if first and bad == rows:
        raise InputError(f"no row of {rows:,} can be scored; the first: {first}")
    if missing:
        known = ", ".join([*SLICES, "source", *sorted(fields)])
        raise InputError(f"--slice {min(missing)}: no row has such a field; there are {known}")
    return Survey(rows, len(files))


def default_slices(seen: Survey) -> list[str]:
    """Choose what rows are told apart by when the user doesn't say."""
    return [*SLICES, *(["source"] if seen.files > 1 else [])]


def settings(
    verifier: Verifier, claimset: Claimset, mode: str, slices: Sequence[str]
) -> dict[str, Any]:
    """Put together what decides a run's predictions, as JSON holds it."""
    return {
        "verifier": __version__,
        "data digest": claimset.digest,
        "model": verifier.backend.name,
        "model digest": verifier.backend.digest,
        "policy": verifier.settings(),
        "mode": mode,
        "slices": list(slices),
        "rows": len(claimset),
    }


def predict(  # noqa: PLR0913 - keywords, one a setting
    verifier: Verifier,
    claimset: Claimset,
    journal: Journal,
    *,
    mode: str,
    slices: Sequence[str],
    progress: Progress,
) -> None:
    """Score the rows that `journal` doesn't have yet, and add them to it chunk by chunk."""
    start = 0
    for chunk in chunks(claimset.rows()):
        end = start + len(chunk)
        if journal.done < end:
            journal.cut(start)
            judged = judge(verifier, chunk, mode, after(start, progress))
            journal.append([record(each, slices) for each in judged])
        progress(end)
        start = end


def after(start: int, progress: Progress) -> Progress:
    """Report the progress of a chunk that begins at row `start`."""
    return lambda done: progress(start + done)


def chunks(rows: Iterable[Row | BadRow]) -> Iterator[list[Row | BadRow]]:
    """Group rows in their order; where a chunk ends depends on the data alone."""
    chunk: list[Row | BadRow] = []
    chars = 0
    for row in rows:
        chunk.append(row)
        if isinstance(row, Row):
            chars += len(row.claim) + len(_joined(row))
        if len(chunk) == _ROWS or chars >= _CHARS:
            yield chunk
            chunk, chars = [], 0
    if chunk:
        yield chunk


@dataclass(frozen=True, slots=True)
class Prediction:
    """What became of one row."""

    row: Row | BadRow
    mode: str | None = None
    """`pair` or `document`; None: it wasn't scored."""
    verdict: Verdict | None = None
    sentences: tuple[int, ...] = ()
    """The places in the row's evidence list that the verdict rests on, the best first."""
    error: str | None = None


def judge(
    verifier: Verifier, rows: Sequence[Row | BadRow], mode: str, progress: Progress
) -> list[Prediction]:
    """Judge rows, in their order; one that can't be judged gets the reason."""
    good = [row for row in rows if isinstance(row, Row)]
    room = verifier.backend.room()
    evidence = verifier.backend.lengths([_joined(row) for row in good])
    claims = verifier.backend.lengths([row.claim for row in good])
    lengths = {row.number: e + c for row, e, c in zip(good, evidence, claims, strict=True)}
    done: dict[int, Prediction] = {}
    pairs, documents = [], []
    for row in good:
        if mode != "document" and lengths[row.number] <= room:
            pairs.append(row)
        elif mode != "pair":
            documents.append(row)
        else:
            reason = f"evidence and claim take {lengths[row.number]} tokens and the model reads "
            reason += f"{room}; --mode auto or document reads it in parts"
            done[row.number] = Prediction(row, error=reason)
    done |= _as_pairs(verifier, pairs, progress)
    by_document: dict[str | tuple[str, ...], list[Row]] = {}
    for row in documents:
        by_document.setdefault(row.evidence, []).append(row)
    for same in by_document.values():
        done |= _as_document(verifier, same)
        progress(len(done))
    return [
        done[row.number] if isinstance(row, Row) else Prediction(row, error=row.reason)
        for row in rows
    ]


def _as_pairs(verifier: Verifier, rows: Sequence[Row], progress: Progress) -> dict[int, Prediction]:
    def advance(done: int, total: int) -> None:
        progress(len(rows) * done // max(total, 1))

    scores = verifier.score([(_joined(row), row.claim) for row in rows], advance)
    done = {}
    for row, each in zip(rows, scores, strict=True):
        text = _joined(row)
        place = Evidence("evidence", 0, len(text), 1, 1, text, each)
        verdict = decide_pair(Claim(row.id, row.claim), place, verifier.policy)
        whole = () if isinstance(row.evidence, str) else tuple(range(len(row.evidence)))
        done[row.number] = Prediction(row, "pair", verifier.calibration.settle(verdict), whole)
    return done


def _as_document(verifier: Verifier, rows: Sequence[Row]) -> dict[int, Prediction]:
    """Judge claims about one document; if it fails for one of them, each by itself."""
    claims = [Claim(str(row.number), row.claim) for row in rows]
    spans = _spans(rows[0].evidence)
    blocks = tuple((span,) for span in spans) or None
    source = Source("evidence", _joined(rows[0]), blocks=blocks)
    try:
        report = verifier.verify(claims, [source])
    except (InputError, ClaimTooLongError) as error:
        if len(rows) == 1:
            return {rows[0].number: Prediction(rows[0], error=str(error))}
        return {n: p for row in rows for n, p in _as_document(verifier, [row]).items()}
    return {
        row.number: Prediction(row, "document", verdict, _touched(verdict, spans))
        for row, verdict in zip(rows, report.verdicts, strict=True)
    }


def _joined(row: Row) -> str:
    return row.evidence if isinstance(row.evidence, str) else " ".join(row.evidence)


def _spans(evidence: str | tuple[str, ...]) -> list[Span]:
    """Find where each sentence of a list stands in the joined text."""
    if isinstance(evidence, str):
        return []
    ends = list(accumulate(len(text) + 1 for text in evidence))
    return [(end - 1 - len(text), end - 1) for text, end in zip(evidence, ends, strict=True)]


def _touched(verdict: Verdict, spans: Sequence[Span]) -> tuple[int, ...]:
    found = (
        number
        for place in verdict.evidence
        for number, (start, end) in enumerate(spans)
        if place.start < end and start < place.end
    )
    return tuple(dict.fromkeys(found))


def record(prediction: Prediction, slices: Sequence[str]) -> dict[str, Any]:
    """Write a prediction as one line of `predictions.jsonl` holds it: all that is told of a row.

    Of a document it keeps the deciding place, of the row's other fields those that it is sliced by.
    """
    row, verdict = prediction.row, prediction.verdict
    kept = {
        "id": row.id,
        "file": row.file,
        "row": row.row,
        "gold": row.gold,
        "label": verdict and verdict.label,
        "scores": verdict and _rounded(verdict.scores),
        "mode": prediction.mode,
        "error": prediction.error,
    }
    if isinstance(row, BadRow):
        return kept | {"unlabelled": row.unlabelled}
    return kept | {
        "claim": row.claim,
        "evidence": verdict.evidence[0].text if verdict and verdict.evidence else "",
        "sentences": list(prediction.sentences),
        "document": row.document,
        "words": len(_joined(row).split()) + len(row.claim.split()),
        "gold_evidence": row.gold_evidence,
        "fields": {name: _plain(row.extra[name]) for name in slices if name in row.extra},
    }


def to_judged(kept: Mapping[str, Any]) -> Judged:
    """Read a line of `predictions.jsonl` for the metrics."""
    groups = kept.get("gold_evidence")
    return Judged(
        gold=kept["gold"] and Gold(kept["gold"]),
        label=kept["label"] and Label(kept["label"]),
        scores=kept["scores"] and Scores(**kept["scores"]),
        claim=kept.get("claim", ""),
        document=kept.get("document", ""),
        words=kept.get("words", 0),
        gold_evidence=None if groups is None else tuple(map(tuple, groups)),
        evidence=tuple(kept.get("sentences", ())),
        fields={**kept.get("fields", {}), "source": kept["file"]},
    )


def _rounded(scores: Scores) -> dict[str, float]:
    return {label: round(score, _PLACES) for label, score in asdict(scores).items()}


def _plain(value: object) -> object:
    """Keep of a field what a slice can be named by and JSON can hold."""
    return value if value is None or isinstance(value, str | int) else str(value)
