"""Comments and baselines: what they accept, how long, and what is said of those that do nothing."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import InputError
from verifier.readers import markdown
from verifier.records import (
    Check,
    Claim,
    Label,
    Run,
    Scores,
    Source,
    Statement,
    Suppression,
    Verdict,
)
from verifier.summaries.baseline import Baseline, Entry, fingerprint, read_baseline
from verifier.summaries.suppress import Directive, expired, read_directives

RUN = Run("0", "bundled", "d" * 64, {})
BOTH = {Label.REFUTED, Label.UNKNOWN}


def directives(text: str) -> tuple[list[Directive], list[str]]:
    return read_directives(markdown.read(text.encode(), "a.md", "a.md"))


def covered(text: str, *sentences: str) -> list[str]:
    """Which sentences of `text` its comments accept when they are refuted."""
    found, problems = directives(text)
    assert problems == []
    return [
        sentence
        for sentence in sentences
        if any(each.covers(_statement(text, sentence), Label.REFUTED) for each in found)
    ]


def _statement(text: str, sentence: str) -> Statement:
    start = text.index(sentence)
    return Statement("a.md", start, start + len(sentence), 1, 1, sentence, sentence)


# --- what a comment says


@pytest.mark.parametrize(
    ("comment", "labels", "reason", "expires"),
    [
        ("<!-- verifier: ignore -->", BOTH, "", None),
        ("<!--verifier:ignore[refuted]-->", {Label.REFUTED}, "", None),
        ("<!-- verifier: ignore[ unknown , refuted ] see #4 -->", BOTH, "see #4", None),
        ("<!-- verifier: ignore[unknown] until=2026-12-31 -->", {Label.UNKNOWN}, "", "2026-12-31"),
        ("<!-- verifier: ignore a\nb until=2026-12-31 c -->", BOTH, "a b c", "2026-12-31"),
        ("<!-- Verifier: ignore fine -->", BOTH, "fine", None),
    ],
)
def test_a_comment_names_labels_reason_and_last_day(
    comment: str, labels: set[Label], reason: str, expires: str | None
) -> None:
    (found,), problems = directives(f"It rained. {comment}\n")
    assert problems == []
    assert found.labels == labels
    assert found.suppression == Suppression("inline", reason, expires)


@pytest.mark.parametrize(
    ("comment", "why"),
    [
        ("<!-- verifier: ingore[refuted] -->", "write <!-- verifier: ignore[refuted] reason -->"),
        ("<!-- verifier: -->", "write <!-- verifier: ignore[refuted] reason -->"),
        ("<!-- verifier: ignore[false] -->", "'false' is out of place"),
        ("<!-- verifier: ignore[] -->", "'' is out of place"),
        ("<!-- verifier: ignore[none] -->", "it names no label"),
        ("<!-- verifier: ignore[refuted -->", "brackets that don't pair up"),
        ("<!-- verifier: ignore until=tomorrow -->", "'tomorrow' is no date; write it as"),
        ("<!-- verifier: ignore until=2026-02-30 -->", "'2026-02-30' is no date: day"),
        ("<!-- verifier: ignore", "the comment has no end"),
    ],
)
def test_a_comment_that_is_not_understood_is_named_with_its_line(comment: str, why: str) -> None:
    found, (problem,) = directives(f"It rained.\n\nIt snowed. {comment}\n")
    assert found == []
    assert problem.startswith(f"a.md:3: not understood: {why}")


def test_a_forgotten_colon_works_and_other_comments_are_none_of_ours() -> None:
    found, problems = directives(
        "A. <!-- verifier ignore --> <!-- verifiers: x --> <!-- note -->\n"
    )
    assert ([str(each) for each in found], problems) == (["a.md:1: ignore[refuted,unknown]"], [])


def test_code_shows_comments_and_does_not_make_them() -> None:
    text = "Write `<!-- verifier: ignore -->` so:\n\n```\n<!-- verifier: ignore -->\n```\n"
    assert directives(text) == ([], [])


def test_plain_text_has_no_comments_and_that_is_said() -> None:
    found, (problem,) = read_directives(Source("a.txt", "A. <!-- verifier: ignore -->"))
    assert found == []
    assert problem == (
        "a.txt:1: not understood: comments are read in Markdown only; use the baseline"
    )


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=60))
def test_any_comment_is_either_read_or_named(body: str) -> None:
    found, problems = directives(f"A. <!-- verifier:{body.replace('--', '')} -->\n")
    assert len(found) + len(problems) >= 1


# --- what it covers


def test_beside_text_a_comment_covers_its_line() -> None:
    text = "One. Two. <!-- verifier: ignore -->\nThree.\n\nFour.\n"
    assert covered(text, "One.", "Two.", "Three.", "Four.") == ["One.", "Two."]


def test_a_statement_with_a_part_on_the_line_is_covered() -> None:
    text = "One goes\non. <!-- verifier: ignore --> Two goes\non.\nThree.\n"
    wanted = ["One goes\non.", "Two goes\non."]
    assert covered(text, *wanted, "Three.") == wanted


def test_alone_on_its_line_a_comment_covers_the_block_after_it() -> None:
    text = "One.\n\n<!-- verifier: ignore -->\nTwo\nis long. Three.\n\nFour.\n"
    assert covered(text, "One.", "Two\nis long.", "Three.", "Four.") == ["Two\nis long.", "Three."]


def test_of_a_list_it_covers_the_next_item() -> None:
    text = "<!-- verifier: ignore -->\n\n- One.\n- Two.\n"
    assert covered(text, "One.", "Two.") == ["One."]


def test_at_the_end_it_covers_nothing() -> None:
    assert covered("One.\n\n<!-- verifier: ignore -->\n", "One.") == []


def test_other_labels_are_not_covered() -> None:
    (found,), _ = directives("One. <!-- verifier: ignore[refuted] -->\n")
    statement = _statement("One. ", "One.")
    assert [label for label in Label if found.covers(statement, label)] == [Label.REFUTED]


def test_the_last_day_counts() -> None:
    until = Suppression("inline", "", "2026-12-31")
    assert not expired(until, date(2026, 12, 31))
    assert expired(until, date(2027, 1, 1))
    assert not expired(Suppression("inline", ""), date(9999, 1, 1))


# --- the baseline


def check(text: str, label: Label = Label.REFUTED, summary: str = "a.md") -> Check:
    statement = replace(_statement(text, text), summary=summary)
    verdict = Verdict(Claim("1", text), label, 0.9, Scores(0.0, 0.9, 0.1), "so", ())
    fails = label is not Label.SUPPORTED
    return Check(statement, verdict, fails, fingerprint(text, label))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("It rained.\n", "utf-8")
    return tmp_path


def updated(base: Baseline, *checks: Check) -> Baseline:
    return base.updated(checks, {each.statement.summary for each in checks}, RUN)


def test_words_and_label_make_the_fingerprint_and_nothing_else() -> None:
    same = {"It cost “5 m”.", 'it  cost "5 m"', "It cost\n5 m"}
    assert len({fingerprint(text, Label.REFUTED) for text in same}) == 1
    assert fingerprint("It cost 5 m", Label.UNKNOWN) != fingerprint("It cost 5 m", Label.REFUTED)
    assert fingerprint("It cost 6 m", Label.REFUTED) != fingerprint("It cost 5 m", Label.REFUTED)
    assert fingerprint("?", Label.REFUTED) != fingerprint("!", Label.REFUTED)


def test_what_fails_goes_in_and_comes_back_from_the_file() -> None:
    base = updated(Baseline(Path("b.json")), check("A."), check("B.", Label.SUPPORTED))
    assert [entry.claim for entry in base.entries.values()] == ["A."]
    base.path.write_text(base.render(), "utf-8")
    assert read_baseline(base.path) == base


def test_the_bytes_do_not_depend_on_the_order() -> None:
    checks = [check("B."), check("A.", Label.UNKNOWN), check("A.")]
    one = updated(Baseline(Path("b.json")), *checks)
    assert updated(Baseline(Path("b.json")), *reversed(checks)).render() == one.render()
    assert updated(one, *checks).render() == one.render()


def test_reasons_and_dates_stay_and_what_is_gone_goes() -> None:
    base = updated(Baseline(Path("b.json")), check("A."), check("B."))
    edited = {
        key: replace(entry, reason="known", expires="2026-12-31")
        for key, entry in base.entries.items()
    }
    after = updated(replace(base, entries=edited), check("a", summary="a.md"), check("C."))
    assert [(e.claim, e.reason, e.expires) for e in after.entries.values()] == [
        ("a", "known", "2026-12-31"),
        ("C.", "", None),
    ]


def test_a_run_of_some_summaries_leaves_the_entries_of_the_others_alone() -> None:
    base = updated(Baseline(Path("b.json")), check("A."), check("B.", summary="b.md"))
    assert [e.claim for e in updated(base, check("C.")).entries.values()] == ["B.", "C."]
    assert [e.claim for e in base.unused(set(), {"a.md"})] == ["A."]
    Path("b.md").unlink()
    assert [e.claim for e in base.unused(set(), {"a.md"})] == ["A.", "B."]


def test_what_a_comment_accepts_needs_no_entry() -> None:
    accepted = replace(check("A."), fails=False, suppression=Suppression("inline", ""))
    base = updated(Baseline(Path("b.json")), check("A."))
    assert updated(base, accepted).entries == {}
    both = updated(base, accepted, replace(check("A."), statement=_statement("x A.", "A.")))
    assert len(both.entries) == 1


def test_summaries_are_named_from_the_baselines_folder(folder: Path) -> None:
    (folder / "x").mkdir()
    base = updated(Baseline(Path("x/b.json")), check("A.", summary=str(folder / "a.md")))
    assert [entry.summary for entry in base.entries.values()] == ["../a.md"]


def test_another_models_baseline_is_refused() -> None:
    base = Baseline(Path("b.json"), digest="e" * 64)
    with pytest.raises(InputError, match=r"b.json: made by another model .* --update-baseline"):
        base.check_model(RUN)
    Baseline(Path("b.json")).check_model(RUN)
    Baseline(Path("b.json"), digest=RUN.digest).check_model(RUN)


def test_no_entry_of_another_model_stays_in_an_updated_baseline() -> None:
    base = updated(Baseline(Path("b.json")), check("A."), check("B.", summary="b.md"))
    old = replace(base, digest="e" * 64)
    with pytest.raises(InputError, match=r"b.json: made by another model, and b.md wasn't checked"):
        updated(old, check("A."))
    assert updated(old, check("A."), check("B.", summary="b.md")) == base


ENTRY = Entry(fingerprint("A.", Label.REFUTED), Label.REFUTED, "A.", "a.md")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"label": "wrong"}, "b.json: entry 1: 'wrong' is not a valid Label"),
        ({"expires": "soon"}, "b.json: entry 1: 'soon' is no date"),
        ({"reason": 1}, "b.json: entry 1: 1 is not text"),
        ({"claim": None}, "b.json: entry 1: None is not text"),
    ],
)
def test_an_entry_that_cannot_be_read_is_named(change: dict[str, object], message: str) -> None:
    content = json.loads(Baseline(Path("b.json"), {ENTRY.fingerprint: ENTRY}, "d").render())
    content["entries"][0] |= change
    Path("b.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(InputError, match=re.escape(message)):
        read_baseline(Path("b.json"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "b.json: not JSON"),
        ("[]", "b.json: not a baseline of version 1"),
        ('{"version": 2}', "b.json: not a baseline of version 1"),
        ('{"version": 1}', "b.json: write 'digest' and a list of 'entries'"),
        ('{"version": 1, "digest": "d", "entries": [1]}', "b.json: entry 1: "),
        (
            '{"version": 1, "digest": "d", "entries": [{}]}',
            "b.json: entry 1: 'fingerprint' is miss",
        ),
    ],
)
def test_a_file_that_is_no_baseline_is_named(text: str, message: str) -> None:
    Path("b.json").write_text(text, "utf-8")
    with pytest.raises(InputError, match=re.escape(message)):
        read_baseline(Path("b.json"))
