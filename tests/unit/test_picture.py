import io
import os
import shutil

import pytest
from PIL import Image

from itareport.document import picture
from itareport.ita import catalogue
from itareport.ita.model import Report
from itareport.reading import yamlwrite
from itareport.terminal import cli
from reports import clean_data


def _save(folder, name, size=(1000, 800), kind="PNG"):
    Image.new("RGB", size, "navy").save(folder / name, kind)
    return folder / name


def _read(file):
    found, problems = picture.read(file, picture.GRAPH, ("graph",))
    return found, [p.code for p in problems]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_good_picture_is_read_without_a_word(tmp_path, kind):
    found, codes = _read(_save(tmp_path, "ก.ภาพ", kind=kind))
    assert (found.width, found.height, codes) == (1000, 800, [])


def test_a_coarse_picture_is_used_with_a_warning(tmp_path):
    found, codes = _read(_save(tmp_path, "a.png", (200, 100)))
    assert (found.width, codes) == (200, ["D173"])


def test_a_missing_picture_and_a_folder_are_errors(tmp_path):
    assert _read(tmp_path / "ไม่มี.png") == (None, ["D170"])
    assert _read(tmp_path) == (None, ["D170"])
    assert _read(tmp_path / "a\0b") == (None, ["D170"])


@pytest.mark.parametrize("kind", ["GIF", "BMP", "WEBP"])
def test_another_type_under_the_name_of_a_png_is_an_error(tmp_path, kind):
    assert _read(_save(tmp_path, "a.png", kind=kind)) == (None, ["D171"])


def test_a_file_too_large_is_not_read_whole(tmp_path):
    with (tmp_path / "a.png").open("wb") as stream:
        os.truncate(stream.fileno(), picture.MAX_BYTES * 50)
    assert _read(tmp_path / "a.png") == (None, ["D172"])


def test_a_picture_of_too_many_points_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(picture, "MAX_PIXELS", 1000)
    buffer = io.BytesIO()
    Image.new("1", (50, 50)).save(buffer, "PNG")
    (tmp_path / "a.png").write_bytes(buffer.getvalue())
    assert _read(tmp_path / "a.png") == (None, ["D172"])


def _report(**pictures):
    data = clean_data(catalogue.load(2568), {"i1": "90.00"}, remarks=[], plan=[])
    data["agency"]["emblem"] = pictures.get("emblem")
    data["graph"] = pictures.get("graph")
    return Report.model_validate(data)


@pytest.fixture
def pictured(tmp_path):
    """Return a data file that names two pictures: one beside it, one in a folder of it."""
    _save(tmp_path, "ตรา.png")
    (tmp_path / "ภาพ").mkdir()
    _save(tmp_path / "ภาพ", "กราฟ.png")
    file = tmp_path / "ก.yaml"
    report = _report(emblem="ตรา.png", graph="ภาพ/กราฟ.png")
    file.write_bytes(yamlwrite.report(report))
    return file


def _commands(folder, to):
    return {
        "draft": ["draft", str(folder / "ก.yaml"), "-o", str(to / "ข.yaml")],
        "convert": ["convert", str(folder / "ก.yaml"), str(to / "ข.xlsx")],
    }


@pytest.mark.parametrize("command", ["draft", "convert"])
def test_a_copy_in_another_folder_leaves_its_pictures_behind(pictured, capsys, command):
    folder, new = pictured.parent, pictured.parent / "ใหม่"
    assert cli.main(_commands(folder, new)[command]) == 0
    said = capsys.readouterr().err
    assert "คำเตือน (1)" in said
    assert "ไฟล์ใหม่ “ข." in said
    assert "อยู่คนละโฟลเดอร์กับภาพ “ตรา.png”, “ภาพ/กราฟ.png” | โปรดคัดลอกภาพไปไว้ที่" in said
    assert f"“{new / 'ตรา.png'}”, “{new / 'ภาพ' / 'กราฟ.png'}”" in said


@pytest.mark.parametrize("command", ["draft", "convert"])
def test_a_copy_that_finds_its_pictures_says_nothing_of_them(pictured, capsys, command):
    folder, new = pictured.parent, pictured.parent / "ใหม่"
    assert cli.main(_commands(folder, folder)[command]) == 0
    shutil.copytree(folder / "ภาพ", new / "ภาพ")
    shutil.copy(folder / "ตรา.png", new)
    assert cli.main(_commands(folder, new)[command]) == 0
    assert "O619" not in capsys.readouterr().err


def test_a_picture_with_its_whole_path_is_found_from_everywhere(tmp_path):
    _save(tmp_path, "ตรา.png")
    report = _report(emblem=str(tmp_path / "ตรา.png"))
    assert picture.left_behind(report, tmp_path / "ก.yaml", tmp_path / "ข" / "ก.yaml") == ()
