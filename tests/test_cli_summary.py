"""`verifier check-summary` and `verifier init`, through the real entry point and the real model."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from verifier.cli import main
from verifier.cli.summary_output import plan_outputs
from verifier.errors import InputError
from verifier.readers.own import is_report
from verifier.reports.summary import FORMATS

SOURCE = """\
The bridge over the Aare was opened in 1998 by the mayor.
It cost 12 million francs.
The council met on 4 May.
"""
SUMMARY = """\
# Summary

The bridge was opened in 1998.

- The bridge cost 15 million francs.
- A school stands beside the bridge.
"""
REFUTED, UNKNOWN = "The bridge cost 15 million francs.", "A school stands beside the bridge."
HEAVY = {"torch", "transformers", "datasets", "numpy", "onnxruntime", "jinja2"}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all these tests: most ask for the same few verdicts."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own with one summary and its source."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERIFIER_CACHE", str(cache))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 2026-01-01
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    write("data/a.txt", SOURCE)
    write("out/a.summary.md", SUMMARY)
    return tmp_path


def write(path: str, text: str) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


class Ran:
    """What a run of the command gave."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Runner:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *args: str) -> Ran:
        code = main(["check-summary", *args])
        captured = self._capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    def check(self, *args: str) -> Ran:
        """Check the one summary against its source."""
        return self("out/a.summary.md", "--source-for", "data/{stem}.txt", *args)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(capsys)


def failing(ran: Ran) -> list[str]:
    return [row["text"] for row in ran.rows() if row.get("fails")]


# --- verdicts and exit codes


