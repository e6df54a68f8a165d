"""What the folder holds: every file under its name, and the list of its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import embedded
from embedded import Embedded
from failing import PackingError
from wheels import LEFT_OUT, Wheel

TOP = "itareport"
"""The folder in the zip, so that nothing is strewn over a desktop."""
TWINS = {"START.bat": "เปิดโปรแกรม.bat", "CHECK.bat": "ตรวจความพร้อม.bat"}
LARGE = 1_000_000
REASONS = {
    "Python": "runs the program; no clerk has it",
    "fonttools": "knows which characters the fonts have; much of it makes fonts",
    "itareport": "the program, its Word templates, catalogues and the four faces of TH Sarabun New",
    "lxml": "reads and writes Word and Excel files",
    "pillow": "opens the emblem and the graph of an agency; reads many kinds of pictures",
    "pydantic": "checks the data of a report, with pydantic-core",
    "pydantic-core": "checks the data of a report, quickly",
    "pythainlp": "puts mistyped marks into order; its modules import each other",
    "python-docx": "opens Word templates for docxtpl",
    "pypdfium2": "reads a finished PDF, to prove that it is what the data says",
}
"""Why a part is there whose files are large."""

_HERE = Path(__file__).parent
_LICENCE = re.compile(r"(?i)[^/]+\.dist-info/(licenses/.*|(licen[cs]e|copying|notice)[^/]*)")


def entries(python: Embedded, parts: Sequence[Wheel]) -> dict[str, bytes]:
    """Return every file of the folder by its name in it."""
    found = {f"python/{name}": data for name, data in python.files.items()}
    found[f"python/{python.paths_file}"] = _paths(python)
    held: dict[str, dict[str, bytes]] = {}
    for wheel in parts:
        held[wheel.name] = {f"lib/{name}": data for name, data in wheel.files().items()}
        if doubled := found.keys() & held[wheel.name].keys():
            raise PackingError(f"two parts hold {min(doubled)}")
        found |= held[wheel.name]
    for file in sorted((_HERE / "folder").iterdir()):
        found[file.name] = file.read_text(encoding="utf-8").replace("\n", "\r\n").encode()
    found |= {twin: found[name] for name, twin in TWINS.items()}
    texts = {wheel.name: _licences(wheel, held[wheel.name]) for wheel in parts}
    for own in texts.values():
        found |= own
    found["parts.txt"] = _listed(python, parts, held, texts).replace("\n", "\r\n").encode()
    embedded.refuse_other_machines(found)
    return found


def _paths(python: Embedded) -> bytes:
    """Return where Python looks for modules: its own, and ours; nothing else of the machine."""
    zipped = f"python{python.version[0]}{python.version[1]}.zip"
    return f"{zipped}\r\n.\r\n..\\lib\r\n".encode("ascii")


def _licences(wheel: Wheel, held: dict[str, bytes]) -> dict[str, bytes]:
    """Return the texts of a part's licences: those in it, else the one that we keep for it."""
    inside = {n: data for n, data in held.items() if _LICENCE.fullmatch(n.removeprefix("lib/"))}
    kept = sorted((_HERE / "licences").glob(f"{wheel.name}-*.txt"))
    ours = {f"licences/{file.name}": file.read_bytes() for file in kept}
    if not inside and not ours:
        raise PackingError(f"{wheel.name} ({wheel.licence}) comes without the text of its licence")
    return inside or ours


def _listed(
    python: Embedded,
    parts: Sequence[Wheel],
    held: dict[str, dict[str, bytes]],
    texts: dict[str, dict[str, bytes]],
) -> str:
    """Return parts.txt: what the folder is made of, under which licences, and why it is large."""
    version = ".".join(map(str, python.version))
    lines = [
        "What this folder is made of: part, version, licence; file and its SHA-256; licence texts.",
        "",
        f"Python {version} (PSF-2.0){_reason('Python', python.files)}",
        f"  {python.name} sha256 {python.sha256}",
        "  python/LICENSE.txt",
    ]
    for wheel in parts:
        reason = _reason(wheel.name, held[wheel.name])
        lines += [
            f"{wheel.name} {wheel.about['Version']} ({wheel.licence}){reason}",
            f"  {wheel.file.name} sha256 {wheel.sha256}",
            *(f"  {name}" for name in sorted(texts[wheel.name])),
        ]
    lines += ["", "Left out of these parts:", *(f"  {reason}" for _, reason in LEFT_OUT)]
    return "\n".join(lines) + "\n"


def _reason(name: str, files: dict[str, bytes]) -> str:
    size = sum(map(len, files.values()))
    if size <= LARGE:
        return ""
    if name not in REASONS:
        raise PackingError(
            f"{name} is large ({size / 1e6:.1f} MB): say in layout.py why it is there"
        )
    return f"; {size / 1e6:.1f} MB: {REASONS[name]}"
