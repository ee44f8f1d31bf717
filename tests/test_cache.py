from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from verifier.cache import CachedBackend, default_folder
from verifier.records import Claim, Evidence, Label, Run, Scores, Source, Verdict
from verifier.summaries import kept
from verifier.summaries.kept import KeptVerdicts

if TYPE_CHECKING:
    from collections.abc import Sequence

PAIRS = [("It rained.", "It was wet."), ("It rained. ", "It was wet."), ("", "It rained.")]


class Counting:
    """A model whose scores tell the pair, and which counts what it is asked."""

    name, digest = "counting", "d1"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        self.asked += pairs
        return [Scores(1 / (3 + len(e)), 0.1, 0.9 - 1 / (3 + len(e))) for e, _ in pairs]

    def lengths(self, texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]

    def room(self) -> int:
        return 100


def refuse(message: str) -> None:
    pytest.fail(message)


def test_a_pair_is_scored_once_and_then_read_exactly(tmp_path: Path) -> None:
    model = Counting()
    first = CachedBackend(model, tmp_path, refuse).score([*PAIRS, PAIRS[0]])
    again = CachedBackend(model, tmp_path, refuse)
    assert again.score([*PAIRS, PAIRS[0]]) == first == Counting().score([*PAIRS, PAIRS[0]])
    assert (model.asked, again.hits) == (PAIRS, 4)


def test_another_model_gets_nothing_of_it(tmp_path: Path) -> None:
    CachedBackend(Counting(), tmp_path, refuse).score(PAIRS)
    other = Counting()
    other.digest = "d2"
    CachedBackend(other, tmp_path, refuse).score(PAIRS)
    assert other.asked == PAIRS


def test_where_one_text_ends_and_the_next_begins_makes_a_difference(tmp_path: Path) -> None:
    model = Counting()
    cached = CachedBackend(model, tmp_path, refuse)
    for pair in (("ab", "c"), ("a", "bc"), ("1:a", ""), ("", "1:a")):
        cached.score([pair])
    assert len(model.asked) == 4


def test_texts_with_lone_surrogates_have_keys_too(tmp_path: Path) -> None:
    assert CachedBackend(Counting(), tmp_path, refuse).score([("\ud800", "\udfff")])


def test_without_a_folder_scores_are_kept_in_memory(tmp_path: Path) -> None:
    model = Counting()
    cached = CachedBackend(model, None, refuse)
    assert cached.score(PAIRS) == cached.score(PAIRS)
    assert model.asked == PAIRS
    assert list(tmp_path.iterdir()) == []


def damaged(folder: Path) -> None:
    (folder / "scores-1.sqlite").write_bytes(b"no database" * 1000)


def other_table(folder: Path) -> None:
    with sqlite3.connect(folder / "scores-1.sqlite") as connection:
        connection.execute("CREATE TABLE scores (x)")
    connection.close()


def half_damaged(folder: Path) -> None:
    """Its header is right and its pages aren't."""
    CachedBackend(Counting(), folder, refuse).score([(str(n), "") for n in range(500)])
    path = folder / "scores-1.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)


def in_the_way(folder: Path) -> None:
    (folder / "scores-1.sqlite").mkdir()


@pytest.mark.parametrize("spoil", [damaged, other_table, half_damaged, in_the_way])
def test_a_file_that_cannot_be_used_is_one_warning_and_no_error(
    tmp_path: Path, spoil: object
) -> None:
    assert callable(spoil)
    spoil(tmp_path)
    warnings: list[str] = []
    cached = CachedBackend(Counting(), tmp_path, warnings.append)
    assert cached.score(PAIRS) == cached.score(PAIRS) == Counting().score(PAIRS)
    (warning,) = warnings
    assert str(tmp_path / "scores-1.sqlite") in warning
    assert "--no-cache" in warning


