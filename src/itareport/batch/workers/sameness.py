"""What must be equal where reports are to be equal, asked of a machine; run on the workers too."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import Any

from itareport import __version__
from itareport.batch.record import fingerprint
from itareport.pdf import office, ways

NONE = "ไม่มี"
"""What stands for a LibreOffice that is not there."""
_PYTHON = ".".join(map(str, sys.version_info[:2]))
_ENGINE = ("docxtpl", "jinja2", "lxml", "pydantic")
_NAMES = {
    "itareport": "รุ่นของ itareport",
    "program": "โปรแกรม itareport (รุ่นเดียวกัน แต่ไฟล์ต่างกัน)",
    "assets": "แม่แบบ แค็ตตาล็อก หรือฟอนต์",
    "engine": "รุ่นของ docxtpl, Jinja2, lxml หรือ Pydantic",
    "python": "รุ่นของ Python",
    "distributed": "รุ่นของ Dask",
    "office": "LibreOffice",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker made of a task, or why it refused it."""

    worker: str
    refusal: str = ""
    value: Any = None


def about(*, pdf: bool) -> dict[str, str]:
    """Return versions and digests of this machine that must be equal on all."""
    return dict(_about(pdf=pdf))


@cache
def _about(*, pdf: bool) -> Mapping[str, str]:
    return {
        "itareport": __version__,
        "program": fingerprint.of_program(),
        "assets": fingerprint.of_assets(),
        "engine": " ".join(f"{name} {metadata.version(name)}" for name in _ENGINE),
        "python": _PYTHON,
        "distributed": metadata.version("distributed"),
        "office": _office() if pdf else "",
    }


def _office() -> str:
    match ways.found():
        case None:
            return NONE
        case ways.Word():
            return "Microsoft Word"
        case found:
            return office.version(found)


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Return in words what two machines have differently."""
    return [
        f"{name} {theirs.get(key, NONE)}" if key == "office" else name
        for key, name in _NAMES.items()
        if ours[key] != theirs.get(key)
    ]


def checked(
    ours: Mapping[str, str],
    pdf: bool,  # noqa: FBT001 - Dask passes it by place
    fn: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
) -> Answer:
    """Do a task on a worker, unless it is not as the caller is."""
    from distributed import get_worker

    worker = get_worker().address
    if other := differences(ours, about(pdf=pdf)):
        return Answer(worker, ", ".join(other))
    return Answer(worker, value=fn(*args, **kwargs))
