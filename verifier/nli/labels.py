"""Which verdict each output of a model stands for, told by the names of its labels.

Position says nothing: models trained on the same data number their labels differently. A model
whose names aren't understood is refused, with the way to map them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verifier.errors import InputError, ModelError
from verifier.records import Label, Scores

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WORDS = {
    Label.SUPPORTED: """
        entailment, entail, entails, entailed, implication, implied, implies,
        support, supports, supported,
        Folgerung, Implikation, implicación, implica, implicação, acarretamento, implicazione,
        implicatie, gevolgtrekking, следствие, следование, wynikanie, vyplývání, çıkarım,
        gerektirme, συνεπαγωγή, استلزام, 蕴含, 蕴涵, 蘊含, 含意, 함의
    """,
    Label.REFUTED: """
        contradiction, contradict, contradicts, contradicted, contradictory, contradicting,
        refute, refutes, refuted,
        Widerspruch, Kontradiktion, contradicción, contradição, contraddizione, tegenspraak,
        contradictie, противоречие, sprzeczność, rozpor, çelişki, αντίφαση, تناقض, 矛盾, 모순
    """,
    Label.UNKNOWN: """
        neutral, neutrality, none, unknown, undetermined, unsupported, nei, not enough info,
        not enough information, not enough evidence, insufficient evidence, insufficient info,
        insufficient information, nonentailment, notentailment,
        neutre, neutro, neutra, neutrale, neutralidad, neutralidade, neutraal, нейтрально,
        нейтральное, нейтральный, нейтральность, neutralny, neutralne, neutralność, neutrální,
        nötr, ουδέτερο, محايد, حياد, 中立, 中性, 중립
    """,
}
_NOISE = {"label", "class", "nli", "mnli", "snli", "xnli", "anli", "rte", "fever"}
_NEGATIONS = {"not", "non", "no", "nicht", "ne", "não", "niet", "не"}
_SHOWN = 6  # labels in a message; a classifier of another kind may have a thousand


@dataclass(frozen=True, slots=True)
class LabelColumns:
    """The columns of a model's output that add up to each verdict; together, every column once."""

    supported: tuple[int, ...]
    refuted: tuple[int, ...]
    unknown: tuple[int, ...]

    def scores(self, probabilities: Sequence[float]) -> Scores:
        """Sum one row of the model's output (one probability a column) by verdict."""
        return Scores(
            supported=sum(probabilities[column] for column in self.supported),
            refuted=sum(probabilities[column] for column in self.refuted),
            unknown=sum(probabilities[column] for column in self.unknown),
        )


def parse_label_map(text: str) -> dict[str, Label]:
    """Read `LABEL=VERDICT,…`, where LABEL is a label's name or its number in the model.

    Raises InputError for an entry of another form, an unknown verdict or a label given twice.
    """
    result: dict[str, Label] = {}
    for entry in text.split(","):
        name, _, verdict = (part.strip() for part in entry.rpartition("="))
        if not name:
            raise InputError(
                f"--label-map: {entry.strip()!r} is not LABEL=VERDICT; write for instance "
                '--label-map "yes=supported,no=refuted,other=unknown"'
            )
        if verdict.casefold() not in list(Label):
            raise InputError(
                f"--label-map: {verdict!r} (for {name}) is no verdict; "
                "choose supported, refuted or unknown"
            )
        if name in result:
            raise InputError(f"--label-map: {name} is given twice; give each label one verdict")
        result[name] = Label(verdict.casefold())
    return result


def label_columns(
    id2label: Mapping[int, str], label_map: Mapping[str, Label] | None, *, where: str
) -> LabelColumns:
    """Tell which verdict each output of a model feeds.

    `id2label` names the model's outputs, numbered from 0; `label_map` overrides what a name says,
    by the label's name (in any case) or its number; `where` names the model in messages. A
    two-way `entailment` / `not_entailment` model feeds supported and unknown. A model with a
    single output says yes or no: once mapped, its column 0 is the yes and its column 1 the
    complement, which feeds unknown.

    Raises ModelError if the labels aren't understood or leave a verdict in doubt, InputError if
    `label_map` doesn't fit them.
    """
    if set(id2label) != set(range(len(id2label))):
        raise ModelError(f"{where}: config.json doesn't number its labels from 0: {dict(id2label)}")
    mapped = _mapped(id2label, label_map or {}, where)
    named = {column: _verdict(name) for column, name in id2label.items() if column not in mapped}
    columns = mapped | {column: label for column, label in named.items() if label}
    told = list(columns.values())

    problem = None
    if len(columns) < len(id2label) or (len(id2label) == 1 and not mapped):
        problem = "its labels don't say which verdict they mean"
    elif len({*named.values()}) < len(named):
        problem = "two of its labels mean the same verdict"
    elif Label.SUPPORTED not in told:
        problem = "none of its labels means supported"
    elif Label.UNKNOWN not in told and not mapped:
        problem = "none of its labels means unknown, so what a source doesn't say would be refuted"
    if problem:
        raise ModelError(f"{where}: {problem}; {_how_to_map(id2label)}")

    if len(id2label) == 1:
        columns[1] = Label.UNKNOWN
    return LabelColumns(
        **{label.value: tuple(c for c in sorted(columns) if columns[c] is label) for label in Label}
    )


def _mapped(
    id2label: Mapping[int, str], label_map: Mapping[str, Label], where: str
) -> dict[int, Label]:
    """Turn the keys of `label_map` into columns; a name goes before a number."""
    columns = {str(column): column for column in id2label}
    columns |= {name.casefold(): column for column, name in id2label.items()}
    result: dict[int, Label] = {}
    for key, label in label_map.items():
        column = columns.get(key.casefold())
        if column is None:
            raise InputError(
                f"--label-map: {where} has no label {key!r}; it has {_shown(id2label)}"
            )
        if column in result:
            raise InputError(f"--label-map: {id2label[column]!r} is given twice, as {key!r} too")
        result[column] = label
    return result


def _shown(id2label: Mapping[int, str]) -> str:
    names = [id2label[column] for column in sorted(id2label)]
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" * (len(names) > _SHOWN))


def _how_to_map(id2label: Mapping[int, str]) -> str:
    # No ready-made answer: pasted unread, it would be the guess that this module exists to avoid.
    names = [id2label[column] for column in sorted(id2label)][:_SHOWN]
    entries = ",".join(f"{name}=VERDICT" for name in names)
    return (
        f'look up their meaning in the model\'s card and map them: --label-map "{entries}", '
        "each VERDICT being supported, refuted or unknown"
    )


def _words(name: str) -> str:
    """Reduce a label to its words: no case, accents, numbers, punctuation or task names."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    decomposed = unicodedata.normalize("NFKD", spaced.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(word for word in re.findall(r"[^\W\d_]+", plain) if word not in _NOISE)


_VERDICTS = {_words(word): label for label, text in _WORDS.items() for word in text.split(",")}
_NEGATED = {_words(word) for word in _NEGATIONS}


def _verdict(name: str) -> Label | None:
    words = _words(name)
    first, _, rest = words.partition(" ")
    if first in _NEGATED and _VERDICTS.get(rest) is Label.SUPPORTED:
        return Label.UNKNOWN
    return _VERDICTS.get(words)
