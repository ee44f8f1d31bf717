"""One report on summaries that holds every kind of entry, and others drawn by hypothesis."""

from __future__ import annotations

import hashlib
from types import MappingProxyType

from hypothesis import strategies as st

from verifier.records import (
    Check,
    Claim,
    Evidence,
    Label,
    Mismatch,
    Passage,
    Run,
    Scores,
    Skipped,
    Source,
    Statement,
    SummaryReport,
    Suppression,
    Unchecked,
    Verdict,
)
from verifier.text import Lines

SCORES = {
    Label.SUPPORTED: Scores(supported=0.91234, refuted=0.00001, unknown=0.08765),
    Label.REFUTED: Scores(supported=0.02, refuted=0.93, unknown=0.05),
    Label.UNKNOWN: Scores(supported=0.1, refuted=0.1, unknown=0.8),
}
RUN = Run("1.2.3", "bundled", "0123456789abcdef", MappingProxyType({"top_k": 10}))

SOURCE = Source(
    "notes/report.md",
    "# Assembly\n\nThe meeting runs from 23 to 25 November. It takes place in Lyon.\n\n"
    "Some 600 delegates\nare expected. Others speak of 900.\n",
)
WEEK = Source(
    "out/café week.summary.md",
    "# The week\n\nThe meeting lasts three days. It lasts four days. Who pays?\n\n"
    "- It is held in\n  Paris.\n- It is held in Nice. <!-- verifier: ignore[refuted] a quote -->\n"
    "- 600 delegates come.\n- The food was good | cheap.\n\nIt lasts four days.\n",
)
ODD = Source(
    "out/odd.summary.md",
    "=cmd() <script>alert(1)</script> ]]> [a](https://example.org) `x` {0} ##[error]no\n"
    "::set-output name=a::b\n",
)


def statement(summary: Source, text: str, claim: str | None = None, nth: int = 0) -> Statement:
    start = -1
    for _ in range(nth + 1):
        start = summary.text.index(text, start + 1)
    line, column = Lines(summary.text).locate(start)
    place = (summary.id, start, start + len(text), line, column, text)
    return Statement(*place, claim or " ".join(text.split()), leans=claim is not None)


def evidence(text: str, label: Label) -> Evidence:
    start = SOURCE.text.index(text)
    line, column = Lines(SOURCE.text).locate(start)
    mismatches: tuple[Mismatch, ...] = ()
    if label is Label.REFUTED and "23 to 25" in text:
        low = SOURCE.text.index("23 to 25")
        said = "The claim says 4 days; the source says 23 to 25 November."
        mismatches = (Mismatch(9, 18, low, low + 8, said),)
    place = (SOURCE.id, start, start + len(text), line, column, text)
    return Evidence(*place, SCORES[label], mismatches)


def check(
    said: Statement,
    label: Label,
    reason: str,
    *places: Evidence,
    fails: bool | None = None,
    suppression: Suppression | None = None,
) -> Check:
    verdict = Verdict(Claim(said.claim, said.claim), label, 0.87, SCORES[label], reason, places)
    if fails is None:
        fails = label is not Label.SUPPORTED and suppression is None
    digest = hashlib.sha256(f"{said.text!a} {label}".encode()).hexdigest()
    return Check(said, verdict, fails, digest, suppression)


