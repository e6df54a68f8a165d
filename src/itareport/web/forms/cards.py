"""What a clerk does to the cards of the remarks, as edits of the data; pure."""

from __future__ import annotations

from itareport.ita import codes
from itareport.web.forms import naming
from itareport.web.forms.done import Done, Fields
from itareport.web.forms.form import ReportForm
from itareport.web.forms.redrafting import KNOWN
from itareport.web.forms.seven.remarks_step import WHY, row_of
from itareport.web.store import Add, Remove, Set


def opened_card(form: ReportForm, fields: Fields) -> Done:
    """Open one card, or only what is known of its score, and close the others."""
    card = fields.get("card", "")
    code = card.removeprefix(WHY)
    if code == card:
        return Done(opened=card, at=card and f"{row_of(card)}.text")
    names = [f"scores.code={code}.{name}" for name in KNOWN]
    return Done(opened=card, at=next((name for name in names if not form.text(name)), names[0]))


def used_remark(form: ReportForm, fields: Fields) -> Done:
    """Take the program's draft of a remark as it stands."""
    card = fields.get("code", "")
    name = row_of(card)
    path = form.path(name)
    row = form.row(path) if path else None
    said = f"ใช้ร่างข้อ {card} แล้ว" if form.year.item(card) else "ใช้ร่างแล้ว"
    if path and isinstance(row, dict) and row.get("draft"):
        return Done([Set((*path, "draft"), None)], said, "")
    text = _drafted(form, card)
    return Done(naming.edits(form.data, f"{name}.text", text), said, "") if text else Done()


def _drafted(form: ReportForm, card: str) -> str:
    """Return the text of a card as it is, or as the program drafts it; "" for none."""
    for row in form.report.remarks if form.report else ():
        own = f"indicator={row.indicator}" if row.indicator else f"code={row.code}"
        if row_of(card) == f"remarks.{own}":
            return row.text
    return ""


def shared(form: ReportForm, fields: Fields) -> Done:
    """Let a neighbouring question share a remark."""
    code, other = fields.get("code", ""), fields.get("with", "")
    together = sorted({*_covered(form, code), other}, key=codes.sort_key)
    gone = [path for c in together if (path := form.path(f"remarks.code={c}"))]
    text = _drafted(form, code)
    if not text:
        return Done()
    removed_rows = [Remove(path) for path in sorted(gone, reverse=True)]
    new = {"code": together[0], "text": text, "codes": list(together)}
    said = f"ข้อ {', '.join(together)} ใช้ข้อวิเคราะห์เดียวกันแล้ว"
    return Done([*removed_rows, Add(("remarks",), new, None)], said)


def split(form: ReportForm, fields: Fields) -> Done:
    """Give each of the questions that share a remark its own."""
    code = fields.get("code", "")
    path = form.path(f"remarks.code={code}")
    text = _drafted(form, code)
    if path is None or not text:
        return Done()
    rows = [Add(("remarks",), {"code": c, "text": text}, None) for c in _covered(form, code)]
    return Done([Remove(path), *rows], "แยกข้อแล้ว")


def _covered(form: ReportForm, code: str) -> tuple[str, ...]:
    rows = form.report.remarks if form.report else ()
    return next((row.covered for row in rows if code in row.covered), (code,))
