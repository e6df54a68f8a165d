"""Put the folder for Windows together: scripts/windows-folder PYTHON_EMBED.zip."""

from __future__ import annotations

import argparse
import sys
import zipfile
from pathlib import Path

import embedded
import layout
import wheels
from failing import PackingError

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of a zip's time: the same inputs give the same bytes


def main() -> int:
    """Pack, and say where the zip lies and how large it is."""
    options = _parser().parse_args()
    try:
        python = embedded.read(options.python, options.sha256)
        ours = wheels.read(options.wheel)
        parts = wheels.needed(ours, options.fetched, python.version)
        entries = layout.entries(python, parts)
    except PackingError as error:
        print(f"scripts/windows-folder: {error}", file=sys.stderr)
        return 1
    write(options.out, entries)
    packed, whole = options.out.stat().st_size / 1e6, sum(map(len, entries.values())) / 1e6
    print(f"{options.out}: {packed:.1f} MB, {whole:.1f} MB unzipped")
    return 0


def write(out: Path, entries: dict[str, bytes]) -> None:
    """Write the zip: names in order, one time for all; zipfile gives Thai names the UTF-8 flag."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(entries):
            info = zipfile.ZipInfo(f"{layout.TOP}/{name}", _BEGINNING)
            info.create_system, info.external_attr = 0, 0x20  # a file of Windows
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, entries[name])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/windows-folder", description=__doc__)
    parser.add_argument("python", type=Path, help="the embeddable package of CPython for amd64")
    parser.add_argument("--sha256", default="", help="its sum, unless windows-pythons.txt lists it")
    parser.add_argument("--wheel", type=Path, required=True, help="our wheel")
    parser.add_argument("--fetched", type=Path, default=Path("build/windows"))
    parser.add_argument("--out", type=Path, default=Path("dist/itareport-windows.zip"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
