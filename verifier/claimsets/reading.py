"""One record → a row, or what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from verifier.claimsets.formats import Record
from verifier.claimsets.labels import Labels
from verifier.claimsets.rows import BadRow, Fields, Gold, GoldEvidence, Row

_TEXTS = ("evidence", "text", "sentence")  # where an object in a list of evidence has its text
_TRIPLE = 3  # page, line, text: how FEVER with its text is handed on


def read_row(  # noqa: PLR0913, PLR0917 - where it stands and how to read it
    record: Record, fields: Fields, labels: Labels, number: int, place: int, file: str
) -> Row | BadRow:
    """Read a record, the `place`th (from 1) of its file and the `number`th (from 0) of the set."""
    key: str | None = None
    gold: Gold | None = None
    try:
        values = _readable(record)
        key = _id(values, fields.id, place)
        gold = _gold(_value(values, fields.label, "label"), labels)
        claim = _text(_value(values, fields.claim, "claim"), "the claim")
        evidence = _evidence(_value(values, fields.evidence, "evidence"))
        gold_evidence = _gold_evidence(values, fields.gold_evidence, evidence)
    except _RowError as error:
        return BadRow(number, file, record.row, str(error), key, gold, error.unlabelled)
    used = {fields.claim, fields.evidence, fields.label, fields.id}
    used |= set() if gold_evidence is None else {fields.gold_evidence}
    extra = {name: value for name, value in values.items() if name not in used}
    document = values.get(fields.document or "")
    return Row(
        number=number,
        id=key,
        claim=claim,
        evidence=evidence,
        gold=gold,
        file=file,
        row=record.row,
        document=_digest(evidence) if document in (None, "") else str(document),
        gold_evidence=gold_evidence,
        extra=extra,
    )


class _RowError(Exception):
    """Why a record is no row; it becomes the reason of a `BadRow`."""

    def __init__(self, reason: str, *, unlabelled: bool = False) -> None:
        super().__init__(reason)
        self.unlabelled = unlabelled


def _readable(record: Record) -> Mapping[str, object]:
    if record.problem:
        raise _RowError(record.problem)
    return record.fields


def _value(record: Mapping[str, object], field: str, role: str) -> object:
    if field not in record:
        names = ", ".join(record) or "none"
        raise _RowError(f"no field {field!r} for the {role}; the fields are {names}")
    value = record[field]
    if value is None or value == "":
        raise _RowError(f"the {role} (field {field!r}) is empty")
    return value


def _id(record: Mapping[str, object], field: str | None, place: int) -> str:
    value = record.get(field) if field else None
    if value is None or value == "":
        return f"#{place}"
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _RowError(f"the id {_start(value)} is neither text nor a whole number")
    return str(value)


def _gold(value: object, labels: Labels) -> Gold:
    gold = labels.meaning(value)
    if gold is None and labels.is_unlabelled(value):
        raise _RowError("the set gives no gold label for it", unlabelled=True)
    if gold is None:
        raise _RowError(f"the label {_start(value)} isn't understood; map it with --label-map")
    return gold


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise _RowError(f"{what} is not text: {_start(value)}")
    if not value.strip():
        raise _RowError(f"{what} is empty")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise _RowError(f"{what} holds a broken character at {error.start + 1}") from error
    return value


def _evidence(value: object) -> str | tuple[str, ...]:
    """Read text, a list of texts, of objects with a text, or of [page, line, text]."""
    if not isinstance(value, list | tuple):
        if isinstance(value, Mapping):
            raise _RowError(
                "the evidence is an object, not text; if it refers to documents, put their text in"
            )
        return _text(value, "the evidence")
    if not value:
        raise _RowError("the evidence is an empty list")
    return tuple(
        _text(_sentence(part), f"sentence {place} of the evidence")
        for place, part in enumerate(value, 1)
    )


def _sentence(part: object) -> object:
    if isinstance(part, Mapping):
        return next((part[name] for name in _TEXTS if name in part), part)
    if isinstance(part, list | tuple) and len(part) == _TRIPLE:
        return part[-1]
    return part


def _gold_evidence(
    record: Mapping[str, object], field: str | None, evidence: str | tuple[str, ...]
) -> GoldEvidence | None:
    """Read the sets of sentences that decide; they mean nothing beside evidence in one piece."""
    value = record.get(field) if field else None
    if value is None or isinstance(evidence, str):
        return None
    groups: list[Any] = value if isinstance(value, list) else [value]
    if groups and all(isinstance(place, int) for place in groups):
        groups = [groups]
    for group in groups:
        if not (
            isinstance(group, list)
            and all(type(place) is int and 0 <= place < len(evidence) for place in group)
        ):
            raise _RowError(
                f"the gold evidence {_start(value)} isn't lists of places (from 0) in the "
                f"{len(evidence)} sentences of evidence"
            )
    return tuple(tuple(group) for group in groups)


def _digest(evidence: str | tuple[str, ...]) -> str:
    text = evidence if isinstance(evidence, str) else "\n".join(evidence)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _start(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 - enough to know it by
