"""The JSON Schema of the data file takes what `load` takes, and speaks Thai."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from itareport import plain
from itareport.actions import schema
from itareport.ita import catalogue
from itareport.reading import load
from itareport.thai import mending
from reports import KINDS, clean_data

SCHEMA: dict[str, Any] = schema.data_file(KINDS)
TYPES: dict[str, Any] = {
    "string": str,
    "array": list,
    "object": dict,
    "null": type(None),
    "number": (int, float),
    "integer": int,
}


def holds(value: Any, rule: dict[str, Any]) -> bool:
    """Tell whether a value obeys a rule: as much of JSON Schema as the schema uses."""
    if "$ref" in rule:
        rule = SCHEMA["$defs"][rule["$ref"].rsplit("/", 1)[1]]
    kinds = rule.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    return (
        ("anyOf" not in rule or any(holds(value, one) for one in rule["anyOf"]))
        and (not kinds or any(isinstance(value, TYPES[kind]) for kind in kinds))
        and ("enum" not in rule or value in rule["enum"])
        and fits(value, rule)
    )


def fits(value: Any, rule: dict[str, Any]) -> bool:
    if isinstance(value, str):
        long = len(value) >= rule.get("minLength", 0)
        return long and re.search(rule.get("pattern", ""), value) is not None
    if isinstance(value, list):
        count = rule.get("minItems", 0) <= len(value) <= rule.get("maxItems", 10**9)
        return count and all(holds(one, rule.get("items", {})) for one in value)
    if isinstance(value, dict) and "properties" in rule:
        fields = rule["properties"]
        whole = fields.keys() >= value.keys() >= set(rule.get("required", ()))
        return whole and all(holds(inner, fields[name]) for name, inner in value.items())
    if isinstance(value, int | float):
        return bool(rule.get("minimum", value) <= value <= rule.get("maximum", value))
    return True


def test_every_rule_of_the_schema_is_one_that_this_test_knows():
    known = {
        "$ref", "anyOf", "type", "enum", "minLength", "pattern", "minItems", "maxItems", "items",
        "properties", "required", "additionalProperties", "minimum", "maximum",
        "title", "description", "examples",
    }  # fmt: skip

    def rules(rule):
        yield from rule
        for inner in (*rule.get("properties", {}).values(), *rule.get("anyOf", ())):
            yield from rules(inner)
        if "items" in rule:
            yield from rules(rule["items"])

    parts = [SCHEMA, *SCHEMA["$defs"].values()]
    assert {name for part in parts for name in rules(part)} - {"$schema", "$defs"} <= known


def test_the_examples_and_fixtures_are_held_valid(repo):
    """To an editor, which reads YAML 1.2, scores are numbers."""
    files = [*(repo / "examples").glob("*.yaml"), *(repo / "tests" / "fixtures").glob("*.yaml")]
    assert files
    for file in files:
        data = plain.read(file.read_bytes(), file.name).data
        assert holds(as_an_editor(data), SCHEMA), file.name


def as_an_editor(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_an_editor(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_an_editor(inner) for inner in value]
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        return float(value) if "." in value else int(value)
    return value


def changed(path, value):
    data = clean_data(catalogue.load(2568))
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return data


BOTH_TAKE = [
    (("fiscal_year",), "๒๕๖๘"),
    (("fiscal_year",), 2568),
    (("agency", "district"), None),
    (("agency", "maintain_from"), "๙๕"),
    (("result", "announced"), "1 ส.ค. 68"),
    (("result", "tools"), [{"tool": "EIT", "part": 2, "score": 90}]),
    (("result", "tools"), [{"tool": "EIT", "part": "๒", "score": "90.00"}]),
    (("scores", 0), {"code": "ข้อ ๐๑", "score": "๙๙.๑๗"}),
    (("scores", 0), {"code": "e1", "part1": 82.86, "part2": None}),
    (("scores", 0), {"code": "i1", "missing": "ไม่ถูกประเมิน"}),
    (("remarks",), None),
    (("remarks",), [{"code": "i1", "text": ""}]),
    (("plan", 0, "period"), [2569]),
    (("plan", 0, "measures"), "มาตรการ"),
    (("agency", "units"), "กองคลัง"),
    (("signatures",), [{"position": "ปลัดเทศบาล"}]),
    (("signatures",), [{}]),
    (("signatures",), [{"name": None, "position": ["ก", "ข"], "date": "1/10/2568"}]),
    (("graph",), "กราฟ.png"),
]
BOTH_REFUSE = [
    (("fiscal_year",), 2025),
    (("fiscal_year",), "68"),
    (("agency",), "เทศบาล"),
    (("agency", "provinse"), "พัทลุง"),
    (("agency", "province"), ""),
    (("agency", "province"), None),
    (("result", "total"), 101),
    (("result", "total"), "99,17"),
    (("result", "total"), "99.999"),
    (("result", "tools"), [{"tool": "EIT", "part": 3, "score": 90}]),
    (("scores", 0), {"score": 90}),
    (("scores", 0), {"code": "7", "score": 90}),
    (("scores", 0), {"code": "i1", "missing": "ไม่มี"}),
    (("scores",), {"i1": 90}),
    (("plan", 0, "measures"), ["ก\nข"]),
    (("plan", 0, "measures"), "ก\nข"),
    (("plan", 0, "measures"), {"ก": "ข"}),
    (("plan", 0, "issue"), "หนึ่ง"),
    (("signatures",), []),
    (("signatures",), [{}] * 6),
    (("signatures",), [{"position": ["ก", "ข", "ค"]}]),
]


@pytest.mark.parametrize(("path", "value"), BOTH_TAKE)
def test_what_load_takes_the_schema_takes(path, value):
    data = changed(path, value)
    assert load.load_bytes(json.dumps(data).encode(), "ก.json").report is not None
    assert holds(data, SCHEMA)


@pytest.mark.parametrize(("path", "value"), BOTH_REFUSE)
def test_what_the_schema_refuses_load_refuses(path, value):
    data = changed(path, value)
    assert load.load_bytes(json.dumps(data).encode(), "ก.json").report is None
    assert not holds(data, SCHEMA)


def test_every_field_is_explained_in_thai():
    parts = [SCHEMA, *SCHEMA["$defs"].values()]
    fields = [field for part in parts for field in part.get("properties", {}).values()]
    assert len(fields) > 40
    for field in fields:
        assert re.search("[ก-ฮ]", field["title"])
        assert re.search("[ก-ฮ0-9]", field["description"])


def test_the_schema_does_not_speak_of_our_classes():
    text = json.dumps(
        {k: v for k, v in SCHEMA.items() if k != "$defs"} | {"": list(SCHEMA["$defs"].values())}
    )
    assert "Pydantic" not in text
    assert "official" not in text


def test_the_page_on_data_explains_every_field(repo):
    page = (repo / "docs" / "data.md").read_text(encoding="utf-8")
    parts = [SCHEMA, *SCHEMA["$defs"].values()]
    for part in parts:
        for name, field in part.get("properties", {}).items():
            marked = f"`{name}` ✱" if name in part.get("required", ()) else f"`{name}`"
            assert marked in page, name
            assert field["title"] in page, name


def test_the_pages_own_example_is_read_but_for_what_it_leaves_out(repo):
    page = (repo / "docs" / "data.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    whole = load.load_bytes(blocks[0].encode(), "ก.yaml")
    assert whole.problems == ()
    for block in blocks[1:-1]:
        (name,) = re.findall(r"^(\w+):", block, re.MULTILINE)
        rest = re.sub(rf"^{name}:\n(?: .*\n)+", "", blocks[0], flags=re.MULTILINE)
        assert load.load_bytes((rest + block).encode(), "ก.yaml").problems == ()


def test_the_page_on_data_tells_of_every_mending(repo):
    page = (repo / "docs" / "data.md").read_text(encoding="utf-8")
    table = page[page.index("| สิ่งที่พบ") : page.index("เว้นวรรคหลายตัว")]
    names = [*(what for what, _, _ in mending._MENDINGS)]
    names += [mending._LETTERS, mending._ORDER, mending._COMPOSED]
    assert table.count("\n| ") == len(names)
    for name in names:
        found = name.removeprefix("ตัด").split(" เป็น")[0].split("เป็น")[0].strip()
        assert found in table, name
