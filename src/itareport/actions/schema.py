"""Write out the JSON Schema of the data file, for editors that help while typing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from itareport.actions.outcome import Outcome
from itareport.ita import catalogue
from itareport.ita.catalogue import Kinds
from itareport.ita.model import Report


@dataclass(frozen=True, slots=True)
class SchemaOutcome(Outcome):
    """The schema, which is its own JSON."""

    schema: dict[str, Any] = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """Return the schema alone: it is a document that other programs read."""
        return self.schema


def schema(own: Iterable[Path] = ()) -> SchemaOutcome:
    """Return the schema of the data file, with the kinds of agency of an office's own files.

    Raises:
        ItaReportError: C2xx: one of these files cannot be used.
    """
    return SchemaOutcome(schema=data_file(catalogue.own(own).kinds))


def data_file(kinds: Kinds) -> dict[str, Any]:
    """Return the schema (draft 2020-12) of what `load` accepts, with Thai names and help.

    A score may be a number or text in digits of either script; an optional field may be empty.
    Editors offer the kinds of agency, but take any other: `check` warns of an unknown kind, and
    another file may add kinds.
    """
    schema = Report.model_json_schema()
    groups = schema.pop("$defs")
    groups["Agency"]["properties"]["kind"] = _offering(
        groups["Agency"]["properties"]["kind"], kinds.offered
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ไฟล์ข้อมูลรายงานผลการวิเคราะห์ ITA",
        "description": "คำอธิบายและตัวอย่างของทุกช่องอยู่ใน docs/data.md",
        **_of_group(schema),
        "$defs": {name: _of_group(group) for name, group in groups.items()},
    }


def _of_group(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave out the names of our classes, and let every optional field be empty."""
    kept = {key: value for key, value in schema.items() if key not in ("title", "description")}
    if "properties" in kept:
        optional = kept["properties"].keys() - set(kept.get("required", ()))
        kept["properties"] = {
            name: _nullable(field) if name in optional else field
            for name, field in kept["properties"].items()
        }
    return kept


def _offering(field: dict[str, Any], values: Sequence[str]) -> dict[str, Any]:
    """Let an editor offer values to a field that takes any text."""
    about, takes = _parted(field)
    return {**about, "anyOf": [{"enum": list(values)}, takes]}


def _nullable(field: dict[str, Any]) -> dict[str, Any]:
    about, takes = _parted(field)
    either = takes["anyOf"] if takes.keys() == {"anyOf"} else [takes]
    null = {"type": "null"}
    return {**about, "anyOf": [*(one for one in either if one != null), null]}


def _parted(field: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the words about a field, and the rule for its values."""
    about = {k: v for k, v in field.items() if k in ("title", "description", "examples")}
    return about, {k: v for k, v in field.items() if k not in about and k != "default"}
