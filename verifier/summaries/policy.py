"""What a check of summaries asks for: built in, under a configuration file, under the flags.

The file is `verifier.toml`, or the table `[tool.verifier]` of a `pyproject.toml`, in the working
folder or the nearest folder above it that has one; `verifier.toml` comes first. Its paths count
from its own folder.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from verifier.errors import InputError
from verifier.readers.files import mode
from verifier.records import Label

CONFIG, PROJECT = "verifier.toml", "pyproject.toml"
_TABLE = "tool.verifier."


class Level(StrEnum):
    """How finely a summary is cut into claims."""

    SENTENCE = "sentence"
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True)
class Rules:
    """What may differ from summary to summary."""

    fail_on: frozenset[Label] = frozenset({Label.REFUTED, Label.UNKNOWN})
    """The labels that fail."""
    min_supported: float = 0.0
    """The least share of a summary's statements, in [0, 1], that must be supported."""
    claim_level: Level = Level.SENTENCE
    source: tuple[str, ...] = ()
    """Files and folders to check against."""
    source_for: tuple[str, ...] = ()
    """Patterns of further ones, see `sources`."""


@dataclass(frozen=True, slots=True)
class Override:
    """Rules for some summaries."""

    paths: tuple[str, ...]
    """Patterns, from the folder of the file; `*` stays within a folder, `**` does not."""
    settings: Mapping[str, Any]
    """Fields of `Rules`, by name."""


@dataclass(frozen=True, slots=True)
class CheckPolicy:
    """All that a configuration file and the flags ask for."""

    rules: Rules = field(default_factory=Rules)
    support_threshold: float | None = None
    """In [0, 1]; None: the calibration's."""
    refute_threshold: float | None = None
    """As above."""
    baseline: Path | None = None
    """The file asked for; None: `verifier-baseline.json` of `folder`, where there is one."""
    overrides: tuple[Override, ...] = ()
    flags: Mapping[str, Any] = field(default_factory=dict)
    """Fields of `Rules` that hold for every summary, whatever the overrides say."""
    folder: Path = Path()
    """Where the configuration file lies; without one, the working folder."""

    def rules_for(self, path: str) -> Rules:
        """Return the rules for the summary at `path`; of several overrides the last one wins."""
        rules = self.rules
        here = Path(os.path.relpath(path, self.folder)).as_posix()
        for override in self.overrides:
            if any(_pattern(each).fullmatch(here) for each in override.paths):
                rules = replace(rules, **override.settings)
        return replace(rules, **self.flags)

    def names_sources(self) -> bool:
        """Whether any summary has sources by these rules."""
        rules = self.rules
        return bool(
            rules.source
            or rules.source_for
            or any({"source", "source_for"} & set(each.settings) for each in self.overrides)
        )

    def with_flags(self, **flags: Any) -> CheckPolicy:  # noqa: ANN401 - fields of many types
        """Put flags that are given (not None) over what the file says."""
        given = {name: value for name, value in flags.items() if value is not None}
        top = {name: given.pop(name) for name in _TOP if name in given}
        return replace(self, **top, rules=replace(self.rules, **given), flags=given)


def load_policy(config: Path | None = None, folder: Path | None = None) -> CheckPolicy:
    """Read `config`, or the file that holds for `folder` (the working folder), if there is one.

    Raises InputError, with file and key, for what can't be read or isn't known.
    """
    if config is not None:
        return _read(config, _tables(config))
    start = (folder or Path()).resolve()
    for above in (start, *start.parents):
        here = Path(os.path.relpath(above))  # as it is shown, and as its paths are
        if mode(here / CONFIG):
            return _read(here / CONFIG, _parse(here / CONFIG))
        table = project_table(here)
        if table is not None:
            return _read(here / PROJECT, table)
    return CheckPolicy()


def project_table(folder: Path) -> Mapping[str, Any] | None:
    """Return `[tool.verifier]` of the folder's `pyproject.toml`, None without one."""
    file = folder / PROJECT
    if not file.is_file():
        return None
    tool = _parse(file).get("tool")
    table = tool.get("verifier") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise InputError(f"{file}: tool.verifier: write a table, [tool.verifier]")
    return table


