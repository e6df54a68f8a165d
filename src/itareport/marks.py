"""Private marks that the context writes into text and `word` turns into OOXML structure.

A merge over rows and a drawing cannot be said in a template's plain text, so the template prints
a mark of the Unicode private use area in the cell (`{{ row.topic }}{{ row.topic_merge }}`) or
paragraph (`{{ graph }}`), wherever an office moves it.  Data never holds these characters: the
model refuses private use.
"""

from __future__ import annotations

MERGE_RESTART = "\ue000"
"""The cell begins a vertical merge."""
MERGE_CONTINUE = "\ue001"
"""The cell continues the merge of the cell above."""
EMBLEM = "\ue010"
"""The agency's emblem stands here."""
GRAPH = "\ue011"
"""The chart, or the agency's own picture of it, stands here."""


def merges(spans: list[int]) -> list[str]:
    """Return one mark a row for consecutive groups of rows of the given lengths."""
    marks: list[str] = []
    for span in spans:
        marks += [MERGE_RESTART] + [MERGE_CONTINUE] * (span - 1) if span > 1 else [""]
    return marks
