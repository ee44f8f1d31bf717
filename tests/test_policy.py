"""What a configuration file may say, and what a summary's name makes of patterns."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from verifier.errors import InputError
from verifier.records import Label
from verifier.summaries.policy import TEMPLATE, CheckPolicy, Level, Override, Rules, load_policy
from verifier.summaries.sources import Gatherer

REFUTED = frozenset({Label.REFUTED})
BOTH = frozenset({Label.REFUTED, Label.UNKNOWN})


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str = "The bridge was opened in 1998.\n") -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


# --- the file


def test_without_a_file_the_refuted_and_the_unknown_fail() -> None:
    assert load_policy() == CheckPolicy()
    assert CheckPolicy().rules.fail_on == BOTH


def test_the_nearest_file_holds_and_verifier_toml_comes_first(folder: Path) -> None:
    write("pyproject.toml", '[tool.verifier]\nfail-on = "unknown"\n')
    inner = folder / "a" / "b"
    inner.mkdir(parents=True)
    write("a/pyproject.toml", "[tool.other]\n")
    assert load_policy(folder=inner).rules.fail_on == {Label.UNKNOWN}
    write("verifier.toml", 'fail-on = "refuted"\n')
    assert load_policy(folder=inner).rules.fail_on == REFUTED
    write("a/b/verifier.toml", 'fail-on = "none"\n')
    assert load_policy(folder=inner).rules.fail_on == frozenset()


def test_paths_count_from_the_files_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        "verifier.toml",
        'source = "docs"\nsource-for = ["data/{stem}.txt", "{parent}/x.txt"]\n'
        'baseline = "b.json"\n',
    )
    (folder / "out").mkdir()
    monkeypatch.chdir("out")
    policy = load_policy()
    assert policy.rules.source == ("../docs",)
    assert policy.rules.source_for == ("../data/{stem}.txt", "{parent}/x.txt")
    assert policy.baseline == Path("../b.json")


def test_every_key_is_read() -> None:
    write(
        "verifier.toml",
        'fail-on = ["refuted"]\nmin-supported = 1\nclaim-level = "clause"\nsource = ["a", "b"]\n'
        "support-threshold = 0.6\nrefute-threshold = 0.7\n",
    )
    policy = load_policy()
    assert policy.rules == Rules(REFUTED, 1.0, Level.CLAUSE, ("a", "b"))
    assert (policy.support_threshold, policy.refute_threshold) == (0.6, 0.7)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fail_on = 'refuted'", "verifier.toml: fail_on: unknown key; did you mean fail-on?"),
        ("colour = 1", "verifier.toml: colour: unknown key; the keys are support-threshold"),
        ("fail-on = 'wrong'", "verifier.toml: fail-on: 'wrong' is out of place; use refuted"),
        ("fail-on = 1", "verifier.toml: fail-on: write labels"),
        ("min-supported = 2", "verifier.toml: min-supported: write a number from 0 to 1"),
        ("min-supported = true", "verifier.toml: min-supported: write a number from 0 to 1"),
        ("claim-level = 'word'", "verifier.toml: claim-level: write sentence or clause"),
        ("source = [1]", "verifier.toml: source: write text in quotes, or a list"),
        ("baseline = ''", "verifier.toml: baseline: write text in quotes"),
        ("overrides = 1", "verifier.toml: overrides: write tables"),
        ("[[overrides]]\nfail-on = 'none'", "verifier.toml: overrides[1]: name its paths"),
        (
            "[[overrides]]\npaths = 'a'\nbaseline = 'b'",
            "verifier.toml: overrides[1].baseline: unknown key",
        ),
        ("fail-on =\n\n", "verifier.toml: not TOML: Invalid value (at line 1"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(text: str, message: str) -> None:
    write("verifier.toml", text)
    with pytest.raises(InputError, match=f"^{re.escape(message)}"):
        load_policy()


def test_a_table_of_pyproject_is_named_in_full() -> None:
    write("pyproject.toml", "[tool.verifier]\nmin-supported = '1'\n")
    with pytest.raises(InputError, match=r"pyproject.toml: tool.verifier.min-supported: write"):
        load_policy()
    write("pyproject.toml", "[tool]\nverifier = 1\n")
    with pytest.raises(InputError, match=r"tool.verifier: write a table"):
        load_policy()


def test_a_file_that_is_named_must_be_there() -> None:
    with pytest.raises(InputError, match=r"mine.toml: can't be read: No such file"):
        load_policy(Path("mine.toml"))


def test_every_line_of_the_template_can_be_uncommented() -> None:
    settings = re.sub(r"(?m)^# (?=[a-z-]+ = |\[\[)", "", TEMPLATE)
    keys = set(tomllib.loads(settings))
    write("verifier.toml", settings)
    policy = load_policy()
    assert keys == {
        *("fail-on", "min-supported", "claim-level", "source", "source-for", "baseline"),
        *("support-threshold", "refute-threshold", "overrides"),
    }
    assert (policy.rules.fail_on, policy.rules.min_supported) == (BOTH, 0.0)
    assert policy.overrides == (Override(("drafts/**",), {"fail_on": REFUTED}),)
    assert tomllib.loads(TEMPLATE) == {}


# --- overrides and flags


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("drafts/**", "drafts/a.md", True),
        ("drafts/**", "drafts/x/a.md", True),
        ("drafts/", "drafts/x/a.md", True),
        ("./drafts/*.md", "drafts/a.md", True),
        ("drafts/*", "drafts/x/a.md", False),
        ("**/a.md", "a.md", True),
        ("**/a.md", "x/y/a.md", True),
        ("*.md", "x/a.md", False),
        ("a.md", "aXmd", False),
        ("?.md", "a.md", True),
    ],
)
def test_an_override_holds_for_the_paths_that_fit(pattern: str, path: str, fits: bool) -> None:  # noqa: FBT001 - a table
    policy = CheckPolicy(overrides=(Override((pattern,), {"min_supported": 0.5}),))
    assert policy.rules_for(path).min_supported == (0.5 if fits else 0)


def test_the_last_override_that_fits_wins_and_flags_win_over_all() -> None:
    write(
        "verifier.toml",
        'fail-on = "unknown"\n[[overrides]]\npaths = "**"\nfail-on = "none"\n'
        '[[overrides]]\npaths = "a.md"\nfail-on = "refuted"\n',
    )
    policy = load_policy()
    assert policy.rules_for("a.md").fail_on == REFUTED
    assert policy.rules_for("b.md").fail_on == frozenset()
    flagged = policy.with_flags(fail_on=BOTH, min_supported=None, support_threshold=0.9)
    assert flagged.rules_for("a.md").fail_on == BOTH
    assert flagged.support_threshold == 0.9


# --- which source belongs to which summary


def policy(**rules: object) -> CheckPolicy:
    return CheckPolicy(Rules(**rules))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pattern", "source"),
    [
        ("data/{stem}.txt", "data/v1.2.txt"),
        ("{parent}/{name}.src.txt", "out/v1.2.summary.md.src.txt"),
        ("data/{stem}.*", "data/v1.2.md"),
        ("data/{stem}/", "data/v1.2/x.txt"),
    ],
)
def test_a_pattern_finds_a_summarys_own_source(pattern: str, source: str) -> None:
    write("out/v1.2.summary.md")
    write(source)
    (job,) = Gatherer(policy(source_for=(pattern,))).paths(["out/v1.2.summary.md"]).jobs
    assert [Path(each.id) for each in job.sources] == [Path(source)]


def test_signs_of_patterns_in_a_summarys_name_stand_for_themselves() -> None:
    write("out/[ab].md")
    write("data/[ab].txt")
    write("data/a.txt")
    (job,) = Gatherer(policy(source_for=("data/{stem}.*",))).paths(["out/[ab].md"]).jobs
    assert [each.id for each in job.sources] == ["data/[ab].txt"]


def test_a_missing_source_leaves_its_summary_unchecked_and_no_other() -> None:
    write("out/a.md")
    write("out/b.md")
    write("data/a.txt")
    found = Gatherer(policy(source_for=("data/{stem}.txt",))).paths(["out"])
    assert [job.summary.id for job in found.jobs] == ["out/a.md"]
    assert [each.summary for each in found.unchecked] == ["out/b.md"]
    assert "data/b.txt: can't be read" in found.unchecked[0].why


def test_a_source_of_all_that_is_missing_is_an_error_at_once() -> None:
    with pytest.raises(InputError, match=r"none.txt: can't be read"):
        Gatherer(policy(source=("none.txt",)))


def test_an_unknown_field_of_a_pattern_is_named() -> None:
    write("a.md")
    found = Gatherer(policy(source_for=("{base}.txt",))).paths(["a.md"])
    assert "{base} is unknown; use {stem}, {name} or {parent}" in found.unchecked[0].why


def test_without_any_source_there_is_nothing_to_check_against() -> None:
    write("a.md")
    with pytest.raises(InputError, match="no source to check against; give --source or"):
        Gatherer(policy()).paths(["a.md"])


def test_a_summary_never_supports_itself_or_another_of_the_run() -> None:
    write("docs/a.md")
    write("docs/b.md")
    write("docs/source.txt")
    found = Gatherer(policy(source=("docs",))).paths(["docs/a.md", "docs/b.md"])
    assert [[s.id for s in job.sources] for job in found.jobs] == [["docs/source.txt"]] * 2
    alone = Gatherer(policy(source=("docs/a.md",))).paths(["docs/a.md"])
    assert alone.jobs == []
    assert "no source with text is named" in alone.unchecked[0].why


@pytest.mark.parametrize("given", ["all", "./all", "all/**/*.*", "all/*"])
@pytest.mark.parametrize("source", ["all/src", "all/src/one.txt", "./all/src/../src", "linked"])
def test_sources_below_a_folder_of_summaries_are_no_summaries(given: str, source: str) -> None:
    write("all/a.md")
    write("all/src/one.txt")
    Path("linked").mkdir()
    write("linked/two.txt")
    Path("all/link").symlink_to(Path("linked").resolve())
    found = Gatherer(policy(source=(source,))).paths([given])
    summaries = {job.summary.id for job in found.jobs}
    taken = {Path(s.path or "").resolve() for s in found.jobs[0].sources}
    assert "all/a.md" in summaries
    assert taken
    assert not taken & {Path(each).resolve() for each in summaries}
    assert found.skipped == []


def test_a_folder_that_holds_sources_alone_is_named() -> None:
    write("only/src/one.txt")
    found = Gatherer(policy(source=("only/src",))).paths(["only"])
    assert [each.why.split(",")[0] for each in found.unchecked] == ["the folder holds no summary"]


def test_folders_patterns_and_files_name_each_summary_once_in_order() -> None:
    for name in ("out/b.md", "out/x/a.txt", "out/.hidden.md", "out/c.png", "s.txt"):
        write(name)
    found = Gatherer(policy(source=("s.txt",))).paths(["out/*.md", "out", "./out/b.md", "out/z*"])
    assert [job.summary.id for job in found.jobs] == ["out/b.md", "out/x/a.txt"]
    assert [each.what for each in found.skipped] == ["out/c.png"]
    assert [(each.summary, each.why) for each in found.unchecked] == [
        ("out/z*", "no file is named so")
    ]


def test_a_summary_that_cannot_be_read_or_is_empty_is_unchecked() -> None:
    Path("bad.md").write_bytes(b"\x00\x01\x02")
    write("empty.md", "\n")
    write("s.txt")
    found = Gatherer(policy(source=("s.txt",))).paths(["bad.md", "empty.md", "gone.md"])
    assert [(e.summary, e.why.split(":")[0].split(",")[0]) for e in found.unchecked] == [
        ("bad.md", "a binary file"),
        ("empty.md", "empty"),
        ("gone.md", "can't be read"),
    ]


def test_a_manifest_counts_its_paths_from_its_own_folder() -> None:
    write("set/out/a.md")
    write("set/one.txt")
    write("two.txt")
    row = {"summary": "out/a.md", "sources": ["one.txt", "../two.txt"]}
    manifest = write("set/manifest.jsonl", f"\n{json.dumps(row)}\n")
    (job,) = Gatherer(policy()).manifest(manifest).jobs
    assert job.summary.id == "set/out/a.md"
    assert [source.id for source in job.sources] == ["set/one.txt", "two.txt"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "m.jsonl:1: not JSON"),
        ("[]", "m.jsonl:1: not an object"),
        ('{"summary": "a.md"}', 'm.jsonl:1: write {"summary": path'),
        ('{"summary": "a.md", "sources": [1]}', 'm.jsonl:1: write {"summary": path'),
        ("\n", "m.jsonl: holds no summaries"),
    ],
)
def test_a_line_of_another_form_is_named(text: str, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        Gatherer(policy()).manifest(write("m.jsonl", text))


def test_pairs_of_fields_hold_the_texts_themselves() -> None:
    rows = [{"id": "x", "s": "It rained.", "d": "It rained all day."}]
    rows.append({"id": "y", "s": "It snowed.", "d": ["It snowed.", "It was cold."]})  # type: ignore[dict-item]
    file = write("p.jsonl", "".join(f"{json.dumps(row)}\n" for row in rows))
    named = Gatherer(policy()).pairs(file, "s", "d", "id").jobs
    assert [job.summary.id for job in named] == ["x", "y"]
    assert [[s.id for s in job.sources] for job in named] == [["x (d)"], ["y (d 1)", "y (d 2)"]]
    numbered = Gatherer(policy()).pairs(file, "s", "d", None).jobs
    assert [job.summary.id for job in numbered] == ["p.jsonl:1", "p.jsonl:2"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('{"s": "a"}', "p.jsonl:1: no field 'd'; the fields are s; see --source-field"),
        ('{"s": 1, "d": "b"}', "p.jsonl:1: 's' or 'd' isn't text"),
        ('{"s": "a.", "d": "b"}\n{"d": "b"}', "p.jsonl:2: no field 's'"),
    ],
)
def test_a_pair_without_its_texts_is_named(row: str, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        Gatherer(policy()).pairs(write("p.jsonl", row), "s", "d", None)


def test_a_pairs_id_stands_once() -> None:
    file = write("p.jsonl", '{"i": 1, "s": "a.", "d": "b"}\n' * 2)
    with pytest.raises(InputError, match=r"p.jsonl:2: the id '1' stands twice"):
        Gatherer(policy()).pairs(file, "s", "d", "i")


def test_a_pair_whose_texts_are_empty_is_unchecked() -> None:
    file = write("p.jsonl", '{"s": " ", "d": "b"}\n{"s": "a.", "d": ""}\n')
    found = Gatherer(policy()).pairs(file, "s", "d", None)
    assert found.jobs == []
    assert [each.summary for each in found.unchecked] == ["p.jsonl:1", "p.jsonl:2"]


@pytest.mark.parametrize("text", [None, "[project]\nname = 'x'\n"])
def test_a_named_configuration_without_a_policy_is_refused(
    tmp_path: Path, text: str | None
) -> None:
    file = tmp_path / "pyproject.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"pyproject\.toml"):
        load_policy(file)
