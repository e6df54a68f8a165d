"""What is wrong with a text that a YAML parser refuses, and on which line the slip is; pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import yaml

from itareport.plain.tree import Mark
from itareport.problems import Place, Problem, problem

_SIGN = "ค่าขึ้นต้นด้วย * & หรือ ! ซึ่งมีความหมายพิเศษ"
_NO_DASH = "บรรทัดนี้ไม่มี - นำหน้าเหมือนรายการอื่น"
_ODD_INDENT = "บรรทัดนี้ย่อหน้าด้วยเว้นวรรคชนิดพิเศษซึ่งติดมากับการคัดลอก โปรดเคาะเว้นวรรคแทน"
_ONLY_DASH = (
    "ค่าที่มีเพียง - คือรายการ โปรดเว้นว่าง หากข้อนั้นไม่มีคะแนน "
    "โปรดใช้ missing: ไม่ถูกประเมิน หรือ missing: ไม่แสดงในผลที่เผยแพร่"
)
_INDENT = "บรรทัดนี้ย่อหน้าไม่ตรงกับ"
_SAID = (
    # what PyYAML says (either of its parsers) -> what the clerk is told
    ("could not find expected ':'", "ขาดเครื่องหมาย : หลังชื่อช่อง หรือบรรทัดนี้ย่อหน้าไม่ตรง"),
    ("mapping values are not allowed", "มีเครื่องหมาย : ในที่ที่ไม่ควรมี หรือบรรทัดนี้ย่อหน้าไม่ตรง"),
    ("sequence entries are not allowed", "มีเครื่องหมาย - ในที่ที่ไม่ควรมี"),
    ("block sequence", f"{_INDENT}รายการเดียวกัน หรือไม่มี - นำหน้า"),
    ("block collection", f"{_INDENT}รายการเดียวกัน หรือไม่มี - นำหน้า"),
    ("block mapping", f"{_INDENT}ช่องอื่นในกลุ่มเดียวกัน"),
    ("flow sequence", "ขาดเครื่องหมาย , ระหว่างค่าในวงเล็บ [ ]"),
    ("flow mapping", "ขาดเครื่องหมาย , ระหว่างช่องในวงเล็บ { }"),
    ("flow node", "วงเล็บ [ ] หรือ { } ไม่ครบคู่"),
    ("cannot start any token", "ค่าขึ้นต้นด้วยเครื่องหมายที่มีความหมายพิเศษ (เช่น % @ `)"),
    ("escape", "มีเครื่องหมาย \\ ในข้อความที่อยู่ในเครื่องหมายคำพูดคู่"),
    ("block scalar", "เครื่องหมาย | หรือ > มีข้อความต่อท้ายในบรรทัดเดียวกัน หรือย่อหน้าไม่ตรง"),
    ("an alias", _SIGN),
    ("an anchor", _SIGN),
    ("a tag", _SIGN),
    ("document start", "มีข้อความหลังจบข้อมูล หรือบรรทัดนี้ย่อหน้าไม่ตรง"),
    ("directive", "บรรทัดขึ้นต้นด้วยเครื่องหมาย %"),
)
_NO_SPACE = re.compile(
    r"\s*(?:-\s+)?(?P<typed>(?P<key>[A-Za-z_][A-Za-z0-9_]*):(?!//)(?P<value>\S.*))"
)
_TWO_COLONS = re.compile(
    r"(?P<before>\s*(?:- +)*[^\s:'\"][^:]*:\s+)(?P<text>[^'\"|>\s].*:(?:\s.*|$))"
)
_ODD_SPACE = re.compile(" *[\u00a0\u2000-\u200b\u202f\u3000\ufeff]")
_CLOSERS = {"{": "}", "[": "]"}


def of_yaml(
    error: yaml.YAMLError,
    text: str,
    name: str,
    bracket: tuple[str, Mark] | None,
    quoted: tuple[Mark, Mark] | None,
) -> Problem:
    """Return the problem at the place of the slip, which is often not where the parser stopped.

    Args:
        error: What the parser said.
        text: The whole file.
        name: The file's name.
        bracket: The bracket that is open where the parser stopped, and its place.
        quoted: Where the last text in quotes began and ended.
    """
    mark: Any = getattr(error, "problem_mark", None)
    context: Any = getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    if context is not None and "quoted scalar" in said and "escape" not in said:
        return problem("D116").at(Place(name, context.line + 1, context.column + 1))
    place = Place(name, mark.line + 1, mark.column + 1) if mark is not None else Place(name)
    lines = re.split("\r\n?|\n", text)
    if context is not None and "flow" in said:
        sign = "{" if "mapping" in said else "["
        bracket = (sign, (context.line + 1, context.column + 1))
    if context is not None and "simple key" in said:
        place = Place(name, context.line + 1, context.column + 1)
    return (
        _of_tab(lines, place)
        or (_after_quotes(lines, place, quoted) if quoted else None)
        or (_open_bracket(lines, place, bracket) if bracket else None)
        or _of_line(lines, place, said)
        or problem("D108", what=_in_thai(said)).at(place)
    )


def _in_thai(said: str) -> str:
    return next((thai for words, thai in _SAID if words in said), "โปรแกรมอ่านบรรทัดนี้ไม่ได้")


def _line(lines: list[str], number: int | None) -> str:
    return lines[number - 1] if number and 0 < number <= len(lines) else ""


def _before(lines: list[str], number: int) -> int:
    """Return the number of the line before in which more than a comment stands; 0 for none."""
    said = (n for n in range(number - 1, 0, -1) if _line(lines, n).lstrip()[:1] not in ("", "#"))
    return next(said, 0)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _of_tab(lines: list[str], place: Place) -> Problem | None:
    """Find a tab in the indentation of the line where the parser stopped, or of the one before."""
    for number in (place.line or 0, (place.line or 0) - 1):
        line = _line(lines, number)
        if "\t" in (indent := line[: len(line) - len(line.lstrip(" \t-"))]):
            return problem("D109").at(Place(place.file, number, indent.index("\t") + 1))
    return None


def _after_quotes(lines: list[str], place: Place, quoted: tuple[Mark, Mark]) -> Problem | None:
    """Find words after a closing quote: of a text that begins with a quotation, or of the next."""
    start, (line, column) = quoted
    if (place.line, place.column or 0) < (line, column):
        return None
    rest = _line(lines, line)[column - 1 :]
    if place.line != line or rest[: (place.column or 0) - column].strip():
        return None
    if rest.strip()[:1] in ("", "#", "'", '"', "{", "[", "}", "]", ",", ":"):
        return None
    at = Place(place.file, *start)
    if start[0] != line:
        return problem("D116").at(at)
    typed = _line(lines, line)[start[1] - 1 :].strip()
    return problem("D145", typed=_cut(typed)).at(at)


def _open_bracket(lines: list[str], place: Place, bracket: tuple[str, Mark]) -> Problem | None:
    """Find a bracket that is not closed: on its line, or before the next thing at its level."""
    sign, (line, column) = bracket
    stopped = place.line or 0
    level = _indent(_line(lines, line))
    last = line
    for number in range(line + 1, min(len(lines), stopped + 1) + 1):
        found = _line(lines, number)
        if found.strip() and not found.lstrip().startswith("#"):
            if _indent(found) <= level and found.lstrip()[0] not in "]}":
                break
            last = number
    at_end = not _line(lines, stopped)[(place.column or 1) - 1 :].strip() and stopped >= len(lines)
    wrong = _line(lines, stopped)[(place.column or 1) - 1 :][:1]
    if wrong in ("}", "]") and wrong != _CLOSERS[sign]:
        where = f"หน้า {wrong} ในบรรทัด {stopped}"
    elif stopped > last or at_end:
        where = f"ท้ายบรรทัด {last}"
    else:
        return None
    facts: dict[str, Any] = {"sign": sign, "line": line, "closer": _CLOSERS[sign], "where": where}
    return problem("D148", **facts).at(Place(place.file, line, column))


def _of_line(lines: list[str], place: Place, said: str) -> Problem | None:
    """Find a slip of one line by its looks: the line where the parser stopped, or one before."""
    number = place.line or 0
    before = _before(lines, number)
    for near in (number, before):
        at = Place(place.file, near)
        if (glued := _NO_SPACE.fullmatch(_line(lines, near))) and "escape" not in said:
            fixed = f"{glued['key']}: {glued['value'].strip()}"
            facts = {"typed": _cut(glued["typed"].strip()), "fixed": _cut(fixed), "more": ""}
            return _told("D141", replace(at, column=glued.start("typed") + 1), **facts)
        if odd := _ODD_SPACE.match(_line(lines, near)):
            return _told("D108", replace(at, column=odd.end()), what=_ODD_INDENT)
    line = _line(lines, number)
    at = replace(place, column=len(line) - len(line.lstrip()) + 1)
    return (
        _wrong_sign(line.lstrip(), said, at)
        or _wide_colon(_line(lines, before), Place(place.file, before))
        or _wrong_value(line, said, place)
        or (_lost_dash(lines, said, at))
    )


def _told(code: str, at: Place, **facts: str) -> Problem:
    said: dict[str, Any] = dict(facts)
    return problem(code, **said).at(at)


def _wrong_sign(start: str, said: str, at: Place) -> Problem | None:
    """Find signs that only look like the dash and the colon, and a dash without its space."""
    if start[:1] in ("–", "—", "−"):
        return _told("D108", at, what=f"บรรทัดนี้ขึ้นต้นด้วยขีดยาว ({start[0]}) แทนขีดสั้น (-)")
    if re.match(r"-[^\s-]", start) and ("block" in said or "simple key" in said):
        return _told("D144", at, typed=_cut(start), fixed=_cut(f"- {start[1:]}"))
    return _wide_colon(start, at)


def _wide_colon(line: str, at: Place) -> Problem | None:
    """Find a colon as other scripts have it, which YAML takes for a letter."""
    found = re.match("\\s*[^\\s\uff1a]+(\uff1a)", line)
    at = replace(at, column=at.column or (found.start(1) + 1 if found else 1))
    return _told("D108", at, what="ใช้เครื่องหมาย \uff1a แบบเต็มตัวแทน :") if found else None


def _wrong_value(line: str, said: str, place: Place) -> Problem | None:
    """Find values that YAML takes for something else: a text with a colon, a dash alone."""
    if "mapping values" in said and (colon := _TWO_COLONS.fullmatch(line)):
        at = replace(place, column=colon.start("text") + 1)
        return _told("D146", at, typed=_cut(colon["text"].strip()))
    if "sequence entries" in said and re.search(r":\s+-\s*(?:#.*)?$", line):
        return _told("D108", place, what=_ONLY_DASH)
    return None


def _lost_dash(lines: list[str], said: str, at: Place) -> Problem | None:
    """Find a line that stands where a dash should: before a list's first dash, or after one."""
    number = at.line or 0
    line = _line(lines, number)
    if "simple key" in said and ":" not in line and _follows_dash(lines, number):
        return _told("D108", at, what=_NO_DASH)
    if "block mapping" not in said or not line.lstrip().startswith("- "):
        return None
    for before in range(number - 1, 0, -1):
        first = _line(lines, before)
        if first.strip() and not first.lstrip().startswith("#"):
            alike = _indent(first) == _indent(line) and not first.rstrip().endswith(":")
            return _told("D108", replace(at, line=before), what=_NO_DASH) if alike else None
    return None


def _follows_dash(lines: list[str], number: int) -> bool:
    """Return whether the line before, at the same level, is an entry of a list."""
    before = _line(lines, number - 1)
    return before.lstrip().startswith("- ") and _indent(before) == _indent(_line(lines, number))


def _cut(text: str) -> str:
    text = "".join(c if c.isprintable() else " " for c in text)
    return text if len(text) <= 40 else f"{text[:39]}…"
