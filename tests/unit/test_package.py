import io
import tracemalloc
import zipfile

import pytest
from lxml import etree

from itareport.files import opc
from packages import declared, zipped


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
    whole = bytearray(zipped({"a": b"x" * 5000}))
    whole[40:60] = b"\xff" * 20
    with pytest.raises(opc.NotAPackageError):
        opc.read(bytes(whole))


KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _relationships(*rows: tuple[str, str], more: str = "") -> bytes:
    items = (
        f'<Relationship Id="r{n}" Type="{KIND}/{kind}" Target="{target}"{more}/>'
        for n, (kind, target) in enumerate(rows)
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{"".join(items)}</Relationships>'.encode()


MEGABYTES = bytes(2_000_000)
BEYOND = {
    "parts": ({str(n): b"" for n in range(4)}, opc.Limits(parts=3)),
    "unpacked": ({"a": b"12345", "b": b"12345"}, opc.Limits(unpacked=9)),
    "ratio": ({"a": MEGABYTES}, opc.Limits()),
    "xml": ({"a.xml": b"<a>12345</a>"}, opc.Limits(xml=9)),
    "elements": ({"a.xml": b"<a><b/><b/><!-- --></a>"}, opc.Limits(elements=3)),
}


@pytest.mark.parametrize("limit", BEYOND)
def test_a_package_beyond_a_limit_is_refused(limit):
    parts, limits = BEYOND[limit]
    with pytest.raises(opc.BeyondLimitsError) as caught:
        opc.Package(zipped(parts), limits).tree("a.xml")
    assert caught.value.limit == limit


def test_a_package_within_the_limits_is_read():
    parts = {"a.xml": b"<a><b/><b/><!-- --></a>", "b": MEGABYTES}
    limits = opc.Limits(parts=2, unpacked=2_000_023, ratio=1100, xml=23, elements=4)
    package = opc.Package(zipped(parts), limits)
    assert package == parts
    assert len(package.tree("a.xml")) == 3


def test_the_elements_of_all_parts_are_counted_together():
    package = opc.Package(zipped({"a.xml": b"<a><b/></a>"}), opc.Limits(elements=3))
    package.tree("a.xml")
    with pytest.raises(opc.BeyondLimitsError):
        package.tree("a.xml")


@pytest.mark.parametrize("said", [0, 5, 100_000])
def test_no_more_is_unpacked_than_a_package_declares(said):
    package = opc.Package(declared(zipped({"a": bytes(20_000_000)}), "a", said))
    tracemalloc.start()
    with pytest.raises(opc.NotAPackageError):
        package["a"]
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_a_password_is_told_apart():
    data = bytearray(zipped({"a": b"1"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(opc.LockedPackageError):
        opc.Package(bytes(data))


DOCTYPE = '<!DOCTYPE a [<!ENTITY e "ก"><!ENTITY f "&e;&e;">]><a b="&f;">&f;</a>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(encoding):
    with pytest.raises(opc.NotAPackageError):
        opc.parsed(DOCTYPE.encode(encoding))


def test_xml_that_is_too_deep_is_refused():
    with pytest.raises(etree.XMLSyntaxError):
        opc.parsed(b"<a>" * 5_000 + b"</a>" * 5_000)


def test_a_part_that_is_no_xml_is_damage():
    for data in (b"", b" ", b"<a>", b"<a/><b/>", b"<a>\xff</a>", b"<x:a/>"):
        with pytest.raises(opc.NotAPackageError):
            opc.Package(zipped({"a.xml": data})).tree("a.xml")


def test_a_tree_is_as_the_parser_makes_it_at_once():
    text = "".join(f'<b n="{n}">ก{n}<c/></b>' for n in range(9_000))
    xml = f'<a xmlns="x" xmlns:y="z"><!-- d -->{text}</a>'.encode()
    assert etree.tostring(opc.parsed(xml)) == etree.tostring(etree.fromstring(xml))


class CountedTurns(opc.Elements):
    turns = 0

    def take(self, count=1):
        self.turns += 1
        super().take(count)


@pytest.mark.parametrize(("encoding", "turns"), [("utf-8", 1), ("utf-16", 5)])
def test_a_small_part_is_counted_at_once_and_as_any_other(encoding, turns):
    left = CountedTurns(10)
    opc.parsed("<a><!-- <c/> --><b/><?d?><b/></a>".encode(encoding), left)
    assert (left.left, left.turns) == (5, turns)


def test_names_of_parts_are_one_whatever_slash_or_case_writes_them():
    package = opc.Package(
        zipped({"_RELS\\.rels": b"1", "/a\\B.xml": b"2", "[content_types].XML": b"3", "a/": b""})
    )
    assert list(package) == ["_rels/.rels", "a/B.xml", "[Content_Types].xml"]
    assert (package["A/b.XML"], package.size("A/b.XML")) == (b"2", 1)
    assert "a/b.xml" in package
    assert "b.xml" not in package


@pytest.mark.parametrize("name", ["../a", "a/../../b", "..\\a", "//etc/a", "C:/a", "a/./b", ".."])
def test_a_name_that_leads_elsewhere_is_left_out(name):
    package = opc.Package(zipped({name: b"1", "b..c/.d": b"2"}))
    assert dict(package) == {"b..c/.d": b"2"}
    assert name not in package


def test_changes_leave_the_package_as_it_is():
    package = opc.Package(zipped({"a": b"1", "b": b"2"}))
    parts = package.changing()
    parts["a"], parts["c"] = b"3", b"4"
    assert opc.read(opc.write(parts)) == {"a": b"3", "b": b"2", "c": b"4"}
    assert package == {"a": b"1", "b": b"2"}


@pytest.mark.parametrize(
    ("target", "part"),
    [
        ("b.xml", "x/b.xml"),
        ("./b.xml", "x/b.xml"),
        ("../y/b.xml", "y/b.xml"),
        ("/y/b.xml", "y/b.xml"),
        ("..\\y\\b.xml", "y/b.xml"),
        ("\\y\\b.xml", "y/b.xml"),
        ("../../../y/b.xml", "y/b.xml"),
        ("B.XML#there", "x/b.xml"),
        ("%E0%B8%81.xml", "x/ก.xml"),
        ("ก.xml", "x/ก.xml"),
    ],
)
def test_a_relationship_leads_to_a_part(target, part):
    parts = {
        "x/_rels/a.xml.rels": _relationships(("styles", target)),
        "x/b.xml": b"",
        "y/b.xml": b"",
    }
    package = opc.Package(zipped(parts | {"x/ก.xml": b""}))
    assert package.relationships("x/a.xml") == {"r0": opc.Relationship("styles", part)}
    assert package.related("x/a.xml", "header", "styles") == [part]


def test_a_relationship_that_leads_nowhere_relates_no_part():
    outside = _relationships(("styles", "b.xml"), more=' TargetMode="External"')
    package = opc.Package(
        zipped(
            {
                "_rels/.rels": _relationships(("styles", "c.xml")),
                "_rels/a.rels": outside,
                "b.xml": b"",
            }
        )
    )
    assert package.related("", "styles") == package.related("a", "styles") == []
    assert package.related("b.xml", "styles") == []
    assert package.main == ""


def test_the_main_part_is_the_one_that_the_package_names():
    parts = {"_rels/.rels": _relationships(("styles", "s"), ("officeDocument", "/Any/name"))}
    assert opc.Package(zipped(parts | {"any/NAME": b""})).main == "any/NAME"


def test_a_content_type_is_the_parts_own_or_that_of_its_extension():
    types = (
        b'<Types xmlns="x"><Default Extension="XML" ContentType="text/xml"/>'
        b'<Override PartName="/a/B.xml" ContentType="own"/>'
        b'<Override PartName="\\a\\c.xml" ContentType="other"/></Types>'
    )
    package = opc.Package(zipped({opc.TYPES: types}))
    names = ("A/b.xml", "a/c.xml", "b.xml", "a.png")
    assert [package.content_type(name) for name in names] == ["own", "other", "text/xml", ""]
    assert opc.Package(zipped({"a": b""})).content_type("a") == ""