def test_a_summary_is_checked_from_end_to_end_in_a_process_of_its_own() -> None:
    command = [sys.executable, "-m", "verifier", "check-summary", "out/*.summary.md"]
    command += ["--source-for", "data/{stem}.txt", "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, check=False)
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert (ran.code, ran.err) == (1, "")
    found = {row["text"]: (row["label"], row["line"], row["column"]) for row in ran.rows()[:3]}
    assert found == {
        "The bridge was opened in 1998.": ("supported", 3, 1),
        REFUTED: ("refuted", 5, 3),
        UNKNOWN: ("unknown", 6, 3),
    }


def test_what_the_source_refutes_or_does_not_say_fails(run: Runner) -> None:
    ran = run.check("--format", "jsonl")
    assert (ran.code, failing(ran)) == (1, [REFUTED, UNKNOWN])


@pytest.mark.parametrize(
    ("fail_on", "code"), [("refuted", 1), ("supported", 1), ("none", 0), ("unknown", 1)]
)
def test_fail_on_names_the_labels_that_fail(run: Runner, fail_on: str, code: int) -> None:
    assert run.check("--fail-on", fail_on).code == code


def test_too_small_a_share_of_supported_statements_fails(run: Runner) -> None:
    ran = run.check("--fail-on", "none", "--min-supported", "0.5")
    assert ran.code == 1
    assert "1 of 3 statements are supported, 33%; min-supported asks for 50%" in ran.out
    assert run.check("--fail-on", "none", "--min-supported", "0.33").code == 0


def test_the_configuration_holds_and_flags_come_over_it(run: Runner) -> None:
    write("verifier.toml", 'source-for = "data/{stem}.txt"\nfail-on = "none"\n')
    assert run("out").code == 0
    assert run("out", "--fail-on", "refuted").code == 1
    write("empty.txt", "Nobody came.\n")
    ran = run("out", "--source", "empty.txt", "--fail-on", "supported", "--format", "json")
    assert set(json.loads(ran.out)["sources"]) == {"empty.txt"}


def test_an_override_holds_for_its_paths(run: Runner) -> None:
    write("drafts/a.md", SUMMARY)
    write(
        "verifier.toml",
        'source = "data"\n[[overrides]]\npaths = ["drafts/**"]\nfail-on = "none"\n',
    )
    ran = run("out", "drafts", "--format", "jsonl")
    assert {row["summary"] for row in ran.rows() if row.get("fails")} == {"out/a.summary.md"}


# --- what could not be checked is never green


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "error: no summary to check; name files or folders, --manifest or"),
        (["out", "--manifest", "m.jsonl"], "error: name summaries in one way: as arguments, by"),
        (["out"], "error: no source to check against; give --source or --source-for"),
        (["out", "--source", "none.txt"], "error: none.txt: can't be read: No such file"),
        (["gone.md", "--source", "data"], "error: gone.md: not checked: can't be read: No such"),
        (
            ["out", "--source-for", "{stem}.txt"],
            "error: out/a.summary.md: not checked: its source: a.txt: can't be read",
        ),
        (["head.md", "--source", "data"], "error: head.md: not checked: no statement to check"),
        (["out/*.txt", "--source", "data"], "error: out/*.txt: not checked: no file is named so"),
        (["-", "--source", "-"], "error: stdin can be read once"),
        (["out", "--source", "data", "--fail-on", "x"], "error: --fail-on 'x': 'x' is out of"),
        (
            ["out", "--source", "data", "--as-of", "x"],
            "error: --as-of 'x': give a day as YYYY-MM-DD",
        ),
        (["out", "--source", "data", "--baseline", "b.json"], "error: b.json: there is no such"),
        (["out", "--source", "data", "--format", "xml"], "error: unknown format 'xml'"),
        (["out", "--source", "data", "--config", "c.toml"], "error: c.toml: can't be read"),
        (["--pairs", "p.jsonl"], "error: p.jsonl: can't be read: No such file"),
        (["--manifest", "m.jsonl"], "error: m.jsonl: can't be read: No such file"),
    ],
)
def test_it_is_said_in_one_line_and_the_exit_code_is_2(
    run: Runner, args: list[str], message: str
) -> None:
    write("head.md", "# Only a heading\n")
    ran = run(*args)
    assert ran.code == 2
    assert ran.err.startswith(f"verifier: {message}")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["out", "-o", "out/a.summary.md"], "--output out/a.summary.md: would overwrite"),
        (["out", "-o", "data/a.txt"], "--output data/a.txt: would overwrite what is read"),
        (["out", "-o", "verifier.toml"], "--output verifier.toml: would overwrite what is read"),
        (["out", "-o", "b.json", "--baseline", "b.json"], "--output b.json: would overwrite"),
        (["out", "-o", "verifier-baseline.json", "--update-baseline"], "would overwrite"),
        (["--pairs", "p.jsonl", "-o", "p.jsonl"], "--output p.jsonl: would overwrite what is"),
        (["--manifest", "m.jsonl", "-o", "m.jsonl"], "--output m.jsonl: would overwrite what"),
    ],
)
def test_no_input_is_overwritten(run: Runner, args: list[str], message: str) -> None:
    write("verifier.toml", 'source = "data"\n')
    write("b.json", json.dumps({"version": 1, "digest": "0", "entries": []}))
    write("p.jsonl", json.dumps({"summary": "It rained.", "source": SOURCE}))
    write("m.jsonl", '{"summary": "out/a.summary.md", "sources": "data/a.txt"}\n')
    before = {path: path.read_bytes() for path in Path().rglob("*.*") if path.is_file()}
    ran = run(*args, "--format", "json") if "-o" not in args else run(*args)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert message in ran.err
    assert {path: path.read_bytes() for path in Path().rglob("*.*") if path.is_file()} == before


def test_a_name_that_the_system_refuses_is_one_line(run: Runner) -> None:
    for args in (["x" * 300], ["out", "--source-for", "x" * 300], [f"{'x' * 300}/*.md"]):
        ran = run(*args, *(["--source", "data"] if "--source-for" not in args else []))
        assert (ran.code, len(ran.err.splitlines())) == (2, 1)


@pytest.mark.parametrize("form", FORMATS)
def test_reports_of_earlier_runs_are_neither_summaries_nor_sources(run: Runner, form: str) -> None:
    args = ["--source", "data", "--source-for", "data/*", "--format", form]
    run("out", *args, "-o", "out/report.md")
    first = run("out", *args, "-o", "data/report.txt")
    assert "note: skipped out/report.md: a report of verifier" in first.err
    second = run("out/*", *args, "-o", "last")
    assert second.code == first.code == 1
    for name in ("out/report.md", "data/report.txt"):
        assert second.err.count(f"note: skipped {name}: a report of verifier") == 1
    labels = [row["label"] for row in run("out", *args[:4], "--format", "jsonl").rows()]
    assert labels == ["supported", "refuted", "unknown"]


