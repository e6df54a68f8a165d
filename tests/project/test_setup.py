"""scripts/setup asks the system for what it lacks of LibreOffice and Chromium, nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
WRITER, CALC = "libreoffice-writer-nogui", "libreoffice-calc-nogui"
BROWSER = {"chromium", "fonts-tlwg-loma"}
TOOLS = ("sh", "cat", "cksum", "dirname", "readlink", "env")


@pytest.fixture
def machine(tmp_path):
    """Return a source tree whose machine has no more than these tools; apt-get tells its words."""
    for name in ("scripts", ".venv/bin", "bin", "office"):
        (tmp_path / name).mkdir(parents=True)
    shutil.copy(REPO / "scripts" / "setup", tmp_path / "scripts")
    locks = ("requirements.txt", "requirements-dev.txt", "requirements-page.txt")
    for name in (*locks, "pyproject.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or "")
    program(tmp_path / "bin" / "apt-get", f'echo "$@" >>{tmp_path}/asked')
    program(tmp_path / "bin" / "id", "echo 0")
    program(tmp_path / "bin" / "chromium", "")
    # An environment that is up to date, in which itareport finds no LibreOffice.
    program(tmp_path / ".venv" / "bin" / "python", 'case "$*" in *office*) exit 1 ;; esac')
    return tmp_path


def program(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def office(machine, *libraries):
    program(machine / "office" / "soffice", "")
    for library in libraries:
        (machine / "office" / library).touch()
    (machine / "bin" / "soffice").symlink_to(machine / "office" / "soffice")


def asked(machine, *lock):
    """Run scripts/setup; return the packages that it asked for, and what it said."""
    env = os.environ | {"PATH": str(machine / "bin")}
    done = subprocess.run(
        ["sh", machine / "scripts" / "setup", *lock],
        env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    log = machine / "asked"
    words = log.read_text(encoding="utf-8").split() if log.exists() else []
    return {
        word for word in words if word.startswith(("libreoffice", *BROWSER))
    }, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [((), {WRITER}), (("requirements-dev.txt",), {WRITER, CALC})],
    ids=["to use", "to develop"],
)
def test_without_libreoffice(machine, lock, wanted):
    assert asked(machine, *lock) == (wanted, "")


def test_calc_is_for_tests_only(machine):
    office(machine, "libswlo.so")
    assert asked(machine) == (set(), "")
    assert asked(machine, "requirements-dev.txt") == ({CALC}, "")


def test_the_browser_is_for_tests_only(machine):
    office(machine, "libswlo.so", "libsclo.so")
    (machine / "bin" / "chromium").unlink()
    assert asked(machine) == (set(), "")
    assert asked(machine, "requirements-dev.txt") == (BROWSER, "")


def test_a_missing_browser_costs_no_libreoffice(machine):
    program(
        machine / "bin" / "apt-get",
        f'case "$*" in *chromium*) exit 1 ;; esac; echo "$@" >>{machine}/asked',
    )
    (machine / "bin" / "chromium").unlink()
    wanted, said = asked(machine, "requirements-dev.txt")
    assert {WRITER, CALC} <= wanted
    assert "ไม่พบ chromium | โปรดติดตั้ง" in said


def test_nothing_is_asked_for_where_all_is_there(machine):
    office(machine, "libswlo.so", "libsclo.so")
    assert asked(machine, "requirements-dev.txt") == (set(), "")


def test_a_libreoffice_laid_out_otherwise_is_trusted(machine):
    office(machine)
    assert asked(machine, "requirements-dev.txt") == (set(), "")


def test_what_cannot_be_installed_is_told(machine):
    program(machine / "bin" / "apt-get", "exit 1")
    office(machine, "libswlo.so")
    assert f"ไม่พบ {CALC} | โปรดติดตั้ง" in asked(machine, "requirements-dev.txt")[1]
