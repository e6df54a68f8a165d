"""A run over a folder: what is made, kept, told and made again; workers in this process."""

from __future__ import annotations

import contextlib
import errno
import gc
import itertools
import os
import sys
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from lxml import etree
from PIL import Image

import agencies
import interrupting
from itareport import batch
from itareport.actions import prepare
from itareport.batch import runner
from itareport.batch.lists import summary
from itareport.batch.record import lock
from itareport.batch.workers import tasks
from itareport.batch.workers.pool import LazyWorkers, WorkerDiedError
from itareport.problems import ExitStatus, ItaReportError, problem

LISTS = {"run.jsonl", "summary.xlsx"}


@pytest.fixture
def place(tmp_path):
    """Give three agencies and a folder of results; nothing temporary may be left in it."""
    agencies.folder(tmp_path / "in", 3)
    yield tmp_path
    assert not list((tmp_path / "out").rglob(".itareport*"))


def run(place, **how):
    return agencies.make(place / "in", place / "out", **how)


def counts(result):
    one = result.counts
    return one.made, one.unchanged, one.failed, one.left_alone


def codes(place, name=""):
    return [
        problem["code"]
        for line in agencies.lines(place / "out")
        if name in line["source"]
        for problem in line["problems"]
    ]


def a_file(place):
    return min((place / "in").rglob("*.json"))


def documents(place):
    return {n: data for n, data in agencies.files(place / "out").items() if n.endswith(".docx")}


def test_every_agency_has_its_report_and_its_line(place):
    assert counts(run(place)) == (3, 0, 0, 0)
    lines = agencies.lines(place / "out")
    assert {line["docx"] for line in lines} == set(documents(place))
    assert set(agencies.files(place / "out")) == set(documents(place)) | LISTS
    assert all(line["state"] == "done" and line["milliseconds"] >= 0 for line in lines)
    keys = {"fingerprint", "data", "template", "version", "docx_sha256", "problems", "pages"}
    assert keys <= set(lines[0])


def test_what_is_unchanged_is_not_made_again_nor_its_files_touched(place):
    run(place)
    before = agencies.files(place / "out")
    times = {path: path.stat().st_mtime_ns for path in (place / "out").rglob("*")}
    here = agencies.Here()
    assert counts(agencies.make(place / "in", place / "out", here)) == (0, 3, 0, 0)
    assert here.calls == []
    assert agencies.files(place / "out") == before
    assert {path: path.stat().st_mtime_ns for path in (place / "out").rglob("*")} == times


def _data_changed(place):
    agencies.write(a_file(place), agencies.data("ควนเสาธง", result__level="ผ่าน"))


def _document_lost(place):
    next(path for path in (place / "out").rglob("*.docx")).unlink()


def _document_damaged(place):
    next(path for path in (place / "out").rglob("*.docx")).write_bytes(b"PK")


def _journal_torn(place):
    journal = place / "out" / "run.jsonl"
    journal.write_bytes(journal.read_bytes()[:-30])


@pytest.mark.parametrize(
    "happens", [_data_changed, _document_lost, _document_damaged, _journal_torn]
)
def test_only_what_is_concerned_is_made_again(place, happens):
    run(place)
    happens(place)
    assert counts(run(place)) == (1, 2, 0, 0)
    assert counts(run(place)) == (0, 3, 0, 0)


def test_a_picture_that_changes_or_comes_makes_its_report_again(place):
    agencies.write(a_file(place), agencies.data(agency__emblem="ตรา.png"))
    assert counts(run(place)) == (2, 0, 1, 0)
    assert "D170" in codes(place)
    picture = a_file(place).parent / "ตรา.png"
    Image.new("RGB", (400, 400), "navy").save(picture)
    assert counts(run(place)) == (1, 2, 0, 0)
    assert counts(run(place)) == (0, 3, 0, 0)
    Image.new("RGB", (400, 400), "gold").save(picture)
    assert counts(run(place)) == (1, 2, 0, 0)


