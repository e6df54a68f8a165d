import http.server
import re
import shutil
import threading
from importlib.resources import files

import pytest
from lxml import etree
from pdfua import Validator

import packages
import pdfs
from documents import paragraph
from guests import guest
from itareport.files import opc
from itareport.pdf import office, verify
from itareport.pdf.office import copies, profile, program, session
from itareport.pdf.office.process import Patience
from itareport.pdf.verify import pdf_text
from itareport.problems import Problem
from offices import PATIENCE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" '
    'name="x" descr="ภาพ"/><a:graphic><a:graphicData uri="{pic}"><pic:pic xmlns:pic="{pic}">'
    '<pic:nvPicPr><pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip r:link="outside"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect">'
    "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
    "</w:drawing></w:r></w:p>"
).format(pic="http://schemas.openxmlformats.org/drawingml/2006/picture")


def part(docx, name="word/document.xml"):
    return etree.fromstring(opc.read(office.adjusted(docx).data)[name])


def seen_and_hidden(docx):
    """Return the text with each hidden letter as ‹, without word joiners."""
    made = []
    for run in part(docx).iter(f"{W}r"):
        hidden = run.find(f"{W}rPr/{W}vanish") is not None
        made += ["‹" if hidden else t.text or "" for t in run.iter(f"{W}t")]
    return "".join(made).replace("\u2060", "")


def changed(docx, name, old, new):
    parts = opc.read(docx)
    assert old.encode() in parts[name]
    return opc.write(parts | {name: parts[name].replace(old.encode(), new.encode())})


# The copy


def test_thai_justification_is_said_in_libreoffices_words():
    docx = pdfs.docx(
        pdfs.paragraph("ก", align="thaiDistribute"), pdfs.paragraph("ข", align="center")
    )
    docx = changed(docx, "word/styles.xml", "<w:pPr>", '<w:pPr><w:jc w:val="thaiDistribute"/>')
    assert [jc.get(f"{W}val") for jc in part(docx).iter(f"{W}jc")] == ["left", "center"]
    assert [jc.get(f"{W}val") for jc in part(docx, "word/styles.xml").iter(f"{W}jc")] == ["left"]


def test_latin_letters_are_english_and_thai_ones_stay_thai():
    spoken = '<w:lang w:val="th-TH" w:bidi="th-TH"/>'
    docx = pdfs.docx(pdfs.paragraph("ก", run=spoken), pdfs.paragraph("ข"))
    styles = part(docx, "word/styles.xml")
    normal, heading = styles.iterfind(f"{W}style")
    assert heading.find(f".//{W}lang") is None
    for place in (part(docx), styles.find(f"{W}docDefaults"), normal):
        assert place is not None
        (lang,) = place.iter(f"{W}lang")
        assert (lang.get(f"{W}val"), lang.get(f"{W}bidi")) == ("en-US", "th-TH")


def test_another_language_that_a_style_speaks_is_left_alone():
    style = '<w:name w:val="Normal"/>'
    french = f'{style}<w:rPr><w:lang w:val="fr-FR"/></w:rPr>'
    docx = changed(pdfs.docx(), "word/styles.xml", style, french)
    languages = part(docx, "word/styles.xml").iter(f"{W}lang")
    assert [lang.get(f"{W}val") for lang in languages] == ["en-US", "fr-FR"]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("สำนักงาน (องค์การมหาชน) ก", "สำนักงาน ‹(องค์การมหาชน) ก"),
        ("ใน o๑๐ และ i๑", "ใน ‹o๑๐ และ ‹i๑"),
        ("ระบบ E-Service ของ “หน่วยงาน”", "ระบบ E-Service ของ ‹“หน่วยงาน”"),
        ("ปี 2568 และ (ITA)", "ปี ‹2568 และ ‹(ITA)"),
        ("(ต้น) ย่อหน้า", "(ต้น) ย่อหน้า"),
        ("ชิด(ไม่มีช่องว่าง)", "ชิด(ไม่มีช่องว่าง)"),
        ("ก\N{NO-BREAK SPACE}(ข)", "ก\N{NO-BREAK SPACE}(ข)"),
        ("English (only) o1", "English (only) o1"),
    ],
)
def test_words_that_lines_may_begin_with_get_a_hidden_letter(text, marked):
    assert seen_and_hidden(pdfs.docx(pdfs.paragraph(text))) == marked


