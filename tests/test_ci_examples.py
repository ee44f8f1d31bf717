"""What people copy into their builds works: the action, the hook, the examples for CI."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "examples" / "summaries"
ACTION, HOOKS = ROOT / "action.yml", ROOT / ".pre-commit-hooks.yaml"
GITHUB, GITLAB = (ROOT / "examples/ci" / f"{name}.yml" for name in ("github-workflow", "gitlab-ci"))
PINNED = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40}")
OURS = "OWNER/verifier@COMMIT"


def load(path: Path) -> Any:  # noqa: ANN401 - YAML of any form
    return yaml.safe_load(path.read_text("utf-8"))


def uses(content: object) -> list[str]:
    """Every value of a key `uses`, however deep it stands."""
    if isinstance(content, dict):
        own = [content["uses"]] if "uses" in content else []
        return own + [each for value in content.values() for each in uses(value)]
    if isinstance(content, list):
        return [each for value in content for each in uses(value)]
    return []


def torch_pin() -> str:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return next(line for line in lines if line.startswith("torch=="))


@pytest.fixture(scope="module")
def options() -> set[str]:
    """The long options that `check-summary` knows."""
    help_text = subprocess.run(
        [sys.executable, "-m", "verifier", "check-summary", "--help"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return set(re.findall(r"--[a-z][a-z-]+", help_text))


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    """The environment of a step, with verifier where the first step of the action puts it."""
    program = tmp_path / "verifier" / "bin" / "verifier"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m verifier "$@"\n', "utf-8")
    program.chmod(0o755)
    names = ("SUMMARIES", "SOURCE", "SOURCE_FOR", "CONFIG", "FAIL_ON", "REPORTS")
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "VERIFIER_CACHE": str(tmp_path / "cache"),
        **dict.fromkeys(names, ""),
    }


def step(environment: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the checking step as a runner does."""
    script = load(ACTION)["runs"]["steps"][1]["run"]
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("path", [ACTION, GITHUB], ids=lambda path: path.name)
def test_an_action_is_pinned_by_its_full_commit(path: Path) -> None:
    for name in uses(load(path)):
        assert name == OURS or PINNED.fullmatch(name), name


def test_the_action_takes_every_input_by_the_environment_and_none_in_a_script() -> None:
    action = load(ACTION)
    steps = action["runs"]["steps"]
    assert all("${{" not in each["run"] and each["shell"] == "bash" for each in steps)
    taken = " ".join(value for each in steps for value in each["env"].values())
    assert set(re.findall(r"inputs\.([\w-]+)", taken)) == set(action["inputs"])


@pytest.mark.parametrize("path", [ACTION, HOOKS, GITLAB], ids=lambda path: path.name)
def test_the_options_in_use_are_options_of_the_command(path: Path, options: set[str]) -> None:
    content = load(path)
    if path == ACTION:
        text = content["runs"]["steps"][1]["run"]
    elif path == HOOKS:
        text = content[0]["entry"]
    else:
        text = content["verifier"]["script"][1]
    used = set(re.findall(r"--[a-z][a-z-]+", text))
    assert used
    assert used <= options


def test_the_example_workflow_gives_the_action_inputs_that_it_has() -> None:
    steps = load(GITHUB)["jobs"]["verifier"]["steps"]
    (given,) = [each["with"] for each in steps if each.get("uses") == OURS]
    assert set(given) <= set(load(ACTION)["inputs"])


def test_torch_is_pinned_as_in_the_constraints() -> None:
    assert load(HOOKS)[0]["additional_dependencies"] == [torch_pin()]
    assert f'"{torch_pin()}"' in load(GITLAB)["verifier"]["script"][0]


@pytest.mark.parametrize(
    ("name", "taken"),
    [("out/a.summary.md", True), ("b.summary.txt", True), ("README.md", False), ("a.py", False)],
)
def test_the_hook_takes_summaries_alone(name: str, taken: bool) -> None:  # noqa: FBT001
    (hook,) = load(HOOKS)
    assert bool(re.search(hook["files"], name)) is taken


def test_the_action_annotates_what_fails_and_writes_the_reports(
    runner: dict[str, str], tmp_path: Path
) -> None:
    reports = f"\n  sarif={tmp_path}/a.sarif\n\n  junit={tmp_path}/b.xml\n"
    environment = runner | {
        "SUMMARIES": "summaries/lantern-*.md\nsummaries/allotment-minutes.md\n",
        "SOURCE_FOR": "sources/{stem}.md",
        "FAIL_ON": "refuted,unknown",
        "REPORTS": reports,
    }
    result = step(environment, DEMO)
    assert result.returncode == 1, result.stderr
    assert "::error file=summaries/lantern-press-release.md,line=" in result.stdout
    assert json.loads((tmp_path / "a.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert (tmp_path / "b.xml").read_text("utf-8").startswith("<?xml")
    assert (tmp_path / "summary.md").stat().st_size


def test_the_action_passes_when_nothing_may_fail(runner: dict[str, str]) -> None:
    environment = runner | {
        "SUMMARIES": "summaries/lantern-press-release.md",
        "CONFIG": "verifier.toml",
        "FAIL_ON": "none",
    }
    assert step(environment, DEMO).returncode == 0


def test_an_input_of_the_action_is_never_run_by_the_shell(
    runner: dict[str, str], tmp_path: Path
) -> None:
    name = "$(touch run) `touch run`; touch run 'a\" *.md"
    (tmp_path / name).write_text("The bridge opened in 1998.\n", "utf-8")
    environment = runner | {"SUMMARIES": f"./{name}", "SOURCE": f"{name}\nsource of it.txt"}
    (tmp_path / "source of it.txt").write_text("The bridge opened in 1998.\n", "utf-8")
    result = step(environment, tmp_path)
    assert result.returncode == 0, result.stderr
    assert not (tmp_path / "run").exists()


def test_a_summary_that_is_missing_fails_the_action(runner: dict[str, str]) -> None:
    environment = runner | {"SUMMARIES": "no such.md", "SOURCE": "sources"}
    result = step(environment, DEMO)
    assert result.returncode == 2
    assert "no such.md" in result.stderr
