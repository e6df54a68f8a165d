"""Untrusted YAML and JSON as plain data with places, and what is refused."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from itareport import plain
from itareport.plain import events, tree
from itareport.problems import ItaReportError, Place, Problem


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def parser(request, monkeypatch):
    """Run a test with either of PyYAML's parsers: not every machine has the one in C."""
    monkeypatch.setattr(events, "LOADER", getattr(yaml, request.param))
    return request.param


def refused(data: str | bytes, name: str = "ก.yaml") -> tuple[Problem, ...]:
    reader = plain.read_json if name.endswith(".json") else plain.read
    with pytest.raises(ItaReportError) as caught:
        reader(data.encode() if isinstance(data, str) else data, name)
    return caught.value.problems


def read_or_refuse(data: bytes, name: str) -> plain.PlainData | tuple[Problem, ...]:
    reader = plain.read_json if name.endswith(".json") else plain.read
    try:
        return reader(data, name)
    except ItaReportError as error:
        return error.problems


def place(problem: Problem) -> tuple[int | None, int | None]:
    assert problem.place is not None
    return problem.place.line, problem.place.column


@pytest.mark.parametrize(
    "written",
    [
        "010",
        "12:30",
        "no",
        "Yes",
        "off",
        "1_000",
        "2567-02-29",
        "0o17",
        "0x1F",
        "1e3",
        ".5",
        "NaN",
        ".inf",
        "true",
        "=",
        "<<",
        "๐๗",
    ],
)
@pytest.mark.usefixtures("parser")
def test_scalars_stay_as_written(written):
    assert plain.read(f"a: {written}\n".encode(), "ก.yaml").data == {"a": written}
    assert plain.read(f"[{written}]\n".encode(), "ก.yaml").data == [written]


@pytest.mark.usefixtures("parser")
def test_a_field_without_a_value_is_none_and_quoted_text_is_text():
    data = b"a:\nb: ~\nc: null\nd: ''\ne: \"~\"\nf: 'null'\ng: [ , x]\n".replace(
        b"[ , x]", b"[~, x]"
    )
    assert plain.read(data, "ก.yaml").data == {
        "a": None, "b": None, "c": None, "d": "", "e": "~", "f": "null", "g": [None, "x"],
    }  # fmt: skip


@pytest.mark.usefixtures("parser")
def test_texts_of_many_lines_are_read_as_yaml_says():
    data = 'a: |\n  หนึ่ง\n  สอง\nb: >\n  หนึ่ง\n  สอง\nc: หนึ่ง\n  สอง\nd: "หนึ่ง\\nสอง"\n'
    assert plain.read(data.encode(), "ก.yaml").data == {
        "a": "หนึ่ง\nสอง\n", "b": "หนึ่ง สอง\n", "c": "หนึ่ง สอง", "d": "หนึ่ง\nสอง",
    }  # fmt: skip


@pytest.mark.usefixtures("parser")
def test_places_count_letters_from_one():
    data = "fiscal_year: 2568\nแถว:\n  - {code: i1, score: 98}\n  -   code: e7\n".encode()
    places = plain.read(data, "ก.yaml").places
    assert places == {
        (): Place("ก.yaml", 1, 1),
        ("fiscal_year",): Place("ก.yaml", 1, 14),
        ("แถว",): Place("ก.yaml", 3, 3),
        ("แถว", 0): Place("ก.yaml", 3, 5),
        ("แถว", 0, "code"): Place("ก.yaml", 3, 12),
        ("แถว", 0, "score"): Place("ก.yaml", 3, 23),
        ("แถว", 1): Place("ก.yaml", 4, 7),
        ("แถว", 1, "code"): Place("ก.yaml", 4, 13),
    }


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "character",
    ["\v", "\f", "\x85", "\u2028", "\u2029", "\x07", "\x7f", "\x9f", "\ufeff", "\uffff"],
)
def test_characters_that_yaml_refuses_reach_the_field(character):
    """They are mended or named field by field, not as a fault of the whole file."""
    document = plain.read(f"a: ก{character}ข\nb: 1\n".encode(), "ก.yaml")
    assert document.data == {"a": f"ก{character}ข", "b": "1"}
    assert document.places["b",] == Place("ก.yaml", 2, 4)