def everything() -> SummaryReport:
    runs = "The meeting runs from 23 to 25 November."
    refuted, unknown = Label.REFUTED, Label.UNKNOWN
    four = "The source says 23 to 25 November, which is three days."
    lasts = statement(
        WEEK, "It lasts four days.", "The meeting lasts three days. It lasts four days."
    )
    checks = (
        check(
            statement(WEEK, "The meeting lasts three days."),
            Label.SUPPORTED,
            "One sentence says so.",
            evidence(runs, Label.SUPPORTED),
        ),
        check(lasts, refuted, four, evidence(runs, refuted)),
        check(
            statement(WEEK, "It is held in\n  Paris."),
            refuted,
            "The source says Lyon.",
            evidence("It takes place in Lyon.", refuted),
        ),
        check(
            statement(WEEK, "It is held in Nice."),
            refuted,
            "The source says Lyon.",
            evidence("It takes place in Lyon.", refuted),
            suppression=Suppression("inline", "a quote"),
        ),
        check(
            statement(WEEK, "600 delegates come."),
            unknown,
            "The sources conflict.",
            evidence("Some 600 delegates\nare expected.", Label.SUPPORTED),
            evidence("Others speak of 900.", refuted),
        ),
        check(
            statement(WEEK, "The food was good | cheap."),
            unknown,
            "Nothing in the source bears on it.",
            suppression=Suppression("baseline", "", "2027-01-31"),
        ),
        check(
            statement(WEEK, "It lasts four days.", nth=1), refuted, four, evidence(runs, refuted)
        ),
        check(statement(ODD, ODD.text[: ODD.text.index("\n")]), unknown, "Nothing bears on it."),
        check(
            statement(ODD, "::set-output name=a::b"),
            unknown,
            "::error::The closest place is about something else.",
            evidence("# Assembly", unknown),
            fails=False,
        ),
    )
    passages = (
        Passage(WEEK.id, 0, 10, 1, 1, "# The week", "a heading"),
        Passage(WEEK.id, 62, 71, 3, 51, "Who pays?", "a question"),
    )
    return SummaryReport(
        checks,
        RUN,
        {summary.id: summary for summary in (WEEK, ODD)},
        {SOURCE.id: SOURCE},
        passages,
        unchecked=(Unchecked("out/gone.summary.md", "no such file; check the path"),),
        skipped=(Skipped("data/logo.png", "it is an image, not text"),),
        unused=(".verifier-baseline.json: “It rains.” (refuted)",),
        shortfalls=(
            "out/odd.summary.md: 0% of its statements are supported; at least 80% must be",
        ),
        notes=("1 claim seems to be in another language (fr; 4), which the model does not know",),
    )


# What a hostile summary would send: colours, C1, bidi overrides, zero width, half an emoji, what no
# XML holds, commands to runners, markup of every format, a formula.
HOSTILE = (
    "\x1b[31m \x07 \x9b2J \u202e \u2066 \u200b \ufeff \ud83d \x00 \u2028 \ufffe \uffff \r\n:: "
    "::set-output name=a::b ##[error] ##vso[x]y ]]> <script> <!-- --> & &amp; | ` * _ ~ $1$ @me #1 "
    ":+1: https://example.org www.example.org [a](b) ![c](d) {0} {{ =1 +1 -1 % %0A , ; ' \" \\ \t"
).split(" ")

_pieces = st.one_of(st.text(max_size=4), st.sampled_from([*HOSTILE, " ", "word"]))
texts = st.lists(_pieces, max_size=5).map("".join)
_at = st.integers(1, 99)
_place = {"start": _at, "end": st.just(99), "line": _at, "column": _at, "text": texts}
_evidence = st.builds(
    Evidence, source=texts, **_place, scores=st.sampled_from(list(SCORES.values()))
)
_verdicts = st.builds(
    Verdict,
    claim=st.builds(Claim, texts, texts),
    label=st.sampled_from(Label),
    confidence=st.floats(0, 1),
    scores=st.sampled_from(list(SCORES.values())),
    reason=texts,
    evidence=st.lists(_evidence, max_size=3).map(tuple),
)
_checks = st.builds(
    lambda said, verdict, fails, why: Check(said, verdict, fails and why is None, "0" * 64, why),
    st.builds(Statement, summary=texts, **_place, claim=texts, leans=st.booleans()),
    _verdicts,
    st.booleans(),
    st.none()
    | st.builds(Suppression, st.sampled_from(["inline", "baseline"]), texts, st.none() | texts),
)
reports = st.builds(
    SummaryReport,
    checks=st.lists(_checks, max_size=3).map(tuple),
    run=st.just(RUN),
    summaries=st.dictionaries(texts, st.just(WEEK), max_size=1),
    sources=st.just({SOURCE.id: SOURCE}),
    passages=st.lists(st.builds(Passage, summary=texts, **_place, why=texts), max_size=2).map(
        tuple
    ),
    unchecked=st.lists(st.builds(Unchecked, texts, texts), max_size=1).map(tuple),
    skipped=st.lists(st.builds(Skipped, texts, texts), max_size=1).map(tuple),
    unused=st.lists(texts, max_size=1).map(tuple),
    shortfalls=st.lists(texts, max_size=1).map(tuple),
    notes=st.lists(texts, max_size=1).map(tuple),
)
