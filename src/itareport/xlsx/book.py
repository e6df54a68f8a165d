"""A workbook opened: names of sheets, strings, number formats, and cells made of them."""

from __future__ import annotations

from itareport.xlsx.cells import Cells
from itareport.xlsx.escapes import plain
from itareport.xlsx.grid import Cell, Sheet
from itareport.xlsx.numbers import Format, format_kind, shown
from itareport.xlsx.opening import opened, refusing
from itareport.xlsx.xmlparts import Reader, read_part, whole


class _Strings(Reader):
    """The shared strings: rich text joined, readings of other scripts left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._text: list[str] = []
        self._aside = 0

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        if name == "si":
            self._text = []
        elif name == "rPh":
            self._aside += 1

    def closes(self, name: str, text: str) -> None:
        if name == "t" and not self._aside:
            self._text.append(text)
        elif name == "rPh":
            self._aside -= 1
        elif name == "si":
            self.found.append(_plain("".join(self._text)))  # once, however many cells have it


class _Styles(Reader):
    """What each style of cells shows numbers as."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._within = False
        self.kinds: list[Format] = []

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._codes[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._within = True
        elif name == "xf" and self._within:
            number = whole(attributes.get("numFmtId"))
            self.kinds.append(format_kind(number, self._codes.get(number)))

    def closes(self, name: str, text: str) -> None:
        del text
        if name == "cellXfs":
            self._within = False


class _Book(Reader):
    """The names of the sheets, in order."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904", "0") in ("1", "true")


class Book:
    """A workbook as sheets of cells; each sheet is read when it is first asked for."""

    def __init__(self, data: bytes, file: str, *, large: bool = False) -> None:
        """Open a workbook; read the names of its sheets, its strings and number formats.

        Raises:
            ItaReportError: D420 to D427: no workbook that can be read.
        """
        self.package, self.file = opened(data, file, large=large), file
        book, self._styles, strings = _Book(), _Styles(), _Strings()
        with refusing(file):
            read_part(self.package, self.package.main, book)
            relationships = self.package.relationships(self.package.main)
            self.styles = self.package.related(self.package.main, "styles")
            for part in self.styles:
                read_part(self.package, part, self._styles)
            for part in self.package.related(self.package.main, "sharedStrings"):
                read_part(self.package, part, strings)
        self._strings, self._since_1904 = strings.found, book.since_1904
        linked = ((name, relationships.get(key)) for name, key in book.sheets)
        self._sheets = [
            (name, to.target)
            for name, to in linked
            if to and to.kind == "worksheet" and to.target in self.package
        ]
        self._read: dict[str, Sheet] = {}

    def read(self, part: str, reader: Reader) -> None:
        """Give the elements of one part to a reader.

        Raises:
            ItaReportError: D425, D426: the part is too big, not there, or no XML.
        """
        with refusing(self.file):
            read_part(self.package, part, reader)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The sheets that hold cells, each with its part."""
        return list(self._sheets)

    @property
    def names(self) -> list[str]:
        """The names of the sheets that hold cells."""
        return [name for name, _ in self._sheets]

    @property
    def listed(self) -> str:
        """The names of the sheets, as a message lists them."""
        return ", ".join(self.names)[:200]

    def size(self, name: str) -> int:
        """Return how many bytes a sheet's part has when unpacked."""
        return self.package.size(self._sheets[self.names.index(name)][1])

    def sheet(self, name: str) -> Sheet:
        """Return the cells of one sheet.

        Raises:
            ItaReportError: D425, D426: the sheet is too big, or damaged.
        """
        if name not in self._read:
            no = self.names.index(name)
            sheet = Sheet(name, no + 1, self._sheets[no][1], self.file)
            self.read(sheet.part, Cells(sheet, self.cell))
            self._read[name] = sheet
        return self._read[name]

    def cell(
        self, attributes: dict[str, str], value: str | None, inline: list[str], *, formula: bool
    ) -> Cell | None:
        """Make a cell of what its element holds; None where nothing is in it."""
        kind = attributes.get("t", "n")
        if formula and not value and kind != "str":
            return Cell("", "unstored", formula=True)
        if kind == "inlineStr":
            return _text(_plain("".join(inline)), formula=formula)
        if value is None:
            return None
        return self._of_value(attributes, kind, value, formula=formula)

    def _of_value(
        self, attributes: dict[str, str], kind: str, value: str, *, formula: bool
    ) -> Cell | None:
        if kind == "e":
            return Cell(value, "fault", formula)
        if kind == "d":
            return Cell(value[:10], "date", formula)
        if kind == "s":
            return _text(self._string(value), formula=formula)
        if kind in ("b", "str"):
            shown_as = {"1": "TRUE", "0": "FALSE"}.get(value, value) if kind == "b" else value
            return _text(_plain(shown_as), formula=formula)
        return self._number(attributes, value, formula=formula)

    def _string(self, value: str) -> str:
        index = whole(value) if value.isdecimal() else len(self._strings)
        return self._strings[index] if index < len(self._strings) else ""

    def _number(self, attributes: dict[str, str], value: str, *, formula: bool) -> Cell | None:
        style, kinds = whole(attributes.get("s")), self._styles.kinds
        form: Format = kinds[style] if style < len(kinds) else "plain"
        text = shown(value, form, since_1904=self._since_1904)
        if text is None:
            return _text(_plain(value), formula=formula)
        if form == "date":
            return Cell(text, "date" if "-" in text[1:] else "time", formula)
        return Cell(text, "number" if form == "plain" else "percent", formula)


def _plain(value: str) -> str:
    """Return a text as a reader sees it; "" where that is nothing."""
    text = plain(value).replace("\r\n", "\n").replace("\r", "\n")
    return "" if text.isspace() else text


def _text(text: str, *, formula: bool) -> Cell | None:
    return Cell(text, "text", formula) if text else None
