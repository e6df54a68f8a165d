"""Letters: what an agency must mend or confirm, one text file each, ready to send."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from itareport.batch import file_names
from itareport.batch.file_names import LETTERS
from itareport.batch.lists.status import goes_through_district
from itareport.batch.record.entry import Complaint, Entry
from itareport.files import inputs, output
from itareport.ita.kinds import full_name
from itareport.problems import Flag, Severity, headed

_BY_PROGRAM = re.compile(r" หรือ(?:(?! หรือ).)*\bitareport .*")
"""What a remedy proposes to those who have the program; an agency need not have it."""
_SEVERAL = ("มีข้อมูลของหน่วยงานมากกว่าหนึ่งชุด", "โปรดแจ้งว่าข้อมูลชุดใดถูกต้อง พร้อมคะแนนภาพรวมของชุดนั้น")
"""Of an agency that has no file among them: what is said in place of their names."""
_ASK_FOR_FORM = "โปรดขอแบบกรอกของปีนั้นจากผู้ส่งรายการนี้ แล้วกรอกลงในแบบกรอกนั้น"
"""In place of a remedy of which nothing else is left."""


def is_due(entry: Entry) -> bool:
    """Return whether an agency has something to mend or to confirm."""
    if any(map(_is_theirs_to_mend, entry.problems)):
        return True
    is_made = entry.state in ("done", "waiting")
    return is_made and entry.facts is not None and entry.facts.has_drafts


def _is_theirs_to_mend(one: Complaint) -> bool:
    is_wrong = one.has(Flag.MUST_BE_MENDED) or (one.is_error and one.is_about_data)
    return is_wrong and not one.has(Flag.IS_OF_TABLE)


def text(entry: Entry, form: str = "") -> str:
    """Return the letter of an agency: what to mend, to confirm and to look at again.

    It speaks only of what the agency has: of a row of a table its form, where it was given one of
    that name; else of its data file.
    """
    to_mend = [one for one in entry.problems if _is_theirs_to_mend(one)]
    about_data = [one for one in entry.problems if one.is_about_data]
    theirs = [one for one in about_data if not (one in to_mend or one.has(Flag.IS_OF_TABLE))]
    drafts = [one for one in theirs if one.has(Flag.IS_DRAFT)]
    doubts = [one for one in theirs if one.severity == Severity.WARNING and one not in drafts]
    drafts = drafts if _has_drafts_to_read(entry, form) else []
    lines = _heading(entry, form, "ขอให้แก้ไขข้อมูล" if to_mend else "ขอให้ตรวจทานและยืนยันข้อความร่างใน")
    if to_mend:
        back = "แจ้งข้อมูลที่ถูกต้องกลับมา" if entry.row else "ส่งไฟล์ข้อมูลกลับมาอีกครั้ง"
        back = "ส่งแบบกรอกที่แก้แล้วกลับมา" if form else back
        wish = f"ขอความกรุณาแก้ไข {len(to_mend)} รายการต่อไปนี้ แล้ว{back}"
        lines += _listed(entry, wish, to_mend)
    else:
        lines += ["จัดทำรายงานแล้ว แต่มีข้อความที่โปรแกรมร่างให้ รายงานจึงพิมพ์คำว่า ร่าง ทุกหน้า", ""]
    if drafts:
        wish = "ขอความกรุณาตรวจทานข้อความร่างต่อไปนี้ แก้ให้ตรงกับข้อเท็จจริง แล้ว"
        lines += _listed(entry, f"{wish}{_confirming(entry, form)}", drafts)
    if doubts:
        wish = f"และขอความกรุณาตรวจทาน {len(doubts)} รายการต่อไปนี้ หากถูกต้องแล้วไม่ต้องแก้ไข"
        lines += _listed(entry, wish, doubts)
    return "\r\n".join([*lines, "ขอขอบคุณ"]) + "\r\n"


def _has_drafts_to_read(entry: Entry, form: str) -> bool:
    """Return whether an agency has the drafts before it: in its form, its file or its report."""
    return bool(form) or not entry.row or entry.state in ("done", "waiting")


def _confirming(entry: Entry, form: str) -> str:
    """Return how an agency confirms drafts with what it has."""
    if form or not entry.row:
        file = "แบบกรอก" if form else "ไฟล์ข้อมูล"
        return f"ยืนยันโดยลบคำว่า ร่าง ของแต่ละแห่งใน{file} และส่งกลับมา"
    return "ยืนยันหรือแจ้งข้อความที่แก้กลับมา"


def _heading(entry: Entry, form: str, wish: str) -> list[str]:
    """Return subject and addressee: those who keep the file, if no agency is known."""
    facts, file = entry.facts, Path(entry.shown).name
    year = f" ปีงบประมาณ พ.ศ. {facts.fiscal_year}" if facts and facts.fiscal_year else ""
    lines = [f"เรื่อง  {wish}รายงานผลการประเมิน ITA{year}"]
    lines += [f"หน่วยงาน  {full_name(facts.kind, facts.name)}" if facts else "ถึง  ผู้ดูแลไฟล์ข้อมูล"]
    if facts and goes_through_district(facts):
        lines.append(f"ผ่าน  อำเภอ{facts.district}")
    if form:
        return [*lines, f"แบบกรอก  {form}", ""]
    return [*lines, *([] if facts and entry.row else [f"ไฟล์ข้อมูล  {file}"]), ""]


def _listed(entry: Entry, wish: str, complaints: Sequence[Complaint]) -> list[str]:
    """Return a wish and what it is about, one numbered line each."""
    lines, of_row = [wish, ""], entry.row and entry.facts is not None
    for number, one in enumerate(complaints, 1):
        place = "" if of_row else one.place
        text, remedy = one.text, _remedy(entry, one)
        if of_row and one.has(Flag.DUPLICATE):
            text, remedy = _SEVERAL
        lines.append(f"{number}. {headed(place, one.label, text)}")
        if remedy and not (of_row and one.has(Flag.IS_DRAFT)):
            lines.append(f"   {remedy}")
    return [*lines, ""]


def _remedy(entry: Entry, one: Complaint) -> str:
    """Return a remedy that can be followed without the program, where an agency is to follow it."""
    remedy = _BY_PROGRAM.sub("", one.remedy)
    return _ASK_FOR_FORM if entry.facts and "itareport" in remedy else remedy


def _form(entry: Entry, out: Path) -> str:
    """Return the name of the form that the agency of a row was given; "" where there is none."""
    if not entry.row or entry.facts is None or not entry.facts.fiscal_year:
        return ""
    path = out / file_names.form(entry.facts)
    return path.name if path.is_file() else ""


def existing(entries: Iterable[Entry], out: Path) -> frozenset[str]:
    """Return the names of the letters that earlier runs left."""
    found = {file.stem for file in (out / LETTERS).glob("*.txt")}
    return frozenset(entry.letter for entry in entries if entry.letter in found)


def write(entries: Iterable[Entry], before: Iterable[str], out: Path) -> None:
    """Write the letters of those to whom one is due; remove those of `before` that are not.

    Raises:
        ItaReportError: O6xx: one cannot be written.
    """
    folder, due = out / LETTERS, set()
    for entry in entries:
        if entry.letter and is_due(entry):
            due.add(entry.letter)
            said = text(entry, _form(entry, out)).encode("utf-8-sig", errors="replace")
            _put(folder / f"{entry.letter}.txt", said)  # ? where a file's name is no text
    for name in set(before) - due:
        with contextlib.suppress(OSError):
            (folder / f"{name}.txt").unlink()
    with contextlib.suppress(OSError):
        folder.rmdir()  # only an empty one goes


def _put(file: Path, data: bytes) -> None:
    try:
        same = inputs.read(file, len(data)) == data
    except OSError:
        same = False
    if not same:
        output.stay_within(file.parent.parent, file.parent)
        output.folder(file.parent)
        output.write(file, data)
