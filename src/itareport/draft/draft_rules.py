"""What drafts must be: known blanks, and every code, band and issue of their year; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from string import Formatter

from itareport.draft.draft_rows import OTHERWISE, Band, Drafts, Measure
from itareport.ita.catalogue import Catalogue
from itareport.problems import FieldPath, Problem, problem

BANDS = (95, 85, 0)
"""Where the bands of IIT and EIT begin (100 itself has no draft)."""
_YEARS = ("year", "plan_year")
_REASONS: dict[str, tuple[str, ...]] = {
    "question": ("code", "score"),
    "said": ("reason",),
    "because": ("reason",),
    "advice": (),
}
_CAUSES: dict[str, tuple[str, ...]] = {
    "said": ("cause",),
    "begun": ("cause",),
    "item": ("code", "item", "score"),
    "item_advice": (),
}
_FINDINGS: dict[str, tuple[str, ...]] = {
    "indicator": ("no", "name", "codes"),
    "sub_indicator": ("no", "name", "codes"),
    "no_indicator": ("codes",),
    "question": ("code",),
    "item": ("code",),
    "low": ("codes", "score"),
    "beside": ("codes", "score"),
    "urgent": ("codes", "score"),
    "several": ("codes", "first", "last"),
    "improve": (),
    "hurry": (),
    "high": (),
    "full": (),
    "known_full": (),
    "full_indicators": (),
    "unknown": (),
    "total": ("score",),
    "go_on": (),
}
_QUOTED: tuple[tuple[str, Mapping[str, Collection[str]]], ...] = (
    ("reasons", _REASONS),
    ("causes", _CAUSES),
    ("findings", _FINDINGS),
)
"""Of each text that quotes what is known, the blanks that it may have."""


def violations(drafts: Drafts, year: Catalogue) -> Iterator[Problem]:
    """Yield all that is wrong with the drafts of a year."""
    if drafts.fiscal_year != year.fiscal_year:
        found, wanted = drafts.fiscal_year, year.fiscal_year
        yield problem("C248", ("fiscal_year",), found=found, wanted=wanted)
        return
    if OTHERWISE not in drafts.sizes:
        yield problem("C244", ("sizes",), what="ขนาดที่ไม่ทราบ (otherwise)")
    yield from _remarks(drafts, year)
    yield from _other_bands(("indicators",), "ตัวชี้วัด", drafts.indicators, BANDS)
    yield from _remedies(drafts, year)
    yield from _plan(drafts, year)
    for where, text, blanks in _texts(drafts):
        for blank in _strange(text, blanks):
            known = ", ".join(f"{{{name}}}" for name in blanks) or "ข้อความล้วน"
            yield problem("C243", where, blank=blank, known=known)


def _remarks(drafts: Drafts, year: Catalogue) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, row in enumerate(drafts.remarks):
        where: FieldPath = ("remarks", index)
        item, what = year.item(row.code), f"ข้อ {row.code}"
        if item is None or row.code in seen:
            yield problem("C246", where, what=what, year=year.fiscal_year)
            continue
        seen.add(row.code)
        if row.name != item.name:
            yield problem("C247", (*where, "name"), what=what, name=row.name, wanted=item.name)
        yield from _other_bands(
            (*where, "bands"), f"ข้อ {row.code}", row.bands, bands(year, row.code)
        )
    for code in year.codes:
        if code not in seen:
            yield problem("C244", ("remarks",), what=f"ข้อ {code}")


def _remedies(drafts: Drafts, year: Catalogue) -> Iterator[Problem]:
    seen: set[int] = set()
    for index, row in enumerate(drafts.remedies):
        indicator, what = year.indicator(row.no), f"ตัวชี้วัดที่ {row.no}"
        where: FieldPath = ("remedies", index)
        if indicator is None or row.no in seen:
            yield problem("C246", where, what=what, year=year.fiscal_year)
            continue
        seen.add(row.no)
        if row.name != indicator.name:
            name, wanted = row.name, indicator.name
            yield problem("C247", (*where, "name"), what=what, name=name, wanted=wanted)
    for indicator in year.indicators.rows:
        if indicator.no not in seen:
            yield problem("C244", ("remedies",), what=f"ตัวชี้วัดที่ {indicator.no}")


def _other_bands(
    where: FieldPath, what: str, given: Sequence[Band], wanted: Sequence[int]
) -> Iterator[Problem]:
    found = [int(band.from_score) for band in given]
    if found != list(wanted):
        begun, right = ", ".join(map(str, found)), ", ".join(map(str, wanted))
        yield problem("C245", where, what=what, found=begun, wanted=right)


def bands(year: Catalogue, code: str) -> list[int]:
    """Return where the bands of a code begin: at its tool's usual scores, where it has such."""
    tool = year.tool_of(code)
    usual = [int(score) for score in tool.usual_scores if score < 100] if tool else []
    return sorted(usual, reverse=True) or list(BANDS)


