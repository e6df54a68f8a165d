import io
import zipfile

import pytest

from itareport.files import opc


def _zip(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_written_parts_are_read_again():
    parts = {"b.xml": b"<b/>", "[Content_Types].xml": b"<t/>", "a/ก.xml": b"1"}
    assert opc.read(opc.write(parts)) == parts


def test_the_same_parts_give_the_same_bytes_in_any_order():
    parts = {"z": b"1", "_rels/.rels": b"2", "[Content_Types].xml": b"3"}
    backwards = dict(reversed(parts.items()))
    assert opc.write(parts) == opc.write(backwards)
    names = zipfile.ZipFile(io.BytesIO(opc.write(parts))).namelist()
    assert names == ["[Content_Types].xml", "_rels/.rels", "z"]


def test_a_package_is_as_zipfile_writes_it():
    parts = {"[Content_Types].xml": b"<t/>", "a/ก.xml": "กา".encode() * 99, "b.xml": b""}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=opc.USUAL) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    assert opc.write(parts) == buffer.getvalue()


def test_packed_parts_are_written_as_they_are():
    parts = {
        "b.xml": b"<b/>" * 9,
        "[Content_Types].xml": b"<t/>",
        "word/media/a.png": b"\x89PNG" * 9,
    }
    packed = [opc.packed(name, data, opc.QUICK) for name, data in parts.items()]
    made = opc.join(packed)
    assert made == opc.join(reversed(packed))
    assert opc.read(made) == parts
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        kinds = {info.filename: info.compress_type for info in archive.infolist()}
    assert kinds["word/media/a.png"] == zipfile.ZIP_STORED
    assert kinds["b.xml"] == zipfile.ZIP_DEFLATED


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", b"%PDF-1.7", b"\0" * 4000])
def test_what_is_no_package_is_refused(data):
    with pytest.raises(opc.NotAPackageError):
        opc.read(data)


def test_a_damaged_package_is_refused():
    whole = bytearray(_zip({"a": b"x" * 5000}))
    whole[40:60] = b"\xff" * 20
    with pytest.raises(opc.NotAPackageError):
        opc.read(bytes(whole))


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(opc, "MAX_UNPACKED", 10_000)
    with pytest.raises(opc.NotAPackageError):
        opc.read(_zip({"a": b"\0" * 20_000}))
    monkeypatch.setattr(opc, "MAX_PARTS", 3)
    with pytest.raises(opc.NotAPackageError):
        opc.read(_zip({str(i): b"" for i in range(4)}))


def test_a_size_that_lies_is_no_way_around_the_limit():
    data = bytearray(_zip({"a": b"\0" * 20_000}))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (5).to_bytes(4, "little")
    with pytest.raises(opc.NotAPackageError):
        opc.read(bytes(data))
