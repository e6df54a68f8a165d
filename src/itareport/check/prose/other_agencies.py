"""Names of other agencies in the texts: a copied file that was not changed throughout; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from itareport import thai
from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.fields import Text
from itareport.check.prose.spelling import other_spelling
from itareport.ita import areas
from itareport.ita.catalogue import AgencyKind, Kinds
from itareport.problems import Problem, problem

_LETTERS = "ก-ฮะ-ฺเ-ๅ็-๎"
_NAME = rf"[{_LETTERS}][{_LETTERS}-]{{2,60}}"
_ENDS = re.compile(r"ควร|ต้อง|และ|โดย|เพื่อ|หรือ|ซึ่ง|ให้|ได้|รักษา|ปฏิบัติ|ดำเนิน|เป็น|จัด|มีการ|มีความ|มีแผน")
"""No name goes on over one of these."""
_MAY_END = re.compile(
    r"มี|ที่|ใน|ของ|ทุก|จาก|กับ|ต่อ|ตาม|เรื่อง|ประจำ|จะ|จึง|ยัง|ไม่|เร่ง|ว่า|นี้|ณ|แห่ง|อำเภอ|จังหวัด"
)
"""A name may end before one of these, or hold it (เชียงของ)."""
_TAIL = 7
"""A name that holds such a word has no more letters than these from there on."""
_MODAL = re.compile(r"\s?(?:ควร|ต้อง)")
_SHORTEST = 3
NO_NAME = re.compile(
    "ใกล้|อื่น|ที่|ใน(?!เมือง|เตา|วง|คลอง)|ของ|และ|ได้|ควร|จะ(?!นะ|แนะ|รัง|ทิ้ง|แหน|โหนง)|มี|ทุก|ทราบ|เพื่อ|ให้|โดย|ต้อง|เป็น"
    "|หรือ|กับ|จาก|ต่อ|ตาม|เห็น|พิจารณา|อนุมัติ|ลงนาม|ลงมือ|ลงพื้น|ประกาศ|ดำเนิน(?!สะดวก)|จัด|กำหนด|กำกับ|กำชับ|เผยแพร่"
    "|ประชุม|ประชาชน|ประชาสัม|ประชาคม|มอบ|สั่ง|ปฏิบัติ|รักษา|ว่าด้วย|เรื่อง|ประจำ|ปีงบ|ปีละ|เร่ง|ร่วม|สนับสนุน|ส่งเสริม"
    "|รายงาน|ติดตาม|ตรวจ|แต่งตั้ง|แจ้ง|เชิญ|เปิด|ยัง|ไม่|นำ|ใช้|รับ(?!ร่อ)|ส่ง|ตั้งแต่|ตั้งงบ|ตั้งอยู่|สามารถ|พบ(?!พระ)"
    "|อยู่|เข้า|ขอความ|ขอรับ|ขอให้|ขอเชิญ|คือ|ทั้ง|แห่ง|ระดับ|ขนาด|สมัย|ชุด|พร้อม|หลังจาก|หลังการ|ก่อน|เมื่อ|ถือ|บริหาร"
    "|บริการ|พัฒนา(?!นิคม)|สรุป|ชี้แจง|สื่อสาร|อบรม|ปิด|แก้ไข|ยกระดับ|ยกเลิก|ยกเว้น|เฉพาะ|ด้าน|ภาย|จำนวน|ดังกล่าว|นี้"
    "|นั้น|เอง|ทำ|วาง|ยืนยัน|ควบคุม|เพิ่ม|ลด|คำนึง|ตระหนัก|มุ่ง|ปรับ|ทบทวน|ขับเคลื่อน|เสนอ|ซึ่ง|ต่าง|หลาย|บางแห่ง|บางส่วน|ใด"
    "|แต่|แล้ว|จึง|ก็|ด้วย|ผ่าน|ว่า|คน(?!ที)|ผู้|ฝ่าย|โครงการ|เขตติดต่อ|ข้างเคียง|ต้นแบบ|ตัวอย่าง|คุณธรรม|สีขาว|น่าอยู่|ท่าน"
)
"""What follows the word for an agency that is meant in general."""
_MOST_FOUND = 3_000
_MOST_TOLD = 20
"""A text that names more agencies is no copy of another's report."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A word for a kind of agency in a text, and what runs on after it."""

    text: Text
    kind: str
    after: str
    names: tuple[str, ...]
    """What the name may be: each beginning of `after` where a name may end, shortest first."""
    sure: bool
    """Whether this can only be meant as the agency that reports."""


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield a problem for each other agency whose name is in several texts, with all places."""
    for kind, name, texts in strangers(facts):
        first, *others = dict.fromkeys(texts)
        yield problem(
            "D268",
            first.where,
            label=facts.label(first.where) if not others else "",
            also=[text.where for text in others],
            found=f"{kind}{name}",
            count=len(others) + 1,
            parts=fields.sections(texts),
            own=facts.full_name,
        )


def strangers(facts: Facts) -> Iterator[tuple[str, str, list[Text]]]:
    """Yield kind, name and texts of each other agency that a copied file seems to have left.

    Thai has no spaces between words, so only all the places together show where a name ends: it
    is the beginning that most of them share.  One place proves nothing, unless it is about what
    the agency should do, its units or its signatories.
    """
    left = list(islice(_found(facts), _MOST_FOUND))
    for _ in range(_MOST_TOLD):
        told = {key: of for key, of in _counted(left).items() if _tells(key[1], of)}
        if not told:
            return
        kind, name = max(told, key=lambda key: (len(told[key]), len(key[1])))
        yield kind, name, [found.text for found in told[kind, name]]
        left = [found for found in left if not _is_of(found, kind, name)]


def _counted(left: list[_Found]) -> dict[tuple[str, str], list[_Found]]:
    """Return all the places that begin with each name that one of them may have."""
    counted: dict[tuple[str, str], list[_Found]] = {
        (found.kind, name): [] for found in left for name in found.names
    }
    for found in left:
        for end in range(_SHORTEST, len(found.after) + 1):
            if (of := counted.get((found.kind, found.after[:end]))) is not None:
                of.append(found)
    return counted


def _is_of(found: _Found, kind: str, name: str) -> bool:
    return found.kind == kind and found.after.startswith(name)


def _tells(name: str, of: list[_Found]) -> bool:
    if any(found.sure and name in found.names for found in of):
        return True
    texts = {fields.squeezed(text) for text in {found.text.text for found in of}}
    return len(texts) > 1 and areas.may_be_name(name)


def _found(facts: Facts) -> Iterator[_Found]:
    """Yield every word for a kind of agency with a name after it that is not the own name."""
    _, province = thai.bare_area("", fields.unquoted(facts.report.agency.province))
    heads, pattern = _mentions(facts.kinds)
    for text in facts.texts if heads else ():
        if text.where[0] == "agency" and text.where[1] != "units":
            continue
        is_local = facts.kind is not None and facts.kind.family
        said = text.text if is_local else text.text.replace(facts.full_name, " ")
        for match in pattern.finditer(said):
            kind, after = heads[fields.squeezed(match["head"])], match["after"].rstrip("-")
            signed = text.where[0] == "signatures"
            of_province = not kind.has_district and after.startswith(province) and not signed
            if _is_own(facts, kind, after, signed=signed) or of_province or NO_NAME.match(after):
                continue
            names = _names(after)
            end = match.start("after") + len(names[-1])
            advised = text.where[0] == "remarks" and _MODAL.match(said, end)
            sure = signed or match["under"] or advised
            yield _Found(text, kind.name, after, names, sure=bool(sure))


@lru_cache(maxsize=4)
def _mentions(kinds: Kinds) -> tuple[dict[str, AgencyKind], re.Pattern[str]]:
    """Return the kind that each word before a name means, and the pattern of such words."""
    mentions = [(head.split(), kind) for kind in kinds.kinds for head in kind.mentions]
    mentions.sort(key=lambda mention: len("".join(mention[0])), reverse=True)
    heads = {"".join(parts): kind for parts, kind in mentions}
    spaced = "|".join(
        r"\s?".join(map(re.escape, parts)) + (r"\s?" if parts[-1].endswith(".") else "")
        for parts, _ in mentions
    )
    under = r"(?P<under>(?:ในสังกัด|เว็บไซต์(?:หลัก)?)(?:ของ)?\s?|สำนักปลัด|(?:เสนอ|ต่อ)(?:นายก|ปลัด)|ตามที่)"
    return heads, re.compile(rf"{under}?(?P<head>{spaced})(?=(?P<after>{_NAME}))")


def _is_own(facts: Facts, kind: AgencyKind, after: str, *, signed: bool) -> bool:
    """Return whether the agency's own name is meant: in full, shortened, or misspelled.

    Other checks report a misspelled name, and the own name after a title of another kind.
    """
    own, name = facts.kind or kind, facts.name
    if not name:
        return False
    if after.startswith(name):
        same_family = bool(own.family) and own.family == kind.family
        return own.name == kind.name or (signed and not same_family)
    if f"{kind.name.removeprefix(own.family)}{after}".startswith(name):
        return True  # เทศบาลเมืองแกลง for เทศบาลตำบลเมืองแกลง
    short = any(name.startswith(cut) for cut in _names(after))
    return (own.name == kind.name and short) or bool(other_spelling(facts, after))


def _names(after: str) -> tuple[str, ...]:
    """Return what of a run of letters may be a name, shortest first."""
    end = _ENDS.search(after, _SHORTEST)
    whole = after[: end.start() if end else len(after)]
    first, *more = [*(match.start() for match in _MAY_END.finditer(whole, _SHORTEST)), len(whole)]
    return tuple(whole[:stop] for stop in (first, *more) if stop - first <= _TAIL)
