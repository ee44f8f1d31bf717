"""The page of a run, in a real browser: `apt-get install chromium chromium-driver`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import CONTRAST, HOSTILE, Elements, find, needs_browser, resize
from browser import chrome as chrome  # noqa: PLC0414 - a fixture, one browser a module

from verifier.cli import main

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


def rows() -> list[dict[str, Any]]:
    """Forty rows, all labelled wrong on purpose where the model is at all sure; some hostile."""
    made = []
    for number in range(40):
        text = HOSTILE[number % len(HOSTILE)]
        said = ("The bridge is open.", "The bridge is closed.")[number % 2]
        label = ("refuted", "supported", "unknown")[number % 3]
        made.append(
            {
                "id": f"{number} {text}",
                "claim": f"{said} {text}",
                "evidence": f"The bridge is open. {text}",
                "label": label,
                "kind": text,
            }
        )
    return made


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a run over hostile rows, one of which can't be scored."""
    folder = tmp_path_factory.mktemp("page")
    lines = [json.dumps(row) for row in rows()]
    data = folder / "<img src=x>.jsonl"
    data.write_text("\n".join([*lines, '{"claim": "<script>"']) + "\n", "utf-8")
    run, cache = str(folder / "run"), str(folder / "cache")
    options = ["--slice", "label,length,kind", "--out", run, "--cache", cache]
    assert main(["score", str(data), *options]) == 0
    return folder / "run" / "report.html"


def test_no_value_becomes_markup(page: Path) -> None:
    elements = Elements(page.read_text("utf-8"))
    tags = [tag for tag, _ in elements.found]
    assert tags.count("script") == 1
    assert tags.count("style") == 1
    assert not {"img", "b:", "iframe", "object"} & set(tags)
    assert not any(name.startswith("on") for _, attrs in elements.found for name in attrs)
    for hostile in HOSTILE[:5]:
        assert hostile in elements.text


def test_what_hides_or_reorders_text_is_shown_as_an_escape(page: Path) -> None:
    html = page.read_text("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", html)
    assert "\\x1b[31mred\\x1b[0m \\u202egnp.exe \\u2028 \\u2029 \\x00 end" in html
    assert "שלום 👩‍👩‍👧 &lt;b&gt;" in html


def test_nothing_in_the_page_points_outside_of_it(page: Path) -> None:
    elements = Elements(page.read_text("utf-8"))
    links = {attrs.get(name) for _, attrs in elements.found for name in ("src", "href", "action")}
    assert links == {None, "#main", "data:,"}
    (style,) = re.findall(r"<style>(.*?)</style>", page.read_text("utf-8"), re.DOTALL)
    assert "url(" not in style
    assert "@import" not in style


# --- in the browser


@pytest.fixture
def opened(chrome: Chrome, page: Path) -> Chrome:
    resize(chrome, 1200)
    chrome.get(page.as_uri())
    return chrome


def shown(chrome: Chrome) -> list[dict[str, str]]:
    """The data of the errors that can be seen."""
    script = (
        "return [...document.querySelectorAll('.error:not([hidden])')].map(e => ({...e.dataset}))"
    )
    found: list[dict[str, str]] = chrome.execute_script(script)
    return found


def choose(chrome: Chrome, name: str, value: str) -> None:
    from selenium.webdriver.support.select import Select  # noqa: PLC0415 - as above

    (menu,) = find(chrome, f"select[name={name}]")
    Select(menu).select_by_visible_text(value)


@needs_browser
def test_the_page_opens_without_a_complaint_and_no_row_runs_code(opened: Chrome) -> None:
    assert opened.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert opened.title.endswith("verifier score")
    assert "taken" not in opened.title
    requests = opened.execute_script("return performance.getEntriesByType('resource').length")
    assert requests == 0


