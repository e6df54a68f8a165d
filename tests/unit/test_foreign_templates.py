"""Templates of other people: what no report may have is refused, what they left behind is out."""

import zipfile
from io import BytesIO

import pytest

import guests
from documents import document, paragraph, paragraphs
from guests import guest
from itareport.document import structure, word
from itareport.files import assets, opc
from itareport.problems import ItaReportError

SECRET = "ความลับ"
OLE = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="ole"/>'
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
DOC = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1/x">]><x>&a;</x>'
OCTETS = "application/octet-stream"
MS = "http://schemas.microsoft.com/office"


def problems(template):
    with pytest.raises(ItaReportError) as caught:
        word.Template(template)
    return caught.value.problems


def made(template, **context):
    """Return the parts of a report, and what it was told that it does not have."""
    prepared = word.Template(template)
    return opc.read(prepared.render(context, lambda *_: None)), prepared.left_out


def tracked(name, inner=""):
    return f'<w:{name} w:id="1" w:author="{SECRET}">{inner}</w:{name}>'


REFUSED = {
    "a linked picture": (
        "T310", guest().link("image", "http://127.0.0.1/i.png", outside=True)),
    "a linked object": (
        "T310", guest().link("oleObject", "file:///c:/o.xlsx", outside=True)),
    "a link to a share": (
        "T310", guest().link("hyperlink", r"\\\\evil\\share", outside=True)),
    "a link that runs something": (
        "T310", guest().link("hyperlink", "javascript:x", outside=True)),
    "a field that links to a share": (
        "T310", guest(guests.field_of(r' HYPERLINK \o "tip" "\\\\evil\\x" '))),
    "an old picture by its address": (
        "T310",
        guest(f'<w:p><w:r><w:pict><v:imagedata {VML} o:href="http://h/x"/></w:pict></w:r></w:p>')),
    "the data of a mail merge": (
        "T310", guest().link("mailMergeSource", "file:///c:/d.csv", outside=True,
                             of="word/settings.xml")),
    "another template": (
        "T311", guest().link("attachedTemplate", "http://h/t.dotm", outside=True,
                             of="word/settings.xml")),
    "an object": (
        "T309", guest(f"<w:p><w:r><w:object>{OLE}</w:object></w:r></w:p>").linked(
            "oleObject", "word/embeddings/o.bin", b"1", OCTETS)),
    "an embedded file": (
        "T309", guest().linked("package", "word/embeddings/x.xlsx", b"1",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    "a whole document": (
        "T309", guest("<w:altChunk/>").linked("aFChunk", "word/a.html", b"1", "text/html")),
    "a document of a master": (
        "T309", guest('<w:p><w:subDoc r:id="s"/></w:p>').link("subDocument", "s.docx")),
    "a page of frames": (
        "T309", guest().word("webSettings", "<w:frameset><w:frame/></w:frameset>")),
    "a frame": ("T309", guest().link("frame", "f.docx")),
    "a video of the web": (
        "T309", guest(f'<w:p><x:webVideoPr xmlns:x="{MS}/word/2012" embeddedHtml="i"/></w:p>')),
    "an add-in": (
        "T309", guest().link(f"{MS}/2011/relationships/webextension", "x.xml")),
    "what nobody knows": (
        "T309", guest().linked(f"{MS}/2099/relationships/new", "word/new.xml", b"<a/>", "a/b")),
    "a picture of another kind": (
        "T309", guest().linked("image", "word/media/x.svg", b"<svg/>", "image/svg+xml")),
    "a control": (
        "T308", guest('<w:p><w:r><w:control r:id="c"/></w:r></w:p>')),
    "a control's part": (
        "T308", guest().linked("control", "word/activeX/x.xml", b"<a/>",
                               "application/vnd.ms-office.activeX+xml")),
    "macros": (
        "T308", guest().linked(f"{MS}/2006/relationships/vbaProject", "word/vbaProject.bin", b"1",
                               "application/vnd.ms-office.vbaProject")),
    "macros with data of their own": (
        "T308", guest().linked(f"{MS}/2006/relationships/vbaProject", "word/vbaProject.bin", b"1",
                               "application/vnd.ms-office.vbaProject").link(
            f"{MS}/2006/relationships/wordVbaData", "vbaData.xml", of="word/vbaProject.bin")),
    "macros to which nothing leads": (
        "T308", guest().part("word/v.bin", b"1", "application/vnd.ms-office.vbaProject")),
    "a document with macros": (
        "T308", guest().typed(
            "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
            "vnd.ms-word.document.macroEnabled.main")),
    "a field that includes": ("T312", guest(guests.field_of(" INCLUDE", 'PICTURE "http://h" '))),
    "a simple field that includes": (
        "T312", guest('<w:p><w:fldSimple w:instr="includetext x"/></w:p>')),
    "a field in a field": (
        "T312", guest(guests.field_of(" IF 1 = 1 ").replace(
            "</w:instrText></w:r>",
            "</w:instrText></w:r>" + guests.field_of(" DDEAUTO x ")[5:-6]))),
    "a link to a file": ("T312", guest(guests.field_of(" LINK Excel.Sheet x "))),
    "a field whose name is a tag": ("T312", guest(guests.field_of(" {{ x }} "))),
    "a field that an instruction in quotes names": (
        "T312", guest(guests.field_of(' "INCLUDETEXT" x '))),
    "a field without a name": ("T312", guest(guests.field_of(""))),
    "a field whose name a tag may leave out": (
        "T312", guest(guests.field_of(" PAGE ", " LINK x ").replace(
            "<w:r><w:instrText> L", "<w:r><w:t>{% endif %}</w:t></w:r><w:r><w:instrText> L")
            .replace("<w:r><w:instrText> P",
                     "<w:r><w:t>{% if 0 %}</w:t></w:r><w:r><w:instrText> P"))),
    "a field with a tag": ("T312", guest(guests.field_of(" REF {{ x }} "))),
    "a field that is never closed": ("T312", guest("<w:p><w:r><w:instrText>DDE x"
        "</w:instrText></w:r></w:p>")),
    "a document type": ("T302", guest().part("customXml/item9.xml", DOC.encode(), "text/xml")),
    "a document type in UTF-16": (
        "T302", guest().part("customXml/item9.xml", DOC[21:].encode("utf-16"), "text/xml")),
    "strict markup": (
        "T315", guest().changed(guests.MAIN, structure.W,
            "http://purl.oclc.org/ooxml/wordprocessingml/main")),
    "strict markup in a header": (
        "T315", guest().word("header", "<w:p/>", "hdr").changed(
            "word/guest-header.xml", structure.W,
            "http://purl.oclc.org/ooxml/wordprocessingml/main")),
    "strict relationships": (
        "T315", guest().changed("_rels/.rels", guests.R,
            "http://purl.oclc.org/ooxml/officeDocument/relationships")),
    "no body": ("T314", guest().changed(guests.MAIN, "w:body", "w:bod")),
    "a header as the main part": (
        "T314", guest().typed("document.main+xml", "header+xml")),
    "an insertion": ("T316", guest(f"<w:p>{tracked('ins', '<w:r><w:t>ก</w:t></w:r>')}</w:p>")),
    "a deletion": ("T316", guest(f"<w:p>{tracked('del')}</w:p>")),
    "a deleted row": (
        "T316", guest(f"<w:tbl><w:tr><w:trPr>{tracked('del')}</w:trPr><w:tc><w:p/></w:tc></w:tr>"
                      "</w:tbl>")),
    "a move": ("T316", guest(f"<w:p>{tracked('moveFrom')}</w:p>")),
    "another look before": ("T316", guest(f"<w:p><w:pPr>{tracked('pPrChange')}</w:pPr></w:p>")),
    "deleted words whose change is lost": (
        "T316", guest(f"<w:p><w:r><w:delText>{SECRET}</w:delText></w:r></w:p>")),
    "a change that two writers made": (
        "T316", guest(f'<w:p><x:conflictIns xmlns:x="{MS}/word/2010/wordml">'
                      "<w:r><w:t>ก</w:t></w:r></x:conflictIns></w:p>")),
    "a change in a header": ("T316", guest().word("header", f"<w:p>{tracked('ins')}</w:p>", "hdr")),
    "a change in a header whose name is no XML's": (
        "T316", guest().word("header", f"<w:p>{tracked('ins')}</w:p>", "hdr", "word/h.bin")),
    "a field in a header whose name is no XML's": (
        "T312", guest().word("header", guests.field_of(" DDEAUTO x "), "hdr", "word/h")),
    "a document type in a header whose name is no XML's": (
        "T302", guest().word("header", "<w:p/>", "hdr", "word/h.bin").changed(
            "word/h.bin", "<w:hdr", '<!DOCTYPE x [<!ENTITY a "1">]><w:hdr')),
    "a link to a share that does not say so": (
        "T310", guest().link("hyperlink", r"\\evil\share")),
    "a link to a file that does not say so": ("T310", guest().link("hyperlink", "evil.docx")),
    "a picture elsewhere that does not say so": (
        "T310", guest().link("image", "http://127.0.0.1/i.png")),
    "a picture on a drive that does not say so": ("T310", guest().link("image", "C:/i.png")),
    "what people leave, elsewhere": ("T310", guest().link("comments", "file:///c:/c.xml")),
    "a link whose address a field works out": (
        "T310", guest(guests.field_of(" HYPERLINK ").replace(
            "</w:instrText></w:r>",
            "</w:instrText></w:r>" + guests.field_of(' IF 1 = 1 "\\\\evil" ')[5:-6]))),
    "a tag with a blank between its braces": ("T301", guest(paragraph("{ { agency.name } }"))),
    "a block with a blank between its braces": ("T301", guest(paragraph("{ % if x %}"))),
}  # fmt: skip


OTHER_FIELDS = (
    "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "LINK", "DDE", "DDEAUTO", "IMPORT", "EMBED",
    "DATABASE", "RD", "MACROBUTTON", "GOTOBUTTON", "PRINT", "CONTROL", "HTMLCONTROL", "OCX", "ASK",
    "FILLIN", "AUTOTEXT", "AUTOTEXTLIST", "GLOSSARY", "MERGEFIELD", "NEXT", "DOCVARIABLE",
    "DOCPROPERTY", "FILENAME", "USERNAME", "USERADDRESS", "ADDIN", "PRIVATE", "BARCODE", "QUOTE",
    "SET", "BIBLIOGRAPHY", "CITATION", "FORMTEXT", "Ref1",
)  # fmt: skip
"""Names of fields that no report needs: each is refused by its name, and so is any unknown one."""


@pytest.mark.parametrize("name", OTHER_FIELDS)
def test_a_field_that_no_report_needs_is_refused_by_name_and_place(name):
    in_runs, simple = guests.field_of(f" {name[:2]}", f"{name[2:]} x"), f" {name.lower()} x "
    table = f"<w:tbl><w:tr><w:tc>{in_runs}</w:tc></w:tr></w:tbl>"
    template = guest(f'{table}<w:p><w:fldSimple w:instr="{simple}"/></w:p>')
    told = [p.message for p in problems(template.data()) if p.code == "T312"]
    assert len(told) == 2
    assert all(f"ฟิลด์ {name.upper()} " in one + " " for one in told)
    assert "ตาราง" in told[0]


@pytest.mark.parametrize(
    "said",
    [
        " PAGE \\* ThaiArabic ", "NUMPAGES", " SECTIONPAGES ", " REF _Ref1 \\h ", ' TOC \\o "1-3" ',
        " PAGEREF _Toc1 \\h", ' STYLEREF "หัวข้อ 1" ', " SEQ ตาราง \\* ARABIC ",
        ' HYPERLINK "https://www.nacc.go.th" ', ' HYPERLINK "mailto:a@b.go.th" ',
        ' HYPERLINK \\l "_Toc1" ', ' DATE \\@ "d MMMM yyyy" ', "=2+1", " = 2 + 1 ", " page ",
    ],
)  # fmt: skip
def test_a_field_of_pages_places_and_dates_passes(said):
    made(guest(guests.field_of(*said)).data())


@pytest.mark.parametrize("kind", REFUSED)
def test_what_no_report_may_have_is_refused_by_its_code(kind):
    code, template = REFUSED[kind]
    assert {p.code for p in problems(template.data())} == {code}


@pytest.mark.parametrize(
    "name", ["../evil", "..\\evil", "word/../../evil", "/etc/evil", "c:evil", "WORD/Document.xml"]
)
def test_entries_that_lead_elsewhere_or_come_twice_are_refused(name):
    problem = problems(guest().data({name: b"<a/>"}))[0]
    assert problem.code == "T313"
    assert name in problem.message


def test_a_folder_among_the_entries_is_nothing_bad():
    made(guest().data({"word/": b"", "customXml\\": b""}))


def test_one_name_twice_is_refused():
    buffer = BytesIO(guest().data())
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(guests.MAIN, b"<a/>")
    assert "T313" in {p.code for p in problems(buffer.getvalue())}


def test_one_run_names_all_of_it():
    """Everything at once: each is named with its place, and tags are looked at all the same."""
    template = guest(
        paragraph("หน้าแรก"),
        '<w:p><w:r><w:t>ที่นี่</w:t></w:r><w:hyperlink r:id="h"/></w:p>',
        f"<w:tbl><w:tr><w:tc>{guests.field_of('LINK x')}</w:tc><w:tc><w:p>{tracked('ins')}</w:p>"
        "</w:tc></w:tr></w:tbl>",
        "<w:altChunk/>",
        paragraph("{{ x.upper() }}"),
        paragraph("{{ a\u200bb }}"),
        paragraph("{% include 'x' %}"),
    )
    template.link("hyperlink", "file:///c:/x", outside=True, id_="h")
    template.link("attachedTemplate", "http://h/t", outside=True, of="word/settings.xml")
    template.part("word/v.bin", b"1", "application/vnd.ms-office.vbaProject")
    template.part("customXml/item9.xml", DOC.encode(), "text/xml")
    template.word("footer", guests.field_of("DDE x"), "ftr")
    found = problems(template.data({"../evil": b"1"}))
    assert {p.code for p in found} >= {
        "T302", "T304", "T306", "T308", "T309", "T310", "T311", "T312", "T313", "T316",
    }  # fmt: skip
    said = "\n".join(map(str, found))
    for words in ("“ที่นี่”", "ตารางที่ 1 แถวที่ 1 คอลัมน์ที่ 1", "ตารางที่ 1 แถวที่ 1 คอลัมน์ที่ 2",
                  "ท้ายกระดาษ", "file:///c:/x", "http://h/t", "include", "altChunk"):  # fmt: skip
        assert words in said
    assert all(p.remedy for p in found)


def test_a_thousand_of_a_kind_do_not_take_long_to_tell():
    found = problems(guest(guests.field_of("DDE x") * 1_000, paragraph("{{ x() }}") * 500).data())
    assert len(found) < 100


LEFT_BEHIND = {
    "comments": guest(
        '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>ก</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:rPr/><w:commentReference w:id="0"/></w:r></w:p>'
    ).word("comments", f'<w:comment w:author="{SECRET}">{paragraph(SECRET)}</w:comment>'),
    "people": guest().linked(
        f"{MS}/2011/relationships/people", "word/people.xml", f"<a>{SECRET}</a>".encode(), "a/xml"
    ),
    "properties of their own": guest()
    .part("docProps/custom.xml", f"<a>{SECRET}</a>".encode(), "a/b")
    .link("custom-properties", "docProps/custom.xml", of=""),
    "data of their own": guest()
    .part("customXml/item9.xml", f"<a>{SECRET}</a>".encode(), "application/xml")
    .link("customXml", "../customXml/item9.xml"),
    "a part to which nothing leads": guest().part("word/x.xml", f"<a>{SECRET}</a>".encode(), "a/b"),
    "building blocks": guest().linked(
        "glossaryDocument", "word/glossary/document.xml", f"<a>{SECRET}</a>".encode(), "a/b"
    ),
    "a comment of XML": guest(f"<w:p><!-- {SECRET} --></w:p>"),
    "ids of revisions": guest(f'<w:p w:rsidR="{SECRET}"><w:r w:rsidRPr="{SECRET}"/></w:p>'),
    "who was the last": guest().changed(
        "docProps/core.xml", "</cp:coreProperties>",
        f"<cp:lastModifiedBy>{SECRET}</cp:lastModifiedBy></cp:coreProperties>",
    ),
    "the company": guest().changed(
        "docProps/app.xml", "</Properties>", f"<Company>{SECRET}</Company></Properties>"
    ),
    "settings of theirs": guest().changed(
        "word/settings.xml", "</w:settings>",
        f'<w:rsids><w:rsid w:val="{SECRET}"/></w:rsids><w:docVars><w:docVar w:name="{SECRET}"/>'
        "</w:docVars></w:settings>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", LEFT_BEHIND)
def test_what_people_leave_behind_does_not_come_into_the_report(kind):
    template = LEFT_BEHIND[kind].data()
    assert any(SECRET.encode() in part for part in opc.read(template).values())
    parts, _ = made(template)
    assert not [name for name, part in parts.items() if SECRET.encode() in part]
    package = opc.Package(opc.write(parts))
    listed = [name for name in package if name.endswith(".rels")]
    for name in listed:
        of = name.replace("_rels/", "").removesuffix(".rels")
        assert all(one.target in package for one in package.relationships(of).values())
    assert b"comment" not in parts[guests.MAIN]


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("comments", "T321", "1 แห่ง"), ("who was the last", "T322", "ผู้แก้ไขล่าสุด"),
        ("properties of their own", "T322", "คุณสมบัติ"), ("the company", "T322", "บริษัท"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_told(kind, code, words):
    _, told = made(LEFT_BEHIND[kind].data())
    assert words in {p.code: p.message for p in told}[code]


def test_of_the_shipped_template_nothing_is_left_out():
    template = assets.template().read_bytes()
    assert word.Template(template).left_out == ()
    kept = word.foreign_file.read(template).parts
    assert kept.keys() == opc.read(template).keys()


@pytest.mark.parametrize("name", ["document.xml", "document2.xml"])
def test_a_template_of_word_becomes_a_document(name):
    template = (
        guest().typed("document.main", "template.main").typed("/word/document.xml", f"/word/{name}")
    )
    template.parts[f"word/{name}"] = template.parts.pop(guests.MAIN)
    template.parts[f"word/_rels/{name}.rels"] = template.parts.pop("word/_rels/document.xml.rels")
    template.changed("_rels/.rels", "word/document.xml", f"word/{name}")
    parts, _ = made(template.data())
    package = opc.Package(opc.write(parts))
    assert package.main == f"word/{name}"
    assert package.content_type(package.main).endswith("wordprocessingml.document.main+xml")


def test_links_to_the_web_and_to_people_pass():
    template = guest('<w:p><w:hyperlink r:id="a"><w:r><w:t>ก</w:t></w:r></w:hyperlink></w:p>',
                     guests.field_of(r' HYPERLINK \l "ส่วนที่" '), guests.field_of(" PAGE "),
                     guests.field_of(' HYPERLINK "https://h" '))  # fmt: skip
    template.link("hyperlink", "https://h/x", outside=True, id_="a")
    template.link("hyperlink", "MAILTO:a@b.go.th", outside=True)
    listed = made(template.data())[0]["word/_rels/document.xml.rels"]
    assert b"https://h/x" in listed
    assert b"MAILTO:" in listed


def test_a_link_to_a_place_in_the_document_passes():
    parts, _ = made(guest().link("hyperlink", "#_Toc1").data())
    assert b"#_Toc1" in parts[opc.relationships_of(guests.MAIN)]


def test_words_in_braces_are_no_tag():
    made(guest(paragraph("{ก} {100 % } {{ x }} {ข {ค}}".replace("{ข {ค}}", "{ ข }"))).data(), x="1")


def test_what_an_old_word_wrote_says_so():
    (problem,) = problems(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert problem.code == "T300"
    assert ".doc" in problem.message


def _table(*rows):
    made = "".join(f"<w:tr>{''.join(f'<w:tc>{p}</w:tc>' for p in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblGrid/>{made}</w:tbl>"


def test_an_unknown_name_is_named_with_table_row_and_column():
    first = _table([paragraph("ก"), paragraph("{{ x }}")])
    rows = [[paragraph("{%tr for r in rows %}"), paragraph("")],
            [paragraph("ข"), paragraph("{{ r.nmae }}")], [paragraph("{%tr endfor %}")]]  # fmt: skip
    template = word.Template(document(first + paragraph("ค") + _table(*rows)))
    with pytest.raises(ItaReportError) as caught:
        template.render({"x": "ก", "rows": [{"name": "ง"}]}, lambda *_: None)
    (problem,) = caught.value.problems
    assert problem.code == "T303"
    assert "“nmae”" in problem.message
    assert "ตารางที่ 2 แถวที่ 2 คอลัมน์ที่ 2 " in problem.message


def test_an_unknown_name_of_a_loop_over_rows_is_named_with_its_row():
    rows = [
        [paragraph("{%tr for r in nothing %}")],
        [paragraph("ก")],
        [paragraph("{%tr endfor %}")],
    ]
    template = word.Template(document(paragraph("ก") + _table(*rows) + paragraph("{{ x }}")))
    with pytest.raises(ItaReportError) as caught:
        template.render({"x": "ก"}, lambda *_: None)
    assert "ตารางที่ 1 แถวที่ 1 คอลัมน์ที่ 1" in str(caught.value)
    with pytest.raises(ItaReportError) as caught:
        template.render({"nothing": []}, lambda *_: None)
    assert "ตาราง" not in caught.value.problems[0].message


@pytest.mark.parametrize(
    "row",
    [
        ["{%tr for r in x %}{{ r }}{%tr endfor %}"],
        ["{%tr for r in x %}", "{{ r }}", "{%tr endfor %}"],
        ["ก", "{%tr if x %}ก{{ x }}"],
        ["ก", "{%tc if x %}{{ x }}{%tc endif %}"],
        ["ก", "{%p for r in x %}{{ r }}{%p endfor %}"],
    ],
)
def test_tags_that_docxtpl_would_lose_are_named_at_their_own_cell(row):
    body = document(_table(["<w:p/>"], list(map(paragraph, row))) + paragraph("{{ x }}"))
    found = problems(body)
    assert {p.code for p in found} == {"T301"}
    assert "ตารางที่ 1 แถวที่ 2 คอลัมน์ที่" in found[0].message
    assert "ของตัวเอง" in found[0].message


@pytest.mark.parametrize(
    "character", ["\u200b", "\u200e", "\ufeff", "\u00ad", "\u2060", "\u034f", "\u3164", "\ufe0f"]
)
@pytest.mark.parametrize(
    "tag", ["{{ agency%s.name }}", "{%s{ x }}", "{%% if%s x %%}ก{%% endif %%}"]
)
def test_an_invisible_character_in_a_tag_is_told(character, tag):
    found = problems(paragraphs("ก", tag % character))
    assert "T306" in {p.code for p in found}
    assert f"U+{ord(character):04X}" in found[0].message


def test_deleted_words_are_counted_with_their_change():
    deleted = tracked("del", "<w:r><w:delText>ก</w:delText></w:r>")
    (problem,) = problems(guest(f"<w:p>{deleted}</w:p>").data())
    assert " 1 แห่ง" in problem.message


def test_an_invisible_character_elsewhere_is_no_problem():
    assert word.text(
        word.Template(paragraphs("ก\u200bข {{ x }}")).render({"x": "ค"}, lambda *_: None)
    )
