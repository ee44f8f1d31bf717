"""The fixture `verifier`, in suites of its own that pytest runs in a process of theirs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from verifier.errors import EmptyInputError, InputError
from verifier.pytest_plugin import SummaryVerifier
from verifier.records import Label

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "seeds" / "interpol-assembly.md"
HEAVY = ["numpy", "onnxruntime", "tokenizers", "typer", "rich", "torch", "verifier.pipeline"]
TRUE = "The gathering lasts three days, from 23 to 25 November."
REFUTED = "Stock's second mandate ends in 2026."
UNKNOWN = "The assembly cost two million euros."
COUNTING = """
import os
from pathlib import Path

def pytest_configure(config):
    from verifier.pipeline import Verifier
    load = Verifier.__init__
    def counted(self, *args, **settings):
        with Path("loads.txt").open("a") as file:
            file.write(f"{os.getpid()}\\n")
        load(self, *args, **settings)
    Verifier.__init__ = counted
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what is kept, so that only the first of these tests asks the model."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    monkeypatch.setenv("VERIFIER_CACHE", str(cache))


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    (pytester.path / "report.md").write_bytes(SOURCE.read_bytes())
    (pytester.path / "true.md").write_text(f"# Summary\n\n{TRUE}\n", "utf-8")
    (pytester.path / "wrong.md").write_text(
        f"# Summary\n\n{TRUE} {REFUTED}\n\n{UNKNOWN}\n", "utf-8"
    )
    return pytester


def run(suite: pytest.Pytester, tests: str, *options: str) -> pytest.RunResult:
    suite.makepyfile("from pathlib import Path\n" + tests)
    return suite.runpytest_subprocess(*options)


def test_a_summary_that_its_source_supports_passes(suite: pytest.Pytester) -> None:
    tests = f"""
def test_file(verifier):
    verifier.assert_supported(Path("true.md"), Path("report.md"))

def test_text(verifier):
    verifier.assert_supported({TRUE!r}, [Path("report.md").read_text("utf-8"), Path("report.md")])
"""
    run(suite, tests).assert_outcomes(passed=2)


def test_a_failure_shows_claim_verdict_confidence_and_evidence_with_its_place(
    suite: pytest.Pytester,
) -> None:
    tests = """
def test_file(verifier):
    verifier.assert_supported(Path("wrong.md"), Path("report.md"))
"""
    result = run(suite, tests)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E   *AssertionError: 3 statements: 1 supported, 1 refuted, 1 unknown*",
            "E*wrong.md:3:57: refuted *%",
            f"E*claim: {REFUTED}",
            "E*evidence: “*mandate ends in 2024.”",
            "E*report.md:44:*",
            "E*reason: *",
            "E*wrong.md:5:1: unknown *%",
            f"E*claim: {UNKNOWN}",
        ]
    )
    result.stdout.no_fnmatch_line(f"*claim: {TRUE}*")
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")  # the traceback ends in the user's test


def test_a_summary_without_a_claim_fails(suite: pytest.Pytester) -> None:
    tests = """
def test_question(verifier):
    verifier.assert_supported("What did it cost?", Path("report.md"))

def test_nothing(verifier):
    verifier.assert_supported("", Path("report.md"))
"""
    result = run(suite, tests)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["E*InputError: <summary>: no statement to check*question*"])


def test_a_comment_in_the_summary_suppresses_a_finding(suite: pytest.Pytester) -> None:
    text = f"<!-- verifier: ignore[refuted] the source is old -->\n{REFUTED}\n"
    (suite.path / "known.md").write_text(text, "utf-8")
    tests = """
def test_file(verifier):
    verifier.assert_supported(Path("known.md"), Path("report.md"))
"""
    run(suite, tests).assert_outcomes(passed=1)


