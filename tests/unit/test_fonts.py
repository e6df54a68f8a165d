import shutil
import subprocess
import sys
import unicodedata

import pytest
from lxml import etree

from itareport.document import fonts
from itareport.files import assets
from itareport.problems import ExitStatus, ItaReportError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a copy of the fonts' folder that a test may spoil."""
    copied = tmp_path / "แบบอักษร & อื่น"
    shutil.copytree(assets.fonts_dir(), copied)
    monkeypatch.setattr(assets, "fonts_dir", lambda: copied)
    for kept in (fonts._characters, fonts._widths):
        kept.cache_clear()
    yield copied
    for kept in (fonts._characters, fonts._widths):
        kept.cache_clear()


def codes(problems):
    return [p.code for p in problems]


def test_what_offices_write_is_there():
    thai = "".join(chr(c) for c in range(0x0E01, 0x0E5C) if unicodedata.name(chr(c), ""))
    latin = "".join(map(chr, range(0x20, 0x7F)))
    assert fonts.missing_characters(thai + latin + "–—“”‘’•…฿√×÷°½\n\t\N{NO-BREAK SPACE}") == ()


def test_characters_that_would_print_as_boxes_are_found_once_and_in_order():
    assert fonts.missing_characters("ก☑ข中☑ค😀●㎡\r") == ("☑", "中", "😀", "●", "㎡", "\r")


def test_a_text_is_as_wide_as_its_letters_and_a_mark_takes_no_room():
    assert fonts.width("") == 0
    assert fonts.width("กิ่ก") == fonts.width("กก") == 2 * fonts.width("ก") > 200
    assert fonts.width("๑๐๐.๐๐", "Bold") > fonts.width("๑๐๐.๐๐") > fonts.width("ราช")


def test_the_four_faces_are_whole():
    assert fonts.check() == ()
    assert set(fonts.faces()) == {"Regular", "Bold", "Italic", "Bold Italic"}


def test_a_missing_face_is_named(folder):
    (folder / "THSarabunNew-Bold.ttf").unlink()
    (problem,) = fonts.check()
    assert problem.code == "F400"
    assert "THSarabunNew-Bold.ttf" in problem.message
    with pytest.raises(ItaReportError) as caught:
        fonts.missing_characters("ก")
    assert caught.value.exit_status == ExitStatus.FONTS
    assert codes(caught.value.problems) == ["F400"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:0],
        lambda data: data[:100],
        lambda data: data[:-2_000],
        lambda data: b"<html>" + data,
        lambda data: bytes(len(data)),
    ],
    ids=["empty", "head only", "cut off", "another file", "zeros"],
)
def test_a_damaged_face_is_named(folder, spoil):
    face = folder / "THSarabunNew-Regular.ttf"
    face.write_bytes(spoil(face.read_bytes()))
    assert codes(fonts.check()) == ["F401"]


def test_another_face_under_the_name_is_found(folder):
    shutil.copy(folder / "THSarabunNew-Regular.ttf", folder / "THSarabunNew-Bold.ttf")
    assert codes(fonts.check()) == ["F401"]


def test_characters_of_a_damaged_face_are_refused(folder):
    (folder / "THSarabunNew-Regular.ttf").write_bytes(b"no font")
    with pytest.raises(ItaReportError) as caught:
        fonts.missing_characters("ก")
    assert codes(caught.value.problems) == ["F401"]


def test_without_its_configuration_there_is_a_problem(folder, tmp_path):
    (folder / "fonts.conf").unlink()
    assert codes(fonts.check()) == ["F402"]
    with pytest.raises(ItaReportError) as caught:
        fonts.fontconfig(tmp_path)
    assert codes(caught.value.problems) == ["F402"]


def test_the_configuration_is_refused_where_a_face_is_missing(folder, tmp_path):
    (folder / "THSarabunNew-Italic.ttf").unlink()
    with pytest.raises(ItaReportError) as caught:
        fonts.fontconfig(tmp_path)
    assert codes(caught.value.problems) == ["F400"]


def test_the_configuration_names_the_folder_whatever_it_is_called(folder, tmp_path):
    made = etree.parse(fonts.fontconfig(tmp_path)).getroot()
    assert made.findtext("dir") == str(folder)
    assert made.findtext("include") == str(folder / "fonts.conf")


def test_the_names_that_offices_use_lead_to_our_family():
    root = etree.parse(assets.fonts_dir() / "fonts.conf").getroot()
    aliases = {a.findtext("family"): a.findtext("prefer/family") for a in root.iter("alias")}
    assert {"TH SarabunPSK", "TH SarabunIT๙", "TH Sarabun"} <= set(aliases)
    assert set(aliases.values()) == {fonts.FAMILY}


def test_no_other_tool_is_loaded_with_the_fonts():
    """A cold `check` waits for this import: the rest of fontTools has no business in it."""
    program = (
        "import itareport.document.fonts, sys; print([m for m in sys.modules if 'fontTools' in m])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "fontTools.ttLib.ttFont" in ran.stdout
    assert not any(part in ran.stdout for part in ("subset", "otlLib", "feaLib", "varLib"))
