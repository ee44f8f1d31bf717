from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.claimsets import PREDICTIONS, RUN
from verifier.errors import InputError
from verifier.journal import (
    Journal,
    check_folder,
    held,
    open_journal,
    read_json,
    read_predictions,
    write_json,
)

SETTINGS = {"data digest": "d", "model digest": "m", "policy": {"support": 0.5}, "slices": ["x"]}


def records(first: int, count: int) -> list[dict[str, object]]:
    return [{"id": f"é\u2028{number}"} for number in range(first, first + count)]


def test_lines_stand_in_order_one_a_record(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "a" / "b", SETTINGS, resume=False)
    journal.append(records(0, 3))
    journal.append(records(3, 2))
    assert journal.done == 5
    assert list(read_predictions(tmp_path / "a" / "b")) == records(0, 5)
    assert read_json(tmp_path / "a" / "b" / RUN) == SETTINGS


@given(st.data())
def test_wherever_the_file_was_torn_it_can_be_gone_on_with(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("run")
    chunks = [records(0, 3), records(3, 3), records(6, 1)]
    journal = open_journal(folder, SETTINGS, resume=False)
    for chunk in chunks:
        journal.append(chunk)
    whole = (folder / PREDICTIONS).read_bytes()
    os.truncate(folder / PREDICTIONS, data.draw(st.integers(0, len(whole))))
    journal = open_journal(folder, SETTINGS, resume=True)
    start = 0
    for chunk in chunks:
        if journal.done < start + len(chunk):
            journal.cut(start)
            journal.append(chunk)
        start += len(chunk)
    assert (folder / PREDICTIONS).read_bytes() == whole


def test_a_run_that_is_there_is_refused_unless_resumed(tmp_path: Path) -> None:
    open_journal(tmp_path, SETTINGS, resume=False)
    with pytest.raises(InputError, match="there is a run in it already; --resume goes on"):
        open_journal(tmp_path, SETTINGS, resume=False)
    assert open_journal(tmp_path, SETTINGS, resume=True).done == 0


@pytest.mark.parametrize("resume", [True, False])
def test_a_folder_with_other_files_is_refused(tmp_path: Path, *, resume: bool) -> None:
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(InputError, match="other files in it"):
        check_folder(tmp_path, resume=resume)


@pytest.mark.parametrize("name", ["data digest", "model digest", "policy"])
def test_a_run_of_other_settings_is_refused_with_their_name(tmp_path: Path, name: str) -> None:
    open_journal(tmp_path, SETTINGS, resume=False)
    with pytest.raises(InputError, match=f"was scored with another {name}"):
        open_journal(tmp_path, SETTINGS | {name: "another"}, resume=True)


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="can't be used"):
        check_folder(tmp_path / "file" / "run", resume=False)


@pytest.mark.parametrize("text", ["", "[1]", "{", "\xff"])
def test_a_file_of_another_kind_is_one_line_with_its_name(tmp_path: Path, text: str) -> None:
    (tmp_path / RUN).write_text(text, "latin-1")
    with pytest.raises(InputError, match=r"run\.json: not a file of `verifier score`"):
        read_json(tmp_path / RUN)


def test_a_broken_line_is_named_by_its_number(tmp_path: Path) -> None:
    (tmp_path / PREDICTIONS).write_text('{"id": 1}\n{"id"\n')
    with pytest.raises(InputError, match=r"predictions\.jsonl:2: not JSON"):
        list(read_predictions(tmp_path))


def test_what_cannot_be_written_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    write_json(tmp_path / "x.json", {"a": 1})
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json(tmp_path / "x.json", {"a": float("nan")})
    assert json.loads((tmp_path / "x.json").read_text()) == {"a": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]


def test_a_journal_counts_whole_lines_alone(tmp_path: Path) -> None:
    (tmp_path / PREDICTIONS).write_text('{"id": 1}\n{"id": 2')
    assert Journal(tmp_path / PREDICTIONS).done == 1


def test_a_folder_that_another_process_adds_to_is_refused_until_that_is_killed(
    tmp_path: Path,
) -> None:
    program = (
        "import pathlib, sys, time\n"
        "from verifier.journal import held\n"
        "with held(pathlib.Path(sys.argv[1])):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(InputError, match="another process is scoring into it"), held(tmp_path):
            pass
        other.kill()
    with held(tmp_path):
        check_folder(tmp_path, resume=False)
