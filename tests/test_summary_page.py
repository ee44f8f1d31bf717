"""The page of `check-summary`, in a real browser too: `apt-get install chromium-driver`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from browser import CONTRAST, HOSTILE, Elements, find, needs_browser, resize
from browser import chrome as chrome  # noqa: PLC0414 - a fixture, one browser a module
from hypothesis import given, settings
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
from verifier.reports.summary.html import render
from verifier.reports.summary.pieces import cut, shared_words
from verifier.reports.summary.shown import ShownText
from verifier.safe import visible
from verifier.text import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from selenium.webdriver import Chrome

# Emoji of several code points, right-to-left words, an override and a bell stand before evidence.
ODD = "👩‍👩‍👧 🎉🎉 שלום עולם \u202egnp.exe \x07 𝔘𝔫𝔦 \r\n"
FILLER = "Nothing of note happened on that day in the harbour. " * 40
HARBOUR = Source(
    "data/harbour.txt",
    f"{ODD}{FILLER}\n\n{ODD}The new bridge cost 42 million euros 🎉 and\nopened in March 2024.\n\n"
    f"{FILLER}\n\nThe mayor did not attend the opening of the bridge.\n",
)
NOTES = Source(
    "data/notes.txt", f"{FILLER}\n\nThe mayor attended the opening of the bridge.\n{FILLER}"
)
EVIL = Source(
    "data/<img src=x>.txt", "Evil. " + " ".join(HOSTILE) + " [x](javascript:alert(1)) end."
)
FIRST = Source(
    "out/first 🎉.md",
    f"# The bridge\n\n{ODD}The bridge cost 52 million euros. It opened in March 2024. "
    "Why so late?\n"
    "The mayor attended the opening. <!-- a comment --> The bridge is red. The moon is far.\n",
    # What a reader of Markdown makes of it: all but the mark of the heading and the comment.
    blocks=(((2, 12),), ((14, 500),)),
)
SECOND = Source("out/<b>second</b>.md", " ".join(HOSTILE) + " The end.")


def statement(summary: Source, text: str, *, leans: bool = False) -> Statement:
    start = summary.text.index(text)
    line, column = Lines(summary.text).locate(start)
    return Statement(summary.id, start, start + len(text), line, column, text, text, leans=leans)


def passage(summary: Source, text: str, why: str) -> Passage:
    start = summary.text.index(text)
    return Passage(summary.id, start, start + len(text), 1, 1, text, why)


def evidence(source: Source, text: str, side: Label, *values: tuple[str, str, str]) -> Evidence:
    """Quote `text`; `values` are those of the claim and the source that conflict."""
    start = source.text.index(text)
    line, column = Lines(source.text).locate(start)
    scores = Scores(*(0.9 if each is side else 0.05 for each in Label))
    mismatches = []
    for claim, ours, theirs in values:
        at, there = claim.index(ours), start + text.index(theirs)
        said = f"claim says {ours}; source says {theirs}"
        mismatches.append(Mismatch(at, at + len(ours), there, there + len(theirs), said))
    end = start + len(text)
    return Evidence(source.id, start, end, line, column, text, scores, tuple(mismatches))


def check(
    made: Statement,
    label: Label,
    *places: Evidence,
    reason: str = "a place settles it",
    suppression: Suppression | None = None,
) -> Check:
    claim = Claim("1", made.claim)
    verdict = Verdict(claim, label, 0.93, Scores(0.3, 0.4, 0.3), reason, places)
    fails = label is Label.REFUTED and suppression is None
    return Check(made, verdict, fails, "0" * 16, suppression)


COST, OPENED, ATTENDED = (
    "The bridge cost 52 million euros.",
    "It opened in March 2024.",
    "The mayor attended the opening.",
)
DEAR = "The new bridge cost 42 million euros 🎉 and\nopened in March 2024."
STAYED = "The mayor did not attend the opening of the bridge."
WENT = "The mayor attended the opening of the bridge."


def report() -> SummaryReport:
    """Two summaries with verdicts of every kind; the second is all hostile text."""
    by_hand = Suppression("inline", 'known "<b>"', "2027-01-31")
    checks = (
        check(
            statement(FIRST, COST),
            Label.REFUTED,
            evidence(HARBOUR, DEAR, Label.REFUTED, (COST, "52", "42")),
        ),
        check(
            statement(FIRST, OPENED, leans=True),
            Label.SUPPORTED,
            evidence(HARBOUR, DEAR, Label.SUPPORTED),
        ),
        check(
            statement(FIRST, ATTENDED),
            Label.UNKNOWN,
            evidence(NOTES, WENT, Label.SUPPORTED),
            evidence(HARBOUR, STAYED, Label.REFUTED),
        ),
        check(
            statement(FIRST, "The bridge is red."),
            Label.REFUTED,
            evidence(HARBOUR, DEAR, Label.REFUTED),
            suppression=by_hand,
        ),
        check(statement(FIRST, "The moon is far."), Label.UNKNOWN, reason="nothing bears on it"),
        *(
            check(
                statement(SECOND, hostile),
                Label.REFUTED,
                evidence(EVIL, hostile, Label.REFUTED),
                reason=hostile,
            )
            for hostile in HOSTILE
        ),
    )
    return SummaryReport(
        checks,
        Run("1.0", "bundled", "abc123def456789", {}),
        {each.id: each for each in (FIRST, SECOND)},
        {each.id: each for each in (HARBOUR, NOTES, EVIL)},
        (passage(FIRST, "The bridge", "a heading"), passage(FIRST, "Why so late?", "a question")),
        (Unchecked("out/broken.md", "it is not UTF-8 <script>"),),
        (Skipped("data/scan.pdf", "no text \x1b[31m"),),
        ("out/first.md:3: ignore[unknown] suppresses nothing",),
        ("out/first.md: 20% supported, 50% asked for",),
    )


def text_of(html: str) -> str:
    """The first summary's text as it stands in the page, without what only a listener is told."""
    (body,) = re.findall(r'<div class="text">(.*?)</div>\n      <ol', html, re.DOTALL)[:1]
    return Elements(re.sub(r'<span class="unseen">.*?</span>', "", body)).text


