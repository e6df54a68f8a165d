"""A batch on the terminal: how far it is, and what came of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from itareport import batch
from itareport.batch.progress import Counts, Pace
from itareport.batch.record.entry import Complaint, Entry
from itareport.terminal import batch_result, show
from itareport.terminal.progress import BatchProgress, Progress

FAULT = Complaint("D200", "error", "บรรทัด 4", "ข้อ e7", "ไม่พบคะแนน", "โปรดเพิ่มแถว")
DOUBT = Complaint("D240", "warning", "", "", "เป็นเพียงคำเตือน", "โปรดตรวจ")


class Line(Progress):
    is_live = False

    def __init__(self, *, is_live):
        super().__init__(quiet=True)
        self.is_live, self.said = is_live, []

    def __call__(self, said):
        self.said.append(said)


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    return now


def test_the_line_says_count_rate_time_left_and_failures(clock):
    counts = Counts(1000, made=90, failed=10, _began=clock[0], rendering=Pace(100, 50))
    assert counts.line == "100/1000 (10%) · ไม่สำเร็จ 10"
    clock[0] += 50
    assert counts.line == "100/1000 (10%) · 2.0 รายงาน/วินาที · เหลือราว 7:30 นาที · ไม่สำเร็จ 10"
    counts.waiting = 12
    assert counts.line.startswith("100/1000 (10%) · รอ PDF 12 · 2.0 รายงาน/วินาที")
    counts.waiting = 0
    counts.unchanged = 900
    assert counts.line == "1000/1000 (100%) · 2.0 รายงาน/วินาที · ไม่เปลี่ยน 900 · ไม่สำเร็จ 10"


@pytest.mark.parametrize(
    ("left", "said"), [(20, "40 วินาที"), (120, "4:00 นาที"), (3600, "2:00 ชั่วโมง")]
)
def test_time_left_is_said_in_its_own_measure(clock, left, said):
    counts = Counts(30 + left, made=30, _began=clock[0], rendering=Pace(30, 60))
    clock[0] += 60
    assert f"30.0 รายงาน/นาที · เหลือราว {said}" in counts.line


@pytest.mark.parametrize(
    ("columns", "bar"), [(30, ""), (35, "█" * 5 + "░" * 5), (200, "█" * 10 + "░" * 10)]
)
def test_the_bar_has_the_room_that_the_line_leaves(monkeypatch, clock, columns, bar):
    monkeypatch.setenv("COLUMNS", str(columns))
    line = Line(is_live=True)
    teller = BatchProgress(line)
    clock[0] += 1
    teller(Counts(4, made=2, _began=clock[0]))
    assert line.said == [f"{bar} 2/4 (50%) · ไม่สำเร็จ 0".lstrip()]


@pytest.mark.parametrize(("is_live", "times"), [(True, 10), (False, 1)])
def test_it_is_not_said_oftener_than_one_can_read(clock, is_live, times):
    line = Line(is_live=is_live)
    teller = BatchProgress(line)
    for _ in range(110):
        clock[0] += 0.1 if is_live else 0.091
        teller(Counts(4, made=1))
    assert times <= len(line.said) <= times * 11
    assert all(("█████░░░░░" in said) == is_live for said in line.said)


def result(**more):
    counts = Counts(9, made=5, failed=2, unchanged=1, left_alone=1)
    failed = [Entry("ก", "in/ก.yaml", "failed", problems=(DOUBT, FAULT))]
    return batch.RunResult(counts, {"ไฟล์ซ่อน": [f"{n}" for n in range(7)]}, failed, **more)


def shown(done, *, as_json=False):
    if as_json:
        show.as_document(batch_result.facts(done))
    else:
        show.lines(batch_result.lines(done, Path("out")))
    return batch_result.status(done)


def test_what_came_of_it_is_said_and_some_failed_is_nine(capsys):
    done = result(unrelated=["เก่า.docx"], duplicates=["a", "b"], old_pdfs=["ก.pdf"])
    assert shown(done) == 9
    said = capsys.readouterr().out
    assert "ข้าม 7 รายการ เพราะเป็นไฟล์ซ่อน: 0, 1, 2, 3, 4 และอีก 2" in said
    assert "== in/ก.yaml\n  บรรทัด 4 (ข้อ e7): ไม่พบคะแนน | โปรดเพิ่มแถว [D200]" in said
    assert "คำเตือน" not in said
    assert "อีก 1 รายงาน ดูใน summary.xlsx" in said
    assert "เก่า.docx" in said
    assert "2 ชุด: a, b" in said
    assert "--pdf หรือลบ: ก.pdf" in said
    assert "ทั้งหมด 9 รายงาน จัดทำ 5 ไม่เปลี่ยน 1 ไม่ได้สั่งให้ทำ 1 ไม่สำเร็จ 2" in said


def test_all_well_is_nought(capsys):
    assert shown(batch.RunResult(Counts(3, made=3), {})) == 0
    assert capsys.readouterr().out.startswith("ทั้งหมด 3 รายงาน จัดทำ 3 ไม่สำเร็จ 0\n")


def test_as_json_it_is_for_programs(capsys):
    assert shown(result(), as_json=True) == 9
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["made"], told["failed"], told["total"]) == (9, 5, 2, 9)
    assert [one["code"] for one in told["failures"][0]["problems"]] == ["D240", "D200"]