def test_other_options_templates_and_versions_make_all_again(place, monkeypatch):
    run(place)
    assert counts(run(place, options=prepare.Options(digits="arabic"))) == (3, 0, 0, 0)
    assert counts(run(place)) == (3, 0, 0, 0)
    assert counts(run(place, fresh=True)) == (3, 0, 0, 0)
    monkeypatch.setattr("itareport.batch.record.fingerprint.__version__", "9.9")
    assert counts(run(place)) == (3, 0, 0, 0)


def _broken(file):
    agencies.write(file, agencies.data("เสีย", scores=[]))


def test_only_failed_makes_those_and_touches_nothing_else(place):
    _broken(a_file(place))
    assert counts(run(place)) == (2, 0, 1, 0)
    before = agencies.files(place / "out")
    agencies.write(a_file(place), agencies.data("เสีย"))
    agencies.write(sorted((place / "in").rglob("*.json"))[1], agencies.data("เปลี่ยน"))
    assert counts(run(place, only_failed=True)) == (1, 0, 0, 2)
    after = agencies.files(place / "out")
    letters = {name for name in before if name.startswith("ต้องแก้ไข")}
    assert len(letters) == 1
    assert set(before) - set(after) == letters
    (new,) = set(after) - set(before)
    assert new.endswith("ทต.เสีย.docx")
    assert all(after[name] == before[name] for name in set(before) - letters - LISTS)
    assert counts(run(place, only_failed=True)) == (0, 0, 0, 3)


def test_only_failed_makes_what_never_was_made_too(place):
    """One that was added, and one whose name was mended so that it counts as another."""
    added, *others = sorted((place / "in").rglob("*.json"))
    whole = added.read_bytes()
    added.unlink()
    assert counts(run(place)) == (2, 0, 0, 0)
    added.write_bytes(whole)
    others[0].rename(others[0].with_stem("ชื่อใหม่"))
    agencies.write(others[1], agencies.data("เปลี่ยน"))
    before = documents(place)
    assert counts(run(place, only_failed=True)) == (2, 0, 0, 1)
    assert before.items() <= documents(place).items()
    assert [line["state"] for line in agencies.lines(place / "out")].count("done") == 3
    sheet = openpyxl.load_workbook(place / "out" / "summary.xlsx")["รายงาน"]
    assert sheet.max_row == 1 + 3


def test_a_failure_leaves_the_earlier_report_and_says_so(place):
    run(place)
    before = documents(place)
    _broken(a_file(place))
    result = run(place)
    assert counts(result) == (0, 2, 1, 0)
    assert documents(place) == before
    assert "O618" in codes(place)
    assert result.unrelated == []


def test_two_files_of_one_agency_are_both_made_and_both_told(place):
    first, second, third = sorted((place / "in").rglob("*.json"))
    agencies.write(first, agencies.data())
    agencies.write(second, agencies.data())
    result = run(place)
    assert counts(result) == (3, 0, 0, 0)
    assert len(documents(place)) == 3
    assert result.duplicates == [str(first), str(second)]
    assert codes(place).count("O613") == 2
    names = {line["source"]: line["docx"] for line in agencies.lines(place / "out")}
    assert counts(run(place, fresh=True)) == (3, 0, 0, 0)
    assert {line["source"]: line["docx"] for line in agencies.lines(place / "out")} == names
    agencies.write(second, agencies.data("อื่น"))
    assert run(place).duplicates == []
    assert "O613" not in codes(place)
    assert third.exists()


def test_a_report_whose_data_are_gone_is_kept_and_told(place):
    run(place)
    a_file(place).unlink()
    result = run(place)
    assert counts(result) == (0, 2, 0, 0)
    assert len(documents(place)) == 3
    assert len(result.unrelated) == 1
    assert [line["state"] for line in agencies.lines(place / "out")] == ["done", "done", "absent"]
    sheet = openpyxl.load_workbook(place / "out" / "summary.xlsx")["ไฟล์ที่ไม่มีในรอบนี้"]
    assert sheet["A2"].value == result.unrelated[0]


def _went(place):
    """Run once without the data of one report; return their file as it was, to be put back."""
    file = a_file(place)
    whole = file.read_bytes()
    file.unlink()
    run(place)
    return file, whole


