"""What a template's text cannot say: merges, drawings, rows that may split; pure.

The context leaves marks in its words (see `marks`).  `Outline` notes once, on the tree of a
template's part, where structure may be written.  `Writer` takes that part as Jinja makes it for a
document, piece after piece, and writes it with each mark turned into OOXML, in the order that the
schema wants.  The tree functions prepare a template.
"""

from itareport.document.structure.columns import TooManySetsError, with_each_set_of_columns
from itareport.document.structure.drawings import MakeDrawing, place_drawings
from itareport.document.structure.outline import Outline
from itareport.document.structure.places import MARK, joined, mark_places, named, near, text
from itareport.document.structure.template_tree import (
    Element,
    W,
    free_section_breaks,
    number_pages_western,
    w,
    with_common_prefix,
)
from itareport.document.structure.writer import Writer

__all__ = [
    "MARK",
    "Element",
    "MakeDrawing",
    "Outline",
    "TooManySetsError",
    "W",
    "Writer",
    "free_section_breaks",
    "joined",
    "mark_places",
    "named",
    "near",
    "number_pages_western",
    "place_drawings",
    "text",
    "w",
    "with_common_prefix",
    "with_each_set_of_columns",
]
