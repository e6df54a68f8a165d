"""A workbook opened: names of sheets, strings, number formats, and cells made of them."""

from __future__ import annotations

from itareport.xlsx.cells import Cells
from itareport.xlsx.escapes import plain
from itareport.xlsx.grid import Cell, Sheet
from itareport.xlsx.numbers import Format, format_kind, shown
from itareport.xlsx.opening import Package, refuse
from itareport.xlsx.xmlparts import Reader, read_part, relations, whole


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
            self.found.append("".join(self._text))


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
    """A workbook as sheets of cells."""

    def __init__(self, package: Package) -> None:
        """Read the names of the sheets, the strings and the number formats."""
        self.package = package
        home = relations(package, "")
        self.part = next((p for kind, p in home.values() if kind == "officeDocument"), "")
        book, self._styles, strings = _Book(), _Styles(), _Strings()
        if not package.has(self.part):
            refuse("D426", package.name)
        read_part(package, self.part, book)
        self.relations = relations(package, self.part)
        for kind, part in self.relations.values():
            if kind == "styles" and package.has(part):
                read_part(package, part, self._styles)
            elif kind == "sharedStrings" and package.has(part):
                read_part(package, part, strings)
        self._strings, self._since_1904 = strings.found, book.since_1904
        self._sheets = [
            (name, part)
            for name, key in book.sheets
            for kind, part in [self.relations.get(key, ("", ""))]
            if kind == "worksheet" and package.has(part)
        ]

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The sheets that hold cells, each with its part."""
        return list(self._sheets)

    @property
    def names(self) -> list[str]:
        """The names of the sheets that hold cells."""
        return [name for name, _ in self._sheets]

    def size(self, name: str) -> int:
        """Return the bytes of a sheet's part, unpacked."""
        return self.package.size(self._sheets[self.names.index(name)][1])

    def sheet(self, name: str) -> Sheet:
        """Read the cells of one sheet."""
        no = self.names.index(name)
        sheet = Sheet(name, no + 1, self._sheets[no][1], self.package.name)
        read_part(self.package, sheet.part, Cells(sheet, self.cell))
        return sheet

    def cell(
        self, attributes: dict[str, str], value: str | None, inline: list[str], *, formula: bool
    ) -> Cell | None:
        """Make a cell of what its element holds; None where nothing is in it."""
        kind = attributes.get("t", "n")
        if formula and not value and kind != "str":
            return Cell("", "unstored", formula=True)
        if kind == "inlineStr":
            return _text("".join(inline), formula=formula)
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
            return _text(shown_as, formula=formula)
        return self._number(attributes, value, formula=formula)

    def _string(self, value: str) -> str:
        index = whole(value) if value.isdecimal() else len(self._strings)
        return self._strings[index] if index < len(self._strings) else ""

    def _number(self, attributes: dict[str, str], value: str, *, formula: bool) -> Cell | None:
        style, kinds = whole(attributes.get("s")), self._styles.kinds
        form: Format = kinds[style] if style < len(kinds) else "plain"
        text = shown(value, form, since_1904=self._since_1904)
        if text is None:
            return _text(value, formula=formula)
        if form == "date":
            return Cell(text, "date" if "-" in text[1:] else "time", formula)
        return Cell(text, "number" if form == "plain" else "percent", formula)


def _text(value: str, *, formula: bool) -> Cell | None:
    text = plain(value).replace("\r\n", "\n").replace("\r", "\n")
    return Cell(text, "text", formula) if text.strip() else None
