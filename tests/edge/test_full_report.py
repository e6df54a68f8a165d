"""A report with everything that a data file may hold, as .docx and as PDF."""

import json

import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from pdfua import Validator
from PIL import Image, ImageDraw

import pdfs
from documents import body, merges, reading, tables, text_of
from itareport.actions import build, prepare
from itareport.document import structure
from itareport.files import opc
from itareport.ita import catalogue
from itareport.pdf import office, verify
from itareport.problems import Severity
from reports import clean_data, plan_of, row_of

SCORES: dict = {"i1": "98.33", "e3": ("83.81", "99.05"), "e9": ("79.05", "98.10"), "o1": "50.00"}
ROLES = ("ผู้จัดทำรายงาน", "ผู้ตรวจสอบ", "ผู้ตรวจทาน", "ผู้เห็นชอบ", "ผู้อนุมัติ")


def everything() -> dict:
    data = clean_data(catalogue.load(2568), SCORES)
    data["agency"] |= {"emblem": "ตรา.png", "website": "www.khuansaothong.go.th"}
    data["agency"]["units"] = ["สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง"]
    data["graph"] = "กราฟ.jpg"
    data["result"] |= {
        "announced": "1 สิงหาคม 2568",
        "last_year": {
            "total": "86.73",
            "indicators": [{"no": str(n), "score": f"{70 + n}.59"} for n in (*range(1, 6), 9, 10)],
        },
    }
    row_of(data, "o1")["reason"] = "ไม่พบ URL ของเอกสาร"
    row_of(data, "o26").clear()
    data["scores"] = [row for row in data["scores"] if row]
    data["scores"] += [{"code": "o26", "missing": "ไม่แสดงในผลที่เผยแพร่"}]
    data |= {"serves": {"year": "2569", "item": "o25"}, "correspondence": "พิมพ์"}
    data["result"] |= {
        "rank": {"place": "76", "of": "211"},
        "respondents": {"iit": "40", "eit": "152"},
    }
    data |= {
        "principles": "สำนักงาน ป.ป.ช. กำหนดให้วิเคราะห์ผล\nหน่วยงานจึงจัดทำรายงานนี้",
        "follow_up": "ให้ผู้รับผิดชอบรายงานผลรอบ 6 เดือน และรอบ 12 เดือน",
        "summary": "หน่วยงานจะนำแผนไปดำเนินการ",
        "appendices": ["ภาพหน้าเว็บไซต์", "คำสั่งแต่งตั้งคณะทำงาน"],
    }
    items = list(catalogue.load(2568).issue(2).items)
    data["issues"] = [{"no": "2", "items": items[::-1]}]
    for row in data["remarks"]:
        row["text"] += "\nย่อหน้าที่สองของข้อวิเคราะห์ ตามมาตรฐาน ISO 9001 [[2015]]"
    for issue in (1, 2, 5):
        plan_of(data, issue)["follow_up"] = ["รายงานผู้บริหารทุกไตรมาส", "สรุปผลเมื่อสิ้นปี"]
    plan_of(data, 2)["budget"] = ["50,000 บาท"]
    data["plan"].insert(1, {**plan_of(data, 1), "measures": ["จัดอบรมเรื่อง E-Service ที่ใช้จริง"]})
    data["signatures"] = [
        {"role": role, "name": f"นายใจดี ผู้รู้{n}", "position": ["ปลัดเทศบาล", "รักษาราชการแทน นายก"]}
        for n, role in enumerate(ROLES)
    ]
    data["signatures"][4] = {"role": ROLES[4], "date": "15 กันยายน 2568"}
    return data


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("full")
    Image.new("RGBA", (600, 600), (20, 60, 140, 128)).save(folder / "ตรา.png")
    graph = Image.new("RGB", (1600, 950), "white")
    ImageDraw.Draw(graph).ellipse((300, 100, 1200, 850), fill="teal")
    graph.save(folder / "กราฟ.jpg", dpi=(300, 300))
    path = folder / "ข้อมูล.json"
    path.write_text(json.dumps(everything(), ensure_ascii=False), encoding="utf-8")
    return path


