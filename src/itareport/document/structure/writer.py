"""Write the pieces that Jinja yields, with merges, rows kept together and rows that split."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from itareport.document import marks
from itareport.document.structure.heights import LINE_BREAK, Cell, Row, Table, row_to_keep, too_high
from itareport.document.structure.outline import Kind, Outline

_EMBLEM, _GRAPH = marks.EMBLEM, marks.GRAPH
_RESTART, _CONTINUE, _KEEP = marks.MERGE_RESTART, marks.MERGE_CONTINUE, marks.KEEP_WITH_NEXT


class Writer:
    """Take one part of a document piece by piece; `text()` returns the part with its structure.

    What is only known later (whether a cell merges, a row is kept, a row may split) has a slot in
    the output, which is filled when it is known; nothing is parsed or walked again.
    """

    def __init__(self, outline: Outline) -> None:
        """Begin a document's part, whose template has this outline."""
        self.has_drawing_mark = False
        """Whether a mark for a drawing was written: see `place_drawings`."""
        self._steps = outline.steps
        self._out: list[str] = []
        self._in_tag = False
        self._section: list[Table] = []
        self._outer: list[tuple[Table, Row, Cell | None]] = []
        self._table, self._row = Table(), Row()  # outside of every table; nobody reads them
        self._cell: Cell | None = None

    def write(self, pieces: Iterable[str]) -> None:
        """Write pieces: each is markup of the template, or a value, escaped."""
        for piece in pieces:
            if self._in_tag:
                self._attribute(piece)
            elif "<" in piece:
                self._markup(piece)
            else:
                self._text(piece)

    def _attribute(self, piece: str) -> None:
        """Write the next part of a tag that began in an earlier piece, and what is behind it."""
        attribute, end, piece = str.partition(piece, ">")
        self._out.append(attribute + end)
        self._in_tag = not end
        self.write([piece] if piece else [])

    def _markup(self, piece: str) -> None:
        out, at = self._out, self._AT
        steps, rest, self._in_tag = self._steps(piece)
        for markup, kind, known in steps:
            out.append(markup)
            at[kind](self, known)
        out.append(rest)

    def text(self) -> str:
        """Return all that was written."""
        return "".join(self._out)

    def _begin_table(self, grid: list[int]) -> None:
        self._outer.append((self._table, self._row, self._cell))
        self._table, self._row, self._cell = Table(grid), Row(), None
        self._section.append(self._table)

    def _end_table(self, _known: None) -> None:
        if self._outer:
            self._table, self._row, self._cell = self._outer.pop()

    def _begin_row(self, header: bool) -> None:  # noqa: FBT001 - the place's own knowledge
        self._row, self._cell = Row(header, len(self._out)), None
        self._table.rows.append(self._row)

    def _keep_whole(self, _known: None) -> None:
        """Put into the row's slot the flag that forbids it to split."""
        self._fill(self._row.slot)
        self._row.kept_whole = True

    def _end_row(self, _known: None) -> None:
        row, self._row, self._cell = self._row, Row(), None
        if row.kept_with_next:
            self._keep_with_next(row)
        if (above := row_to_keep(self._table)) is not None:
            self._keep_with_next(above)
        if self._outer:  # a row around this table keeps its paragraphs, too
            self._outer[-1][1].paragraphs += row.paragraphs

    def _keep_with_next(self, row: Row) -> None:
        for slot, kept in row.paragraphs:
            self._out[slot] = kept

    def _begin_cell(self, known: tuple[str, int]) -> None:
        merge, span = known
        self._cell = Cell(merge, span, len(self._out))
        self._out.append("")
        self._row.cells.append(self._cell)

    def _merged(self, _known: None) -> None:
        """Put into the cell's slot the merge that the template has there."""
        if self._cell is not None:
            self._fill(self._cell.slot)
            self._cell.merged = True

    def _fill(self, slot: int) -> None:
        """Put into a slot what was written since."""
        self._out[slot:] = ["".join(self._out[slot:])]

    def _end_cell(self, known: tuple[str, bool]) -> None:
        """Write a paragraph without words where the cell has none."""
        if self._cell is not None and not self._cell.has_paragraph:
            self._begin_paragraph(known)
            self._out[-1] = "<w:p/>"
        self._cell = None

    def _begin_paragraph(self, known: tuple[str, bool]) -> None:
        kept, own = known
        self._row.paragraphs.append((len(self._out), kept))
        self._out.append("")
        if (cell := self._cell) is not None:
            cell.starts.append(len(cell.texts))
            if own:
                cell.has_paragraph = True

    def _text(self, text: str) -> None:
        if not text.isascii():
            if _RESTART in text or _CONTINUE in text or _KEEP in text:
                text = self._marked(text)
            if _EMBLEM in text or _GRAPH in text:
                self.has_drawing_mark = True
        cell = self._cell
        if cell is not None:
            cell.texts.append(text)
            cell.characters += len(text)
        self._out.append(text)

    def _break(self, _known: None) -> None:
        if self._cell is not None:
            self._cell.texts.append(LINE_BREAK)

    def _marked(self, text: str) -> str:
        """Do what a text's marks ask of its cell and its row; return the text without them."""
        cell, restarts = self._cell, _RESTART in text
        if cell is not None and (restarts or _CONTINUE in text):
            self._out[cell.slot] = cell.merge.format("restart" if restarts else "continue")
            cell.merged, cell.begins, cell.goes_on = True, restarts, not restarts
        if _KEEP in text:
            self._row.kept_with_next = True
        for mark in (_RESTART, _CONTINUE, _KEEP):
            text = str.replace(text, mark, "")  # not that of Markup, which escapes the mark
        return text

    def _end_section(self, page: int) -> None:
        """Let rows split that are higher than the section's pages, margins and header off."""
        for table in self._section:
            for slot in too_high(table, page):
                self._out[slot] = ""
        self._section = []

    _AT: ClassVar[Mapping[Kind, Callable[[Writer, Any], None]]] = {
        "table": _begin_table, "table_end": _end_table,
        "row": _begin_row, "kept_whole": _keep_whole, "row_end": _end_row,
        "cell": _begin_cell, "merged": _merged, "cell_end": _end_cell,
        "paragraph": _begin_paragraph, "text": _text, "break": _break, "section": _end_section,
    }  # fmt: skip