def test_a_bracket_in_a_run_of_its_own_is_found():
    runs = "".join(f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{t}</w:t></w:r>'
                   for t in ("ก ", "(", "ข) ", "ค (ง"))  # fmt: skip
    docx = pdfs.docx(f"<w:p>{runs}</w:p>")
    assert seen_and_hidden(docx) == "ก ‹(ข) ค ‹(ง"
    assert all(run.find(f"{W}rPr/{W}b") is not None for run in part(docx).iter(f"{W}r"))


def test_what_stands_beside_a_text_in_its_run_keeps_its_place():
    run = '<w:r><w:tab/><w:t xml:space="preserve">ก (ข</w:t><w:br/><w:t>ค (ง</w:t><w:tab/></w:r>'
    tags = [e.tag.removeprefix(W) for e in part(pdfs.docx(f"<w:p>{run}</w:p>")).iter(
        f"{W}t", f"{W}tab", f"{W}br", f"{W}vanish")]  # fmt: skip
    assert tags == ["tab", "t", "vanish", "t", "t", "br", "t", "vanish", "t", "t", "tab"]


def test_a_run_that_prints_nothing_is_left_out_where_it_has_no_look_of_its_own():
    nothing, bold = "<w:r><w:t/></w:r>", "<w:r><w:rPr><w:b/></w:rPr><w:t/></w:r>"
    tab, said = "<w:r><w:t/><w:tab/></w:r>", "<w:r><w:t>ก</w:t></w:r>"
    docx = pdfs.docx(f"<w:p>{nothing}</w:p><w:p>{bold}{nothing}{tab}{said}</w:p>")
    made = [[[e.tag.removeprefix(W) for e in run] for run in paragraph.iter(f"{W}r")]
            for paragraph in part(docx).iter(f"{W}p")]  # fmt: skip
    assert made == [[], [["rPr", "t"], ["t", "tab"], ["t"]]]


def test_paragraphs_are_looked_at_one_by_one():
    docx = pdfs.docx(pdfs.paragraph("ก "), pdfs.paragraph("(ข)"))
    assert seen_and_hidden(docx) == "ก (ข)"


def test_nothing_else_changes_and_the_copy_is_always_the_same():
    docx = pdfs.docx(pdfs.paragraph("ก (ข)"), pdfs.chart(1, "", "กราฟ"))
    before, after = opc.read(docx), opc.read(office.adjusted(docx).data)
    assert list(before) == list(after)
    assert all(before[n] == after[n] for n in before if not re.fullmatch(r"word/\w+\.xml", n))
    assert office.adjusted(docx) == office.adjusted(docx)


def test_the_charts_texts_come_in_the_order_of_the_document():
    body = (pdfs.chart(2, "ข", "สอง"), pdfs.chart(1, "", "หนึ่ง"), PICTURE)
    assert office.adjusted(pdfs.docx(*body)).charts == (
        copies.Alternative("ข", "สอง"),
        copies.Alternative("", "หนึ่ง"),
    )


@pytest.mark.parametrize(("numbers", "thai"), [("thaiNumbers", True), ("decimal", False)])
def test_the_document_says_how_its_pages_are_numbered(numbers, thai):
    assert office.adjusted(pdfs.docx(numbers=numbers)).thai_page_numbers is thai


ANCHORS = (
    '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>ก</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
)


def commented(name):
    """Return a document with a comment's anchors in one part, and no comments."""
    if name == "word/document.xml":
        return pdfs.docx(ANCHORS)
    return changed(pdfs.docx(pdfs.paragraph("ข")), name, "</w:hdr>", f"{ANCHORS}</w:hdr>")


