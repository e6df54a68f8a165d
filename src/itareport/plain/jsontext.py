"""JSON, as strictly as the standard writes it, with places and without recursion."""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterator
from typing import NoReturn

from itareport.plain.decoding import decoded
from itareport.plain.tree import Builder, Mark, PlainData


def read_json(data: bytes, name: str) -> PlainData:
    """Read JSON as strictly as the standard writes it, in the same shape as `read`.

    Numbers, `true` and `false` stay as written.

    Raises:
        ItaReportError: as `read`.
    """
    text = decoded(data, name)
    tree = Builder(name)
    _Json(text, tree).read()
    return tree.document()


_JSON_TOKEN = re.compile(
    r'"(?P<string>[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1f]*)*)"'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![\w.])"
    r"|(?P<word>true|false|null)(?!\w)"
    r"|(?P<sign>[{}\[\],:])"
)
_JSON_SPACE = re.compile(r"[ \t\r\n]*")
_ANY_WORD = re.compile(r"[^\s,:\[\]{}\"]{1,40}")


class _Json:
    """A reader of JSON without recursion: the tree's frames remember where it is."""

    def __init__(self, text: str, tree: Builder) -> None:
        self._text = text
        self._tree = tree
        self._starts = [0, *(m.end() for m in re.finditer("\r\n?|\n", text))]
        self._end = 0

    def read(self) -> None:
        """Read one value and see that nothing follows it."""
        closers: list[str] = []
        wanted = "value"
        for token, kind, value in self._tokens():
            mark = self._mark(token.start())
            if wanted == "end":
                self._fail(token.start(), "มีข้อความหลังจบข้อมูล")
            if kind == "sign" and value in ("}", "]"):
                self._close(closers, value, wanted, token.start())
                wanted = "more" if closers else "end"
            elif wanted in ("key", "first key"):
                if kind != "string":
                    self._fail(token.start(), 'ชื่อช่องต้องอยู่ในเครื่องหมายคำพูดคู่ ("…")')
                self._tree.scalar(value, mark)
                wanted = ":"
            elif wanted == ":":
                self._expect(value if kind == "sign" else "", ":", token.start())
                wanted = "value"
            elif wanted == "more":
                self._expect(value if kind == "sign" else "", ",", token.start())
                wanted = "key" if closers[-1] == "}" else "value"
            elif kind == "sign":
                wanted = self._open(closers, value, token.start())
            else:
                self._tree.scalar(None if (kind, value) == ("word", "null") else value, mark)
                wanted = "more" if closers else "end"
        if wanted != "end":
            self._fail(self._end, "ข้อมูลจบกลางคัน วงเล็บหรือค่าไม่ครบ")

    def _tokens(self) -> Iterator[tuple[re.Match[str], str, str]]:
        position = self._skip(0)
        while position < len(self._text):
            match = _JSON_TOKEN.match(self._text, position)
            if match is None:
                self._refuse(position)
            kind = match.lastgroup or ""
            value = match[kind]
            is_escaped = kind == "string" and "\\" in value
            yield match, kind, json.loads(f'"{value}"') if is_escaped else value
            position = self._skip(match.end())
        self._end = position

    def _skip(self, position: int) -> int:
        match = _JSON_SPACE.match(self._text, position)
        return match.end() if match else position

    def _open(self, closers: list[str], value: str, offset: int) -> str:
        if value not in ("{", "["):
            self._fail(offset, f"มีเครื่องหมาย {value} ในที่ที่ควรเป็นค่า")
        self._tree.open({} if value == "{" else [], self._mark(offset))
        closers.append("}" if value == "{" else "]")
        return "first key" if value == "{" else "first value"

    def _close(self, closers: list[str], value: str, wanted: str, offset: int) -> None:
        if not closers or closers[-1] != value:
            self._fail(offset, f"วงเล็บ {value} ไม่มีคู่")
        if wanted not in ("more", "first key", "first value"):
            self._fail(offset, f"ขาดค่าหรือมีเครื่องหมายเกินหน้าวงเล็บ {value}")
        closers.pop()
        self._tree.close()

    def _expect(self, value: str, sign: str, offset: int) -> None:
        if value != sign:
            self._fail(offset, f"ขาดเครื่องหมาย {sign}")

    def _refuse(self, offset: int) -> NoReturn:
        """Say what is wrong with a token that JSON does not have."""
        rest = self._text[offset : offset + 2]
        word = _ANY_WORD.match(self._text, offset)
        if rest[0] == '"':
            self._tree.fail("D116", self._mark(offset))
        if rest[0] == "'":
            self._fail(offset, 'ข้อความต้องอยู่ในเครื่องหมายคำพูดคู่ ("…")')
        if rest in ("//", "/*") or rest[0] == "#":
            self._fail(offset, "JSON มีหมายเหตุไม่ได้")
        self._fail(offset, f"“{word[0] if word else rest[0]}” ไม่ใช่ค่าของ JSON")

    def _fail(self, offset: int, what: str) -> NoReturn:
        self._tree.fail("D108", self._mark(offset), what=what)

    def _mark(self, offset: int) -> Mark:
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
