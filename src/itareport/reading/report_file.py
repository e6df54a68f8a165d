"""The file of a report as plain data: read from any data file, written as YAML or JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from itareport import plain
from itareport.problems import ItaReportError, Place, problem
from itareport.reading import load, workbook, yamledit, yamlwrite


def tree_of(data: bytes, name: str) -> dict[str, Any]:
    """Return what a data file or workbook says, as typed: what is wrong in it is not lost.

    Raises:
        ItaReportError: D104 to D116, D420 to D428, D459: it cannot be read, or is no report.
    """
    suffix = Path(name).suffix.lower()
    if suffix in load.WORKBOOKS:
        tree = workbook.opened(data, name).document.data
    else:
        tree = (plain.read_json if suffix == ".json" else plain.read)(data, name).data
    if not isinstance(tree, dict):
        raise ItaReportError(problem("D115").at(Place(name)))
    return tree


def content(tree: Any, suffix: str) -> bytes:
    """Return a report's data as the content of a file of that kind, without what is empty."""
    whole = _filled(tree)
    if suffix.lower() == ".json":
        return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()
    return yamlwrite.write(whole)


def edited(saved: bytes, name: str, tree: Any) -> yamledit.Edited:
    """Return a data file that says what `tree` says; YAML is written anew only where it differs."""
    if Path(name).suffix.lower() == ".json":
        return yamledit.Edited(content(tree, ".json"))
    return yamledit.edited(saved, name, _filled(tree))


def _filled(tree: Any) -> Any:
    """Return data without what is empty."""
    if isinstance(tree, dict):
        return {name: _filled(inner) for name, inner in tree.items() if inner is not None}
    if isinstance(tree, list):
        return [_filled(inner) for inner in tree if inner is not None]
    return str(tree)
