"""The text of the memo with which a report is handed in, to be copied into the office's form."""

from __future__ import annotations

from itareport import thai
from itareport.ita.catalogue import Kinds
from itareport.ita.model import Report

_TEXT = """\
เรื่อง ขอความเห็นชอบรายงานการวิเคราะห์ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {year} \
และมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. {plan_year}

เรียน {executive}

ตามที่สำนักงาน ป.ป.ช. ประกาศผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) \
ประจำปีงบประมาณ พ.ศ. {year} โดย{agency}ได้คะแนนภาพรวม {total} คะแนน มีผลการประเมินอยู่ในระดับ{level} นั้น

บัดนี้ ได้จัดทำรายงานการวิเคราะห์ผลการประเมิน และมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน \
ประจำปีงบประมาณ พ.ศ. {plan_year} เสร็จเรียบร้อยแล้ว รายละเอียดปรากฏตามรายงานที่แนบมาพร้อมนี้ เห็นควร
๑. พิจารณาให้ความเห็นชอบรายงานและมาตรการ
๒. แจ้งส่วนราชการที่รับผิดชอบถือปฏิบัติและรายงานผล
๓. เผยแพร่บนเว็บไซต์และนำเข้าระบบ ITAS ภายในกำหนด

จึงเรียนมาเพื่อโปรดพิจารณา
"""


def text(report: Report, kinds: Kinds) -> str:
    """Return the memo's text; digits are Thai, as in the report."""
    kind = kinds.kind(report.agency.kind)
    head = f"{kind.executive}{'' if kind.sole else report.agency.name}" if kind else "หัวหน้าหน่วยงาน"
    words = {
        "year": report.fiscal_year,
        "plan_year": report.plan_year,
        "executive": head,
        "agency": report.agency.full_name,
        "total": report.result.total or "......",
        "level": report.result.level or "......",
    }
    return thai.thai_digits(_TEXT.format(**words))
