"""ARCHITECTURE.md draws what import-linter holds the code to, and names what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

REPO = Path(__file__).resolve().parents[2]
SOURCE = REPO / "src" / "itareport"
TEXT = (REPO / "ARCHITECTURE.md").read_text(encoding="utf-8")
DOORS = {
    "docxtpl": "docxtpl",
    "LibreOffice": "subprocess",
    "pdfium": "pypdfium2",
    "geothai": "geothai",
    "fontTools": "fontTools",
    "openpyxl": "openpyxl",
    "Dask": "distributed",
    "PyYAML": "yaml",
    "pythainlp": "pythainlp",
}
"""Each tool as the page calls it, and the library that a contract protects."""


def contracts() -> list[dict[str, Any]]:
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return found


def layers() -> list[set[str]]:
    """Return import-linter's layers; a name in brackets is not there yet, nor in the table."""
    of_layers = [c for c in contracts() if c["type"] == "layers"]
    (contract,) = [c for c in of_layers if c["containers"] == ["itareport"]]
    rows = [{name for name in row.split(" | ") if name[0] != "("} for row in contract["layers"]]
    return [row for row in rows if row]


def table() -> dict[int, dict[str, str]]:
    """Return the table of ranks: by number, each module and what is said of it."""
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", TEXT, re.MULTILINE)
    return {int(rank): dict(map(_entry, cells.split(" · "))) for rank, cells in rows}


def _entry(words: str) -> tuple[str, str]:
    match = re.fullmatch(r"`(\w+)` (\S.*)", words)
    assert match, words
    return match[1], match[2]


def test_the_table_of_ranks_is_import_linters() -> None:
    assert list(table()) == list(range(len(table())))
    assert [set(row) for row in table().values()] == layers()


def test_the_table_holds_every_module_once() -> None:
    names = [name for row in table().values() for name in row]
    modules = {f.stem for f in SOURCE.glob("*.py")} | {f.parent.name for f in SOURCE.glob("*/*.py")}
    assert sorted(names) == sorted(modules - {"__init__"})


def test_the_doors_are_import_linters() -> None:
    told = {
        (DOORS[door], f"itareport.{name}")
        for row in table().values()
        for name, words in row.items()
        for door in re.findall(r"\(door to (\w+)\)", words)
    }
    assert told == {
        (contract["protected_modules"][0], importer)
        for contract in contracts()
        if contract["type"] == "protected"
        for importer in contract["allowed_importers"]
    }


ROW = re.compile(r"^\| ([^|]+) \| ([^|]*`[^|]+) \|$", re.MULTILINE)
CHANGES = ROW.findall(TEXT.partition("## I want")[2])


def test_the_page_says_what_to_open() -> None:
    assert len(CHANGES) > 8


@pytest.mark.parametrize(("change", "where"), CHANGES)
def test_what_to_open_is_there(change: str, where: str) -> None:
    for name in re.findall(r"`([\w./<>-]+)`", where):
        path = name.replace("<year>", "2569")
        assert (SOURCE / path).exists() or (REPO / path).exists(), f"{change}: {name}"


def test_every_folder_of_tests_is_told_of() -> None:
    told = set(re.findall(r"`(\w+)/`", TEXT.partition("## Tests")[2]))
    folders = {f.name for f in (REPO / "tests").iterdir() if f.is_dir() and f.name[0] not in "._"}
    assert told == folders - {"fixtures"}
