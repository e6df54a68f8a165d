"""The fixture `golden`: text compared with a file under tests/golden; `--update-golden` rewrites.

An update also removes the files that no test asked for, and a full run without one names them.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"
_USED = pytest.StashKey[set[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_USED] = set()
    if config.getoption("--update-golden") and os.environ.get("CI"):
        message = "--update-golden is for a person who reads the difference, never for CI"
        raise pytest.UsageError(message)


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Callable[[str, str], None]:
    """Return `golden(name, text)`: assert that `text` is what tests/golden/`name` holds."""

    def compare(name: str, text: str) -> None:
        file = FOLDER / name
        assert file.resolve().is_relative_to(FOLDER.resolve()), name
        pytestconfig.stash[_USED].add(name)
        if pytestconfig.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        wanted = file.read_text(encoding="utf-8") if file.exists() else ""
        if text != wanted:
            lines = difflib.unified_diff(
                wanted.splitlines(), text.splitlines(), f"golden/{name}", "now", lineterm="", n=2
            )
            shown = "\n".join(list(lines)[:80])
            pytest.fail(f"{shown}\n\nIf this is meant: pytest --update-golden", pytrace=False)

    return compare


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Workers tell the controller what they used; the controller sees to the orphans."""
    used = session.config.stash[_USED]
    if (worker := getattr(session.config, "workeroutput", None)) is not None:
        worker["golden_used"] = sorted(used)
    elif session.exitstatus == pytest.ExitCode.OK and _everything_ran(session.config):
        orphans = [f for f in _files() if f.relative_to(FOLDER).as_posix() not in used]
        if session.config.getoption("--update-golden"):
            for file in orphans:
                file.unlink()
        elif orphans:
            names = ", ".join(f.name for f in orphans)
            print(f"\nNo test asks for these golden files (--update-golden removes them): {names}")
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Gather from one worker of pytest-xdist what it used."""
    output = getattr(node, "workeroutput", {})
    node.config.stash[_USED].update(output.get("golden_used", ()))  # type: ignore[attr-defined]


def _files() -> list[Path]:
    return sorted(f for f in FOLDER.rglob("*") if f.is_file() and not f.name.startswith("."))


def _everything_ran(config: pytest.Config) -> bool:
    """Tell whether no argument chose among the tests, so that an unused file is an orphan."""
    chosen = ("keyword", "markexpr", "lf", "failedfirst", "deselect", "ignore", "collectonly")
    return config.args == config.getini("testpaths") and not any(
        config.getoption(name, None) for name in chosen
    )
