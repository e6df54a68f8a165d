"""The result of a batch as the terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from itareport.actions.outcome import FilesOutcome
from itareport.batch import Counts, RunResult
from itareport.problems import ExitStatus, Severity, headed

_NAMES = 5
"""File names that one line lists."""
_TOLD = 20
"""So many things that are to be told of tables are listed."""


def status(result: RunResult) -> ExitStatus:
    """Return 9 where a report failed, else 0."""
    return ExitStatus.SOME_FAILED if result.counts.failed else ExitStatus.OK


def facts(result: RunResult) -> dict[str, Any]:
    """Return what the JSON of a batch holds, as data that `as_json` takes."""
    counts = result.counts
    return {
        "status": status(result),
        "total": counts.total,
        "made": counts.made,
        "unchanged": counts.unchanged,
        "left_alone": counts.left_alone,
        "failed": counts.failed,
        "failures": [{"file": one.shown, "problems": one.problems} for one in result.failed],
        "skipped": result.skipped,
        "doubled": result.duplicates,
        "told": [*result.told],
        "strangers": result.unrelated,
        "old_pdfs": result.old_pdfs,
        "unsent": result.unsent,
        "unlisted": result.unlisted,
        "renamed": result.renamed,
    }


def lines(result: RunResult, out: Path) -> Iterator[str]:
    """Yield what failed and what a person must look at, then how many reports were made."""
    for reason, names in result.skipped.items():
        yield f"ข้าม {len(names)} รายการ เพราะเป็น{reason}: {_listed(names)}"
    yield from _failures(result)
    if told := result.told:
        yield f"เรื่องของตารางที่ต้องดู {len(told)} เรื่อง"
        yield from (f"  {one}" for one in told[:_TOLD])
        if len(told) > _TOLD:
            yield f"  และอีก {len(told) - _TOLD} เรื่อง ดูใน summary.xlsx"
    if names := result.duplicates:
        yield f"หน่วยงานเดียวกันมีหลายไฟล์ข้อมูล {len(names)} ไฟล์: {_listed(names)}"
    if names := result.old_pdfs:
        yield (
            f"PDF ของครั้งก่อน {len(names)} ไฟล์ ไม่ตรงกับ Word ที่จัดทำใหม่ "
            f"โปรดสั่งใหม่พร้อม --pdf หรือลบ: {_listed(names)}"
        )
    if names := result.unrelated:
        yield f"เอกสารในโฟลเดอร์ผลลัพธ์ที่ไม่มีในรอบนี้ {len(names)} ไฟล์ ไม่ได้ลบ: {_listed(names)}"
    yield from _compared(result)
    yield _counts(result)
    if result.statuses:
        yield f"สถานะ: {result.statuses}"
    yield f"ดูสรุปที่ {out / 'summary.xlsx'}"


def forms(given: FilesOutcome, folder: Path) -> Iterator[str]:
    """Yield the agencies that have no form, what is to be told of others, and how many got one."""
    lacking = 0
    for one in given.files:
        if one.exit_status:
            lacking += 1
            yield f"== {one.file}"
            told = [found for found in one.problems if found.severity is Severity.ERROR]
        else:
            told = list(one.problems)
        yield from (f"  {found} [{found.code}]" for found in told)
    made, count = len(given.outputs), len(given.files)
    yield (
        f"ทั้งหมด {count} หน่วยงาน ทำแบบกรอก {made} ใช้แบบกรอกเดิม {count - made - lacking} "
        f"ไม่สำเร็จ {lacking}"
    )
    yield (
        f"แบบกรอกอยู่ใน {folder} โปรดส่งให้หน่วยงานแก้และยืนยัน "
        "เมื่อได้คืน โปรดสั่ง itareport batch ตามด้วยตารางและโฟลเดอร์ที่เก็บแบบกรอก"
    )


def stopped(counts: Counts) -> str:
    """Say how far a run came that ended early, and how to go on."""
    made = counts.made + counts.unchanged + counts.left_alone
    return f"จัดทำแล้ว {made} จาก {counts.total} แห่ง สั่งคำสั่งเดิมอีกครั้งเพื่อทำต่อ"


def _compared(result: RunResult) -> Iterator[str]:
    """Yield how the agencies differ from the list of those that should send data."""
    if names := result.unlisted:
        yield f"มีข้อมูลแต่ไม่อยู่ในรายชื่อหลัง --expect {len(names)} แห่ง: {_listed(names)}"
    if names := result.renamed:
        yield f"อยู่ในรายชื่อหลัง --expect ในชื่อเดิม {len(names)} แห่ง: {_listed(names)}"
    if names := result.unsent:
        yield f"ยังไม่ส่งข้อมูล {len(names)} แห่ง: {_listed(names)}"


def _failures(result: RunResult) -> Iterator[str]:
    for entry in result.failed:
        yield f"== {entry.shown}"
        for one in (problem for problem in entry.problems if problem.is_error):
            yield f"  {headed(one.place, one.label, one.text)} | {one.remedy} [{one.code}]"
    if more := result.counts.failed - len(result.failed):
        yield f"และไม่สำเร็จอีก {more} รายงาน ดูใน summary.xlsx"


def _counts(result: RunResult) -> str:
    counts = result.counts
    said = [f"ทั้งหมด {counts.total} รายงาน", f"จัดทำ {counts.made}"]
    said += [f"ไม่เปลี่ยน {counts.unchanged}"] if counts.unchanged else []
    said += [f"ไม่ได้สั่งให้ทำ {counts.left_alone}"] if counts.left_alone else []
    return " ".join((*said, f"ไม่สำเร็จ {counts.failed}"))


def _listed(names: Sequence[str]) -> str:
    more = f" และอีก {len(names) - _NAMES}" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more
