"""The project's own commands: the benchmark runs, and golden files are safe from CI."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize(
    ("script", "options", "names"),
    [
        ("build.py", [], ["build", "bare docxtpl", "build --pdf", "bare soffice"]),
        ("pdf.py", ["--files", "1"], ["ours, two at once", "a soffice a file", "of ours, verify"]),
        ("second_pass.py", ["--count", "2"], ["a third needs the pass", "that third again"]),
    ],
)
def test_a_benchmark_prints_its_table(script: str, options: list[str], names: list[str]) -> None:
    """Whether the targets are met is for a quiet machine to say, not for a test."""
    command = [sys.executable, str(REPO / "benchmarks" / script), "--repeat", "1", *options]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode in (0, 1), ran.stderr
    lines = ran.stdout.splitlines()
    for name in names:
        assert any(line.startswith(f"{name}  ") for line in lines), ran.stdout + ran.stderr


def test_the_workbooks_benchmark_prints_its_table() -> None:
    command = [sys.executable, str(REPO / "benchmarks" / "workbook.py"), "--repeat", "1"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode in (0, 1), ran.stderr
    for name in ("check filled.xlsx", "bare openpyxl"):
        assert f"\n{name}  " in ran.stdout, ran.stdout + ran.stderr


def test_ci_may_not_rewrite_golden_files() -> None:
    command = [sys.executable, "-m", "pytest", "-n0", "--collect-only", "-q", "--update-golden"]
    env = os.environ | {"CI": "true"}
    this = Path(__file__).relative_to(REPO)
    ran = subprocess.run(
        [*command, str(this)], cwd=REPO, env=env, capture_output=True, text=True, check=False
    )
    assert ran.returncode == pytest.ExitCode.USAGE_ERROR
    assert "never for CI" in ran.stderr