def test_a_byte_order_mark_and_windows_lines_are_no_matter():
    document = plain.read("\ufeffa: 1\r\nb: 2\r\n".encode(), "ก.yaml")
    assert document.data == {"a": "1", "b": "2"}
    assert document.places["b",] == Place("ก.yaml", 2, 4)


FAULTS = [
    ("a:\n\tb: 1\n", "D109", (2, 1)),
    ("a:\n  - b\n \t- c\n", "D109", (3, 2)),
    ('a: "ข้อความ\nb: 1\n', "D116", (1, 4)),
    ("a: 'ข้อความ\nb: 1\n", "D116", (1, 4)),
    ("a: &x 1\n", "D111", (1, 4)),
    ("a: *x\n", "D111", (1, 4)),
    ("a: !!int 1\n", "D111", (1, 4)),
    ("a: !x 1\n", "D111", (1, 4)),
    ("a: &x [1]\n", "D111", (1, 4)),
    ("a: !สำคัญ\n", "D108", (1, 5)),
    ("a: 1\n---\nb: 2\n", "D112", (2, 1)),
    ("[" * 60 + "]" * 60, "D113", (1, 51)),
    ("a: 1\nb: 2\na: 3\n", "D114", (3, 1)),
    ("{a: 1, a: 2}", "D114", (1, 8)),
    ("a: 1\n b: 2\n", "D108", (2, 3)),
    ("a: 1\nข้อความ\n", "D108", (2, 1)),
    ("a: [1, 2\nb: 3\n", "D148", (1, 4)),
    ("a: @ก\n", "D108", (1, 4)),
    ('a: "ก\\ข"\n', "D108", None),
    ("{a: 1\n", "D148", (1, 1)),
    ("a:\n  - {b: 1\n  - {b: 2}\n", "D148", (2, 5)),
    ("a:\n  - [1, 2\n  - [3]\n", "D148", (2, 5)),
    ("a: [\n  1,\n  2\nb: 3\n", "D148", (1, 4)),
    ("a: [{b: 1]\n", "D148", (1, 5)),
    ('a: ["ก" "ข"]\n', "D108", (1, 9)),
    ("province:เชียงใหม่\nb: 1\n", "D141", (1, 1)),
    ("# a\nprovince:เชียงใหม่\n\n  # c\nb: 1\n", "D141", (2, 1)),
    ("a\uff1a1\n\n# c\nb: 1\n", "D108", (1, 2)),
    ("a:\n  - b: 1\n    cd:ข\n  - b: 2\n", "D141", (3, 5)),
    ('a:\n  - "บริการดี" ทุกวัน\n', "D145", (2, 5)),
    ('a: "เปิด\nb: "ปิด"\n', "D116", (1, 4)),
    ("a: ผล: ข้อนี้\n", "D146", (1, 4)),
    ("a:\n  {b: 1}\n  - {b: 2}\n", "D108", (2, 3)),
    ('a:\n  - "ก"\n  -ข\n', "D144", (3, 3)),
    ("a:\n  - ก\n  ข\n  - ค\n", "D108", (3, 3)),
    ("a:\n  - b: 1\n  – b: 1\n", "D108", (3, 3)),
    ("a: 1\nb： 2\nc: 3\n", "D108", (2, 1)),
    ("a:\n  b: 1\n\u00a0 c: 2\n  d: 3\n", "D108", (3, 1)),
    ("? [a]\n: 1\n", "D108", (1, 3)),
    (": 1\n", "D108", (1, 1)),
    ("a: - 1\n", "D108", (1, 4)),
    ("", "D105", (None, None)),
    ("  \n\n", "D105", (None, None)),
    ("# หมายเหตุ\n", "D105", (None, None)),
    ("~\n", "D105", (None, None)),
]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("text", "code", "where"), FAULTS)
def test_a_fault_is_named_with_its_place(text, code, where):
    (found,) = refused(text)
    assert found.code == code
    assert where is None or place(found) == where
    assert found.place is not None
    assert found.place.file == "ก.yaml"
    assert not any(word in found.message for word in ("expected", "found", "while", "Error"))


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("a:\n  - {b: 1\n  - {b: 2}\n", "{ ที่เปิดในบรรทัด 2", "เติม } ท้ายบรรทัด 2"),
        ("a: [\n  1,\n  2\nb: 3\n", "[ ที่เปิดในบรรทัด 1", "เติม ] ท้ายบรรทัด 3"),
        ("a: [{b: 1]\n", "{ ที่เปิดในบรรทัด 1", "เติม } หน้า ] ในบรรทัด 1"),
        ("cd:ข\nb: 1\n", "“cd:ข”", "เป็น cd: ข"),
        ('a: "ดี" มาก\n', "ต่อท้าย", """'"ดี" มาก'"""),
        ("- b: 1\n  score: -\n", "missing: ไม่ถูกประเมิน", "เทียบ"),
        ("a: ผล: ดี\n", "“: ”", '"ผล: ดี"'),
    ],
)
def test_a_fault_says_where_the_slip_is_and_how_to_mend_it(text, message, remedy):
    (found,) = refused(text)
    assert message in found.message
    assert remedy in found.remedy


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{a: 97,50}", {"a": "97,50"}),
        ("{a: 100,00, b: 100,00}", {"a": "100,00", "b": "100,00"}),
        ("{a: ๙๗,๕๐}", {"a": "๙๗,๕๐"}),
        ("{a: อบรม 1,200,000 บาท}", {"a": "อบรม 1,200,000 บาท"}),
        ("{a: 97, 50}", {"a": "97", "50": None}),
        ("{a: 97,50: 1}", {"a": "97", "50": "1"}),
        ("{a: ก,50}", {"a": "ก", "50": None}),
        ("{a: '97',50}", {"a": "97", "50": None}),
        ("[97,50]", ["97", "50"]),
    ],
)
def test_a_comma_in_a_number_parts_no_fields(written, read):
    assert plain.read(f"{written}\n".encode(), "ก.yaml").data == read


