"""The phrases in which texts speak of scores, as tables; pure."""

from __future__ import annotations

import re
from enum import StrEnum


class Is(StrEnum):
    """What a piece of a text is, as far as it matters to what is said of scores."""

    __hash__ = str.__hash__  # of an enum it is slow, and each token is sought in several sets

    TEXT = "text"
    """Anything else."""
    BREAK = "break"
    """The end of a line."""
    CODE = "code"
    """One code or a range of them: `e7`, `i1 - i3`."""
    NAME = "name"
    """The official name after a code or an indicator."""
    NUMBER = "number"
    INDICATOR = "indicator"
    SUB_INDICATOR = "sub_indicator"
    ISSUE = "issue"
    TOOL = "tool"
    PART = "part"
    """Which half of a score."""
    PERCENT = "percent"
    TOTAL = "total"
    THIS = "this"
    """The question that a remark is about."""
    EACH = "each"
    """All questions of an issue."""
    OTHERS = "others"
    """Those that are not named."""
    EXCEPT = "except"
    GOT = "got"
    POINTS = "points"
    UP = "up"
    """What makes the number before it the least of several."""
    BELOW = "below"
    ABOVE = "above"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    PASSED = "passed"
    FAILED = "failed"
    """What is said to be on this or that side of a threshold, which may be named after it."""
    ROSE = "rose"
    FELL = "fell"
    """What is said of a score and that of the year before."""
    LOWEST = "lowest"
    HIGHEST = "highest"
    ORDINAL = "ordinal"
    """What makes a superlative one place of several."""
    OF = "of"
    """What stands before the things compared."""
    HERE = "here"
    INDICATORS = "indicators"
    SAME = "same"
    ASCENDING = "ascending"
    DESCENDING = "descending"
    """What is said of the scores of several, one beside the other."""
    UNSHOWN = "unshown"
    """What is said of a score that was not published."""
    ALL = "all"
    PARTLY = "partly"
    NOTHING = "nothing"
    FULL = "full"
    NOT_FULL = "not_full"
    RANK = "rank"
    """The agency's place among those of its province."""
    LEVEL = "level"
    GOOD = "good"
    CAN_GROW = "can_grow"
    URGENT = "urgent"
    MAINTAIN = "maintain"
    IS = "is"
    """What stands before the list of those that were spoken of."""
    JOIN = "join"
    LINK = "link"
    YEAR = "year"
    THIS_YEAR = "this_year"
    OTHER_YEAR = "other_year"
    TARGET = "target"
    """What makes the words after it a wish."""
    CHANGE = "change"
    """What makes the number after it a difference, or of another thing than a score."""
    OPEN = "open"
    CLOSE = "close"


