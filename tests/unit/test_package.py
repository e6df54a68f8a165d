import io
import zipfile

import pytest

from itareport import package


def _zip(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_written_parts_are_read_again():
    parts = {"b.xml": b"<b/>", "[Content_Types].xml": b"<t/>", "a/ก.xml": b"1"}
    assert package.read(package.write(parts)) == parts


def test_the_same_parts_give_the_same_bytes_in_any_order():
    parts = {"z": b"1", "_rels/.rels": b"2", "[Content_Types].xml": b"3"}
    backwards = dict(reversed(parts.items()))
    assert package.write(parts) == package.write(backwards)
    names = zipfile.ZipFile(io.BytesIO(package.write(parts))).namelist()
    assert names == ["[Content_Types].xml", "_rels/.rels", "z"]


def test_a_package_is_as_zipfile_writes_it():
    parts = {"[Content_Types].xml": b"<t/>", "a/ก.xml": "กา".encode() * 99, "b.xml": b""}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=package.USUAL) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    assert package.write(parts) == buffer.getvalue()


def test_packed_parts_are_written_as_they_are():
    parts = {
        "b.xml": b"<b/>" * 9,
        "[Content_Types].xml": b"<t/>",
        "word/media/a.png": b"\x89PNG" * 9,
    }
    packed = [package.packed(name, data, package.QUICK) for name, data in parts.items()]
    made = package.join(packed)
    assert made == package.join(reversed(packed))
    assert package.read(made) == parts
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        kinds = {info.filename: info.compress_type for info in archive.infolist()}
    assert kinds["word/media/a.png"] == zipfile.ZIP_STORED
    assert kinds["b.xml"] == zipfile.ZIP_DEFLATED


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", b"%PDF-1.7", b"\0" * 4000])
def test_what_is_no_package_is_refused(data):
    with pytest.raises(package.NotAPackageError):
        package.read(data)


def test_a_damaged_package_is_refused():
    whole = bytearray(_zip({"a": b"x" * 5000}))
    whole[40:60] = b"\xff" * 20
    with pytest.raises(package.NotAPackageError):
        package.read(bytes(whole))


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(package, "MAX_UNPACKED", 10_000)
    with pytest.raises(package.NotAPackageError):
        package.read(_zip({"a": b"\0" * 20_000}))
    monkeypatch.setattr(package, "MAX_PARTS", 3)
    with pytest.raises(package.NotAPackageError):
        package.read(_zip({str(i): b"" for i in range(4)}))


def test_a_size_that_lies_is_no_way_around_the_limit():
    data = bytearray(_zip({"a": b"\0" * 20_000}))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (5).to_bytes(4, "little")
    with pytest.raises(package.NotAPackageError):
        package.read(bytes(data))
