"""Check that this machine has what a report needs: one thing after another, with remedies."""

from __future__ import annotations

import platform
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from itareport.actions.outcome import Outcome
from itareport.files import assets
from itareport.problems import ExitStatus, ItaReportError, problem

_SAMPLE = "ทดสอบ (องค์กร) i๑ ๙๔.๙๐"
_MOST = 5  # sentences of one row: the four faces of the font and its settings


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that `doctor` checked; `remedy` and `status` matter where it is not in order."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    status: ExitStatus = ExitStatus.OK


@dataclass(frozen=True, slots=True)
class MachineOutcome(Outcome):
    """All that was looked at, in order or not."""

    rows: tuple[Row, ...] = ()

    @property
    def exit_status(self) -> ExitStatus:
        """The smallest status among what is not in order."""
        return min((row.status for row in self.rows if not row.ok), default=ExitStatus.OK)

    def facts(self) -> list[dict[str, object]]:
        """Return each row without its status."""
        return [
            {"name": row.name, "ok": row.ok, "detail": row.detail, "remedy": row.remedy}
            for row in self.rows
        ]


def machine(out: Path) -> MachineOutcome:
    """Look at all that a report needs; `out` is the folder that reports would go to.

    Nothing is left behind, and `out` is not made.
    """
    looks: dict[str, Callable[[], str]] = {
        "Python": platform.python_version,
        "LibreOffice": _office,
        "แบบอักษร": _fonts,
        "แม่แบบ": _template,
        "แค็ตตาล็อก": _catalogues,
        "โปรแกรมอ่าน PDF": _reader,
        "ทดลองแปลงเป็น PDF": _conversion,
        "หน้ากรอก": _page,
        "โฟลเดอร์ผลลัพธ์": lambda: _write_access(out),
    }
    return MachineOutcome(rows=tuple(_row(name, look) for name, look in looks.items()))


def _row(name: str, look: Callable[[], str]) -> Row:
    try:
        return Row(name, ok=True, detail=look())
    except ItaReportError as error:
        detail = _joined(found.message for found in error.problems)
        remedy = _joined(found.remedy for found in error.problems)
        return Row(name, ok=False, detail=detail, remedy=remedy, status=error.exit_status)


def _joined(sentences: Iterable[str]) -> str:
    """Join the sentences of one row: each once, and of very many the first."""
    each = list(dict.fromkeys(sentences))
    more = f" และอีก {len(each) - _MOST} เรื่อง" if len(each) > _MOST else ""
    return "; ".join(each[:_MOST]) + more


def _office() -> str:
    from itareport.pdf import office, ways

    found = ways.found()
    if found is None:
        raise ItaReportError(office.absence())
    return ways.described(found)


def _fonts() -> str:
    from itareport.document import fonts

    if faults := fonts.check():
        raise ItaReportError(*faults)
    return f"{fonts.FAMILY} ครบ {len(fonts.faces())} แบบ"


def _template() -> str:
    from itareport.actions import documents
    from itareport.document import word

    files = [document.template_file for document in documents.DOCUMENTS]
    for file in files:
        try:
            word.Template(file.read_bytes())
        except OSError as error:
            raise ItaReportError(problem("T305", file=file)) from error
    return ", ".join(map(str, files))


def _catalogues() -> str:
    from itareport.ita import catalogue

    years = catalogue.known_years()
    for year in years:
        catalogue.load(year)
    catalogue.packaged_kinds()
    return f"ปีงบประมาณ {', '.join(map(str, years))}"


def _reader() -> str:
    from itareport.pdf import verify

    return verify.library()


def _conversion() -> str:
    """Convert a small document: the fonts that it really finds show only in a PDF."""
    from itareport.pdf import verify, ways

    data = ways.to_pdf(_document(_SAMPLE))
    verified = verify.pdf(data, verify.Expected(_SAMPLE))
    if verified.problems:
        raise ItaReportError(*verified.problems)
    return "แปลงและตรวจเอกสารตัวอย่างได้ถูกต้อง"


def _page() -> str:
    return ", ".join(assets.require_page_scripts())


def _write_access(out: Path) -> str:
    """Try the folder, or the nearest one above that is there already."""
    folder = out.absolute()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(prefix=".itareport-", dir=folder):
            return f"เขียนได้ ({out})"
    except OSError as error:
        raise ItaReportError(problem("O600", folder=str(out))) from error


def _document(text: str) -> bytes:
    """Make the smallest .docx that holds a text in our font."""
    from itareport.document import fonts
    from itareport.files import opc

    kind = "application/vnd.openxmlformats"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    wordtype = f"{kind}-officedocument.wordprocessingml.document.main+xml"
    font = f'<w:rFonts w:ascii="{fonts.FAMILY}" w:hAnsi="{fonts.FAMILY}" w:cs="{fonts.FAMILY}"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'content-types"><Default Extension="rels" ContentType="{kind}-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{wordtype}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{office}/officeDocument"'
        f' Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:rPr>{font}'
        f"</w:rPr><w:t>{text}</w:t></w:r></w:p></w:body></w:document>",
    }
    return opc.write({name: xml.encode() for name, xml in parts.items()})
