import errno
import os
from pathlib import Path

import docx
import pytest

import interrupting
from itareport.files import opc, output
from itareport.problems import ExitStatus, ItaReportError


def _names(folder):
    return [path.name for path in folder.iterdir()]


def _codes(caught):
    return [p.code for p in caught.value.problems]


def test_a_file_is_written_whole_and_replaced_whole(tmp_path):
    target = tmp_path / "ก.docx"
    output.write(target, b"one")
    output.write(target, b"two")
    assert target.read_bytes() == b"two"
    assert _names(tmp_path) == ["ก.docx"]


def test_the_file_has_the_mode_that_the_user_asked_for(tmp_path):
    before = os.umask(0o027)
    try:
        output.write(tmp_path / "a", b"1")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "O602"), (errno.EDQUOT, "O602"), (errno.EROFS, "O601"), (errno.EIO, "O604")],
)
def test_a_failing_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, number, code):
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")

    def fail(_handle):
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ItaReportError) as caught:
        output.write(target, b"new")
    assert _codes(caught) == [code]
    assert caught.value.exit_status == ExitStatus.OUTPUT
    assert target.read_bytes() == b"old"
    assert _names(tmp_path) == ["a.docx"]


def test_a_file_that_is_open_elsewhere_is_named(tmp_path, monkeypatch):
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")

    def refuse(_self, _target):
        raise PermissionError(errno.EACCES, "open")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ItaReportError) as caught:
        output.write(target, b"new")
    assert _codes(caught) == ["O603"]
    assert _names(tmp_path) == ["a.docx"]


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # closed, but by nobody's word
def test_a_stop_at_any_moment_leaves_the_old_file_or_the_new_one_and_nothing_else(tmp_path):
    left: list[bytes] = []
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")
    for _ in interrupting.at_every_step(lambda: output.write(target, b"new")):
        assert _names(tmp_path) == ["a.docx"], len(left)
        left.append(target.read_bytes())
        target.write_bytes(b"old")
    assert left.count(b"old") > 100
    assert set(left) == {b"old", b"new"}


def test_a_folder_is_made_with_its_parents(tmp_path):
    output.folder(tmp_path / "พัทลุง" / "ตะโหมด")
    assert (tmp_path / "พัทลุง" / "ตะโหมด").is_dir()


def test_a_file_where_the_folder_should_be_is_named(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(ItaReportError) as caught:
        output.folder(tmp_path / "out")
    assert _codes(caught) == ["O608"]


@pytest.mark.parametrize("name", ["รายงาน.docx", "รายงาน.PDF", "ผล.xlsx", "ก.yaml"])
def test_no_new_folder_is_named_as_a_file_and_one_that_is_there_is_used(tmp_path, name):
    with pytest.raises(ItaReportError) as caught:
        output.folder(tmp_path / name)
    assert _codes(caught) == ["O608"]
    (tmp_path / name).mkdir()
    output.folder(tmp_path / name)
    output.folder(tmp_path / "ปี 2568.ใหม่")


def _canonical(text: bytes) -> bytes:
    return opc.write({"word/document.xml": text})


def test_a_report_untouched_since_it_was_built_is_replaced_without_a_word(tmp_path):
    target = tmp_path / "a.docx"
    assert output.keep_edited(target) is None
    target.write_bytes(_canonical(b"one"))
    assert output.keep_edited(target) is None
    assert target.exists()


def test_a_report_edited_by_hand_is_kept_under_another_name(tmp_path):
    target = tmp_path / "a.docx"
    for name in ("a (เดิม).docx", "a (เดิม 2).docx"):
        docx.Document().save(str(target))
        edited = target.read_bytes()
        told = output.keep_edited(target)
        assert told is not None
        assert (told.code, told.severity) == ("O607", "note")
        assert name in told.message
        assert (tmp_path / name).read_bytes() == edited
        assert not target.exists()


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_neither_read_nor_replaced(tmp_path, kind):
    target = tmp_path / "a.docx"
    target.mkdir() if kind == "folder" else os.mkfifo(target)
    for call in (output.keep_edited, lambda path: output.write(path, b"new")):
        with pytest.raises(ItaReportError) as caught:
            call(target)
        assert _codes(caught) == ["O635"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]
    assert not target.is_file()


def test_a_huge_file_is_kept_without_being_read(tmp_path):
    target = tmp_path / "a.docx"
    with target.open("wb") as stream:
        stream.truncate(1 << 40)  # of a hole: it takes no room
    told = output.keep_edited(target)
    assert (told.code, target.exists()) == ("O607", False)


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (UnicodeEncodeError("ascii", "ก", 0, 1, "ordinal"), "O637"),
        (OSError(errno.EILSEQ, "Invalid"), "O636"),
        (IsADirectoryError(errno.EISDIR, "Is a directory"), "O635"),
    ],
)
def test_what_takes_no_such_file_is_named(tmp_path, refusal, code):
    def refused():
        raise refusal

    with pytest.raises(ItaReportError) as caught, output.errors_as_problems(tmp_path / "ก.docx"):
        refused()
    assert _codes(caught) == [code]


def test_a_folder_that_may_not_be_entered_is_named(monkeypatch, tmp_path):
    def refused(self, **_how):
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(os, "stat", refused)
    monkeypatch.setattr(Path, "stat", refused)
    with pytest.raises(ItaReportError) as caught:
        output.folder(tmp_path / "ปิด" / "out")
    assert _codes(caught) == ["O601"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ItaReportError) as caught:
        output.folder(tmp_path / "file" / "out")
    assert _codes(caught) == ["O600"]
