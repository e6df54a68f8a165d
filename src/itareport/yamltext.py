"""Untrusted YAML and JSON -> plain data with places.

Only the events of a YAML parser are used: its composer follows aliases without end, turns `010`
into 8 and `no` into False, and crashes on 200 kB of `[`.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias

import yaml
from yaml import events

from itareport.errors import FieldPath, ItaReportError, Place, Problem, problem

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
"""Plain data: scalars are text as written, or None where nothing is written."""

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 50
MAX_VALUES = 100_000
"""Far more than any report holds (the example: 400); keeps hostile files quick to refuse."""

_Mark: TypeAlias = tuple[int, int]
"""Line and column, from 1."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, and where each value stands in it."""

    data: Tree
    places: dict[FieldPath, Place]


def read(data: bytes, name: str) -> Document:
    """Read one YAML document as text, lists and mappings, nothing turned into anything else.

    Raises:
        ItaReportError: D104 to D116, each with its place: too big, empty, no text, not UTF-8,
            not YAML, too deep, aliases, anchors or tags, several documents, doubled names.
    """
    text = _decoded(data, name)
    tree = _Tree(name)
    try:
        for event in yaml.parse(_veiled(text), Loader=_LOADER):
            _take(tree, event)
    except yaml.YAMLError as error:
        raise ItaReportError(_of_yaml(error, text, name)) from None
    return tree.document()


def read_json(data: bytes, name: str) -> Document:
    """Read JSON as strictly as the standard writes it, in the same shape as `read`.

    Numbers, `true` and `false` stay as written.

    Raises:
        ItaReportError: as `read`.
    """
    text = _decoded(data, name)
    tree = _Tree(name)
    _Json(text, tree).read()
    return tree.document()


# -- bytes to text -------------------------------------------------------------------------

_MAGIC = (
    (b"PK\x03\x04", "ไฟล์ Excel, Word หรือ ZIP"),
    (b"\xd0\xcf\x11\xe0", "ไฟล์ Excel หรือ Word รุ่นเก่า"),
    (b"%PDF", "ไฟล์ PDF"),
    (b"\x89PNG", "ไฟล์ภาพ PNG"),
    (b"\xff\xd8\xff", "ไฟล์ภาพ JPEG"),
)
_HIGH = re.compile(rb"[\x80-\xff]")
_THAI = re.compile("[\u0e00-\u0e7f]")


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise ItaReportError(problem("D104").at(Place(name)))
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise ItaReportError(problem("D106", kind=kind).at(Place(name)))
    if wide := _wide(data):
        raise ItaReportError(problem("D107", encoding=wide).at(Place(name)))
    if b"\x00" in data:
        raise ItaReportError(problem("D106", kind="ไฟล์ที่ไม่ใช่ข้อความ").at(Place(name)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        found = problem("D107", encoding=_guessed(data))
        raise ItaReportError(found.at(Place(name, line, column))) from None
    if not text.strip():
        raise ItaReportError(problem("D105").at(Place(name)))
    return text


def _wide(data: bytes) -> str:
    """Name UTF-16 or UTF-32 where a mark, or every second byte, tells of it."""
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    half = len(data[:2000]) // 2
    highs = max(
        (data[:2000][start::2].count(b) for start in (0, 1) for b in b"\x00\x0e"), default=0
    )
    return "UTF-16" if b"\x00" in data[:2000] and highs > half // 2 > 2 else ""


def _guessed(data: bytes) -> str:
    """Name the encoding of Thai text before UTF-8 where most of the high bytes are Thai letters."""
    high = b"".join(_HIGH.findall(data[:100_000]))
    thai = len(_THAI.findall(high.decode("cp874", errors="ignore")))
    return "TIS-620 (Windows-874)" if thai > len(high) * 0.9 else "รหัสอื่นที่ไม่ใช่ UTF-8"


# Characters that YAML refuses or takes for ends of lines go through the parser as others of the
# same length, so that places stay right and `thai` can mend or name them field by field.
_VEIL = {code: 0x10F000 + code for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160))}
_VEIL |= {0x2028: 0x10F128, 0x2029: 0x10F129, 0xFEFF: 0x10F1FF, 0xFFFE: 0x10F1FE, 0xFFFF: 0x10F1FD}
_UNVEIL = {veil: code for code, veil in _VEIL.items()}
_VEILABLE = re.compile("[" + "".join(re.escape(chr(code)) for code in _VEIL) + "]")