def _plan(drafts: Drafts, year: Catalogue) -> Iterator[Problem]:
    seen: set[int] = set()
    for index, row in enumerate(drafts.plan):
        issue, what = year.issue(row.issue), f"ประเด็นที่ {row.issue}"
        if issue is None or row.issue in seen:
            yield problem("C246", ("plan", index), what=what, year=year.fiscal_year)
            continue
        seen.add(row.issue)
        if row.name != issue.name:
            where = ("plan", index, "name")
            yield problem("C247", where, what=what, name=row.name, wanted=issue.name)
        for code in set(row.extra.answers) - set(issue.items):
            answers = ("plan", index, "extra", "answers")
            yield problem("C246", answers, what=f"ข้อ {code}", year=year.fiscal_year)
    for issue in year.issues.rows:
        if issue.no not in seen:
            yield problem("C244", ("plan",), what=f"ประเด็นที่ {issue.no}")


_Texts = Iterator[tuple[FieldPath, str, Collection[str]]]


def _texts(drafts: Drafts) -> _Texts:
    """Yield every text with the blanks that it may have."""
    said = ("agency", *drafts.words, *_YEARS, "team")
    for name, word in drafts.words.items():
        yield ("words", name), word, ()
    for name, duty in drafts.duties.items():
        yield ("duties", name, "otherwise"), duty.otherwise, said
    yield ("pointer",), drafts.pointer, ("measure",)
    for name in ("report", "late"):
        yield ("follow_up", name), getattr(drafts.follow_up, name), (*said, "through")
    yield ("follow_up", "through"), drafts.follow_up.through, ("secretary",)
    for section, known in _QUOTED:
        for name, blanks in known.items():
            yield (section, name), getattr(getattr(drafts, section), name), blanks
    yield from _texts_by_indicator(drafts, said)
    for i, row in enumerate(drafts.remarks):
        for j, band in enumerate(row.bands):
            where: FieldPath = ("remarks", i, "bands", j)
            yield (*where, "weakness"), band.weakness, (*said, "code", "item", "score")
            yield (*where, "advice"), band.advice, said
    yield from _texts_of_plan(drafts, said)


def _texts_by_indicator(drafts: Drafts, said: Collection[str]) -> _Texts:
    for i, band in enumerate(drafts.indicators):
        for name in ("weakness", "other"):
            yield ("indicators", i, name), getattr(band, name), (*said, "no", "name", "score")
        yield ("indicators", i, "advice"), band.advice, (*said, "remedy")
    for i, remedy in enumerate(drafts.remedies):
        yield ("remedies", i, "remedy"), remedy.remedy, said


def _texts_of_plan(drafts: Drafts, said: Collection[str]) -> _Texts:
    for i, plan in enumerate(drafts.plan):
        yield ("plan", i, "extra", "short"), plan.extra.short, said
        for way in ("improve", "extra", "maintain"):
            row: Measure = getattr(plan, way)
            yield ("plan", i, way, "measure"), row.measure, said
            for column in ("steps", "responsible"):
                for j, text in enumerate(getattr(row, column)):
                    if column != "responsible" or text not in drafts.duties:
                        yield ("plan", i, way, column, j), text, said


def _strange(text: str, blanks: Collection[str]) -> Iterator[str]:
    try:
        parts = list(Formatter().parse(text))
    except ValueError:  # a brace without its twin
        yield "{ }"
        return
    for _, name, form, conversion in parts:
        if name is not None and (name not in blanks or form or conversion):
            yield f"{{{name}}}"
