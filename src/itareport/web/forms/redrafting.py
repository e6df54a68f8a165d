"""Drafts of remarks that follow what becomes known of a score: ITAS's reason, the cause; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from itareport.ita import codes
from itareport.web import to_do
from itareport.web.forms import naming
from itareport.web.forms.form import ReportForm
from itareport.web.store import Edit, Set

KNOWN = ("reason", "cause")
"""The fields of a score that its draft says."""
Known = Mapping[str, Mapping[str, str]]
"""Of each code what becomes known of its score, by field."""


def known(typed: Mapping[str, str]) -> Known:
    """Return what becomes known of scores by what is typed into the fields of these names."""
    found: dict[str, dict[str, str]] = {}
    for name, text in typed.items():
        steps = naming.parsed(name)
        if steps[0] == "scores" and isinstance(steps[1], Mapping) and steps[-1] in KNOWN:
            found.setdefault(steps[1].get("code", ""), {})[str(steps[-1])] = text
    return found


def with_edits(form: ReportForm, edits: Sequence[Edit]) -> tuple[list[Edit], str]:
    """Return edits together with what makes the drafts anew whose scores they tell more of.

    A remark that they write themselves stays as they write it.
    """
    found: dict[str, dict[str, str]] = {}
    for edit in edits:
        if isinstance(edit, Set) and edit.path[:1] == ("scores",) and edit.path[-1] in KNOWN:
            code = codes.code_of(form.row((*edit.path[:2], "code")))
            found.setdefault(code, {})[str(edit.path[-1])] = str(edit.text or "")
    written = {edit.path[:2] for edit in edits}
    left = {c: new for c, new in found.items() if form.path(f"remarks.code={c}") not in written}
    anew, said = redrafted(form, left) if left else ([], "")
    return [*anew, *edits], said


def redrafted(form: ReportForm, found: Known) -> tuple[list[Edit], str]:
    """Return what makes the drafts of these codes anew, and what is said of their remarks.

    A text that somebody wrote or took stays as it is.
    """
    given, remarks = form.given, form.report.remarks if form.report else ()
    drafts = [row.code for row in remarks if row.draft and row.covered == (row.code,)]
    wanted = [code for code in drafts if code in found]
    if given is None or not wanted:
        return [], _kept(form, found)
    scores = tuple(row.model_copy(update=dict(found.get(row.code, {}))) for row in given.scores)
    others = tuple(row for row in given.remarks if row.code not in wanted)
    report = to_do.drafted(given.model_copy(update={"scores": scores, "remarks": others}), form.own)
    texts = {row.code: row.text for row in report.remarks}
    marked = {code: path for code in wanted if (path := form.path(f"remarks.code={code}.draft"))}
    edits = [
        Set((*path[:-1], "text"), texts[code])
        for code, path in marked.items()
        if form.row(path) and code in texts
    ]
    return list(edits), f"ร่างข้อวิเคราะห์ข้อ {codes.listed(wanted)} ใหม่แล้ว"


def _kept(form: ReportForm, found: Known) -> str:
    """Say of what becomes known that a text which stays does not say it."""
    texts = {
        code: row.text for row in (form.given.remarks if form.given else ()) for code in row.covered
    }
    apart = [
        code
        for code, values in found.items()
        if texts.get(code, "").strip()
        and any(text.strip() and text not in texts[code] for text in values.values())
    ]
    return f"ข้อวิเคราะห์ข้อ {codes.listed(apart)} คงเดิม รายงานพิมพ์ข้อความใหม่ต่อท้าย" if apart else ""
