"""What is known of a score, on the card of its remark: shown where it is given, renewing drafts."""

from __future__ import annotations

import io
import json
import re
from urllib.parse import urlencode

import openpyxl
import pytest

import pages
from itareport import draft
from itareport.ita import catalogue
from itareport.ita.model import Report
from itareport.web.forms import redrafting
from reports import KINDS, clean_data, row_of

YEAR = catalogue.load(2568)
CAUSE = "ผู้รับผิดชอบโอนย้ายระหว่างปี"


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def opened(folder, data):
    """Serve a report; return the browser and the address of its remarks."""
    (folder / "a.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return pages.served(folder)


def at(browser):
    (report,) = set(re.findall(r'/r/[^/"]+/', browser.get("/").text))
    return f"{report}remarks"


def saved(folder):
    return json.loads((folder / "a.json").read_text(encoding="utf-8"))


def card(said, code):
    return said.partition(f'id="card-{code}"')[2].partition("</article>")[0]


def version(said):
    return re.findall(r'name="version" value="(\w+)"', said)[0]


def drafted(**scores):
    """Return the data of a report with marked drafts, as `draft` writes it."""
    data = clean_data(YEAR, scores, remarks=[], plan=[])
    filled = draft.fill(Report.model_validate(data), YEAR, KINDS, draft.load(2568))
    data["remarks"] = [
        {"code": row.code, "text": row.text, "draft": "true"} for row in filled.remarks
    ]
    return data


def test_a_card_offers_what_is_not_known_yet(folder):
    data = clean_data(YEAR, {"i1": "90.00", "i2": "90.00", "i3": "90.00"}, remarks=[])
    row_of(data, "i2")["reason"] = "ไม่พบ"
    row_of(data, "i3")["cause"] = CAUSE
    with opened(folder, data) as browser:
        said = browser.get(at(browser)).text
        assert "เพิ่มเหตุผลหรือสาเหตุ" in card(said, "i1")
        assert "scores.code=i1" not in card(said, "i1")
        assert "เพิ่มสาเหตุที่หน่วยงานทราบ" in card(said, "i2")
        assert "เพิ่มเหตุผลที่ ITAS แจ้ง" in card(said, "i3")
        assert f"สาเหตุที่ทราบคือ {CAUSE}" in card(said, "i3")
        fields = {"version": version(said), "window": "w", "card": "why-i2"}
        said = browser.post(f"{at(browser)}/open", fields).text
        shown = re.findall(r'<textarea id="([^"]+)"[^>]*?( autofocus)?\s*hx-post', card(said, "i2"))
        assert shown == [("scores.code=i2.reason", ""), ("scores.code=i2.cause", " autofocus")]
        assert "เพิ่ม" not in card(said, "i2")


def test_what_becomes_known_renews_the_draft_and_says_so(folder):
    with opened(folder, drafted(i1="90.00", i2="90.00")) as browser:
        said = browser.get(at(browser)).text
        fields = {"version": version(said), "window": "w", "v:scores.code=i1.cause": CAUSE}
        said = browser.post(f"{at(browser)}/save", fields).text
        assert "ร่างข้อวิเคราะห์ข้อ i1 ใหม่แล้ว" in said
        first, second = saved(folder)["remarks"]
        assert (first["draft"], second["draft"]) == ("true", "true")
        assert f"สาเหตุที่ทราบคือ {CAUSE}" in first["text"]
        browser.post(f"{at(browser)}/undo", {"version": version(said), "window": "w"})
        assert CAUSE not in json.dumps(saved(folder), ensure_ascii=False)


def test_a_text_that_somebody_took_stays_and_it_is_said(folder):
    data = drafted(i1="90.00")
    del data["remarks"][0]["draft"]
    with opened(folder, data) as browser:
        said = browser.get(at(browser)).text
        fields = {"version": version(said), "window": "w", "v:scores.code=i1.cause": CAUSE}
        said = browser.post(f"{at(browser)}/save", fields).text
        assert "ข้อวิเคราะห์ข้อ i1 คงเดิม รายงานพิมพ์ข้อความใหม่ต่อท้าย" in said
        assert saved(folder)["remarks"] == data["remarks"]
        assert row_of(saved(folder), "i1")["cause"] == CAUSE


def test_reasons_that_are_pasted_renew_drafts_too(folder):
    with opened(folder, drafted(o8="50.00")) as browser:
        said = browser.get(at(browser)).text
        fields = {"version": version(said), "window": "w", "copied": "o8\tไม่พบคู่มือ"}
        said = browser.post(f"{at(browser)}/take", fields).text
        assert "รับเหตุผล 1 ข้อแล้ว ร่างข้อวิเคราะห์ข้อ o8 ใหม่แล้ว" in said
        assert "“ไม่พบคู่มือ”" in saved(folder)["remarks"][0]["text"]


@pytest.mark.parametrize("remark", ["", "งานล่าช้า หน่วยงานควรเร่งรัดขั้นตอน"])
def test_a_cause_that_comes_back_from_a_unit_renews_the_draft(folder, remark):
    """Where the unit wrote the remark itself, that is what stands."""
    data = drafted(i1="90.00", i2="90.00")
    data["plan"] = [{"issue": "1", "measures": ["ก"], "findings": ["ข้อ i1: ข"], "steps": ["ค"],
                     "period": ["ง"], "responsible": ["กองคลัง"]}]  # fmt: skip
    with opened(folder, data) as browser:
        plan = browser.get(f"{at(browser).removesuffix('remarks')}plan").text
        (address,) = re.findall(r'href="(/r/\w+/unit\?unit=[^"]+)"', plan)
        book = openpyxl.load_workbook(io.BytesIO(browser.get(address).body))
        sheet = book["ข้อวิเคราะห์"]
        header = "ข้อวิเคราะห์"
        for column in sheet[4]:
            cell = sheet.cell(5, column.column)
            if str(column.value).startswith("สาเหตุ"):
                cell.value = CAUSE
            elif remark and str(column.value).startswith(header):
                cell.value = remark
        buffer = io.BytesIO()
        book.save(buffer)
        answer = browser.upload("/files", {"คืน.xlsx": buffer.getvalue()}).text
        sides = re.findall(r'name="side" value="(\w+)"', answer)
        assert len(sides) == 1 + bool(remark)
        (waiting,) = set(re.findall(r"/taken/(\w+)/choose", answer))
        body = urlencode({"side": sides}, doseq=True).encode()
        done = browser.ask(
            "POST", f"/taken/{waiting}/choose", body, X_Token=browser.site.keys.token,
            Content_Type="application/x-www-form-urlencoded",
        ).text  # fmt: skip
        assert row_of(saved(folder), "i1")["cause"] == CAUSE
        first = saved(folder)["remarks"][0]
        assert ("ร่างข้อวิเคราะห์ข้อ i1 ใหม่แล้ว" in done) == (not remark)
        assert first.get("draft") == (None if remark else "true")
        assert first["text"] == remark or f"สาเหตุที่ทราบคือ {CAUSE}" in first["text"]


def test_each_question_that_shares_a_remark_has_its_own_cause(folder):
    shared = {"codes": ["e4", "e5"], "text": "ข้อมูลเข้าถึงยาก ดังนั้น หน่วยงานควรปรับปรุงเว็บไซต์"}
    data = clean_data(YEAR, {"e4": ("90.00", "90.00"), "e5": ("90.00", "90.00")}, remarks=[shared])
    row_of(data, "e5")["cause"] = CAUSE
    with opened(folder, data) as browser:
        said = browser.get(at(browser)).text
        fields = {"version": version(said), "window": "w", "card": "e4"}
        said = card(browser.post(f"{at(browser)}/open", fields).text, "e4")
        assert "สาเหตุที่หน่วยงานทราบ ข้อ e4" in said
        assert "สาเหตุที่หน่วยงานทราบ ข้อ e5" in said


def test_only_the_fields_of_scores_that_a_draft_says_are_known():
    typed = {"scores.code=i1.cause": "ก", "scores.code=i1.score": "9", "remarks.code=i2.text": "ข"}
    assert redrafting.known(typed | {"scores.0.cause": "ค"}) == {"i1": {"cause": "ก"}}
