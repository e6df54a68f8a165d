"""Outcomes as the terminal shows them: lines in Thai, or JSON."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from itareport.actions.outcome import FileOutcome, FilesOutcome, as_json
from itareport.problems import ExitStatus, Problem, Severity

if TYPE_CHECKING:
    from itareport.actions.doctor import MachineOutcome
    from itareport.actions.draft_copy import DraftOutcome

_HEADINGS = {
    Severity.ERROR: "ข้อผิดพลาด",
    Severity.WARNING: "คำเตือน",
    Severity.NOTE: "หมายเหตุ",
    Severity.UNCHECKED: "ตรวจไม่ได้",
}
_MOST = 200
"""Problems of one severity that are shown; `--json` has them all."""


def lines(texts: Iterable[str]) -> None:
    """Print lines for a person."""
    with reader_may_leave():
        for text in texts:
            print(text)


def as_document(value: Any) -> None:
    """Print an outcome as one JSON document."""
    with reader_may_leave():
        print(json.dumps(as_json(value), ensure_ascii=False, indent=2))


@contextlib.contextmanager
def reader_may_leave() -> Iterator[None]:
    """Ignore that the reader of our output has gone (`itareport … | head`)."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def problems(found: Iterable[Problem], *, stream: TextIO, file: str = "") -> None:
    """Print problems as `listed` lists them."""
    for line in listed(found, file):
        print(line, file=stream)


def listed(problems: Iterable[Problem], file: str = "") -> Iterator[str]:
    """Yield the problems found in a file, each with its code; of one severity, the first 200.

    A problem of another file than `file` (a catalogue, say) names that file.
    """
    listed = list(problems)
    for severity, heading in _HEADINGS.items():
        found = [one for one in listed if one.severity is severity]
        if found:
            yield f"{heading} ({len(found)})"
            yield from _of_severity(found[:_MOST], file)
        if len(found) > _MOST:
            yield f"  … และอีก {len(found) - _MOST} เรื่อง ดูทั้งหมดได้ด้วย check --json"


def _of_severity(found: list[Problem], file: str) -> Iterator[str]:
    """Yield a line for each problem: those in cells of the workbook last, sheet by sheet."""
    in_cells = [one for one in found if _is_in_cell(one, file)]
    for one in found:
        if one not in in_cells:
            yield f"  [{one.code}] {_other_file(one, file)}{one}"
    if in_cells:
        from itareport.reading import workbook  # takes long to load

        yield from workbook.listing(in_cells)


def _is_in_cell(found: Problem, file: str) -> bool:
    return found.place is not None and bool(found.place.sheet) and found.place.file == file


def _other_file(found: Problem, file: str) -> str:
    """Name the problem's file, unless it is the one that is shown or its message names it."""
    name = found.place.file if found.place else ""
    is_named = name in (file, "") or f"“{name}”" in found.message
    return "" if is_named else f"ไฟล์ {name} "


def of_files(outcome: FilesOutcome, *, verbose: bool) -> Iterator[str]:
    """Yield the lines on every file, and how many succeeded where there are several."""
    for one in outcome.files:
        if len(outcome.files) > 1:
            yield f"== {one.file}"
        yield from _of_file(one, verbose=verbose)
    if (count := len(outcome.files)) > 1:
        failed = sum(one.exit_status != ExitStatus.OK for one in outcome.files)
        yield f"ทั้งหมด {count} ไฟล์ สำเร็จ {count - failed} ไม่สำเร็จ {failed}"


def _of_file(outcome: FileOutcome, *, verbose: bool) -> Iterator[str]:
    shown = [p for p in outcome.problems if verbose or p.severity is not Severity.UNCHECKED]
    yield from listed(shown, Path(outcome.file).name)
    yield _summary(outcome.problems, verbose=verbose)
    yield from _elements(outcome)
    for output in outcome.outputs:
        is_pdf = output.suffix == ".pdf" and outcome.pages
        yield f"ได้ไฟล์ {output}" + (f" ({outcome.pages} หน้า)" if is_pdf else "")


def _summary(found: Sequence[Problem], *, verbose: bool) -> str:
    counts = {severity: sum(p.severity is severity for p in found) for severity in Severity}
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    said = f"พบข้อผิดพลาด {errors} เรื่อง ยังจัดทำรายงานไม่ได้" if errors else "ไม่พบข้อผิดพลาด"
    if warnings:
        said += f" มีคำเตือน {warnings} เรื่อง"
    if unchecked := counts[Severity.UNCHECKED]:
        hint = "" if verbose else " ดูด้วย -v"
        said += f" (โปรแกรมตรวจแทนท่านไม่ได้ {unchecked} เรื่อง{hint})"
    return f"สรุป: {said}"


def _elements(outcome: FileOutcome) -> Iterator[str]:
    """Yield how many of the elements are there, and where to fill each that is not."""
    if outcome.elements:
        lacking = [element for element in outcome.elements if not element.there]
        count = len(outcome.elements)
        yield f"สิ่งที่รายงานต้องมี: ครบ {count - len(lacking)} จาก {count} รายการ"
        for element in lacking:
            yield f"  ยังไม่ครบ: {element.said} | {element.remedy}"


def machine(outcome: MachineOutcome) -> Iterator[str]:
    """Yield a line for each thing that `doctor` looked at."""
    for row in outcome.rows:
        mark = "พร้อม" if row.ok else "ไม่พร้อม"
        remedy = f" | {row.remedy}" if row.remedy and not row.ok else ""
        yield f"{mark:8} {row.name}: {row.detail}{remedy}"


def drafted(outcome: DraftOutcome) -> Iterator[str]:
    """Yield how many drafts were written, where, and what is left to do."""
    if not outcome.outputs:
        yield "ไม่มีข้อวิเคราะห์หรือแผนที่ต้องร่าง จึงไม่ได้เขียนไฟล์ใหม่"
    for target in outcome.outputs:
        is_workbook = target.suffix.lower() == ".xlsx"
        in_cells, in_text = "คำว่า “ร่าง” ในช่องข้อความร่างของแถวนั้น", " draft: true ของแห่งนั้น"
        plan = f"แผน {outcome.plan} ประเด็น {outcome.measures} มาตรการ"
        yield f"เติมข้อความร่าง: ข้อวิเคราะห์ {outcome.remarks} ข้อ {plan}"
        yield f"ได้ไฟล์ {target}"
        mark = in_cells if is_workbook else in_text
        yield f"โปรดตรวจทานและแก้ข้อความร่างทุกแห่ง แล้วลบ{mark}เพื่อยืนยัน"
