import io
import os
import shutil
import struct
import zlib

import pytest
from PIL import Image, ImageOps

from itareport.actions import build, prepare
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


def _data(kind, mode="RGB", size=(40, 30), **options):
    buffer = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


def _decoded(data):
    return picture.decoded(data, picture.MAX_PIXELS)


_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""The samples of a point in each colour type of PNG."""


def _png(colour=2, depth=16, lines=1, height=1, more=()):
    samples = b"\0" + bytes(range(1, 13)) * 3
    rows = zlib.compress(samples[: 1 + 4 * depth // 8 * _SAMPLES[colour]] * lines)
    head = struct.pack(">IIBBBBB", 4, height, depth, colour, 0, 0, 0)
    made = b"\x89PNG\r\n\x1a\n"
    for name, body in [(b"IHDR", head), *more, (b"IDAT", rows), (b"IEND", b"")]:
        made += struct.pack(">I", len(body)) + name + body
        made += struct.pack(">I", zlib.crc32(name + body))
    return made


_WHOLE = {
    "png": _data("PNG"),
    "grey png": _data("PNG", "L"),
    "png of few colours": _data("PNG", "P"),
    "png with holes": _data("PNG", "RGBA"),
    "black and white png": _data("PNG", "1"),
    "jpeg": _data("JPEG"),
    "grey jpeg": _data("JPEG", "L"),
    "progressive jpeg": _data("JPEG", progressive=True, icc_profile=b"x" * 3000),
    "upright jpeg": _data(
        "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\1\0\0\0\0\0\0"
    ),
}


@pytest.mark.parametrize("data", _WHOLE.values(), ids=_WHOLE)
def test_a_whole_upright_picture_goes_in_byte_for_byte(data):
    found = _decoded(data)
    assert (found.data, found.width, found.height) == (data, 40, 30)
    assert found.extension == ("png" if data.startswith(b"\x89PNG") else "jpeg")


@pytest.mark.parametrize(
    "tail", [b"\n", b"\r\n\0", b"\0" * 99, b"SEFT\xff\xd9...", b"ftypmp42" * 50]
)
@pytest.mark.parametrize("data", _WHOLE.values(), ids=_WHOLE)
def test_bytes_after_the_end_are_cut_without_loss(data, tail):
    assert _decoded(data + tail).data == data


def test_a_jpeg_with_another_in_its_head_is_kept_whole():
    inner = _data("JPEG", size=(8, 8))
    data = _data("JPEG")
    head = b"\xff\xe1" + struct.pack(">H", len(inner) + 2) + inner
    data = data[:2] + head + data[2:]
    assert _decoded(data + b"more").data == data


def _exif(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize(("orientation", "corner"), [(3, (39, 29)), (6, (29, 0)), (8, (0, 39))])
def test_a_turned_photo_is_set_upright(kind, orientation, corner):
    image = Image.new("RGB", (40, 30), "white")
    image.paste("red", (0, 0, 10, 10))
    buffer = io.BytesIO()
    image.save(buffer, kind, exif=_exif(orientation))
    found = _decoded(buffer.getvalue())
    upright = Image.open(io.BytesIO(found.data))
    assert upright.size == (found.width, found.height)
    assert upright.getexif().get(0x0112, 1) == 1
    (red, green, _) = upright.crop((*corner, corner[0] + 1, corner[1] + 1)).resize((1, 1)).tobytes()
    assert red > 2 * green


def test_a_picture_for_the_press_is_written_in_colours_that_a_screen_shows():
    found = _decoded(_data("JPEG", "CMYK"))
    image = Image.open(io.BytesIO(found.data))
    assert (image.mode, image.format, image.size) == ("RGB", "JPEG", (40, 30))


@pytest.mark.parametrize(
    ("colour", "mode", "first"),
    [(0, "L", 1), (2, "RGB", (1, 3, 5)), (4, "RGBA", (1, 1, 1, 3)), (6, "RGBA", (1, 3, 5, 7))],
)
def test_a_picture_of_sixteen_bits_is_written_in_eight(colour, mode, first):
    found = _decoded(_png(colour))
    image = Image.open(io.BytesIO(found.data))
    assert (image.mode, image.size, found.data[24]) == (mode, (4, 1), 8)
    assert image.getpixel((0, 0)) == first


@pytest.mark.parametrize(
    ("colour", "clear", "left"), [(0, b"\1\2", 1), (2, bytes(range(1, 7)), (1, 3, 5))]
)
def test_what_is_clear_in_sixteen_bits_is_clear_in_eight(colour, clear, left):
    found = _decoded(_png(colour, more=[(b"tRNS", clear)]))
    assert Image.open(io.BytesIO(found.data)).info["transparency"] == left


@pytest.mark.parametrize("orientation", [0, 1, 9, 255])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_that_no_camera_turned_goes_in_byte_for_byte(kind, orientation):
    data = _data(kind, exif=_exif(orientation))
    assert _decoded(data).data == data


@pytest.mark.parametrize("orientation", range(2, 9))
def test_every_way_of_holding_a_camera_is_set_upright(orientation):
    image = Image.new("CMYK" if orientation == 5 else "RGB", (40, 30), "white")
    image.paste("red", (0, 0, 10, 10))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=_exif(orientation), quality=95)
    wanted = ImageOps.exif_transpose(Image.open(buffer)).convert("RGB").resize((4, 4))
    found = Image.open(io.BytesIO(_decoded(buffer.getvalue()).data)).resize((4, 4))
    both = zip(found.tobytes(), wanted.tobytes(), strict=True)
    assert max(abs(one - other) for one, other in both) < 30


def test_a_png_with_another_in_one_of_its_chunks_is_kept_whole():
    data = _png(depth=8, more=[(b"prVw", _WHOLE["png"])])
    assert _decoded(data + b"more").data == data


@pytest.mark.parametrize("data", [b"", b"GIF89a" + b"0" * 50, b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff",
                                  b"<svg/>", b"\xff\xd8\xff\xe0\x00\x00" * 9])  # fmt: skip
def test_anything_else_is_no_picture(data):
    assert _decoded(data) is None


@pytest.mark.parametrize("data", _WHOLE.values(), ids=_WHOLE)
def test_a_picture_cut_short_is_refused(data):
    assert _decoded(data[:-40]) is None


def _with_end(data, cut):
    """Leave something out of the middle of a picture, which keeps its end mark."""
    end = 12 if data.startswith(b"\x89PNG") else 2
    return data[:cut] + data[-end:]


@pytest.mark.parametrize("name", ["png", "jpeg", "grey jpeg", "png with holes"])
def test_a_picture_broken_inside_is_refused_though_it_has_its_end(name):
    data = _data("PNG" if "png" in name else "JPEG", "L" if "grey" in name else "RGB", (400, 300))
    assert _decoded(data) is not None
    assert _decoded(_with_end(data, len(data) // 2)) is None


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize(("colour", "lines"), [(0, 0), (0, 4), (2, 4), (4, 1), (6, 4)])
def test_a_png_that_lacks_lines_is_refused_though_nothing_says_so(colour, lines, depth):
    assert _decoded(_png(colour, depth, lines=5, height=5)) is not None
    assert _decoded(_png(colour, depth, lines, height=5)) is None


def test_a_png_of_few_colours_that_names_none_is_refused():
    assert _decoded(_png(3, 8, more=[(b"PLTE", bytes(range(192)))])) is not None
    assert _decoded(_png(3, 8)) is None


def test_a_png_whose_check_sum_is_wrong_is_refused():
    data = bytearray(_WHOLE["png"])
    data[data.index(b"IDAT") + 20] ^= 1
    assert _decoded(bytes(data)) is None


def test_a_picture_without_width_is_refused():
    data = bytearray(_WHOLE["png"])
    data[16:20] = bytes(4)
    assert _decoded(bytes(data)) is None


def test_the_pictures_of_a_document_are_counted_for_its_pdf(tmp_path):
    _save(tmp_path, "ตรา.png")
    _save(tmp_path, "กราฟ.jpg", kind="JPEG")
    counts = []
    for pictures in ({}, {"emblem": "ตรา.png"}, {"emblem": "ตรา.png", "graph": "กราฟ.jpg"}):
        report = _report(**pictures)
        (tmp_path / "ก.yaml").write_bytes(yamlwrite.report(report))
        ready = prepare.check_file(tmp_path / "ก.yaml", prepare.Options()).ready
        made, _ = build.docx(ready, prepare.Options())
        counts.append(build.expected("ก", made).pictures)
    assert counts == [0, 1, 2]


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