def test_a_report_that_is_named_itself_is_checked_though_its_folder_is_named_too(
    run: Runner,
) -> None:
    args = ["--source", "data", "--format", "json"]
    run("out", "--source", "data", "-o", "out/report.md")
    why = "a report of verifier, which is no summary; to have it checked, name the file itself"
    assert f"note: skipped out/report.md: {why}" in run("out", *args).err
    for given in (["out", "out/report.md"], ["out/report.md", "out/*"]):
        ran = run(*given, *args)
        assert "skipped" not in ran.err
        assert "out/report.md" in json.loads(ran.out)["summaries"]


def test_what_is_no_file_in_a_folder_is_skipped_and_named(run: Runner) -> None:
    for name in ("out/pipe.md", "data/pipe.txt"):
        os.mkfifo(name)
    args = ["--source-for", "data/*.txt", "--format", "csv"]
    for found in ("out", "out/*.md"):
        ran = run(found, *args)
        assert ran.code == 1
        assert ran.err.count("pipe.md: a pipe, a socket or a device") == 1
        assert ran.err.count("pipe.txt: a pipe, a socket or a device") == 1
    ran = run("out/pipe.md", *args)
    assert ran.code == 2
    assert "out/pipe.md: not checked: can't be read: a pipe" in ran.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"fail-on = []\n", "verifier.toml: fail-on: an empty list; write 'none'"),
        ('source = "data"\n'.encode("utf-16"), "verifier.toml: not UTF-8 text; save it as UTF-8"),
        (None, "verifier.toml: can't be read: Is a directory"),
    ],
)
def test_a_configuration_that_cannot_be_read_is_one_line(
    run: Runner, text: bytes | None, message: str
) -> None:
    path = Path("verifier.toml")
    path.mkdir() if text is None else path.write_bytes(text)
    ran = run("out", "--source", "data")
    assert (ran.code, ran.err) == (2, ran.err.splitlines()[0] + "\n")
    assert message in ran.err


def test_of_many_that_cannot_be_checked_a_few_are_named_and_the_others_counted(
    run: Runner,
) -> None:
    ran = run(*(f"gone{number}.md" for number in range(9)), "--source", "data")
    assert (ran.code, len(ran.err.splitlines())) == (2, 6)
    assert ran.err.endswith("error: and 4 more; the report names them all\n")


def test_an_unreadable_summary_holds_up_no_other_and_the_exit_code_is_2(run: Runner) -> None:
    Path("out/b.summary.md").write_bytes(b"\x00\x01\x02")
    write("data/b.txt", "It rained.\n")
    ran = run("out", "--source-for", "data/{stem}.txt", "--format", "json")
    report = json.loads(ran.out)
    assert ran.code == 2
    assert [each["summary"] for each in report["unchecked"]] == ["out/b.summary.md"]
    assert "out/b.summary.md: not checked: a binary file" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_claim_too_long_for_the_model_leaves_its_summary_unchecked(run: Runner) -> None:
    write("out/b.summary.md", f"The mayor {'opened and ' * 400}closed the bridge.\n")
    ran = run("out", "--source", "data", "--format", "json")
    assert ran.code == 2
    assert "out/b.summary.md: not checked: " in ran.err
    assert "model has room for" in ran.err
    assert "out/a.summary.md" in ran.out


def test_a_note_on_the_language_is_passed_on(run: Runner) -> None:
    text = "Die Brücke über die Aare wurde im Jahr 1998 von der Bürgermeisterin eröffnet.\n"
    write("out/a.summary.md", text)
    assert "note  a claim seems to be in another language (de;" in run.check().out
    assert "note: a claim seems to" in run.check("--format", "json", "-o", "out.json").err


# --- which source


def test_a_manifest_names_summaries_and_sources(run: Runner) -> None:
    row = {"summary": "out/a.summary.md", "sources": ["data/a.txt"]}
    write("m.jsonl", json.dumps(row) + "\n")
    assert failing(run("--manifest", "m.jsonl", "--format", "jsonl")) == [REFUTED, UNKNOWN]


def test_pairs_hold_the_texts_themselves(run: Runner) -> None:
    row = {"n": 7, "s": f"The bridge was opened in 1998. {REFUTED}", "d": SOURCE}
    write("p.jsonl", json.dumps(row) + "\n")
    fields = ["--summary-field", "s", "--source-field", "d", "--id-field", "n"]
    ran = run("--pairs", "p.jsonl", *fields, "--format", "jsonl")
    assert failing(ran) == [REFUTED]
    assert {row["summary"] for row in ran.rows()[:2]} == {"7"}