@pytest.mark.parametrize("how", [{}, {"only_failed": True}])
def test_a_report_whose_data_come_back_is_not_made_again_but_listed(place, how):
    run(place)
    file, whole = _went(place)
    file.write_bytes(whole)
    result = run(place, **how)
    assert counts(result) == ((0, 0, 0, 3) if how else (0, 3, 0, 0))
    assert [line["state"] for line in agencies.lines(place / "out")] == ["done"] * 3
    book = openpyxl.load_workbook(place / "out" / "summary.xlsx")
    assert "ไฟล์ที่ไม่มีในรอบนี้" not in book.sheetnames
    assert book["รายงาน"].max_row == 1 + 3


def test_data_that_failed_and_come_back_fail_again(place):
    run(place)
    _broken(a_file(place))
    run(place)
    file, whole = _went(place)
    file.write_bytes(whole)
    assert counts(run(place)) == (0, 2, 1, 0)
    assert "O618" in codes(place)


def test_a_pdf_that_is_older_than_its_report_is_told_as_that(place, monkeypatch):
    monkeypatch.setattr(
        tasks, "convert", lambda docs: tuple(tasks.Converted((), b"%PDF", 5) for _ in docs)
    )
    assert run(place, pdf=True).old_pdfs == []
    agencies.write(a_file(place), agencies.data("ควนเสาธง"))
    renamed = run(place)
    assert (renamed.old_pdfs, len(renamed.unrelated)) == ([], 2)
    assert counts(run(place, pdf=True)) == (1, 2, 0, 0)
    _data_changed(place)
    for _ in range(2):  # a run that makes nothing says it again
        result = run(place)
        (name,) = result.old_pdfs
        assert name.endswith("ควนเสาธง.pdf")
        assert len(result.unrelated) == 2
        sheet = openpyxl.load_workbook(place / "out" / "summary.xlsx")["รายงาน"]
        shown = [cell.value for row in sheet.iter_rows(min_row=2) for cell in row]
        assert shown.count("ของครั้งก่อน") == 1
        assert shown.count("PDF") == 2
    assert run(place, pdf=True).old_pdfs == []


def test_a_document_edited_by_hand_is_kept_and_told(place):
    run(place)
    file = next(path for path in (place / "out").rglob("*.docx"))
    edited = docx.Document(file)
    edited.add_paragraph("แก้ด้วยมือ")
    edited.save(file)
    kept = file.read_bytes()
    result = run(place)
    assert counts(result) == (1, 2, 0, 0)
    assert "O607" in codes(place)
    assert kept in documents(place).values()
    assert result.unrelated == [f"{file.relative_to(place / 'out').with_suffix('')} (เดิม).docx"]


def test_drafts_that_wait_are_in_the_letters_until_they_are_confirmed(place):
    data = agencies.data("รอยืนยัน")
    data["remarks"][0]["draft"] = True
    agencies.write(a_file(place), data)
    run(place)
    (letter,) = (place / "out" / "ต้องแก้ไข").iterdir()
    assert "รอยืนยัน" in letter.name
    del data["remarks"][0]["draft"]
    agencies.write(a_file(place), data)
    result = run(place)
    assert not (place / "out" / "ต้องแก้ไข").exists()
    assert len(result.unrelated) == 1
    assert "(ร่าง)" in result.unrelated[0]


def test_without_data_there_is_nothing_to_do(tmp_path):
    (tmp_path / "in").mkdir()
    with pytest.raises(ItaReportError) as told:
        agencies.make(tmp_path / "in", tmp_path / "out")
    assert [p.code for p in told.value.problems] == ["D500"]
    assert not (tmp_path / "out").exists()


def test_inputs_none_of_which_is_there_leave_nothing_behind(place):
    absent = [place / "ไม่มี.yaml", place / "ไม่มี.csv"]
    with pytest.raises(ItaReportError) as told:
        agencies.make(absent, place / "out")
    assert [p.code for p in told.value.problems] == ["D100", "D100"]
    assert told.value.exit_status == ExitStatus.DATA
    assert not (place / "out").exists()
    assert counts(agencies.make([*absent, a_file(place)], place / "out")) == (1, 0, 2, 0)


