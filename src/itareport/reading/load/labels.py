"""Names of fields as people mistype them, and values as they may be shown in a message; pure."""

from __future__ import annotations

import difflib
from typing import Any

from itareport import thai
from itareport.ita.described import known
from itareport.problems import FieldPath


def meant(name: str, path: FieldPath) -> str:
    """Return the field of the group at a path that a mistyped name stands for; "" if none is near.

    The Thai name of a field, or a word of it, stands for the field too.
    """
    names = known(path)
    titles = {field.title: field.name for field in names.values()}
    typed = thai.normalise(name)[0].strip().rstrip(":")[:60]
    if typed in titles:
        return titles[typed]
    words = [field for said, field in titles.items() if typed in said.split()]
    if len(words) == 1:
        return words[0]
    if near := difflib.get_close_matches(typed.lower(), [*names, *titles], n=1, cutoff=0.7):
        return titles.get(near[0], near[0])
    within = [field for said, field in titles.items() if len(typed) > 3 and typed in said]
    return within[0] if len(within) == 1 else ""


def shown(value: Any) -> str:
    """Make a value of the data safe and short enough to stand in a message."""
    text = "".join(c if c.isprintable() else " " for c in thai.normalise(str(value))[0])
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= 60 else f"{text[:59]}…"
