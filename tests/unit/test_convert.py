from pathlib import Path

import pytest

from itareport.actions import convert
from itareport.ita import catalogue
from itareport.ita.model import Report
from itareport.problems import ExitStatus, ItaReportError
from itareport.reading import load, yamlwrite
from itareport.terminal import cli
from reports import clean_data, clean_report

EXAMPLE = Path("examples/kuansaothong-2568.yaml").resolve()
NEW = ["new", "--year", "2568", "--agency", "เทศบาลตำบลควนเสาธง"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(error):
    return [problem.code for problem in error.value.problems]


def test_a_new_workbook_is_named_after_year_and_agency_and_never_replaces_a_file(folder, capsys):
    assert cli.main(NEW) == ExitStatus.OK
    (made,) = folder.iterdir()
    assert made.name == "แบบกรอก-ITA-2568-ทต.ควนเสาธง.xlsx"
    assert made.name in capsys.readouterr().out
    before = made.read_bytes()
    assert cli.main(NEW) == ExitStatus.OUTPUT
    assert "O606" in capsys.readouterr().err
    assert made.read_bytes() == before


@pytest.mark.parametrize(
    ("agency", "province", "out", "code"),
    [
        (" ", "", None, "D403"),
        ("ทต.ก", "ก", None, "D404"),
        ("ทต.ก", "", Path("ก.yaml"), "D402"),
    ],
)
def test_a_new_workbook_needs_an_agency_and_a_province_there_is(
    folder, agency, province, out, code
):
    with pytest.raises(ItaReportError) as told:
        convert.new(2568, agency, province, out)
    assert codes(told) == [code]
    assert not list(folder.iterdir())


def test_a_year_without_a_catalogue_makes_no_workbook(folder):
    with pytest.raises(ItaReportError):
        convert.new(2590, "ทต.ก", "", None)
    assert not list(folder.iterdir())


def test_the_example_goes_through_every_form_unchanged(folder):
    report = load.load(EXAMPLE).report
    before = EXAMPLE
    for name in ("a.xlsx", "b.yaml", "c.json", "d.xlsx", "e.yml"):
        assert cli.main(["convert", str(before), name]) == ExitStatus.OK
        before = folder / name
        assert load.load(before).report == report
    assert (folder / "a.xlsx").read_bytes() == (folder / "d.xlsx").read_bytes()
    assert (folder / "b.yaml").read_bytes() == (folder / "e.yml").read_bytes()


@pytest.mark.parametrize("year", catalogue.known_years())
def test_a_sound_report_of_each_year_goes_through_a_workbook(folder, year):
    of_year = catalogue.load(year)
    report = clean_report(of_year, {"i2": "80.00", "e1": ("84.00", "99.00")})
    (folder / "ก.json").write_bytes(convert._written(report, ".json", ()))
    convert.convert(folder / "ก.json", folder / "ก.xlsx")
    assert load.load(folder / "ก.xlsx").report == report


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("ก.yaml", "ข.docx", "D402"),
        ("ไม่มี.yaml", "ข.xlsx", "D100"),
        ("ก.yaml", "ก.yaml", "O606"),
        ("ผิด.yaml", "ข.xlsx", "D121"),
    ],
)
def test_what_cannot_be_converted_leaves_no_file(folder, source, target, code):
    from itareport.reading import yamlwrite

    good, bad = clean_data(catalogue.load(2568)), clean_data(catalogue.load(2568))
    bad["result"]["total"] = "ก"
    (folder / "ก.yaml").write_bytes(yamlwrite.write(good))
    (folder / "ผิด.yaml").write_bytes(yamlwrite.write(bad))
    with pytest.raises(ItaReportError) as told:
        convert.convert(folder / source, folder / target)
    assert codes(told) == [code]
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"agency__website": "(เว้นว่าง)"}, "เว็บไซต์"),
        ({"signatures": [{"name": "หมายเหตุ: ลงนามแทน"}, {"role": "ก"}]}, "ผู้ลงนามคนที่ 1"),
        ({"signatures": [{"role": "ก"}, {"role": "บทบาท", "name": "ชื่อผู้ลงนาม"}]}, "ผู้ลงนามคนที่ 2"),
    ],
)
def test_what_a_workbook_would_say_otherwise_is_not_converted(folder, change, field):
    file = folder / "a.yaml"
    report = Report.model_validate(clean_data(catalogue.load(2568), **change))
    file.write_bytes(yamlwrite.report(report))
    with pytest.raises(ItaReportError) as told:
        convert.convert(file, Path("b.xlsx"))
    assert codes(told) == ["D447"]
    assert told.value.problems[0].message.startswith(field)
    assert not Path("b.xlsx").exists()


def test_rows_of_a_plan_that_say_nothing_are_not_missed(folder):
    data = clean_data(catalogue.load(2568), plan=[{"issue": "1"}, {"issue": "2", "draft": "true"}])
    file = folder / "a.yaml"
    file.write_bytes(yamlwrite.report(Report.model_validate(data)))
    convert.convert(file, Path("b.xlsx"))
    assert load.load(Path("b.xlsx")).report.plan == ()
