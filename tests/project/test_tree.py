"""The source tree: nothing that a program makes, no machine's address, a reason for all."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

import itareport

REPO = Path(__file__).resolve().parents[2]
BINARY = {".docx", ".pdf", ".png", ".ttf"}
# Put together here, so that this file is not its own first finding.
ADDRESSES = [
    "".join(parts)
    for parts in (
        ("pypi", ".org"), ("python", "hosted.org"), ("npm", "js.org"), ("debian", ".org/debian"),
        ("/opt/", "pypi"), ("/opt/", "wheels"), ("/wo", "rk/main"), ("/wo", "rk/shared"),
        ("/ro", "ot/"), ("--index", "-url"), ("--find", "-links"), ("--trusted", "-host"),
    )
]  # fmt: skip


def git(*arguments: str) -> list[str]:
    command = ["git", "-c", "core.quotePath=off", *arguments, "-z"]
    output = subprocess.run(command, cwd=REPO, check=True, capture_output=True, text=True).stdout
    return [name for name in output.split("\0") if name]


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """Return what is committed, or would be with `git add`."""
    names = git("ls-files", "--cached", "--others", "--exclude-standard")
    return [REPO / name for name in sorted(set(names)) if (REPO / name).exists()]


@pytest.fixture(scope="module")
def texts(files: list[Path]) -> dict[str, str]:
    return {
        f.relative_to(REPO).as_posix(): f.read_bytes().decode("utf-8")
        for f in files
        if f.suffix not in BINARY
    }


def test_nothing_that_a_program_makes_is_committed(files: list[Path]) -> None:
    assert git("ls-files", "--cached", "--ignored", "--exclude-standard") == []
    made = {".pyc", ".whl", ".log", ".bak", ".orig", ".tmp", ".swp", ".lock"}
    assert [f.name for f in files if f.suffix in made or f.name.startswith("~$")] == []


def test_no_file_names_a_registry_or_this_machine(texts: dict[str, str]) -> None:
    found = [(n, a) for n, text in texts.items() for a in ADDRESSES if a in text]
    assert found == []


def test_texts_are_clean(texts: dict[str, str]) -> None:
    ours = {n: t for n, t in texts.items() if t and not n.startswith(("fonts/", "tests/golden/"))}
    assert [n for n, t in ours.items() if "\r" in t] == []
    assert [n for n, t in ours.items() if not t.endswith("\n") or t.endswith("\n\n")] == []
    assert [n for n, t in ours.items() if re.search(r"[ \t]+$", t, re.MULTILINE)] == []


@pytest.mark.parametrize("name", ["demo", "test", "check", "setup", "wheel", "windows-folder"])
def test_a_script_is_short_plain_sh_and_runs(name: str) -> None:
    script = REPO / "scripts" / name
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/bin/sh"
    assert lines[1].startswith("# ")
    assert lines[2] == "set -eu"
    assert len(lines) <= 40
    assert os.access(script, os.X_OK)
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0


def test_scripts_are_executable_in_git_too() -> None:
    staged = git("ls-files", "--stage", "scripts", ".ci")
    scripts = [line for line in staged if not Path(line.partition("\t")[2]).suffix]
    assert len(scripts) >= 6
    assert [line for line in scripts if not line.startswith("100755")] == []


def test_pictures_for_comparison_and_of_steps_are_small(files: list[Path]) -> None:
    pictures = [
        file
        for file in files
        if file.suffix == ".png" and ("visual" in file.parts or file.name.startswith("windows-"))
    ]
    assert len(pictures) > 3
    assert [f.name for f in pictures if f.stat().st_size > 20 * 1024] == []


def test_every_dependency_and_every_exception_has_its_reason() -> None:
    """Every line of these lists ends in a comment."""
    text = (REPO / "pyproject.toml").read_text(encoding="utf-8")
    lists = re.findall(
        r'^(?:dependencies|build|dev|ignore|filterwarnings|"[^"\n]+") = \[\n(.*?)^\]',
        text,
        re.MULTILINE | re.DOTALL,
    )
    lines = [line.strip() for block in lists for line in block.splitlines()]
    entries = [line for line in lines if line and not line.startswith(("#", "{"))]
    assert len(entries) > 40
    assert [line for line in entries if not re.search(r",\s+# \w", line)] == []


def test_a_noqa_names_its_rule_and_its_reason(texts: dict[str, str]) -> None:
    """`# noqa: S603 - why`; the code of a `# type: ignore` is mypy's to ask for."""
    sources = {n: t for n, t in texts.items() if n.startswith("src/") and n.endswith(".py")}
    marked = [
        f"{name}: {line.strip()}"
        for name, text in sources.items()
        for line in text.splitlines()
        if "# noqa" in line
    ]
    said = re.compile(r"# noqa: [A-Z]+\d+(, ?[A-Z]+\d+)* [-–] \w")
    assert [mark for mark in marked if not said.search(mark)] == []


def test_the_changelogs_newest_entry_is_of_this_version() -> None:
    text = (REPO / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[?(\d[\w.]*)", text, re.MULTILINE)[0] == itareport.__version__
