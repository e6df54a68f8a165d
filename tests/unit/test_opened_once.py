"""A command opens a workbook once, and reads each of its parts once."""

import itertools
from collections import Counter

import pytest

from itareport.terminal import cli
from itareport.xlsx import book, xmlparts
from itareport.xlsx import opening as xlsx_opening
from workbooks import PLAN, SCORES, changed


def _gaps(workbook):
    for row in range(5, 12):
        for column in range(3, 9):
            workbook[PLAN].cell(row, column).value = None
    workbook[SCORES]["E5"], workbook[SCORES]["J5"] = 50, None


@pytest.fixture
def opened(monkeypatch):
    """Return the names of the files that are opened, and the parts that are read of them."""
    files: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    opening, reading = xlsx_opening.opened, xmlparts.read_part

    def counted(data, name, **options):
        files[name] += 1
        return opening(data, name, **options)

    def heard(package, part, reader):
        parts[part] += 1
        reading(package, part, reader)

    monkeypatch.setattr(book, "opened", counted)
    monkeypatch.setattr(book, "read_part", heard)
    return files, parts


COMMANDS = {
    "check": ["check", "ก.xlsx"],
    "check --annotate": ["check", "ก.xlsx", "--annotate"],
    "draft": ["draft", "ก.xlsx"],
    "convert": ["convert", "ก.xlsx", "ข.yaml"],
    "build": ["build", "ก.xlsx"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_workbook_is_opened_and_read_once(command, opened, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ก.xlsx").write_bytes(changed(_gaps))
    cli.main(COMMANDS[command])
    files, parts = opened
    assert files == {"ก.xlsx": 1}, capsys.readouterr()
    assert set(parts.values()) == {1}, parts
    assert len(parts) > 8


def test_the_same_workbook_gives_copies_and_drafts(opened, tmp_path, monkeypatch):
    """The files are made, so that the counts are of commands that did their work."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ก.xlsx").write_bytes(changed(_gaps))
    for command in itertools.islice(COMMANDS.values(), 1, 3):
        cli.main(command)
    assert {file.name for file in tmp_path.iterdir()} == {
        "ก.xlsx",
        "ก (ผลตรวจ).xlsx",
        "ก (ร่าง).xlsx",
    }
    assert opened[0] == {"ก.xlsx": 2}
