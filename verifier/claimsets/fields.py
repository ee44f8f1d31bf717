"""Which fields of a set hold claim, evidence and label, told by their names."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.claimsets.rows import Fields
from verifier.errors import InputError

# The surest first. In NLI the hypothesis is judged against the premise.
_CLAIMS = ["claim", "statement", "hypothesis", "sentence2"]
_EVIDENCE = """
    evidence, evidences, doc, document, passage, context, premise, abstract, article, sentence1
""".strip().split(", ")
_LABELS = ["label", "gold_label", "claim_label", "verdict"]
_IDS = ["id", "unique_id", "uid", "pairid", "guid", "idx"]
_DOCUMENTS = ["page", "doc_id", "document_id", "article_id", "captionid", "promptid", "title"]
_GOLD_EVIDENCE = ["gold_evidence", "supporting_sentences"]  # WiCE calls it so


def choose(  # noqa: PLR0913 - a keyword a field
    names: Sequence[str],
    where: str,
    *,
    claim: str | None = None,
    evidence: str | None = None,
    label: str | None = None,
    id: str | None = None,  # noqa: A002 - the field's name
) -> Fields:
    """Settle the fields of a set that has `names`; what is given goes before what is found.

    Raises InputError, which lists the fields, where one isn't there or can't be told.
    """
    given = {"claim": claim, "evidence": evidence, "label": label, "id": id}
    for role, name in given.items():
        if name is not None and name not in names:
            raise InputError(
                f"{where}: no field {name!r} for --{role}-field; the fields are {_shown(names)}"
            )
    lower = {name.casefold(): name for name in names}
    claim = claim or _first([name for name in _CLAIMS if lower.get(name) != evidence], lower)
    evidence = evidence or _first([name for name in _EVIDENCE if lower.get(name) != claim], lower)
    label = label or _first(_LABELS, lower)
    for role, name in (("claim", claim), ("evidence", evidence), ("label", label)):
        if name is None:
            raise InputError(
                f"{where}: which field holds the {role} can't be told; the fields are "
                f"{_shown(names)}; name one with --{role}-field"
            )
    assert claim is not None  # noqa: S101 - as the loop has checked; for the type checker
    assert evidence is not None  # noqa: S101
    assert label is not None  # noqa: S101
    return Fields(
        claim=claim,
        evidence=evidence,
        label=label,
        id=id or _first(_IDS, lower),
        document=_first(_DOCUMENTS, lower),
        gold_evidence=_first(_GOLD_EVIDENCE, lower),
        given=frozenset(role for role, name in given.items() if name is not None),
    )


def _first(likely: Sequence[str], lower: dict[str, str]) -> str | None:
    return next((lower[name] for name in likely if name in lower), None)


def _shown(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"