def _built(file, **options):
    how = prepare.Options(**options)
    checked = prepare.check_file(file, how)
    assert [str(p) for p in checked.problems if p.severity is Severity.ERROR] == []
    made, lost = build.docx(checked.ready, how)
    assert lost == ()
    return checked.ready, how, made


@pytest.fixture(scope="module")
def made(file):
    return _built(file)[2]


def test_the_document_with_everything_reads_as_it_did(made, golden):
    golden("documents/everything.txt", reading(made))


def test_the_document_of_indicators_alone_reads_as_it_did(tmp_path, golden):
    data = clean_data(catalogue.load(2568))
    data["result"] |= {"published": "ตัวชี้วัด", "total": None, "level": None, "tools": []}
    data["result"]["indicators"][6]["score"] = "90.00"
    advice = "ผู้รับบริการบางส่วนเห็นว่ายังไม่ชัดเจน ดังนั้น หน่วยงานควรปรับปรุง"
    data |= {"scores": [], "remarks": [{"tool": "EIT", "text": advice}]}
    path = tmp_path / "ข้อมูล.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    golden("documents/indicators-alone.txt", reading(_built(path)[2]))


@pytest.mark.parametrize(
    "options", [{}, {"digits": "arabic"}, {"graph": "radar"}, {"graph": "none"}]
)
def test_microsofts_schemas_find_no_error(file, tmp_path, options):
    (tmp_path / "r.docx").write_bytes(_built(file, **options)[2])
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)
    assert list(validator.validate(str(tmp_path / "r.docx")).errors) == []


def test_everything_is_in_the_document(made):
    parts, text = opc.read(made), text_of(body(made))
    assert {"word/media/emblem.png", "word/media/graph.jpeg"} <= parts.keys()
    assert len(list(body(made).iter(structure.w("drawing")))) == 2
    for words in ("๘๖.๗๓", "๒๕๖๗", "๑ สิงหาคม ๒๕๖๘", "www.khuansaothong.go.th",
                  "ส่วนที่ ๑ ๘๓.๘๑", "ส่วนที่ ๒ ๙๙.๐๕", "ไม่พบ URL ของเอกสาร", "ISO 9001 2015",
                  "ข้อ o๒๖ ซึ่งผลการประเมินที่เผยแพร่ไม่แสดงคะแนน", "รายงานผู้บริหารทุกไตรมาส",
                  "๑๕ กันยายน ๒๕๖๘", "๕๐,๐๐๐ บาท",
                  "เป็นอันดับที่ ๗๖ จาก ๒๑๑ แห่งของจังหวัด", "(IIT) ๔๐ คน และ", "(EIT) ๑๕๒ คน",
                  "หน่วยงานจึงจัดทำรายงานนี้", "การกำกับติดตาม: ให้ผู้รับผิดชอบรายงานผลรอบ ๖ เดือน",
                  "หน่วยงานจะนำแผนไปดำเนินการ", "๒. คำสั่งแต่งตั้งคณะทำงาน"):  # fmt: skip
        assert words in text, words
    assert text.count("(ลงชื่อ)") == 5
    indicators, *_ = tables(made)
    assert [row[3][0] for row in indicators[1:]] == [
        "๗๑.๕๙", "๗๒.๕๙", "๗๓.๕๙", "๗๔.๕๙", "๗๕.๕๙", "–", "–", "–", "๗๙.๕๙", "๘๐.๕๙",
    ]  # fmt: skip
    lines = [row[0][0].split("\n") for row in indicators[1:] if row[0] != [""]]
    assert [(line[0], len(line) - 1) for line in lines] == [("IIT", 1), ("EIT", 2), ("OIT", 1)]
    plan = tables(made)[-2]
    assert [len(row) for row in plan] == [8] * 9
    assert [signs[0] for signs in merges(made)[-2]] == [".", "r", "c", *"......"]


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize("digits", ["thai", "arabic"])
def test_its_pdf_holds_everything_and_is_accessible(file, tmp_path, digits):
    data, how, docx = _built(file, digits=digits)
    pdf = office.to_pdf(docx)
    assert verify.pdf(pdf, build.expected(build.printed_name(data, how), docx)).problems == ()
    assert pdfs.detached_marks(pdf) == []
    (tmp_path / "r.pdf").write_bytes(pdf)
    assert Validator().validate(str(tmp_path / "r.pdf")).findings == ()
