from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from verifier.cli import main
from verifier.cli.runs import parse_gold_map, run_folder
from verifier.errors import InputError

SUBJECTS = ("bridge", "school", "harbour", "library", "station")
LABELS = ("supported", "refuted", "unknown")
HEAVY = {"torch", "transformers", "datasets", "numpy", "scipy", "sklearn", "jinja2", "onnxruntime"}
FILES = ["metrics.json", "predictions.jsonl", "report.html", "run.json"]


def rows(count: int) -> list[dict[str, Any]]:
    """Rows of all three labels, five documents of a few claims each, a few of them hard."""
    made = []
    for number in range(count):
        subject, label = SUBJECTS[number % 5], LABELS[number % 3]
        year = 1950 + number % 7
        claims = {
            "supported": f"The {subject} opened in {year}.",
            "refuted": f"The {subject} opened in {year + 40}.",
            "unknown": f"The {subject} was painted by {number % 4} artists.",
        }
        evidence = f"The {subject} was opened in {year} by the mayor."
        made.append(
            {"id": f"r{number}", "claim": claims[label], "evidence": evidence, "label": label}
            | {"page": subject}
        )
    return made


def write(path: Path, records: list[Any]) -> str:
    lines = (each if isinstance(each, str) else json.dumps(each) for each in records)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(x) for x in (folder / "predictions.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own to work in, and a cache of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERIFIER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "120")
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture(scope="module")
def another_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import tiny_models  # noqa: PLC0415 - pulls in transformers

    return tiny_models.save_model(tmp_path_factory.mktemp("model"), "bert")


@dataclass(frozen=True)
class Finished:
    folder: Path
    out: str
    err: str


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """One run of the real program: 40 rows, and two more that can't be scored."""
    root = tmp_path_factory.mktemp("finished")
    data = [*rows(20), "{broken", *rows(40)[20:], {"claim": "", "evidence": "x", "label": "nei"}]
    write(root / "data.jsonl", data)
    done = subprocess.run(
        [sys.executable, "-m", "verifier", "score", "data.jsonl", "--slice", "label,page"],
        cwd=root,
        env=os.environ | {"VERIFIER_CACHE": str(root / "cache"), "COLUMNS": "120"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return Finished(root / "runs" / "data-bundled", done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("command", ["score", "compare", "calibrate"])
def test_help_loads_no_heavy_library(command: str) -> None:
    program = f"""
import sys
from verifier.cli import main
assert main([{command!r}, "--help"]) == 0
print("loaded", *sorted({HEAVY} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "loaded"


# --- what a run leaves


def test_a_run_leaves_its_four_files(finished: Finished) -> None:
    names = sorted(path.name for path in finished.folder.iterdir())
    assert names == [".lock", *FILES]


def test_every_row_has_its_line_in_order(finished: Finished) -> None:
    kept = lines(finished.folder)
    assert [line["row"] for line in kept] == list(range(1, 43))
    good = [line for line in kept if line["error"] is None]
    assert len(good) == 40
    assert all(sum(line["scores"].values()) == pytest.approx(1, abs=1e-5) for line in good)
    assert {line["mode"] for line in good} == {"pair"}


def test_rows_that_cannot_be_scored_are_named_and_stay_in_the_denominator(
    finished: Finished,
) -> None:
    assert "verifier: note: can't be scored: data.jsonl:21: " in finished.err
    assert "verifier: note: can't be scored: data.jsonl:42: " in finished.err
    metrics = json.loads((finished.folder / "metrics.json").read_text())
    assert (metrics["rows"], metrics["errors"], metrics["modes"]) == (42, 2, {"pair": 40})
    right = sum(line["gold"] == line["label"] for line in lines(finished.folder) if line["label"])
    assert metrics["metrics"]["accuracy"]["value"] == pytest.approx(right / 42)


def test_the_table_has_intervals_slices_modes_and_the_signature(finished: Finished) -> None:
    assert re.search(r"accuracy +\d+\.\d% +\d+\.\d–\d+\.\d%", finished.out)
    assert re.search(r"page  harbour +8 ", finished.out)
    assert "40 judged as one pair, 2 not scored (they count as wrong)" in finished.out
    assert re.search(r"data:data\.jsonl#\w{12}\|rows:42\|.*model:bundled#\w{12}", finished.out)
    assert "page: runs/data-bundled/report.html" in finished.out


# --- resuming, and the cache


def test_a_run_that_is_there_is_refused_unless_resumed(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write(place / "data.jsonl", rows(6))
    assert main(["score", data, "--out", "run"]) == 0
    before = {name: (place / "run" / name).read_bytes() for name in FILES}
    first = capsys.readouterr()[0]
    assert main(["score", data, "--out", "run"]) == 2
    assert capsys.readouterr()[1] == (
        "verifier: error: run: there is a run in it already; --resume goes on with it, --out names "
        "another\n"
    )
    assert main(["score", data, "--out", "run", "--resume"]) == 0
    assert capsys.readouterr()[0] == first
    assert {name: (place / "run" / name).read_bytes() for name in FILES} == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (["--limit", "5"], "was scored with another data digest"),
        (["--support-threshold", "0.6"], "was scored with another policy"),
        (["--mode", "pair"], "was scored with another mode"),
        (["--slice", "page"], "was scored with another slices"),
    ],
)
def test_a_run_that_was_asked_otherwise_is_not_resumed(
    place: Path, capsys: pytest.CaptureFixture[str], change: list[str], message: str
) -> None:
    data = write(place / "data.jsonl", rows(6))
    assert main(["score", data, "--out", "run"]) == 0
    capsys.readouterr()
    assert main(["score", data, "--out", "run", "--resume", *change]) == 2
    assert message in capsys.readouterr()[1]


def test_another_model_does_not_resume_a_run(
    place: Path, capsys: pytest.CaptureFixture[str], another_model: Path
) -> None:
    data = write(place / "data.jsonl", rows(6))
    model = str(another_model)
    assert main(["score", data, "--out", "run", "--model", model]) == 0
    capsys.readouterr()
    assert main(["score", data, "--out", "run", "--resume"]) == 2
    assert "was scored with another model" in capsys.readouterr()[1]


def test_three_kills_lose_no_row_and_change_no_byte(place: Path) -> None:
    long = {"evidence": "The bridge is not mentioned. " * 5000}  # four of them fill a chunk
    some = [row | (long if number % 2 else {}) for number, row in enumerate(rows(48))]
    data = write(place / "data.jsonl", some)
    command = [sys.executable, "-m", "verifier", "score", data, "--mode", "pair", "--no-cache"]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*command, "--out", "whole"], check=True, **quiet)
    length = (place / "whole" / "predictions.jsonl").stat().st_size
    chance = random.Random(5)  # noqa: S311 - when to kill is no secret
    kept = place / "killed" / "predictions.jsonl"
    codes = []
    for part in range(3):
        target = length * (part + chance.random()) / 4
        with subprocess.Popen([*command, "--out", "killed", "--resume"], **quiet) as process:
            while process.poll() is None and not (kept.exists() and kept.stat().st_size >= target):
                time.sleep(0.002)
            time.sleep(chance.random() * 0.02)
            process.send_signal(signal.SIGKILL)
        codes.append(process.returncode)
    assert codes == [-signal.SIGKILL] * 3
    assert kept.stat().st_size < length
    subprocess.run([*command, "--out", "killed", "--resume"], check=True, **quiet)
    for name in FILES:
        assert (place / "killed" / name).read_bytes() == (place / "whole" / name).read_bytes(), name


def test_a_second_run_asks_the_model_for_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from verifier.nli.bundled import BundledBackend  # noqa: PLC0415 - loads the runtime

    data = write(place / "data.jsonl", rows(6))
    assert main(["score", data, "--out", "first"]) == 0

    def refuse(*_args: object) -> None:
        pytest.fail("the model was asked")

    monkeypatch.setattr(BundledBackend, "score", refuse)
    assert main(["score", data, "--out", "second"]) == 0
    assert lines(place / "second") == lines(place / "first")
    with pytest.raises(pytest.fail.Exception):
        main(["score", data, "--out", "third", "--no-cache"])


def test_a_damaged_cache_is_a_warning(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write(place / "data.jsonl", rows(6))
    (place / "mine").mkdir()
    (place / "mine" / "scores-1.sqlite").write_bytes(b"\0" * 5000)
    assert main(["score", data, "--out", "run", "--cache", "mine"]) == 0
    err = capsys.readouterr()[1]
    assert err.count("\n") == 1
    assert "note: the cache mine/scores-1.sqlite can't be used" in err


def test_an_interrupt_says_how_to_go_on(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from verifier.pipeline import Verifier  # noqa: PLC0415 - loads the runtime

    def interrupt(*_args: object) -> None:
        raise KeyboardInterrupt

    data = write(place / "data.jsonl", rows(6))
    monkeypatch.setattr(Verifier, "score", interrupt)
    assert main(["score", data, "--out", "run"]) == 130
    assert capsys.readouterr()[1] == (
        "verifier: note: run has 0 of 6 rows; --resume goes on\nverifier: interrupted\n"
    )


# --- what can't be scored: one line, exit code 2


@pytest.mark.parametrize(
    ("records", "options", "message"),
    [
        ([], [], "holds no rows"),
        ([{"text": "a", "label": "supported"}], [], "data.jsonl"),
        (rows(3), ["--claim-field", "nope"], "nope"),
        (rows(3), ["--slice", "nope"], "--slice nope: no row has such a field"),
        (rows(3), ["--label-map", "x"], "write LABEL=MEANING"),
        (rows(3), ["--mode", "sentence"], "'--mode'"),
        (rows(3), ["--limit", "0"], "'--limit'"),
        (rows(3), ["--report", "data.jsonl"], "--report data.jsonl: would overwrite what is read"),
        (rows(3), ["--report", "gone/report.html"], "--report gone/report.html: the folder gone"),
        (rows(3), ["--out", "data.jsonl"], "data.jsonl: can't be used"),
        (rows(3), ["--out", "data.jsonl/run"], "can't be used"),
        (
            rows(3),
            ["--calibration", "gone.json"],
            "gone.json: the calibration can't be read: No such file",
        ),
        (
            [{"claim": "", "evidence": "a", "label": "nei"}] * 3,
            [],
            "no row of 3 can be scored; the first: ",
        ),
    ],
)
def test_what_cannot_be_scored_is_one_line_and_exit_code_2(
    place: Path,
    capsys: pytest.CaptureFixture[str],
    records: list[Any],
    options: list[str],
    message: str,
) -> None:
    write(place / "data.jsonl", records)
    assert main(["score", "data.jsonl", *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert err.startswith("verifier: error: ")
    assert err.count("\n") == 1


def test_a_run_is_named_by_its_data_split_and_model() -> None:
    assert run_folder(["a/dev.jsonl.gz"], None, "bundled") == Path("runs/dev-bundled")
    assert run_folder(["tals/vitaminc"], "test", "org/deberta-v3") == Path(
        "runs/vitaminc-test-deberta-v3"
    )
    assert run_folder(["a.csv", "b.csv"], None, "bundled") == Path("runs/a-and-1-more-bundled")
    assert run_folder(["data/*.parquet"], None, "bundled").parent == Path("runs")
    assert run_folder([".."], None, "..") != Path("runs/..")


def test_a_label_map_gives_each_label_its_meaning() -> None:
    assert parse_gold_map("0=supported, a=b=refuted") == {"0": "supported", "a=b": "refuted"}
    for wrong in ("", "x", "=supported", "0=", "0=supported,"):
        with pytest.raises(InputError):
            parse_gold_map(wrong)


# --- compare


def test_two_runs_are_compared_row_by_row(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write(place / "data.jsonl", rows(30))
    assert main(["score", data, "--out", "a"]) == 0
    assert main(["score", data, "--out", "b", "--support-threshold", "1"]) == 0
    capsys.readouterr()
    assert main(["compare", "a", "b", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr()[0])
    first, second = lines(place / "a"), lines(place / "b")
    right = [[line["gold"] == line["label"] for line in each] for each in (first, second)]
    broken = [n for n, (a, b) in enumerate(zip(*right, strict=True)) if a and not b]
    assert broken
    assert found["broken"] == broken
    assert found["mcnemar"]["only_a"] == len(broken)
    accuracy = found["metrics"]["accuracy"]
    assert accuracy["difference"] == pytest.approx((sum(right[1]) - sum(right[0])) / 30)
    assert main(["compare", "a", "b"]) == 0
    text = capsys.readouterr()[0]
    assert f"Right in A alone: {len(broken)}" in text
    assert first[broken[0]]["claim"] in text
    assert re.search(r"label  supported +10 ", text)


def test_a_run_is_no_better_than_itself(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", write(place / "data.jsonl", rows(9)), "--out", "a"]) == 0
    capsys.readouterr()
    assert main(["compare", "a", "a", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr()[0])
    assert (found["fixed"], found["broken"], found["mcnemar"]["p"]) == ([], [], 1.0)
    assert {m["difference"] for m in found["metrics"].values()} <= {0.0, None}


def test_runs_over_different_data_are_refused(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", write(place / "a.jsonl", rows(6)), "--out", "run-1"]) == 0
    assert main(["score", write(place / "b.jsonl", rows(9)), "--out", "run-2"]) == 0
    capsys.readouterr()
    assert main(["compare", "run-1", "run-2"]) == 2
    assert "run-1 and run-2 are over different data" in capsys.readouterr()[1]


def test_what_is_no_finished_run_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", write(place / "a.jsonl", rows(6)), "--out", "run"]) == 0
    kept = place / "run" / "predictions.jsonl"
    kept.write_bytes(b"".join(kept.read_bytes().splitlines(keepends=True)[:4]))
    capsys.readouterr()
    assert main(["compare", "run", "run"]) == 2
    assert "run: has 4 of its 6 rows; finish it" in capsys.readouterr()[1]
    assert main(["compare", "gone", "run"]) == 2
    assert (
        "gone/run.json: can't be read: No such file or directory; `verifier score`"
        in capsys.readouterr()[1]
    )


# --- calibrate


def labelled(count: int) -> list[dict[str, Any]]:
    """Rows that each have a document of their own."""
    return [row | {"page": f"page {number}"} for number, row in enumerate(rows(count))]


def test_a_calibration_is_used_by_score_and_check_and_refused_for_another_model(
    place: Path, capsys: pytest.CaptureFixture[str], another_model: Path
) -> None:
    data = write(place / "data.jsonl", labelled(150))
    assert main(["calibrate", data, "--out", "mine.json"]) == 0
    out = capsys.readouterr()[0]
    assert re.search(r"fitted on \d+ rows, checked on \d+ others", out)
    fitted = json.loads((place / "mine.json").read_text())
    assert f"temperature {fitted['temperature']:g}" in out
    assert main(["score", data, "--limit", "6", "--out", "run", "--calibration", "mine.json"]) == 0
    policy = json.loads((place / "run" / "run.json").read_text())["policy"]
    assert policy["temperature"] == fitted["temperature"]
    assert policy["support"] == fitted["policy"]["support"]
    (place / "source.txt").write_text("It rained.")
    asked = ["check", "It rained.", "--source", "source.txt", "--format", "json"]
    capsys.readouterr()
    assert main([*asked, "--calibration", "mine.json"]) == 0
    used = json.loads(capsys.readouterr()[0])["run"]["policy"]
    assert used["temperature"] == fitted["temperature"]
    other = ["--model", str(another_model), "--calibration", "mine.json"]
    assert main([*asked, *other]) == 2
    assert "this calibration belongs to another model" in capsys.readouterr()[1]
    assert main(["score", data, "--out", "other", *other]) == 2
    assert "this calibration belongs to another model" in capsys.readouterr()[1]


def test_abstention_is_fitted_apart_and_its_coverage_is_printed(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write(place / "data.jsonl", labelled(240))
    assert main(["calibrate", data, "--out", "mine.json", "--max-error", "0.9"]) == 0
    out = capsys.readouterr()[0]
    assert re.search(r"\(\d+\.\d%\) get an answer, supported or refuted, and \d+ of these", out)
    least = json.loads((place / "mine.json").read_text())["abstain"]
    assert f"least confidence of an answer {least:g}" in out
    assert main(["score", data, "--limit", "30", "--out", "a", "--calibration", "mine.json"]) == 0
    answers = [line for line in lines(place / "a") if line["label"] != "unknown"]
    assert all(line["scores"][line["label"]] >= least - 1e-6 for line in answers)


@pytest.mark.parametrize(
    ("count", "options", "message"),
    [
        (30, [], "too little to fit on"),
        (9, ["--out", "data.jsonl"], "--out data.jsonl: would overwrite what is read"),
        (150, ["--max-error", "0"], "--max-error 0.0: give a number between 0 and 1"),
        (150, ["--max-error", "0.0001"], "can't be guaranteed"),
    ],
)
def test_what_cannot_be_fitted_is_one_line_and_leaves_no_file(
    place: Path,
    capsys: pytest.CaptureFixture[str],
    count: int,
    options: list[str],
    message: str,
) -> None:
    data = write(place / "data.jsonl", labelled(count))
    assert main(["calibrate", data, "--out", "mine.json", *options]) == 2
    err = capsys.readouterr()[1]
    assert message in err
    assert err.count("\n") == 1
    assert not (place / "mine.json").exists()
