"""Where a remark stops saying what is weak and begins to say what to do; pure."""

from __future__ import annotations

import re

_BEGINS = re.compile(
    r"ดังนั้น|เพราะฉะนั้น|เห็นสมควร|(?:จึง|หน่วยงาน)ต้อง|ต้องเร่ง|(?:จึง|โดย)?(?<!เท่าที่)(?<!อัน)ควร(?!ร)"
)
_REMEDIES = re.compile(
    r"(?<!เท่าที่)(?<!อัน)ควร|(?<!ถูก)ต้อง(?!การ)|จะ|พึง|แนวทางแก้ไข|ข้อแก้ไข|แก้ไขโดย|ปรับปรุงโดย|ให้มีการ|ขอให้|โปรด"
    r"|กำหนดให้|มอบหมาย|เร่ง|ดำเนินการ|มาตรการที่"
)


def weakness(text: str) -> str:
    """Return what a remark says is weak: each paragraph up to where its advice begins."""
    return "\n".join(_BEGINS.split(line, maxsplit=1)[0] for line in text.split("\n"))


def says_remedy(text: str) -> bool:
    """Return whether a text says at all that something is to be done."""
    return _REMEDIES.search(text) is not None
