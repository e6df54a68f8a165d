"""Catalogues of our own making: every rule with a case that breaks it and one that does not."""

import string
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from itareport.ita import catalogue
from itareport.ita import codes as item_codes
from itareport.problems import ExitStatus, ItaReportError, Problem, exit_status

SOUND = """\
fiscal_year: 2570
tools:
  verified: true
  source: ประกาศ
  rows:
    - {code: AIT, letter: i, printed_letter: ก, name: แบบหนึ่ง, respondents: บุคลากร,
       weight: 0.6, parts: 2}
    - {code: BIT, letter: o, printed_letter: o, name: แบบสอง, respondents: ผู้ตรวจ,
       weight: 0.4, parts: 1, usual_scores: [0, 100]}
indicators:
  verified: true
  source: ประกาศ
  rows:
    - {no: 1, tool: AIT, name: ด้านที่หนึ่ง, items: [i1, i2]}
    - {no: 2, tool: AIT, name: ด้านที่สอง, items: [i3]}
    - {no: 3, tool: BIT, name: ด้านที่สาม}
sub_indicators:
  verified: true
  source: ประกาศ
  rows:
    - {no: "3.1", indicator: 3, name: ด้านย่อยหนึ่ง, items: [o1]}
    - {no: "3.2", indicator: 3, name: ด้านย่อยสอง, items: [o2, o3]}
items:
  verified: true
  source: ประกาศ
  rows:
    - {code: i1, name: เรื่องหนึ่ง, official: false}
    - {code: i2, name: เรื่องสอง, official: false, wrongdoing: true}
    - {code: i3, name: เรื่องสาม, official: false, verified: false}
    - {code: o1, name: ข้อหนึ่ง}
    - {code: o2, name: ข้อสอง}
    - {code: o3, name: ข้อสาม}
issues:
  verified: false
  source: ประกาศ
  rows:
    - {no: 1, name: ประเด็นหนึ่ง, items: [i1, o1], verified: true}
    - {no: 2, name: ประเด็นสอง, items: [i2, i3, o2, o3]}
levels:
  verified: true
  source: ประกาศ
  rows:
    - {name: ดีมาก, total: 90, each_tool: 90}
    - {name: ดี, total: 80, each_tool: 80}
    - {name: พอใช้, total: 80}
    - {name: ปรับปรุง, total: 0}
titles:
  verified: true
  source: ประกาศ
  cover: ["รายงาน ปี {year}"]
  report: [หัวเรื่อง, "ปีงบประมาณ พ.ศ. {year}"]
serves:
  verified: true
  source: ประกาศ
  report: o2
  follow_up: o3
wording:
  verified: true
  source: ประกาศ
  standards: [ISO]
  maintain: รักษาระดับ
  leftovers: [(ระบุชื่อ)]
"""


def edited(*edits: tuple[str, str]) -> str:
    """Return the sound catalogue with each text, which must stand there once, replaced."""
    text = SOUND
    for old, new in edits:
        assert text.count(old) == 1, f"{old} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def problems(text: str) -> tuple[Problem, ...]:
    try:
        catalogue.read(text.encode(), "2570.yaml")
    except ItaReportError as error:
        return error.problems
    return ()


def codes(text: str) -> list[str]:
    return [problem.code for problem in problems(text)]


@pytest.fixture
def year() -> catalogue.Catalogue:
    return catalogue.read(SOUND.encode(), "2570.yaml")


# -- what is no catalogue ------------------------------------------------------------------


def test_a_sound_catalogue_has_no_problem() -> None:
    assert codes(SOUND) == []