def test_the_same_words_against_other_sources_are_judged_anew(run: Runner) -> None:
    write("out/b.summary.md", SUMMARY)
    write("data/b.txt", SOURCE.replace("12 million", "15 million"))
    ran = run("out", "--source-for", "data/{stem}.txt", "--format", "jsonl")
    labels = [(row["summary"][4], row["label"]) for row in ran.rows() if row.get("text") == REFUTED]
    assert labels == [("a", "refuted"), ("b", "supported")]


# --- suppressions


def test_a_comment_accepts_a_finding_and_its_reason_is_kept(run: Runner) -> None:
    comments = SUMMARY.replace(
        REFUTED, f"{REFUTED} <!-- verifier: ignore[refuted] as announced -->"
    ).replace(UNKNOWN, f"{UNKNOWN} <!-- verifier: ignore[unknown] -->")
    write("out/a.summary.md", comments)
    ran = run.check("--format", "jsonl")
    assert (ran.code, failing(ran)) == (0, [])
    assert any("as announced" in line for line in ran.out.splitlines())


def test_comments_that_do_nothing_are_named(run: Runner) -> None:
    text = (
        "The bridge was opened in 1998. <!-- verifier: ignore[refuted] no -->\n\n"
        "It cost 12 million francs. <!-- verifier: ignore until=2025-12-31 -->\n\n"
        "The council met on 4 May. <!-- verifier: ingore -->\n"
    )
    write("out/a.summary.md", text)
    ran = run.check("--format", "csv")
    assert re.findall(r"note: (out.*)", ran.err) == [
        "out/a.summary.md:5: not understood: write <!-- verifier: ignore[refuted] reason -->",
        "out/a.summary.md:3: ignore[refuted,unknown]: expired on 2025-12-31",
        "out/a.summary.md:1: ignore[refuted]: suppresses nothing",
    ]


def test_a_baseline_accepts_what_failed_wherever_it_moves(run: Runner) -> None:
    assert run.check("--update-baseline").code == 0
    before = Path("verifier-baseline.json").read_bytes()
    write("out/a.summary.md", f"# News\n\n{UNKNOWN}\n\nThe bridge was opened in 1998. {REFUTED}\n")
    assert run.check().code == 0
    assert run.check("--update-baseline").code == 0
    assert Path("verifier-baseline.json").read_bytes() == before


def test_a_changed_verdict_fails_again_and_the_entry_is_named_as_unused(run: Runner) -> None:
    write("data/a.txt", SOURCE.replace("It cost 12 million francs.\n", ""))
    assert run.check("--update-baseline").code == 0
    write("data/a.txt", SOURCE)
    ran = run.check("--format", "jsonl")
    assert (ran.code, failing(ran)) == (1, [REFUTED])
    assert f"unknown, out/a.summary.md: {REFUTED}: found no more" in ran.err


def test_reason_and_expiry_of_an_entry_are_kept_and_hold(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.check("--update-baseline")
    file = Path("verifier-baseline.json")
    content = json.loads(file.read_text("utf-8"))
    for entry in content["entries"]:
        entry |= {"reason": "till spring", "expires": "2026-03-01"}
    file.write_text(json.dumps(content), "utf-8")
    assert run.check("--update-baseline").code == 0
    assert file.read_text("utf-8").count("till spring") == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772409600")  # 2026-03-02
    ran = run.check("--format", "csv")
    assert (ran.code, ran.err.count("expired on 2026-03-01")) == (1, 2)


def test_a_baseline_of_another_model_is_refused_until_it_is_updated(run: Runner) -> None:
    run.check("--update-baseline")
    file = Path("verifier-baseline.json")
    content = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(content | {"digest": "0" * 64}), "utf-8")
    ran = run.check()
    assert (ran.code, ran.out) == (2, "")
    assert re.fullmatch(
        r"verifier: error: verifier-baseline.json: made by another model .*--update-baseline\n",
        ran.err,
    )
    assert run.check("--update-baseline").code == 0
    assert run.check().code == 0


