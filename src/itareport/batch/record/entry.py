"""One line of the journal: the result for one source, and the JSON in which it is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from itareport.actions import documents
from itareport.actions.outcome import by_name
from itareport.batch.record.key_facts import KeyFacts
from itareport.problems import ExitStatus, Flag, Problem, Severity, flags, status_of_code

State = Literal["done", "failed", "waiting", "absent", "unmade", "unsent"]
"""`waiting`: its Word files are there, its PDFs are not yet; `absent`: of an earlier run, and its
data are not among this run's; `unmade`: a stopped run did not come to it; `unsent`: of an agency
that is expected to send data and has sent none.  The last two are never written to the file."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem as a line of the journal has it."""

    code: str
    severity: str
    place: str
    label: str
    text: str
    remedy: str
    in_form: tuple[str, str] = field(default=("", ""), compare=False)
    """Text and remedy in the words of the page; a line that was read has none."""

    def has(self, flag: Flag) -> bool:
        """Return whether this problem's code has that flag; a withdrawn code has none."""
        return flag in flags(self.code)

    @property
    def is_error(self) -> bool:
        """Whether it kept the report from being made."""
        return self.severity == Severity.ERROR

    @property
    def is_about_data(self) -> bool:
        """Whether the agency can mend it; the others are for those who run the program."""
        return status_of_code(self.code) is ExitStatus.DATA


@dataclass(frozen=True, slots=True)
class DocumentFiles:
    """The files of one document of a report, named from the folder of results."""

    code: str
    """The document's, of `documents`."""
    template: str = ""
    """The digest of its template."""
    docx: str = ""
    docx_sha256: str = ""
    pdf: str = ""
    pdf_sha256: str = ""
    pages: int | None = None

    @property
    def stem(self) -> str:
        """The name of its files, without extension."""
        return self.docx.removesuffix(".docx")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: the result for one source, and what it was made from."""

    source: str
    shown: str
    state: State
    fingerprint: str = ""
    data: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)
    files: tuple[DocumentFiles, ...] = ()
    """Those of each document; empty names where a document was not made."""
    version: str = ""
    milliseconds: int = 0
    letter: str = ""
    made_by: str = ""
    """The worker of a cluster that made the documents; "" for this machine."""
    converted_by: str = ""
    """The worker of a cluster that made the PDFs, and its LibreOffice."""
    row: bool = False
    """Whether the data are a row of a table, which the agency itself does not have."""
    facts: KeyFacts | None = None
    problems: tuple[Complaint, ...] = ()

    @property
    def is_made(self) -> bool:
        """Whether its report was made, even where its data are absent; a failed one was not."""
        unmade = self.state in ("failed", "waiting")
        return not unmade and not any(one.is_error for one in self.problems)

    def has(self, flag: Flag) -> bool:
        """Return whether a problem of this line has that flag."""
        return any(one.has(flag) for one in self.problems)

    @property
    def pages(self) -> int | None:
        """The pages of its PDFs together; None where there is none."""
        counted = [one.pages for one in self.files if one.pages is not None]
        return sum(counted) if counted else None

    def of(self, code: str) -> DocumentFiles:
        """Return the files of a document."""
        return next((made for made in self.files if made.code == code), DocumentFiles(code))

    def with_files(self, new: DocumentFiles) -> Entry:
        """Return the line with other files of one document."""
        files = tuple(new if made.code == new.code else made for made in self.files)
        return replace(self, files=files)

    def with_problems(self, *problems: Problem) -> Entry:
        """Return the line with more problems."""
        return replace(self, problems=(*self.problems, *complaints(problems)))

    def old_pdf(self, files: DocumentFiles) -> str:
        """Return the name of an earlier report's PDF beside a .docx of this line, or ""."""
        has_one = files.docx and not files.pdf and self.has(Flag.OLD_PDF)
        return f"{files.stem}.pdf" if has_one else ""


def complaints(problems: Iterable[Problem]) -> tuple[Complaint, ...]:
    """Put problems in the form of a line; what could not be checked is left out."""
    return tuple(
        Complaint(
            one.code,
            str(one.severity),
            str(one.place or ""),
            one.label,
            one.message,
            one.remedy,
            one.in_form,
        )
        for one in problems
        if one.severity is not Severity.UNCHECKED
    )


_ORDER = (
    "source", "shown", "state", "fingerprint", "data", "pictures", "template", "version",
    "milliseconds", "pages", "docx", "docx_sha256", "pdf", "pdf_sha256", "documents", "letter",
    "made_by", "converted_by", "row", "facts", "problems",
)  # fmt: skip


def to_line(entry: Entry) -> bytes:
    """Return the JSON of a line: the report's own files as fields of it, others in `documents`."""
    plain, main = by_name(entry), by_name(entry.of(documents.REPORT.code))
    del plain["files"], main["code"]
    plain |= main
    for name in ("made_by", "converted_by", "row"):
        if not plain[name]:
            del plain[name]
    others = [by_name(made) for made in entry.files if made.code != documents.REPORT.code]
    if others:
        plain["documents"] = others
    plain["facts"] = by_name(entry.facts) if entry.facts else None
    plain["problems"] = [by_name(one) for one in entry.problems]
    ordered = {name: plain[name] for name in _ORDER if name in plain}
    # The name of a file may be no text: backslashreplace makes JSON of it.
    return json.dumps(ordered, ensure_ascii=False).encode(errors="backslashreplace") + b"\n"


def from_line(line: bytes) -> Entry | None:
    """Read a line; None for one that is torn, or that another version wrote otherwise."""
    try:
        data: dict[str, Any] = json.loads(line.decode())
        facts, problems = data.pop("facts"), data.pop("problems")
        main = {one.name: data.pop(one.name) for one in fields(DocumentFiles) if one.name in data}
        others = data.pop("documents", ())
        return Entry(
            **data,
            files=(
                DocumentFiles(documents.REPORT.code, **main),
                *(DocumentFiles(**one) for one in others),
            ),
            facts=_facts(facts) if facts else None,
            problems=tuple(Complaint(**one) for one in problems),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _facts(data: dict[str, Any]) -> KeyFacts:
    data["indicators"] = tuple(data["indicators"])
    data["remarks"] = tuple(map(tuple, data["remarks"]))
    data["before"] = tuple(data.get("before", ()))
    return KeyFacts(**data)