def spaceless(text: str) -> str:
    return re.sub(r"[ \t\r\n]", "", text)


# --- the text


ODD_TEXT = st.text(st.sampled_from("ab. \n\r\x07\u202e\u200d🎉א𝔘>"), max_size=60)


@given(before=ODD_TEXT, after=ODD_TEXT)
def test_a_quote_is_found_again_in_the_text_as_shown(before: str, after: str) -> None:
    quote = "The 🎉 quote, שלום"
    shown = ShownText(Source("a", before + quote + after))
    start, end = len(before), len(before) + len(quote)
    assert shown.text[shown.at(start) : shown.at(end)] == quote
    units = shown.text.encode("utf-16-le")[2 * shown.units(start) : 2 * shown.units(end)]
    assert units.decode("utf-16-le") == quote


@given(text=ODD_TEXT)
def test_the_text_as_shown_differs_in_escapes_and_white_space_alone(text: str) -> None:
    shown = ShownText(Source("a", text))
    lines = re.split(r"\r\n|\r|\n", text)
    assert spaceless(shown.text) == spaceless("".join(map(visible, lines)))
    places = [shown.at(offset) for offset in range(len(text) + 1)]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, len(shown.text))


def test_a_wrapped_paragraph_flows_and_other_line_breaks_stay() -> None:
    wrapped = "It goes on and on until the margin, and then it\ngoes on.\n\n- one\n- two\n"
    assert ShownText(Source("a", wrapped)).text == wrapped.replace("it\ngoes", "it goes")


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), max_size=5)


@given(st.integers(0, 15), st.integers(16, 30), SPANS, SPANS)
def test_pieces_cover_their_range_once_and_the_first_kind_wins(
    low: int, high: int, strong: list[tuple[int, int]], light: list[tuple[int, int]]
) -> None:
    pieces = cut(low, high, {"strong": strong, "light": light})
    ends = [end for _, end in pieces]
    assert ends == sorted(set(ends))
    assert ends[-1] == high
    for offset in range(low, high):
        kind = next(kind for kind, end in pieces if offset < end)
        covers = {
            name
            for name, spans in (("strong", strong), ("light", light))
            if any(start <= offset < end for start, end in spans)
        }
        assert kind == ("strong" if "strong" in covers else "light" if covers else "")


