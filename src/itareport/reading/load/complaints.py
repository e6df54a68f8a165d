"""Pydantic's complaints about a data file, said in Thai; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from itareport import thai
from itareport.ita.described import GROUPS, at, known, label
from itareport.ita.model import Missing, Printing, Published, Size, contradiction
from itareport.plain import Tree
from itareport.problems import SENTENCES, FieldPath, Problem, problem
from itareport.reading.load.typing_slips import meant


def problems(
    error: ValidationError, data: dict[str, Tree], named: Collection[FieldPath]
) -> list[Problem]:
    """Turn each complaint into a problem with a remedy.

    Args:
        error: What Pydantic found in `data`.
        data: The plain data.
        named: Fields whose characters are complained of already: nothing more is said of them.
    """
    details = error.errors(include_url=False)
    told = [one for one in details if not (_is_contradiction(one) or _is_of_a_part(one))]
    found = [_problem(detail, data) for detail in told if detail["loc"] not in named]
    return [*found, *_contradictions(data)]


def _is_contradiction(detail: ErrorDetails) -> bool:
    """Return whether fields of a row exclude one another: `_contradictions` finds more of these."""
    return detail["msg"] == "row"


def _is_of_a_part(detail: ErrorDetails) -> bool:
    """Return whether a list is long enough: Pydantic does not count its faulty entries."""
    value, least = detail["input"], detail.get("ctx", {}).get("min_length", 0)
    return detail["type"] == "too_short" and isinstance(value, list) and len(value) >= least


def _problem(detail: ErrorDetails, data: dict[str, Tree]) -> Problem:
    where, kind, value = detail["loc"], detail["type"], detail["input"]
    if kind == "missing" or (kind in _TOO_SHORT and isinstance(value, str)):
        return _blank(where, data)
    if kind == "extra_forbidden":
        return _unknown(where, value, data)
    facts: dict[str, Any]
    if isinstance(value, dict | list) and not (kind in _OF_SHAPE or kind in _TOO_SHORT):
        code, facts = "D135", {"found": _shape(value)}
    elif kind in SENTENCES:
        code, facts = kind, {n: thai.shown(fact) for n, fact in detail.get("ctx", {}).items()}
        fault, hint, lacks = _score_fault(where, value)
        hint = _line_hint(where) if detail["msg"] == "line" else hint
        ways = {
            "hint": _NO_SCORE, "cell_hint": _NO_SCORE_CELL, "table_hint": _NO_SCORE_TABLE,
            "page_hint": _NO_SCORE_PAGE,
        }  # fmt: skip
        said = {name: hint + words * lacks for name, words in ways.items()}
        facts = said | {"fault": fault} | facts
    elif kind == "too_long" and where[-1] == "position":
        code, facts = "D147", {"count": len(value), **detail["ctx"]}
    else:
        code = _OF_SHAPE.get(kind) or _OF_VALUE.get(kind, "D140")
        facts = {
            "found": _shape(value),
            "known": ", ".join(known(where)),
            "value": thai.shown(value),
            "valid": _VALID.get(where[-1] if where else "", ""),
            "cell_valid": _VALID_CELL.get(where[-1] if where else "", ""),
            "count": len(value) if isinstance(value, list) else 0,
            **detail.get("ctx", {}),
        }
    return problem(code, where, label=label(where, data), **facts)


_TOO_SHORT = ("too_short", "string_too_short")
_OF_SHAPE = {
    "model_type": "D133",
    "model_attributes_type": "D133",
    "tuple_type": "D134",
    "too_short": "D137",
    "too_long": "D138",
}
_OF_VALUE = dict.fromkeys(("enum", "literal_error", "bool_parsing", "bool_type"), "D136")
_VALID: dict[str | int, str] = {
    "missing": " หรือ ".join(Missing),
    "size": " หรือ ".join(Size),
    "part": "1 หรือ 2",
    "draft": "true หรือ false",
    "published": " หรือ ".join(Published),
    "correspondence": " หรือ ".join(Printing),
}
_VALID_CELL: dict[str | int, str] = {
    "missing": f" {' หรือ '.join(Missing)}",
    "size": f" {' หรือ '.join(Size)}",
    "part": " 1 หรือ 2",
    "published": f" {' หรือ '.join(Published)}",
    "correspondence": f" {' หรือ '.join(Printing)}",
    "draft": "คำว่า ร่าง หรือล้างช่องนี้",
}


def _blank(where: FieldPath, data: dict[str, Tree]) -> Problem:
    """Say that a field is missing or empty, of the group it is missing from."""
    field = at(where)
    examples = (field.info.examples if field else None) or []
    example = f" เช่น {examples[0]}" if examples and not isinstance(examples[0], list) else ""
    facts: dict[str, Any] = {
        "field": field.title if field else "ค่า",
        "key": where[-1],
        "example": example,
    }
    return problem("D120", where, label=label(where[:-1], data), **facts)


def _unknown(where: FieldPath, value: Any, data: dict[str, Tree]) -> Problem:
    """Refuse a field that does not exist, saying what may have been meant with it."""
    names, key = known(where[:-1]), str(where[-1])
    elsewhere = [name for name, model in GROUPS.items() if name and key in model.model_fields]
    listed = f"(ช่องที่มีคือ {', '.join(names)})"
    if near := meant(key, where[:-1]):
        hint = f"รวมเนื้อความไว้ในช่อง {near} ซึ่งมีอยู่แล้ว แล้วลบช่องนี้"
    elif elsewhere:
        hint = f"ย้ายไปไว้ในกลุ่ม {' หรือ '.join(elsewhere)} และตรวจย่อหน้าของบรรทัด"
    elif value not in (None, "", [], {}):
        hint = f"ย้ายเนื้อความไปไว้ในช่องที่ถูก {listed} หากไม่ต้องการให้พิมพ์ โปรดใส่ # และเว้นวรรคหน้าบรรทัด"
    elif re.search("[ก-ฮ ]", key):
        hint = (
            "ใส่ทั้งข้อความในเครื่องหมายคำพูด หากส่วนนี้เป็นเนื้อความต่อจากช่องก่อนหน้า "
            f"เพราะจุลภาคใน {{ }} คั่นช่อง {listed}"
        )
    else:
        hint = f"แก้ชื่อช่อง หรือลบช่องนี้ซึ่งไม่มีค่า {listed}"
    facts: dict[str, Any] = {"key": thai.shown(key), "hint": hint}
    return problem("D129", where, label=label(where[:-1], data), **facts)


_NUMBER = "กรอกเป็นตัวเลข 0 ถึง 100 ใช้จุด (.) คั่นทศนิยม เช่น 83.81"
_NO_NUMBER = "ไม่ใช่ตัวเลข"
_NO_SCORE = " หากข้อนี้ไม่มีคะแนน โปรดใช้ missing: ไม่ถูกประเมิน หรือ missing: ไม่แสดงในผลที่เผยแพร่"
_NO_SCORE_CELL = " หากข้อนี้ไม่มีคะแนน โปรดล้างช่องนี้ แล้วเลือกในช่อง เหตุที่ไม่มีคะแนน ของข้อนี้ ในแผ่นงาน คะแนนรายข้อ"
_NO_SCORE_PAGE = " หากข้อนี้ไม่มีคะแนน โปรดล้างช่องนี้ แล้วเลือกเหตุที่ไม่มีคะแนนในช่องข้าง ๆ"
_NO_SCORE_TABLE = " หากข้อนี้ไม่มีคะแนน โปรดพิมพ์ในช่องนี้ว่า ไม่ถูกประเมิน หรือ ไม่แสดงในผลที่เผยแพร่"


def _score_fault(where: FieldPath, value: Any) -> tuple[str, str, bool]:
    """Say what is wrong where a score should stand, how to write it, and if there may be none."""
    text = str(value)
    if re.fullmatch(r"\s*[0-9๐-๙.]+\s*(?:%|ร้อยละ|เปอร์เซ็นต์|คะแนน)+\s*", text):
        return _NO_NUMBER, "กรอกเฉพาะตัวเลข ไม่ใส่ % หรือคำว่า คะแนน", False
    if re.search(r"[0-9๐-๙]\s+\.?[0-9๐-๙]", text):
        hint = "กรอกตัวเลขจำนวนเดียว ไม่เว้นวรรคหรือขึ้นบรรทัดใหม่ระหว่างเลข เช่น 83.81"
        return "มีตัวเลขมากกว่าหนึ่งจำนวนในช่องเดียว", hint, False
    no_score = where[0] == "scores" and not re.search("[0-9๐-๙]", text)
    return _NO_NUMBER, _NUMBER, no_score


def _line_hint(where: FieldPath) -> str:
    """Say what to do with a second line: that of a signer's name is the position."""
    if where[0] == "signatures" and where[-1] == "name":
        return "ย้ายตำแหน่งไปช่อง ตำแหน่ง ให้ช่องนี้มีเพียงชื่อในบรรทัดเดียว"
    return "รวมเป็นบรรทัดเดียว หรือแยกเป็นรายการละหนึ่งข้อ"


def _contradictions(data: dict[str, Tree]) -> Iterator[Problem]:
    """Find rows of scores that say too much or too little, whatever else is wrong in them.

    Pydantic does not get as far as this in a row with a bad value.
    """
    rows = data.get("scores")
    for index, row in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(row, dict) and (found := contradiction(row)):
            code, names = found
            whole: FieldPath = ("scores", index)
            where, *also = [(*whole, name) for name in names if row.get(name)] or [whole]
            yield problem(code, where, label=label(whole, data), also=also)


def _shape(value: Any) -> str:
    if value is None or value == "":
        return "ค่าว่าง"
    if isinstance(value, dict):
        return "กลุ่มของช่อง"
    return "รายการ" if isinstance(value, list) else "ข้อความ"
