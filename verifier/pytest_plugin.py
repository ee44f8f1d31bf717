"""The `verifier` fixture of pytest: what summaries claim, checked in people's own test suites.

    def test_release_notes(verifier):
        verifier.assert_supported(Path("out/notes.md"), [Path("CHANGELOG.md"), Path("docs")])

pytest loads this module in every run of every suite that it is installed beside, so at its top it
imports nothing but what pytest has loaded already; the rest comes with the first check. A process
loads one model, and scores and verdicts are kept in the cache that the command line uses too.
"""

from __future__ import annotations

import warnings
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from verifier.pipeline import Verifier
    from verifier.records import Check, Skipped, Source, SummaryReport

    Document = str | Path
    """A `str` is the text itself, a `Path` a file to read, or a folder of sources."""

_OPTION, _INI = "--verifier-model", "verifier_model"


class SummaryVerifier:
    """Checks the claims of summaries by a model that is loaded when it is first needed."""

    def __init__(self, model: str = "bundled") -> None:
        """Take the name of a model as `Verifier` does; nothing is loaded yet."""
        self._model = model
        self._verifier: Verifier | None = None

    def assert_supported(
        self, summary: Document, source: Document | Sequence[Document], *, level: str = "sentence"
    ) -> None:
        """Raise AssertionError unless the source supports every claim of the summary.

        The message has each claim that is refuted or unknown, its confidence, and the evidence with
        its place. Comments in the summary suppress findings as they do on the command line.
        Arguments and further errors as of `check`.
        """
        __tracebackhide__ = True
        report = self.check(summary, source, level=level)
        if report.failed:
            raise AssertionError(_describe(report))

    def check(
        self, summary: Document, source: Document | Sequence[Document], *, level: str = "sentence"
    ) -> SummaryReport:
        """Judge each claim of the summary by the source; one check a claim, in their order.

        `level` is `sentence` or `clause`. Raises InputError for what can't be read, for a source
        without text, and for a summary that makes no claim or one too long for the model;
        ModelError for an unusable model.
        """
        __tracebackhide__ = True
        # What is imported inside of functions comes with the first check.
        from verifier.errors import InputError  # noqa: PLC0415
        from verifier.summaries.kept import KeptVerdicts  # noqa: PLC0415
        from verifier.summaries.policy import CheckPolicy, Level, Rules  # noqa: PLC0415
        from verifier.summaries.run import judge, settle  # noqa: PLC0415
        from verifier.summaries.sources import Gathered  # noqa: PLC0415
        from verifier.summaries.suppress import today  # noqa: PLC0415

        if level not in [*Level]:
            raise InputError(f"level {level!r} is unknown; use {' or '.join(Level)}")
        policy = CheckPolicy(Rules(claim_level=Level(level)))
        day = today()
        gathered = Gathered()
        sources, gathered.skipped = _read_sources(source)
        document = _read_summary(summary)
        me = document.path and Path(document.path).resolve()  # a summary never supports itself
        others = [each for each in sources if not (each.path and Path(each.path).resolve() == me)]
        gathered.add(document, others, policy.rules)
        model = self._load()
        kept = KeptVerdicts(model.run(), None, _warn)  # a name may mean another text by now
        with closing(kept):
            findings = judge(gathered, model, policy, kept=kept)
        report = settle(findings, None, day)
        if report.unchecked:
            raise InputError(_describe_unchecked(report))
        return report

    def close(self) -> None:
        """Close the cache of scores; a check after it does without."""
        from verifier.cache import CachedBackend  # noqa: PLC0415

        if self._verifier is not None and isinstance(self._verifier.backend, CachedBackend):
            self._verifier.backend.close()

    def _load(self) -> Verifier:
        if self._verifier is None:
            from verifier.cache import CachedBackend, default_folder  # noqa: PLC0415
            from verifier.pipeline import Verifier  # noqa: PLC0415

            loaded = Verifier(self._model)
            loaded.backend = CachedBackend(loaded.backend, default_folder(), _warn)
            self._verifier = loaded
        return self._verifier


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the command line, or else the configuration file, name the model."""
    what = "the model of the fixture `verifier`: bundled (the default), a folder or a hub name"
    parser.getgroup("verifier").addoption(_OPTION, metavar="MODEL", help=what)
    parser.addini(_INI, what, default="bundled")


@pytest.fixture(scope="session")
def verifier(pytestconfig: pytest.Config) -> Iterator[SummaryVerifier]:
    """Check summaries against their sources: `assert_supported(summary, source)`, `check`."""
    checker = SummaryVerifier(pytestconfig.getoption(_OPTION) or pytestconfig.getini(_INI))
    yield checker
    checker.close()


def _read_summary(summary: Document) -> Source:
    from verifier.errors import InputError  # noqa: PLC0415
    from verifier.readers import read_sources  # noqa: PLC0415
    from verifier.records import Source  # noqa: PLC0415

    if isinstance(summary, str):
        _refuse_file_name(summary, "summary")
        return Source("<summary>", summary)
    if summary.is_dir():
        raise InputError(f"{summary}: is a folder; check its summaries one by one")
    (document,), _ = read_sources([summary])
    return document


def _read_sources(source: Document | Sequence[Document]) -> tuple[list[Source], list[Skipped]]:
    from verifier.errors import EmptyInputError  # noqa: PLC0415
    from verifier.readers import read_sources  # noqa: PLC0415
    from verifier.records import Source  # noqa: PLC0415
    from verifier.text import has_text  # noqa: PLC0415

    given = [source] if isinstance(source, str | Path) else list(source)
    paths = [each for each in given if isinstance(each, Path)]
    documents, skipped = read_sources(paths) if paths else ([], [])
    for number, text in enumerate((each for each in given if isinstance(each, str)), 1):
        _refuse_file_name(text, "source")
        document = Source(f"<source {number}>", text)
        if not has_text(document):
            raise EmptyInputError(f"{document.id}: there is no text in it to check against")
        documents.append(document)
    return documents, skipped


def _refuse_file_name(text: str, what: str) -> None:
    """Take a text that names a file for a slip: judged as a text it would only mislead."""
    from verifier.errors import InputError  # noqa: PLC0415

    try:
        named = "\n" not in text and Path(text).is_file()
    except (OSError, ValueError):  # too long for a name, or with a null character
        return
    if named:
        raise InputError(f"the {what} {text!r} is the name of a file; to read it, give a Path")


def _describe_unchecked(report: SummaryReport) -> str:
    """Say why there is nothing to judge, which is never a pass."""
    parts = [f"{each.summary}: {each.why}" for each in report.unchecked]
    if report.passages:
        reasons = ", ".join(dict.fromkeys(each.why for each in report.passages))
        parts.append(f"what stands in it is no claim: {reasons}")
    return "; ".join(parts)


def _describe(report: SummaryReport) -> str:
    """Lay out what fails, a part a claim, under a line of counts."""
    from verifier.reports.summary.wording import counts  # noqa: PLC0415

    return "\n\n".join([counts(report), *(_describe_one(c) for c in report.checks if c.fails)])


def _describe_one(check: Check) -> str:
    from verifier.reports.places import shorten, shown  # noqa: PLC0415
    from verifier.reports.summary.wording import at  # noqa: PLC0415
    from verifier.safe import one_line  # noqa: PLC0415

    statement, verdict = check.statement, check.verdict
    place = at(statement.summary, statement.line, statement.column)
    lines = [
        f"{place}: {verdict.label} {verdict.confidence:.0%}",
        f"  claim: {one_line(statement.claim)}",
    ]
    for side, found in shown(verdict):
        lines.append(f"  {side or 'evidence'}: “{shorten(one_line(found.text))}”")
        lines.append(f"    {at(found.source, found.line, found.column)}")
    return "\n".join([*lines, f"  reason: {one_line(verdict.reason)}"])


def _warn(message: str) -> None:
    """Put a warning into pytest's list of them; it is none of the suite's, so it never raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", pytest.PytestWarning)
        warnings.warn(pytest.PytestWarning(message), stacklevel=2)
