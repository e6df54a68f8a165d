"""`itareport draft`: a new file beside the clerk's, which stays as it is."""

from __future__ import annotations

import pytest

from itareport.ita import catalogue
from itareport.reading import load, yamlwrite
from itareport.terminal import cli
from reports import clean_report

SCORES = {"i1": "90.00", "o1": "0.00"}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ข้อมูล.yaml"
    report = clean_report(catalogue.load(2568), SCORES, remarks=[], plan=[])
    path.write_bytes(b"# mine\n" + yamlwrite.report(report))
    return path


def test_a_new_file_is_written_beside_the_old_one(file, capsys):
    before = file.read_bytes()
    assert cli.main(["draft", str(file)]) == 0
    made = file.with_name("ข้อมูล (ร่าง).yaml")
    said = capsys.readouterr().out
    assert f"ได้ไฟล์ {made}" in said
    assert "ข้อวิเคราะห์ 2 ข้อ แผน 7 ประเด็น" in said
    assert file.read_bytes() == before
    assert load.load(made).report.has_drafts
    assert made.read_text(encoding="utf-8").startswith("# ไฟล์นี้สร้างโดย itareport draft")


def test_another_name_and_another_folder(file):
    out = file.parent / "ใหม่" / "ก.yml"
    assert cli.main(["draft", str(file), "-o", str(out)]) == 0
    assert load.load(out).report.has_drafts


def test_no_file_is_ever_written_over(file, capsys):
    assert cli.main(["draft", str(file), "-o", str(file)]) == 8
    assert "[O606]" in capsys.readouterr().err
    assert cli.main(["draft", str(file)]) == 0
    assert cli.main(["draft", str(file)]) == 8


def test_a_file_without_any_plan_gets_one(file):
    text = file.read_text(encoding="utf-8").replace("plan: []\n", "")
    assert "plan:" not in text
    file.write_text(text, encoding="utf-8")
    assert cli.main(["draft", str(file)]) == 0
    assert len(load.load(file.with_name("ข้อมูล (ร่าง).yaml")).report.plan) == 7


def test_only_yaml_is_written(file, capsys):
    assert cli.main(["draft", str(file), "-o", str(file.with_name("ก.xlsx"))]) == 8
    assert "ไฟล์ใหม่ “ก.xlsx” ต้องเป็นชนิด .yaml" in capsys.readouterr().err


def test_nothing_empty_nothing_written(file, capsys):
    assert cli.main(["draft", str(file)]) == 0
    made = file.with_name("ข้อมูล (ร่าง).yaml")
    assert cli.main(["draft", str(made)]) == 0
    assert "จึงไม่ได้เขียนไฟล์ใหม่" in capsys.readouterr().out
    assert sorted(path.name for path in file.parent.iterdir()) == sorted([file.name, made.name])


def test_old_drafts_are_made_anew_where_asked_for(file, capsys):
    assert cli.main(["draft", str(file)]) == 0
    made, later = file.with_name("ข้อมูล (ร่าง).yaml"), file.with_name("ใหม่.yaml")
    text = made.read_text(encoding="utf-8").replace("90.00}", "80.00}")
    assert "80.00}" in text
    made.write_text(text.replace("    draft: true\n", "", 1), encoding="utf-8")  # i1 is confirmed
    assert cli.main(["draft", str(made), "-o", str(later)]) == 0
    assert not later.exists()
    assert cli.main(["draft", str(made), "--refresh", "-o", str(later)]) == 0
    before, after = load.load(made).report, load.load(later).report
    assert after.remarks == before.remarks
    assert "i1 ได้ 80.00 คะแนน" in after.plan[0].findings[-1]
    capsys.readouterr()
    assert cli.main(["draft", str(later), "--refresh"]) == 0
    assert "จึงไม่ได้เขียนไฟล์ใหม่" in capsys.readouterr().out


def test_a_file_with_faults_is_told_of_and_left(file, capsys):
    file.write_text("fiscal_year: 2568\n", encoding="utf-8")
    assert cli.main(["draft", str(file)]) == 3
    assert "[D120]" in capsys.readouterr().out
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_year_without_drafts_says_so(file, capsys):
    next_year = max(catalogue.known_years()) + 1
    last = catalogue.export(2569).decode()
    own = last.replace("fiscal_year: 2569", f"fiscal_year: {next_year}")
    of_year = file.with_name(f"{next_year}.yaml")
    of_year.write_text(own, encoding="utf-8")
    report = clean_report(catalogue.load(2569), remarks=[], plan=[])
    later = report.model_copy(update={"fiscal_year": next_year})
    file.write_bytes(yamlwrite.report(later))
    assert cli.main(["draft", str(file), "--catalogue", str(of_year)]) == 4
    assert "[C240]" in capsys.readouterr().err