@pytest.mark.parametrize("name", ["ไม่มี.yaml", "."])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(ItaReportError) as raised:
        catalogue.load(2570, tmp_path / name)
    assert [p.code for p in raised.value.problems] == ["C200"]
    assert raised.value.exit_status is ExitStatus.CATALOGUE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a:\n\t- b\n", "C201"),
        ("a: 1\na: 2\n", "C201"),
        ("a: &x 1\nb: *x\n", "C201"),
        ("a: 'ก", "C201"),
        ("\x00\x01", "C201"),
        ("a: [", "C201"),
        ("a: " + "[" * 500, "C228"),
        ("a: 1\n---\nb: 1\n", "C228"),
        ("", "C228"),
        ("# ว่าง\n", "C228"),
    ],
)
def test_text_that_cannot_be_read_is_the_catalogues_fault_not_the_datas(text, code) -> None:
    found = problems(text)
    assert {p.code for p in found} == {code}
    assert exit_status(found) is ExitStatus.CATALOGUE
    assert all(p.remedy.startswith("โปรด") and "examples/" not in p.remedy for p in found)


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        ("fiscal_year: 2570\n", "", "fiscal_year"),
        ("  maintain: รักษาระดับ\n", "", "wording.maintain"),
        ("  maintain: รักษาระดับ\n", "  maintain:\n", "wording.maintain"),
        ("  maintain: รักษาระดับ\n", '  maintain: "  "\n', "wording.maintain"),
        ("report: [หัวเรื่อง,", 'report: ["",', "titles.report[1]"),
        (", name: ข้อสอง", "", "items.rows[5].name"),
    ],
)
def test_a_key_without_a_value(old: str, new: str, label: str) -> None:
    (found,) = problems(edited((old, new)))
    assert (found.code, found.label) == ("C202", label)


def test_the_letters_of_tools_are_those_that_are_found_in_prose() -> None:
    """A year that used another letter would need `codes` to learn it: no catalogue may."""
    from itareport.ita.catalogue.sections import Tool

    letters = get_args(Tool.model_fields["letter"].annotation)
    prose = " ".join(f"ข้อ {letter}1" for letter in string.ascii_lowercase)
    assert sorted(letters) == sorted(quoted.code[0] for quoted in item_codes.find(prose))


def test_a_key_without_a_value_is_shown_where_it_should_be() -> None:
    (found,) = problems(edited((", name: ข้อสอง", "")))
    assert found.place is not None
    assert found.place.line == 1 + SOUND[: SOUND.index("{code: o2")].count("\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wrongdoing:", "wrongdoin:", "แก้เป็น wrongdoing"),
        ("  maintain:", "  หมายเหตุ: ก\n  maintain:", "ลบ"),
        ("fiscal_year:", "remark: ก\nfiscal_year:", "ลบ"),
    ],
)
def test_an_unknown_key_names_the_known_ones(old: str, new: str, said: str) -> None:
    (found,) = problems(edited((old, new)))
    assert found.code == "C203"
    assert said in found.remedy
    assert "verified" in found.message or "fiscal_year" in found.message


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("fiscal_year: 2570", "fiscal_year: 2027", "พ.ศ."),
        ("fiscal_year: 2570", "fiscal_year: ปีนี้", "ปีงบประมาณ"),
        ("weight: 0.6", "weight: หกส่วน", "0.30"),
        ("weight: 0.6", "weight: 60", "0.30"),
        ("weight: 0.6", "weight: 0", "0.30"),
        ("weight: 0.6", "weight: [0.6]", "0.30"),
        ("parts: 2", "parts: 3", "1 หรือ 2"),
        ("parts: 2", "parts: 0", "1 หรือ 2"),
        ("parts: 2", "parts: สอง", "จำนวนเต็ม"),
        *(("letter: i,", f"letter: {bad},", "i, e หรือ o") for bad in ("I", "a", "io", "๑", "[i]")),
        ("report: o2", "report: ข้อสอง", "รหัสข้อ"),
        ("items: [i3]", "items: [i0]", "รหัสข้อ"),
        ("items: [o1]", "items: o1", "รายการ"),
        ("items: [o1]", "items: []", "อย่างน้อย 1"),
        ("official: false, wrongdoing: true", "official: บางที", "true หรือ false"),
        ("official: false, wrongdoing: true", "official: [ก]", "true หรือ false"),
        ("total: 90", "total: 101", "0 ถึง 100"),
        ("total: 90", "total: เก้าสิบ", "83.81"),
        ("total: 90", "total: 90.125", "2 ตำแหน่ง"),
        ("name: ประเด็นหนึ่ง", "name: [ก]", "ข้อความ"),
        ("name: ประเด็นหนึ่ง", r'name: "ก\nข"', "บรรทัดเดียว"),
        ("  standards: [ISO]", "  standards: ISO", "รายการ"),
    ],
)
def test_a_value_of_the_wrong_kind_says_what_is_wanted(old: str, new: str, wanted: str) -> None:
    (found,) = problems(edited((old, new)))
    assert found.code == "C204"
    assert wanted in found.remedy
    assert found.place is not None
    assert found.place.line == 1 + SOUND[: SOUND.index(old)].count("\n")