def test_a_folder_that_cannot_be_made_is_one_warning_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    warnings: list[str] = []
    cached = CachedBackend(Counting(), tmp_path / "file" / "cache", warnings.append)
    assert cached.score(PAIRS) == Counting().score(PAIRS)
    assert len(warnings) == 1


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    program = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_cache import CachedBackend, Counting, refuse
cached = CachedBackend(Counting(), Path({str(tmp_path)!r}), refuse)
for n in range(60):
    cached.score([(f"{{n}}-{{m}}", sys.argv[1] if n % 2 else "shared") for m in range(5)])
"""
    running = [subprocess.Popen([sys.executable, "-c", program, name]) for name in "abc"]
    assert [process.wait() for process in running] == [0, 0, 0]
    model = Counting()
    cached = CachedBackend(model, tmp_path, refuse)
    for name in "abc":
        for n in range(60):
            cached.score([(f"{n}-{m}", name if n % 2 else "shared") for m in range(5)])
    assert model.asked == []


def test_the_folder_is_the_variables_or_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERIFIER_CACHE", "/a/b")
    assert default_folder() == Path("/a/b")
    monkeypatch.delenv("VERIFIER_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/x")
    assert default_folder() == Path("/x/verifier")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert default_folder() == Path.home() / ".cache" / "verifier"


# --- verdicts

SOURCES = [Source("a.txt", "It rained all day."), Source("b.txt", "It snowed.")]
RAIN = Claim("1", "It rained.")
VERDICT = Verdict(
    RAIN,
    Label.SUPPORTED,
    0.9,
    Scores(0.9, 0.05, 0.05),
    "so",
    (Evidence("a.txt", 0, 18, 1, 1, "It rained all day.", Scores(0.9, 0.05, 0.05)),),
)
RUN = Run("1", "counting", "d1", {"support": 0.5})


def opened(folder: Path, run: Run = RUN) -> KeptVerdicts:
    return KeptVerdicts(run, folder, refuse)


def test_a_verdict_is_kept_whole_and_holds_for_the_same_sources_alone(tmp_path: Path) -> None:
    opened(tmp_path).write([VERDICT], SOURCES)
    assert opened(tmp_path).read([RAIN], SOURCES) == {RAIN.text: VERDICT}
    assert opened(tmp_path).read([RAIN], SOURCES[:1]) == {}
    assert opened(tmp_path).read([Claim("1", "It snowed.")], SOURCES) == {}
    assert (
        opened(tmp_path, Run("1", "counting", "d1", {"support": 0.6})).read([RAIN], SOURCES) == {}
    )


def test_a_verdict_holds_for_the_same_libraries_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(tmp_path).write([VERDICT], SOURCES)
    monkeypatch.setattr(kept, "_program", lambda: "the same code, another tokenizer")
    assert opened(tmp_path).read([RAIN], SOURCES) == {}
    monkeypatch.undo()
    for library in ("sentencex", "tantivy", "markdown-it-py", "tokenizers", "onnxruntime"):
        assert f"{library} " in kept._program()  # noqa: SLF001 - what every key is made of


@pytest.mark.parametrize("code", ["fr", None])
def test_the_language_of_a_text_is_asked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str | None
) -> None:
    asked: list[str] = []

    def identify(text: str) -> str | None:
        asked.append(text)
        return code

    monkeypatch.setattr(kept, "identify", identify)
    assert opened(tmp_path).identify("texte") == opened(tmp_path).identify("texte") == code
    assert asked == ["texte"]


def test_a_row_that_cannot_be_read_is_one_warning_and_no_verdict(tmp_path: Path) -> None:
    opened(tmp_path).write([VERDICT], SOURCES)
    with sqlite3.connect(tmp_path / "verdicts-2.sqlite") as connection:
        connection.execute("UPDATE kept SET told = '{}'")
    connection.close()
    warnings: list[str] = []
    spoilt = KeptVerdicts(RUN, tmp_path, warnings.append)
    assert spoilt.read([RAIN], SOURCES) == spoilt.read([RAIN], SOURCES) == {}
    assert len(warnings) == 1
