"""The locks: exact, hashed, inside the ranges of pyproject.toml, and one with each other."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPO = Path(__file__).resolve().parents[2]
RUNTIME, DEVELOPERS = "requirements.txt", "requirements-dev.txt"
PAGE = "requirements-page.txt"


def locked(name: str) -> dict[str, tuple[Requirement, int]]:
    """Return each requirement of a lock with the number of its hashes."""
    text = (REPO / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, tuple[Requirement, int]] = {}
    for line in text.splitlines():
        if line.strip() and not line.strip().startswith("#"):
            requirement = Requirement(re.split(r"\s--hash", line, maxsplit=1)[0].strip())
            found[canonicalize_name(requirement.name)] = requirement, line.count("--hash=sha256:")
    return found


def wanted(group: str) -> list[Requirement]:
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
    if group == "project":
        return [Requirement(line) for line in project["project"]["dependencies"]]
    lines = project["dependency-groups"][group]
    return [Requirement(line) for line in lines if isinstance(line, str)]


@pytest.mark.parametrize(("name", "least"), [(RUNTIME, 15), (DEVELOPERS, 15), (PAGE, 1)])
def test_every_version_is_exact_and_hashed(name: str, least: int) -> None:
    lock = locked(name)
    assert len(lock) >= least
    loose = [str(r) for r, _ in lock.values() if not re.fullmatch(r"==[\w.]+", str(r.specifier))]
    assert loose == []
    assert [str(r) for r, hashes in lock.values() if hashes < 1] == []


@pytest.mark.parametrize(
    ("name", "groups"),
    [(RUNTIME, ["project", "build"]), (DEVELOPERS, ["project", "build", "dev"])],
)
def test_a_lock_keeps_to_the_ranges_of_pyproject(name: str, groups: list[str]) -> None:
    lock = locked(name)
    for requirement in (r for group in groups for r in wanted(group)):
        pinned, _ = lock[canonicalize_name(requirement.name)]
        version = str(pinned.specifier).removeprefix("==")
        assert requirement.specifier.contains(version), requirement


def test_the_lock_for_developers_holds_the_other() -> None:
    developers = locked(DEVELOPERS)
    different = [n for n, (r, _) in locked(RUNTIME).items() if developers.get(n, (None,))[0] != r]
    assert different == []


def test_what_is_installed_is_what_is_locked() -> None:
    for name, (requirement, _) in (locked(DEVELOPERS) | locked(PAGE)).items():
        if requirement.marker is None or requirement.marker.evaluate():
            assert f"=={metadata.version(name)}" == str(requirement.specifier), name


def test_every_dependency_is_imported() -> None:
    """What only developers need stands in their group."""
    distributions = metadata.packages_distributions()
    sources = "\n".join(
        f.read_text(encoding="utf-8") for f in (REPO / "src" / "itareport").rglob("*.py")
    )
    modules = set(re.findall(r"^\s*(?:from|import) (\w+)", sources, re.MULTILINE))
    # What is installed on Windows only has the name of its module.
    used = {canonicalize_name(d) for m in modules for d in distributions.get(m, [m])}
    assert {canonicalize_name(r.name) for r in wanted("project")} - used == {
        "python-multipart"  # Starlette imports it where it reads an upload
    }
    assert used & set(locked(RUNTIME)) - {canonicalize_name(r.name) for r in wanted("project")} <= {
        "pydantic-core"  # a part of pydantic, of the version that it asks for
    }