def _veiled(text: str) -> str:
    return text.translate(_VEIL) if _VEILABLE.search(text) else text


def _unveiled(text: str) -> str:
    return text if text.isascii() or max(text) < "\U0010f000" else text.translate(_UNVEIL)


# -- a tree and its places -----------------------------------------------------------------


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being filled; `key` waits for its value."""

    into: dict[str, Tree] | list[Tree]
    path: FieldPath
    key: str | None = None
    keys: dict[str, _Mark] = field(default_factory=dict)


class _Tree:
    """The tree as it grows; the same for YAML and JSON."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._root: list[Tree] = []
        self._frames: list[_Frame] = []
        self._places: dict[FieldPath, Place] = {}
        self._doubled: list[Problem] = []

    def place(self, mark: _Mark) -> Place:
        return Place(self._name, *mark)

    def fail(self, code: str, mark: _Mark, **facts: object) -> NoReturn:
        raise ItaReportError(problem(code, **facts).at(self.place(mark)))

    def awaits_key(self) -> bool:
        return (
            bool(self._frames)
            and isinstance(self._frames[-1].into, dict)
            and (self._frames[-1].key is None)
        )

    def complete(self) -> bool:
        return bool(self._root) and not self._frames

    def open(self, into: dict[str, Tree] | list[Tree], mark: _Mark) -> None:
        if self.awaits_key():
            self.fail("D108", mark, what="ชื่อช่องเป็นรายการหรือกลุ่มของช่องไม่ได้")
        if len(self._frames) >= MAX_DEPTH:
            self.fail("D113", mark, limit=MAX_DEPTH)
        path = self._add(into, mark)
        self._frames.append(_Frame(into, path))

    def close(self) -> None:
        self._frames.pop()

    def scalar(self, value: str | None, mark: _Mark) -> None:
        if self.awaits_key():
            self._key(value, mark)
        else:
            self._add(value, mark)

    def document(self) -> Document:
        """Return what was read, unless a name stands twice or nothing was said."""
        if self._doubled:
            raise ItaReportError(*self._doubled)
        if not self._root or self._root[0] is None:
            raise ItaReportError(problem("D105").at(Place(self._name)))
        return Document(self._root[0], self._places)

    def _key(self, value: str | None, mark: _Mark) -> None:
        frame = self._frames[-1]
        if value is None:
            self.fail("D108", mark, what="ไม่มีชื่อช่องหน้าเครื่องหมาย :")
        if value in frame.keys:
            found = problem("D114", (*frame.path, value), key=value[:40])
            first = self.place(frame.keys[value])
            self._doubled.append(found.at(self.place(mark), also=[first]))
        frame.keys.setdefault(value, mark)
        frame.key = value

    def _add(self, value: Tree, mark: _Mark) -> FieldPath:
        path: FieldPath = ()
        if not self._frames:
            self._root.append(value)
        else:
            frame = self._frames[-1]
            if isinstance(frame.into, list):
                path = (*frame.path, len(frame.into))
                frame.into.append(value)
            else:
                assert frame.key is not None
                path = (*frame.path, frame.key)
                frame.into[frame.key] = value
                frame.key = None
        self._places[path] = self.place(mark)
        if len(self._places) > MAX_VALUES:
            self.fail("D104", mark)
        return path


# -- YAML ----------------------------------------------------------------------------------

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = ("", "~", "null", "Null", "NULL")


def _take(tree: _Tree, event: events.Event) -> None:
    mark = (event.start_mark.line + 1, event.start_mark.column + 1)
    if isinstance(event, events.AliasEvent):
        tree.fail("D111", mark, sign="*")
    if getattr(event, "anchor", None) is not None:
        tree.fail("D111", mark, sign="&")
    if getattr(event, "tag", None) is not None:
        tree.fail("D111", mark, sign="!")
    if isinstance(event, events.ScalarEvent):
        nothing = event.style is None and event.value in _NOTHING and not tree.awaits_key()
        empty = event.style is None and not event.value
        tree.scalar(None if nothing or empty else _unveiled(event.value), mark)
    elif isinstance(event, events.MappingStartEvent):
        tree.open({}, mark)
    elif isinstance(event, events.SequenceStartEvent):
        tree.open([], mark)
    elif isinstance(event, events.CollectionEndEvent):
        tree.close()
    elif isinstance(event, events.DocumentStartEvent) and tree.complete():
        tree.fail("D112", mark)


