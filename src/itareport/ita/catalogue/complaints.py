"""Pydantic's complaints about a catalogue, in Thai; pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from itareport.ita.catalogue.kinds import Kinds
from itareport.ita.catalogue.year import Catalogue
from itareport.problems import SENTENCES, FieldPath, Problem, problem

Model = type[Catalogue] | type[Kinds]
"""A model by which a file is validated."""

_WANTED = {
    "score": "คะแนนเป็นตัวเลข 0 ถึง 100 เช่น 83.81",
    "range": "คะแนนระหว่าง 0 ถึง 100",
    "decimals": "คะแนนที่มีทศนิยมไม่เกิน 2 ตำแหน่ง",
    "code": "รหัสข้อ เช่น i1, e7 หรือ o10",
    "number": "จำนวนเต็ม เช่น 1",
    "year": "ปีงบประมาณ พ.ศ. เช่น 2570",
    "line": "ข้อความบรรทัดเดียว",
    "weight": "น้ำหนักที่มากกว่า 0 และไม่เกิน 1 เช่น 0.30",
    "greater_than_equal": "ค่า 1 หรือ 2",
    "less_than_equal": "ค่า 1 หรือ 2",
    "literal_error": "อักษร i, e หรือ o ตัวพิมพ์เล็ก",
    "string_type": "ข้อความ",
    "bool_parsing": "ค่า true หรือ false",
    "bool_type": "ค่า true หรือ false",
    "tuple_type": "รายการ (บรรทัดที่ขึ้นต้นด้วย - หรือค่าในวงเล็บ [ ])",
    "too_short": "รายการที่มีอย่างน้อย 1 รายการ",
    "model_type": "กลุ่มของคีย์และค่า (คีย์: ค่า)",
}
"""What each kind of complaint asks for; of the model's own complaints, what each is about."""


_LIKE = {Catalogue: "แค็ตตาล็อกปีก่อน", Kinds: "ไฟล์ประเภทหน่วยงานที่มากับโปรแกรม"}
"""An example of a file of each model, for the remedy."""


def problems(error: ValidationError, model: Model) -> Iterator[Problem]:
    """Turn each complaint into a problem that names the field and what it takes."""
    for complaint in error.errors(include_url=False):
        yield _problem(complaint, model)


def _problem(complaint: ErrorDetails, model: Model) -> Problem:
    where, kind, value = complaint["loc"], complaint["type"], complaint["input"]
    about = complaint["msg"] if kind in SENTENCES else kind
    label = spelled(where)
    blank = value is None or (isinstance(value, str) and not value.strip())
    if where and (blank or kind == "missing"):
        return problem("C202", where, label=label, key=_key(where), like=_LIKE[model])
    if kind == "extra_forbidden":
        known = _keys(where[:-1], model)
        near = difflib.get_close_matches(str(where[-1]), known, n=1)
        hint = f"แก้เป็น {near[0]}" if near else "ลบคีย์นี้"
        return problem("C203", where, label=label, key=where[-1], known=", ".join(known), hint=hint)
    if about == "text":  # a character that no document can carry
        return problem("C205", where, label=label, character=complaint["ctx"]["character"])
    wanted = _WANTED.get(about, "ค่าตามที่อธิบายไว้ใน docs/catalogue.md")
    return problem("C204", where, label=label, value=_shown(value), wanted=wanted)


def spelled(where: FieldPath) -> str:
    """Write a field's path as an editor of the file counts: `items.rows[3].name`, from 1."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in where)
    return "".join(steps).lstrip(".")


def _key(where: FieldPath) -> str:
    """Return the nearest key of a path: a value in a list has none of its own."""
    return next((step for step in reversed(where) if isinstance(step, str)), "")


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"“{value}”"
    return "เป็นกลุ่ม" if value else "ว่าง"


def _keys(where: FieldPath, model: type[BaseModel]) -> list[str]:
    """Return the keys that the model at a path takes."""
    for step in where:
        if isinstance(step, str):
            annotation = model.model_fields[step].annotation
            model = next((a for a in (annotation, *get_args(annotation)) if _is_model(a)), model)
    return list(model.model_fields)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
