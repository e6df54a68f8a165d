"""Problems as the lines that a person reads, under a heading for each severity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from itareport.problems import Problem, Severity

_HEADINGS = {
    Severity.ERROR: "ข้อผิดพลาด",
    Severity.WARNING: "คำเตือน",
    Severity.NOTE: "หมายเหตุ",
    Severity.UNCHECKED: "ตรวจไม่ได้",
}
_MOST = 200
"""Problems of one severity that are shown; `--json` has them all."""


def lines(problems: Iterable[Problem], file: str = "") -> Iterator[str]:
    """Yield the problems found in a file, each with its code; of one severity, the first 200.

    A problem of another file than `file` (a catalogue, say) names that file.
    """
    listed = list(problems)
    for severity, heading in _HEADINGS.items():
        found = [one for one in listed if one.severity is severity]
        if found:
            yield f"{heading} ({len(found)})"
            yield from _shown(found[:_MOST], file)
        if len(found) > _MOST:
            yield f"  … และอีก {len(found) - _MOST} เรื่อง ดูทั้งหมดได้ด้วย check --json"


def _shown(found: list[Problem], file: str) -> Iterator[str]:
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
