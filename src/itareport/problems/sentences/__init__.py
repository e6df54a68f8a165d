"""The one table of Thai sentences: every code with its severity, cause, message and remedy.

Codes are never reused; a withdrawn one stays out of the table for good.  docs/errors.md is made
from this table.  Numbers in messages are Arabic (a rule of the trade: only documents use Thai).
"""

from __future__ import annotations

from itareport.problems.sentence import Sentence
from itareport.problems.sentences import (
    catalogue,
    data,
    doubts,
    output,
    pdf,
    report,
    template,
    unchecked,
    workbook,
)

__all__ = ["PARTS", "SENTENCES"]

PARTS = (data, report, doubts, unchecked, workbook, catalogue, template, pdf, output)
SENTENCES: dict[str, Sentence] = {code: one for part in PARTS for code, one in part.TABLE.items()}
