"""What a caller of the pipeline gives it, made into records or refused in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import shorten

from verifier.errors import ClaimTooLongError, EmptyInputError, InputError
from verifier.language import Identify, foreign, identify
from verifier.readers import read_sources
from verifier.records import Claim, Skipped, Source
from verifier.text import flatten, has_text


def plain(text: str) -> str:
    """Return the text as a model reads it."""
    return flatten(text, [(0, len(text))]).plain


def as_claims(claims: Sequence[str | Claim]) -> list[Claim]:
    """Give strings a running number for an id; raise InputError for what can't be checked."""
    if isinstance(claims, str):
        raise InputError("claims is one string; give a list, as in verify([claim], sources)")
    asked = [
        Claim(str(number), claim) if isinstance(claim, str) else claim
        for number, claim in enumerate(claims, 1)
    ]
    if not asked:
        raise EmptyInputError("no claims to check; give at least one")
    for claim in asked:
        if not plain(claim.text):
            raise InputError(f"claim {claim.id}: there is no text in it; remove it or fill it in")
    (often, count), *_ = Counter(claim.id for claim in asked).most_common(1)
    if count > 1:
        raise InputError(f"claim id {often!r} is given to {count} claims; ids must differ")
    return asked


def as_sources(
    sources: Sequence[str | Path | Source],
) -> tuple[list[Source], list[Skipped]]:
    """Read the paths and name the texts; what has no text is skipped, and named.

    Raises InputError for what can't be read, EmptyInputError where no source has text.
    """
    if isinstance(sources, str | Path):
        raise InputError("sources is a single string or path; give a list of them")
    paths = [source for source in sources if isinstance(source, Path)]
    documents, skipped = read_sources(paths) if paths else ([], [])
    for number, source in enumerate(sources, 1):
        if not isinstance(source, Path):
            document = Source(f"text-{number}", source) if isinstance(source, str) else source
            if has_text(document):
                documents.append(document)
            else:
                skipped.append(Skipped(document.id, "there is no text in it"))
    if not documents:
        raise EmptyInputError("no text in any source; give at least one file that has some")
    (often, count), *_ = Counter(document.id for document in documents).most_common(1)
    if count > 1:
        raise InputError(f"source id {often!r} is given to {count} sources; ids must differ")
    return documents, skipped


def foreign_notes(
    claims: Sequence[Claim], documents: Sequence[Source], identify: Identify = identify
) -> tuple[str, ...]:
    """Name the sources and count the claims that aren't English, language by language."""
    advice = "which the bundled model can't judge; --model names one that can"
    found = [(document.id, foreign(document.text, identify)) for document in documents]
    notes = [
        f"{name} seems to be in another language ({code}), {advice}" for name, code in found if code
    ]
    by_code: dict[str, list[Claim]] = {}
    for claim in claims:
        if code := foreign(claim.text, identify):
            by_code.setdefault(code, []).append(claim)
    for code, same in by_code.items():
        many = f"{len(same)} claims seem" if len(same) > 1 else "a claim seems"
        first = f"{'first' if len(same) > 1 else 'it is'} {_where(same[0])}"
        notes.append(f"{many} to be in another language ({code}; {first}), {advice}")
    return tuple(notes)


def check_lengths(claims: Sequence[Claim], lengths: Sequence[int], limit: int) -> None:
    """Raise ClaimTooLongError for a claim of more than `limit` tokens; `lengths` are theirs."""
    for claim, length in zip(claims, lengths, strict=True):
        if length > limit:
            raise ClaimTooLongError(
                f"{_where(claim)}: {length} tokens, and the model has room for {limit}; "
                "split it into several claims"
            )


def _where(claim: Claim) -> str:
    place = ":".join(str(part) for part in (claim.path, claim.line) if part is not None)
    place = place and f"{place}: "
    start = shorten(claim.text, 60, placeholder="…")
    return f"{place}claim {claim.id} ({start})"


def check_settings(batch_tokens: int | None, given: Mapping[str, float]) -> None:
    """Raise InputError for a threshold outside [0, 1] or a number below 1."""
    for name in ("support", "refute"):
        if not 0 <= given.get(name, 0) <= 1:
            raise InputError(f"--{name}-threshold {given[name]}: give a number from 0 to 1")
    for name, value in (("--batch-tokens", batch_tokens), ("--top-k", given.get("top_k"))):
        if value is not None and value < 1:
            raise InputError(f"{name} {value}: give at least 1")
