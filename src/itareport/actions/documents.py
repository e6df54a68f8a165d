"""The documents that are made of one report: today one, the report itself.

To add a document, add an entry to `DOCUMENTS`, its template, and a module for its words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itareport.actions.prepare import Options, Ready
from itareport.document import context
from itareport.files import assets
from itareport.ita import names
from itareport.ita.catalogue import Kinds
from itareport.ita.model import Report


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of document: its template, its words and the name of its files."""

    code: str
    """Names the document in a batch's journal; it never changes."""
    title: str
    """The name of the document in lists for people."""
    template: str
    """The file in `templates/`."""
    words: Callable[[Ready, Options], Mapping[str, Any]]
    """Returns the words of its template."""
    stem: Callable[[Report, Kinds], str]
    """Returns the name of its files without extension; no two documents have the same."""
    has_pdf: bool = True
    """Whether it becomes a PDF too, in a run that makes PDFs."""
    takes_own_template: bool = False
    """Whether `--template` names the template of this document."""

    @property
    def template_file(self) -> Path:
        """The template of this document that comes with the program."""
        return assets.template(self.template)

    def own_template(self, options: Options) -> Path | None:
        """Return the user's template for this document, if the options name one."""
        return options.template if self.takes_own_template else None


def _report_words(ready: Ready, options: Options) -> Mapping[str, Any]:
    with_graph = ready.graph is not None or options.graph != "none"
    words = context.context(
        ready.report, ready.catalogue, ready.plan_catalogue, options.digits, with_graph=with_graph
    )
    return {**words, "draft_mark": context.DRAFT_MARK} if options.is_draft else words


REPORT = Document(
    code="report",
    title="รายงาน",
    template="report.docx",
    words=_report_words,
    stem=names.report_name,
    takes_own_template=True,
)

DOCUMENTS: tuple[Document, ...] = (REPORT,)
"""All documents, in the order in which they are made and listed."""
