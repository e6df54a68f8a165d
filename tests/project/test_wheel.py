"""The wheel, alone in an empty environment, does what the source tree does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from itareport.files import assets

REPO = Path(__file__).resolve().parents[2]

(LICENCE,) = [f for f in metadata.files("django-htmx") or () if f.name == "LICENSE"]
PAGE = assets.page_scripts() | {"htmx-LICENSE.txt": Path(str(LICENCE.locate()))}
"""What the page's scripts are in the wheel, and where they come from."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as a packager would, with the locked backend and no network."""
    out = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        f"--outdir={out}",
        str(REPO),
    ]
    subprocess.run(build, check=True, capture_output=True)
    (file,) = out.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty environment; return the folder of its commands.

    What requirements.txt locks is there by links to what is installed already, so that nothing is
    fetched; what only developers have is not.
    """
    venv = tmp_path_factory.mktemp("empty") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    (folder,) = venv.glob("[Ll]ib/**/site-packages")
    for name, target in sorted(dict(locked_entries()).items()):
        (folder / name).symlink_to(target)
    python = next(p for p in venv.glob("*/python*") if p.stem == "python")
    install = ["install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", f"--python={python}"]
    subprocess.run([*pip, *install], check=True, capture_output=True)
    return python.parent


def locked_entries() -> Iterator[tuple[str, Path]]:
    """Yield name and place of every top-level entry of every locked distribution."""
    text = (REPO / "requirements.txt").read_text(encoding="utf-8")
    for line in re.findall(r"^([A-Za-z].*?)(?: \\)?$", text, re.MULTILINE):
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate():
            held = metadata.distribution(requirement.name)
            tops = {f.parts[0] for f in held.files or ()} - {"..", "__pycache__"}
            yield from ((top, Path(str(held.locate_file(top)))) for top in tops)


def source_of(name: str) -> Path:
    """Return the file of the source tree that a file of the wheel comes from."""
    package, data, page = "itareport/", "itareport/_data/", "itareport/_data/page/"
    assert name.startswith(package)
    if name.startswith(page):
        return PAGE[name.removeprefix(page)]
    return REPO / name.removeprefix(data) if name.startswith(data) else REPO / "src" / name


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the empty environment, with nothing of the source tree about it."""
    env = {n: os.environ[n] for n in ("PATH", "LANG", "SYSTEMROOT") if n in os.environ}
    env["HOME"] = str(cwd / "home")
    (cwd / "home").mkdir(exist_ok=True)
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def test_the_wheel_holds_the_package_and_what_offices_edit(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {n: archive.read(n) for n in archive.namelist() if ".dist-info/" not in n}
    unlike = [name for name, data in held.items() if source_of(name).read_bytes() != data]
    assert unlike == []
    folders = {name.split("/")[2] for name in held if "/_data/" in name}
    assert folders == {"catalogue", "examples", "fonts", "page", "templates"}
    assert {f"itareport/_data/page/{name}" for name in PAGE} <= set(held)
    years = {f"itareport/_data/catalogue/{f.name}" for f in (REPO / "catalogue").glob("*.yaml")}
    drafts = {f.replace("catalogue/", "catalogue/drafts/") for f in years if "kinds" not in f}
    assert years | drafts <= set(held)
    assert "itareport/_data/catalogue/kinds.yaml" in held
    assert [name for name in held if name.endswith((".pyc", "~"))] == []


def test_the_wheel_names_its_licences_and_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
        text = archive.read(name).decode("utf-8")
    assert "License-File: LICENSE\n" in text
    assert "License-File: fonts/GPL-2.txt\n" in text
    assert "Requires-Python: >=3.11\n" in text
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs = re.findall(r"^Requires-Dist: (.*)$", text, re.MULTILINE)
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    assert {Requirement(line).name.lower() for line in needs} == {
        Requirement(line).name.lower() for line in (*project["dependencies"], *extras)
    }


def test_the_package_is_the_wheels_own(scripts: Path, tmp_path: Path) -> None:
    code = "import itareport, sys; print(itareport.__file__, *sys.path, sep='\\n')"
    ran = run(scripts / "python", "-c", code, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert Path(ran.stdout.splitlines()[0]).is_relative_to(scripts.parent)
    assert str(REPO) not in [*ran.stdout.splitlines()[1:], ""]
    assert str(REPO / "src") not in ran.stdout.splitlines()


def test_the_wheel_builds_the_example_elsewhere(
    scripts: Path, example: Path, tmp_path: Path
) -> None:
    """The document is, byte for byte, the one that the source tree makes."""
    data = tmp_path / example.name
    data.write_bytes(example.read_bytes())
    ran = run(scripts / "itareport", "build", data, "-o", tmp_path / "wheel", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    command = [sys.executable, "-m", "itareport", "build", str(data), "-o", str(tmp_path / "tree")]
    subprocess.run(command, check=True, capture_output=True, cwd=REPO)
    (made,) = (tmp_path / "wheel").iterdir()
    assert made.read_bytes() == (tmp_path / "tree" / made.name).read_bytes()
    assert list((tmp_path / "home").iterdir()) == [], "nothing is left in the user's home"


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_the_wheel_makes_a_pdf_with_its_own_fonts(
    scripts: Path, example: Path, tmp_path: Path
) -> None:
    build = [scripts / "itareport", "build", example, "-o", tmp_path / "out", "--pdf"]
    ran = run(*build, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert sorted(f.suffix for f in (tmp_path / "out").iterdir()) == [".docx", ".pdf"]


@pytest.mark.parametrize("words", [["doctor"], ["catalogue", "list"], ["schema"], ["--version"]])
def test_the_other_commands_work_from_the_wheel(
    scripts: Path, words: list[str], tmp_path: Path
) -> None:
    ran = run(scripts / "itareport", *words, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout
