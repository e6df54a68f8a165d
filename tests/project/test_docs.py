"""What the documents say exists, and what exists is in the documents."""

from __future__ import annotations

import argparse
import contextlib
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from itareport.ita.described import GROUPS, Described, fields
from itareport.ita.model import Code, Date, FiscalYear, Score, Whole
from itareport.reading import yamlwrite
from itareport.terminal import arguments

REPO = Path(__file__).resolve().parents[2]
ENGLISH = sorted((REPO / "docs" / "en").glob("*.md"))
PAGES = sorted(REPO.glob("*.md")) + sorted(REPO.glob("[a-z]*/*.md")) + ENGLISH
NAMES = [page.relative_to(REPO).as_posix() for page in PAGES]


def read(name: str) -> str:
    return (REPO / name).read_text(encoding="utf-8")


def commands() -> list[tuple[str, str]]:
    """Return each `itareport …` line of a code block, with its page and without its comment."""
    found = []
    for page in NAMES:
        for block in re.findall(r"^```\w*\n(.*?)^```", read(page), re.MULTILINE | re.DOTALL):
            for line in block.splitlines():
                words = line.strip().removeprefix("$ ").removeprefix(".venv/bin/")
                if words.startswith("itareport "):
                    found.append((page, re.split(r"\s+(?:#|->)", words)[0].rstrip()))
    return list(dict.fromkeys(found))


def parsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the commands of a parser by name."""
    kinds = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(kinds[0].choices) if kinds else {}


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "LICENSE"])
def test_a_page_that_newcomers_look_for_is_there(name: str) -> None:
    assert len(read(name)) > 500


@pytest.mark.parametrize("page", NAMES)
def test_links_lead_somewhere(page: str) -> None:
    folder = (REPO / page).parent
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", read(page)) + re.findall(
        r"<img[^>]+src=\"([^\"]+)\"", read(page)
    )
    inside = [t for t in targets if not re.match(r"[a-z]+:", t)]
    assert [t for t in inside if not (folder / t).exists()] == []


@pytest.mark.parametrize("page", NAMES)
def test_scripts_and_modules_that_a_page_names_are_there(page: str) -> None:
    named = re.findall(r"\b(?:scripts|src/itareport|tests|benchmarks)/[\w./-]*\w", read(page))
    assert [path for path in named if not (REPO / path).exists()] == []


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_source_files_that_a_page_names_by_their_room_are_there(page: str) -> None:
    named = re.findall(r"`((?:\w+/)+\w+\.py)`", read(page))
    places = [REPO, REPO / "src/itareport", REPO / "src/itareport/reading/workbook"]
    assert [path for path in named if not any((at / path).exists() for at in places)] == []


def test_the_readme_names_the_two_commands() -> None:
    text = read("README.md")
    assert "scripts/demo" in text
    assert "itareport build" in text
    assert "itareport check" in text
    assert "scripts/test" in text + read("CONTRIBUTING.md")


def test_the_documents_show_commands() -> None:
    assert len(commands()) > 5


@pytest.mark.parametrize(("page", "command"), commands())
def test_a_command_that_a_page_shows_is_one(page: str, command: str) -> None:
    """It is parsed, not run; every page shows whole commands, without [brackets] or a|b."""
    assert not re.search(r"[\[|…]", command), page
    with contextlib.ExitStack() as stack:
        if "--help" in command or "--version" in command:
            stack.enter_context(pytest.raises(SystemExit, match=r"^0$"))
        arguments.parser().parse_args(shlex.split(command)[1:])


def test_every_command_and_option_is_in_a_page() -> None:
    text = "\n".join(map(read, NAMES))
    top = arguments.parser()
    options = {
        option
        for parser in (top, *parsers(top).values())
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    }
    assert {o for o in options if not re.search(rf"{o}\b", text)} == set()
    assert {c for c in parsers(top) if f"itareport {c}" not in text} == set()


def test_help_speaks_of_every_argument() -> None:
    parser = arguments.parser()
    for command in (parser, *parsers(parser).values()):
        actions = [a for a in command._actions if not isinstance(a, argparse._SubParsersAction)]
        assert [a.dest for a in actions if not a.help] == []


# -- the English pages beside the Thai ones ---------------------------------------------------


def parts(text: str) -> list[tuple[str, str]]:
    """Return the parts of a page: each heading with its level, and what stands under it."""
    plain = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    found = re.split(r"^(##+ .*)$", plain, flags=re.MULTILINE)[1:]
    return list(zip(found[::2], found[1::2], strict=True))


def heading(line: str) -> tuple[str, list[str]]:
    """Return the level of a heading and the names of fields and files in it: `tools`."""
    return line.partition(" ")[0], re.findall(r"^[a-z_]+(?=:|$)|`[^`]+`", line.partition(" ")[2])


def documented(part: str) -> set[str]:
    """Return the names that a part describes: first cells of its tables, and options."""
    cells = re.findall(r"^\|([^|]+)\|", part, re.MULTILINE)
    names = {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}
    options = set(re.findall(r"--[a-z][a-z-]+", part))
    return {name for name in names if not name.startswith("itareport ")} | options


def test_six_pages_are_in_english() -> None:
    names = [page.name for page in ENGLISH]
    assert names == ["batch.md", "catalogue.md", "data.md", "page.md", "template.md", "workbook.md"]


@pytest.mark.parametrize("page", ENGLISH, ids=lambda page: page.stem)
def test_an_english_page_has_the_headings_and_names_of_the_thai_one(page: Path) -> None:
    thai, english = (parts(read(f"docs/{folder}{page.name}")) for folder in ("", "en/"))
    assert [heading(line)[0] for line, _ in english] == [heading(line)[0] for line, _ in thai]
    for (ours, text), (theirs, original) in zip(english, thai, strict=True):
        assert not re.search("[ก-๙]", ours)
        assert set(heading(theirs)[1]) == set(heading(ours)[1]), theirs
        said = {*re.findall(r"`([^`]+)`", text), *documented(text)}
        assert documented(original) - said == set(), theirs
    assert f"(en/{page.name})" in read(f"docs/{page.name}")
    assert f"(../{page.name})" in read(f"docs/en/{page.name}")
    assert f"(docs/en/{page.name})" in read("README.md")


# -- the fields of a data file, as the model describes them ---------------------------------


def table_of(group: str) -> str:
    """Return the table of the fields of a group."""
    lines = ["| ช่อง | ชื่อ | ความหมายและค่า | ตัวอย่าง |", "|---|---|---|---|"]
    for field in fields(GROUPS[group]).values():
        star = " ✱" if field.is_needed else ""
        about = f"{field.title} | {field.info.description} | {example_of(field)}"
        lines.append(f"| `{field.name}`{star} | {about} |")
    return "\n".join(lines)


def example_of(field: Described) -> str:
    """Return what may stand in a field, or a link to the table of its own fields."""
    if field.group is not None:
        return f"[ดูข้างล่าง](#{field.name}-{field.title.replace(' ', '-')})"
    value: Any = (field.info.examples or [""])[0]
    if isinstance(value, list) and len(value) > 1:
        return f"`[{', '.join(value)}]`"
    return f"`{yamlwrite.write(value if isinstance(value, list) else str(value)).decode().strip()}`"


def test_the_page_of_fields_is_what_the_model_says(pytestconfig: pytest.Config) -> None:
    page = REPO / "docs" / "data.md"
    pattern = re.compile(r"(<!-- fields (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

    def filled(found: re.Match[str]) -> str:
        name = found[2].removeprefix("report")
        return f"{found[1]}\n{table_of(name)}\n\n{found[3]}"

    text = page.read_text(encoding="utf-8")
    assert {name.removeprefix("report") for _, name, _ in pattern.findall(text)} == set(GROUPS)
    wanted = pattern.sub(filled, text)
    if pytestconfig.getoption("--update-golden"):
        page.write_text(wanted, encoding="utf-8", newline="\n")
        text = wanted
    assert text == wanted, "if this is meant: scripts/test --update-golden"


# -- the values that a page says are read or refused ------------------------------------------

VALUES: dict[str, tuple[str, Any]] = {
    "docs/data.md": ("## ค่าที่รับ", ("คะแนน", "รหัสข้อ", "ลำดับ", "ปีงบประมาณ", "วันที่")),
    "docs/en/data.md": ("## Values", ("score", "code", "ordinal", "fiscal year", "date")),
}
"""Under which heading each page tells them, and what it calls those of these types."""
TYPES = (Score, Code, Whole, FiscalYear, Date)


def values(page: str) -> list[tuple[Any, str, bool]]:
    """Return each value of a page's table: its type, the value, and whether it is to be read."""
    title, names = VALUES[page]
    table = read(page).partition(title)[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()]
    return [
        (kind, value, column == 1)
        for name, kind in zip(names, TYPES, strict=True)
        for row in rows
        if row and row[0].startswith(name)
        for column in (1, 2)
        for value in re.findall(r"`([^`]+)`", row[column])
    ]


@pytest.mark.parametrize("page", VALUES)
def test_values_are_read_or_refused_as_a_page_says(page: str) -> None:
    told = values(page)
    assert {kind for kind, _, _ in told} == set(TYPES)
    wrong = [(value, is_read) for kind, value, is_read in told if _is_read(kind, value) != is_read]
    assert wrong == []


def _is_read(kind: Any, value: str) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True