@pytest.mark.usefixtures("parser")
def test_names_comments_blocks_and_unquoted_values_have_their_places():
    text = "a: ก #1 ข\nb:  # ค\n- x\nc: |\n  หนึ่ง #2\n  สอง\nd: [p, 'q'] # ง\ne: #5\n"
    document = plain.read(text.encode(), "ก.yaml")
    assert document.names["c",] == Place("ก.yaml", 4, 1)
    assert {path: comment.text for path, comment in document.comments.items()} == {
        ("a",): "#1 ข", ("e",): "#5",
    }  # fmt: skip
    assert document.comments["a",].place == Place("ก.yaml", 1, 6)
    assert document.blocks == {("c",): Place("ก.yaml", 5)}
    assert document.unquoted == {("d", 0)}


@pytest.mark.usefixtures("parser")
def test_a_text_over_several_lines_has_the_place_of_each():
    document = plain.read("a:\n  - ก\n   ข\n\n    ค # ง\n  - จ\n".encode(), "ก.yaml")
    assert document.data == {"a": ["ก ข\nค", "จ"]}
    lines = document.folded["a", 0]
    assert [(line.text, line.place.line, line.place.column) for line in lines] == [
        ("ก", 2, 5), ("ข", 3, 4), ("ค", 5, 5),
    ]  # fmt: skip
    assert document.folded.keys() == {("a", 0)}


def test_every_doubled_name_is_found_with_both_places():
    first, second = refused("a: 1\nb: {c: 1, c: 2}\na: 3\n")
    assert [place(p) for p in (first, second)] == [(2, 11), (3, 1)]
    assert [p.where for p in (first, second)] == [("b", "c"), ("a",)]
    assert [place_.line for p in (first, second) for place_ in p.also_places] == [2, 1]
    assert "ช่อง c " in first.message


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (bytes(range(256)) * 20, "D106", "ไม่ใช่ข้อความ"),
        (b"PK\x03\x04" + b"x" * 50, "D106", "Excel"),
        (b"%PDF-1.7", "D106", "PDF"),
        (b"\x89PNG\r\n", "D106", "PNG"),
        (b"\x00" * 100, "D106", "ไม่ใช่ข้อความ"),
        ("fiscal_year: 2568\n".encode("utf-16"), "D107", "UTF-16"),
        ("fiscal_year: 2568\n".encode("utf-16-le"), "D107", "UTF-16"),
        ("fiscal_year: 2568\n".encode("utf-16-be"), "D107", "UTF-16"),
        ("name: เทศบาลตำบลควนเสาธง\n".encode("utf-16-le"), "D107", "UTF-16"),
        ("fiscal_year: 2568\n".encode("utf-32"), "D107", "UTF-32"),
        ("a: 1\nname: ควนเสาธง\n".encode("cp874"), "D107", "TIS-620"),
        ("a: é\n".encode("latin-1"), "D107", "UTF-8"),
    ],
)
@pytest.mark.parametrize("name", ["ก.yaml", "ก.json"])
def test_what_is_no_utf8_text_is_named(data, code, said, name):
    (found,) = refused(data, name)
    assert found.code == code
    assert said in found.message


