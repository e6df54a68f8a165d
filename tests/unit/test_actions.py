"""Actions take paths, print nothing and return an outcome, whose JSON the commands print."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from itareport.actions import build, catalogues, check, convert, doctor, draft_copy, schema
from itareport.actions.outcome import FileOutcome, Outcome, as_json, of_files
from itareport.ita import catalogue
from itareport.problems import ExitStatus, ItaReportError, Place, problem
from itareport.terminal import cli
from reports import clean_data

OK_ROW = doctor.Row("ก", ok=True, detail="ดี")
BAD_ROW = doctor.Row("ข", ok=False, detail="เสีย", remedy="โปรดซ่อม", status=ExitStatus.PDF)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Return a folder with a data file, a faulty one and a workbook."""
    folder = tmp_path_factory.mktemp("files")
    data = clean_data(catalogue.load(2568))
    texts = {"ดี.yaml": data, "ผิด.yaml": data | {"fiscal_year": "2599"}}
    for name, content in texts.items():
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    convert.convert(folder / "ดี.yaml", folder / "ดี.xlsx")
    return folder


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch, files):
    """Work in a folder with copies of the files."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(files, tmp_path, dirs_exist_ok=True)
    found = doctor.MachineOutcome(rows=(OK_ROW, BAD_ROW))
    monkeypatch.setattr(doctor, "machine", lambda _out: found)
    return tmp_path


ACTIONS = {
    "check": lambda: check.files([Path("ดี.yaml"), Path("ไม่มี.yaml")]),
    "annotate": lambda: check.file(Path("ดี.xlsx"), annotate=True),
    "build": lambda: build.reports(["ดี.yaml", "ผิด.yaml"], build.Run(Path("out"))),
    "draft": lambda: draft_copy.copy(Path("ดี.yaml"), None),
    "convert": lambda: convert.convert(Path("ดี.yaml"), Path("ใหม่.json")),
    "new": lambda: convert.new(2568, "ทต.ก", "", None),
    "new wide": lambda: convert.new_wide(2568, "", None),
    "doctor": lambda: doctor.machine(Path("out")),
    "list": catalogues.known,
    "show": lambda: catalogues.show(2568),
    "export": lambda: catalogues.export(2568, Path("2570.yaml")),
    "schema": schema.schema,
}


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_prints_nothing_and_returns_an_outcome(name, capfd):
    outcome = ACTIONS[name]()
    assert capfd.readouterr() == ("", "")
    assert isinstance(outcome, Outcome)
    assert all(path.is_file() for path in outcome.outputs)
    json.dumps(as_json(outcome))


@pytest.mark.parametrize(
    ("arguments", "action"),
    [
        (["check", "ดี.yaml", "ไม่มี.yaml", "--json"], ACTIONS["check"]),
        (["check", "ดี.xlsx", "--json"], lambda: check.files([Path("ดี.xlsx")])),
        (["build", "ดี.yaml", "ผิด.yaml", "--json"], ACTIONS["build"]),
        (["doctor", "--json"], ACTIONS["doctor"]),
        (["schema"], ACTIONS["schema"]),
    ],
)
def test_a_command_prints_the_json_of_its_action_and_returns_its_status(arguments, action, capsys):
    status = cli.main(arguments)
    outcome = action()
    assert status == outcome.exit_status
    made = json.dumps(as_json(outcome), ensure_ascii=False, indent=2)
    assert capsys.readouterr().out == f"{made}\n"


def test_the_json_of_a_file_is_as_it_was():
    place = Place("a.xlsx", 3, 2, "ก", "B3", "101", 1)
    found = problem("D122", ("scores", 0, "score"), label="ข้อ i1", value="101").at(place)
    outcome = of_files([FileOutcome((found,), (Path("out/a.docx"),), "a.xlsx", 3)])
    told = {
        "code": "D122",
        "severity": "error",
        "field": "scores.0.score",
        "label": "ข้อ i1",
        "message": found.message,
        "remedy": found.remedy,
        "place": {
            "file": "a.xlsx", "line": 3, "column": 2, "sheet": "ก", "cell": "B3", "value": "101",
        },
        "also": [],
    }  # fmt: skip
    of_file = {"file": "a.xlsx", "status": 3, "outputs": [str(Path("out/a.docx"))], "pages": 3}
    facts = {"status": 3, "files": [{**of_file, "problems": [told]}]}
    assert json.dumps(as_json(outcome)) == json.dumps(facts)


def test_what_the_report_lacks_stands_in_the_json_of_a_workbook():
    facts = as_json(check.file(Path("ดี.xlsx")))
    assert list(facts) == ["file", "status", "outputs", "pages", "problems", "readiness"]
    assert all(list(one) == ["said", "there", "place"] for one in facts["readiness"])
    assert all(one["there"] == (one["place"] is None) for one in facts["readiness"])


def test_a_draft_counts_what_it_wrote():
    data = clean_data(catalogue.load(2568), plan=[])
    Path("ว่าง.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    outcome = draft_copy.copy(Path("ว่าง.yaml"), None)
    assert outcome.outputs == (Path("ว่าง (ร่าง).yaml"),)
    assert as_json(outcome)["plan"] == outcome.plan == 7
    assert draft_copy.copy(outcome.outputs[0], None).outputs == ()


def test_an_action_that_cannot_begin_raises_what_is_wrong():
    with pytest.raises(ItaReportError) as told:
        catalogues.export(2568, Path("ดี.yaml"))
    assert told.value.exit_status == ExitStatus.OUTPUT