@pytest.mark.parametrize("text", ["ก", "- 1\n"])
def test_a_file_that_is_no_group_of_keys(text: str) -> None:
    assert codes(text)[0] in {"C204", "C228"}


@pytest.mark.parametrize("bad", [r"\e", r"\uE000", r"\b"])
def test_a_character_that_no_document_can_carry(bad: str) -> None:
    assert codes(edited(("name: ประเด็นหนึ่ง", f'name: "ประเด็น{bad}หนึ่ง"'))) == ["C205"]


def test_text_and_digits_are_mended_as_those_of_a_report() -> None:
    text = edited(("total: 90", "total: ๙๐"), ("name: ข้อสอง", "name: ข้อ เเละนํ้า"))
    year = catalogue.read(text.encode(), "2570.yaml")
    assert year.levels.rows[0].total == 90
    assert year.items.rows[4].name == "ข้อ และน้ำ"


def test_everything_wrong_is_told_at_once() -> None:
    found = codes(edited(("weight: 0.6", "weight: 0.5"), ("report: o2", "report: o9")))
    assert found == ["C210", "C218"]


# -- the right year ------------------------------------------------------------------------


def test_a_file_of_the_wanted_year(tmp_path: Path) -> None:
    path = tmp_path / "ของเรา.yaml"
    path.write_text(SOUND, encoding="utf-8")
    assert catalogue.load(2570, path).fiscal_year == 2570
    assert catalogue.read_file(path) is catalogue.load(2570, path)


def test_a_file_of_another_year(tmp_path: Path) -> None:
    path = tmp_path / "2571.yaml"
    path.write_text(SOUND, encoding="utf-8")
    with pytest.raises(ItaReportError) as raised:
        catalogue.load(2571, path)
    (found,) = raised.value.problems
    assert found.code == "C206"
    assert "2570" in found.message
    assert "2571" in found.message


@pytest.mark.parametrize("ask", [catalogue.load, catalogue.export])
def test_a_year_without_a_catalogue_says_how_to_make_it(ask) -> None:
    with pytest.raises(ItaReportError) as raised:
        ask(2599)
    (found,) = raised.value.problems
    assert found.code == "D110"
    assert raised.value.exit_status is ExitStatus.DATA
    assert all(str(year) in found.message for year in catalogue.known_years())
    newest = catalogue.known_years()[-1]
    assert f"itareport catalogue export {newest} 2599.yaml" in found.remedy
    assert "--catalogue 2599.yaml" in found.remedy


def test_the_remedy_works(tmp_path: Path) -> None:
    newest = catalogue.known_years()[-1]
    path = tmp_path / "2599.yaml"
    copy = catalogue.export(newest).decode()
    path.write_text(copy.replace(f"fiscal_year: {newest}", "fiscal_year: 2599"), encoding="utf-8")
    assert catalogue.load(2599, path).codes == catalogue.load(newest).codes


# -- rules: a pair of edits that breaks it, and where it is told ---------------------------

