"""Pieces of XML as Jinja makes them, written out with merges, kept rows and rows that split."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from itareport.document import marks
from itareport.document.structure import outline
from itareport.document.structure.heights import Cell, Row, Table, too_high
from itareport.document.structure.outline import CellHead, Outline, ParagraphHead, Place

_EMBLEM, _GRAPH = marks.EMBLEM, marks.GRAPH
_RESTART, _CONTINUE, _KEEP = marks.MERGE_RESTART, marks.MERGE_CONTINUE, marks.KEEP_WITH_NEXT


class Writer:
    """Takes one part of a document piece by piece; `text()` is the part with its structure.

    What is only known later (whether a cell merges, a row is kept, a row may split) has a slot in
    the output, which is filled when it is known; nothing is parsed or walked again.
    """

    def __init__(self) -> None:
        """Begin with an empty part."""
        self.has_drawing_mark = False
        """Whether a mark for a drawing was written: see `place_drawings`."""
        self._out: list[str] = []
        self._cut = ""
        self._blocks = 0
        self._section: list[Table] = []
        self._outer: list[tuple[Table | None, Row | None, Cell | None]] = []
        self._table: Table | None = None
        self._row: Row | None = None
        self._cell: Cell | None = None

    def write(self, pieces: Iterable[str]) -> None:
        """Write pieces: each is markup of the template, or a value, escaped."""
        for piece in pieces:
            if self._cut:
                self._continue(piece)
            elif "<" in piece:
                self._markup(outline.known(piece))
            else:
                self._text(piece)

    def _continue(self, piece: str) -> None:
        """Go on where a tag, or what is only understood whole, was cut; a tag at a time."""
        while self._cut and piece:
            head, end, piece = str.partition(piece, ">")
            self._markup(outline.of(f"{self._cut}{head}{end}"))
        self.write([piece] if piece else [])

    def _markup(self, found: Outline) -> None:
        out, at = self._out, self._AT
        for markup, place, known in found.steps:
            out.append(markup)
            at[place](self, known)
        out.append(found.rest)
        self._cut = found.cut

    def text(self) -> str:
        """Return all that was written."""
        return "".join([*self._out, self._cut])

    def _begin_table(self, _known: None) -> None:
        self._outer.append((self._table, self._row, self._cell))
        self._table, self._row, self._cell = Table(), None, None
        self._section.append(self._table)

    def _grid(self, widths: tuple[int, ...]) -> None:
        if self._table is not None:
            self._table.grid = widths

    def _end_table(self, _known: None) -> None:
        if self._outer:
            self._table, self._row, self._cell = self._outer.pop()

    def _begin_row(self, _known: None) -> None:
        self._row, self._cell = Row(), None
        if self._table is not None:
            self._table.rows.append(self._row)

    def _keep_whole(self, flag: str) -> None:
        if self._row is not None:
            self._row.kept_whole = len(self._out)
        self._out.append(flag)

    def _head_row(self, _known: None) -> None:
        if self._row is not None:
            self._row.header = True

    def _end_row(self, _known: None) -> None:
        row, self._row, self._cell = self._row, None, None
        if row is None:
            return
        if row.kept_with_next:
            for slot, kept in row.paragraphs:
                self._out[slot] = kept
        outer = self._outer[-1][1] if self._outer else None
        if outer is not None:
            outer.paragraphs += row.paragraphs

    def _begin_cell(self, head: CellHead) -> None:
        self._cell = Cell(head, len(self._out), self._blocks)
        self._out.append(head.plain)
        if self._row is not None:
            self._row.cells.append(self._cell)
        if head.first is not None:
            markup, paragraph = head.first
            self._out.append(markup)
            self._begin_paragraph(paragraph)

    def _end_cell(self, _known: None) -> None:
        if self._cell is not None and not self._cell.has_paragraph:
            self._begin_paragraph(outline.EMPTY)
        self._cell = None

    def _begin_paragraph(self, head: ParagraphHead) -> None:
        plain, kept = head
        if self._row is not None and kept is not None:
            self._row.paragraphs.append((len(self._out), kept))
        self._out.append(plain)
        cell = self._cell
        if cell is not None:
            cell.starts.append(len(cell.texts))
            if cell.blocks == self._blocks:
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

    def _marked(self, text: str) -> str:
        cell, restarts = self._cell, _RESTART in text
        if cell is not None and (restarts or _CONTINUE in text):
            self._out[cell.slot] = cell.head.restart if restarts else cell.head.continued
            cell.merged = True
        if self._row is not None and _KEEP in text:
            self._row.kept_with_next = True
        for mark in (_RESTART, _CONTINUE, _KEEP):
            text = str.replace(text, mark, "")  # not that of Markup, which escapes the mark
        return text

    def _begin_block(self, _known: None) -> None:
        self._blocks += 1

    def _end_block(self, _known: None) -> None:
        self._blocks -= 1

    def _end_section(self, page: int) -> None:
        """Let rows split that are higher than the section's pages, margins and header off."""
        for table in self._section:
            for row in too_high(table, page):
                if row.kept_whole is not None:
                    self._out[row.kept_whole] = ""
        self._section = []

    _AT: ClassVar[Mapping[Place, Callable[[Writer, Any], None]]] = {
        "table": _begin_table, "grid": _grid, "table_end": _end_table,
        "row": _begin_row, "kept_whole": _keep_whole, "header": _head_row, "row_end": _end_row,
        "cell": _begin_cell, "cell_end": _end_cell, "paragraph": _begin_paragraph, "text": _text,
        "block": _begin_block, "block_end": _end_block, "section": _end_section,
    }  # fmt: skip
