"""Remarks that state wrongdoing as a fact, where a score only counts opinions; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.prose import advice
from itareport.ita import described
from itareport.problems import FieldPath, Problem, problem

_OPINION = re.compile(
    r"เห็นว่า|ความเห็น|คิดเห็น|รับรู้|รู้สึก|เชื่อว่า|เชื่อมั่น|เข้าใจว่า|มองว่า|คาดว่า|สงสัย|กังวล|ทัศนคติ"
    r"|มุมมอง|มั่นใจ|ไม่แน่ใจ|ภาพลักษณ์|อาจ|เสี่ยง|โอกาส|น่าจะ|ตอบว่า|ให้ข้อมูลว่า|ข้อคำถาม|คะแนน"
)
_OPINION_AFTER = re.compile(r"(?:เป็น|ตาม|คือ|เพียง)ความ(?:คิด)?เห็น|ตามการรับรู้|ในความรู้สึก")
_DENIAL = re.compile(
    r"ไม่(?:มี|พบ|เคย|ปรากฏ|เกิด|ได้|ให้)|ปราศจาก|ป้องกัน|ปราบปราม|ห้าม|ต่อต้าน|งดเว้น|ละเว้น|งดรับ"
    r"|เฝ้าระวัง|ร้องเรียน|เบาะแส|บทลงโทษ|(?:ตรวจสอบ|ควบคุม|กำกับ)(?!.{0,9}(?:พบ|ปรากฏ))"
)
_TOPIC = re.compile(
    r"(?:เรื่อง|เกี่ยวกับ|ว่าด้วย|ด้าน|กฎหมาย|ต้าน|มาตรการ|นโยบาย|ประมวล|NoGiftPolicy|แนวปฏิบัติ|แนวทาง|หลักเกณฑ์|ระเบียบ"
    r"|ความเข้าใจ)(?:การ|การจัดการ|เรื่อง)*$"
)
"""What makes the words after it a subject that is spoken of, not a thing that was done."""
_ALWAYS = (
    "สินบน", "เท็จ", "ยักยอก", "เบียดบัง", "ฮั้ว", "สมยอม", "ใต้โต๊ะ", "เรียกเงิน", "เรียกรับ", "ซื้อขายตำแหน่ง",
    "น้ำร้อนน้ำชา", "ล็อกสเปก", "ล็อกสเปค", "ล็อคสเปก", "ล็อคสเปค",
    "โกง", "มีการทุจริต", "พบการทุจริต", "เกิดการทุจริต", "กระทำทุจริต", "กระทำการทุจริต", "เจ้าหน้าที่ทุจริต",
    "บุคลากรทุจริต", "ผู้บริหารทุจริต",
)  # fmt: skip
"""Wrongdoing in a remark on any question."""
_ASKED = (
    *_ALWAYS, "ทุจริต", "มิชอบ", "เอื้อประโยชน์", "เอื้อผลประโยชน์", "รับเงิน", "รับของขวัญ", "พวกพ้อง", "แลกกับ",
    "วิ่งเต้น", "ปลอม", "ไม่ถูกต้อง", "ไม่ชอบ", "ผิดกฎหมาย", "ผิดระเบียบ", "ผิดวินัย", "ผิดหลักเกณฑ์", "กระทำผิด",
    "กระทำการผิด",
)  # fmt: skip
"""Wrongdoing in a remark on a question that asks about it."""
_TAKEN = (
    "รถ", "ยานพาหนะ", "ทรัพย์สิน", "พัสดุ", "ครุภัณฑ์", "วัสดุ", "น้ำมัน", "ของหลวง", "ของราชการ",
    "ของทางราชการ",
)  # fmt: skip
_WITHOUT_LEAVE = (
    "ส่วนตัว", "ส่วนตน", "ธุระ", "กลับบ้าน", "โดยพลการ", "โดยไม่ขอ", "โดยไม่ทำเรื่อง", "ไม่ได้รับอนุญาต",
    "อย่างไม่ถูกต้อง", "ไปใช้ที่บ้าน", "ไว้ที่บ้าน", "ไปที่บ้าน", "ครอบครัว", "บุตรหลาน", "ส่งลูก", "รับลูก",
)  # fmt: skip
_STAFF = ("เจ้าหน้าที่", "บุคลากร", "พนักงาน")
_PAID = ("จ่ายเงิน", "ให้เงิน", "เสียเงิน")
_ACTS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (_WITHOUT_LEAVE, _TAKEN, ("นำ", "เอา", "ใช้", "ยืม", "หยิบ", "ขับ")),
    (
        ("เกินจริง", "ซ้ำซ้อน", "ไม่ได้ปฏิบัติงาน", "ไม่ตรงกับความจริง", "ไม่ได้มาทำงาน", "ไม่ได้ทำงาน", "เกินสิทธิ"),
        ("เบิก",),
    ),
    (_PAID, ("เลื่อนตำแหน่ง", "เลื่อนขั้น", "โยกย้าย", "ลัดคิว", "บริการเร็ว", "เงินพิเศษ")),
    (("ญาติ", "พวกพ้อง", "คนสนิท", "คนรู้จัก"), ("ก่อน", "ลัดคิว", "เลือกปฏิบัติ"), _STAFF),
    (("ไม่จริงจัง", "ไม่เอาจริง", "ไม่ให้ความสำคัญ", "ละเลย", "เพิกเฉย", "ไม่ใส่ใจ"), ("ผู้บริหาร",)),
    (("ลำเอียง", "พวกพ้อง", "เล่นพรรคเล่นพวก"), ("มอบหมาย", "ประเมิน", "เลื่อน", "แต่งตั้ง", "คัดเลือก")),
    (("ไม่ถูกต้อง", "ผิดระเบียบ", "มิชอบ", "ส่วนตัว"), ("สั่ง", "บังคับ"), ("ผู้บังคับบัญชา", "ผู้บริหาร", "หัวหน้า")),
    (("ค่าตอบแทน", "เงินพิเศษ", "ของขวัญ", "สิ่งของ"), ("เรียก", "ขอ"), _STAFF),
)
"""Wrongdoing by words that stand near each other, in whatever order."""
_OWN = tuple(re.compile(fields.longest(own)) for own, *_ in _ACTS)
_INNOCENT = re.compile("สามารถ|ข้อมูลส่วนตัว")
"""Words that hold one of those above."""
_NEAR = 60
_MOST, _MOST_SPANS = 5_000, 50
"""Of a longer line, and of more words for wrongdoing in it, the first ones tell enough."""
_BULLETS = "-–—•*·. \n"


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield what states wrongdoing as a fact on questions of opinion (see wording).

    A cause that a remark repeats is told of where it was typed.
    """
    for index, remark in enumerate(facts.report.remarks):
        quoted = [*filter(None, map(fields.squeezed, facts.quoted_by(remark)))]
        weak = advice.weakness(remark.text)
        yield from _stated(facts, ("remarks", index, "text"), remark.code, weak, quoted)
    for index, row in enumerate(facts.report.scores):
        yield from _stated(facts, ("scores", index, "cause"), row.code, row.cause or "", ())


