"""What a worker does: data and pictures in as bytes, documents out, nothing raised."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

import agencies
from itareport import plain
from itareport.actions import build, prepare
from itareport.batch.record import fingerprint
from itareport.batch.sources import user_files
from itareport.batch.workers import tasks
from itareport.ita import catalogue
from itareport.pdf import office
from itareport.problems import ItaReportError, Problem, problem

PLAIN = user_files.setting(prepare.Options())


def _bytes(**changes):
    return json.dumps(agencies.data(**changes)).encode()


def _picture(file, size=(400, 400)):
    Image.new("RGB", size, "navy").save(file)
    return file


def test_the_document_is_the_one_that_build_makes(tmp_path):
    file = agencies.write(tmp_path / "ก.json", agencies.data())
    made = tasks.make(PLAIN, tasks.Job("ก.json", file.read_bytes()))
    built = build.report(file, build.Run(tmp_path / "out"))
    assert [one.docx for one in made.documents] == [one.read_bytes() for one in built.outputs]
    assert made.facts.stem == built.outputs[0].stem
    assert [str(p) for p in made.problems] == [str(p) for p in built.problems]


def test_a_task_and_its_answer_travel_between_processes(tmp_path):
    own = _picture(tmp_path / "กราฟ.png", (1200, 800))
    how = user_files.setting(prepare.Options(graph=str(own), digits="arabic"))
    job = tasks.Job("ก.json", _bytes(), {"x": FileNotFoundError("x")})
    how, job = pickle.loads(pickle.dumps((how, job)))
    own.unlink()
    made = pickle.loads(pickle.dumps(tasks.make(how, job)))
    assert made.documents


def test_pictures_are_asked_for_by_name_all_at_once(tmp_path):
    data = _bytes(agency__emblem="ตรา.png", graph="../กราฟ.png")
    asked = tasks.make(PLAIN, tasks.Job("ก.json", data))
    assert sorted(asked.wanted) == ["../กราฟ.png", "ตรา.png"]
    assert asked.documents == ()
    picture = _picture(tmp_path / "ตรา.png", (1200, 800)).read_bytes()
    made = tasks.make(PLAIN, tasks.Job("ก.json", data, dict.fromkeys(asked.wanted, picture)))
    assert made.documents
    lost = {"ตรา.png": FileNotFoundError("ตรา.png"), "../กราฟ.png": picture}
    failed = tasks.make(PLAIN, tasks.Job("ก.json", data, lost))
    assert [p.code for p in failed.problems if p.code.startswith("D17")] == ["D170"]


def test_a_worker_opens_nothing_of_its_own_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    _picture(tmp_path / "ตรา.png")
    asked = tasks.make(PLAIN, tasks.Job("ก.json", _bytes(agency__emblem="ตรา.png")))
    assert asked.wanted == ("ตรา.png",)


def test_own_template_and_catalogue_come_with_the_task(tmp_path, repo):
    own = tmp_path / "แม่แบบ.docx"
    own.write_bytes((repo / "templates" / "report.docx").read_bytes())
    year = tmp_path / "2568.yaml"
    year.write_bytes(catalogue.export(2568))
    how = user_files.setting(prepare.Options(template=own, catalogues=(year,)))
    own.unlink()
    year.unlink()
    assert tasks.make(how, tasks.Job("ก.json", _bytes())).documents
    assert fingerprint.of_setting(how) != fingerprint.of_setting(PLAIN)
    assert fingerprint.of_run(how).templates == fingerprint.of_run(PLAIN).templates


@pytest.mark.parametrize(
    ("options", "letter"),
    [
        ({"template": "ข.docx"}, "T"),
        ({"catalogues": ("ข.yaml",)}, "C"),
        ({"graph": "ข.png"}, "D"),
    ],
)
def test_what_no_report_could_be_made_with_is_told_before(tmp_path, monkeypatch, options, letter):
    monkeypatch.chdir(tmp_path)
    for name in ("ข.docx", "ข.yaml", "ข.png"):
        (tmp_path / name).write_bytes(b"?")
    paths: dict = {"template": Path, "catalogues": lambda names: tuple(map(Path, names))}
    given = {name: paths.get(name, str)(value) for name, value in options.items()}
    with pytest.raises(ItaReportError) as told:
        user_files.setting(prepare.Options(**given))
    assert told.value.problems[0].code.startswith(letter)


def test_one_agency_of_a_table_is_made_as_its_file_is():
    data = _bytes()
    part = plain.read_json(data, "ก.json")
    whole, made = (tasks.make(PLAIN, tasks.Job("ก.json", one)) for one in (data, part))
    assert made.documents == whole.documents
    changed = plain.read_json(_bytes(result__level="ผ่าน"), "ก.json")
    assert fingerprint.of_payload(part) == fingerprint.of_payload(plain.read_json(data, "x.json"))
    assert fingerprint.of_payload(part) != fingerprint.of_payload(changed)


def test_a_broken_file_is_told_with_what_is_known_of_its_agency():
    for data, known in (
        (b"{", False),
        (_bytes(scores=[]), True),
        (_bytes(result__total="x"), True),
    ):
        made = tasks.make(PLAIN, tasks.Job("ก.json", data))
        assert made.documents == ()
        assert any(p.severity == "error" for p in made.problems)
        assert (made.facts is not None) == known


def test_a_fault_of_ours_costs_the_report_and_names_its_place(monkeypatch):
    monkeypatch.setattr(build, "docx", lambda *_: dict[str, str]()["ไม่มี"])
    made = tasks.make(PLAIN, tasks.Job("ก.json", _bytes()))
    assert [p.code for p in made.problems] == ["O611"]
    assert "KeyError test_batch_tasks.py" in made.problems[0].message


def test_of_documents_one_without_a_pdf_leaves_the_others(monkeypatch):
    outcomes = (problem("P504", status=-11), b"no PDF at all")
    monkeypatch.setattr(office, "convert", lambda _files: outcomes)
    made = tasks.make(PLAIN, tasks.Job("ก.json", _bytes()))
    done = tasks.convert([tasks.ToConvert(name, made.documents[0].docx, "ก") for name in "กข"])
    assert [[p.code for p in one.problems] for one in done] == [["P504"], ["P510"]]
    assert [one.pdf for one in done] == [None, None]
    assert isinstance(done[0].problems[0], Problem)


def test_neither_a_worker_nor_the_page_loads_openpyxl():
    """It is a fifth of what a worker loads, and only who writes a new workbook needs it."""
    program = (
        "import itareport.batch.workers.tasks, itareport.web.server, sys;"
        "print([m for m in sys.modules if 'openpyxl' in m])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"
