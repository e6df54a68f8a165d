"""File names in the folder of results: unique for each report, safe on every system; pure.

A report lies in the folder of its province and district, under the name that `build` gives.  Names
that differ only in letter case or in forms of Unicode count as one, as some file systems take them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import PurePosixPath

from itareport.batch.record.key_facts import KeyFacts
from itareport.files import windows
from itareport.ita import names

LETTERS = "ต้องแก้ไข"
"""The folder of letters, beside those of the provinces."""
FORMS = "แบบกรอก"
"""The folder of the forms that agencies are given."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LIKE_OURS = re.compile(r"\.(docx|pdf|txt|xlsx|jsonl|tmp|lock)$", re.IGNORECASE)
_NOWHERE = "ไม่ระบุ"
_NTH = "ไฟล์ที่"
_MOST_ALIKE = 20
"""So many names alike are looked through for the one that an owner has already."""


Owner = tuple[str, str]
"""A source's key and a document's code; "" for a letter."""


class FileNames:
    """The names given so far, each to one document of one source."""

    def __init__(self, kept: Iterable[tuple[Owner, str]] = ()) -> None:
        """Begin with the names that the owners have from earlier runs."""
        self._owners: dict[int, int] = {}  # digests: names and sources are long, and many
        for owner, name in kept:
            self._owners[_digest(_key(name))] = _digest(repr(owner))
        self._keepers = frozenset(self._owners.values())

    def claim(self, owner: Owner, wanted: str) -> str:
        """Return the name wanted, or one like it where another owner has it.

        An owner keeps the name that it has from an earlier run, if it is one like that; of two
        that ask for one, the second is called so: ไฟล์ที่ 2.
        """
        own = _digest(repr(owner))
        if own in self._keepers:
            for name in islice(_alike(wanted), _MOST_ALIKE):
                if self._owners.get(_digest(_key(name))) == own:
                    return name
        return next(
            name
            for name in _alike(wanted)
            if self._owners.setdefault(_digest(_key(name)), own) == own
        )


def _alike(wanted: str) -> Iterator[str]:
    """Yield the name wanted, then those of a second file, a third, and so on."""
    yield wanted
    place = PurePosixPath(wanted)
    for number in count(2):
        yield str(place.with_name(names.safe(f"{place.name} ({_NTH} {number})")))


def document(facts: KeyFacts, stem: str) -> str:
    """Return the stem of a document's files as a path from the folder of results."""
    return str(_folder(facts) / component(stem))


def component(text: str) -> str:
    """Make a text safe as the name of one folder or file, on Windows, macOS and Linux."""
    shown = "".join(
        " " if unicodedata.category(c) in _INVISIBLE else c
        for c in unicodedata.normalize("NFC", text)
    )
    name = names.safe(shown).lstrip(". ") or _NOWHERE
    if windows.is_device(name):
        name = f"_{name}"
    if _LIKE_OURS.search(name):
        name += "_"
    return name


def form(facts: KeyFacts) -> str:
    """Return where an agency's form is, as a path from the folder of results."""
    stem = document(facts, names.form_name(facts.fiscal_year, _short_name(facts)))
    return f"{FORMS}/{stem}.xlsx"


def letter(facts: KeyFacts | None, file: str) -> str:
    """Return the stem of an agency's letter: its name and place.

    Where no agency is known, the letter is for those who keep the data file.
    """
    if facts is None:
        return component(f"ผู้ดูแลไฟล์ {file}")
    area = (("อ.", facts.district), ("จ.", facts.province))
    place = " ".join(f"{short}{name}" for short, name in area if name)
    return component(f"{_short_name(facts)} {place}")


def _short_name(facts: KeyFacts) -> str:
    """Return the agency's short name, as the name of its report ends."""
    year = str(facts.fiscal_year or "")
    return (facts.stem.rpartition(year)[2] if year else facts.stem).strip()


def _folder(facts: KeyFacts) -> PurePosixPath:
    """Province and district; what has no district lies in its province."""
    province = component(facts.province)
    if _key(province) == _key(LETTERS):
        province += "_"
    folder = PurePosixPath(province)
    return folder / component(facts.district) if facts.district.strip() else folder


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode(errors="surrogatepass")).digest()[:8])