def _stated(
    facts: Facts, where: FieldPath, code: str, text: str, quoted: Collection[str]
) -> Iterator[Problem]:
    """Yield the first line of a text on a question that states wrongdoing as a fact."""
    item, tool = facts.catalogue.item(code), facts.catalogue.tool_of(code)
    if item is None or tool is None or item.official:
        return
    words = _ASKED if item.wrongdoing else _ALWAYS
    for line in text.split("\n"):
        said = fields.squeezed(line)
        for other in quoted:
            said = said.replace(other, "…")
        if _states(said, words):
            part = "" if where[0] == "remarks" else f" ({described.title(where)})"
            yield problem(
                "D257",
                where,
                label=facts.label(where),
                code=f"{code}{part}",
                said=line.strip(_BULLETS),
                respondents=tool.respondents,
            )
            return


def _states(said: str, words: tuple[str, ...]) -> bool:
    said = _INNOCENT.sub("…", said[:_MOST])
    return any(not _is_no_fact(said, span) for span in islice(_spans(said, words), _MOST_SPANS))


def _spans(said: str, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield where wrongdoing is spoken of: the first word for it, and each act."""
    found = [(said.find(word), said.find(word) + len(word)) for word in words if word in said]
    if found:
        yield min(found)
    for pattern, (_, *others) in zip(_OWN, _ACTS, strict=True):
        for match in pattern.finditer(said):
            first, last = max(0, match.start() - _NEAR), match.end() + _NEAR
            near = [[said.find(word, first, last) for word in group] for group in others]
            places = [[place for place in group if place >= 0] for group in near]
            if all(places):
                starts = [min(group) for group in places]
                yield min(match.start(), *starts), max(match.end(), *starts)


def _is_no_fact(said: str, span: tuple[int, int]) -> bool:
    """Return whether wrongdoing is somebody's opinion, denied, fought, or only a subject."""
    start, end = span
    for group in _ACTS:  # ผู้บริหารไม่ให้ความสำคัญ denies nothing
        for word in group[0]:
            if said[start:end].endswith(word) or said[start:end].startswith(word):
                said = said.replace(word, "·" * len(word))
    return bool(
        _OPINION.search(said, 0, end)
        or _DENIAL.search(said, 0, end)
        or _OPINION_AFTER.search(said, end)
        or _TOPIC.search(said[: _start(said, start)])
    )


def _start(said: str, start: int) -> int:
    """Return where the words for the wrongdoing begin: a verb may stand before them."""
    verb = re.search(r"(?:เรียก|รับ|ให้)*$", said[:start])
    return verb.start() if verb else start