def test_shared_words_are_telling_words_in_any_form() -> None:
    claim, quote = "She was elected there in 2014.", "The election of 2014, there in Lyon."
    ours, theirs = shared_words(claim, quote)
    assert [claim[start:end] for start, end in ours] == ["elected", "2014"]
    assert [quote[start:end] for start, end in theirs] == ["election", "2014"]


@settings(max_examples=25)
@given(spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.booleans()), max_size=6))
def test_no_character_of_a_summary_is_lost_or_doubled_however_statements_lie(
    spans: list[tuple[int, int, bool]],
) -> None:
    text = "# Title\n\nOne 🎉 <b>two</b> & three.\r\nFour \x07 שלום\tfive, six and seven eight."
    source = Source("s", text, blocks=(((2, 7),), ((9, 30), (35, 60))))
    checks, passages = [], []
    for one, other, claims in spans:
        start, end = sorted((one, other))
        if claims:
            made = Statement("s", start, end, 1, 1, text[start:end], "a claim")
            checks.append(check(made, Label.UNKNOWN))
        else:
            passages.append(Passage("s", start, end, 1, 1, text[start:end], "a question"))
    run = Run("1", "m", "d", {})
    html = render(SummaryReport(tuple(checks), run, {"s": source}, {}, tuple(passages)))
    assert text_of(html) == ShownText(source).text
    assert html.count('role="button"') == len(checks)


def test_a_summary_stands_in_the_page_as_it_is() -> None:
    html = render(report())
    assert spaceless(text_of(html)) == spaceless(ShownText(FIRST).text)
    assert '<span class="markup"># </span>' in html
    assert re.search(r'class="passage heading" title="Not checked: a heading">The bridge<', html)


def test_the_same_report_gives_the_same_bytes_and_each_source_once() -> None:
    html = render(report())
    assert html == render(report())
    assert html.count("in the harbour. \\n\\nThe mayor attended") == 1
    assert html.count(FILLER[:-1]) == 4  # twice in each of two sources


def test_all_that_the_report_holds_is_said() -> None:
    text = Elements(render(report())).text
    for said in (
        "9 of 13 statements fail, 1 demand of the policy not met, 1 summary could not be checked",
        "out/broken.md: it is not UTF-8 <script>",
        "data/scan.pdf: no text \\x1b[31m",
        "out/first.md:3: ignore[unknown] suppresses nothing",
        "out/first.md: 20% supported, 50% asked for",
        'suppressed by a comment until 2027-01-31: known "<b>"',
        "judged together with the sentence before it",
        "abc123def456",
    ):
        assert said in text


def test_a_report_without_a_single_statement_has_a_page() -> None:
    html = render(SummaryReport((), Run("1", "m", "d", {}), {}, {}))
    assert "No statement" in html


def test_no_text_becomes_markup_or_ends_the_data() -> None:
    html = render(report())
    elements = Elements(html)
    tags = [tag for tag, _ in elements.found]
    assert (tags.count("script"), tags.count("style")) == (2, 1)
    assert not {"img", "iframe", "object", "a:", "x"} & set(tags)
    assert not any(name.startswith("on") for _, attrs in elements.found for name in attrs)
    links = {attrs.get(name) for _, attrs in elements.found for name in ("src", "href", "action")}
    assert links == {None, "#evidence", "data:,"}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", html)
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', html)
    assert "<" not in data


# --- in the browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "verifier.html"
    path.write_text(render(report()), "utf-8")
    return path


@pytest.fixture
def opened(chrome: Chrome, page: Path) -> Chrome:
    return go(chrome, page)


def go(browser: Chrome, page: Path, width: int = 1200, fragment: str = "") -> Chrome:
    resize(browser, width)
    browser.get("about:blank")  # or a new fragment alone would load nothing
    browser.get(page.as_uri() + fragment)
    return browser


