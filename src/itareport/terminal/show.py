"""Outcomes as the terminal shows them: lines in Thai, or JSON."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from itareport.actions.outcome import FileOutcome, FilesOutcome, as_json
from itareport.problems import TITLES, ExitStatus, ItaReportError, Problem, Severity, problem

if TYPE_CHECKING:
    from itareport.actions.convert import NewOutcome
    from itareport.actions.doctor import MachineOutcome
    from itareport.actions.draft_copy import DraftOutcome
    from itareport.actions.own_template import WordsOutcome

_MOST = 20
"""Problems of one kind, or places of one problem, that are shown; `-v` and `--json` have all."""


class BestEffortStream(io.TextIOBase):
    """Writes to a stream as far as it can be written: messages fail no command."""

    def __init__(self, stream: TextIO | None) -> None:
        """Write to a stream, or to nothing where it is closed."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text, or not."""
        if self._stream is not None:
            try:
                self._stream.write(text)
                self._stream.flush()
            except OSError:
                _discard(self._stream)
        return len(text)

    def isatty(self) -> bool:
        """Return whether a person reads it at a terminal."""
        return self._stream is not None and self._stream.isatty()


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
    """Ignore that the reader of our output has gone (`itareport … | head`), or was never there.

    Raises:
        ItaReportError: O634 the output cannot be written, such as into a file on a full disk.
    """
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _discard(sys.stdout)
    except OSError as error:
        _discard(sys.stdout)
        raise ItaReportError(problem("O634", why=error.strerror or "")) from error


def _discard(stream: TextIO) -> None:
    """Write what is left of a stream into nothing: Python would try it once more at its end."""
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), stream.fileno())


def problems(
    found: Iterable[Problem], *, stream: TextIO, file: str = "", verbose: bool = False
) -> None:
    """Print problems as `listed` lists them."""
    for line in listed(found, file, verbose=verbose):
        print(line, file=stream)


def listed(problems: Iterable[Problem], file: str = "", *, verbose: bool = False) -> Iterator[str]:
    """Yield the problems found in a file, the worst first, each with its code at the end.

    A sentence that stands for several places is printed once, with its places below it.  Of one
    kind the first 20 are shown, all of them where `verbose`.  A problem of another file than
    `file` (a catalogue, say) names that file.
    """
    listed = list(problems)
    for severity, heading in TITLES.items():
        found = [one for one in listed if one.severity is severity]
        if found:
            yield f"{heading} ({len(found)})"
            yield from _of_severity(found, file, len(found) if verbose else _MOST)


def _of_severity(found: list[Problem], file: str, most: int) -> Iterator[str]:
    """Yield the problems kind by kind: those in cells of the workbook last, sheet by sheet."""
    in_cells = [one for one in found if _is_in_cell(one, file)]
    kinds: dict[str, list[Problem]] = {}
    for one in found:
        if one not in in_cells:
            kinds.setdefault(one.code, []).append(one)
    for kind in kinds.values():
        yield from _of_kind(kind, file, most)
    if in_cells:
        from itareport.reading import workbook  # takes long to load

        yield from workbook.listing(in_cells, most)


