"""The outline of a template's part: the places where structure may have to be written.

The places are found once, on the tree of the part.  Each gets a processing instruction, such as
`<?itareport 12?>`, which docxtpl and Jinja pass on like any markup; so `Writer` meets it in every
document, as often as a loop repeats it.  It lies inside its element, because docxtpl takes out
whole elements.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

from lxml import etree

from itareport.document.structure import places
from itareport.document.structure.template_tree import Element, w

Kind = Literal[
    "table", "table_end", "row", "kept_whole", "row_end", "cell", "merged", "cell_end",
    "paragraph", "text", "break", "section",
]  # fmt: skip
Step = tuple[str, Kind, Any]
"""Markup, then the kind of the place behind it, and what `Writer` needs to know of that place."""
Steps = tuple[list[Step], str, bool]
"""The steps of a piece, the markup behind the last, and whether the piece ends inside a tag."""

_KEEP = "<w:keepNext/>"
_KEEP_PROPERTIES = f"<w:pPr>{_KEEP}</w:pPr>"
_MERGE = '<w:vMerge w:val="{}"/>'
_BEFORE_MERGE = tuple(map(w, ("cnfStyle", "tcW", "gridSpan", "hMerge")))
_TAKES_OUT = ("{%p ", "{{p ", "{#p ")  # with its paragraph
_PARAGRAPHS = ("<w:p>", "<w:p ")
_A4 = 16838  # twips, the height of an upright page
_MARGIN = 1440  # twips


class Outline:
    """The places of one part, and the steps of each piece that Jinja makes of the part."""

    def __init__(self, root: Element) -> None:
        """Find the places of a part, and put an instruction at each into its tree."""
        self._places: list[tuple[Kind, Any]] = []
        self.steps = lru_cache(maxsize=4096)(self._steps)  # a template's pieces come again
        outlined = {
            w("tbl"): self._table, w("tr"): self._row, w("tc"): self._cell, w("p"): self._paragraph,
            w("t"): self._text, w("br"): self._break, w("sectPr"): self._section,
        }  # fmt: skip
        for element in list(root.iter(*outlined)):
            outlined[element.tag](element)

    @staticmethod
    def with_lines(xml: str) -> str:
        """Begin each paragraph and each place on a line of its own: errors of Jinja name a line.

        `steps` takes line breaks and places out.
        """
        for tag in (*_PARAGRAPHS, "<?place "):
            xml = xml.replace(tag, f"\n{tag}")
        return xml

    def _place(self, kind: Kind, known: Any = None) -> Element:
        self._places.append((kind, known))
        return etree.ProcessingInstruction("itareport", str(len(self._places) - 1))

    def _table(self, table: Element) -> None:
        columns = table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")
        table.insert(0, self._place("table", [_number(column, "w") for column in columns]))
        table.append(self._place("table_end"))

    def _row(self, row: Element) -> None:
        begin = self._place("row", row.find(f"{w('trPr')}/{w('tblHeader')}") is not None)
        if (flag := row.find(f"{w('trPr')}/{w('cantSplit')}")) is None:
            row.insert(0, begin)
        else:
            flag.addprevious(begin)
            flag.addnext(self._place("kept_whole"))
        row.append(self._place("row_end"))

    def _cell(self, cell: Element) -> None:
        if (properties := cell.find(w("tcPr"))) is None:
            cell.insert(0, self._place("cell", (f"<w:tcPr>{_MERGE}</w:tcPr>", 1)))
        else:
            span = _number(properties.find(w("gridSpan")), "val", 1)
            begin = self._place("cell", (_MERGE, span))
            if (merge := properties.find(w("vMerge"))) is None:
                before = sum(child.tag in _BEFORE_MERGE for child in properties)
                properties.insert(before, begin)
            else:
                merge.addprevious(begin)
                merge.addnext(self._place("merged"))
        if not (len(cell) and cell[-1].tag == w("p") and _stays(cell[-1])):
            cell.append(self._place("cell_end", (f"<w:p>{_KEEP_PROPERTIES}</w:p>", True)))

    def _paragraph(self, paragraph: Element) -> None:
        if next(paragraph.iterancestors(w("tr")), None) is None:
            return
        parent, properties = paragraph.getparent(), paragraph.find(w("pPr"))
        own = parent is not None and parent.tag == w("tc")
        if properties is None:
            paragraph.insert(0, self._place("paragraph", (_KEEP_PROPERTIES, own)))
        elif properties.find(w("keepNext")) is not None:
            properties.insert(0, self._place("paragraph", ("", own)))
        else:
            style = properties.find(w("pStyle"))
            place = self._place("paragraph", (_KEEP, own))
            properties.insert(0 if style is None else 1, place)

    def _text(self, text: Element) -> None:
        if text.text:
            text.addprevious(self._place("text"))

    def _break(self, line_break: Element) -> None:
        if next(line_break.iterancestors(w("tr")), None) is not None:
            line_break.addprevious(self._place("break"))

    def _section(self, section: Element) -> None:
        section.insert(0, self._place("section", _text_height(section)))

    def _steps(self, piece: str) -> Steps:
        """Split a piece at its places; what stands before its first tag is text, too."""
        for tag in _PARAGRAPHS:
            piece = str.replace(piece, f"\n{tag}", tag)  # not that of Markup, which escapes
        piece = places.MARK.sub("", piece)
        start, *placed = piece.split("<?itareport ")
        text, markup = _until(start, "<")
        steps: list[Step] = [("", "text", text)] if text else []
        for part in placed:
            number, _, following = part.partition("?>")
            kind, known = self._places[int(number)]
            if kind == "text":
                tag, end, inside = following.partition(">")
                known, following = _until(inside, "<")
                markup += tag + end
                if not known:
                    markup += following
                    continue
            steps.append((markup, kind, known))
            markup = following
        return steps, markup, piece.rfind("<") > piece.rfind(">")


def _until(text: str, sign: str) -> tuple[str, str]:
    """Split a text before the first such sign: return both pieces."""
    before, found, behind = text.partition(sign)
    return before, found + behind


def _stays(paragraph: Element) -> bool:
    """Return whether docxtpl leaves a paragraph in its place, so that its cell has one."""
    text = "".join(t.text or "" for t in paragraph.iter(w("t")))
    return not any(tag in text for tag in _TAKES_OUT)


def _text_height(section: Element) -> int:
    """Return the height between the margins of a section's pages, in twips."""
    page, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if page is None or margins is None:
        return _A4 - 2 * _MARGIN
    return _number(page, "h", _A4) - _number(margins, "top") - _number(margins, "bottom")


def _number(element: Element | None, name: str, default: int = 0) -> int:
    """Return the whole number in an attribute, or the default where there is none."""
    value = (element.get(w(name)) if element is not None else None) or ""
    return int(value) if value.removeprefix("-").isdecimal() else default
