"""The locked wheels for Windows: fetched with their hashes, and what of them the program needs."""

from __future__ import annotations

import email
import hashlib
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from failing import PackingError
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPO = Path(__file__).resolve().parents[2]
_LOCK = REPO / "requirements.txt"
LEFT_OUT = (
    (
        re.compile(r"pythainlp/(?!.*\.(py|md|typed)$)(?!corpus/stopwords_th\.txt$).*"),
        "word lists and models of pythainlp: only the order of marks is asked of it",
    ),
    (re.compile(r"comtypes/test/.*"), "comtypes' own tests"),
    (re.compile(r"[^/]+\.data/.*"), "commands and manual pages"),
)
"""What is left out of the wheels, and why."""


@dataclass(frozen=True)
class Wheel:
    """A wheel: where it lies, and what its description says."""

    file: Path
    about: Message

    @property
    def name(self) -> str:
        """The name of the distribution as requirements name it."""
        return canonicalize_name(str(self.about["Name"]))

    @property
    def sha256(self) -> str:
        """The sum that the lock has."""
        return hashlib.sha256(self.file.read_bytes()).hexdigest()

    @property
    def licence(self) -> str:
        """The licence in a few words."""
        named = [
            c.split(" :: ")[-1] for c in self.about.get_all("Classifier", []) if "License" in c
        ]
        said = self.about["License-Expression"] or next(iter(named), "") or self.about["License"]
        return " ".join(str(said).split())[:80]

    def needs(self, version: tuple[int, int]) -> set[str]:
        """Return the distributions that it needs on Windows."""
        lines = map(Requirement, self.about.get_all("Requires-Dist", []))
        return {canonicalize_name(r.name) for r in lines if _holds(r, version)}

    def files(self) -> dict[str, bytes]:
        """Return what belongs into `lib`."""
        with zipfile.ZipFile(self.file) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
            return {n: archive.read(n) for n in names if not is_left_out(n)}


def is_left_out(name: str) -> bool:
    """Return whether a file of a wheel is left out of the folder."""
    return any(pattern.fullmatch(name) for pattern, _ in LEFT_OUT)


def read(file: Path) -> Wheel:
    """Read a wheel's description."""
    with zipfile.ZipFile(file) as archive:
        (name,) = [n for n in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n)]
        return Wheel(file, email.message_from_bytes(archive.read(name)))


def needed(ours: Wheel, folder: Path, version: tuple[int, int]) -> list[Wheel]:
    """Fetch what is locked for Windows; return what the program needs of it, in order of names.

    The tools that build the program stand in the lock too, but nothing needs them.
    """
    fetched = {wheel.name: wheel for wheel in map(read, _fetched(folder, version))}
    wanted, left = set[str](), {ours.name}
    fetched[ours.name] = ours
    while left:
        name = left.pop()
        if name not in fetched:
            raise PackingError(f"{_LOCK.name} does not hold {name}, which is needed on Windows")
        wanted.add(name)
        left |= fetched[name].needs(version) - wanted
    return [fetched[name] for name in sorted(wanted)]


def locked(version: tuple[int, int]) -> list[str]:
    """Return the lock's requirements that hold on Windows, with hashes and without markers.

    pip would judge the markers by the machine that packs.
    """
    text = _LOCK.read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        if line.strip() and not line.strip().startswith("#"):
            named, *hashes = re.split(r"\s+(?=--hash)", line.strip())
            requirement = Requirement(named)
            if _holds(requirement, version):
                name = canonicalize_name(requirement.name)
                found.append(" ".join((f"{name}{requirement.specifier}", *hashes)))
    return found


def _fetched(folder: Path, version: tuple[int, int]) -> list[Path]:
    """Return the locked wheels; those that lie in the folder already are not fetched again."""
    place = folder / f"{version[0]}.{version[1]}"
    place.mkdir(parents=True, exist_ok=True)
    lock = {re.split("==", line, maxsplit=1)[0]: line for line in locked(version)}
    if len(there := _locked_in(place, lock)) < len(lock):
        _fetch(place, lock.values(), version)
        there = _locked_in(place, lock)
    return there


def _locked_in(place: Path, lock: dict[str, str]) -> list[Path]:
    """Return the wheels of a folder that are of today's lock, not of an earlier one."""
    found = {wheel.name: wheel for wheel in map(read, sorted(place.glob("*.whl")))}
    return [w.file for name, w in found.items() if w.sha256 in lock.get(name, "")]


def _fetch(place: Path, lines: Iterable[str], version: tuple[int, int]) -> None:
    listed = place / "lock.txt"
    listed.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    target = [
        "--platform=win_amd64", f"--python-version={version[0]}.{version[1]}",
        "--implementation=cp", f"--abi=cp{version[0]}{version[1]}", "--abi=abi3", "--abi=none",
    ]  # fmt: skip
    how = ["--only-binary=:all:", "--no-deps", "--require-hashes", f"--requirement={listed}"]
    ran = subprocess.run(
        [*pip, *target, *how, f"--dest={place}"], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        told = [line for line in ran.stderr.splitlines() if line.startswith("ERROR")]
        raise PackingError(f"pip cannot fetch the locked wheels: {' '.join(told[-2:])}")


def _holds(requirement: Requirement, version: tuple[int, int]) -> bool:
    there = {
        "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt",
        "platform_machine": "AMD64", "implementation_name": "cpython",
        "platform_python_implementation": "CPython", "extra": "",
        "python_version": f"{version[0]}.{version[1]}",
        "python_full_version": f"{version[0]}.{version[1]}.0",
    }  # fmt: skip
    return requirement.marker is None or requirement.marker.evaluate(there)
