"""Problems, outcomes and progress as the terminal shows them, in Thai or as JSON."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from itareport import thai
from itareport.actions.doctor import Row
from itareport.ita.model import Report
from itareport.problems import (
    ExitStatus,
    ItaReportError,
    Place,
    Problem,
    Severity,
    exit_status,
    problem,
)

if TYPE_CHECKING:
    from itareport.reading import workbook

_HEADINGS = {
    Severity.ERROR: "ข้อผิดพลาด",
    Severity.WARNING: "คำเตือน",
    Severity.NOTE: "หมายเหตุ",
    Severity.UNCHECKED: "ตรวจไม่ได้",
}
_MOST = 200
"""Problems of one severity that are printed; `--json` has them all."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one data file."""

    file: str
    problems: tuple[Problem, ...]
    outputs: list[str] = field(default_factory=list)
    pages: int | None = None
    elements: tuple[workbook.Element, ...] = ()
    """Of a workbook: what the assessment asks of the report, each there or not."""

    @property
    def exit_status(self) -> ExitStatus:
        """The status of this file alone."""
        return exit_status(self.problems)


def outcomes(results: Sequence[Outcome], options: argparse.Namespace) -> int:
    """Show every file's outcome; return the status of them all.

    Of several files, 9 when some succeeded and some failed; otherwise the smallest status.
    """
    status = _status_of_all(results)
    with reader_may_leave():
        if options.json:
            print(json.dumps(_as_json(results, status), ensure_ascii=False, indent=2))
        else:
            _all(results, verbose=options.verbose)
    return status


@contextlib.contextmanager
def reader_may_leave() -> Iterator[None]:
    """Print for a reader who may stop reading (`itareport … | head`) without failing for it."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _all(results: Sequence[Outcome], *, verbose: bool) -> None:
    for result in results:
        _one(result, verbose=verbose, several=len(results) > 1)
    if len(results) > 1:
        failed = sum(r.exit_status != ExitStatus.OK for r in results)
        print(f"ทั้งหมด {len(results)} ไฟล์ สำเร็จ {len(results) - failed} ไม่สำเร็จ {failed}")


def _status_of_all(results: Sequence[Outcome]) -> ExitStatus:
    failed = [r.exit_status for r in results if r.exit_status != ExitStatus.OK]
    if failed and len(failed) < len(results):
        return ExitStatus.SOME_FAILED
    return min(failed, default=ExitStatus.OK)


def _one(result: Outcome, *, verbose: bool, several: bool) -> None:
    if several:
        print(f"== {result.file}")
    shown = [p for p in result.problems if verbose or p.severity is not Severity.UNCHECKED]
    problems(shown, stream=sys.stdout, file=Path(result.file).name)
    counts = {s: sum(p.severity is s for p in result.problems) for s in Severity}
    print(_summary(counts, verbose=verbose))
    _elements(result)
    for output in result.outputs:
        pages = f" ({result.pages} หน้า)" if output.endswith(".pdf") and result.pages else ""
        print(f"ได้ไฟล์ {output}{pages}")


def _summary(counts: Mapping[Severity, int], *, verbose: bool) -> str:
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    said = f"พบข้อผิดพลาด {errors} เรื่อง ยังจัดทำรายงานไม่ได้" if errors else "ไม่พบข้อผิดพลาด"
    if warnings:
        said += f" มีคำเตือน {warnings} เรื่อง"
    if counts[Severity.UNCHECKED]:
        hint = "" if verbose else " ดูด้วย -v"
        said += f" (โปรแกรมตรวจแทนท่านไม่ได้ {counts[Severity.UNCHECKED]} เรื่อง{hint})"
    return f"สรุป: {said}"


def _elements(result: Outcome) -> None:
    if result.elements:
        there = sum(element.there for element in result.elements)
        print(f"สิ่งที่รายงานต้องมี: ครบ {there} จาก {len(result.elements)} รายการ")
        for element in result.elements:
            if not element.there:
                print(f"  ยังไม่ครบ: {element.said} | โปรดกรอกที่ {element.place}")


def problems(found: Iterable[Problem], *, stream: TextIO, file: str = "") -> None:
    """Print problems under a heading for each severity, one a line with its code.

    A problem that stands in another file than `file` (a catalogue, say) names it.
    """
    listed = list(found)
    for severity, heading in _HEADINGS.items():
        every = [p for p in listed if p.severity is severity]
        of_severity = every[:_MOST]
        if of_severity:
            print(f"{heading} ({len(every)})", file=stream)
            of_cells = [
                p for p in of_severity if p.place and p.place.sheet and p.place.file == file
            ]
            for one in of_severity:
                if one in of_cells:
                    continue
                named = (
                    one.place is None
                    or one.place.file in (file, "")
                    or (f"“{one.place.file}”" in one.message)
                )
                name = f"ไฟล์ {one.place.file} " if one.place and not named else ""
                print(f"  [{one.code}] {name}{one}", file=stream)
            if of_cells:
                from itareport.reading import workbook

                print("\n".join(workbook.listing(of_cells)), file=stream)
            if more := len(every) - len(of_severity):
                print(f"  … และอีก {more} เรื่อง ดูทั้งหมดได้ด้วย check --json", file=stream)


def _as_json(results: Sequence[Outcome], status: ExitStatus) -> dict[str, object]:
    files = [
        {
            "file": r.file,
            "status": int(r.exit_status),
            "outputs": r.outputs,
            "pages": r.pages,
            "problems": [_problem(p) for p in r.problems],
            **({"readiness": [_element(e) for e in r.elements]} if r.elements else {}),
        }
        for r in results
    ]
    return {"status": int(status), "files": files}


def _element(element: workbook.Element) -> dict[str, object]:
    return {"said": element.said, "there": element.there, "place": _place(element.place)}


def _problem(found: Problem) -> dict[str, object]:
    return {
        "code": found.code,
        "severity": str(found.severity),
        "field": ".".join(map(str, found.where)),
        "label": found.label,
        "message": found.message,
        "remedy": found.remedy,
        "place": _place(found.place),
        "also": [_place(place) for place in found.also_places],
    }


def _place(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    facts = {
        "line": place.line,
        "column": place.column,
        "sheet": place.sheet,
        "cell": place.cell,
        "value": place.value,
    }
    return {"file": place.file, **{key: value for key, value in facts.items() if value is not None}}


def readiness(rows: Iterable[Row], options: argparse.Namespace) -> int:
    """Show what `doctor` found; return the smallest status among what is not in order."""
    listed = list(rows)
    with reader_may_leave():
        if options.json:
            facts = [
                {"name": r.name, "ok": r.ok, "detail": r.detail, "remedy": r.remedy} for r in listed
            ]
            print(json.dumps(facts, ensure_ascii=False, indent=2))
        else:
            print(*map(_row, listed), sep="\n")
    return min((row.status for row in listed if not row.ok), default=ExitStatus.OK)


def _row(row: Row) -> str:
    mark = "พร้อม" if row.ok else "ไม่พร้อม"
    remedy = f" | {row.remedy}" if row.remedy and not row.ok else ""
    return f"{mark:8} {row.name}: {row.detail}{remedy}"


def drafted(before: Report, after: Report, target: Path) -> None:
    """Say how many drafts were written, where, and what is left to do."""
    remarks, plan = (sum(row.draft for row in rows) for rows in (after.remarks, after.plan))
    remarks -= sum(row.draft for row in before.remarks)
    plan -= sum(row.draft for row in before.plan)
    print(f"เติมข้อความร่าง: ข้อวิเคราะห์ {remarks} ข้อ แผน {plan} ประเด็น")
    print(f"ได้ไฟล์ {target}")
    is_workbook = target.suffix.lower() == ".xlsx"
    mark = "คำว่า “ร่าง” ในช่องข้อความร่างของแถวนั้น" if is_workbook else " draft: true ของแห่งนั้น"
    print(f"โปรดตรวจทานและแก้ข้อความร่างทุกแห่ง แล้วลบ{mark}เพื่อยืนยัน")


def year(text: str) -> int:
    """Read a fiscal year typed as an argument, in either digits.

    Raises:
        ItaReportError: D126 the text is no Buddhist year.
    """
    digits = thai.arabic(text.strip())
    if not (digits.isdecimal() and len(digits) == 4):
        raise ItaReportError(problem("D126", value=text))
    return int(digits)


class Progress:
    """Says what is being done on stderr: one line that changes on a terminal, plain lines else."""

    def __init__(self, *, quiet: bool) -> None:
        """Prepare to hear what is done; `quiet` says nothing."""
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()

    @property
    def is_live(self) -> bool:
        """Whether what is said now takes the place of what was said before."""
        return self._terminal

    def __enter__(self) -> Self:
        return self

    def __call__(self, doing: str) -> None:
        """Say what is being done now."""
        if self._quiet:
            return
        if self._terminal:
            print(f"\r\x1b[K{doing} …", end="", file=sys.stderr, flush=True)
        else:
            print(doing, file=sys.stderr, flush=True)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._terminal and not self._quiet:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