def test_a_date_that_is_none_is_refused(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert "SOURCE_DATE_EPOCH 'soon': give seconds since 1970" in run.check().err


# --- reports


def test_several_reports_come_of_one_run_each_in_its_file(run: Runner) -> None:
    pairs = {"sarif": "a.sarif", "junit": "b.xml", "html": "c.html", "gitlab": "d.json"}
    args = [part for name, file in pairs.items() for part in ("--format", name, "-o", file)]
    ran = run.check(*args, "--format", "text")
    assert ran.code == 1
    assert REFUTED in ran.out
    for file in pairs.values():
        assert "15 million" in Path(file).read_text("utf-8")


def test_without_a_report_on_stdout_the_outcome_is_one_line_on_stderr(run: Runner) -> None:
    ran = run.check("--format", "csv", "-o", "a.csv")
    assert (ran.out, ran.err.count("\n")) == ("", 1)
    assert "3 statements: 1 supported, 1 refuted, 1 unknown; 2 failing" in ran.err
    assert run.check("--format", "csv", "-o", "a.csv", "--quiet").err == ""


@pytest.mark.parametrize(
    ("args", "targets"),
    [
        ("", [("text", None)]),
        ("-o a.txt", [("text", "a.txt")]),
        ("-o a.SARIF -o - -o a", [("sarif", "a.SARIF"), ("text", None), ("text", "a")]),
        ("gitlab -o a.json json", [("gitlab", "a.json"), ("json", None)]),
        ("junit gitlab -o a.json", [("junit", None), ("gitlab", "a.json")]),
        ("text html -o a.html", [("text", None), ("html", "a.html")]),
        ("json html -o a -o b", [("json", "a"), ("html", "b")]),
        ("text json html -o a -o b", [("text", None), ("json", "a"), ("html", "b")]),
        ("-o a html", [("html", "a")]),
        ("-o a.html text", [("html", "a.html"), ("text", None)]),
        ("-o a.html -o b.sarif sarif", [("html", "a.html"), ("sarif", "b.sarif")]),
        ("csv -o a -o b.csv", [("csv", "a"), ("csv", "b.csv")]),
        ("text -o - csv -o a.csv", [("text", None), ("csv", "a.csv")]),
    ],
)
def test_a_file_gets_the_format_before_it(
    args: str, targets: list[tuple[str, str | None]], monkeypatch: pytest.MonkeyPatch, run: Runner
) -> None:
    found: list[tuple[str, Path | None]] = []

    def plan(asked: list[str | Path]) -> None:
        found.extend(plan_outputs(asked))
        raise InputError("enough")

    module = sys.modules["verifier.cli.check_summary"]  # the package has the function by that name
    monkeypatch.setattr(module, "plan_outputs", plan)
    parts = args.split()
    for i, part in enumerate(parts):
        if part in FORMATS:
            parts[i] = f"--format={part}"
    run("x", *parts)
    assert [(name, path and str(path)) for name, path in found] == targets


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["csv", Path("a.csv"), Path("b")], "--output b: has no format; put a --format"),
        (["csv", "text"], "two reports for stdout"),
        (["csv", "text", Path("-")], "two reports for stdout"),
        (["csv", Path("a"), "json", Path("./a")], "two reports for one file"),
        (["sarif", "text", Path("a.sarif")], "a.sarif would get the format text; put --format sar"),
        (["json", "text", Path("a.json")], "a.json would get the format text; put --format json"),
        (["csv", Path("none/a.csv")], "the folder none doesn't exist"),
        (["xml"], "unknown format 'xml'"),
    ],
)
def test_what_cannot_be_paired_or_written_is_refused_before_the_work(
    asked: list[str | Path], message: str
) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        plan_outputs(asked)