def test_a_check_gives_every_verdict(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text(f"# Summary\n\n{TRUE} {REFUTED}\n\n{UNKNOWN}\n", "utf-8")
    report = SummaryVerifier().check(summary, SOURCE)
    labels = [check.verdict.label for check in report.checks]
    assert labels == [Label.SUPPORTED, Label.REFUTED, Label.UNKNOWN]
    assert [passage.text for passage in report.passages] == ["Summary"]


def test_a_text_is_judged_anew_when_it_changes_under_the_same_name() -> None:
    checker = SummaryVerifier()
    for year, label in (("2026", Label.SUPPORTED), ("2024", Label.REFUTED)):
        report = checker.check("The mandate ends in 2026.", f"The mandate ends in {year}.")
        assert [check.verdict.label for check in report.checks] == [label]


def test_claims_may_be_clauses() -> None:
    text = "The bridge opened in 1998 and the tunnel opened in 2004."
    counts = {
        level: len(SummaryVerifier().check(text, text, level=level).checks)
        for level in ("sentence", "clause")
    }
    assert counts == {"sentence": 1, "clause": 2}


@pytest.mark.parametrize(
    ("summary", "source", "message"),
    [
        (Path("missing.md"), "A text.", "missing.md: can't be read: No such file or directory"),
        (ROOT / "seeds", "A text.", "seeds: is a folder; check its summaries one by one"),
        (TRUE, Path("missing.md"), "missing.md: can't be read: No such file or directory"),
        (TRUE, str(SOURCE), "the source .* is the name of a file; to read it, give a Path"),
        (str(SOURCE), TRUE, "the summary .* is the name of a file; to read it, give a Path"),
    ],
)
def test_what_cannot_be_read_is_an_error_before_the_model_is_loaded(
    summary: str | Path, source: str | Path, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        SummaryVerifier("no model of this name").check(summary, source)


@pytest.mark.parametrize("source", ["", "   ", [TRUE, " "]])
def test_a_source_without_text_is_an_error(source: str | list[str | Path]) -> None:
    with pytest.raises(EmptyInputError, match="there is no text in it"):
        SummaryVerifier().check(TRUE, source)


def test_no_source_is_an_error() -> None:
    with pytest.raises(InputError, match="no source"):
        SummaryVerifier().check(TRUE, [])


def test_an_unknown_level_is_an_error() -> None:
    with pytest.raises(InputError, match="level 'word' is unknown; use sentence or clause"):
        SummaryVerifier().check(TRUE, SOURCE, level="word")


def test_a_session_loads_one_model_and_only_when_it_is_asked(suite: pytest.Pytester) -> None:
    suite.makeconftest(COUNTING)
    run(suite, "def test_unused(verifier):\n    pass\n").assert_outcomes(passed=1)
    assert not (suite.path / "loads.txt").exists()
    check = "    verifier.assert_supported(Path('true.md'), Path('report.md'))\n"
    tests = "".join(f"def test_{number}(verifier):\n{check}" for number in range(3))
    run(suite, tests).assert_outcomes(passed=3)
    assert len((suite.path / "loads.txt").read_text().split()) == 1


def test_each_worker_of_xdist_has_a_model_of_its_own(suite: pytest.Pytester) -> None:
    suite.makeconftest(COUNTING)
    check = "    verifier.assert_supported(Path('true.md'), Path('report.md'))\n"
    tests = "".join(f"def test_{number}(verifier):\n{check}" for number in range(6))
    run(suite, tests, "-n", "2", "-p", "xdist").assert_outcomes(passed=6)
    loads = Counter((suite.path / "loads.txt").read_text().split())
    assert set(loads.values()) == {1}
    assert len(loads) <= 2


def test_a_second_run_with_nothing_changed_loads_no_weights(suite: pytest.Pytester) -> None:
    check = """
import sys

def test_file(verifier):
    verifier.assert_supported(Path("true.md"), Path("report.md"))
"""
    run(suite, check).assert_outcomes(passed=1)
    run(suite, check + '    assert "onnxruntime" not in sys.modules').assert_outcomes(passed=1)


def test_the_model_is_named_by_the_configuration_and_the_command_line_over_it(
    suite: pytest.Pytester,
) -> None:
    suite.makeini("[pytest]\nverifier_model = no/such/model\n")
    tests = """
def test_file(verifier):
    verifier.assert_supported(Path("true.md"), Path("report.md"))
"""
    result = run(suite, tests)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E*no/such/model*"])
    run(suite, tests, "--verifier-model", "bundled").assert_outcomes(passed=1)


def test_a_cache_that_cannot_be_used_is_a_warning(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERIFIER_CACHE", str(suite.path / "report.md" / "cache"))
    tests = """
def test_file(verifier):
    verifier.assert_supported(Path("true.md"), Path("report.md"))
"""
    for options in ((), ("-W", "error")):
        result = run(suite, tests, *options)
        assert result.parseoutcomes()["passed"] == 1
        result.stdout.fnmatch_lines(["*PytestWarning: note: the cache * can't be used*"])


def test_a_suppression_expires_on_the_day_that_the_command_line_goes_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text(f"{REFUTED} <!-- verifier: ignore until=2026-03-01 known -->\n", "utf-8")
    for seconds, failed in (("1772323200", False), ("1772409600", True)):  # the day, and the next
        monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
        assert SummaryVerifier().check(summary, SOURCE).failed is failed


def test_a_suite_that_does_not_use_the_plugin_loads_nothing_heavy(suite: pytest.Pytester) -> None:
    tests = f"""
import sys

def test_modules(pytestconfig):
    assert pytestconfig.pluginmanager.has_plugin("verifier")
    assert not set({HEAVY!r}) & set(sys.modules)
"""
    run(suite, tests).assert_outcomes(passed=1)


def test_the_plugin_imports_nothing_of_verifier_but_its_records_and_errors() -> None:
    code = (
        "import sys, pytest\n"
        "before = set(sys.modules)\n"
        "import verifier.pytest_plugin\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment
    )
    allowed = {"verifier", "verifier.errors", "verifier.records", "verifier.pytest_plugin"}
    assert set(result.stdout.split()) <= allowed
