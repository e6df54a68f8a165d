"""File names of reports, safe on Windows, macOS and Linux; pure."""

from __future__ import annotations

import re

from itareport.files import windows
from itareport.ita.catalogue import Kinds
from itareport.ita.model import Report

MAX_BYTES = 200
"""The longest component, extension included, in bytes of UTF-8 (a Thai letter takes three)."""

DRAFT = "(ร่าง)"
"""What the name of a report with unconfirmed drafts begins with, and a drafted file's ends with."""

CHECKED = "ผลตรวจ"
"""The word in brackets behind the name of a workbook's marked copy."""

_CHECKED = re.compile(rf"(?: \({CHECKED}(?: \d+)?\))+$")
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


def report_name(report: Report, kinds: Kinds) -> str:
    """Return the stem of a report's files, without extension: รายงาน ITA 2568 ทต.ควนเสาธง.

    While drafts wait to be confirmed, it begins with (ร่าง).
    """
    agency = kinds.short_name(report.agency.kind, report.agency.name)
    stem = f"รายงาน ITA {report.fiscal_year} {agency}"
    return as_draft(stem) if report.has_drafts else safe(stem)


def as_draft(stem: str) -> str:
    """Return the stem of a draft's files: it begins with (ร่าง), once."""
    return stem if stem.startswith(DRAFT) else safe(f"{DRAFT} {stem}")


def form_name(year: int, short_name: str) -> str:
    """Return the stem of a workbook to fill, without blanks: แบบกรอก-ITA-2568-ทต.ควนเสาธง."""
    return _unspaced(f"แบบกรอก ITA {year} {short_name}")


def data_name(year: int | str, short_name: str) -> str:
    """Return the stem of a data file: ข้อมูล ITA 2568 ทต.ควนเสาธง."""
    return safe(f"ข้อมูล ITA {year} {short_name}")


def without_check_mark(stem: str) -> str:
    """Return the stem of the workbook that a marked copy was made of; of others, the same."""
    return _CHECKED.sub("", stem)


def safe(stem: str, extension_bytes: int = 5) -> str:
    """Make a stem safe: no reserved character or name, no trailing dot or space, cut with a hash.

    A name that had to be cut ends in eight hexadecimal digits of its whole text, so that two long
    names stay two.
    """
    text = _UNSAFE.sub("-", " ".join(stem.split())).rstrip(". ")
    if windows.is_device(text):
        text = f"_{text}"
    room = MAX_BYTES - extension_bytes
    data = text.encode(errors="surrogateescape")  # what is no text in a command stays so
    if len(data) <= room:
        return text
    import hashlib  # it loads OpenSSL, and few names are this long

    digest = hashlib.sha256(data).hexdigest()[:8]
    cut = data[: room - len(digest) - 1].decode(errors="ignore")
    return f"{cut.rstrip('. ')} {digest}"


def table_name(fiscal_year: int, province: str) -> str:
    """Return the name of a table of many agencies, without extension; the year is Buddhist."""
    return _unspaced(f"ตาราง ITA {fiscal_year} {province}".strip())


def _unspaced(stem: str) -> str:
    """Make a stem safe to type as one word of a command."""
    return safe("-".join(stem.split()))
