"""The journal: whole lines count, the last of a source wins, nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest

from itareport.batch.record import reserve
from itareport.batch.record.entry import Complaint, DocumentFiles, Entry, to_line
from itareport.batch.record.journal import Journal
from itareport.batch.record.key_facts import KeyFacts
from itareport.problems import ExitStatus, Flag, ItaReportError

FACTS = KeyFacts(
    "รายงาน", "เทศบาลตำบล", "ก", "ข", "ค", 2568, "90.00", "ผ่าน", ("99.00",),
    remarks=(("i1", "ab", "x"),),
)  # fmt: skip
ENTRY = Entry(
    "../ก.yaml", "ก.yaml", "done", fingerprint="1", pictures={"ตรา.png": "2"},
    files=(DocumentFiles("report", docx="ค/ข/ก.docx", docx_sha256="3"),), letter="ก", facts=FACTS,
    problems=(Complaint("D240", "warning", "บรรทัด 1", "ข้อ i1", "คำเตือน", "โปรดตรวจ"),),
)  # fmt: skip


@pytest.fixture
def journal(tmp_path):
    opened = Journal(tmp_path)
    yield opened
    opened.close()


def _all(journal):
    return list(journal.entries(journal))


def _again(journal):
    journal.close()
    journal.__init__(journal.path.parent)
    return journal


def test_a_line_comes_back_as_it_was(journal):
    journal.add(ENTRY)
    assert list(_all(_again(journal))) == [ENTRY]


def test_the_last_line_of_a_source_wins(journal):
    journal.add(ENTRY)
    journal.add(replace(ENTRY, source="../ข.yaml"))
    journal.add(replace(ENTRY, fingerprint="9"))
    assert journal.entry("../ก.yaml").fingerprint == "9"
    assert _again(journal).entry("../ก.yaml").fingerprint == "9"
    assert journal.entry("../ค.yaml") is None
    assert [entry.source for entry in journal.entries(["../ข.yaml", "../ก.yaml"])] == [
        "../ข.yaml", "../ก.yaml",
    ]  # fmt: skip


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_torn_end_is_passed_over_and_the_next_line_is_whole(journal, cut):
    journal.add(ENTRY)
    journal.add(replace(ENTRY, source="../ข.yaml"))
    journal.close()
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:-cut])
    _again(journal).add(replace(ENTRY, source="../ค.yaml"))
    again = _again(journal)
    torn = [] if cut > 1 else ["../ข.yaml"]  # of a line that lacks its end only, nothing is lost
    assert [entry.source for entry in _all(again)] == ["../ก.yaml", *torn, "../ค.yaml"]


@pytest.mark.parametrize("line", [b"{}", b"[]", b"null", b'{"source": 1}', b"\xff\xfe", b"{"])
def test_a_line_of_another_kind_is_passed_over(journal, line):
    journal.add(ENTRY)
    journal.close()
    with journal.path.open("ab") as file:
        file.write(line + b"\n")
    assert list(_again(journal)) == ["../ก.yaml"]


def test_in_order_it_has_one_line_a_source_and_the_absent_at_the_end(journal, tmp_path):
    (tmp_path / "ค" / "ข").mkdir(parents=True)
    (tmp_path / "ค" / "ข" / "ก.docx").touch()
    journal.add(ENTRY)
    journal.add(replace(ENTRY, source="gone", files=(DocumentFiles("report", docx="ไม่มีแล้ว.docx"),)))
    for mark in "123":
        journal.add(replace(ENTRY, source="here", fingerprint=mark))
    journal.put_in_order({"here": None}, tmp_path)
    kept = list(_all(_again(journal)))
    assert [(one.source, one.state, one.fingerprint) for one in kept] == [
        ("here", "done", "3"),
        ("../ก.yaml", "absent", "1"),
    ]
    journal.add(replace(ENTRY, state="done"))
    assert [one.state for one in _all(journal)] == ["done", "done"]


def test_an_absent_one_stays_while_any_of_its_word_files_is_there(journal, tmp_path):
    (tmp_path / "ก.docx").touch()
    files = tuple(DocumentFiles(code, docx=f"{code}.docx") for code in ("ข", "ก"))
    journal.add(replace(ENTRY, files=files))
    journal.put_in_order({}, tmp_path)
    assert [one.state for one in _all(_again(journal))] == ["absent"]


def test_the_room_for_the_lists_grows_with_the_reports_to_a_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(reserve, "_MOST", 2_000_000)
    sizes = []
    for reports in (1, 100, 10**6):
        room = reserve.Reserve(tmp_path, reports)
        sizes.append(sum(file.stat().st_size for file in tmp_path.iterdir()))
        room.release()
    assert sizes[0] < 300_000
    assert sizes[1] - sizes[0] >= 99 * 2 * len(to_line(ENTRY))
    assert sizes[2] == 2_000_000
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_takes_only_a_part_is_gone_on_with(journal):
    class Slow(BytesIO):
        def write(self, data):
            return super().write(bytes(data)[:7])

    file, slow = journal._file, Slow()
    journal._file = slow
    journal.add(ENTRY)
    journal._file = file
    journal._file.write(slow.getvalue())
    assert list(_all(_again(journal))) == [ENTRY]


def test_a_journal_that_cannot_be_opened_is_told(tmp_path):
    (tmp_path / "run.jsonl").mkdir()
    with pytest.raises(ItaReportError) as told:
        Journal(tmp_path)
    assert told.value.exit_status == ExitStatus.OUTPUT


@pytest.mark.parametrize(
    ("code", "flags"),
    [
        ("O600", {Flag.STOPS_RUN}),
        ("O601", {Flag.STOPS_RUN}),
        ("O602", {Flag.STOPS_RUN}),
        ("O621", {Flag.STOPS_RUN}),
        ("P507", {Flag.STOPS_RUN}),
        ("O610", {Flag.WORKER_DIED}),
        ("O613", {Flag.DUPLICATE}),
        ("O618", {Flag.OUTDATED}),
        ("P508", {Flag.TRY_AGAIN}),
        ("P519", {Flag.OLD_PDF}),
        ("D280", {Flag.IS_DRAFT}),
        ("D455", {Flag.IS_DRAFT}),
        ("O604", set()),
        ("D999", set()),
    ],
)
def test_a_complaint_has_the_flags_of_its_code_and_an_unknown_code_none(code, flags):
    """What a batch does about a problem; a journal may hold codes of other versions."""
    complaint = Complaint(code, "error", "", "", "", "")
    ours = (
        Flag.STOPS_RUN, Flag.WORKER_DIED, Flag.DUPLICATE, Flag.OUTDATED, Flag.TRY_AGAIN,
        Flag.OLD_PDF, Flag.IS_DRAFT,
    )  # fmt: skip
    assert {flag for flag in ours if complaint.has(flag)} == flags


@pytest.mark.parametrize(
    ("code", "is_theirs"), [("D200", True), ("D999", True), ("P504", False), ("", False)]
)
def test_problems_of_the_data_are_the_agencys_to_mend(code, is_theirs):
    assert Complaint(code, "error", "", "", "", "").is_about_data == is_theirs