@pytest.mark.parametrize("name", ["word/document.xml", "word/header1.xml"])
def test_comments_do_not_come_into_the_copy(name):
    anchors = {f"{W}comment{kind}" for kind in ("RangeStart", "RangeEnd", "Reference")}
    assert anchors <= {e.tag for e in etree.fromstring(opc.read(commented(name))[name]).iter()}
    assert anchors.isdisjoint({e.tag for e in part(commented(name), name).iter()})


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_comments_neither_end_libreoffice_nor_have_it_refuse_a_file():
    with_one = guest(ANCHORS).word("comments", f'<w:comment w:id="0">{paragraph("ข")}</w:comment>')
    files = [commented("word/document.xml"), commented("word/header1.xml"), with_one.data()]
    assert all(isinstance(pdf, bytes) and "ก" in pdfs.text(pdf) for pdf in office.to_pdfs(files))


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_a_refused_file_does_not_keep_libreoffice_from_ending(monkeypatch):
    monkeypatch.setattr(copies, "_drop_comments", lambda _: None)
    files = [commented("word/header1.xml"), pdfs.docx(pdfs.paragraph("ก"))]
    made = {n: office.adjusted(docx) for n, docx in enumerate(files)}
    found = office.find()
    assert found is not None
    ran = session.work(found, made, Patience(PATIENCE))
    assert (ran.failure, ran.hung) == (None, False)
    refused, pdf = ran.done[0], ran.done[1]
    assert isinstance(refused, Problem)
    assert refused.code == "P505"
    assert isinstance(pdf, bytes)


def test_what_is_no_document_is_refused():
    with pytest.raises(opc.NotAPackageError):
        office.adjusted(b"no zip")


def test_a_body_under_another_name_is_set_alike():
    docx = pdfs.docx(pdfs.paragraph("ก", align="distribute"), pdfs.chart(1, "ก", "ข"))
    usual = office.adjusted(docx)
    made = office.adjusted(packages.moved(docx, lambda name: name.replace("word/", "Text/")))
    assert (made.charts, made.thai_page_numbers) == (usual.charts, True)
    for name, content in opc.read(usual.data).items():
        if not name.endswith((".rels", opc.TYPES)):
            assert opc.read(made.data)[name.replace("word/", "Text/")] == content


def test_a_document_type_with_its_entities_is_refused():
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document'
    docx = changed(pdfs.docx(pdfs.paragraph("HERE")), "word/document.xml", "<w:document", entity)
    with pytest.raises(opc.NotAPackageError):
        office.adjusted(changed(docx, "word/document.xml", "HERE", "&e;"))


# Finding LibreOffice


@pytest.fixture
def installed(tmp_path):
    """Return an installation that tells its build, with a link to it in another folder."""
    made = tmp_path / "opt" / "program" / "soffice"
    made.parent.mkdir(parents=True)
    made.write_text("#!/bin/sh\n")
    made.chmod(0o755)
    (made.parent / "versionrc").write_text("[Version]\nbuildid=abc123\nVendor=x\n")
    (made.parent / "bootstraprc").write_text("[Bootstrap]\nProductKey=LibreOffice 9.1\n")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "soffice").symlink_to(made)
    return made


@pytest.mark.usefixtures("installed")
def test_it_is_found_on_path_through_a_link(tmp_path):
    found = office.find({"PATH": str(tmp_path / "bin")})
    assert found == office.Office(tmp_path / "bin" / "soffice", "abc123", "LibreOffice 9.1")


def test_the_variable_comes_first(installed, tmp_path):
    found = office.find({"PATH": str(tmp_path / "bin"), "ITAREPORT_SOFFICE": str(installed)})
    assert found is not None
    assert found.command == installed


def test_a_variable_that_names_nothing_finds_nothing(installed, tmp_path):
    for named in (tmp_path / "nowhere", tmp_path, installed.parent / "versionrc"):
        environ = {"PATH": str(tmp_path / "bin"), "ITAREPORT_SOFFICE": str(named)}
        assert office.find(environ) is None
        assert office.absence(environ).code == "P501"
        assert str(named) in office.absence(environ).message


def test_without_one_the_remedy_says_how_to_install_it(tmp_path):
    environ = {"PATH": str(tmp_path)}
    assert office.find(environ) is None
    problem = office.absence(environ)
    assert problem.code == "P500"
    for way in ("apt install", "winget", "brew", "ITAREPORT_SOFFICE"):
        assert way in problem.remedy