def press(browser: Chrome, *keys: str) -> None:
    for key in keys:
        browser.switch_to.active_element.send_keys(key)


def text(browser: Chrome, selector: str) -> str:
    (node,) = find(browser, selector)
    return str(node.get_attribute("textContent"))


def texts(browser: Chrome, selector: str) -> list[str | None]:
    return [node.get_attribute("textContent") for node in find(browser, selector)]


def selected(browser: Chrome) -> str | None:
    current = find(browser, "[aria-current]")
    assert len(current) <= 1
    return current[0].get_attribute("id") if current else None


def flat(text: str) -> str:
    return " ".join(text.split())


def in_view(browser: Chrome, inner: str, outer: str) -> bool:
    script = """
        const [inner, outer] = [...arguments].map((each) =>
            document.querySelector(each).getBoundingClientRect());
        return inner.top >= outer.top && inner.bottom <= Math.min(outer.bottom, innerHeight);
    """
    return bool(browser.execute_script(script, inner, outer))


@needs_browser
def test_the_page_opens_without_a_complaint_or_a_request_and_runs_nothing(opened: Chrome) -> None:
    for _ in range(len(report().checks)):
        press(opened, "j")
    assert opened.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert opened.title.endswith("verifier check-summary")
    assert "taken" not in opened.title
    requests = opened.execute_script("return performance.getEntriesByType('resource').length")
    assert requests == 0


@needs_browser
def test_with_room_the_page_opens_at_the_first_failure(opened: Chrome) -> None:
    assert selected(opened) == "s1"
    assert text(opened, "#verdict") == "Refuted"
    assert text(opened, "#sure") == "93% sure, fails the check"


@needs_browser
def test_a_click_shows_the_evidence_scrolled_to_and_marked(opened: Chrome) -> None:
    (target,) = find(opened, "#s2")
    target.click()
    assert selected(opened) == "s2"
    assert flat(text(opened, "mark.evidence")) == flat(DEAR)
    assert in_view(opened, "mark.evidence", "#source")
    assert text(opened, "#place") == "data/harbour.txt:5:1"
    assert text(opened, "#where") == "out/first 🎉.md:4:35"
    assert "judged together" in text(opened, "#notes")
    assert "Supported, 93% sure" in text(opened, "#status")
    assert flat(text(opened, "#source")) == flat(ShownText(HARBOUR).text)


@needs_browser
def test_conflicting_values_and_shared_words_are_marked_on_both_sides(opened: Chrome) -> None:
    assert texts(opened, "#source .value") == ["42"]
    assert texts(opened, "#claim .value") == ["52"]
    shared = ["bridge", "cost", "million", "euros"]
    assert texts(opened, "#source .shared") == shared
    assert texts(opened, "#claim .shared") == shared
    assert text(opened, "#claim") == COST


@needs_browser
def test_keys_go_from_statement_to_statement_and_from_failure_to_failure(opened: Chrome) -> None:
    press(opened, "j", "j")
    assert selected(opened) == "s3"
    press(opened, "k")
    assert selected(opened) == "s2"
    press(opened, "n")  # 4 is suppressed; the next that fails is in the second summary
    assert selected(opened) == "s6"
    assert find(opened, "#s6")[0].is_displayed()
    assert not find(opened, "#s2")[0].is_displayed()
    press(opened, "p")
    assert selected(opened) == "s1"
    press(opened, "k", "p")
    assert selected(opened) == "s1"
    assert opened.switch_to.active_element.get_attribute("id") == "s1"


@needs_browser
@pytest.mark.parametrize("key", [" ", "\ue007"])
def test_a_focused_statement_is_chosen_with_enter_or_space(opened: Chrome, key: str) -> None:
    opened.execute_script("document.getElementById('s3').focus()")
    press(opened, key)
    assert selected(opened) == "s3"
    outline = opened.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


