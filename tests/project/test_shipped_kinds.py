"""The kinds of agency that are shipped are data: complete in their file, and nowhere in code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from itareport.draft.draft_rows import OF_KIND
from itareport.ita import catalogue
from reports import KINDS

REPO = Path(__file__).resolve().parents[2]
SOURCE = REPO / "src" / "itareport"
WORDS = {
    word
    for kind in KINDS.kinds
    for word in (kind.name, kind.short, kind.executive, kind.secretary, kind.family)
}
SPELLED = re.compile(
    "|".join(f"{'(?<![ก-ฮ])' if '.' in word else ''}{re.escape(word)}" for word in WORDS)
)
FOR_PEOPLE = {"examples", "help", "description"}
"""Arguments whose texts only name a kind as an example."""


def constants(node: ast.AST) -> Iterator[str]:
    """Yield the strings of code: neither docstrings nor sentences, which have spaces."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.keyword) and node.arg in FOR_PEOPLE:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from constants(child)


def test_no_kind_is_spelled_in_code() -> None:
    spelled = [
        (file.relative_to(SOURCE).as_posix(), text)
        for file in SOURCE.rglob("*.py")
        if "sentences" not in file.parts
        for text in constants(ast.parse(file.read_text(encoding="utf-8")))
        if SPELLED.search(text)
    ]
    assert spelled == []


def test_the_file_is_shipped_and_exported_as_it_stands() -> None:
    assert catalogue.export(None) == (REPO / "catalogue" / "kinds.yaml").read_bytes()


@pytest.mark.parametrize("kind", KINDS.kinds, ids=KINDS.names)
def test_each_kind_says_what_a_local_government_needs(kind: catalogue.AgencyKind) -> None:
    assert kind.executive.startswith("นายก")
    assert kind.secretary.startswith("ปลัด")
    assert KINDS.family(kind)
    assert kind.units
    assert kind.budget_law
    assert (kind.sole is None) == bool(kind.mentions) == bool(kind.before_name)


def test_what_a_kind_may_say_in_drafts_are_its_own_fields() -> None:
    assert set(OF_KIND) < set(catalogue.AgencyKind.model_fields)


def test_the_page_explains_every_key() -> None:
    text = (REPO / "docs" / "catalogue.md").read_text(encoding="utf-8")
    _, _, section = text.partition("## `kinds`")
    fields = {*catalogue.AgencyKind.model_fields, *catalogue.Family.model_fields}
    assert [field for field in fields if f"`{field}`" not in section] == []


def test_the_pages_example_is_sound(tmp_path: Path) -> None:
    text = (REPO / "docs" / "catalogue.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(kinds:.*?)```", text, re.DOTALL)
    file = tmp_path / "ประเภท.yaml"
    file.write_text(example, encoding="utf-8")
    own = catalogue.own([file]).kinds
    assert own.names == (*KINDS.names, "โรงเรียน", "จังหวัด")


def test_letters_go_through_the_district_to_those_that_it_oversees():
    """The law has the district's chief oversee municipalities of a tambon and tambon councils."""
    through = {kind.name for kind in KINDS.kinds if kind.through_district}
    assert through == {"เทศบาลตำบล", "องค์การบริหารส่วนตำบล"}