@pytest.mark.parametrize(
    ("platform", "place"),
    [
        ("darwin", "Applications/LibreOffice.app/Contents/MacOS/soffice"),
        ("win32", "LibreOffice/program/soffice.com"),
    ],
)
def test_the_places_where_it_installs_itself_are_known(monkeypatch, tmp_path, platform, place):
    made = tmp_path / place
    made.parent.mkdir(parents=True)
    made.write_text("")
    made.chmod(0o755)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr(program, "_roots", lambda _: iter([tmp_path]))
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    found = office.find({})
    assert found is not None
    assert found.command == made


# Converting


@pytest.fixture(scope="module")
def converted(soffice):
    """Return the PDF of a document with a bit of everything, as three runs of pages."""
    assert soffice
    code = "ข้อ i๑ ข้อ o๑๐ ระบบ E-Service (องค์การมหาชน) "
    return office.to_pdf(
        pdfs.docx(
            pdfs.paragraph("หัวเรื่อง", style="H1"),
            pdfs.paragraph(code * 30, align="thaiDistribute"),
            *(pdfs.paragraph("น้ำ", run=run) for run in ("<w:b/><w:bCs/>", "<w:i/><w:iCs/>")),
            pdfs.table(["ข้อ", "คะแนน"], ["i๑", "๙๙.๑๗"]),
            pdfs.chart(1, "กราฟ", "ตัวชี้วัด 😀"),
            '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
            pdfs.chart(2, "", "กราฟที่สอง"),
        )
    )


def found_by_pdfua(pdf, folder):
    file = folder / "made.pdf"
    file.write_bytes(pdf)
    return [finding.rule_id for finding in Validator().validate(str(file)).findings]


@pytest.mark.pdf
def test_pages_are_numbered_in_thai(converted):
    numbers = [re.search(r"-\s*(\S+)\s*-", page.text) for page in pdf_text.pages(converted)]
    assert [n and n[1] for n in numbers] == ["๑", "๒"]


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize(("asked", "number"), [(None, "1"), (True, "๑"), (False, "1")])
def test_the_caller_may_say_how_pages_are_numbered(asked, number):
    docx = pdfs.docx(pdfs.paragraph("ก"), numbers="decimal")
    text = pdfs.text(office.to_pdf(docx, thai_page_numbers=asked))
    assert re.search(rf"-\s*{number}\s*-", text)


@pytest.mark.pdf
def test_codes_and_words_are_whole_and_nothing_hidden_shows(converted):
    lines = re.split(r"[\r\n\f]+", pdfs.text(converted))
    body = " ".join(line.strip() for line in lines)
    code = "ข้อ i๑ ข้อ o๑๐ ระบบ E-Service (องค์การมหาชน)"
    assert body.replace("\ufffe", "-").count(code) == 30
    ends = [line.strip()[-1] for line in lines if line.strip()]
    assert not set(ends) & set("(“")


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_lines_end_between_words_whatever_their_language():
    words = "ระบบ E-Service ข้อ o๑๐ (ร่าง) www.example.go.th "
    body = [pdfs.paragraph("ก" * n + " " + words * 6) for n in range(1, 40)]
    seen = " ".join(pdfs.text(office.to_pdf(pdfs.docx(*body))).split())
    seen = re.sub(r"[-\ufffe\x02] ?Service", "-Service", seen)
    for word in words.split():
        assert seen.count(word) == 39 * 6, word


@pytest.mark.pdf
def test_only_our_fonts_are_used_and_embedded(converted):
    fonts = {font for page in pdf_text.pages(converted) for font in page.fonts}
    assert {f.name for f in fonts} == {
        "THSarabunNew", "THSarabunNew-Bold", "THSarabunNew-Italic",
    }  # fmt: skip
    assert all(font.embedded for font in fonts)


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize("font", ["TH SarabunIT๙", "TH Sarabun New", "Sarabun", "Cordia New"])
def test_other_names_of_the_font_lead_to_ours(font):
    made = office.to_pdf(pdfs.docx(pdfs.paragraph("ก"), pdfs.chart(1, "", "ข"), font=font))
    found = verify.pdf(made, verify.Expected("ก"))
    assert found.problems == ()


@pytest.mark.pdf
def test_the_file_claims_pdf_a_and_pdf_ua_in_thai(converted):
    for claim in (b"<pdfaid:part>2<", b"<pdfaid:conformance>B<", b"<pdfuaid:part>1<"):
        assert claim in converted
    assert b"/Lang(th-TH)" in converted
    assert b"/DisplayDocTitle true" in converted