@pytest.mark.parametrize("name", ["run.jsonl", "พัทลุง", "ต้องแก้ไข"])
def test_nothing_is_written_through_a_link_that_leads_out(place, name):
    elsewhere = place / "ที่อื่น"
    elsewhere.mkdir()
    (elsewhere / "ของคนอื่น.jsonl").write_text("ของคนอื่น", encoding="utf-8")
    (place / "out").mkdir()
    to = elsewhere / "ของคนอื่น.jsonl" if name == "run.jsonl" else elsewhere
    (place / "out" / name).symlink_to(to)
    _broken(a_file(place))
    with pytest.raises(ItaReportError) as told:
        run(place)
    assert [p.code for p in told.value.problems] == ["O621"]
    assert name in told.value.problems[0].message
    assert agencies.files(elsewhere) == {"ของคนอื่น.jsonl": "ของคนอื่น".encode()}
    (place / "out" / name).unlink()
    made, unchanged, failed, _ = counts(run(place))
    assert (made + unchanged, failed) == (2, 1)


def test_no_room_for_temporary_files_stops_the_run(place, monkeypatch):
    def full(documents):
        return tuple(tasks.Converted((problem("P507", folder="/tmp"),)) for _ in documents)

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "convert", full)
        with pytest.raises(ItaReportError) as told:
            run(place, pdf=True)
    assert [(p.code, p.place) for p in told.value.problems] == [("P507", None)]
    assert told.value.exit_status == ExitStatus.PDF
    assert [line["state"] for line in agencies.lines(place / "out")] == ["waiting"] * 3
    agencies.assert_lists_agree(place / "out", 3)
    assert counts(run(place)) == (3, 0, 0, 0)


def test_conversions_lost_to_one_template_stop_the_run_and_name_it(place, monkeypatch):
    agencies.folder(place / "in", 12)

    def lost(documents):
        return tuple(tasks.Converted((problem("P504", status=134),)) for _ in documents)

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "convert", lost)
        with pytest.raises(ItaReportError) as told:
            run(place, pdf=True)
    assert [p.code for p in told.value.problems] == ["P526"]
    assert "“report.docx” ไม่ได้ 5 รายงาน" in told.value.problems[0].message
    states = [line["state"] for line in agencies.lines(place / "out")]
    assert states.count("failed") == 5
    agencies.assert_lists_agree(place / "out", 12)


def test_a_list_follows_the_journal_whatever_the_clock_says(place):
    run(place)
    out = place / "out"
    summary, journal = out / "summary.xlsx", out / "run.jsonl"
    os.utime(journal, (2_000_000_000, 2_000_000_000))
    before = summary.read_bytes()
    run(place)
    assert summary.read_bytes() == before
    book = openpyxl.load_workbook(summary)
    book["รายงาน"]["A2"] = "เปลี่ยน"
    book.properties.lastModifiedBy = "ผู้ใช้"
    book.save(summary)
    run(place)
    assert openpyxl.load_workbook(summary)["รายงาน"]["A2"].value == "เรียบร้อย"


def test_a_total_that_cannot_be_read_is_not_shown_as_nought(place):
    agencies.write(a_file(place), agencies.data("เสีย", result__total="เก้าสิบ"))
    run(place)
    (facts,) = [
        line["facts"] for line in agencies.lines(place / "out") if line["state"] == "failed"
    ]
    assert (facts["total"], facts["level"]) == ("", "ผ่านดีเยี่ยม")


