"""Slips of typing that can be seen through: each told once, and read as it was meant; pure.

A file with such a slip is refused, but what was meant is read all the same, so that one slip
does not bring ten complaints and the rest of the file can be checked.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from itareport import thai
from itareport.ita.described import GROUPS, at, known, label, name_in
from itareport.ita.model import Kind
from itareport.plain import PlainData, Tree
from itareport.problems import FieldPath, Flag, Place, Problem, problem
from itareport.reading.load.yaml_losses import glued_dash

_DIGIT = "[0-9๐-๙]"
_GLUED = re.compile(r"(?P<key>[a-z][a-z0-9_]*):(?P<value>\S.*)", re.DOTALL)
_COMMA = re.compile(rf"\s*(?P<whole>{_DIGIT}{{1,3}})\s*,\s*(?P<rest>{_DIGIT}{{1,2}})\s*")


class Slips:
    """The plain data of a file with its typing slips corrected, and a problem for each slip."""

    def __init__(self, document: PlainData) -> None:
        """Read a document whose data is a group of fields."""
        self._document = document
        self._glued: list[tuple[FieldPath, str, str]] = []
        self._commas: list[tuple[FieldPath, str]] = []
        self.problems: list[Problem] = []
        self.places = dict(document.places)
        """Where each field of `data` stands, under the name that was meant."""
        assert isinstance(document.data, dict)
        self.data = self._group(document.data, (), ())
        self._tell_once()

    def _group(self, data: dict[str, Tree], old: FieldPath, path: FieldPath) -> dict[str, Tree]:
        """Read the fields of a group that stands at `old` and was meant to stand at `path`."""
        found: dict[str, Tree] = {}
        fields = known(path)
        given = {name for name, value in data.items() if value is not None and name in fields}
        for name, value in data.items():
            key, inner = name, value
            if name not in fields and fields:
                key, inner = self._meant(name, value, (*old, name), path, given | found.keys())
            if key in found and inner is None:
                continue
            if key != name:
                found.pop(key, None)
                self._move((*old, name), (*path, key))
            found[key] = self._value(inner, (*old, name), (*path, key))
        return found

    def _meant(
        self, name: str, value: Tree, old: FieldPath, path: FieldPath, given: Iterable[str]
    ) -> tuple[str, Tree]:
        glued = _GLUED.fullmatch(name)
        if glued and value is None and glued["key"] in known(path) and glued["key"] not in given:
            self._glued.append((old, name, f"{glued['key']}: {glued['value']}"))
            return glued["key"], glued["value"]
        key = meant(name, path)
        if not key or key in given:
            return name, value
        where: dict[str, Any] = {"label": label(path, self._document.data)}
        if re.search("[ก-ฮ]", name):
            found = problem("D143", old, **where, typed=name[:60], key=key)
        else:
            found = problem("D129", old, **where, key=name[:60], hint=f"แก้เป็น {key}")
        self.problems.append(found)
        return key, value

    def _move(self, old: FieldPath, new: FieldPath) -> None:
        place = self._document.names.get(old)
        inner = {p: at for p, at in self._document.places.items() if p[: len(old)] == old}
        self.places |= {(*new, *p[len(old) :]): at for p, at in inner.items()}
        if place is not None:
            self.places[new] = place

    def _value(self, value: Tree, old: FieldPath, path: FieldPath) -> Tree:
        if isinstance(value, list):
            return [self._value(v, (*old, i), (*path, i)) for i, v in enumerate(value)]
        if isinstance(value, str):
            return self._scalar(value, path)
        if value is None:
            return None
        read = self._group if name_in(path) in GROUPS else self._text_with_colon
        return read(value, old, path)

    def _scalar(self, value: str, path: FieldPath) -> str:
        field = at(path)
        kind = field.kind if field else None
        if kind is Kind.SCORE and (comma := _COMMA.fullmatch(value)):
            self._commas.append((path, value.strip()))
            return f"{comma['whole']}.{comma['rest']}"
        if kind is Kind.POINTS and (facts := glued_dash(value)):
            where = label(path, self._document.data)
            self.problems.append(problem("D144", path, label=where, **facts))
            return value[1:]
        return value

    def _text_with_colon(self, value: dict[str, Tree], old: FieldPath, path: FieldPath) -> Tree:
        """Read `- โครงการ: ทบทวน` as the text that it is, where no brackets say otherwise."""
        ((name, inner), *others) = value.items() or [("", None)]
        starts, begins = self._document.names.get((*old, name)), self._document.places.get(old)
        if others or not name or isinstance(inner, dict | list) or starts != begins:
            return value
        text = f"{name}: {inner or ''}".strip()
        where = label(path, self._document.data)
        self.problems.append(problem("D146", path, label=where, typed=thai.shown(text)))
        return text

    def _tell_once(self) -> None:
        if self._glued:
            where, typed, fixed = self._glued[0]
            more = self._more([path for path, _, _ in self._glued])
            facts: dict[str, Any] = {
                "typed": thai.shown(typed),
                "fixed": thai.shown(fixed),
                "more": more,
            }
            self.problems.append(problem("D141", where, **facts))
        if self._commas:
            where, typed = self._commas[0]
            more = self._more([path for path, _ in self._commas])
            said = label(where, self._document.data) if len(self._commas) == 1 else ""
            fixed = re.sub(r"\s*,\s*", ".", typed)
            self.problems.append(
                problem("D142", where, label=said, typed=typed, fixed=fixed, more=more)
            )

    def _more(self, paths: Sequence[FieldPath]) -> str:
        """Say on which lines the same slip stands, where it is more than one."""
        if len(paths) < 2:
            return ""
        lines = {at.line for path in paths if (at := self.places.get(path)) and at.line}
        return f" รวม {len(paths)} แห่ง (บรรทัด {_spans(sorted(lines))})"


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


def own_place(found: Problem, names: Mapping[FieldPath, Place]) -> Place | None:
    """Return the place of a field's name where a problem is about the name."""
    return names.get(found.where) if found.has(Flag.IS_ABOUT_NAME) else None


def _spans(lines: Sequence[int]) -> str:
    """Write lines as a person lists them: `48-62, 72`."""
    spans: list[list[int]] = []
    for line in lines:
        if spans and line == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], line]
        else:
            spans.append([line, line])
    said = [f"{a}-{b}" if a != b else str(a) for a, b in spans]
    return ", ".join(said[:6]) + (" …" if len(said) > 6 else "")