@pytest.mark.pdf
def test_pdfua_finds_nothing(converted, tmp_path):
    assert found_by_pdfua(converted, tmp_path) == []


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_pdfua_would_find_a_chart_without_its_text(tmp_path):
    made = office.to_pdf(pdfs.docx(pdfs.paragraph("ก"), pdfs.chart(1, "", "")))
    assert found_by_pdfua(made, tmp_path) == ["UA-13-004"]


@pytest.mark.pdf
def test_one_start_is_enough(soffice, monkeypatch):
    """Without its launcher LibreOffice ends with 81 where it wants to be started again."""
    binary = soffice.command.resolve().with_name("soffice.bin")
    monkeypatch.setenv("ITAREPORT_SOFFICE", str(binary))
    assert office.to_pdf(pdfs.docx(pdfs.paragraph("ก"))).startswith(b"%PDF")


@pytest.mark.pdf
def test_an_unknown_build_costs_a_second_start_but_no_pdf(soffice, monkeypatch):
    other = office.Office(soffice.command, "", "")
    monkeypatch.setattr(office, "find", lambda: other)
    assert office.to_pdf(pdfs.docx(pdfs.paragraph("ก"))).startswith(b"%PDF")


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_many_documents_come_back_in_their_order_and_a_bad_one_alone_fails():
    names = ["แรก", "กลาง", "ท้าย"]
    documents = [pdfs.docx(pdfs.paragraph(name)) for name in names]
    broken = changed(documents[0], "_rels/.rels", "word/document.xml", "word\\document.xml")
    outcomes = office.to_pdfs([documents[0], broken, *documents[1:]])
    failed = outcomes[1]
    assert isinstance(failed, Problem)
    assert failed.code in {"P504", "P505"}
    whole = [made for made in outcomes if isinstance(made, bytes)]
    for name, made in zip(names, whole, strict=True):
        assert name in pdfs.text(made)


@pytest.mark.pdf
def test_it_tells_its_version(soffice):
    assert re.fullmatch(r"\d+(\.\d+)+", office.version(soffice))


@pytest.fixture
def outside():
    """Return the address of a picture on this machine and the list of who asked for it."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def parse_request(self):
            asked.append(self.client_address)
            return False

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/x.png", asked
        server.shutdown()


def linked(address):
    image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    relation = (
        f'<Relationship Id="outside" Type="{image}" Target="{address}" TargetMode="External"/>'
    )
    docx = pdfs.docx(pdfs.paragraph("ก"), PICTURE)
    rels = "word/_rels/document.xml.rels"
    return changed(docx, rels, "</Relationships>", f"{relation}</Relationships>")


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize("without", ["", "BlockUntrusted", "ooInet", "BlockUntrusted|ooInet"])
def test_a_document_fetches_nothing(outside, monkeypatch, without):
    """Two locks; only with both open is the picture asked for, so each of them holds."""
    address, asked = outside
    kept = [s for s in profile._SETTINGS if not (without and re.match(without, s[1]))]
    monkeypatch.setattr(profile, "_SETTINGS", tuple(kept))
    office.to_pdf(linked(address))
    assert bool(asked) is (without == "BlockUntrusted|ooInet")


def test_libreoffice_is_told_to_look_for_no_mistakes_and_to_collect_no_words(tmp_path):
    profile.prepare(tmp_path / "profile", "", "")
    said = (tmp_path / "profile" / "user" / "registrymodifications.xcu").read_text("utf-8")
    for name in ("IsSpellAuto", "RecognizeSmartTags", "CollectWords"):
        assert f'"{name}" oor:op="fuse"><value>false</value>' in said


def test_the_macro_lays_the_pages_once_after_all_its_settings():
    source = files(office).joinpath("convert.bas").read_text(encoding="utf-8")
    steps = ("lockControllers()", "SetLanguages(d", "NumberPagesInThai(d", "DescribeCharts(d")
    laid = ("unlockControllers()", "LayAllPages(d", "PartRowsWell(d")
    order = [source.index(step) for step in (*steps, *laid)]
    assert order == sorted(order)
