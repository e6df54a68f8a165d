"""ARCHITECTURE.md draws what import-linter holds the code to, and names what is there."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

REPO = Path(__file__).resolve().parents[2]
SOURCE = REPO / "src" / "itareport"
TEXT = (REPO / "ARCHITECTURE.md").read_text(encoding="utf-8")
DOORS = {
    "LibreOffice (subprocess)": "subprocess",
    "Word (comtypes)": "comtypes",
    "pdfium": "pypdfium2",
    "Dask": "distributed",
    "Pillow": "PIL",
    "PyYAML": "yaml",
}
"""Tools whose library has another name than the page calls them by."""


def contracts() -> list[dict[str, Any]]:
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return found


def layers() -> list[str]:
    """Return import-linter's layers, from the top; a name in brackets is not there yet."""
    of_layers = [c for c in contracts() if c["type"] == "layers"]
    (contract,) = [c for c in of_layers if c["containers"] == ["itareport"]]
    return [n for row in contract["layers"] for n in row.split(" | ") if n[0] != "("]


def picture() -> dict[str, set[str]]:
    """Return the picture's rooms, from the top, each with the rooms that it says it imports."""
    drawn = TEXT.partition("## The rooms")[2].split("```")[1].strip().splitlines()
    lines = [re.split(r"\s{2,}", line) for line in drawn]
    return {name: set(rest[0].split()) if rest else set() for name, _words, *rest in lines}


def imported(file: Path) -> set[str]:
    """Return the rooms that a source file imports from."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "itareport":
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= set((node.module or "").removeprefix("itareport.").split(".")[:1])
        elif isinstance(node, ast.Import):
            found |= {name.name.removeprefix("itareport.").split(".")[0] for name in node.names}
    return found


def counted() -> dict[str, set[str]]:
    """Return every room with the other rooms that its files import from."""
    rooms: dict[str, set[str]] = {}
    for file in SOURCE.rglob("*.py"):
        room = file.relative_to(SOURCE).with_suffix("").parts[0]
        rooms.setdefault(room, set()).update(imported(file))
    del rooms["__init__"]
    return {room: others & set(rooms) - {room} for room, others in rooms.items()}


def test_there_are_few_rooms() -> None:
    assert len(counted()) <= 16
    crowded = [d for d in SOURCE.rglob("*") if len(list(d.glob("*.py"))) > 12]
    assert [d.relative_to(SOURCE).as_posix() for d in crowded] == []


def test_functions_are_short_enough_to_see_whole() -> None:
    long = [
        f"{file.relative_to(SOURCE)}: {node.name}"
        for file in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 50
    ]
    assert long == []


def test_imports_go_down_the_picture_and_nowhere_else() -> None:
    assert picture() == counted()
    order = list(picture())
    assert order == layers()
    assert [
        (room, other)
        for room, others in counted().items()
        for other in others
        if order.index(other) <= order.index(room)
    ] == []


def test_the_doors_are_import_linters() -> None:
    table = TEXT.partition("| tool |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", table, re.MULTILINE)
    described = {
        (DOORS.get(tool, tool), f"itareport.{door}")
        for tools, doors in rows
        for tool in tools.split(", ")
        for door in re.findall(r"`(\w+)`", doors)
    }
    assert described == {
        (tool, importer)
        for contract in contracts()
        if contract["type"] == "protected"
        for tool in contract["protected_modules"]
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
