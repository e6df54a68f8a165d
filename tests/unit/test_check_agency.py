"""The agency's kind, name and area."""

from __future__ import annotations

import pytest

from checks import Case, both, changed, errors_and_warnings, found, nothing, put, try_case
from reports import Data

CASES = {
    "D228": Case(put("agency.name", ""), nothing, ("agency", "name"), ("ไม่มีชื่อหน่วยงาน",)),
    "D229": Case(
        put("agency.kind", "“เทศบาลตำบล”"),
        nothing,
        ("agency", "kind"),
        ("มีเครื่องหมายคำพูดติดมา: “เทศบาลตำบล” | โปรดลบเครื่องหมายคำพูด ให้เหลือ เทศบาลตำบล",),
    ),
    "D230": Case(
        put("agency.kind", "ทต."),
        put("agency.kind", "เทศบาลเมือง"),
        ("agency", "kind"),
        ("โปรดกรอกคำเต็มว่า เทศบาลตำบล",),
    ),
    "D231": Case(
        put("agency.name", "เทศบาลตำบลควนเสาธง"),
        put("agency.name", "เมืองแกลง"),
        ("agency", "name"),
        ("“เทศบาลตำบลเทศบาลตำบลควนเสาธง”", "เช่น ควนเสาธง"),
    ),
    "D270": Case(
        put("agency.province", "พัทลุ่ง"),
        put("agency.province", "จังหวัดพัทลุง"),
        ("agency", "province"),
        ("ไม่รู้จักจังหวัด “พัทลุ่ง”", "อาจหมายถึง พัทลุง"),
    ),
    "D271": Case(
        put("agency.district", "ตะโหนด"),
        put("agency.district", "อ.ตะโหมด"),
        ("agency", "district"),
        ("ไม่พบอำเภอ “ตะโหนด” ในจังหวัดพัทลุง", "อาจหมายถึง ตะโหมด"),
    ),
    "D272": Case(
        put("agency.district", ""),
        both(put("agency.district", ""), put("agency.kind", "องค์การบริหารส่วนจังหวัด")),
        ("agency", "district"),
    ),
    "D273": Case(
        put("agency.kind", "วิทยาลัย"),
        put("agency.kind", "หน่วยงานอื่น"),
        ("agency", "kind"),
        ("ไม่รู้จักประเภทหน่วยงาน “วิทยาลัย”", "เทศบาลตำบล, ", "เทศบาลเมือง, ", "หรือ หน่วยงานอื่น"),
    ),
    "D311": Case(
        put("agency.province", "แดนสวรรค์"),
        nothing,
        ("agency", "district"),
        ("อำเภอ “ตะโหมด” ตรวจไม่ได้",),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_speaks_of_the_guilty_only(code):
    try_case(code, CASES[code])


def agency(**fields: str) -> Data:
    """Give the agency, and units in the plan that any kind may have."""
    data = changed(put("agency", {"kind": "เทศบาลตำบล", "name": "ทดสอบดี"} | fields))
    for row in data["plan"]:
        row["responsible"] = ["กองคลัง"]
    return data


@pytest.mark.parametrize(
    ("district", "province"),
    [
        ("ตะโหมด", "พัทลุง"),
        ("อำเภอตะโหมด", "จังหวัดพัทลุง"),
        ("อ. ตะโหมด", "จ. พัทลุง"),
        ("เมือง", "พัทลุง"),
        ("อ.เมือง", "พัทลุง"),
        ("เมืองพัทลุง", "พัทลุง"),
        ("เขตบางรัก", "กรุงเทพมหานคร"),
        ("บางรัก", "กทม."),
        ("ป้อมปราบศัตรูพ่าย", "กรุงเทพฯ"),
        ("วังน้อย", "พระนครศรีอยุธยา"),
        ("วังน้อย", "อยุธยา"),
        ("บางละมุง", "ชลบุรี"),
    ],
)
def test_areas_that_are(district, province):
    assert not errors_and_warnings(agency(district=district, province=province))


def test_a_district_of_another_province_is_named_with_it():
    (told,) = found(agency(district="ตะโหมด", province="สงขลา"), "D271")
    assert "มีชื่อนี้ในจังหวัดพัทลุง" in told.remedy


def test_a_district_of_bangkok_is_a_khet():
    (told,) = found(agency(district="ตะโหมด", province="กรุงเทพมหานคร"), "D271")
    assert "ไม่พบเขต “ตะโหมด” ในกรุงเทพมหานคร" in told.message


@pytest.mark.parametrize("district", ["", "ตะโหมด", "ที่ไหนสักแห่ง"])
def test_a_provincial_organization_has_no_district_to_check(district):
    data = agency(kind="องค์การบริหารส่วนจังหวัด", name="พัทลุง", district=district, province="พัทลุง")
    assert not errors_and_warnings(data)


def test_other_agencies_need_no_district():
    data = agency(kind="หน่วยงานอื่น", name="วิทยาลัยทดสอบ", province="พัทลุง")
    assert not errors_and_warnings(data)


def test_pattaya_has_no_name_besides_its_kind():
    city = {"kind": "เมืองพัทยา", "district": "บางละมุง", "province": "ชลบุรี"}
    assert not errors_and_warnings(agency(**city | {"name": ""}))
    (told,) = found(agency(**city | {"name": "พัทยา"}), "D231")
    assert "“เมืองพัทยาพัทยา”" in told.message


@pytest.mark.parametrize("kind", ["ทต", "ทต.", "อบต.", "อบจ", "ท ต .", "“อบต.”"])
def test_short_kinds(kind):
    assert found(agency(kind=kind, district="ตะโหมด", province="พัทลุง"), "D230")
    assert not found(agency(kind=kind, district="ตะโหมด", province="พัทลุง"), "D273")


def test_an_abbreviation_and_a_doubled_name_are_each_told_as_they_would_print():
    (told,) = found(agency(kind="อบต.", name="อบต.ท่าเดื่อ", province="พัทลุง"), "D231")
    assert "“องค์การบริหารส่วนตำบลอบต.ท่าเดื่อ”" in told.message


@pytest.mark.parametrize("field", ["name", "district", "province"])
def test_quotes_around_any_name_are_told_and_nothing_else(field):
    area = {"district": "ตะโหมด", "province": "พัทลุง"}
    data = agency(**area | {field: f"“{(area | {'name': 'ทดสอบดี'})[field]}”"})
    assert errors_and_warnings(data) == ["D229"]


@pytest.mark.parametrize(
    ("field", "name", "code"),
    [
        ("province", "แดนสวรรค์", "D270"),
        ("district", "ตะวันออก", "D271"),
        ("kind", "เทศบาลมหานครใหญ่", "D273"),
    ],
)
def test_a_name_that_is_far_from_every_known_one_is_taken_for_none(field, name, code):
    (told,) = found(changed(put(f"agency.{field}", name)), code)
    assert "อาจหมายถึง" not in str(told)


@pytest.mark.parametrize("kind", ["เทศบาล ตำบล", "เทศบาลตำบน", "เทศบาลเมือ"])
def test_an_unknown_kind_that_is_nearly_a_known_one(kind):
    (told,) = found(agency(kind=kind, district="ตะโหมด", province="พัทลุง"), "D273")
    assert "อาจหมายถึง เทศบาล" in told.remedy