BREACHES = [
    ("C207", [("code: BIT", "code: AIT"), ("3, tool: BIT", "3, tool: AIT")], "code: BIT"),
    ("C207", [("name: แบบสอง", "name: แบบหนึ่ง")], "name: แบบสอง"),
    ("C207", [("{no: 2, tool", "{no: 1, tool")], "no: 2, tool"),
    ("C207", [("name: ด้านที่สอง", "name: ด้านที่หนึ่ง")], "name: ด้านที่สอง"),
    ("C207", [('"3.2"', '"3.1"')], '"3.2"'),
    ("C207", [("name: ด้านย่อยสอง", "name: ด้านย่อยหนึ่ง")], "name: ด้านย่อยสอง"),
    ("C207", [("{code: i3", "{code: i2")], "code: i3"),
    ("C207", [("name: ข้อสอง", "name: ข้อหนึ่ง")], "name: ข้อสอง"),
    ("C207", [("{no: 2, name", "{no: 1, name")], "no: 2, name"),
    ("C207", [("name: ประเด็นสอง", "name: ประเด็นหนึ่ง")], "name: ประเด็นสอง"),
    ("C207", [("{name: ดี,", "{name: ดีมาก,")], "name: ดี,"),
    ("C208", [("{code: o3", "{code: e3")], "code: o3"),
    ("C209", [("{code: o3", "{code: o5")], "code: o3"),
    ("C210", [("weight: 0.6", "weight: 0.5999")], None),
    ("C211", [("{no: 3, tool", "{no: 4, tool")], "no: 3, tool"),
    ("C211", [("{no: 1, name", "{no: 3, name")], "no: 1, name"),
    ("C212", [("no: 3, tool: BIT", "no: 3, tool: CIT")], "tool: BIT"),
    ("C213", [("no: 3, tool: BIT", "no: 3, tool: AIT")], "{code: BIT"),
    ("C214", [('"3.2", indicator: 3', '"4.2", indicator: 4')], "indicator: 3, name: ด้านย่อยสอง"),
    ("C215", [('"3.2"', '"2.2"')], '"3.2"'),
    ("C215", [('"3.2"', '"3"')], '"3.2"'),
    ("C215", [('"3.2"', '"3.ข"')], '"3.2"'),
    ("C216", [("name: ด้านที่สาม", "name: ด้านที่สาม, items: [o1]")], None),
    ("C217", [(", items: [i3]", "")], "{no: 2, tool"),
    ("C218", [("items: [i3]", "items: [i3, i4]")], None),
    ("C218", [("items: [i1, o1]", "items: [i1, o1, o9]")], None),
    ("C218", [("report: o2", "report: o9")], "o2\n"),
    ("C218", [("follow_up: o3", "follow_up: o9")], "o3\nwording"),
    ("C219", [("items: [o1]", "items: [o1, i3]"), ("items: [i3]", "items: [i2]")], None),
    ("C220", [("items: [i3]", "items: [i3, i1]")], None),
    ("C220", [("items: [o2, o3]", "items: [o2, o3, o1]")], None),
    ("C221", [("items: [i1, i2]", "items: [i1]")], "{code: i2"),
    ("C221", [("items: [o2, o3]", "items: [o2]")], "{code: o3"),
    ("C222", [("items: [i1, o1]", "items: [i1, o1, i3]")], None),
    ("C223", [("items: [i1, o1]", "items: [i1]")], "{code: o1"),
    ("C224", [("total: 80, each_tool", "total: 95, each_tool")], "{name: ดี,"),
    ("C224", [("total: 80}", "total: 80, each_tool: 80}")], "{name: พอใช้"),
    ("C225", [("total: 0}", "total: 10}")], "{name: ปรับปรุง"),
    ("C225", [("total: 0}", "total: 0, each_tool: 0}")], "{name: ปรับปรุง"),
    ("C226", [('["รายงาน ปี {year}"]', '["รายงาน ปี {ปี}"]')], '"รายงาน'),
    ("C226", [('["รายงาน ปี {year}"]', '["รายงาน ปี {}"]')], '"รายงาน'),
    ("C226", [('["รายงาน ปี {year}"]', '["รายงาน ปี {year"]')], '"รายงาน'),
    ("C226", [('["รายงาน ปี {year}"]', '["รายงาน ปี {year!r}"]')], '"รายงาน'),
    ("C226", [('["รายงาน ปี {year}"]', '["รายงาน ปี {year:>8}"]')], '"รายงาน'),
    ("C226", [('พ.ศ. {year}"', 'พ.ศ. {year.real}"')], '"ปีงบประมาณ'),
    ("C227", [("follow_up: o3", "follow_up: o2")], "o3\nwording"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "edits", "at"), BREACHES)
def test_a_breach_is_told_in_its_place(code: str, edits: list[tuple[str, str]], at: str | None):
    found = [p for p in problems(edited(*edits)) if p.code == code]
    assert found
    if at is not None:
        assert SOUND.count(at) == 1
        before = SOUND[: SOUND.index(at)]
        place = found[0].place
        assert place is not None
        assert place.line == 1 + before.count("\n")