WORDS: dict[Is, tuple[str, ...]] = {
    Is.TEXT: (
        "ถูกต้อง", "ต้องการ", "เท่าที่ควร", "อันควร", "ผู้บริหารสูงสุด", "เกือบทุกข้อ", "คะแนนเต็ม100",
        "คะแนนเต็ม100คะแนน", "จากคะแนนเต็ม", "เกือบทุกตัวชี้วัด", "เต็ม100คะแนน", "ข้อมูล", "ปัญหา",
    ),
    Is.THIS: ("ข้อนี้", "ข้อคำถามนี้", "ในข้อนี้", "ในข้อคำถามนี้", "ข้อดังกล่าว"),
    Is.EACH: ("ทุกข้อ", "ทุกข้อคำถาม", "ทุกข้อที่ทราบคะแนน", "ทุกข้อในประเด็นนี้", "ทุกข้อในประเด็น"),
    Is.OTHERS: ("ข้ออื่น", "ข้อที่เหลือ", "ส่วนที่เหลือ", "นอกนั้น", "นอกจากนั้น", "ตัวชี้วัดอื่น"),
    Is.EXCEPT: ("ยกเว้น", "เว้นแต่", "เว้นข้อ", "นอกจาก", "นอกเหนือจาก"),
    Is.GOT: (
        "ได้", "ได้รับ", "ได้เพียง", "ได้รับเพียง", "ได้แค่", "ได้คะแนน", "ได้รับคะแนน", "ได้คะแนนเพียง", "มีคะแนน",
        "ได้ข้อละ", "คะแนนที่ได้", "ได้คะแนนเฉลี่ย", "เฉลี่ย", "คะแนนเฉลี่ย", "คะแนนประเมิน", "ผลคะแนน",
        "ได้ร้อยละ", "มีคะแนนเฉลี่ย", "เท่ากับ", "อยู่ที่", "ผลการประเมิน", "มีผลการประเมิน", "เพียง", "=", ":",
    ),
    Is.POINTS: ("คะแนน",),
    Is.PERCENT: ("ร้อยละ",),
    Is.UP: ("ขึ้นไป", "ขึ้น"),
    Is.BELOW: ("ต่ำกว่า", "น้อยกว่า", "ไม่ถึง", "ยังไม่ถึง"),
    Is.FAILED: ("ต่ำกว่าเกณฑ์", "ต่ำกว่าเกณฑ์ที่กำหนด", "ไม่ถึงเกณฑ์", "ไม่ถึงเกณฑ์ที่กำหนด", "ยังไม่ถึงเกณฑ์",
                "ไม่ผ่านเกณฑ์", "ไม่ผ่านเกณฑ์ที่กำหนด", "ไม่ผ่านเกณฑ์การประเมิน"),
    Is.PASSED: ("ผ่านเกณฑ์", "ผ่านเกณฑ์ที่กำหนด", "ผ่านเกณฑ์การประเมิน", "อยู่ในเกณฑ์ผ่าน", "อยู่ในเกณฑ์ที่ผ่าน"),
    Is.ROSE: ("เพิ่มขึ้น", "สูงขึ้น"),
    Is.FELL: ("ลดลง", "ต่ำลง"),
    Is.ABOVE: ("สูงกว่า", "สูงกว่าเกณฑ์", "มากกว่า", "เกินกว่า", "เกิน"),
    Is.AT_LEAST: ("ไม่ต่ำกว่า", "ไม่น้อยกว่า", "ตั้งแต่"),
    Is.AT_MOST: ("ไม่เกิน", "ไม่สูงกว่า"),
    Is.LOWEST: ("ต่ำที่สุด", "ต่ำสุด", "น้อยที่สุด"),
    Is.HIGHEST: ("สูงที่สุด", "สูงสุด", "มากที่สุด"),
    Is.ORDINAL: ("อันดับ", "เป็นอันดับ", "ลำดับ", "เป็นลำดับ", "รองลงมา"),
    Is.OF: ("ใน", "ของ", "จาก", "ในบรรดา", "เมื่อเทียบ", "เทียบกับ", "ตาม", "เท่าที่"),
    Is.HERE: ("ประเด็น", "ประเด็นนี้", "ประเด็นเดียวกัน", "ตัวชี้วัดนี้", "ตัวชี้วัดเดียวกัน",
              "แบบนี้", "แบบวัดนี้", "เครื่องมือนี้", "แบบเดียวกัน"),
    Is.INDICATORS: ("ตัวชี้วัด", "ตัวชี้วัดทั้งหมด", "ทุกตัวชี้วัด"),
    Is.ALL: ("ทั้งหมด", "ข้อทั้งหมด", "หน่วยงาน"),
    Is.PARTLY: ("เพียงบางส่วน", "แค่บางส่วน", "บางส่วน"),
    Is.NOTHING: ("ไม่ได้รับคะแนน", "ไม่ได้คะแนน", "ไม่ให้คะแนน", "ไม่มีคะแนน", "ได้คะแนนศูนย์"),
    Is.UNSHOWN: ("ไม่แสดงคะแนน", "ไม่ปรากฏคะแนน", "ไม่ปรากฏผลคะแนน"),
    Is.SAME: ("เท่ากัน", "เท่าๆกัน"),
    Is.ASCENDING: ("จากน้อยไปมาก", "จากน้อยไปหามาก", "จากต่ำไปสูง", "จากต่ำไปหาสูง"),
    Is.DESCENDING: ("จากมากไปน้อย", "จากมากไปหาน้อย", "จากสูงไปต่ำ", "จากสูงไปหาต่ำ"),
    Is.FULL: ("ได้คะแนนเต็ม", "ได้รับคะแนนเต็ม", "ได้เต็ม", "มีคะแนนเต็ม"),
    Is.NOT_FULL: (
        "ไม่ได้คะแนนเต็ม", "ไม่ได้รับคะแนนเต็ม", "ไม่ได้เต็ม", "ไม่เต็ม", "คะแนนไม่เต็ม", "ได้ไม่เต็ม",
        "ได้คะแนนไม่เต็ม",
    ),
    Is.CAN_GROW: ("ยังพัฒนาได้อีก", "พัฒนาได้อีก"),
    Is.URGENT: ("ต้องเร่ง", "โดยเร่งด่วน", "อย่างเร่งด่วน"),
    Is.MAINTAIN: ("รักษาระดับ", "ให้รักษาระดับ", "ควรรักษาระดับ", "รักษาระดับไว้", "ให้รักษาระดับไว้"),
    Is.IS: ("ได้แก่", "คือ", "ประกอบด้วย"),
    Is.JOIN: ("และ", "กับ", "หรือ", ",", "/", "-", "–", "ถึง", "ข้อ", "ข้อที่", "ข้อคำถาม", "ข้อคำถามที่"),
    Is.LINK: ("จึง", "ซึ่ง", "โดย", "ที่", "แต่", "เป็น", "เป็นข้อ", "เป็นข้อที่", "ทั้งนี้", "เนื่องจาก", "เพราะ",
              "แบบ", "แบบวัด", "แบบตรวจ", "เครื่องมือ", ".", ";", "“", "”", '"', "ดังนั้น", "ตามลำดับ",
              "ยัง"),
    Is.THIS_YEAR: ("ปีนี้", "ปีปัจจุบัน"),
    Is.OTHER_YEAR: ("ปีก่อน", "ปีที่แล้ว", "ปีที่ผ่านมา", "ปีหน้า", "ปีถัดไป", "ปีต่อไป", "รอบก่อน",
                    "รอบที่แล้ว", "ครั้งก่อน", "จากเดิม", "เดิมได้"),
    Is.TARGET: (
        "เพื่อให้", "ให้ได้", "ทำให้", "เป้าหมาย", "คาดว่า", "คาดหวัง", "หาก", "ถ้า", "จะ", "ควร", "ต้อง",
        "มุ่ง", "ให้มีคะแนน", "ยกระดับ", "เพิ่มเป็น", "ไม่ใช่", "มิใช่", "หนึ่งใน", "กรณี",
    ),
    Is.CHANGE: ("ห่าง", "ต่างกัน", "พึงพอใจ", "ขาดอีก", "ขาดไป", "เต็ม", "ประเทศ",
                "ระดับจังหวัด", "ของจังหวัด", "หน่วยงานอื่น", "ค่าเฉลี่ย"),
    Is.OPEN: ("(", "["),
    Is.CLOSE: (")", "]"),
}  # fmt: skip
"""Each phrase without white space; of two that begin at one place the longer is meant."""

