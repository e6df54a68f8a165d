import io
import os

import pytest
from PIL import Image

from itareport import picture


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
