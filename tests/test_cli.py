from __future__ import annotations

import csv
import errno
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from verifier import __version__
from verifier.cli import app, main
from verifier.cli.inputs import gather_claims
from verifier.cli.output import write_file
from verifier.errors import EmptyInputError, InputError
from verifier.reports import FORMATS

HEAVY = {
    *("torch", "transformers", "datasets", "numpy", "onnxruntime", "tokenizers"),
    *("tantivy", "sentencex", "markdown_it", "charset_normalizer"),
}
README = Path(__file__).parent.parent / "README.md"
SENTENCE = "The board met in Lyon on 4 May."
SOURCE = f"Minutes.\n\n{SENTENCE} Nine members came.\n"

needs_model = pytest.mark.usefixtures("bundled")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own to work in, with one source."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "minutes.txt").write_text(SOURCE, "utf-8")
    return tmp_path


def run(*args: str, given: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    command = [sys.executable, "-m", "verifier", *args]
    return subprocess.run(
        command, input=given, capture_output=True, env=os.environ | env, check=False
    )


def check(*args: str, given: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    """Check against the one source, which nothing hinders."""
    done = run("check", *args, "--source", "minutes.txt", given=given, **env)
    assert done.returncode in {0, 1}, done.stderr.decode()
    return done


def records(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


# --- help, version, start-up


def test_version_is_the_packages() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.decode(), done.stderr) == (
        0,
        f"verifier {__version__}\n",
        b"",
    )


@pytest.mark.parametrize(
    "code",
    [
        "import verifier",
        "from verifier.cli import main; assert main(['--help']) == 0",
        "from verifier.cli import main; assert main(['check', '--help']) == 0",
        "from verifier.cli import main; assert main(['check', '--fail-on', 'x']) == 2",
    ],
)
def test_starting_loads_no_heavy_library(code: str) -> None:
    program = f"import sys\n{code}\nprint('loaded', *sorted({HEAVY} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "loaded"


def commands() -> dict[str, typer.core.TyperCommand]:
    return typer.main.get_command(app).commands  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_has_help(name: str) -> None:
    command = commands()[name]
    assert command.help
    assert all(parameter.help for parameter in command.params)  # type: ignore[attr-defined]


def test_the_readme_names_every_command_and_option() -> None:
    if not README.exists():
        pytest.skip("README.md isn't written yet")
    text = README.read_text("utf-8")
    options = {
        max(parameter.opts, key=len)
        for command in commands().values()
        for parameter in command.params
        if parameter.param_type_name == "option"
    }
    assert {f"verifier {name}" for name in commands() if f"verifier {name}" not in text} == set()
    assert {option for option in options if not re.search(rf"{option}\b", text)} == set()


# --- what can't be used as given: one line, exit code 2, before any work


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "Missing command; see 'verifier --help'"),
        (["chekc"], "No such command 'chekc'. Did you mean 'check'?; see 'verifier --help'"),
        (["check", "a"], "Missing option '--source'; see 'verifier check --help'"),
        (
            ["check", "--source", "minutes.txt"],
            "no claims: give them as arguments or with --claims",
        ),
        (["check", "a", "--source", "minutes.txt", "--format", "xml"], "unknown format 'xml': use"),
        (
            ["check", "a", "--source", "minutes.txt", "--fail-on", "false"],
            "'false' is out of place",
        ),
        (["check", "a", "--source", "minutes.txt", "--fail-on", ""], "'' is out of place"),
        (["check", "a", "--source", "minutes.txt", "--fail-on", "none,refuted"], "or none alone"),
        (["check", "a", "--source", "minutes.txt", "--device", "tpu"], "'--device'"),
        (["check", "a", "--source", "minutes.txt", "--top-k", "0"], "'--top-k'"),
        (["check", "a", "--source", "minutes.txt", "--batch-tokens", "x"], "'--batch-tokens'"),
        (
            ["check", "a", "--source", "minutes.txt", "--support-threshold", "1.5"],
            "less than or equal to 1",
        ),
        (["check", "a", "--source", "minutes.txt", "--refute-threshold", "nan"], "equal to 1"),
        (["check", "a", "--source", "minutes.txt", "--label-map", "x"], "LABEL=VERDICT"),
        (["check", "a", "--source", "gone.txt"], "gone.txt"),
        (["check", "--claims", "gone.txt", "--source", "minutes.txt"], "gone.txt"),
        (
            ["check", "a", "--source", "minutes.txt", "-o", "no/x.json"],
            "the folder no doesn't exist",
        ),
        (["check", "a", "--source", "minutes.txt", "-o", "."], "is a folder; name a file"),
        (["check", "a", "--source", "minutes.txt", "-o", "a.xml"], "a.xml: check writes no junit"),
        (["check", "a", "--source", "minutes.txt", "--format", ""], "unknown format ''"),
        (["check", "a", "--source", "minutes.txt", "--as-of", "23.11.2021"], "YYYY-MM-DD"),
        (["check", "a", "--source", "minutes.txt", "--as-of", "2021-02-30"], "YYYY-MM-DD"),
        (["check", "--claims", "-", "--source", "-"], "stdin can be read once"),
        (
            ["check", "--claims", "-", "--claims", "-", "--source", "minutes.txt"],
            "stdin can be read",
        ),
        (["check", "a", "", "--source", "minutes.txt"], "claim 2: the claim is empty"),
        (["check", "-5 °C", "--source", "minutes.txt"], "put -- before claims that begin with a d"),
        (["check", "\x1b[31m", "--source", "no\x1b]0;\u202e"], "no\\x1b]0;\\u202e"),
    ],
)
def test_bad_input_is_one_line_on_stderr_and_exit_code_2(
    args: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(args) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("verifier: error: ")
    assert message in err
    assert err.count("\n") == 1
    assert "\x1b" not in err


LONG = "x" * 300  # too long for a name: asking the system about it fails, even for root


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--source", "c.txt"], "c.txt: it holds the claims, and can't be a source too"),
        (["--source", "s.txt", "-o", "c.txt"], "--output c.txt: would overwrite what is read"),
        (["--source", "s.txt", "-o", "./s.txt"], "--output s.txt: would overwrite what is read"),
        (["--source", "d", "-o", "d/real.txt"], "--output d/real.txt: would overwrite what is"),
        (["--source", "s.txt", "-o", "link"], "--output link: would overwrite what is read"),
        (["--source", LONG], "can't be read: File name too long"),
        (["--source", "s.txt", "-o", f"{LONG}/a"], "doesn't exist"),
        (["--source", "pipe.txt"], "pipe.txt: can't be read: a pipe, a socket or a device"),
        (["--source", "/dev/zero"], "/dev/zero: can't be read: a pipe, a socket or a device"),
        (["--source", "s.txt", "--claims", "pipe.txt"], "pipe.txt: the claims can't be read: a"),
        (["--source", "s.txt", "--calibration", "gone.json"], "can't be read: No such file"),
    ],
)
def test_no_input_is_overwritten_supports_itself_or_never_ends(
    folder: Path, args: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {"c.txt": "It rained.\n", "s.txt": SOURCE, "d/real.txt": SOURCE}
    (folder / "d").mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    os.link("s.txt", "link")
    os.mkfifo("pipe.txt")
    assert main(["check", "--claims", "c.txt", *args]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert message in err
    assert {name: (folder / name).read_text("utf-8") for name in texts} == texts


def test_no_option_that_is_wrong_costs_the_reading_of_claims(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "--claims", "gone.txt", "--source", "gone", "--format", "xml"]) == 2
    assert "unknown format" in capsys.readouterr()[1]


def test_an_interrupt_is_one_line_and_exit_code_130(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.RawIOBase):
        """A terminal at which the user presses Ctrl-C."""

        def readable(self) -> bool:
            return True

        def readinto(self, _buffer: object) -> int:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Terminal())))
    assert main(["check", "--claims", "-", "--source", "minutes.txt"]) == 130
    assert capsys.readouterr() == ("", "verifier: interrupted\n")


