"""Whatever a report says stands in its workbook, and comes back from it."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from itareport.actions.convert import plain
from itareport.ita import catalogue
from itareport.ita.described import COLUMNS
from itareport.ita.model import Missing, Report
from itareport.reading import load, workbook, yamlwrite
from reports import KINDS

YEAR = catalogue.load(2568)
WORDS = st.sampled_from(
    [*"กขฯ012๙aZ=+-@'\"#_x&<>;,|(){}[]%/.:", "น้ำ", "ที่", "แก้", "เป็น", "_x0041_", " ", "i1", "TRUE"]
)
LINES = st.lists(WORDS, min_size=1, max_size=6).map(lambda found: "".join(found).strip() or "ก")
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
POINTS = st.lists(LINES, max_size=3)
SCORES = st.decimals(0, 100, places=2)
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2150, 1, 1))


def maybe(**fields):
    return st.fixed_dictionaries({}, optional=fields)


def together(first, second):
    return st.tuples(first, second).map(lambda pair: pair[0] | pair[1])


def some(keys, values):
    """Rows for some of the keys, in their order; `values` are of each or of all."""
    of_each = (
        dict(enumerate(values))
        if isinstance(values, list)
        else dict.fromkeys(range(len(keys)), values)
    )
    rows = st.fixed_dictionaries({}, optional=of_each)
    return rows.map(lambda found: [keys[n] | found[n] for n in sorted(found)])


SCORE = st.fixed_dictionaries({"score": SCORES})
NUMBERED = some([{"no": i.no} for i in YEAR.indicators.rows], SCORE)
TOOLS = [{"tool": tool, **({"part": part} if part else {})} for tool, part in YEAR.tool_parts]
MISSING = st.fixed_dictionaries({"missing": st.sampled_from([str(m) for m in Missing])})
HALVES = st.fixed_dictionaries({"part1": SCORES}, optional={"part2": SCORES})
"""Of an EIT question; what stands in their columns beside another is read as its whole score."""
GIVEN = [
    together(
        st.one_of(SCORE, MISSING, *([HALVES] if code.startswith("e") else [])),
        maybe(reason=TEXTS, cause=TEXTS),
    )
    for code in YEAR.codes
]
CODES = [{"code": code} for code in YEAR.codes]
PLAN = together(
    st.fixed_dictionaries(
        {"issue": st.integers(1, 9), "measures": st.lists(LINES, min_size=1, max_size=3)}
    ),
    maybe(
        **{column.name: POINTS for column in COLUMNS if column.name != "measures"},
        draft=st.sampled_from([True]),
    ),
)
REPORTS = st.builds(
    Report.model_validate,
    together(
        st.fixed_dictionaries(
            {
                "fiscal_year": st.just(2568),
                "agency": together(
                    st.fixed_dictionaries({"kind": LINES, "province": LINES}),
                    maybe(
                        name=LINES,
                        district=LINES,
                        emblem=LINES,
                        website=LINES,
                        units=POINTS,
                        maintain_from=SCORES,
                    ),
                ),
                "result": together(
                    st.fixed_dictionaries(
                        {"total": SCORES, "level": LINES, "indicators": NUMBERED}
                    ),
                    maybe(
                        tools=some(TOOLS, SCORE),
                        announced=DATES,
                        last_year=st.fixed_dictionaries({"total": SCORES, "indicators": NUMBERED}),
                    ),
                ),
                "scores": some(CODES, GIVEN),
                "plan": st.lists(PLAN, max_size=4),
                "signatures": st.lists(
                    maybe(role=LINES, name=LINES, position=st.lists(LINES, max_size=2), date=DATES),
                    min_size=1,
                    max_size=5,
                ),
            }
        ),
        maybe(
            graph=LINES,
            remarks=some(
                CODES,
                st.fixed_dictionaries(
                    {"text": TEXTS | st.just("")}, optional={"draft": st.sampled_from([True])}
                ),
            ),
            issues=some(
                [{"no": no} for no in range(1, 8)],
                st.fixed_dictionaries({"items": st.lists(st.sampled_from(YEAR.codes), max_size=3)}),
            ),
        ),
    ),
)


def read(content, name):
    loaded = load.load_bytes(content, name)
    assert loaded.report is not None, [str(p) for p in loaded.problems]
    return loaded.report


@settings(max_examples=25)
@given(REPORTS)
def test_a_report_comes_back_from_its_workbook_and_its_yaml(report):
    sheet = workbook.write(plain(report), YEAR, KINDS)
    assert read(sheet, "ก.xlsx") == report
    assert read(yamlwrite.report(report), "ก.yaml") == report
    assert workbook.write(plain(read(sheet, "ก.xlsx")), YEAR, KINDS) == sheet