_AGENCIES = r"(?:แห่ง|หน่วยงาน|อปท\.?|องค์กรปกครองส่วนท้องถิ่น)"
_AMONG = rf"จาก(?:จำนวน|ทั้งหมด|ทั้งสิ้น)?{_AGENCIES}?(?:ทั้งหมด|ทั้งสิ้น)?[0-9]{{1,4}}(?![0-9./]){_AGENCIES}?"
_OF_PROVINCE = rf"(?:(?:ของ|ใน|ระดับ){_AGENCIES}?(?:ทั้งหมด|ใน|ของ){{0,2}})?(?:ของ|ใน|ระดับ)จังหวัด(?!อื่น)"
_NO_MORE = r"(?=$|[\n.,;)\]]|และ|ซึ่ง|โดย|จึง|แต่|ใน?ปี|ตามประกาศ)"
"""What may follow a rank whose province is not named, for it is of no other thing."""

PATTERNS: dict[Is, str] = {
    Is.BREAK: r"\n",
    Is.TOTAL: (
        r"(?:คะแนน|ได้คะแนน|ได้รับคะแนน|มีคะแนน|ผลคะแนน)(?:(?:ผล)?(?:การ)?ประเมิน|เฉลี่ย)?"
        r"(?:(?:ใน|โดย)?(?:ภาพ)?รวม(?:เฉลี่ย|ทั้งหมด|ทั้งสิ้น)?|ITA)|ผลการประเมิน(?:(?:ใน)?ภาพรวม|ITA)"
    ),
    Is.SUB_INDICATOR: r"ตัวชี้วัด(?:ย่อย)?(?:ที่)?(?P<sub_no>[0-9]{1,2}\.[0-9])(?!\.?[0-9])",
    Is.INDICATOR: r"ตัวชี้วัด(?:ที่)?(?P<indicator_no>[0-9]{1,2})(?!\.?[0-9])",
    Is.ISSUE: r"ประเด็นที่(?P<issue_no>[0-9]{1,2})(?![0-9])",
    Is.PART: r"\(ส่วนที่(?P<half>[12])\)|ส่วนที่(?P<bare_half>[12])(?![0-9])",
    Is.YEAR: r"(?:ปี(?:งบประมาณ|การประเมิน)?(?:พ\.ศ\.)?|พ\.ศ\.) ?(?P<year_no>2[45][0-9]{2})(?![0-9])",
    Is.RANK: (
        rf"(?:เป็น|อยู่)?(?:อันดับ|ลำดับ)(?:ที่)?[0-9]{{1,4}}(?![0-9./])"
        rf"(?:{_AMONG}(?:{_OF_PROVINCE}|{_NO_MORE})|{_OF_PROVINCE})"
    ),
    Is.NUMBER: r"[0-9]+(?:[.,/:-][0-9]+)*",
}
"""Phrases that hold a number."""
OTHER_LEVELS = ("ดีเยี่ยม", "ดีมาก", "พอใช้", "ปานกลาง", "ไม่ผ่าน", "AA", "A", "B", "C", "D")
"""Levels of other scales: no result of an agency is announced so."""
MAY_CLAIM = re.compile(
    "[0-9๐-๙]|คะแนน|ระดับ|สุด|เต็ม|ต้องเร่ง|เร่งด่วน|(?:ผ่าน|ถึง|กว่า)เกณฑ์|เกณฑ์(?:ที่)?ผ่าน|(?:ขึ้น|ลง).{0,9}ปี|กว่าปี"
)
"""No text without one of these says anything of a score."""
WEAK = (
    "ยังไม่", "ยังขาด", "ขาดความ", "ไม่ครบ", "ไม่เพียงพอ", "ไม่ทั่วถึง", "ไม่ชัดเจน", "ไม่เป็นไปตาม", "เท่าที่ควร",
    "ไม่สมบูรณ์", "ไม่เป็นปัจจุบัน", "ไม่เป็นธรรม", "ไม่สะดวก", "เปิดไม่ได้", "ไม่สามารถเปิด",
    "ไม่พบข้อมูล", "ไม่พบเอกสาร", "ไม่ทราบ", "ล่าช้า", "ควรปรับปรุง",
    "ควรแก้ไข", "ต้องเร่ง", "ต้องปรับปรุง", "ต้องแก้ไข",
)  # fmt: skip
"""What a remark says of a score that is not full."""
NOT_WEAK = ("ยังไม่พบ", "ไม่มีข้อบกพร่อง", "ไม่พบข้อบกพร่อง", "รักษาระดับ", "รักษามาตรฐาน")
"""What makes it no weakness after all."""
