"""Remarks against their scores, and other items' names in them; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from itareport.check import fields
from itareport.check.arithmetic import code_slips
from itareport.check.arithmetic.scores import unknown
from itareport.check.facts import Facts
from itareport.check.prose import advice
from itareport.ita import remarked
from itareport.ita.catalogue import Item
from itareport.ita.model import Published, QuestionScore, Remark
from itareport.problems import FieldPath, Problem, problem

_EACH = 3
"""Up to so many scores without a remark are reported one by one; more of them, all at once."""
_BULLETS = "-–—•*·. \n"
_MAINTAINED = re.compile("(?:รักษา|คง)(?:ไว้ซึ่ง)?(?:ระดับ|มาตรฐาน|คุณภาพ)")
_CHANGED = re.compile(
    "เห็นว่า|ยังไม่|ปรับปรุง|แก้ไข|ทบทวน|เพิ่มเติม|พัฒนา|เผยแพร่|ชี้แจง|สื่อสาร|ซักซ้อม|จัดทำ|มาตรการที่|กำหนด|เร่ง"
)
"""Without one of these a remark that keeps a level or a standard says no more than that."""
_KEPT = (
    "หน่วยงานควร",
    "ควร",
    "ให้",
    "ต้อง",
    "คะแนน",
    "ไว้",
    "ต่อไป",
    "อย่างต่อเนื่อง",
    "การดำเนินงาน",
    "เดิม",
)
"""What may stand around the words for a level that is kept and says nothing more."""
_UNMISTAKABLE = 24
"""What a question asks in short is written in so many letters only where it is meant."""


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield scores without a remark, rows of remarks at fault, and words that need a look."""
    saying = [remark for remark in facts.report.remarks if _says(remark)]
    given = {code for remark in saying for code in remarked.covered(remark, facts.catalogue)}
    lacking = _lacking(facts, given)
    meant = _meant(facts, [row.code for _, row in lacking])
    yield from _without(facts, [pair for pair in lacking if pair[1].code not in meant.values()])
    yield from _let_pass(facts)
    seen: dict[str, int] = {}
    for index, remark in _each(facts):
        code, label = remark.code, _about(remark)
        where: FieldPath = ("remarks", index, "code")
        gap = meant.get(code)
        absent = f" และข้อ {gap} ไม่มีข้อวิเคราะห์" if gap else ""
        if (item := facts.catalogue.item(code)) is None:
            yield problem("D221", where, label=label, absent=absent, **unknown(facts, code, gap))
        elif code in seen:
            also = [("remarks", seen[code], "code")]
            hint = f"แถวหลังอาจเป็นของข้อ {gap} " if gap else ""
            told: dict[str, Any] = {"code": code, "absent": absent, "hint": hint}
            yield problem("D222", where, label=f"ข้อ {code}", also=also, **told)
        else:
            yield from _remark(facts, ("remarks", index, "text"), remark, item)
        seen.setdefault(code, index)
    yield from _apart(facts)
    yield from _nowhere(facts)
    yield from _low_indicators(facts)
    if read := {remark.code for _, remark in _each(facts) if _is_prose(facts, remark)}:
        yield problem("D313", ("remarks",), codes=fields.listed(read))


def _each(facts: Facts) -> Iterator[tuple[int, Remark]]:
    """Yield the remarks with their places, a shared one once for each code."""
    for index, remark in enumerate(facts.report.remarks):
        for code in remark.covered:
            yield index, remark.model_copy(update={"code": code}) if remark.codes else remark


def _nowhere(facts: Facts) -> Iterator[Problem]:
    """Report remarks that the document has no row for."""
    published = facts.report.result.published
    printed = {id(remark) for remark in remarked.printed(facts.report, facts.catalogue)}
    for index, remark in enumerate(facts.report.remarks):
        where: FieldPath = ("remarks", index, "text")
        if published is Published.ITEMS:
            has_row = bool(remark.code or remarked.covered(remark, facts.catalogue))
        elif remark.indicator is not None:
            has_row = published is Published.INDICATORS and remark.indicator in facts.indicators
        else:
            has_row = not remark.code and facts.catalogue.tool(remark.tool or "") is not None
        if not has_row:
            yield problem("D232", where, label=facts.label(where[:2]), published=published)
        elif not remark.code and id(remark) not in printed and _says(remark):
            yield problem("D233", where, label=facts.label(where[:2]), rows=_rows(facts, remark))


def _rows(facts: Facts, remark: Remark) -> str:
    """Say which rows a remark without a code is about, as the document prints them."""
    if facts.report.result.published is Published.ITEMS:
        return f"ข้อ {fields.listed(remarked.covered(remark, facts.catalogue))}"
    return f"แบบ {remark.tool}" if remark.indicator is None else f"ตัวชี้วัดที่ {remark.indicator}"


def _low_indicators(facts: Facts) -> Iterator[Problem]:
    """Report low indicators without a remark, where there are no scores of questions."""
    if facts.report.result.published is not Published.INDICATORS:
        return
    given = {(remark.indicator, remark.tool) for remark in facts.report.remarks if _says(remark)}
    lacking = [
        no
        for no, score in facts.indicators.items()
        if score < facts.report.agency.maintain_from
        and (no, None) not in given
        and not any(tool and tool == _tool(facts, no) for _, tool in given)
    ]
    if lacking:
        yield problem("D284", ("result", "indicators"), numbers=fields.spans(lacking))


def _tool(facts: Facts, no: int) -> str:
    indicator = facts.catalogue.indicator(no)
    return indicator.tool if indicator else ""