def test_every_rule_has_its_breach() -> None:
    from itareport.problems import SENTENCES

    rules = {code for code in SENTENCES if "C207" <= code <= "C227"}
    assert rules == {code for code, *_ in BREACHES}


def test_one_slip_is_one_problem() -> None:
    alone = {"C210", "C220", "C222", "C223", "C224", "C225", "C226", "C227"}
    told = [codes(edited(*edits)) for code, edits, _ in BREACHES if code in alone]
    assert [found for found in told if len(found) != 1] == []


def test_both_places_of_what_stands_twice_are_told() -> None:
    (found,) = problems(edited(("items: [i1, o1]", "items: [i1, o1, i3]")))
    assert found.place is not None
    assert [found.place.line, *(p.line for p in found.also_places)] == [38, 37]


UNKNOWN_SPLIT = [
    ('    - {no: "3.1", indicator: 3, name: ด้านย่อยหนึ่ง, items: [o1]}\n', ""),
    ('  rows:\n    - {no: "3.2", indicator: 3, name: ด้านย่อยสอง, items: [o2, o3]}', "  rows: []"),
]


@pytest.mark.parametrize(
    "edits",
    [
        # The split of a tool's items may be unknown as a whole.
        UNKNOWN_SPLIT,
        [("items: [i1, i2]", "items: []"), (", items: [i3]", "")],
        # Weights need not be round, a level may ask the total alone, a title leave out the year.
        [("weight: 0.6", "weight: 0.605"), ("weight: 0.4", "weight: 0.395")],
        [(", each_tool: 90", ""), ("total: 80, each_tool: 80", "total: 85")],
        [('["รายงาน ปี {year}"]', "[รายงาน]")],
        [('["รายงาน ปี {year}"]', '["{{รายงาน}} ปี {year}"]')],
        # Rows may stand in any order where no number says otherwise.
        [("{code: o1,", "{code: e,"), ("{code: o3,", "{code: o1,"), ("{code: e,", "{code: o3,")],
        [("  standards: [ISO]", "  standards: []")],
    ],
)
def test_what_the_rules_leave_free(edits: list[tuple[str, str]]) -> None:
    assert codes(edited(*edits)) == []


# -- look-ups ------------------------------------------------------------------------------


def test_codes_come_by_tool_and_number() -> None:
    many = "".join(f"    - {{code: o{n}, name: ข้อ {n}}}\n" for n in (11, 10, 9, 8, 7, 6, 5, 4))
    text = edited(
        ("    - {code: o1, name: ข้อหนึ่ง}\n", many + "    - {code: o1, name: ข้อหนึ่ง}\n"),
        ("items: [o1]", f"items: [o1, {', '.join(f'o{n}' for n in range(4, 12))}]"),
        ("items: [i1, o1]", f"items: [i1, o1, {', '.join(f'o{n}' for n in range(4, 12))}]"),
    )
    year = catalogue.read(text.encode(), "2570.yaml")
    assert year.codes == ("i1", "i2", "i3", *(f"o{n}" for n in range(1, 12)))


def test_look_ups(year: catalogue.Catalogue) -> None:
    assert [year.item(c).name for c in ("i1", "o3")] == ["เรื่องหนึ่ง", "ข้อสาม"]
    assert year.tool("i") is year.tool("AIT") is year.tool_of("i3") is year.tools.rows[0]
    assert year.indicator(2) is year.indicator_of("i3")
    assert year.indicator(3) is year.indicator_of("o2")
    assert year.sub_indicator("3.2") is year.sub_indicator_of("o3")
    assert year.sub_indicator_of("i1") is None
    assert year.issue(2) is year.issue_of("o3")
    assert year.printed("i3") == "ก3"
    assert (year.highest("o"), year.highest("z")) == (3, 0)
    assert year.tool_parts == (("AIT", 1), ("AIT", 2), ("BIT", None))


