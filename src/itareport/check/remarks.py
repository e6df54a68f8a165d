"""Remarks against their scores, other items' names, and confessions of wrongdoing; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from itareport.catalogue import Item
from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.scores import unknown
from itareport.errors import FieldPath, Problem, problem
from itareport.model import QuestionScore, Remark

_ADVICE = re.compile(r"ดังนั้น|เพราะฉะนั้น|(?:จึง|ต้อง)?(?:ควร|ต้องเร่ง)|เห็นสมควร")
_OPINION = re.compile(
    r"เห็นว่า|ความเห็น|คิดเห็น|รับรู้|รู้สึก|เชื่อว่า|เชื่อมั่น|เข้าใจว่า|มองว่า|คาดว่า|สงสัย|กังวล|ทัศนคติ"
    r"|มุมมอง|มั่นใจ|อาจ|เสี่ยง|น่าจะ"
)
_DENIAL = re.compile(r"ไม่(?:มี|พบ|เคย|ปรากฏ|เกิด|ได้)|ปราศจาก|ป้องกัน|ห้าม|ต่อต้าน")
_WRONGDOING = re.compile(
    r"เท็จ|ทุจริต|มิชอบ|สินบน|เอื้อประโยชน์|เอื้อผลประโยชน์|เรียกรับ|เรียกเงิน|รับเงิน|รับของขวัญ|พวกพ้อง"
    r"|แลกกับ|ซื้อขายตำแหน่ง|วิ่งเต้น|ปลอม|ยักยอก|เบียดบัง|ฮั้ว|สมยอม|ใต้โต๊ะ|ไม่ถูกต้อง|ไม่ชอบ"
    r"|ผิด(?:กฎหมาย|ระเบียบ|วินัย|หลักเกณฑ์)|กระทำ(?:การ)?ผิด|โกง"
)
_BULLETS = "-–—•*·. \n"


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield scores without a remark, rows of remarks at fault, and words that need a look."""
    given = {remark.code for remark in facts.report.remarks if _says(remark)}
    yield from _without(facts, given)
    seen: dict[str, int] = {}
    for index, remark in enumerate(facts.report.remarks):
        label = f"ข้อ {remark.code}"
        where: FieldPath = ("remarks", index, "code")
        if (item := facts.catalogue.item(remark.code)) is None:
            yield problem("D221", where, label=label, **unknown(facts, remark.code))
        elif remark.code in seen:
            also = [("remarks", seen[remark.code], "code")]
            yield problem("D222", where, label=label, also=also, code=remark.code)
        else:
            yield from _remark(facts, ("remarks", index, "text"), remark, item)
        seen.setdefault(remark.code, index)
    if read := {remark.code for remark in facts.report.remarks if _is_prose(facts, remark)}:
        yield problem("D313", ("remarks",), codes=fields.listed(read))


def _says(remark: Remark) -> bool:
    return bool(remark.text.strip(_BULLETS))


def _is_prose(facts: Facts, remark: Remark) -> bool:
    """Tell whether a remark says more than that the level is to be kept."""
    said = fields.squeezed(remark.text.strip(_BULLETS))
    return bool(said) and said != fields.squeezed(facts.catalogue.wording.maintain)


def _without(facts: Facts, given: set[str]) -> Iterator[Problem]:
    """Tell of low scores without a remark, and of those that the agency lets pass."""
    threshold, maintain = facts.report.agency.maintain_from, facts.catalogue.wording.maintain
    rows = [(i, row) for i, row in facts.low() if row.code not in given]
    for index, row in rows:
        if _lowest(row) < threshold:
            yield problem(
                "D220",
                ("scores", index, "text"),  # a workbook has the remark's cell in this row
                label=f"ข้อ {row.code}",
                code=row.code,
                score=fields.score(row),
                threshold=threshold,
            )
    if passed := [row.code for _, row in rows if _lowest(row) >= threshold]:
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
        yield from _confession(facts, where, remark, item)
    elif score is not None and _lowest(score) < 100:
        said = fields.score(score)
        yield problem("D252", where, label=label, code=code, score=said, maintain=maintain)


def _about(remark: Remark) -> str:
    return f"ข้อวิเคราะห์ข้อ {remark.code}"


def _lowest(row: QuestionScore) -> Decimal:
    """Return the lowest score given; one that is missing is not low."""
    return Decimal(100) if row.lowest is None else row.lowest


def _weakness(text: str) -> str:
    """Return what a remark says is weak: each paragraph up to where its advice begins."""
    return "\n".join(_ADVICE.split(line, maxsplit=1)[0] for line in text.split("\n"))


def _other_items(facts: Facts, where: FieldPath, remark: Remark, item: Item) -> Iterator[Problem]:
    """Tell of official names of other items, the longest where one holds another.

    Advice on a question of IIT or EIT rightly names the documents of OIT to be improved; what
    is weak may not.
    """
    text = fields.squeezed(remark.text if item.official else _weakness(remark.text))
    own = fields.squeezed(item.name)
    text = text.replace(own, "\n")
    named = [(fields.squeezed(o.name), o) for o in facts.catalogue.items.rows if o.official]
    for name, other in sorted(named, key=lambda pair: len(pair[0]), reverse=True):
        if name not in own and name in text:
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


def _confession(facts: Facts, where: FieldPath, remark: Remark, item: Item) -> Iterator[Problem]:
    """Tell of wrongdoing stated as a fact, where a score only counts opinions (wording)."""
    tool = facts.catalogue.tool_of(remark.code)
    if not item.wrongdoing or tool is None:
        return
    for line in _weakness(remark.text).split("\n"):
        said = fields.squeezed(line)
        found = _WRONGDOING.search(said)
        if found and not any(words.search(said, 0, found.end()) for words in (_OPINION, _DENIAL)):
            yield problem(
                "D257",
                where,
                label=_about(remark),
                code=remark.code,
                said=line.strip(_BULLETS),
                respondents=tool.respondents,
            )
            return