def test_a_full_disk_leaves_room_for_lists_that_agree_with_the_folder(place, monkeypatch):
    """The room that is kept for the lists is all that there is."""
    real = os.fsync

    def fsync(handle):
        kept = [
            one for one in (place / "out").glob(".itareport-*.tmp") if one.stat().st_size > 200_000
        ]
        if kept and documents(place):
            raise OSError(errno.ENOSPC, "full")
        real(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        with pytest.raises(ItaReportError) as told:
            run(place)
    assert told.value.problems[0].code == "O602"
    assert len(documents(place)) == 1
    assert [line["state"] for line in agencies.lines(place / "out")] == ["done"]
    agencies.assert_lists_agree(place / "out", 3)


@pytest.mark.parametrize("kind", ["pipe", "folder", "huge"])
@pytest.mark.parametrize("name", ["run.jsonl", "summary.xlsx"])
def test_what_is_no_list_of_ours_is_neither_read_for_ever_nor_replaced(place, name, kind, capfd):
    there = place / "out" / name
    there.parent.mkdir()
    if kind == "pipe":
        os.mkfifo(there)
    elif kind == "folder":
        there.mkdir()
    else:
        with there.open("wb") as stream:
            os.truncate(stream.fileno(), 8_000_000_000)
    if name == "run.jsonl" or kind == "folder":
        with pytest.raises(ItaReportError) as told:
            run(place)
        assert [p.code for p in told.value.problems] == ["O604" if kind == "huge" else "O635"]
    else:
        run(place)
        assert there.is_file()
    gc.collect()
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), etree.SerialisationError("IO")])
def test_no_room_for_the_sheets_of_the_summary_is_told_without_a_traceback(
    place, monkeypatch, capfd, error
):
    def refused(*_given):
        raise error

    monkeypatch.setattr(summary, "_data", refused)
    with pytest.raises(ItaReportError) as told:
        run(place)
    assert [p.code for p in told.value.problems] == ["P507"]
    gc.collect()
    assert "Traceback" not in capfd.readouterr().err


def test_data_whose_file_name_is_no_text_are_made_and_listed(place):
    file = next((place / "in").iterdir())
    file.rename(os.fsdecode(os.fsencode(file.parent) + b"/\xff" + os.fsencode(file.suffix)))
    (place / "in" / os.fsdecode(b"\xfe.yaml")).write_text("x: 1")
    assert counts(run(place)) == (3, 0, 1, 0)
    assert counts(run(place))[:2] == (0, 3)
    agencies.assert_lists_agree(place / "out", 4)