@needs_browser
def test_filters_show_the_rows_that_fit_and_say_how_many(opened: Chrome) -> None:
    everything = shown(opened)
    gold = everything[0]["gold"]
    choose(opened, "gold", gold)
    of_gold = [each for each in everything if each["gold"] == gold]
    assert shown(opened) == of_gold
    (status,) = find(opened, "#shown")
    assert status.text == f"{len(of_gold)} of {len(everything)} shown"
    choose(opened, "predicted", of_gold[0]["predicted"])
    assert shown(opened) == [e for e in of_gold if e["predicted"] == of_gold[0]["predicted"]]
    (button,) = find(opened, "#filters button")
    button.send_keys(" ")
    opened.execute_async_script("setTimeout(arguments[0])")
    assert shown(opened) == everything


@needs_browser
def test_a_slice_can_be_chosen_whatever_it_is_called(opened: Chrome) -> None:
    everything = shown(opened)
    (option,) = [
        each
        for each in find(opened, "select[name=slice] option")
        if each.get_attribute("textContent") == HOSTILE[0]
    ]
    option.click()
    key = option.get_attribute("value")
    assert shown(opened) == [each for each in everything if key in each["slices"].split()]
    assert all(HOSTILE[0] in e.text for e in find(opened, ".error:not([hidden]) .claim"))


@needs_browser
def test_the_filters_and_the_list_work_from_the_keyboard_alone(opened: Chrome) -> None:
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415 - as above

    (menu,) = find(opened, "select[name=gold]")
    opened.execute_script("arguments[0].focus()", menu)
    menu.send_keys(Keys.ARROW_DOWN)
    assert menu.get_attribute("value")
    menu.send_keys(Keys.TAB)
    assert opened.switch_to.active_element.get_attribute("name") == "predicted"
    visible = find(opened, ".error:not([hidden])")
    opened.execute_script("arguments[0].focus()", visible[0])
    opened.switch_to.active_element.send_keys("j")
    assert opened.switch_to.active_element == visible[1]
    opened.switch_to.active_element.send_keys("k")
    assert opened.switch_to.active_element == visible[0]
    outline = opened.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


@needs_browser
def test_a_cell_of_the_matrix_leads_to_its_errors(opened: Chrome) -> None:
    cell = find(opened, "button.cell")[0]
    opened.execute_script("arguments[0].click()", cell)
    chosen = (cell.get_attribute("data-gold"), cell.get_attribute("data-predicted"))
    assert {(each["gold"], each["predicted"]) for each in shown(opened)} == {chosen}


@needs_browser
@pytest.mark.parametrize("width", [320, 375, 768, 1200])
def test_the_page_is_never_wider_than_the_screen(opened: Chrome, width: int) -> None:
    resize(opened, width)
    assert opened.execute_script("return document.documentElement.scrollWidth") <= width


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_by_day_and_by_night(opened: Chrome, scheme: str) -> None:
    resize(opened, 1200, scheme)
    ratios: list[tuple[float, str]] = opened.execute_script(CONTRAST)
    assert len(ratios) > 100
    assert min(ratios)[0] >= 4.5, min(ratios)  # WCAG 2.2, AA


@needs_browser
def test_landmarks_headers_and_labels_are_there_for_a_screen_reader(opened: Chrome) -> None:
    assert opened.execute_script("return document.documentElement.lang") == "en"
    for landmark in ("header", "main", "footer", "h1", "[role=search]", "[role=status]"):
        assert len(find(opened, landmark)) == 1, landmark
    assert find(opened, "th:not([scope])") == []
    unnamed = """
        return [...document.querySelectorAll("section, button, select, input, [role=region]")]
          .filter((e) => e.checkVisibility())
          .filter((e) => !(e.getAttribute("aria-label") || e.getAttribute("aria-labelledby")
            || e.labels?.length || e.textContent.trim()))
          .map((e) => e.outerHTML)
    """
    assert opened.execute_script(unnamed) == []
    titles = (
        "return [...document.querySelectorAll('svg[role=img] > title')].map(t => t.textContent)"
    )
    assert all(title.strip(". ") for title in opened.execute_script(titles))
    repeated = """
        const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
        return ids.filter((id, place) => ids.indexOf(id) !== place);
    """
    assert opened.execute_script(repeated) == []
