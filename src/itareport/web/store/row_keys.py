"""Keys of rows that no field tells apart: one stays with its row while others come and go; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count
from typing import Any, Final

ROW: Final = "row#"
"""The name under which a row shows its key among its fields."""
_LISTS = ("plan", "signatures")


@dataclass(frozen=True, slots=True)
class RowKeys:
    """The keys of the rows of one list, as long as the program runs; at first their places."""

    keys: tuple[int, ...] = ()
    fresh: int = 0
    """From here on no row has had a key."""

    def after(self, old: list[Any], new: list[Any]) -> RowKeys:
        """Return the keys after a change: a row that was changed, or moved along, keeps its own."""
        fresh, kept = count(self.fresh), list[int]()
        texts = [json.dumps(row, sort_keys=True, default=str) for row in (*old, *new)]
        steps = SequenceMatcher(None, texts[: len(old)], texts[len(old) :], autojunk=False)
        for _, start, end, first, last in steps.get_opcodes():
            is_kept = end - start == last - first
            kept += self.keys[start:end] if is_kept else [next(fresh) for _ in range(first, last)]
        return RowKeys(tuple(kept), next(fresh))


Keys = Mapping[str, RowKeys]
"""The keys of each list that has them."""


def followed(keys: Keys, old: Any, new: Any) -> Keys:
    """Return the keys of a report's rows after it was changed."""
    return {
        name: keys.get(name, RowKeys()).after(_rows(old, name), _rows(new, name)) for name in _LISTS
    }


def shown(keys: Keys, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report in which those rows show their keys."""
    lists = {name: own.keys for name, own in keys.items() if _rows(data, name)}
    return {
        **data,
        **{
            name: [
                {**row, ROW: key} if isinstance(row, dict) else row
                for row, key in zip(_rows(data, name), own, strict=True)
            ]
            for name, own in lists.items()
        },
    }


def _rows(data: Any, name: str) -> list[Any]:
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []
