"""The agency's own pictures: found, read and checked for type and size."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from itareport.document import drawing
from itareport.files import inputs, windows
from itareport.ita.model import Report
from itareport.problems import FieldPath, Problem, problem

MAX_BYTES = 10_000_000
MAX_PIXELS = 50_000_000  # a picture this large costs more memory than any office needs


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a picture is for: the label of its field and the width in pixels that prints well."""

    label: str
    good_width: int


EMBLEM = Purpose("ตราหน่วยงาน", 300)
GRAPH = Purpose("ภาพกราฟ", 900)


def beside(file: Path, named: str) -> Path:
    """Return the place of a picture that a data file names: beside the file, or its whole path.

    On Windows a picture on a server is looked for beside the file all the same, where it is not.
    """
    if windows.IS_HERE and windows.is_on_a_server(named):
        return file.parent / named.replace("\\", "/").rpartition("/")[2]
    return file.parent / named


def read(
    file: Path, use: Purpose, where: FieldPath, reader: inputs.Read = inputs.read
) -> tuple[drawing.Picture | None, tuple[Problem, ...]]:
    """Read a picture file; None with an error where it cannot be used."""
    try:
        data = reader(file, MAX_BYTES)
    except inputs.FileTooLargeError:
        return None, (_too_large(file, use, where, size="เกิน 10 MB", limit="10 MB"),)
    except OSError:
        return None, (problem("D170", where, label=use.label, file=file.name),)
    picture = drawing.read_picture(data)
    if picture is None:
        return None, (problem("D171", where, label=use.label, file=file.name),)
    size = f"{picture.width} x {picture.height}"
    if picture.width * picture.height > MAX_PIXELS:
        return None, (_too_large(file, use, where, size=f"{size} จุด", limit="50 ล้านจุด"),)
    if picture.width < use.good_width:
        wanted = use.good_width
        return picture, (
            problem("D173", where, label=use.label, file=file.name, size=size, wanted=wanted),
        )
    return picture, ()


def left_behind(report: Report, file: Path, copy: Path) -> tuple[Problem, ...]:
    """Report (O619) the pictures of a data file that its copy in another folder does not find.

    The data names a picture by its place beside the file, or by its whole path.
    """
    names = [name for name in (report.agency.emblem, report.graph) if name]
    lost = [
        name for name in names if beside(file, name).is_file() and not beside(copy, name).is_file()
    ]
    if not lost:
        return ()
    pictures, places = (
        ", ".join(f"“{said}”" for said in listed)
        for listed in (lost, [beside(copy, name) for name in lost])
    )
    return (problem("O619", file=copy.name, pictures=pictures, places=places),)


def _too_large(file: Path, use: Purpose, where: FieldPath, size: str, limit: str) -> Problem:
    return problem("D172", where, label=use.label, file=file.name, size=size, limit=limit)
