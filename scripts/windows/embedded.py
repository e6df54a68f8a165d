"""The embeddable package of CPython: read from the zip that whoever packs supplies."""

from __future__ import annotations

import hashlib
import re
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

from failing import PackingError

NEEDED = ("python.exe", "vcruntime140.dll", "LICENSE.txt")
_AMD64 = 0x8664
_LIBRARY = re.compile(r"python3(\d+)\.dll")
_CHECKED = Path(__file__).parents[1] / "windows-pythons.txt"


@dataclass(frozen=True)
class Embedded:
    """A CPython for Windows: its version (3, 11), where it came from, and its files."""

    version: tuple[int, int]
    name: str
    sha256: str
    files: dict[str, bytes]

    @property
    def paths_file(self) -> str:
        """The name of the file that says where Python looks for modules."""
        return f"python{self.version[0]}{self.version[1]}._pth"


def read(package: Path, sha256: str) -> Embedded:
    """Read the package; its sum must be the given one, or one that windows-pythons.txt lists."""
    try:
        data = package.read_bytes()
        with zipfile.ZipFile(package) as archive:
            files = {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
    except (OSError, zipfile.BadZipFile) as error:
        raise PackingError(f"{package} cannot be read: {error}") from error
    found = hashlib.sha256(data).hexdigest()
    if found not in {sha256.lower(), *checked()}:
        raise PackingError(
            f"{package.name} has the SHA-256 {found}, which is neither the one given with --sha256 "
            f"nor in {_CHECKED.name}"
        )
    if missing := [name for name in NEEDED if name not in files]:
        raise PackingError(f"{package.name} is no embeddable package: it lacks {missing}")
    if strange := [n for n in files if "/" in n or "\\" in n or ":" in n]:
        raise PackingError(f"{package.name} is no embeddable package: it holds {strange[:3]}")
    minors = {int(m[1]) for name in files if (m := _LIBRARY.fullmatch(name))}
    if len(minors) != 1:
        raise PackingError(f"{package.name} has no python3XY.dll, or more than one")
    (minor,) = minors
    refuse_other_machines(files)
    return Embedded((3, minor), package.name, found, files)


def checked() -> set[str]:
    """Return the sums that somebody has checked."""
    lines = _CHECKED.read_text(encoding="utf-8").splitlines()
    return {line.split()[1].lower() for line in lines if line.strip() and line[0] != "#"}


def refuse_other_machines(files: dict[str, bytes]) -> None:
    """Refuse programs and libraries that are not for 64-bit Windows on Intel and AMD."""
    others = [n for n, data in files.items() if is_binary(n) and machine(data) != _AMD64]
    if others:
        raise PackingError(f"not for win_amd64: {', '.join(others[:5])}")


def is_binary(name: str) -> bool:
    """Return whether a name is that of a program or a library of any system."""
    return bool(re.search(r"\.(exe|dll|pyd|so(\.\d+)*|dylib)$", name))


def machine(data: bytes) -> int:
    """Return the machine that a program or library of Windows is for; 0 where it is none."""
    if data[:2] != b"MZ" or len(data) < 0x40:
        return 0
    (at,) = struct.unpack_from("<I", data, 0x3C)
    if data[at : at + 4] != b"PE\0\0" or len(data) < at + 6:
        return 0
    return int(struct.unpack_from("<H", data, at + 4)[0])