def test_another_encoding_has_the_place_of_its_first_letter():
    (found,) = refused("a: 1\nname: ควนเสาธง\n".encode("cp874"))
    assert place(found) == (2, 7)


def test_thai_text_in_utf8_is_never_taken_for_utf16():
    text = "a: " + "ก" * 3000 + "\n"
    assert plain.read(text.encode(), "ก.yaml").data == {"a": "ก" * 3000}


def test_two_megabytes_are_read_and_more_refused():
    data = b"a: " + b"x" * (2 * 1024 * 1024 - 3)
    assert plain.read(data, "ก.yaml").places
    (found,) = refused(data + b"x")
    assert found.code == "D104"


def test_too_many_values_are_refused():
    (found,) = refused("[" + "1," * plain.MAX_VALUES + "]")
    assert found.code == "D104"


def test_fifty_levels_are_read_and_more_refused():
    deep = "[" * 50 + "]" * 50
    assert plain.read(deep.encode(), "ก.yaml").data
    assert plain.read_json(deep.encode(), "ก.json").data
    for name in ("ก.yaml", "ก.json"):
        (found,) = refused(f"[{deep}]", name)
        assert found.code == "D113"


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "{",
        "- ",
        "[a",
        "{a: ",
        '{"a":',
        "[[1],",
        "a: 1\n",
        "&a [*a,",
        "---\n",
        '"',
        "'",
        "\\",
        "!",
        "%",
        "? ",
    ],
)
@pytest.mark.parametrize("name", ["ก.yaml", "ก.json"])
@pytest.mark.usefixtures("parser")
def test_hostile_files_are_read_or_refused_before_they_cost_much(text, name, monkeypatch):
    """Readers take one step after another from a file: they take no more than the limits say."""
    depths, steps = [0], 0

    def counting(step, deeper):
        def counted(*given, **named):
            nonlocal steps
            steps += 1
            depths.append(depths[-1] + deeper)
            return step(*given, **named)

        return counted

    for method, deeper in (("open", 1), ("close", -1), ("scalar", 0)):
        step = getattr(tree.Builder, method)
        monkeypatch.setattr(tree.Builder, method, counting(step, deeper))
    assert read_or_refuse((text * 200_000)[:200_000].encode(), name)
    assert max(depths) <= 51
    assert steps <= 40_002  # 20,000 values, each with its name


# -- JSON ----------------------------------------------------------------------------------


def test_json_stays_as_written_too():
    text = '{"a": 98.330, "b": 1e2, "c": true, "d": null, "e": "", "f": [-0, false, "no"], "ก": {}}'
    assert plain.read_json(text.encode(), "ก.json").data == {
        "a": "98.330", "b": "1e2", "c": "true", "d": None, "e": "", "ก": {},
        "f": ["-0", "false", "no"],
    }  # fmt: skip


def test_json_has_places_of_values():
    text = '{\r\n  "ก": [\n    {"code": "i1"}, 2],\t"ข": 3\r}'
    places = plain.read_json(text.encode(), "ก.json").places
    assert places == {
        (): Place("ก.json", 1, 1),
        ("ก",): Place("ก.json", 2, 8),
        ("ก", 0): Place("ก.json", 3, 5),
        ("ก", 0, "code"): Place("ก.json", 3, 14),
        ("ก", 1): Place("ก.json", 3, 21),
        ("ข",): Place("ก.json", 3, 30),
    }


def test_json_escapes_and_surrogate_pairs():
    text = r'["\u0e01\ud83d\ude00", "\"\\\/\b\f\n\r\t", "\ud800", "\udc00\ud800x"]'
    assert plain.read_json(text.encode(), "ก.json").data == [
        "ก😀", '"\\/\b\f\n\r\t', "\ud800", "\udc00\ud800x",
    ]  # fmt: skip


JSON_FAULTS = [
    ('{"a": 1, "a": 2}', "D114", (1, 10)),
    ('{"a": NaN}', "D108", (1, 7)),
    ('{"a": -Infinity}', "D108", (1, 7)),
    ('{"a": 010}', "D108", (1, 7)),
    ('{"a": 1.}', "D108", (1, 7)),
    ('{"a": .5}', "D108", (1, 7)),
    ('{"a": +1}', "D108", (1, 7)),
    ('{"a": ๙๙}', "D108", (1, 7)),
    ('{"a": 1_000}', "D108", (1, 7)),
    ('{"a": True}', "D108", (1, 7)),
    ("{'a': 1}", "D108", (1, 2)),
    ("{a: 1}", "D108", (1, 2)),
    ('{"a" 1}', "D108", (1, 6)),
    ('{"a": 1,}', "D108", (1, 9)),
    ("[1,]", "D108", (1, 4)),
    ("[,1]", "D108", (1, 2)),
    ("[1 2]", "D108", (1, 4)),
    ("[1}", "D108", (1, 3)),
    ("]", "D108", (1, 1)),
    (":", "D108", (1, 1)),
    ("{1: 2}", "D108", (1, 2)),
    ('{"a": }', "D108", (1, 7)),
    ('{"a"}', "D108", (1, 5)),
    ('{"a": 1', "D108", (1, 8)),
    ("[1] 2", "D108", (1, 5)),
    ("1 2", "D108", (1, 3)),
    ('{"a": 1} // ก', "D108", (1, 10)),
    ('["ก\nข"]', "D116", (1, 2)),
    ('["ก', "D116", (1, 2)),
    (r'["\x"]', "D116", (1, 2)),
    (r'["\u00"]', "D116", (1, 2)),
    ("null", "D105", (None, None)),
    ("", "D105", (None, None)),
    ("{'a': 1}", "D108", (1, 2)),
]


@pytest.mark.parametrize(("text", "code", "where"), JSON_FAULTS)
def test_a_fault_of_json_is_named_with_its_place(text, code, where):
    (found,) = refused(text, "ก.json")
    assert (found.code, place(found)) == (code, where)


def as_read(value):
    """Return what `read_json` makes of a value that `json` wrote."""
    if isinstance(value, dict):
        return {key: as_read(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_read(inner) for inner in value]
    return value if isinstance(value, str) or value is None else json.dumps(value)


TREES = st.recursive(
    st.text(max_size=8)
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.none(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(TREES, st.booleans(), st.sampled_from([None, 0, 2]))
def test_all_that_json_writes_is_read(tree, ascii_only, indent):
    text = json.dumps(tree, ensure_ascii=ascii_only, indent=indent)
    if tree is None or "\ud800" <= max(text) <= "\udfff":
        return
    assert plain.read_json(text.encode("utf-8", "surrogatepass"), "ก.json").data == as_read(tree)


@given(st.text(st.sampled_from('{}[]",:\\u0123 \n\tnulltrue-.e"')) | st.text())
def test_what_is_read_is_json_and_what_json_refuses_is_refused(text):
    try:
        tree = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError):
        assert refused(text.encode("utf-8", "surrogatepass"), "ก.json")
        return
    if tree is not None:
        assert plain.read_json(text.encode(), "ก.json").data is not None


def _once(pairs):
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError(pairs)
    return dict(pairs)


def _refuse(word):
    raise ValueError(word)


YAML_TEXT = st.text(st.sampled_from("ab:-#'\"[]{},&*!|>%@?~ \n\t\\ก1"), max_size=40)


@given(YAML_TEXT | st.binary(max_size=60))
def test_any_bytes_end_in_a_document_or_in_placed_problems(data):
    data = data.encode() if isinstance(data, str) else data
    for name in ("ก.yaml", "ก.json"):
        found = read_or_refuse(data, name)
        if isinstance(found, plain.PlainData):
            assert () in found.places
        else:
            assert all(p.place and p.place.file == name for p in found)


@given(YAML_TEXT)
def test_both_parsers_of_yaml_read_the_same(text):
    """Where both read a text they read the same; they differ in what they refuse."""
    found = []
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(events, "LOADER", loader)
            try:
                found.append(plain.read(text.encode(), "ก.yaml").data)
            except ItaReportError:
                return
    assert found[0] == found[1]