def test_a_disk_that_becomes_read_only_leaves_no_list_that_is_untrue(place, monkeypatch):
    run(place)
    _data_changed(place)
    agencies.folder(place / "in", 6)
    tried, real = itertools.count(), os.fsync

    def fsync(handle):
        if next(tried) >= 1:
            raise OSError(errno.EROFS, "read-only")
        real(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        with pytest.raises(ItaReportError) as told:
            run(place)
    assert told.value.problems[0].code == "O601"
    listed = {line["docx"] for line in agencies.lines(place / "out")}
    assert listed == set(documents(place))
    assert not (place / "out" / "summary.xlsx").exists()


def test_while_pdfs_are_waited_for_the_line_says_so(place):
    class Converting(agencies.Here):
        future: Future[Any] | None = None

        def submit(self, fn, /, *args, **how):
            if fn is not tasks.convert:
                return super().submit(fn, *args, **how)
            self.future = Future()
            return self.future

    here, said = Converting(), []

    def tell(counts):
        said.append(counts.line)
        if here.future and not here.future.done():
            here.future.set_result((tasks.Converted((), b"%PDF", 5),) * 3)

    how = batch.Request(place / "out", pdf=True)
    started = LazyWorkers(lambda: agencies.workers(here))
    runner.make_reports([place / "in"], how, started, tell)
    assert "0/3 (0%) · รอ PDF 3" in said[0]
    first, *_, last = said[-1].split(" · ")  # a slow machine tells its pace between them
    assert (first, last) == ("3/3 (100%)", "ไม่สำเร็จ 0")


def test_a_second_run_says_so_and_stops(place):
    run(place)
    with lock.held(place / "out"), pytest.raises(ItaReportError) as told:
        run(place)
    assert told.value.problems[0].code == "O612"
    assert told.value.exit_status == ExitStatus.OUTPUT
    assert counts(run(place)) == (0, 3, 0, 0)


def test_what_a_killed_run_left_is_cleared_away(place):
    run(place)
    folder = next(path for path in (place / "out").rglob("*.docx")).parent
    (folder / ".itareport-abc.tmp").write_bytes(b"half")
    (place / "out" / ".itareport.lock").touch()
    assert counts(run(place)) == (0, 3, 0, 0)


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "O602"), (errno.EDQUOT, "O602"), (errno.EROFS, "O601"), (errno.EACCES, "O601")],
)
@pytest.mark.parametrize("after", [0, 1, 2])
def test_where_nothing_more_can_be_written_the_run_stops_and_a_later_one_finishes(
    place, monkeypatch, number, code, after
):
    """A full disk and a folder that became read-only, as the system tells them."""
    tried, real = itertools.count(), os.fsync

    def fsync(handle):
        if next(tried) >= after:
            raise OSError(number, os.strerror(number))
        real(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        with pytest.raises(ItaReportError) as told:
            run(place)
    assert len(documents(place)) == after, "the next report is not tried"
    assert [p.code for p in told.value.problems] == [code]
    assert {line["state"] for line in agencies.lines(place / "out")} <= {"done"}
    whole = documents(place)
    assert len(whole) == after
    assert counts(run(place)) == (3 - after, after, 0, 0)
    assert whole.items() <= documents(place).items()


def test_where_no_folder_can_be_made_the_run_stops(place, monkeypatch):
    tried, real = [], Path.mkdir

    def mkdir(path, *given, **named):
        if path.parent == place / "out":
            tried.append(path)
            raise OSError(errno.EROFS, "read-only")
        real(path, *given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", mkdir)
        with pytest.raises(ItaReportError) as told:
            run(place)
    assert [p.code for p in told.value.problems] == ["O600"]
    assert len(tried) == 1, "the next report is not tried"
    assert counts(run(place)) == (3, 0, 0, 0)


def test_a_disk_that_fills_in_the_midst_of_a_file_leaves_no_half_of_it(place, monkeypatch):
    real = os.fsync

    def fsync(_handle):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        with pytest.raises(ItaReportError) as told:
            run(place)
    assert told.value.problems[0].code == "O602"
    assert documents(place) == {}
    assert real is os.fsync
    assert counts(run(place)) == (3, 0, 0, 0)


def test_a_journal_that_cannot_grow_stops_the_run(place, monkeypatch):
    run(place)
    _data_changed(place)

    def full(_file, _data):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr("itareport.batch.record.journal._write", full)
        with pytest.raises(ItaReportError) as told:
            run(place)
    assert told.value.exit_status == ExitStatus.OUTPUT
    assert counts(run(place)) == (1, 2, 0, 0)


def test_one_file_that_cannot_be_written_costs_that_report(place, monkeypatch):
    real = os.fsync
    times = iter([OSError(errno.EIO, "bad sector")])

    def fsync(handle):
        if error := next(times, None):
            raise error
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    assert counts(run(place)) == (2, 0, 1, 0)
    assert "O604" in codes(place)


def test_interrupted_it_leaves_whole_files_and_a_later_run_finishes(place):
    class Stopping(agencies.Here):
        def submit(self, fn, /, *args, **how):
            if len(self.calls) == 2:
                raise KeyboardInterrupt
            return super().submit(fn, *args, **how)

    with pytest.raises(KeyboardInterrupt):
        agencies.make(place / "in", place / "out", Stopping())
    made, unchanged, failed, _ = counts(run(place))
    assert (made + unchanged, failed) == (3, 0)


@pytest.mark.filterwarnings(
    "ignore:unclosed file:ResourceWarning",  # closed, but by nobody's word
    "ignore::pytest.PytestUnraisableExceptionWarning",  # openpyxl's generators, cut short
)
def test_interrupted_while_it_writes_it_leaves_no_temporary_file(tmp_path, monkeypatch):
    """Every third line of writing is enough: the tests of `output` stop at every instruction."""
    agencies.folder(tmp_path / "in", 1)
    numbers = itertools.count()

    def call():
        agencies.make(tmp_path / "in", tmp_path / f"out{next(numbers)}")

    for _ in interrupting.at_every_step(call, "line", "/output.py", every=3):
        assert not list(tmp_path.rglob(".itareport-*"))
    assert next(numbers) > 20
    with (
        monkeypatch.context() as patched
    ):  # openpyxl's generators complain that they were cut short
        patched.setattr(sys, "unraisablehook", lambda _: None)
        gc.collect()


def test_interrupted_it_lists_what_is_done_and_what_is_not(place):
    agencies.folder(place / "in", 10)
    _broken(a_file(place))

    class Stopping(agencies.Here):
        def submit(self, fn, /, *args, **how):
            if len(self.calls) == 9:
                raise KeyboardInterrupt
            return super().submit(fn, *args, **how)

    with pytest.raises(KeyboardInterrupt):
        agencies.make(place / "in", place / "out", Stopping())
    sheet = openpyxl.load_workbook(place / "out" / "summary.xlsx")["รายงาน"]
    states = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert states == ["จัดทำไม่ได้", *["ยังไม่ได้จัดทำ"] * 2, *["เรียบร้อย"] * 7]
    assert len(list((place / "out" / "ต้องแก้ไข").iterdir())) == 1
    assert counts(run(place)) == (2, 7, 1, 0)
    sheet = openpyxl.load_workbook(place / "out" / "summary.xlsx")["รายงาน"]
    states = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert states == ["จัดทำไม่ได้", *["เรียบร้อย"] * 9]


def test_a_poison_document_costs_its_pdf_and_is_told(place, monkeypatch):
    """What `office.convert` tells of a file that LibreOffice hangs or dies on."""

    def convert(documents):
        return tuple(
            tasks.Converted((problem("P504", status=-11),))
            if number == 1
            else tasks.Converted((), b"%PDF", 5)
            for number, _ in enumerate(documents)
        )

    monkeypatch.setattr(tasks, "convert", convert)
    assert counts(run(place, pdf=True)) == (2, 0, 1, 0)
    assert len(documents(place)) == 3
    assert "P504" in codes(place)
    assert not (place / "out" / "ต้องแก้ไข").exists()
    failed = [line for line in agencies.lines(place / "out") if line["state"] == "failed"]
    assert [(line["docx"] != "", line["pdf"]) for line in failed] == [(True, "")]
    monkeypatch.setattr(
        tasks, "convert", lambda docs: tuple(tasks.Converted((), b"%PDF", 5) for _ in docs)
    )
    assert counts(run(place, pdf=True)) == (1, 2, 0, 0)
    assert counts(run(place)) == (0, 3, 0, 0)


def test_where_every_worker_dies_the_machine_is_told_of_not_the_data(tmp_path):
    agencies.folder(tmp_path / "in", 12)

    def die(*_):
        raise WorkerDiedError

    here = agencies.Here(die)
    with pytest.raises(ItaReportError) as told:
        agencies.make(tmp_path / "in", tmp_path / "out", here)
    assert [p.code for p in told.value.problems] == ["O620"]
    assert len(here.calls) < 24
    assert len(agencies.lines(tmp_path / "out")) == 4, "the fifth loss stops the run"
    assert agencies.make(tmp_path / "in", tmp_path / "out").counts.made == 12


def test_one_that_kills_its_workers_costs_itself_only(place):
    victim = a_file(place).name

    def die(_make, _setting, job):
        if job.name == victim:
            raise WorkerDiedError

    result = agencies.make(place / "in", place / "out", agencies.Here(die))
    assert counts(result) == (2, 0, 1, 0)
    assert [line["state"] for line in agencies.lines(place / "out")].count("done") == 2
    assert "O610" in codes(place)


def test_a_lock_on_a_file_that_the_run_before_has_just_removed_is_none(place, monkeypatch):
    """It is opened while the other still holds it, and locked once that has gone."""
    took, left = lock._taken, ["the run before removes its file"]

    def taken(handle):
        if left:
            left.pop()
            (place / lock.NAME).unlink()
        return took(handle)

    monkeypatch.setattr(lock, "_taken", taken)
    with contextlib.ExitStack() as runs:
        runs.enter_context(lock.held(place))
        with pytest.raises(ItaReportError) as told:
            runs.enter_context(lock.held(place))
        assert told.value.problems[0].code == "O612"
    assert not (place / lock.NAME).exists()
