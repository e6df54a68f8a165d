"""One name for one thing: a class or file name that stands twice has a reason."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "itareport"
MODULES = sorted(SOURCE.rglob("*.py"))

CLASSES = {
    "Row": "each a row of the table that its room works on: cells read, cells to write, "
    "a line of doctor, a row of a Word table",
    "Cell": "a cell of a table: of Excel in xlsx, of Word in document",
    "Table": "a table: of the workbook, the wide one, of Word",
    "Template": "a Word template: its parts as read, and prepared to be filled",
    "Change": "a mending of mistyped text, and a change that a window is told of",
    "Link": "a relationship of a package, and a link in a cell",
    "Page": "a page of a PDF: what verify reads of it, and what the window shows of it",
    "Picture": "a picture: put into the document, and made of a page",
    "Word": "a word that a template may use, and the program of that name",
    "_Filling": "fills a report with drafts, or a sheet; each seen in its own module alone",
}
"""Class names that stand twice, each with its reason."""

FILES = {
    "catalogue": "the sentences about what `ita/catalogue` holds",
    "check": "the action of the room `check`",
    "columns": "columns of the wide table, and columns that a Word template may leave out",
    "complaints": "pydantic's complaints about a report, and about a catalogue",
    "convert": "the action, and LibreOffice's macro that does the conversion",
    "kinds": "to be joined: kinds of agency as models, and the word for none of them",
    "lists": "to be renamed: lists that a cell offers, and lists that a batch writes",
    "output": "the sentences about what `files/output.py` does",
    "pdf": "the sentences about what the room `pdf` does",
    "progress": "a batch counts it, the terminal shows it",
    "report": "the sentences about what `ita/model/report.py` holds",
    "workbook": "the sentences about what `reading/workbook` reads",
    "writer": "writes the workbook, and writes structure into a Word part",
}
"""Names of files or folders that stand twice, each with its reason."""


def twice(names: list[str]) -> set[str]:
    """Return the names that stand more than once."""
    return {name for name, count in Counter(names).items() if count > 1}


@pytest.fixture(scope="module")
def classes() -> list[str]:
    """Return the name of every class at the top of a module."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in MODULES]
    return [node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]


def test_no_class_name_stands_twice_without_a_reason(classes: list[str]) -> None:
    doubled = twice(classes)
    assert doubled - CLASSES.keys() == set(), "another name, or a reason in CLASSES"
    assert CLASSES.keys() - doubled == set(), "no longer double: take it from CLASSES"


def test_no_file_name_stands_twice_without_a_reason() -> None:
    files = [file.stem for file in SOURCE.rglob("*") if file.suffix in (".py", ".bas")]
    folders = [file.parent.name for file in MODULES if file.name == "__init__.py"]
    doubled = twice([name for name in files + folders if not name.startswith("__")])
    assert doubled - FILES.keys() == set(), "another name, or a reason in FILES"
    assert FILES.keys() - doubled == set(), "no longer double: take it from FILES"