def parse_labels(value: object) -> frozenset[Label]:
    """Read `refuted,unknown`, `none` or a list of labels. Raises ValueError for anything else."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise ValueError("write labels, as 'refuted,unknown'")
    names = {part.strip() for part in parts}
    if names == {"none"}:
        return frozenset()
    if not names:
        raise ValueError("an empty list; write 'none' if no label is meant")
    if wrong := names - set(Label):
        raise ValueError(
            f"{min(wrong)!r} is out of place; use refuted, unknown, supported with commas between, "
            "or none alone"
        )
    return frozenset(map(Label, names))


def _tables(file: Path) -> Mapping[str, Any]:
    if file.name != PROJECT:
        return _parse(file)
    table = project_table(file.parent) if file.is_file() else _parse(file)
    if table is None:
        raise InputError(f"{file}: there is no table [tool.verifier] in it")
    return table


def _parse(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"{file}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not UTF-8 text; save it as UTF-8") from error
    except ValueError as error:
        raise InputError(f"{file}: not TOML: {error}") from error


def _read(file: Path, table: Mapping[str, Any]) -> CheckPolicy:
    prefix = _TABLE if file.name == PROJECT else ""
    folder = Path(os.path.relpath(file.parent))
    fields = _fields(table, _TOP | _RULES | {"overrides": _list_of_tables}, f"{file}: {prefix}")
    overrides = []
    for number, each in enumerate(fields.pop("overrides", []), 1):
        where = f"{file}: {prefix}overrides[{number}]"
        settings = _fields(each, _RULES | {"paths": _strings}, f"{where}.")
        if not settings.get("paths"):
            raise InputError(f'{where}: name its paths, as paths = ["drafts/**"]')
        overrides.append(Override(settings.pop("paths"), _from(folder, settings)))
    top = {name: fields.pop(name) for name in _TOP if name in fields}
    if "baseline" in top:
        top["baseline"] = folder / top["baseline"]
    rules = Rules(**_from(folder, fields))
    return CheckPolicy(rules, overrides=tuple(overrides), folder=folder, **top)


def _fields(
    table: Mapping[str, Any], readers: Mapping[str, Callable[[Any], Any]], where: str
) -> dict[str, Any]:
    """Read each value by its key's reader; names of fields have `_` where keys have `-`."""
    fields = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        keys = [each.replace("_", "-") for each in readers]
        if name not in readers or key not in keys:
            close = get_close_matches(key.replace("_", "-"), keys, 1)
            hint = f"did you mean {close[0]}?" if close else f"the keys are {', '.join(keys)}"
            raise InputError(f"{where}{key}: unknown key; {hint}")
        try:
            fields[name] = readers[name](value)
        except ValueError as error:
            raise InputError(f"{where}{key}: {error}") from error
    return fields


def _from(folder: Path, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Let paths count from the configuration's folder; `{parent}` has the summary's own."""
    found = dict(settings)
    for name in ("source", "source_for"):
        paths = found.get(name, ())
        if name in found:
            found[name] = tuple(p if p.startswith("{parent}") else str(folder / p) for p in paths)
    return found


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError("write a number from 0 to 1")
    return float(value)


def _level(value: object) -> Level:
    if value not in [*Level]:
        raise ValueError(f"write {' or '.join(Level)}")
    return Level(str(value))


def _string(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("write text in quotes")
    return value


def _strings(value: object) -> tuple[str, ...]:
    parts = [value] if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) and part for part in parts):
        raise ValueError("write text in quotes, or a list of such")
    return tuple(parts)


def _list_of_tables(value: object) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise ValueError("write tables, each under [[overrides]]")
    return value


_RULES: dict[str, Callable[[Any], Any]] = {
    "fail_on": parse_labels,
    "min_supported": _share,
    "claim_level": _level,
    "source": _strings,
    "source_for": _strings,
}
_TOP: dict[str, Callable[[Any], Any]] = {
    "support_threshold": _share,
    "refute_threshold": _share,
    "baseline": _string,
}


def _pattern(glob: str) -> re.Pattern[str]:
    """Translate a glob; a folder's name with `/` at its end stands for all that is in it."""
    whole = glob.removeprefix("./") + ("**" if glob.endswith("/") else "")
    tokens = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", whole)
    return re.compile("".join(tokens.get(part, re.escape(part)) for part in parts), re.DOTALL)


TEMPLATE = """\
# What 'verifier check-summary' asks for. Flags come over what stands here; paths count from this
# file's folder. The same keys may stand in pyproject.toml, under [tool.verifier].

# Labels that fail: refuted, unknown, supported with commas between, or none.
# fail-on = "refuted,unknown"

# The least share of each summary's statements, 0 to 1, that must be supported.
# min-supported = 0.0

# What is checked: each "sentence", or each "clause" of the long ones.
# claim-level = "sentence"

# Files and folders that every summary is checked against.
# source = ["docs"]

# Where a summary's own source lies. For out/a.summary.md: {stem} is a, {name} is a.summary.md,
# {parent} is out.
# source-for = "data/{stem}.txt"

# The least scores, 0 to 1, that support and that refute; without these, the calibration's.
# support-threshold = 0.5
# refute-threshold = 0.5

# Known findings that don't fail; --update-baseline writes the file.
# baseline = "verifier-baseline.json"

# Other rules for some summaries: fail-on, min-supported, claim-level, source, source-for. The last
# table that fits wins.
# [[overrides]]
# paths = ["drafts/**"]
# fail-on = "refuted"
"""
"""What `verifier init` writes."""
