"""Which faces and characters we have, and how wide they are; the only door to fontTools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from itareport.files import assets
from itareport.problems import ItaReportError, Problem, problem

FAMILY = "TH Sarabun New"
"""The one family; `fonts.conf` gives its faces to the other names that offices use."""

_SIZE = 14  # points, of the text in tables
_TWIPS = 20  # in a point
_FILES = {
    "Regular": "THSarabunNew-Regular.ttf",
    "Bold": "THSarabunNew-Bold.ttf",
    "Italic": "THSarabunNew-Italic.ttf",
    "Bold Italic": "THSarabunNew-BoldItalic.ttf",
}
_LAYOUT = frozenset("\t\n")  # no marks on paper, so no glyphs
_FAMILY_NAME, _STYLE_NAME = 1, 2  # numbers of the entries in a font's table of names


def faces() -> dict[str, Path]:
    """Return the files of the four faces by style."""
    return {style: assets.fonts_dir() / name for style, name in _FILES.items()}


def missing_characters(text: str) -> tuple[str, ...]:
    """Return the characters that would print as empty boxes, each once, in order.

    A PDF's text and its list of fonts look right all the same: here is the only place to see it.

    Raises:
        ItaReportError: F400, F401 where the faces cannot be read.
    """
    known = _characters()
    if known.issuperset(text):
        return ()
    return tuple(dict.fromkeys(c for c in text if c not in known))


def width(text: str, style: str = "Regular") -> float:
    """Return how wide a text is on one line at 14 pt, in twips.

    A character that the style's face lacks has no width.

    Raises:
        ItaReportError: F400, F401 where the face cannot be read.
    """
    of = _widths(style).get
    return sum(of(character, 0) for character in text)


def check() -> tuple[Problem, ...]:
    """Return what is wrong with the files: a missing or damaged face, no `fonts.conf`."""
    found = [fault for style, file in faces().items() for fault in _faults(style, file)]
    if not _config().is_file():
        found.append(problem("F402", file=_config()))
    return tuple(found)


def fontconfig(folder: Path) -> Path:
    """Write, into a folder, the file for `FONTCONFIG_FILE`: these four faces and no others.

    `fonts.conf` of the fonts' folder lacks only its own folder, which fontconfig before 2.14
    does not find out.

    Raises:
        ItaReportError: F400, F402 where a file of the fonts' folder is not there; `check` reads
            them besides.
    """
    lost = [problem("F400", file=file) for file in faces().values() if not file.is_file()]
    if not _config().is_file():
        lost.append(problem("F402", file=_config()))
    if lost:
        raise ItaReportError(*lost)
    fonts, config = escape(str(assets.fonts_dir())), escape(str(_config()))
    made = folder / "fonts.conf"
    made.write_text(
        f"<fontconfig><dir>{fonts}</dir><include>{config}</include></fontconfig>", encoding="utf-8"
    )
    return made


def _config() -> Path:
    return assets.fonts_dir() / "fonts.conf"


@cache
def _characters() -> frozenset[str]:
    """Return the characters that text in regular and in bold type may use."""
    return _LAYOUT.union(_widths("Regular").keys() & _widths("Bold").keys())


@cache
def _widths(style: str) -> Mapping[str, float]:
    """Return of each character of a face how far the next stands from it, in twips at 14 pt."""
    file = faces()[style]
    try:
        with file.open("rb") as stream, TTFont(stream, lazy=True) as font:
            unit, metrics = _SIZE * _TWIPS / font["head"].unitsPerEm, font["hmtx"].metrics
            return {chr(c): metrics[name][0] * unit for c, name in font.getBestCmap().items()}
    except FileNotFoundError as error:
        raise ItaReportError(problem("F400", file=file)) from error
    except Exception as error:  # fontTools raises anything on a damaged file
        raise ItaReportError(problem("F401", file=file)) from error


def _faults(style: str, file: Path) -> Iterator[Problem]:
    if not file.is_file():
        yield problem("F400", file=file)
    elif not _is_whole(style, file):
        yield problem("F401", file=file)


def _is_whole(style: str, file: Path) -> bool:
    """Return whether a file holds the face of that style, to its last table."""
    try:
        with file.open("rb") as stream, TTFont(stream, lazy=True) as font:
            size = file.stat().st_size
            names = font["name"].getDebugName(_FAMILY_NAME), font["name"].getDebugName(_STYLE_NAME)
            return names == (FAMILY, style) and all(
                entry.offset + entry.length <= size for entry in font.reader.tables.values()
            )
    except (TTLibError, OSError, KeyError, ValueError, AssertionError):
        return False
