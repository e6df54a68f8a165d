"""Private marks that the context writes into text and `word` turns into OOXML structure.

A merge over rows and a drawing cannot be said in a template's plain text, so the template prints
a mark of the Unicode private use area in the cell (`{{ row.topic }}{{ row.topic_merge }}`) or
paragraph (`{{ graph }}`), wherever an office moves it.  Data never holds these characters: the
model refuses private use.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

MERGE_RESTART = "\ue000"
"""The cell begins a vertical merge."""
MERGE_CONTINUE = "\ue001"
"""The cell continues the merge of the cell above."""
KEEP_WITH_NEXT = "\ue002"
"""The row stays on one page with the next."""
EMBLEM = "\ue010"
"""The agency's emblem stands here."""
GRAPH = "\ue011"
"""The chart, or the agency's own picture of it, stands here."""


def merges(keys: Iterable[object]) -> list[str]:
    """Return one mark a row: neighbours of one key are merged, a row alone is not."""
    marks: list[str] = []
    for _, group in groupby(keys):
        rows = len(list(group))
        marks += [MERGE_RESTART] + [MERGE_CONTINUE] * (rows - 1) if rows > 1 else [""]
    return marks
