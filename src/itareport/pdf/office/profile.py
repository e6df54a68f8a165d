"""A throw-away profile for LibreOffice: hardened, quick to start, with the conversion's macro.

A fresh profile costs LibreOffice more than the conversion: it copies presets over `user/basic`,
registers extensions and starts again (status 81), and draws test pictures to try the graphics.
Three entries tell it that all this is done.  On LibreOffice 7.4.7 one conversion so takes less
than half the CPU time of a bare `--convert-to`.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

MACRO = "macro:///Standard.Convert.Main"
"""What to open in order to run the list of conversions."""

_PLAIN_IN_ADDRESSES = "/!&'()*+,-.:;=@_~"
_COMMON = "/org.openoffice.Office.Common"
_UPDATES = (
    "/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments"
)
_SETTINGS: tuple[tuple[str, str, object], ...] = (
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", True),  # copies no presets
    ("/org.openoffice.Setup/Product", "ooSetupLastVersion", "99.9"),  # tries no graphics
    (f"{_COMMON}/Misc", "FirstRun", False),
    (f"{_COMMON}/Misc", "CrashReport", False),
    (f"{_COMMON}/Misc", "UseOpenCL", False),
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", 3),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", True),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", False),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", False),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", False),
    (_UPDATES, "AutoCheckEnabled", False),
    (_UPDATES, "AutoDownloadEnabled", False),
    # While the macro waits for nobody, LibreOffice would look for mistakes and collect words.
    ("/org.openoffice.Office.Linguistic/SpellChecking", "IsSpellAuto", False),
    (f"{_COMMON}/SmartTags/Writer", "RecognizeSmartTags", False),
    ("/org.openoffice.Office.Writer/AutoFunction/Completion", "CollectWords", False),
    # The network ends at a proxy that is not there.
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", 2),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", 9),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", 9),
)
_REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library"
 xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/"
  xlink:type="simple" library:link="false"/>
</library:libraries>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Convert"/>
</library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Convert"
 script:language="StarBasic">{source}</script:module>
"""


def prepare(folder: Path, build: str, entries: str) -> None:
    """Write a profile into a new folder; `entries` is the macro's list of files.

    `build` is LibreOffice's own: a profile made for another is renewed first, which works but
    costs a second start.
    """
    for name, text in _files(build, entries):
        file = folder / "user" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def results(folder: Path) -> list[list[str]]:
    """Return what the macro has reported so far, each line split at its tabs."""
    try:
        text = (folder / "user" / "result.txt").read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    return [line.split("\t") for line in text.splitlines()]


def address(folder: Path) -> str:
    """Return a folder's URL spelled as LibreOffice spells it, which `sockets` depends on."""
    if sys.platform == "win32":
        spelled = folder.as_uri()
    else:
        spelled = f"file://{quote(os.fsencode(folder), safe=_PLAIN_IN_ADDRESSES)}"
    return spelled


def sockets(folder: Path) -> tuple[Path, ...]:
    """Return what a LibreOffice that was killed leaves outside its profile: a socket in /tmp.

    Its name holds the MD5 sum of the profile's address, in hexadecimal without leading zeros.
    """
    found: tuple[Path, ...] = ()
    if sys.platform != "win32":
        spelled = address(folder).encode("utf-16-le")
        digest = hashlib.md5(spelled, usedforsecurity=False).digest()
        name = f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{b:x}' for b in digest)}"
        places = ("/tmp", "/var/tmp")  # noqa: S108 - LibreOffice's places
        found = tuple(Path(place) / name for place in places)
    return found


def _files(build: str, entries: str) -> Iterator[tuple[str, str]]:
    yield "registrymodifications.xcu", _registry(build)
    yield "list.txt", entries
    yield "basic/script.xlc", _LIBRARIES
    yield "basic/Standard/script.xlb", _LIBRARY
    source = files(__package__).joinpath("convert.bas").read_text(encoding="utf-8")
    yield "basic/Standard/Convert.xba", _MODULE.format(source=escape(source, quote=False))
    if build:
        yield "extensions/buildid", build
        # Newer than the folders of extensions: nothing to register.
        yield "extensions/bundled/lastsynchronized", "1"
        yield "extensions/shared/lastsynchronized", "1"


def _registry(build: str) -> str:
    settings = _SETTINGS
    if build:
        checked = ("/org.openoffice.Setup/Office", "LastCompatibilityCheckID", build)
        settings = (*_SETTINGS, checked)
    items = (
        _ITEM.format(path=escape(path), name=escape(name), value=escape(_written(value)))
        for path, name, value in settings
    )
    return _REGISTRY.format(items="\n".join(items))


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
