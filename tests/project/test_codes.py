"""Codes name problems for people; what the program does never hangs on one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from itareport.problems import SENTENCES, Flag
from itareport.problems.withdrawn import WITHDRAWN

SOURCE = Path(__file__).resolve().parents[2] / "src" / "itareport"
MODULES = [f for f in sorted(SOURCE.rglob("*.py")) if f.relative_to(SOURCE).parts[0] != "problems"]
CODE = re.compile(r"[DCTFPO]\d{3}")
BEGINNING = re.compile(r"[DCTFPO]\d{0,3}")
OTHERS = {"row", "scores", "pair", "tool", "item", "remark", "draft", "typed", "quoted"}
OTHERS |= {"first", "after", "made", "new", "REPORT"}
"""Names of what has another code than a problem's: a document's, a question's, a tool's."""
MATCHING = {"startswith", "endswith", "removeprefix", "find", "index", "count", "get", "match"}
MATCHING |= {"fullmatch", "search", "frozenset", "set", "fromkeys"}


def is_code(node: ast.AST | None, pattern: re.Pattern[str] = CODE) -> bool:
    """Tell whether a piece of source is the text of a problem's code."""
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def is_codes(node: ast.AST) -> bool:
    """Tell whether a piece of source is a collection of codes, or a table with codes as keys."""
    if isinstance(node, ast.Dict):
        return any(map(is_code, node.keys))
    if isinstance(node, ast.Set | ast.List | ast.Tuple):
        return bool(node.elts) and all(map(is_code, node.elts))
    return False


def is_code_of_a_problem(node: ast.AST) -> bool:
    """Tell whether a piece of source is `found.code`, and not the code of a row of scores."""
    return (
        isinstance(node, ast.Attribute) and node.attr == "code" and name(node.value) not in OTHERS
    )


def name(node: ast.AST) -> str:
    """Return the last name of a piece of source: `scores` of `facts.scores[i]`."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return getattr(node, "attr", getattr(node, "id", ""))


def outside_calls(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a piece of source but for what it hands to functions."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.Call):
            yield from outside_calls(child)


def decisions(tree: ast.AST) -> Iterator[int]:
    """Yield the lines of a module where something depends on a problem's code."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare():
                found = any(
                    is_code(one) or is_code_of_a_problem(one) for one in outside_calls(node)
                )
            case ast.Subscript():
                found = is_code_of_a_problem(node.value) or is_code(node.slice)
            case ast.Call(func=ast.Attribute(value=owner, attr=method)) if method in MATCHING:
                texts = [one for key in node.args[:1] for one in ast.walk(key)]
                found = is_code_of_a_problem(owner) or any(is_code(t, BEGINNING) for t in texts)
            case ast.keyword(arg="key"):
                found = any(is_code_of_a_problem(one) for one in ast.walk(node.value))
            case ast.MatchValue():
                found = is_code(node.value)
            case ast.Assign(targets=[ast.Name(id=constant)]) if constant.isupper():
                found = is_code(node.value)
            case _:
                found = is_codes(node)
        if found:
            yield getattr(node, "lineno", 0)


@pytest.mark.parametrize("module", MODULES, ids=lambda f: f.relative_to(SOURCE).as_posix())
def test_nothing_is_decided_by_a_code(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert sorted(set(decisions(tree))) == [], "ask Problem.has(Flag.…)"


@pytest.mark.parametrize(
    "source",
    [
        'found.code == "D200"',
        "one.code in codes",
        'any("D420" <= p.code <= "D428" for p in problems)',
        'STOPPING = {"O600", "O601"}',
        'DOUBLED = "O613"',
        'problem.code.startswith("O6")',
        'kind.startswith(("D15", "D16"))',
        "found.code[0]",
        "sorted(problems, key=lambda p: p.code)",
        'words = {"D121": "ก"}',
        'match code:\n    case "D200":\n        pass',
    ],
)
def test_a_decision_is_seen(source: str) -> None:
    assert list(decisions(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        'problem("D241" if indicator.items else "D243", where)',
        'code, facts = "D135", {"found": found}',
        'kinds = {"model_type": "D133"}',
        'print(f"[{found.code}]")',
        "tool.code == row.tool",
        "scores[i].code[0]",
    ],
)
def test_a_code_may_be_raised_and_shown(source: str) -> None:
    assert not list(decisions(ast.parse(source)))


def test_a_withdrawn_code_is_never_used_again() -> None:
    assert not WITHDRAWN & SENTENCES.keys()


def test_every_flag_is_given_and_asked() -> None:
    given = {flag for sentence in SENTENCES.values() for flag in sentence.flags}
    assert given == set(Flag)
    source = "".join(module.read_text(encoding="utf-8") for module in MODULES)
    assert [flag.name for flag in Flag if f"Flag.{flag.name}" not in source] == []


def test_the_page_names_no_command_and_no_word_of_a_file():
    """What is wrong with a report's data is mended in fields, which the page shows under names."""
    for code, one in SENTENCES.items():
        if "D120" <= code < "D400" and Flag.IS_DRAFT not in one.flags:
            remedy = one.page_remedy or one.cell_remedy or one.remedy
            said = f"{one.cell_message or one.message} {remedy}"
            assert not re.search(r"itareport|none|แผ่นงาน", said), (code, said)
        if "D" <= code < "D460" and code not in _OF_TABLES:
            assert "itareport" not in (one.page_remedy or one.remedy), code


_OF_TABLES = {"D458"}
"""The page makes no tables of many agencies: a command does."""