# --- claims


def ids(texts: list[str], *files: str) -> list[str]:
    return [claim.id for claim in gather_claims(texts, files, "claim")]


def test_arguments_come_first_and_numbers_run_on_through_the_files(folder: Path) -> None:
    (folder / "a.txt").write_text("one\n\ntwo\n", "utf-8")
    (folder / "b.txt").write_text("three\n", "utf-8")
    claims = gather_claims(["zero"], ["a.txt", "b.txt"], "claim")
    assert [(claim.id, claim.text, claim.line) for claim in claims] == [
        ("1", "zero", None),
        ("2", "one", 1),
        ("3", "two", 3),
        ("4", "three", 1),
    ]


def test_ids_of_a_file_are_kept(folder: Path) -> None:
    (folder / "a.jsonl").write_text('{"id": "x", "claim": "a"}\n{"id": "y", "claim": "b"}\n')
    assert ids(["zero"], "a.jsonl") == ["1", "x", "y"]


def test_two_claims_with_one_id_are_refused_with_both_files(folder: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (folder / name).write_text('{"id": "x", "claim": "a"}\n')
    with pytest.raises(InputError, match=r"id 'x', in a\.jsonl and b\.jsonl;"):
        ids([], "a.jsonl", "b.jsonl")


def test_no_claims_at_all_are_an_error() -> None:
    with pytest.raises(EmptyInputError):
        ids([])


# --- the output file


def test_a_file_is_written_whole_with_the_users_permissions_and_nothing_beside_it(
    folder: Path,
) -> None:
    path, ordinary = folder / "x.json", folder / "y"
    path.write_text("old")
    write_file("é\n", path)
    ordinary.touch()
    assert path.read_bytes() == b"\xc3\xa9\n"
    assert path.stat().st_mode == ordinary.stat().st_mode
    assert {each.name for each in folder.iterdir()} == {"x.json", "y", "minutes.txt"}


def test_a_link_stays_a_link_and_a_device_a_device(folder: Path) -> None:
    (folder / "link").symlink_to("target")
    write_file("new", folder / "link")
    assert (folder / "link").is_symlink()
    assert (folder / "target").read_text() == "new"
    write_file("gone", Path(os.devnull))
    assert Path(os.devnull).is_char_device()


def test_what_fails_while_writing_leaves_the_old_file_and_no_draft(folder: Path) -> None:
    (folder / "x").write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_file("new \ud800", folder / "x")
    assert (folder / "x").read_text() == "old"
    assert {each.name for each in folder.iterdir()} == {"x", "minutes.txt"}


def test_a_reader_that_leaves_early_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    program = "from verifier.cli.output import write_stdout; write_stdout('x' * 10**6, utf8=False)"
    done = subprocess.run(
        [sys.executable, "-c", program], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("args", [["doctor"], ["check", SENTENCE, "--source", "minutes.txt"]])
def test_a_full_disk_is_one_line_and_exit_code_2(args: list[str]) -> None:
    command = [sys.executable, "-m", "verifier", *args]
    env = os.environ | {"PYTHONUNBUFFERED": ""}  # what is buffered fails when Python ends
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, env=env)
        silent = subprocess.run(command, stdout=full, stderr=full, check=False, env=env)
        mute = subprocess.run([*command[:3], "chekc"], stderr=full, check=False, env=env)
    assert done.stderr == b"verifier: error: stdout: can't be written: No space left on device\n"
    assert [each.returncode for each in (done, silent, mute)] == [2, 2, 2]


def test_a_full_disk_under_the_output_file_is_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", refuse)
    assert main(["check", SENTENCE, "--source", "minutes.txt", "-o", "out.txt"]) == 2
    expected = "verifier: error: --output out.txt: can't be written: No space left on device\n"
    assert capsys.readouterr() == ("", expected)


# --- the main job


@needs_model
def test_text_names_the_place_and_nothing_else_is_written() -> None:
    done = check(SENTENCE)
    lines = done.stdout.decode("utf-8").splitlines()
    assert re.match(rf"✔ supported \d+%  {re.escape(SENTENCE)}$", lines[0])
    assert lines[1:3] == [f"  “{SENTENCE}”", "  minutes.txt:3:1"]
    assert "1 claim: 1 supported, 0 refuted, 0 unknown" in lines
    assert (done.returncode, done.stderr) == (0, b"")


@needs_model
@pytest.mark.parametrize(
    ("fail_on", "code"),
    [("refuted", 0), ("none", 0), ("supported", 1), ("unknown, supported", 1)],
)
def test_fail_on_chooses_the_labels_that_fail(fail_on: str, code: int) -> None:
    assert check(SENTENCE, "--fail-on", fail_on).returncode == code


@needs_model
@pytest.mark.parametrize("name", FORMATS)
def test_the_output_file_holds_what_stdout_would_and_stdout_stays_empty(
    name: str, folder: Path
) -> None:
    shown = check(SENTENCE, "--format", name)
    saved = check(SENTENCE, "--format", name, "-o", "out")
    assert saved.stdout == b""
    assert (folder / "out").read_bytes() == shown.stdout
    assert shown.stdout
    by_suffix = "out." + name.replace("text", "txt")
    check(SENTENCE, "-o", by_suffix)
    assert (folder / by_suffix).read_bytes() == shown.stdout


@needs_model
def test_claims_come_from_arguments_files_and_stdin_in_this_order(folder: Path) -> None:
    (folder / "claims.csv").write_text("id,text\nq7,Nine members came.\n", "utf-8")
    options = ("--claims", "claims.csv", "--claim-field", "text", "--claims", "-")
    done = check(SENTENCE, *options, "--format", "jsonl", given=b"# note\nTen came.\n")
    assert [(r["id"], r["claim"], r["path"], r["line"]) for r in records(done)][:2] == [
        ("1", SENTENCE, None, None),
        ("q7", "Nine members came.", "claims.csv", 2),
    ]
    assert (records(done)[2]["id"], records(done)[2]["line"]) == ("3", 2)


def mismatches(source: str, *args: str) -> list[object]:
    claim = "The mayor resigned on 23 May 2024."
    done = run("check", claim, "--source", "-", "--format", "json", *args, given=source.encode())
    assert done.returncode in {0, 1}, done.stderr.decode()
    (verdict,) = json.loads(done.stdout)["verdicts"]
    return [m["message"] for place in verdict["evidence"] for m in place["mismatches"]]


@needs_model
def test_yesterday_is_read_against_the_day_given_or_the_sources_own_and_never_today() -> None:
    source, told = (
        "The mayor resigned yesterday.\n",
        ["claim says 23 May 2024; source says yesterday"],
    )
    assert mismatches(source) == []
    assert mismatches(source, "--as-of", "2024-05-24") == []
    assert mismatches(source, "--as-of", "2024-05-21") == told
    dated = f"Published: 2024-05-21\n\n{source}"
    assert mismatches(dated) == told
    assert mismatches(dated, "--as-of", "2024-05-24") == told  # the source knows best


@needs_model
def test_a_source_comes_from_stdin() -> None:
    done = run("check", SENTENCE, "--source", "-", "--format", "csv", given=SOURCE.encode())
    (row,) = csv.DictReader(io.StringIO(done.stdout.decode("utf-8")))
    assert (row["label"], row["line"], row["quote"]) == ("supported", "3", SENTENCE)


@needs_model
def test_a_skipped_input_is_named_on_stderr_and_in_json(folder: Path) -> None:
    (folder / "all").mkdir()
    (folder / "all" / "minutes.txt").write_text(SOURCE, "utf-8")
    (folder / "all" / "photo\x1b.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    done = run("check", SENTENCE, "--source", "all", "--quiet", "--format", "json")
    assert done.stderr.decode().startswith("verifier: note: skipped all/photo\\x1b.png: ")
    (skipped,) = json.loads(done.stdout)["skipped"]
    assert skipped["what"] == "all/photo\x1b.png"


@needs_model
@pytest.mark.parametrize("name", FORMATS)
def test_neither_claims_nor_reports_in_a_folder_of_sources_support_a_claim(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = "The harbour was closed by the mayor."
    (folder / "claims.txt").write_text(f"{claim}\n", "utf-8")
    os.mkfifo("pipe.txt")
    args = ["check", "--claims", "claims.txt", "--source", ".", "--format", name]
    assert main([*args, "-o", "report.md"]) == 0
    first = (folder / "report.md").read_text("utf-8")
    notes = ["claims.txt: it holds the claims", "pipe.txt: a pipe, a socket or a device"]
    assert capsys.readouterr().err.splitlines() == [
        f"verifier: note: skipped {each}" for each in notes
    ]
    assert main([*args, "-o", "report.md"]) == 0
    (folder / "report.md").rename("earlier.txt")
    assert main([*args, "-o", "report.md"]) == 0
    assert "skipped earlier.txt: a report of verifier" in capsys.readouterr().err
    assert "supported" in first
    assert main([*args[:3], "--source", "minutes.txt", "--source", "earlier.txt"]) == 0
    assert "earlier.txt:" in capsys.readouterr().out  # who names it has it read


@needs_model
def test_what_a_shell_pipes_in_is_read(folder: Path) -> None:
    (folder / "claims.csv").write_text(f"claim\n{SENTENCE}\n", "utf-8")
    command = f"{sys.executable} -m verifier check --claims <(echo '{SENTENCE}')"
    command += " --source <(cat minutes.txt) --format csv"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)  # noqa: S607
    assert (done.returncode, done.stderr) == (0, b"")
    assert b",supported," in done.stdout
    done = run("check", SENTENCE, "--source", "/dev/stdin", given=SOURCE.encode())
    assert (done.returncode, done.stderr) == (0, b"")


@needs_model
def test_verbose_says_on_stderr_how_fast_it_went() -> None:
    done = check(SENTENCE, "--verbose")
    assert re.search(
        r"note: claims: 1, sources: 1, pairs: \d+ in .* a second", done.stderr.decode()
    )


@needs_model
def test_claims_with_escapes_emoji_and_right_to_left_text_are_safe_and_whole() -> None:
    claim = "\x1b[31mשלום 👩‍👩‍👧 [bold]\u202e\x9b2J"
    done = check(claim)
    assert not re.search("[\x1b\x9b\u202e]", done.stdout.decode("utf-8"))
    assert "\\x1b[31mשלום 👩‍👩‍👧 [bold]\\u202e\\x9b2J" in done.stdout.decode("utf-8")
    assert records(check(claim, "--format", "jsonl"))[0]["claim"] == claim


def test_an_argument_that_is_not_utf8_is_refused_in_one_line() -> None:
    done = run("check", os.fsdecode(b"caf\xe9"), "--source", "minutes.txt")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"verifier: error: claim 1: the claim holds a broken character\n"


@needs_model
def test_an_ascii_stdout_gets_escapes_for_text_and_utf8_for_data() -> None:
    claim = f"é {SENTENCE}"
    text = check(claim, PYTHONIOENCODING="ascii").stdout
    assert text.isascii()
    assert b"  \\xe9 The board met" in text
    data = check(claim, "--format", "jsonl", PYTHONIOENCODING="ascii")
    assert records(data)[0]["claim"] == claim


@needs_model
def test_piped_text_is_100_cells_wide_or_as_columns_says() -> None:
    claim = "word " * 40
    wide, narrow = (
        max(map(len, done.stdout.decode("utf-8").splitlines()))
        for done in (check(claim), check(claim, COLUMNS="40"))
    )
    assert 80 < wide <= 100
    assert 30 < narrow <= 40


def on_terminal(*args: str, **env: str) -> tuple[bytes, bytes]:
    """Check with stdout and stderr each on a terminal; what was sent to either."""
    ends = [pty.openpty() for _ in range(2)]
    command = [sys.executable, "-m", "verifier", "check", SENTENCE, "--source", "minutes.txt"]
    with subprocess.Popen(
        [*command, *args],
        stdout=ends[0][1],
        stderr=ends[1][1],
        env=os.environ | {"TERM": "xterm"} | env,
    ):
        pass
    sent = []
    for master, slave in ends:
        os.set_blocking(master, False)
        try:
            sent.append(os.read(master, 1 << 16))
        except BlockingIOError:
            sent.append(b"")
        os.close(slave)
        os.close(master)
    return sent[0], sent[1]


@needs_model
def test_a_terminal_gets_colours_and_progress() -> None:
    out, err = on_terminal()
    assert b"\x1b[1;32m" in out
    assert b"checking" in err


@needs_model
def test_the_user_can_do_without_colours_and_progress() -> None:
    out, err = on_terminal("--no-color", "--quiet")
    assert b"\x1b" not in out
    assert err == b""
    assert b"\x1b" not in on_terminal(NO_COLOR="1")[0]
    assert b"\x1b" not in on_terminal(TERM="dumb")[0]


# --- doctor


@needs_model
def test_doctor_finds_this_installation_healthy() -> None:
    done = run("doctor", HF_HOME="/elsewhere")
    out = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"verifier             {__version__}" in out
    assert re.search(r"ok +bundled model +bundled \w+", out)
    assert re.search(r"ok +expected scores +given, to 0\.0", out)
    assert f"{Path('/elsewhere/hub')}" in out
    assert "BAD" not in out


@needs_model
def test_doctor_loads_no_torch_unless_asked() -> None:
    program = (
        "import sys; from verifier.cli import main; main(['doctor']); "
        "assert not {'torch', 'transformers', 'datasets'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert b"devices              cpu" in run("doctor", "--all").stdout
