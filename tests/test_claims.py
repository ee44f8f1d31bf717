from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import EmptyInputError, InputError
from verifier.readers import number_claims, read_claims
from verifier.records import Claim

Rows = list[tuple[str, str, int | None]]


def read(tmp_path: Path, name: str, content: str | bytes, field: str = "claim") -> Rows:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    claims = read_claims(path, field)
    assert all(claim.path == str(path) for claim in claims)
    return [(claim.id, claim.text, claim.line) for claim in claims]


TWO = [("1", "One é.", 1), ("2", "Two.", 2)]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "c.txt",
            "# no\nOne é.\r\n\n  # no\n\ufeff\n Two. \n",
            [("1", "One é.", 2), ("2", "Two.", 6)],
        ),
        ("c", "One é.\rTwo.", TWO),
        ("c.txt", "a\u2028b #c", [("1", "a\u2028b #c", 1)]),
        ("c.jsonl", '{"claim": "One é.", "n": 1}\n\n"Two."\n', [TWO[0], ("2", "Two.", 3)]),
        ("c.NDJSON", '{"id": 7, "claim": "One\u2028."}', [("7", "One\u2028.", 1)]),
        (
            "c.json",
            '["One é.", {"id": "x", "claim": "Two."}]',
            [("1", "One é.", None), ("x", "Two.", None)],
        ),
        ("c.json", '{"claims": ["One é."]}', [("1", "One é.", None)]),
        (
            "c.csv",
            'id,claim\r\na,One é.\r\n,"Two,\r\nlines"\r\n\r\nc,Three\r\n',
            [("a", "One é.", 2), ("2", "Two,\r\nlines", 3), ("c", "Three", 6)],
        ),
        ("c.csv", "\n claim \nOne é.\n", [("1", "One é.", 3)]),
        ("c.tsv", "x\tclaim\n1\tOne, é.\n", [("1", "One, é.", 2)]),
        ("c.csv", "\nid;claim;n\r\na;One, é.;2\r\n", [("a", "One, é.", 3)]),
        ("c.csv", "id|claim\na|One; é.\n", [("a", "One; é.", 2)]),
        ("c.csv", "id\tclaim\na\tOne.\n", [("a", "One.", 2)]),
        ("c.csv", "claim,,\nOne é.,,\nTwo.,,\n", [("1", "One é.", 2), ("2", "Two.", 3)]),
        ("c.csv", 'claim,"note (a; b; c)"\n"One, é.",x\n', [("1", "One, é.", 2)]),
        ("c.csv", '"note, ""a""";"claim"\nx;One.\n', [("1", "One.", 2)]),
        ("c.csv", "claim,who|what|when\nOne.,x\n", [("1", "One.", 2)]),
        ("c.csv", "claim;who, what\nOne.;x\n", [("1", "One.", 2)]),
    ],
)
def test_claims_are_read_with_ids_and_lines(
    tmp_path: Path, name: str, content: str, expected: Rows
) -> None:
    assert read(tmp_path, name, content) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
@pytest.mark.parametrize(
    ("name", "content"),
    [("c.txt", "Né\nzwei"), ("c.csv", "claim\nNé\nzwei"), ("c.jsonl", '"Né"\n"zwei"')],
)
def test_claims_are_read_in_the_encodings_of_text(
    tmp_path: Path, encoding: str, name: str, content: str
) -> None:
    rows = read(tmp_path, name, content.replace("\n", "\r\n").encode(encoding))
    assert [text for _, text, _ in rows] == ["Né", "zwei"]