def test_look_ups_of_what_is_not_there(year: catalogue.Catalogue) -> None:
    of_unknown_items = (year.item, year.indicator_of, year.sub_indicator_of, year.issue_of)
    assert {look_up("o9") for look_up in of_unknown_items} == {None}
    assert {year.tool_of("z9"), year.tool("ZIT"), year.tool_of("")} == {None}
    assert {year.indicator(9), year.issue(9), year.sub_indicator("9.9")} == {None}
    assert year.tool_of("o9") is year.tool("BIT")  # unknown item of a known tool
    assert year.printed("z9") == "z9"


def test_the_indicator_of_an_item_is_unknown_where_the_split_is() -> None:
    year = catalogue.read(edited(*UNKNOWN_SPLIT).encode(), "2570.yaml")
    assert year.indicator_of("o1") is None
    assert year.indicator_of("i1") is year.indicator(1)


A1, A2, B = ("AIT", 1), ("AIT", 2), ("BIT", None)


@pytest.mark.parametrize(
    ("total", "tools", "levels"),
    [
        ("90", {A1: 90, A2: 90, B: 90}, ["ดีมาก"]),
        ("99", {A1: 90, A2: 89.99, B: 99}, ["ดี"]),
        ("99", {A1: 99, A2: 79.99, B: 99}, ["พอใช้"]),
        ("89.99", {A1: 99, A2: 99, B: 99}, ["ดี"]),
        ("79.99", {A1: 99, A2: 99, B: 99}, ["ปรับปรุง"]),
        ("0", {}, ["ปรับปรุง"]),
        ("79.99", {}, ["ปรับปรุง"]),
        ("80", {}, ["ดี", "พอใช้"]),
        ("90", {}, ["ดีมาก", "ดี", "พอใช้"]),
        ("90", {A1: 89, B: 99}, ["ดี", "พอใช้"]),
        ("90", {B: 79}, ["พอใช้"]),
        ("90", {A1: 99, A2: 99}, ["ดีมาก", "ดี", "พอใช้"]),
    ],
)
def test_a_level_as_far_as_what_is_known_decides_it(
    year: catalogue.Catalogue,
    total: str,
    tools: dict[tuple[str, int | None], float],
    levels: list[str],
) -> None:
    known = {part: Decimal(str(score)) for part, score in tools.items()}
    assert list(year.level(Decimal(total), known)) == levels


def test_levels_that_ask_for_the_total_alone_are_always_decided() -> None:
    """The levels of fiscal years up to 2565, with two totals that were published in 2564."""
    rows = "".join(
        f"    - {{name: {name}, total: {total}}}\n"
        for name, total in (("AA", 95), ("A", 85), ("B", 75), ("C", 65), ("D", 55), ("E", 50))
    )
    start, end = SOUND.index("    - {name: ดีมาก"), SOUND.index("    - {name: ปรับปรุง")
    text = (SOUND[:start] + rows + SOUND[end:]).replace("ปรับปรุง", "F")
    year = catalogue.read(text.encode(), "2564.yaml")
    seen = {"95.62": "AA", "88.37": "A", "85": "A", "84.99": "B", "50": "E", "49.99": "F"}
    assert {total: year.level(Decimal(total), {}) for total in seen} == {
        total: (level,) for total, level in seen.items()
    }


# -- the page ------------------------------------------------------------------------------


def test_the_page_shows_what_is_verified_and_what_is_not(year: catalogue.Catalogue) -> None:
    lines = catalogue.overview(year).splitlines()
    assert "  i3   เรื่องสาม *  [ยังไม่ยืนยัน]" in lines
    assert "  i2   เรื่องสอง *!" in lines
    assert "  o1   ข้อหนึ่ง" in lines
    assert "ประเด็น  [ยังไม่ยืนยัน]" in lines
    assert "  1  ประเด็นหนึ่ง  i1 o1  [ยืนยันแล้ว]" in lines
    assert "  2  ประเด็นสอง  i2 i3 o2 o3" in lines
    assert "ระดับผลการประเมิน  [ยืนยันแล้ว]" in lines


def test_the_page_writes_runs_of_codes_as_spans() -> None:
    from itareport.ita.catalogue.overview import spans

    assert spans(["e1", "e2", "e3", "e7", "e8", "o8", "o9", "o10"]) == "e1-e3 e7 e8 o8-o10"
    assert spans([]) == ""
