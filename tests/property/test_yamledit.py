"""A data file with some values changed reads as wanted, and keeps all else as it was typed."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itareport import plain
from itareport.reading.yamledit import edited, without_nothing

EXAMPLE = (Path(__file__).parents[2] / "examples" / "kuansaothong-2568.yaml").read_bytes()
TREE = plain.read(EXAMPLE, "a.yaml").data
TEXTS = st.one_of(
    st.text("กขค 0-:#\"'\n[]{}&*!|>%@`,?", max_size=40),
    st.sampled_from(["null", "~", "- ก", "ก: ข", "ก # ข", "ย" * 200, "ก ข " * 40, " ก", "ก "]),
)


def read(data: bytes) -> Any:
    return without_nothing(plain.read(data, "a.yaml").data)


def paths(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    known = (
        tree if isinstance(tree, dict) else dict(enumerate(tree if isinstance(tree, list) else ()))
    )
    return [path, *(p for step, value in known.items() for p in paths(value, (*path, step)))]


def at(tree: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_any_change_reads_as_wanted(data: st.DataObject) -> None:
    wanted = copy.deepcopy(TREE)
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from([p for p in paths(wanted) if p]))
        around, last = at(wanted, path[:-1]), path[-1]
        act = data.draw(st.sampled_from(["set", "remove", "add", "double"]))
        if act == "set":
            around[last] = data.draw(TEXTS)
        elif act == "remove":
            around.pop(last)
        elif isinstance(around, list):
            row = copy.deepcopy(around[last])
            around.insert(last, row if act == "double" else data.draw(TEXTS))
        else:
            around["ใหม่"] = data.draw(st.one_of(TEXTS, st.lists(TEXTS, max_size=2)))
    assert read(edited(EXAMPLE, "a.yaml", wanted).data) == without_nothing(wanted)


COMMENTED = """\
# หัวเรื่อง
agency:   # ใครก็ได้
  name: ก    # ชื่อ
  kind: "เทศบาลตำบล"
  units: [สำนักปลัด, กองคลัง]  # สองกอง

scores:
  # กลุ่มแรก
  - {code: i1, score: 90}   # ดี
  - code: i2  # สอง
    score:
  - code: i3
    note: |-
      บรรทัดหนึ่ง
      บรรทัดสอง
# ท้ายไฟล์
"""


def changed(change: Any, text: str = COMMENTED) -> str:
    wanted = read(text.encode())
    change(wanted)
    made = edited(text.encode(), "a.yaml", wanted)
    assert read(made.data) == wanted
    assert not made.loses_comments
    return made.data.decode()


def put(*path: Any) -> Any:
    *around, last, value = path
    return lambda tree: at(tree, tuple(around)).__setitem__(last, value)


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (put("agency", "name", "ข"), "name: ก    # ชื่อ", "name: ข    # ชื่อ"),
        (put("agency", "kind", "อบต."), 'kind: "เทศบาลตำบล"', 'kind: "อบต."'),
        (put("agency", "units", 1, "กองช่าง"), "[สำนักปลัด, กองคลัง]", "[สำนักปลัด, กองช่าง]"),
        (put("scores", 0, "score", "95"), "score: 90}   # ดี", "score: 95}   # ดี"),
        (put("scores", 1, "score", "80"), "    score:\n", "    score: 80\n"),
        (put("scores", 2, "note", "สั้น"), "|-\n      บรรทัดหนึ่ง\n      บรรทัดสอง", "สั้น"),
        (lambda t: t["scores"].pop(1), "  - code: i2  # สอง\n    score:\n", ""),
        (lambda t: t["agency"].pop("kind"), '  kind: "เทศบาลตำบล"\n', ""),
        (
            put("agency", "size", "เล็ก"),
            "กองคลัง]  # สองกอง\n", "กองคลัง]  # สองกอง\n  size: เล็ก\n",
        ),
        (lambda t: t["scores"].append({"code": "i4"}), "สอง\n# ท้าย", "สอง\n  - {code: i4}\n# ท้าย"),
        (
            lambda t: t["scores"].insert(1, {"code": "i9"}),
            "# ดี\n", "# ดี\n  - {code: i9}\n",
        ),
    ],
)  # fmt: skip
def test_only_what_is_new_is_written(change: Any, old: str, new: str) -> None:
    assert COMMENTED.count(old) == 1
    assert changed(change) == COMMENTED.replace(old, new)


def test_a_file_with_ends_of_lines_of_windows_keeps_them() -> None:
    text = COMMENTED.replace("\n", "\r\n")
    made = changed(put("agency", "size", "เล็ก\nมาก"), text)
    assert made.replace("\r\n", "").count("\n") == 0
    assert made.count("\r\n") > text.count("\r\n")


def test_comments_that_cannot_stay_are_told() -> None:
    made = edited(COMMENTED.encode(), "a.yaml", {"agency": {"name": "ก"}, "scores": "ไม่มี"})
    assert made.loses_comments
    assert read(made.data) == {"agency": {"name": "ก"}, "scores": "ไม่มี"}