def _of_kind(kind: list[Problem], file: str, most: int) -> Iterator[str]:
    """Yield each sentence of one kind, the problems that it stands for in lines below it."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for one in kind:
        alike.setdefault((one.message, one.remedy), []).append(one)
    for (message, remedy), group in list(alike.items())[:most]:
        if len(group) == 1:
            yield f"  {_other_file(group[0], file)}{group[0]} [{group[0].code}]"
            continue
        yield f"  {message} ({len(group)} แห่ง) | {remedy} [{group[0].code}]"
        for one in group[:most]:
            yield f"    {_other_file(one, file)}{one.at_place}"
        yield from _more(len(group) - most, "แห่ง")
    yield from _more(len(alike) - most, "เรื่องชนิดเดียวกัน")


def _more(left: int, what: str) -> Iterator[str]:
    if left > 0:
        yield f"    … และอีก {left} {what} ดูทั้งหมดได้ด้วย -v"


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
    yield from listed(outcome.problems, Path(outcome.file).name, verbose=verbose)
    yield _summary(outcome)
    yield from _elements(outcome)
    for output in outcome.outputs:
        is_pdf = output.suffix == ".pdf" and outcome.pages
        yield f"ได้ไฟล์ {output}" + (f" ({outcome.pages} หน้า)" if is_pdf else "")


def _summary(outcome: FileOutcome) -> str:
    counts = Counter(found.severity for found in outcome.problems)
    said = "ไม่พบข้อผิดพลาด"
    if errors := counts[Severity.ERROR]:
        has_word = any(output.suffix == ".docx" for output in outcome.outputs)
        made = "ได้ไฟล์ Word แล้ว แต่ยังไม่ได้ PDF" if has_word else "ยังจัดทำรายงานไม่ได้"
        said = f"พบข้อผิดพลาด {errors} เรื่อง {made}"
    if warnings := counts[Severity.WARNING]:
        said += f" มีคำเตือน {warnings} เรื่อง"
    if unchecked := counts[Severity.UNCHECKED]:
        said += f" มี {unchecked} เรื่องที่โปรแกรมตรวจไม่ได้ โปรดตรวจเอง"
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


def created(outcome: NewOutcome, year: int) -> Iterator[str]:
    """Yield where a new workbook is, and what it assumes of the agency."""
    for target in outcome.outputs:
        yield f"สร้างแบบกรอกปี {year} ไว้ที่ {target}"
    words = (("ประเภท", outcome.kind), ("อำเภอ", outcome.district), ("จังหวัด", outcome.province))
    if known := " ".join(f"{what}{text}" for what, text in words if text):
        yield f"กรอกให้แล้วตามชื่อ: {known} โปรดแก้ในแบบกรอกหากไม่ถูกต้อง"
    if missing := " ".join(what for what, text in words if not text):
        yield f"ยังไม่ทราบ: {missing} โปรดเลือกหรือกรอกในแบบกรอก"


def served(address: str, idle: float) -> Iterator[str]:
    """Yield where the page is, and how it is closed."""
    yield f"เปิดหน้ากรอกแล้วที่ {address}"
    yield "โปรดเปิดที่อยู่นี้ในเบราว์เซอร์ ใช้ได้เฉพาะครั้งนี้"
    yield f"ปิดด้วยปุ่ม “ปิดโปรแกรม” หรือ Ctrl-C หรือปิดเองเมื่อไม่มีหน้าต่างเปิดอยู่ {round(idle / 60)} นาที"


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
        if outcome.of_many:
            yield (
                "โปรดตรวจทานและแก้ข้อความร่างทุกแห่งในแผ่น ข้อวิเคราะห์ และ แผนการดำเนินการ "
                "แล้วกรอกผู้ยืนยันและวันที่ยืนยันของแถวนั้นเพื่อยืนยัน"
            )
            continue
        mark = in_cells if is_workbook else in_text
        yield f"โปรดตรวจทานและแก้ข้อความร่างทุกแห่ง แล้วลบ{mark}เพื่อยืนยัน"


_TAGS = (
    ("{{ ชื่อ }}", "พิมพ์ข้อมูล"),
    ("{%p for … in … %} … {%p endfor %}", "ทำซ้ำย่อหน้า แท็กเปิดและปิดอยู่คนละย่อหน้าของตัวเอง"),
    ("{%tr for … in … %} … {%tr endfor %}", "ทำซ้ำแถวของตาราง แท็กเปิดและปิดอยู่คนละแถวของตัวเอง"),
    ("{%p if … %} … {%p else %} … {%p endif %}", "พิมพ์เมื่อมีข้อมูลเท่านั้น ใช้ and or not และ == ได้"),
    ("{%tc if … %} … {%tc endif %}", "มีคอลัมน์เมื่อมีข้อมูลเท่านั้น แท็กเปิดและปิดอยู่คนละช่องของตัวเอง"),
    ("loop.first loop.last loop.index loop.length", "ในลูป: รอบแรก รอบสุดท้าย รอบที่ จำนวนรอบ"),
)


def template_words(found: WordsOutcome) -> Iterator[str]:
    """Yield what a template may use, each with its meaning and an example."""
    yield "แท็ก"
    for tag, meaning in _TAGS:
        yield f"  {tag}"
        yield f"      {meaning}"
    for title, words in found.sections:
        yield ""
        yield title
        for word in words:
            yield f"  {word.name}: {word.meaning}"
            yield f"      {word.example}"