@needs_browser
def test_sources_that_conflict_are_both_shown(opened: Chrome) -> None:
    find(opened, "#s3")[0].click()
    assert flat(text(opened, "mark.evidence")) == WENT
    sides = find(opened, "#sides button")
    assert [side.text for side in sides] == ["speaks for the claim", "speaks against the claim"]
    sides[1].click()
    assert flat(text(opened, "mark.evidence")) == STAYED
    assert in_view(opened, "mark.evidence", "#source")
    assert [side.get_attribute("aria-pressed") for side in sides] == ["false", "true"]


@needs_browser
def test_without_evidence_the_reason_stands_alone(opened: Chrome) -> None:
    find(opened, "#s5")[0].click()
    assert text(opened, "#reason") == "nothing bears on it"
    assert not find(opened, "#source")[0].is_displayed()


@needs_browser
@pytest.mark.parametrize(
    ("kind", "left"),
    [
        ("failing", ["s1"]),
        ("refuted", ["s1", "s4"]),
        ("unknown", ["s3", "s5"]),
        ("supported", ["s2"]),
        ("suppressed", ["s4"]),
    ],
)
def test_a_filter_leaves_the_statements_that_fit(
    opened: Chrome, kind: str, left: Sequence[str]
) -> None:
    choose(opened, kind)
    shown = [each for each in find(opened, ".statement:not(.out)") if each.is_displayed()]
    assert [each.get_attribute("id") for each in shown] == left
    assert selected(opened) in left
    count = int(text(opened, f".chip.{kind} b"))
    assert text(opened, "#status") == f"{count} of 13 statements shown"
    press(opened, "j")
    assert opened.execute_script(f"return document.querySelector('[aria-current].{kind}') !== null")
    assert opened.execute_script("return document.querySelector('.out[tabindex=\"0\"]')") is None


def choose(browser: Chrome, kind: str) -> None:
    browser.execute_script("arguments[0].click()", find(browser, f"input[value={kind}]")[0])


@needs_browser
def test_a_filter_leaves_the_summaries_that_hold_what_fits(opened: Chrome) -> None:
    press(opened, "n")
    assert selected(opened) == "s6"
    choose(opened, "unknown")
    assert selected(opened) == "s3"
    enabled = [option.is_enabled() for option in find(opened, "#picker option")]
    assert enabled == [True, False]


@needs_browser
def test_another_summary_can_be_picked(opened: Chrome) -> None:
    from selenium.webdriver.support.select import Select  # noqa: PLC0415 - where there is a browser

    (menu,) = find(opened, "#picker")
    assert [option.text for option in Select(menu).options] == [
        "1 of 5 statements fails — out/first 🎉.md",
        "8 of 8 statements fail — out/<b>second</b>.md",
    ]
    Select(menu).select_by_index(1)
    assert selected(opened) == "s6"
    assert [each.is_displayed() for each in find(opened, "article")] == [False, True]
    menu.send_keys("n")  # in a menu, letters are the menu's own
    assert selected(opened) == "s6"


@needs_browser
def test_hostile_evidence_is_shown_and_marked_as_the_text_it_is(opened: Chrome) -> None:
    for number, hostile in enumerate(HOSTILE, 6):
        press(opened, "n")
        assert selected(opened) == f"s{number}"
        assert text(opened, "mark.evidence") == visible(hostile)
        assert text(opened, "#reason") == visible(" ".join(hostile.split(" ")))
    assert find(opened, "#evidence img, #evidence a, #evidence script") == []


@needs_browser
def test_a_link_selects_its_statement(chrome: Chrome, page: Path) -> None:
    go(chrome, page, fragment="#s7")
    assert selected(chrome) == "s7"
    press(chrome, "k")
    assert chrome.execute_script("return location.hash") == "#s6"
    chrome.execute_script("location.hash = '#s3'")
    chrome.execute_async_script("setTimeout(arguments[0], 50)")
    assert selected(chrome) == "s3"
    go(chrome, page, fragment="#s999")
    assert selected(chrome) == "s1"


@needs_browser
def test_why_a_passage_is_no_claim_is_told_on_demand(opened: Chrome) -> None:
    (question,) = find(opened, "[title='Not checked: a question']")
    (reason,) = find(opened, "[title='Not checked: a question'] .unseen")
    assert reason.size["width"] <= 1
    question.click()
    assert reason.size["width"] > 50
    assert question.text == "Why so late? (not checked: a question)"