def test_a_field_of_another_name_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, "c.csv", "text,claim\nOne.,x\n", "text") == [("1", "One.", 2)]
    assert read(tmp_path, "c.json", '[{"text": "One."}]', "text") == [("1", "One.", None)]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("c.csv", "a,b\n1,2\n", ":2: no field 'claim'; the fields are a, b; name one with --claim"),
        ("c.jsonl", '"x"\n{"a": 1}', ":2: no field 'claim'; the fields are a; name one with"),
        ("c.json", '[{"a": 1}]', ": claim 1: no field 'claim'; the fields are a; name one with"),
        ("c.csv", "claim,id\nx,1\n ,2\n", ":3: the claim is empty"),
        ("c.csv", 'claim\nx\n""\n', ":3: the claim is empty"),
        ("c.jsonl", '{"claim": "\\u200b"}', ":1: the claim is empty"),
        ("c.jsonl", '{"claim": 5}', ":1: the claim is not text"),
        ("c.jsonl", '{"claim": "a\\ud800"}', ":1: the claim holds a broken character"),
        ("c.jsonl", "\n[1]", ":2: neither text nor an object with a field 'claim'"),
        ("c.jsonl", '"a"\n{"claim": "b"', ":2: not JSON: Expecting ',' delimiter (column 14)"),
        ("c.json", '[\n"a"\n"b"]', ":3: not JSON: Expecting ',' delimiter"),
        ("c.json", "[" * 100_000, ":1: JSON nested too deep"),
        ("c.json", '{"a": []}', ': holds no list of claims; give a list, or {"claims": [...]}'),
        ("c.jsonl", '{"claim": "a", "id": true}', ":1: the id is neither text nor a whole number"),
        ("c.csv", "id,claim\nx,a\n\ny,b\nx,c\n", ":5: the id 'x' stands at"),
        ("c.jsonl", '{"claim":"a","id":2}\n"b"', ":2: the id '2' stands at"),
        ("c.csv", 'claim\na\n"b\nc', ":3: quotes that don't pair up: "),
        ("c.csv", 'claim\n"a" b,c\n', ":2: quotes that don't pair up: "),
        ("c.csv", "claim\na, b\n", ":2: fields: 2, columns: 1; put quotes around"),
        ("c.csv", "claim,n, claim\na,1,b\n", ":1: 2 columns have the name 'claim'; rename all but"),
        ("c.csv", "claim\na\0b\n", ": a binary file, not text"),
        ("c.txt", b"\x80\x81", ": not text, or in an encoding that can't be told"),
    ],
)
def test_bad_claims_are_one_line_with_the_place(
    tmp_path: Path, name: str, content: str | bytes, message: str
) -> None:
    with pytest.raises(InputError, match=re.escape(f"{tmp_path / name}{message}")) as error:
        read(tmp_path, name, content)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.txt", ""),
        ("c.txt", "# only\n \n"),
        ("c.csv", "claim\n"),
        ("c.csv", ""),
        ("c.json", "[]"),
        ("c.json", ""),
        ("c.jsonl", "\n\n"),
    ],
)
def test_no_claims_is_an_error(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(EmptyInputError, match=re.escape(f"{tmp_path / name}: holds no claims")):
        read(tmp_path, name, content)


def test_a_missing_claim_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.txt: the claims can't be read: No such file"):
        read_claims(tmp_path / "none.txt")
    with pytest.raises(InputError, match="the claims can't be read: Is a directory"):
        read_claims(tmp_path)
    with pytest.raises(InputError, match="the claims can't be read: embedded null byte"):
        read_claims("a\0b")


def test_a_dash_is_standard_input_as_text_or_json_lines() -> None:
    assert read_claims("-", stdin=io.BytesIO(b"One.\n[x]\n")) == [
        Claim("1", "One.", "<stdin>", 1),
        Claim("2", "[x]", "<stdin>", 2),
    ]
    found = read_claims("-", stdin=io.BytesIO(b'\n {"id": "a", "claim": "One."}\n'))
    assert found == [Claim("a", "One.", "<stdin>", 2)]


def test_arguments_are_numbered() -> None:
    assert number_claims(["One 😀.", " שתיים "]) == [Claim("1", "One 😀."), Claim("2", "שתיים")]
    with pytest.raises(InputError, match="claim 2: the claim is empty"):
        number_claims(["a", " "])


claim_texts = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Z"]), min_size=1),
    min_size=1,
    max_size=5,
)


@given(claim_texts)
def test_any_claim_comes_back_from_json(texts: list[str]) -> None:
    lines = "\n".join(json.dumps({"claim": text}, ensure_ascii=False) for text in texts)
    found = read_claims("-", stdin=io.BytesIO(lines.encode()))
    assert [claim.text for claim in found] == texts
    assert [claim.line for claim in found] == list(range(1, len(texts) + 1))
    assert [claim.id for claim in found] == [str(number) for number in range(1, len(texts) + 1)]


def test_standard_input_with_a_header_is_csv() -> None:
    given = io.BytesIO(b"id;claim\n7;It rained, they say\n")
    (claim,) = read_claims("-", stdin=given)
    assert (claim.id, claim.text) == ("7", "It rained, they say")
    text = io.BytesIO(b"A claim, and more\nIt rained\n")
    assert [claim.text for claim in read_claims("-", stdin=text)] == [
        "A claim, and more",
        "It rained",
    ]
