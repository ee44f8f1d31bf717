from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import InputError, ModelError
from verifier.nli.labels import LabelColumns, label_columns, parse_label_map
from verifier.records import Label, Scores

S, R, U = Label.SUPPORTED, Label.REFUTED, Label.UNKNOWN


def columns(*names: str, label_map: dict[str, Label] | None = None) -> LabelColumns:
    return label_columns(dict(enumerate(names)), label_map, where="model m")


@pytest.mark.parametrize(
    "names",
    [
        ("entailment", "contradiction", "neutral"),
        ("ENTAILMENT", "CONTRADICTION", "NEUTRAL"),
        ("Entail", "Contradict", "Neutral"),
        ("entails", "contradicts", "neutral"),
        ("0: entailment", "1: contradiction", "2: neutral"),
        ("entailment (0)", "contradiction (1)", "neutral (2)"),
        ("LABEL_0_entailment", "LABEL_1_contradiction", "LABEL_2_neutral"),
        ("__label__entailment", "__label__contradiction", "__label__neutral"),
        ("mnli_entailment", "mnli_contradiction", "mnli_neutral"),
        ("SUPPORTS", "REFUTES", "NOT ENOUGH INFO"),
        ("SUPPORTS", "REFUTES", "NOT_ENOUGH_INFO"),
        ("SUPPORTED", "REFUTED", "NotEnoughInfo"),
        ("support", "refute", "nei"),
        ("Folgerung", "Widerspruch", "neutral"),
        ("implication", "contradiction", "neutre"),
        ("implicación", "contradicción", "neutral"),
        ("IMPLICACAO", "CONTRADICAO", "NEUTRO"),
        ("implicazione", "contraddizione", "neutrale"),
        ("gevolgtrekking", "tegenspraak", "neutraal"),
        ("следование", "противоречие", "нейтральное"),
        ("wynikanie", "sprzeczność", "neutralny"),
        ("蕴含", "矛盾", "中立"),
        ("含意", "矛盾", "中立"),
        ("함의", "모순", "중립"),
    ],
)
def test_names_decide_in_every_order(names: tuple[str, str, str]) -> None:
    for order in permutations(range(3)):
        got = columns(*(names[i] for i in order))
        assert got == LabelColumns(*((order.index(i),) for i in range(3)))


@pytest.mark.parametrize(
    "negative",
    [
        "not_entailment",
        "NOT_ENTAILMENT",
        "not entailment",
        "non-entailment",
        "NotEntailment",
        "no_entailment",
        "not_entailed",
        "not supported",
        "unsupported",
        "neutral",
    ],
)
def test_two_way_models_tell_supported_from_unknown(negative: str) -> None:
    assert columns("entailment", negative) == LabelColumns((0,), (), (1,))
    assert columns(negative, "entailment") == LabelColumns((1,), (), (0,))


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (("LABEL_0", "LABEL_1", "LABEL_2"), "don't say"),
        (("LABEL_0", "LABEL_1"), "don't say"),
        (("LABEL_0",), "don't say"),
        (("entailment",), "don't say"),
        (("POSITIVE", "NEUTRAL", "NEGATIVE"), "don't say"),
        (("TRUE", "FALSE"), "don't say"),
        (("entailment", "neutral", "contradiction", "disputed"), "don't say"),
        (("entailment", "not_contradiction"), "don't say"),
        (("neutral", "contradiction"), "means supported"),
        (("entailment", "contradiction"), "means unknown"),
        (("entailment", "neutral", "not_entailment"), "same verdict"),
    ],
)
def test_labels_in_doubt_are_refused_with_the_way_to_map_them(
    names: tuple[str, ...], why: str
) -> None:
    with pytest.raises(ModelError, match=why) as caught:
        columns(*names)
    message = str(caught.value)
    assert message.startswith("model m: ")
    assert f'--label-map "{names[0]}=' in message
    assert "\n" not in message


def test_the_advice_does_not_work_when_pasted_unread() -> None:
    with pytest.raises(ModelError) as caught:
        columns("LABEL_0", "LABEL_1")
    advice = str(caught.value).split('"')[1]
    with pytest.raises(InputError):
        parse_label_map(advice)


def test_a_refusal_stays_readable_with_a_thousand_labels() -> None:
    with pytest.raises(ModelError) as caught:
        columns(*(f"breed {number}" for number in range(1000)))
    assert len(str(caught.value)) < 500


def test_a_map_names_labels_in_any_case_or_by_number() -> None:
    expected = LabelColumns((1,), (2,), (0,))
    names = ("LABEL_0", "LABEL_1", "LABEL_2")
    assert columns(*names, label_map={"label_0": U, "LABEL_1": S, "LABEL_2": R}) == expected
    assert columns(*names, label_map={"0": U, "1": S, "2": R}) == expected


def test_a_label_named_like_a_number_goes_by_its_name() -> None:
    assert columns("1", "0", label_map={"1": S, "0": U}) == LabelColumns((0,), (), (1,))


def test_a_map_overrides_what_a_name_says_and_leaves_the_rest() -> None:
    got = columns("entailment", "neutral", "contradiction", label_map={"contradiction": U})
    assert got == LabelColumns((0,), (), (1, 2))


def test_a_map_may_put_labels_together_and_their_probabilities_add_up() -> None:
    got = columns("a", "b", "c", "d", label_map={"a": S, "b": R, "c": S, "d": U})
    assert got.scores([0.1, 0.2, 0.3, 0.4]) == Scores(0.1 + 0.3, 0.2, 0.4)


def test_a_map_may_leave_unknown_out() -> None:
    assert columns("yes", "no", label_map={"yes": S, "no": R}) == LabelColumns((0,), (1,), ())


def test_a_map_without_supported_is_refused() -> None:
    with pytest.raises(ModelError, match="means supported"):
        columns("yes", "no", label_map={"yes": U, "no": R})


def test_a_single_output_is_a_yes_and_its_complement_unknown() -> None:
    assert columns("LABEL_0", label_map={"LABEL_0": S}) == LabelColumns((0,), (), (1,))


def test_a_map_that_does_not_fit_the_model_is_refused() -> None:
    names = ("entailment", "neutral", "contradiction")
    with pytest.raises(InputError, match="no label 'LABEL_0'; it has entailment, neutral"):
        columns(*names, label_map={"LABEL_0": S})
    with pytest.raises(InputError, match="twice"):
        columns(*names, label_map={"entailment": S, "0": U})


def test_outputs_that_are_not_numbered_from_0_are_refused() -> None:
    with pytest.raises(ModelError, match="number"):
        label_columns({1: "entailment", 2: "neutral"}, None, where="model m")


@given(
    st.dictionaries(
        st.text(min_size=1).filter(lambda name: "," not in name and name == name.strip()),
        st.sampled_from(list(Label)),
        min_size=1,
    )
)
def test_a_written_map_reads_back(label_map: dict[str, Label]) -> None:
    text = ", ".join(f"{name} = {label}" for name, label in label_map.items())
    assert parse_label_map(text) == label_map


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "'' is not LABEL=VERDICT"),
        ("entailment", "'entailment' is not LABEL=VERDICT"),
        ("=supported", "'=supported' is not LABEL=VERDICT"),
        ("a=supported,", "'' is not LABEL=VERDICT"),
        ("a=true", "'true' .for a. is no verdict; choose supported, refuted or unknown"),
        ("a=supported,a=refuted", "a is given twice"),
    ],
)
def test_a_map_that_cannot_be_read_says_where_and_why(text: str, why: str) -> None:
    with pytest.raises(InputError, match=f"^--label-map: {why}"):
        parse_label_map(text)
