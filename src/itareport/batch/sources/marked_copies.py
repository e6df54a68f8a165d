"""Marked copies of workbooks, `… (ผลตรวจ).xlsx`: which are data, and which hold corrections.

A copy is made to be read, but clerks correct it too.  Beside its workbook it is left aside, and is
told of where somebody corrected it later than the workbook; alone it is all that there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from itareport.files import opc
from itareport.ita import names
from itareport.problems import ItaReportError
from itareport.reading import load, workbook

CORRECTED = "สำเนาผลตรวจที่แก้ไขทีหลังไฟล์เดิม โปรดนำสำเนาไปแทนไฟล์เดิมหากต้องการใช้ที่แก้ไว้"
PLAIN = "สำเนาผลตรวจที่โปรแกรมสร้าง"


def left_aside(folder: Path, files: Iterable[str]) -> dict[str, str]:
    """Return the marked copies among the files of a folder that are no data, each with why."""
    originals = {name.casefold(): name for name in files}
    copies: dict[str, list[str]] = {}
    for name in originals.values():
        plain = names.without_check_mark(Path(name).stem)
        if plain != Path(name).stem:
            copies.setdefault(f"{plain}{Path(name).suffix}".casefold(), []).append(name)
    aside: dict[str, str] = {}
    for plain, of_one in copies.items():
        if original := originals.get(plain):
            corrected = {one for one in of_one if _is_corrected(folder / one, folder / original)}
            aside |= {one: CORRECTED if one in corrected else PLAIN for one in of_one}
        else:
            newest = max(of_one, key=lambda one: (_saved(folder / one), one))
            aside |= {one: PLAIN for one in of_one if one != newest}
    return aside


def _is_corrected(copy: Path, original: Path) -> bool:
    """Return whether a copy was saved after its workbook and says something else."""
    if _saved(copy) <= _saved(original):
        return False
    try:
        data = load.data_of(copy), load.data_of(original)
        if _properties(data[0]) == _properties(data[1]) != b"":
            return False  # whoever saves a workbook changes them
        said = [workbook.opened(one, original.name).document.data for one in data]
    except (ItaReportError, ValueError, opc.NotAPackageError):
        return False
    return said[0] != said[1]


def _properties(data: bytes) -> bytes:
    package = opc.Package(data, opc.LARGE)
    return b"".join(package[part] for part in package.related("", "core-properties"))


def _saved(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:  # a link that leads nowhere
        return 0
