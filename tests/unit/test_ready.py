import pytest
import yaml
from PIL import Image

from itareport.actions import prepare
from itareport.document import fonts
from itareport.ita import catalogue
from itareport.problems import Severity
from reports import clean_data


def _check(tmp_path, change=None, **options):
    data = clean_data(catalogue.load(2568))
    if change:
        change(data)
    file = tmp_path / "ข้อมูล.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return prepare.check_file(file, prepare.Options(**options))


def _codes(checked, severity=Severity.ERROR):
    return [p.code for p in checked.problems if p.severity is severity]


def _catalogue(tmp_path, year, as_year):
    file = tmp_path / f"{as_year}.yaml"
    text = (
        catalogue.export(year).decode().replace(f"fiscal_year: {year}", f"fiscal_year: {as_year}")
    )
    file.write_text(text, encoding="utf-8")
    return file


def test_a_clean_file_is_ready(tmp_path):
    checked = _check(tmp_path)
    assert _codes(checked) == _codes(checked, Severity.WARNING) == []
    assert checked.ready.catalogue.fiscal_year == 2568
    assert checked.ready.plan_catalogue.fiscal_year == 2569


def test_every_problem_of_a_check_has_its_line(tmp_path):
    checked = _check(tmp_path, lambda data: data["plan"][2].update(measures=[]))
    (error,) = [p for p in checked.problems if p.severity is Severity.ERROR]
    assert error.place.file == "ข้อมูล.yaml"
    lines = (tmp_path / "ข้อมูล.yaml").read_text(encoding="utf-8").splitlines()
    assert "plan:" in lines[: error.place.line]


def test_problems_of_loading_and_checking_come_together(tmp_path):
    def change(data):
        data["agency"]["name"] = "ควน\u200bเสาธง"
        data["plan"][0]["steps"] = []

    checked = _check(tmp_path, change)
    assert len(_codes(checked)) == 1
    assert len(_codes(checked, Severity.NOTE)) == 1


def test_errors_come_first_and_in_the_order_of_the_file(tmp_path):
    def change(data):
        data["plan"][3]["steps"] = []
        data["plan"][1]["steps"] = []
        data["result"]["total"] = "12.34"

    checked = _check(tmp_path, change)
    severities = [p.severity for p in checked.problems]
    assert severities == sorted(severities, key=list(Severity).index)
    lines = [p.place.line for p in checked.problems if p.severity is Severity.ERROR]
    assert lines == sorted(lines)
    assert len(lines) == 2


def test_an_own_catalogue_takes_the_place_of_the_years(tmp_path):
    own = _catalogue(tmp_path, 2568, 2568)
    name = catalogue.load(2568).item("o1").name
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace(name, f"{name}ของเรา", 1), encoding="utf-8")
    ready_now = _check(tmp_path, catalogues=(own,)).ready
    assert ready_now.catalogue.item("o1").name == f"{name}ของเรา"
    assert ready_now.plan_catalogue is catalogue.load(2569)


def test_a_year_of_ones_own_can_be_reported(tmp_path):
    own = _catalogue(tmp_path, 2569, 2570)
    data = clean_data(catalogue.read_file(own))
    file = tmp_path / "d.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    checked = prepare.check_file(file, prepare.Options(catalogues=(own,)))
    assert _codes(checked) == []
    assert checked.ready.catalogue.fiscal_year == 2570
    assert checked.ready.plan_catalogue is None


@pytest.mark.parametrize(("years", "code"), [((2567,), "C206"), ((2568, 2568), "C229")])
def test_a_catalogue_nobody_needs_is_named(tmp_path, years, code):
    files = []
    for number, year in enumerate(years):
        folder = tmp_path / str(number)
        folder.mkdir()
        files.append(_catalogue(folder, year, year))
    checked = _check(tmp_path, catalogues=tuple(files))
    assert _codes(checked) == [code]
    assert checked.problems[0].place.file == files[-1].name
    assert checked.ready is None


def test_pictures_are_found_beside_the_data(tmp_path):
    Image.new("RGB", (400, 400)).save(tmp_path / "ตรา.png")
    Image.new("RGB", (1000, 800)).save(tmp_path / "กราฟ.jpg")

    def change(data):
        data["agency"]["emblem"] = "ตรา.png"
        data["graph"] = "กราฟ.jpg"

    checked = _check(tmp_path, change)
    assert checked.ready.emblem.extension == "png"
    assert checked.ready.graph.extension == "jpeg"
    chosen = _check(tmp_path, change, graph="bar")
    assert chosen.ready.graph is None


def test_a_missing_picture_is_told_at_its_line(tmp_path):
    checked = _check(tmp_path, lambda data: data.update(graph="ไม่มี.png"))
    (error,) = [p for p in checked.problems if p.severity is Severity.ERROR]
    assert error.code == "D170"
    assert error.place.line is not None


def test_characters_without_a_glyph_are_found_wherever_they_print(tmp_path):
    def change(data):
        data["signatures"][0]["name"] = "นาย ☑"
        data["plan"][0]["steps"] = ["中 และ 中"]

    assert _codes(_check(tmp_path, change)) == ["D155", "D155"]


def test_a_character_without_a_glyph_in_an_own_catalogue_is_told(tmp_path):
    own = _catalogue(tmp_path, 2568, 2568)
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace("maintain: รักษาระดับ", "maintain: รักษาระดับ ☑"), encoding="utf-8")
    assert _codes(_check(tmp_path, catalogues=(own,))) == ["C230"]


def test_the_words_of_every_shipped_catalogue_have_their_glyphs():
    for year in catalogue.known_years():
        texts = prepare._texts(catalogue.load(year), ())
        assert [t for _, t in texts if fonts.missing_characters(t)] == []


def test_a_file_name_never_prints_and_may_hold_any_character(tmp_path):
    Image.new("RGB", (400, 400)).save(tmp_path / "ตรา☑.png")
    checked = _check(tmp_path, lambda data: data["agency"].update(emblem="ตรา☑.png"))
    assert _codes(checked) == []
