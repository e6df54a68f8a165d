"""The catalogues as they are shipped: sound, complete, and right by public figures."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel

from itareport.ita import catalogue
from itareport.ita.catalogue import Catalogue, sections, year

REPO = Path(__file__).resolve().parents[2]
YEARS = (2567, 2568, 2569)
"""The years whose published facts are held to here; a later year may have none yet."""


def codes(text: str) -> list[str]:
    """Read `i1-i3 o9 o10` as the codes that it stands for."""
    found = []
    for part in text.split():
        first, _, last = part.partition("-")
        numbers = range(int(first[1:]), int((last or first)[1:]) + 1)
        found += [f"{part[0]}{number}" for number in numbers]
    return found


def mean(scores: list[Decimal]) -> Decimal:
    return sum(scores, Decimal()) / len(scores)


def rounded(score: Decimal) -> Decimal:
    return score.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.fixture(params=YEARS)
def shipped(request: pytest.FixtureRequest) -> Catalogue:
    return catalogue.load(request.param)


def test_every_file_of_the_folder_is_a_known_year() -> None:
    files = (REPO / "catalogue").glob("2*.yaml")
    assert list(catalogue.known_years()) == sorted(int(file.stem) for file in files)
    assert set(YEARS) <= set(catalogue.known_years())


def test_each_file_is_the_year_of_its_name_and_exported_as_it_stands() -> None:
    for fiscal_year in catalogue.known_years():
        stored = (REPO / "catalogue" / f"{fiscal_year}.yaml").read_bytes()
        assert catalogue.export(fiscal_year) == stored
        assert catalogue.read(stored, "").fiscal_year == fiscal_year


@pytest.mark.parametrize(("fiscal_year", "items"), [(2567, 35), (2568, 28), (2569, 26)])
def test_the_numbers_of_questions_and_items(fiscal_year: int, items: int) -> None:
    assert list(catalogue.load(fiscal_year).codes) == codes(f"i1-i15 e1-e9 o1-o{items}")


ISSUES = [
    ("กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ", "i1-i3", "o7-o10", "o5-o8", "o5-o8"),
    (
        "การให้บริการและระบบ E-Service", "e1-e3 e7-e9",
        "o11-o13 o25", "o9-o11 o20", "o9 o10 o19",
    ),
    (
        "ช่องทางและรูปแบบการประชาสัมพันธ์เผยแพร่ข้อมูลข่าวสารภาครัฐ", "e4-e6",
        "o1-o6", "o1-o4", "o1-o4",
    ),
    ("กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ", "i10-i12", "", "", ""),
    (
        "กระบวนการสร้างความโปร่งใสในการใช้งบประมาณและการจัดซื้อจัดจ้าง", "i4-i6",
        "o14-o17", "o12 o13", "o11 o12",
    ),
    (
        "กระบวนการควบคุม ตรวจสอบการใช้อำนาจและการบริหารงานบุคคล", "i7-i9",
        "o18-o21", "o14-o16", "o13-o15",
    ),
    (
        "กลไกและมาตรการในการแก้ไขและป้องกันการทุจริตภายในหน่วยงาน", "i13-i15",
        "o22-o24 o26-o35", "o17-o19 o21-o28", "o16-o18 o20-o26",
    ),
]  # fmt: skip


@pytest.mark.parametrize("column", range(3))
def test_the_issues_are_the_years(column: int) -> None:
    issues = catalogue.load(YEARS[column]).issues.rows
    assert [(row.name, list(row.items)) for row in issues] == [
        (name, codes(f"{asked} {items[column]}")) for name, asked, *items in ISSUES
    ]


SPLIT = {
    2567: ["o1-o6", "o7-o13", "o14-o17", "o18-o21", "o22-o25", "o26-o31", "o32-o35"],
    2568: ["o1-o4", "o5-o11", "o12 o13", "o14-o16", "o17-o20", "o21-o24", "o25-o28"],
    2569: [],
}


@pytest.mark.parametrize("fiscal_year", YEARS)
def test_the_sub_indicators_are_the_years(fiscal_year: int) -> None:
    subs = catalogue.load(fiscal_year).sub_indicators.rows
    assert [list(row.items) for row in subs] == [codes(text) for text in SPLIT[fiscal_year]]
    assert [row.no for row in subs] == ["9.1", "9.2", "9.3", "9.4", "9.5", "10.1", "10.2"][
        : len(subs)
    ]


def test_where_the_split_is_unknown_no_item_has_an_indicator() -> None:
    unknown = catalogue.load(2569)
    assert {unknown.indicator_of(code) for code in codes("o1-o26")} == {None}
    assert {unknown.indicator_of(code) for code in codes("i1-i15 e1-e9")} == set(
        unknown.indicators.rows[:8]
    )


@pytest.mark.parametrize(
    ("fiscal_year", "report", "follow_up"),
    [(2567, "o34", "o35"), (2568, "o27", "o28"), (2569, "o25", "o26")],
)
def test_the_item_that_the_report_serves(fiscal_year: int, report: str, follow_up: str) -> None:
    serves = catalogue.load(fiscal_year).serves
    assert (serves.report, serves.follow_up) == (report, follow_up)


def test_one_item_by_name_in_each_year() -> None:
    names = {
        2567: ("o17", "รายงานสรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุประจำปี"),
        2568: ("o15", "รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี"),
        2569: ("o25", "การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร"),
    }
    for fiscal_year, (code, name) in names.items():
        item = catalogue.load(fiscal_year).item(code)
        assert item is not None
        assert item.name == name
        assert item.official


def test_the_same_questions_ask_for_wrongdoing_in_each_year() -> None:
    for fiscal_year in catalogue.known_years():
        rows = catalogue.load(fiscal_year).items.rows
        assert [row.code for row in rows if row.wrongdoing] == ["i3", "i5", "i6", "i8", "i9", "e3"]


def test_the_title_lines() -> None:
    titles = {fiscal_year: catalogue.load(fiscal_year).titles for fiscal_year in YEARS}
    assert titles[2568].cover == (
        "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
        "แสดงการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน",
        "ของหน่วยงานภาครัฐ ในปีงบประมาณ พ.ศ. {year}",
    )
    assert titles[2568].report == (
        "รายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน",
        "ของหน่วยงานภาครัฐ ในปีงบประมาณ พ.ศ. {year}",
    )
    assert titles[2567].cover == titles[2568].cover == titles[2569].cover
    assert titles[2569].report == titles[2568].report
    assert catalogue.load(2569).serves.title == "การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร"


def test_questions_are_subjects_and_items_official_names(shipped: Catalogue) -> None:
    assert [i.code for i in shipped.items.rows if not i.official] == codes("i1-i15 e1-e9")
    assert [i.code for i in shipped.items.rows if i.wrongdoing] == codes("i3 i5 i6 i8 i9 e3")


def test_what_was_not_seen_in_print_is_not_called_verified() -> None:
    def verified(fiscal_year: int) -> list[str]:
        group = catalogue.load(fiscal_year).items
        marks = {row.code: row.verified for row in group.rows if row.official}
        return [c for c, mark in marks.items() if (group.verified if mark is None else mark)]

    assert verified(2567) == codes("o1-o4 o25")
    assert verified(2568) == codes("o1-o4 o8-o26")
    assert verified(2569) == []
    assert not any(catalogue.load(fiscal_year).serves.verified for fiscal_year in YEARS)
    split = catalogue.load(2568).sub_indicators
    assert split.verified
    assert [row.no for row in split.rows if row.verified is False] == ["10.1", "10.2"]
    assert not catalogue.load(2569).levels.verified
    assert not catalogue.load(2568).issues.verified


PUBLISHED = [
    ("99.17 98.75 100.00 99.31 99.58 93.36 88.73 88.86 100.00 90.00", "94.90"),  # 2568
    ("85.21 70.59 75.10 72.88 73.24 81.14 83.12 76.79 100.00 100.00", "86.73"),  # 2566
    ("93.55 87.72 91.01 87.93 89.52 90.55 88.68 88.58 72.89 65.56", "81.45"),  # 2564
]


@pytest.mark.parametrize(("scores", "total"), PUBLISHED)
def test_published_totals_follow_from_weights_and_indicators(
    shipped: Catalogue, scores: str, total: str
) -> None:
    of_indicator = dict(enumerate(map(Decimal, scores.split()), 1))
    computed = sum(
        tool.weight
        * mean([of_indicator[r.no] for r in shipped.indicators.rows if r.tool == tool.code])
        for tool in shipped.tools.rows
    )
    assert abs(rounded(Decimal(computed)) - Decimal(total)) <= Decimal("0.01")


QUESTIONS = {
    1: ("98.33 99.17 100.00", "99.17"),
    2: ("99.58 98.75 97.92", "98.75"),
    3: ("100.00 100.00 100.00", "100.00"),
    4: ("97.92 100.00 100.00", "99.31"),
    5: ("99.58 99.17 100.00", "99.58"),
}
"""Published scores of 2568: i1 to i15 by threes, and the indicator that they make."""


@pytest.mark.parametrize("no", QUESTIONS)
def test_published_indicators_follow_from_their_questions(no: int) -> None:
    scores, indicator = QUESTIONS[no]
    of_question = dict(zip(codes("i1-i15"), _all_questions(), strict=True))
    row = catalogue.load(2568).indicator(no)
    assert row is not None
    assert rounded(mean([of_question[code] for code in row.items])) == Decimal(indicator)
    assert [of_question[code] for code in row.items] == list(map(Decimal, scores.split()))


def _all_questions() -> list[Decimal]:
    return [Decimal(score) for scores, _ in QUESTIONS.values() for score in scores.split()]


@pytest.mark.parametrize(("o26", "indicator"), [("0", "81.25"), ("50", "87.50"), ("100", "93.75")])
def test_indicator_10_is_the_mean_of_its_sub_indicators(o26: str, indicator: str) -> None:
    """2568 as published: o27 is 50, o26 is not shown, all else 100; ITAS says 90.00."""
    shipped = catalogue.load(2568)
    of_item = dict.fromkeys(shipped.codes, Decimal(100)) | {
        "o26": Decimal(o26),
        "o27": Decimal(50),
    }
    subs = [sub for sub in shipped.sub_indicators.rows if sub.indicator == 10]
    computed = mean([mean([of_item[code] for code in sub.items]) for sub in subs])
    assert computed == Decimal(indicator)


IIT, EIT1, EIT2, OIT = ("IIT", None), ("EIT", 1), ("EIT", 2), ("OIT", None)


@pytest.mark.parametrize(
    ("total", "tools", "levels"),
    [
        ("94.90", "99.36 83.07 97.56 95.00", ["ผ่าน"]),  # the reference report, 2568
        ("95.00", "95.00 95.00 95.00 95.00", ["ผ่านดีเยี่ยม"]),
        ("96.00", "99.00 94.99 99.00 95.00", ["ผ่านดี"]),
        ("94.99", "99.00 99.00 99.00 99.00", ["ผ่านดี"]),
        ("84.99", "99.00 99.00 99.00 99.00", ["ต้องปรับปรุง"]),
        ("70.00", "70.00 70.00 70.00 70.00", ["ต้องปรับปรุง"]),
        ("69.99", "70.00 70.00 70.00 70.00", ["ต้องปรับปรุงโดยด่วน"]),
    ],
)
def test_levels(shipped: Catalogue, total: str, tools: str, levels: list[str]) -> None:
    known = dict(zip((IIT, EIT1, EIT2, OIT), map(Decimal, tools.split()), strict=True))
    assert shipped.tool_parts == tuple(known)
    assert list(shipped.level(Decimal(total), known)) == levels


@pytest.mark.parametrize("total", ["96.04", "91.15"])
def test_levels_seen_without_tool_scores_are_among_the_possible(total: str) -> None:
    """Both municipalities were told ผ่าน (2566, 2567): one of their tools was below 85."""
    shipped = catalogue.load(2567)
    assert "ผ่าน" in shipped.level(Decimal(total), {})
    assert shipped.level(Decimal(total), {EIT1: Decimal("84.99")}) == ("ผ่าน",)


@pytest.mark.parametrize("fiscal_year", catalogue.known_years())
def test_the_page_holds_every_fact(fiscal_year: int) -> None:
    shipped = catalogue.load(fiscal_year)
    page = catalogue.overview(shipped)
    named = (
        *(row.name for row in shipped.tools.rows),
        *(row.name for row in shipped.indicators.rows),
        *(row.name for row in shipped.sub_indicators.rows),
        *(f"{row.code:<4} {row.name}" for row in shipped.items.rows),
        *(row.name for row in shipped.issues.rows),
        *(row.name for row in shipped.levels.rows),
        *shipped.titles.cover,
        *shipped.titles.report,
        *shipped.wording.leftovers,
    )
    assert [name for name in named if name not in page] == []
    assert "None" not in page


def test_the_document_explains_every_key() -> None:
    text = (REPO / "docs" / "catalogue.md").read_text(encoding="utf-8")
    models = [
        model
        for module in (sections, year)
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
    ]
    keys = {key for model in models for key in model.model_fields}
    assert len(keys) > 25
    assert {key for key in keys if f"`{key}`" not in text} == set()
