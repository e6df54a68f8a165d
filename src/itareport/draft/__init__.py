"""Drafts of remarks and plan rows for what a report leaves empty; reads and validates their YAML.

The drafts of a fiscal year are one whole file, apart from its catalogue: only `itareport draft`
pays for reading it.
"""

from __future__ import annotations

from itareport.draft.blanks import LONGEST
from itareport.draft.draft_files import known_years, load, read
from itareport.draft.draft_rows import Drafts
from itareport.draft.filling import fill, says
from itareport.draft.lowest import URGENT
from itareport.draft.telling import summary, told

__all__ = [
    "HEAD",
    "LONGEST",
    "URGENT",
    "Drafts",
    "fill",
    "known_years",
    "load",
    "read",
    "says",
    "summary",
    "told",
]

HEAD = (
    "ไฟล์นี้สร้างโดย itareport draft ข้อความที่มี draft: true เป็นข้อความร่างของโปรแกรม",
    "โปรดตรวจทาน แก้ให้ตรงกับข้อเท็จจริงของหน่วยงาน แล้วลบบรรทัด draft: true เพื่อยืนยันทีละแห่ง",
    "ระหว่างที่ยังมีข้อความร่าง รายงานจะพิมพ์คำว่า ร่าง ทุกหน้า",
)
"""What a drafted file of data begins with."""
