"""Where each report lies in the folder of results: a name of its own, safe on every system; pure.

Province, then district, then the name that `build` gives.  Two names are one where a file system
takes them for one: letter case and forms of Unicode do not tell files apart.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from itareport.batch.tasks import Facts
from itareport.ita import names

MENDING = "ต้องแก้ไข"
"""The folder of letters, beside those of the provinces."""

_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LIKE_OURS = re.compile(r"\.(docx|pdf|txt|xlsx|jsonl|tmp|lock)$", re.IGNORECASE)
_NOWHERE = "ไม่ระบุ"


class Targets:
    """The names given so far, each to one source."""

    def __init__(self, kept: Iterable[tuple[str, str]] = ()) -> None:
        """Begin with the names that sources of this run have from before: source and name."""
        self._owners: dict[int, int] = {}  # digests: names and sources are long, and many
        for source, name in kept:
            self._owners[_digest(_key(name))] = _digest(source)

    def claim(self, source: str, wanted: str) -> str:
        """Return the name wanted, or one like it where it is another source's.

        A source keeps the name it has; of two that ask for one, the second gets a short hash of
        its own identity, so the same one every time.
        """
        place = PurePosixPath(wanted)
        name, number = wanted, 0
        own = _digest(source)
        while self._owners.setdefault(_digest(_key(name)), own) != own:
            number += 1
            name = str(place.with_name(names.safe(f"{place.name} {_hash(f'{source} {number}')}")))
        return name


def report(facts: Facts) -> str:
    """Return the stem of a report's files as a path from the folder of results."""
    return str(_folder(facts) / component(facts.stem))


def component(text: str) -> str:
    """Make a text safe as the name of one folder or file, on Windows, macOS and Linux."""
    shown = "".join(
        " " if unicodedata.category(c) in _INVISIBLE else c
        for c in unicodedata.normalize("NFC", text)
    )
    name = names.safe(shown).lstrip(". ") or _NOWHERE
    if name.partition(".")[0].rstrip().casefold() in _DEVICES:
        name = f"_{name}"
    if _LIKE_OURS.search(name):
        name += "_"
    return name


def identity(facts: Facts) -> tuple[str, ...]:
    """Return what tells an agency apart, whatever its spelling of spaces; same, same agency."""
    parts = (facts.kind, facts.name, facts.district, facts.province, str(facts.fiscal_year))
    return tuple("".join(unicodedata.normalize("NFC", part).split()) for part in parts)


def letter(facts: Facts | None, file: str) -> str:
    """Return the stem of an agency's letter: its name and place.

    Where no agency is known, the letter is for those who keep the data file.
    """
    if facts is None:
        return component(f"ผู้ดูแลไฟล์ {file}")
    area = (("อ.", facts.district), ("จ.", facts.province))
    place = " ".join(f"{short}{name}" for short, name in area if name)
    name = facts.stem.rpartition(str(facts.fiscal_year))[2] if facts.fiscal_year else facts.stem
    return component(f"{name.strip()} {place}")


def _folder(facts: Facts) -> PurePosixPath:
    """Province and district; what has no district lies in its province."""
    province = component(facts.province)
    if _key(province) == _key(MENDING):
        province += "_"
    folder = PurePosixPath(province)
    return folder / component(facts.district) if facts.district.strip() else folder


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode(errors="surrogatepass")).digest()[:8])