def _apart(facts: Facts) -> Iterator[Problem]:
    """Report questions that share a remark but do not stand together: its text prints again."""
    for index, remark in enumerate(facts.report.remarks):
        wanted = set(remark.covered)
        listed = [
            [c for c in items if c[0] == remark.code[:1]] for items in facts.grouping.values()
        ]
        together = any(
            wanted == set(own[i : i + len(wanted)]) for own in listed for i in range(len(own))
        )
        if len(wanted) > 1 and not together and all(map(facts.catalogue.item, wanted)):
            codes = fields.listed(wanted)
            yield problem(
                "D258", ("remarks", index, "codes"), label=f"ข้อวิเคราะห์ข้อ {codes}", codes=codes
            )


def _says(remark: Remark) -> bool:
    return bool(remark.text.strip(_BULLETS))


def _is_prose(facts: Facts, remark: Remark) -> bool:
    """Return whether a remark says more than that the level is to be kept."""
    said, maintain = fields.squeezed(remark.text), fields.squeezed(facts.catalogue.wording.maintain)
    more = said.strip(_BULLETS)
    for word in (maintain, *_KEPT):
        more = more.replace(word, "")
    if _MAINTAINED.search(said) and not _CHANGED.search(said):
        return False
    return bool(said.strip(_BULLETS)) and (maintain not in said or bool(more.strip(_BULLETS)))


def _lacking(facts: Facts, given: set[str]) -> list[tuple[int, QuestionScore]]:
    """Return the rows below the agency's threshold that have no remark."""
    threshold = facts.report.agency.maintain_from
    rows = [(i, row) for i, row in facts.low() if row.code not in given]
    return [(i, row) for i, row in rows if _lowest(row) < threshold]


def _meant(facts: Facts, lacking: list[str]) -> dict[str, str]:
    """Guess which code without a remark an unknown or doubled one is meant for."""
    given = Counter(remark.code for _, remark in _each(facts))
    unknown_codes = [code for code in given if not facts.catalogue.item(code)]
    found = code_slips.pairs(unknown_codes, lacking)
    left = [code for code in lacking if code not in found.values()]
    twice = [code for code, count in given.items() if count == 2 and code not in unknown_codes]
    return found | code_slips.pairs(twice, left)


def _without(facts: Facts, lacking: list[tuple[int, QuestionScore]]) -> Iterator[Problem]:
    """Report low scores without a remark, one by one or many at once."""
    threshold = facts.report.agency.maintain_from
    if len(lacking) > _EACH:
        (first, _), *others = lacking
        also: list[FieldPath] = [("scores", index, "text") for index, _ in others]
        codes, score = fields.listed(row.code for _, row in lacking), f"ต่ำกว่า {threshold}"
        told: dict[str, Any] = {"codes": codes, "score": score, "threshold": threshold}
        yield problem("D220", ("scores", first, "text"), also=also, **told)
        return
    for index, row in lacking:
        told = {"codes": row.code, "score": f" {fields.score(row)}", "threshold": threshold}
        where = ("scores", index, "text")  # a workbook has the remark's cell in this row
        yield problem("D220", where, label=f"ข้อ {row.code}", **told)


def _let_pass(facts: Facts) -> Iterator[Problem]:
    """Report scores below 100 that need no remark by the agency's own threshold, and have none."""
    threshold, maintain = facts.report.agency.maintain_from, facts.catalogue.wording.maintain
    given = remarked.by_code(facts.report, facts.catalogue)
    rows = [row for _, row in facts.low() if row.code not in given]
    if passed := [row.code for row in rows if _lowest(row) >= threshold]:
        where = ("agency", "maintain_from")
        codes = fields.listed(passed)
        yield problem("D253", where, codes=codes, maintain=maintain, threshold=threshold)


def _remark(facts: Facts, where: FieldPath, remark: Remark, item: Item) -> Iterator[Problem]:
    score, maintain = facts.score.get(remark.code), facts.catalogue.wording.maintain
    label, code = f"ข้อ {remark.code}", remark.code
    if not _says(remark):
        if score is None or _lowest(score) >= facts.report.agency.maintain_from:
            yield problem("D254", where, label=_about(remark), code=code, maintain=maintain)
        return
    if score is not None and score.missing is not None:
        yield problem("D255", where, label=label, code=code, missing=score.missing)
    if _is_prose(facts, remark):
        yield from _other_items(facts, where, remark, item)
    elif score is not None and _lowest(score) < facts.report.agency.maintain_from:
        said = fields.score(score)
        yield problem("D252", where, label=label, code=code, score=said, maintain=maintain)


def _about(remark: Remark) -> str:
    return f"ข้อวิเคราะห์ข้อ {remark.code}"


def _lowest(row: QuestionScore) -> Decimal:
    """Return the lowest score given; one that is missing is not low."""
    return Decimal(100) if row.lowest is None else row.lowest


def _other_items(facts: Facts, where: FieldPath, remark: Remark, item: Item) -> Iterator[Problem]:
    """Report official names of other items, the longest where one contains another.

    Advice on a question of IIT or EIT rightly names the documents of OIT to be improved; what
    is weak may not.  A reason of ITAS and a known cause may name any, and so may its quotation.
    """
    text = fields.squeezed(remark.text if item.official else advice.weakness(remark.text))
    shared = (facts.catalogue.item(code) for code in remark.codes)
    own = [fields.squeezed(one.name) for one in (item, *filter(None, shared))]
    for name in (*filter(None, map(fields.squeezed, facts.quoted_by(remark))), *own):
        text = text.replace(name, "\n")
    for name, other in facts.named_items:
        if name not in text or any(name in mine for mine in own):
            continue
        if other.official or (not item.official and len(name) >= _UNMISTAKABLE):
            text = text.replace(name, "\n")
            yield problem(
                "D256",
                where,
                label=_about(remark),
                code=remark.code,
                own=item.name,
                other=other.code,
                name=other.name,
            )