@needs_browser
def test_on_a_phone_the_evidence_comes_up_below_the_statement(
    chrome: Chrome,
    page: Path,
) -> None:
    go(chrome, page, width=390)
    assert selected(chrome) is None
    assert not find(chrome, "#evidence")[0].is_displayed()
    find(chrome, "#s3")[0].click()
    assert in_view(chrome, "mark.evidence", "#source")
    tops = "return ['#s3', '#evidence'].map(e => document.querySelector(e).getBoundingClientRect())"
    statement_box, panel = chrome.execute_script(tops)
    assert statement_box["top"] >= 0
    assert statement_box["bottom"] <= panel["top"]
    find(chrome, "#next")[0].click()
    assert selected(chrome) == "s4"
    find(chrome, "#close")[0].click()
    assert not find(chrome, "#evidence")[0].is_displayed()


@needs_browser
@pytest.mark.parametrize("width", [320, 390, 768, 1200])
def test_the_page_is_never_wider_than_the_screen(
    chrome: Chrome,
    page: Path,
    width: int,
) -> None:
    go(chrome, page, width, "#s3")
    assert chrome.execute_script("return document.documentElement.scrollWidth") <= width


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("statement_id", ["s1", "s2", "s3", "s4"])
def test_all_text_stands_out_by_day_and_by_night(
    chrome: Chrome,
    page: Path,
    scheme: str,
    statement_id: str,
) -> None:
    go(chrome, page, fragment=f"#{statement_id}")
    resize(chrome, 1200, scheme)
    ratios: list[tuple[float, str]] = chrome.execute_script(CONTRAST)
    assert len(ratios) > 30
    assert min(ratios)[0] >= 4.5, min(ratios)  # WCAG 2.2, AA


@needs_browser
def test_landmarks_names_and_states_are_there_for_a_screen_reader(opened: Chrome) -> None:
    assert opened.execute_script("return document.documentElement.lang") == "en"
    for landmark in ("header", "main", "h1", "[role=search]", "[role=status]", "#evidence"):
        assert len(find(opened, landmark)) == 1, landmark
    (first,) = find(opened, "#s1")
    assert first.accessible_name == f"refuted, fails: {COST}"
    assert first.aria_role == "button"
    assert find(opened, "#s4")[0].accessible_name == "refuted, suppressed: The bridge is red."
    unnamed = [
        node.get_attribute("outerHTML")
        for node in find(opened, "section, button, select, input, [role=region], [role=group]")
        if node.is_displayed() and not node.accessible_name
    ]
    assert unnamed == []


@needs_browser
def test_a_long_source_is_laid_out_around_the_evidence_and_whole_when_asked(
    chrome: Chrome,
    tmp_path: Path,
) -> None:
    before = "🎉" + "Nothing happened here today. " * 2800
    long = Source("long.txt", f"{before}\n\n{STAYED}\n\n{before}")
    made = check(statement(FIRST, ATTENDED), Label.REFUTED, evidence(long, STAYED, Label.REFUTED))
    short = replace(report(), checks=(made,), sources={long.id: long}, passages=())
    page = tmp_path / "page.html"
    page.write_text(render(short), "utf-8")
    go(chrome, page)
    assert text(chrome, "mark.evidence") == STAYED
    assert 100_000 < len(text(chrome, "#source")) < 101_000
    (button,) = find(chrome, "#whole")
    assert re.fullmatch(r"Show the [\d,]+ characters left out", button.text)
    button.click()
    assert text(chrome, "#source") == ShownText(long).text
    assert in_view(chrome, "mark.evidence", "#source")


@needs_browser
def test_on_paper_every_summary_stands_with_its_verdicts_in_words(opened: Chrome) -> None:
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert all(each.is_displayed() for each in find(opened, "article, .findings"))
        assert not find(opened, "#evidence")[0].is_displayed()
        assert (
            "Refuted, 93% sure, fails the check: a place settles it"
            in find(opened, ".findings")[0].text
        )
    finally:
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
