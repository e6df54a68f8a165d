from itareport.ita import areas


def test_provinces_and_districts_stand_as_in_a_dictionary():
    assert len(areas.provinces()) == 77
    assert areas.provinces()[:2] == ("กระบี่", "กรุงเทพมหานคร")
    assert areas.districts("พัทลุง")[:3] == ("กงหรา", "เขาชัยสน", "ควนขนุน")
    assert "พระนคร" in areas.districts(areas.BANGKOK)
    assert areas.districts("อยุธยา") == areas.districts("พระนครศรีอยุธยา")
    assert areas.districts("ก") is None


def test_one_subdistrict_of_a_name_tells_its_area():
    assert areas.of_subdistrict("แม่ขรี") == ("ตะโหมด", "พัทลุง")
    assert areas.of_subdistrict("ควนเสาธง") is None
    assert areas.of_subdistrict("บ้านใหม่") is None
    assert areas.of_subdistrict("บ้านใหม่", "ปทุมธานี")[1] == "ปทุมธานี"
    assert areas.of_subdistrict("บางซื่อ") == ("บางซื่อ", areas.BANGKOK)