def test_github_gets_its_job_summary_after_what_other_steps_wrote(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = write("page.md", "before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    run.check()
    assert page.read_text("utf-8") == "before\n"
    run.check("--format", "github")
    assert page.read_text("utf-8").startswith("before\n")
    assert "15 million" in page.read_text("utf-8")
    assert is_report(page.read_text("utf-8").removeprefix("before\n"))


def test_a_job_summary_that_cannot_be_written_is_named(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "none/page.md")
    ran = run.check("--format", "github")
    assert ran.code == 1
    assert "note: GITHUB_STEP_SUMMARY none/page.md: can't be written" in ran.err


# --- stable and quick


def test_the_same_input_gives_the_same_bytes_cached_or_not(run: Runner) -> None:
    first = run.check("--format", "json")
    assert run.check("--format", "json").out == first.out
    assert run.check("--format", "json", "--no-cache").out == first.out


def test_a_run_with_nothing_changed_loads_no_model(run: Runner) -> None:
    assert run.check().code == 1
    args = ["check-summary", "out", "--source-for", "data/{stem}.txt"]
    program = (
        f"import sys\nfrom verifier.cli import main\ncode = main({args})\n"
        f"print(code, *sorted({HEAVY} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stderr.decode() == "1\n"


def test_help_and_wrong_options_load_no_heavy_library() -> None:
    args = [["check-summary", "--help"], ["check-summary", "out", "--format", "x"]]
    program = (
        f"import sys\nfrom verifier.cli import main\nfor args in {args}: main(args)\n"
        f"heavy = {HEAVY | {'tokenizers', 'tantivy', 'rich.progress', 'sqlite3'}}\n"
        "print('loaded', *sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "loaded"


def test_a_cache_that_cannot_be_used_costs_a_note_and_no_verdict(run: Runner) -> None:
    write("kept/verdicts-2.sqlite", "no database, whatever its name says" * 100)
    ran = run.check("--cache", "kept")
    assert ran.code == 1
    assert f"the cache {Path('kept/verdicts-2.sqlite')} can't be used" in ran.err


def test_the_folder_of_the_cache_may_be_read_only(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERIFIER_CACHE", os.devnull)
    ran = run.check()
    assert ran.code == 1
    assert ran.err.count("can't be used") == 1


# --- init


def test_init_writes_a_configuration_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    written = Path("verifier.toml").read_text("utf-8")
    assert "# fail-on =" in written
    assert main(["init"]) == 2
    assert "verifier.toml exists already" in capsys.readouterr().err
    assert Path("verifier.toml").read_text("utf-8") == written


def test_init_leaves_a_project_alone_that_has_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    write("pyproject.toml", "[tool.verifier]\n")
    assert main(["init"]) == 2
    assert "pyproject.toml has a table [tool.verifier] already" in capsys.readouterr().err
    assert not Path("verifier.toml").exists()


def test_a_folder_in_a_manifest_is_no_summary(run: Runner) -> None:
    write("m.jsonl", '{"summary": "out", "sources": ["data/a.txt"]}\n')
    ran = run("--manifest", "m.jsonl")
    assert ran.code == 2
    assert "out: not checked: is a folder" in ran.err


def test_the_summaries_of_a_run_never_support_one_another(run: Runner) -> None:
    write("out/b.summary.md", UNKNOWN)
    ran = run("out/a.summary.md", "out/b.summary.md", "--source-for", "{parent}/*.md")
    assert ran.code == 2  # no source is left


def test_a_folder_behind_a_link_is_checked_too(run: Runner, tmp_path: Path) -> None:
    write("other/bad.md", UNKNOWN)
    (tmp_path / "out" / "link").symlink_to(tmp_path / "other")
    (tmp_path / "other" / "back").symlink_to(tmp_path / "out")
    ran = run("out", "--source", "data/a.txt", "--format", "jsonl")
    assert "out/link/bad.md" in ran.out


def test_a_share_of_just_as_many_as_asked_is_enough(run: Runner) -> None:
    supported = "The bridge was opened in 1998.\n\n" * 7 + f"{UNKNOWN}\n\n" * 18
    write("many.md", supported)
    arguments = ["many.md", "--source", "data/a.txt", "--fail-on", "none", "--min-supported"]
    assert run(*arguments, "0.28").code == 0
    assert run(*arguments, "0.29").code == 1


def test_what_is_wrong_with_a_sentence_isnt_told_again_of_the_one_that_leans_on_it(
    run: Runner,
) -> None:
    write("data/a.txt", "The school has 12 teachers. It was founded in 1931.\n")
    write("out/a.summary.md", "The school has 13 teachers. It was founded in 1931.\n")
    checks = json.loads(run.check("--format", "json").out)["checks"]
    assert [each["label"] for each in checks] == ["refuted", "supported"]
    write("out/a.summary.md", "The school has 13 teachers. It was founded in 1932.\n")
    checks = json.loads(run.check("--format", "json").out)["checks"]
    assert [each["label"] for each in checks] == ["refuted", "refuted"]
    assert "1932" in checks[1]["reason"]
