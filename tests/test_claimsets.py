from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.claimsets import BadRow, Claimset, Gold, Row, open_claimset
from verifier.claimsets.hub import open_hub
from verifier.errors import EmptyInputError, InputError

datasets = pytest.importorskip("datasets")

GOOD = {"id": "a", "claim": "It rained.", "evidence": "Rain fell.", "label": "supported"}
ROWS: list[dict[str, Any]] = [
    GOOD,
    {"id": "b", "claim": "Es war 3 °C.", "evidence": 'Dry, "warm"\tand\nlong.', "label": "REFUTES"},
    {"id": "c", "claim": "x 猫", "evidence": "y", "label": "NOT ENOUGH INFO"},
]


def lines(rows: Sequence[object]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def table(rows: Sequence[dict[str, Any]], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_json(rows: Sequence[dict[str, Any]]) -> bytes:
    return json.dumps(rows).encode()


WRITERS: dict[str, Callable[[Sequence[dict[str, Any]]], bytes]] = {
    ".jsonl": lines,
    ".ndjson": lines,
    ".json": as_json,
    ".csv": lambda rows: table(rows, ","),
    ".tsv": lambda rows: table(rows, "\t"),
}


def write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows in the format that the suffix names."""
    if path.suffix in (".gz", ".zst"):
        write(path.with_suffix(""), rows)
        data = path.with_suffix("").read_bytes()
        path.with_suffix("").unlink()
        if path.suffix == ".gz":
            path.write_bytes(gzip.compress(data))
        else:
            with pa.output_stream(str(path), compression="zstd") as stream:
                stream.write(data)
    elif path.suffix == ".parquet":
        datasets.Dataset.from_list(list(rows)).to_parquet(str(path))
    elif path.suffix == ".arrow":
        held = pa.Table.from_pylist(list(rows))
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, held.schema) as writer:
            writer.write_table(held)
    else:
        path.write_bytes(WRITERS[path.suffix](rows))


def save(tmp_path: Path, content: bytes | str, name: str = "s.jsonl") -> str:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def bad(claimset: Claimset) -> list[str]:
    return [str(row) for row in claimset.rows() if isinstance(row, BadRow)]


def golds(claimset: Claimset) -> list[Gold | None]:
    return [row.gold for row in claimset.rows()]


FORMATS = ["jsonl", "ndjson", "json", "csv", "tsv", "parquet", "arrow"]
PACKED = ["jsonl.gz", "ndjson.zst", "json.gz", "csv.gz", "csv.zst", "tsv.zst"]


@pytest.mark.parametrize("suffix", FORMATS + PACKED)
def test_every_format_gives_the_same_rows(tmp_path: Path, suffix: str) -> None:
    write(tmp_path / f"set.{suffix}", ROWS)
    write(tmp_path / "plain.jsonl", ROWS)
    claimset = open_claimset(str(tmp_path / f"set.{suffix}"))
    rows = [row for row in claimset.rows() if isinstance(row, Row)]
    assert [(r.number, r.id, r.claim, r.evidence) for r in rows] == [
        (n, r["id"], r["claim"], r["evidence"]) for n, r in enumerate(ROWS)
    ]
    assert [row.gold for row in rows] == [Gold.SUPPORTED, Gold.REFUTED, Gold.UNKNOWN]
    assert claimset.digest == open_claimset(str(tmp_path / "plain.jsonl")).digest
    assert len(claimset) == len(ROWS)


def test_rows_know_their_line(tmp_path: Path) -> None:
    name = save(tmp_path, "\n" + json.dumps(GOOD) + "\n\n" + json.dumps(GOOD | {"id": 2}))
    assert [(row.row, row.id, row.number) for row in open_claimset(name).rows()] == [
        (2, "a", 0),
        (4, "2", 1),
    ]
    name = save(tmp_path, 'claim,evidence,label\nx,"a\nb",true\ny,c,false\n', "s.csv")
    assert [(row.row, row.id) for row in open_claimset(name).rows()] == [(2, "#1"), (4, "#2")]


def test_blank_names_and_quoted_or_rarer_delimiters_in_a_header_are_no_matter(
    tmp_path: Path,
) -> None:
    for head in (
        "claim,evidence,label,,",
        'claim,evidence,label,"a;b;c;d",',
        "claim,evidence,label,a|b|c|d|e,",
    ):
        name = save(tmp_path, f"{head}\nb,c,true,x,\n", "s.csv")
        assert [row.claim for row in open_claimset(name).rows() if isinstance(row, Row)] == ["b"]


def test_rows_can_be_read_again_and_the_digest_tells_data_apart(tmp_path: Path) -> None:
    name = save(tmp_path, lines(ROWS))
    claimset = open_claimset(name)
    assert list(claimset.rows()) == list(claimset.rows())
    limited = open_claimset(name, limit=2)
    assert len(limited) == 2
    assert limited.digest != claimset.digest
    changed = save(tmp_path, lines([*ROWS[:2], ROWS[2] | {"evidence": "z"}]), "t.jsonl")
    assert open_claimset(changed).digest != claimset.digest


def test_the_runs_of_verifier_score_in_a_folder_are_no_data(tmp_path: Path) -> None:
    row = json.dumps({"claim": "c", "evidence": "e", "label": "supported"})
    (tmp_path / "run").mkdir()
    for name in ("data.jsonl", "run/run.json", "run/predictions.jsonl", "run/metrics.json"):
        (tmp_path / name).write_text(row + "\n", encoding="utf-8")
    claims = open_claimset(str(tmp_path))
    assert len(list(claims.rows())) == 1
    assert {skipped.why for skipped in claims.skipped} == {"of a run of verifier score"}


def test_folders_globs_and_several_files_are_read_in_order(tmp_path: Path) -> None:
    inside = tmp_path / "d"
    inside.mkdir()
    for number, name in enumerate(["b-test.jsonl", "a-train.csv"]):
        write(inside / name, [ROWS[number]])
    save(inside, "about", "README.md")
    save(inside, "{}", "dataset_info.json")
    save(inside, "{}", ".hidden.jsonl")
    folder = open_claimset(str(inside))
    assert [row.id for row in folder.rows()] == ["b", "a"]
    assert [Path(skipped.what).name for skipped in folder.skipped] == [
        "README.md",
        "dataset_info.json",
    ]
    assert [row.id for row in open_claimset(f"{inside}/*.jsonl").rows()] == ["a"]
    several = open_claimset([f"{inside}/b-test.jsonl", f"{inside}/a-train.csv"])
    assert [(row.number, row.id) for row in several.rows()] == [(0, "a"), (1, "b")]
    split = open_claimset(str(inside), split="test")
    assert [row.id for row in split.rows()] == ["a"]
    assert any("not of split test" in skipped.why for skipped in split.skipped)
    with pytest.raises(InputError, match=r"no file for --split dev; there are a-train\.csv"):
        open_claimset(str(inside), split="dev")


def test_a_saved_data_set_of_the_library_is_read_with_its_label_names(tmp_path: Path) -> None:
    features = datasets.Features(
        {
            "premise": datasets.Value("string"),
            "hypothesis": datasets.Value("string"),
            "label": datasets.ClassLabel(names=["entailment", "neutral", "contradiction"]),
        }
    )
    rows = [{"premise": "p", "hypothesis": f"h{n}", "label": n} for n in (2, 0, 1, -1)]
    data = datasets.Dataset.from_list(rows, features=features)
    data.save_to_disk(str(tmp_path / "disk"))
    data.to_parquet(str(tmp_path / "p.parquet"))
    for place in ("disk", "p.parquet"):
        claimset = open_claimset(str(tmp_path / place))
        assert golds(claimset) == [Gold.REFUTED, Gold.SUPPORTED, Gold.UNKNOWN, None]
        last = list(claimset.rows())[-1]
        assert isinstance(last, BadRow)
        assert last.unlabelled
        assert "no gold label" in last.reason


SETS: dict[str, tuple[list[dict[str, Any]], list[Gold | None]]] = {
    "VitaminC": (
        [
            {"unique_id": "u1_1", "case_id": "u1", "label": label, "claim": "c", "evidence": "e",
             "page": "P", "revision_type": "real"}
            for label in ("SUPPORTS", "REFUTES", "NOT ENOUGH INFO")
        ],
        [Gold.SUPPORTED, Gold.REFUTED, Gold.UNKNOWN],
    ),
    "SNLI": (
        [
            {"sentence1": "p", "sentence2": "h", "gold_label": label, "pairID": label,
             "captionID": "x"}
            for label in ("neutral", "contradiction", "entailment", "-")
        ],
        [Gold.UNKNOWN, Gold.REFUTED, Gold.SUPPORTED, None],
    ),
    "ANLI": (
        [
            {"uid": label, "context": "p", "hypothesis": "h", "label": label, "reason": ""}
            for label in "enc"
        ],
        [Gold.SUPPORTED, Gold.UNKNOWN, Gold.REFUTED],
    ),
    "SciFact": (
        [
            {"claim": "c", "abstract": ["One.", "Two."], "label": label, "doc_id": 7}
            for label in ("SUPPORT", "CONTRADICT", "NOT_ENOUGH_INFO")
        ],
        [Gold.SUPPORTED, Gold.REFUTED, Gold.UNKNOWN],
    ),
    "WiCE": (
        [
            {"claim": "c", "evidence": ["One.", "Two."], "label": label,
             "supporting_sentences": [[0], [0, 1]], "meta": {"id": label}}
            for label in ("supported", "partially_supported", "not_supported")
        ],
        [Gold.SUPPORTED, Gold.NOT_SUPPORTED, Gold.NOT_SUPPORTED],
    ),
    "LLM-AggreFact": (
        [{"dataset": "d", "doc": "e", "claim": "c", "label": label} for label in (1, 0)],
        [Gold.SUPPORTED, Gold.NOT_SUPPORTED],
    ),
    "HealthVer": (
        [
            {"id": label, "evidence": "e", "claim": "c", "label": label, "question": "q"}
            for label in ("Supports", "Refutes", "Neutral")
        ],
        [Gold.SUPPORTED, Gold.REFUTED, Gold.UNKNOWN],
    ),
    "Climate-FEVER": (
        [
            {"claim_id": label, "claim": "c", "claim_label": label,
             "evidences": [{"evidence_id": "x", "evidence": "e", "article": "A"}]}
            for label in ("SUPPORTS", "REFUTES", "NOT_ENOUGH_INFO", "DISPUTED")
        ],
        [Gold.SUPPORTED, Gold.REFUTED, Gold.UNKNOWN, Gold.UNKNOWN],
    ),
    "FEVER with its text": (
        [{"claim": "c", "evidence": [["Page", "3", "e"]], "label": "SUPPORTS", "id": 3}],
        [Gold.SUPPORTED],
    ),
    "booleans": (
        [{"statement": "c", "passage": "e", "label": label} for label in (True, False)],
        [Gold.SUPPORTED, Gold.NOT_SUPPORTED],
    ),
    "RTE": (
        [
            {"premise": "p", "hypothesis": "h", "label": label}
            for label in ("entailment", "not_entailment")
        ],
        [Gold.SUPPORTED, Gold.NOT_SUPPORTED],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SETS)
def test_fields_and_labels_of_the_well_known_sets_are_found(tmp_path: Path, name: str) -> None:
    rows, expected = SETS[name]
    claimset = open_claimset(save(tmp_path, lines(rows)))
    assert golds(claimset) == expected
    assert not claimset.fields.given
    assert all(row.claim in "ch" for row in claimset.rows() if isinstance(row, Row))
    assert all(isinstance(r, Row) or r.unlabelled for r in claimset.rows())


def test_sentences_gold_sentences_documents_and_other_fields_are_kept(tmp_path: Path) -> None:
    (row, *_) = open_claimset(save(tmp_path, lines(SETS["WiCE"][0]))).rows()
    assert isinstance(row, Row)
    assert row.evidence == ("One.", "Two.")
    assert row.gold_evidence == ((0,), (0, 1))
    assert row.extra == {"meta": {"id": "supported"}}
    first, second, *_ = open_claimset(save(tmp_path, lines(SETS["VitaminC"][0]))).rows()
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert first.document == second.document == "P"
    assert first.extra["revision_type"] == "real"


def test_rows_over_the_same_evidence_share_a_document(tmp_path: Path) -> None:
    rows = [GOOD, GOOD | {"id": "b"}, GOOD | {"id": "c", "evidence": "Other."}]
    documents = [r.document for r in open_claimset(save(tmp_path, lines(rows))).rows()
                 if isinstance(r, Row)]  # fmt: skip
    assert documents[0] == documents[1] != documents[2]


def test_named_fields_and_mapped_labels_go_first(tmp_path: Path) -> None:
    rows = [
        {"q": "c", "text": "e", "claim": "no", "evidence": "no", "y": label, "key": n}
        for n, label in enumerate([0, 1, 2])
    ]
    claimset = open_claimset(
        save(tmp_path, lines(rows)),
        claim_field="q",
        evidence_field="text",
        label_field="y",
        id_field="key",
        label_map={"0": "supported", "1": "refuted", "2": "not_supported"},
    )
    assert golds(claimset) == [Gold.SUPPORTED, Gold.REFUTED, Gold.NOT_SUPPORTED]
    assert next((r.id, r.claim) for r in claimset.rows() if isinstance(r, Row)) == ("0", "c")
    assert claimset.fields.given == {"claim", "evidence", "label", "id"}


BROKEN: list[tuple[str, bytes | str, str]] = [
    ("s.jsonl", "{broken", "2: not JSON: Expecting property name"),
    ("s.jsonl", "[1]", "2: a list, not an object with fields"),
    ("s.jsonl", "[" * 100_000, "2: JSON nested too deep"),
    ("s.jsonl", b'{"claim": "\xff"}', "2: not UTF-8 text at byte 12"),
    ("s.jsonl", '{"claim": "c", "evidence": "e"}', "no field 'label' for the label; the fields"),
    ("s.jsonl", lines([GOOD | {"id": 2, "label": None}]), "the label (field 'label') is empty"),
    ("s.jsonl", lines([GOOD | {"id": 2, "claim": None}]), "the claim (field 'claim') is empty"),
    ("s.jsonl", lines([GOOD | {"id": 2, "claim": " "}]), "2: the claim is empty"),
    ("s.jsonl", lines([GOOD | {"id": 2, "claim": 12}]), "2: the claim is not text: 12"),
    ("s.jsonl", lines([GOOD | {"id": 2, "claim": "\ud800"}]), "holds a broken character at 1"),
    ("s.jsonl", lines([GOOD | {"id": 2, "evidence": []}]), "the evidence is an empty list"),
    ("s.jsonl", lines([GOOD | {"id": 2, "evidence": ["a", 3]}]), "sentence 2 of the evidence"),
    ("s.jsonl", lines([GOOD | {"id": 2, "evidence": {"7": []}}]), "is an object, not text"),
    ("s.jsonl", lines([GOOD | {"id": 2, "evidence": [[[1, 2, "P", 0]]]}]), "is not text"),
    ("s.jsonl", lines([GOOD | {"id": 2, "label": "maybe"}]), "the label 'maybe' isn't understood"),
    ("s.jsonl", lines([GOOD | {"id": 2, "label": 1}]), "the label 1 isn't understood; map it"),
    ("s.jsonl", lines([GOOD | {"id": [2]}]), "the id [2] is neither text nor a whole number"),
    (
        "s.jsonl",
        lines([GOOD | {"id": 2, "evidence": ["e"], "gold_evidence": [[1]]}]),
        "the gold evidence [[1]] isn't lists of places (from 0) in the 1 sentences",
    ),
    ("s.csv", "b,c,e\n", "2: fields: 3, columns: 4"),
    ("s.csv", 'b,"c"x,e,true\n', "2: quotes that don't pair up"),
    ("s.csv", b"b,\xff,e,true\n", "2: the claim holds a broken character at 1"),
]


@pytest.mark.parametrize(("name", "line", "message"), BROKEN)
def test_a_broken_row_is_named_and_the_rows_around_it_are_read(
    tmp_path: Path, name: str, line: bytes | str, message: str
) -> None:
    row = line.encode() if isinstance(line, str) else line
    middle = row if row.endswith(b"\n") else row + b"\n"
    if name == "s.jsonl":
        around = lines([GOOD]), lines([GOOD | {"id": "z"}])
        content = around[0] + middle + around[1]
    else:
        content = b"id,claim,evidence,label\n" + middle + b"z,c,e,true\n"
    claimset = open_claimset(save(tmp_path, content, name))
    rows = list(claimset.rows())
    (problem,) = bad(claimset)
    assert problem.startswith(f"{tmp_path / name}:2: ")
    assert message in problem
    assert "\n" not in problem
    assert len(rows) == len(claimset) == (3 if name == "s.jsonl" else 2)
    assert isinstance(rows[-1], Row)
    assert rows[-1].id == "z"


def test_a_bad_row_keeps_what_could_be_read_of_it(tmp_path: Path) -> None:
    claimset = open_claimset(save(tmp_path, lines([GOOD, GOOD | {"id": 2, "evidence": ""}])))
    row = list(claimset.rows())[1]
    assert isinstance(row, BadRow)
    assert (row.id, row.gold, row.number, row.row) == ("2", Gold.SUPPORTED, 1, 2)
    assert not row.unlabelled


def test_repeated_ids_are_told_apart_and_noted(tmp_path: Path) -> None:
    name = save(tmp_path, lines([GOOD, ROWS[1], GOOD]))
    claimset = open_claimset(name)
    assert [row.id for row in claimset.rows()] == ["a", "b", "a#3"]
    (note,) = claimset.notes
    assert note.startswith(f"{name}:3: the id 'a' stands on row 1 already")
    (problem,) = bad(open_claimset(name, id_field="id"))
    assert f"{name}:3: the id 'a' stands on row 1 already; ids must differ" in problem


def test_ids_may_repeat_from_file_to_file(tmp_path: Path) -> None:
    one, other = save(tmp_path, lines([GOOD]), "1.jsonl"), save(tmp_path, lines([GOOD]), "2.jsonl")
    assert [row.id for row in open_claimset([one, other], id_field="id").rows()] == ["a", "a"]


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_evidence_of_a_megabyte_is_read_whole(tmp_path: Path, suffix: str) -> None:
    long = "Lorem ipsum. " * 80_000
    write(tmp_path / f"s.{suffix}", [GOOD | {"evidence": long}])
    (row,) = open_claimset(str(tmp_path / f"s.{suffix}")).rows()
    assert isinstance(row, Row)
    assert row.evidence == long


REFUSED: list[tuple[str, bytes | str, str]] = [
    ("s.jsonl", "", r"holds no rows"),
    ("s.jsonl", "\n\n", r"holds no rows"),
    ("s.csv", "claim,evidence,label\n", r"holds no rows"),
    ("s.json", "[]", r"holds no rows"),
    ("s.json", '"x"', r"s\.json: holds text; give a list of objects"),
    ("s.json", '[{"a": 1},\n}', r"s\.json:2: not JSON"),
    ("s.jsonl", "nothing\nat all\n", r"none of its first rows can be read: not JSON"),
    ("s.jsonl", '{"a": "x", "claim": "y"}', r"holds the evidence can't be told; the fields are a,"),
    ("s.jsonl", lines([{"claim": "c", "evidence": "e"}]), r"name one with --label-field"),
    ("s.jsonl", lines([GOOD | {"label": 0}]), r"labels \(0\) are numbers .* \"0=LABEL\""),
    ("s.csv", "premise,hypothesis,label\np,h,2\n", r"labels \(2\) are numbers without names"),
    ("s.jsonl", lines([GOOD | {"label": "blue"}]), r"labels \(blue\) aren't understood"),
    ("s.jsonl", lines([GOOD | {"label": None}]), r"labels \(all empty\)"),
    (
        "s.csv",
        "claim,claim,label\nx,y,z\n",
        r"s\.csv:1: 2 columns have the name 'claim'; rename all but one",
    ),
    ("s.csv", 'claim,evidence,label\na,"b,true\nc,d,true\n', r"s\.csv:2: a quote that opens"),
    ("s.csv", 'claim,evidence,label\na,"b\nc"d,e,true\n', r"s\.csv:2: a quote that opens"),
    ("s.jsonl", lines(ROWS).decode().encode("utf-16"), r"s\.jsonl: not UTF-8 text; convert"),
    ("s.jsonl.gz", b"no gzip", r"s\.jsonl\.gz: can't be read: Not a gzipped file"),
    ("s.jsonl.gz", gzip.compress(lines(ROWS))[:-20], r"s\.jsonl\.gz: can't be read: "),
    ("s.jsonl.zst", b"no zstd", r"s\.jsonl\.zst: can't be read: "),
    ("s.parquet", b"no parquet", r"s\.parquet: can't be read as parquet"),
    ("s.arrow", b"no arrow", r"s\.arrow: can't be read as arrow"),
    ("s.parquet.gz", b"", r"\.gz is no format of a claim set; give \.jsonl"),
    ("s.txt", "x", r"\.txt is no format of a claim set"),
    ("s", "x", r"no suffix is no format of a claim set"),
]


@pytest.mark.parametrize(("name", "content", "message"), REFUSED)
def test_what_is_no_claim_set_is_refused_in_one_line(
    tmp_path: Path, name: str, content: bytes | str, message: str
) -> None:
    with pytest.raises(InputError, match=message) as raised:
        open_claimset(save(tmp_path, content, name))
    assert "\n" not in str(raised.value)
    if "no rows" in message:
        assert isinstance(raised.value, EmptyInputError)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"claim_field": "x"}, r"no field 'x' for --claim-field; the fields are id, claim, evid"),
        ({"id_field": "x"}, r"no field 'x' for --id-field"),
        ({"label_map": {"supported": "yes"}}, r"--label-map: 'yes' is no label; choose supported"),
        ({"limit": 0}, r"--limit 0: give at least 1"),
    ],
)
def test_options_that_dont_fit_are_refused(
    tmp_path: Path, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        open_claimset(save(tmp_path, lines(ROWS)), **options)


def test_a_missing_file_is_not_taken_for_a_data_set_of_the_hub(tmp_path: Path) -> None:
    for location in ("data/none.jsonl", "none.parquet", str(tmp_path / "none"), "none"):
        with pytest.raises(InputError, match="no such file; give a file"):
            open_claimset(location)
    with pytest.raises(InputError, match="no claim set in it"):
        open_claimset(str(tmp_path))
    with pytest.raises(InputError, match="no claim set in it"):
        open_claimset(f"{tmp_path}/*.jsonl")


def test_json_lines_and_wrapped_lists_are_read_under_the_name_of_json(tmp_path: Path) -> None:
    for content in (lines(ROWS), json.dumps({"version": 1, "data": ROWS}).encode()):
        assert [row.id for row in open_claimset(save(tmp_path, content, "s.json")).rows()] == [
            "a",
            "b",
            "c",
        ]
    single = save(tmp_path, json.dumps(GOOD | {"evidence": ["e", "f"]}), "s.json")
    assert len(open_claimset(single)) == 1


def parquet_folder(tmp_path: Path, splits: Sequence[str]) -> str:
    """A folder that `datasets.load_dataset` reads as it reads a data set of the hub."""
    folder = tmp_path / "hub"
    folder.mkdir()
    for split in splits:
        write(folder / f"{split}-00000-of-00001.parquet", ROWS)
    return str(folder)


def test_a_data_set_of_the_hub_is_streamed_by_split(tmp_path: Path) -> None:
    name = parquet_folder(tmp_path, ["train", "test"])
    records = list(open_hub(name, "test").records())
    assert [record.fields["id"] for record in records] == ["a", "b", "c"]
    assert [record.row for record in records] == [1, 2, 3]
    with pytest.raises(
        InputError, match="which split isn't said; choose with --split: train, test"
    ):
        open_hub(name, None)
    with pytest.raises(InputError, match="it has no split 'dev'; choose with --split: train, test"):
        open_hub(name, "dev")


def test_the_only_split_needs_no_name(tmp_path: Path) -> None:
    assert open_hub(parquet_folder(tmp_path, ["test"]), None).name.endswith("(test)")


def test_without_a_network_a_hub_name_is_a_one_line_error(tmp_path: Path) -> None:
    program = (
        "from verifier.claimsets import open_claimset\n"
        "try: open_claimset('tals/vitaminc', split='test')\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("InputError tals/vitaminc: no such file, and not to be had from")
    assert done.stdout.count("\n") == 1


def test_text_formats_load_no_heavy_library() -> None:
    program = (
        "import sys, verifier.claimsets\n"
        "print([m for m in ('datasets', 'numpy', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)


@given(st.lists(st.tuples(texts, texts, st.sampled_from(Gold)), min_size=1, max_size=8))
def test_no_row_is_lost_or_changed(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, Gold]]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    held = [{"claim": c, "evidence": e, "label": label.value} for c, e, label in rows]
    for suffix, writer in WRITERS.items():
        name = save(folder, writer(held), f"s{suffix}")
        read = list(open_claimset(name).rows())
        assert [(r.claim, r.evidence, r.gold) for r in read if isinstance(r, Row)] == rows