_SAID = (
    # what PyYAML says (either of its parsers) -> what the clerk is told
    ("could not find expected ':'", "ขาดเครื่องหมาย : หลังชื่อช่อง หรือบรรทัดนี้ย่อหน้าไม่ตรง"),
    ("mapping values are not allowed", "มีเครื่องหมาย : ในที่ที่ไม่ควรมี หรือบรรทัดนี้ย่อหน้าไม่ตรง"),
    ("sequence entries are not allowed", "มีเครื่องหมาย - ในที่ที่ไม่ควรมี"),
    ("block sequence", "บรรทัดนี้ย่อหน้าไม่ตรงกับรายการเดียวกัน"),
    ("block collection", "บรรทัดนี้ย่อหน้าไม่ตรงกับรายการเดียวกัน"),
    ("block mapping", "บรรทัดนี้ย่อหน้าไม่ตรงกับช่องอื่นในกลุ่มเดียวกัน"),
    ("flow sequence", "วงเล็บ [ ] ไม่ครบคู่ หรือขาดเครื่องหมาย , ระหว่างค่า"),
    ("flow mapping", "วงเล็บ { } ไม่ครบคู่ หรือขาดเครื่องหมาย , ระหว่างช่อง"),
    ("flow node", "วงเล็บ [ ] หรือ { } ไม่ครบคู่"),
    ("cannot start any token", "ค่าขึ้นต้นด้วยเครื่องหมายที่มีความหมายพิเศษ (เช่น % @ `)"),
    ("escape", "มีเครื่องหมาย \\ ในข้อความที่อยู่ในเครื่องหมายคำพูดคู่"),
    ("block scalar", "เครื่องหมาย | หรือ > มีข้อความต่อท้ายในบรรทัดเดียวกัน หรือย่อหน้าไม่ตรง"),
    ("document start", "มีข้อความหลังจบข้อมูล หรือบรรทัดนี้ย่อหน้าไม่ตรง"),
    ("directive", "บรรทัดขึ้นต้นด้วยเครื่องหมาย %"),
)


def _of_yaml(error: yaml.YAMLError, text: str, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    if context_mark is not None and "quoted scalar" in said and "escape" not in said:
        return problem("D116").at(_place_of(context_mark, name))
    place = _place_of(mark, name) if mark is not None else Place(name)
    if tab := _tab(text, place):
        return problem("D109").at(tab)
    for words, thai in _SAID:
        if words in said:
            return problem("D108", what=thai).at(place)
    return problem("D108", what="โปรแกรมอ่านบรรทัดนี้ไม่ได้").at(place)


def _place_of(mark: yaml.Mark, name: str) -> Place:
    return Place(name, mark.line + 1, mark.column + 1)


def _tab(text: str, place: Place) -> Place | None:
    """Find a tab in the indentation of the line where the parser stopped, or of the one before."""
    lines = re.split("\r\n?|\n", text)
    for number in (place.line or 0, (place.line or 0) - 1):
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        if "\t" in (indent := line[: len(line) - len(line.lstrip(" \t-"))]):
            return Place(place.file, number, indent.index("\t") + 1)
    return None


# -- JSON ----------------------------------------------------------------------------------

_JSON_TOKEN = re.compile(
    r'"(?P<string>[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1f]*)*)"'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![\w.])"
    r"|(?P<word>true|false|null)(?!\w)"
    r"|(?P<sign>[{}\[\],:])"
)
_JSON_SPACE = re.compile(r"[ \t\r\n]*")
_JSON_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")
_JSON_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_ANY_WORD = re.compile(r"[^\s,:\[\]{}\"]{1,40}")


class _Json:
    """A reader of JSON without recursion: the tree's frames remember where it is."""

    def __init__(self, text: str, tree: _Tree) -> None:
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
            yield match, kind, _json_string(value) if kind == "string" else value
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
        self._fail(offset, f'"{word[0] if word else rest[0]}" ไม่ใช่ค่าของ JSON')

    def _fail(self, offset: int, what: str) -> NoReturn:
        self._tree.fail("D108", self._mark(offset), what=what)

    def _mark(self, offset: int) -> _Mark:
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _json_string(text: str) -> str:
    if "\\" not in text:
        return text

    def written(match: re.Match[str]) -> str:
        if match[1]:
            return chr(int(match[1], 16))
        return _JSON_ESCAPES.get(match[2], match[2])

    return _PAIR.sub(_paired, _JSON_ESCAPE.sub(written, text))


def _paired(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
