"""The step of the remarks: a card for each question below the agency's threshold; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from itareport import draft
from itareport.ita import codes, described, measures
from itareport.ita.model import Remark
from itareport.web.forms.control import Control, control
from itareport.web.forms.form import ReportForm, Said
from itareport.web.forms.seven.scores_step import lowest_of, score_of

LONGEST = 220
"""The letters of a remark that a cell of the table has room for."""


@dataclass(frozen=True, slots=True)
class Card:
    """The remark of one question, or of several that share it."""

    key: str
    """The code, or the place of a remark that has none."""
    title: str
    score: str
    is_low: bool
    state: str
    kind: str
    """`draft` or `done`."""
    text: str
    field: Control
    reason: Control | None
    is_open: bool
    length: int
    points_to: Sequence[str]
    """The numbers of the measures that it points to."""
    shared: Sequence[str]
    """The other codes that share it."""
    may_share: Sequence[str]
    """Codes of the same tool and issue that may share it."""
    said: Sequence[Said]
    issue: int
    """The issue that it is printed in; 0 for none."""


@dataclass(frozen=True, slots=True)
class IssueCards:
    """The cards of one issue."""

    no: int
    name: str
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Remarks:
    """What the step shows."""

    issues: Sequence[IssueCards]
    others: Sequence[Card]
    """Remarks of indicators, of tools, or of what the year does not have."""
    below: int
    done: int
    drafts: int
    threshold: str
    full: str
    """The codes that print that the level is kept, as text."""
    full_count: int
    maintain: str
    said: Sequence[Said]


def remarks(form: ReportForm) -> Remarks:
    """Return what the step of the remarks shows."""
    cards = list(_cards(form))
    by_code = {card.key: card for card in cards}
    issues: list[IssueCards] = []
    placed: set[str] = set()
    for no, items in form.grouping.items():
        own = [by_code[code] for code in items if code in by_code and code not in placed]
        placed.update(card.key for card in own)
        issue = form.year.issue(no)
        if own:
            issues.append(IssueCards(no, issue.name if issue else "", tuple(own)))
    full = [code for code in form.year.codes if _is_kept(form, code)]
    drafts = sum(card.kind == "draft" for card in cards)
    threshold = form.given.agency.maintain_from if form.given else 100
    return Remarks(
        tuple(issues),
        tuple(card for card in cards if card.key not in placed),
        len(cards),
        len(cards) - drafts,
        drafts,
        f"{threshold:f}".removesuffix(".00"),
        codes.listed(full),
        len(full),
        form.year.wording.maintain,
        form.told(("remarks",)),
    )


def _is_kept(form: ReportForm, code: str) -> bool:
    lowest = lowest_of(form, code)
    given = form.given
    return lowest is not None and given is not None and lowest >= given.agency.maintain_from


def _cards(form: ReportForm) -> Iterator[Card]:
    """Yield the cards of the remarks in the data, then those of the program's drafts."""
    covered: set[str] = set()
    for index, row in enumerate(form.rows("remarks")):
        if isinstance(row, dict) and _says(row):
            own = _codes(row)
            covered.update(own)
            yield _card(form, own, str(row.get("text") or ""), index, is_draft=_is_draft(row))
    for remark in form.report.remarks if form.report else ():
        if remark.draft and not covered & set(remark.covered):
            place, no = _place(form, remark), remark.indicator
            yield _card(form, remark.covered, remark.text, place, is_draft=True, indicator=no)


def _says(row: dict[str, Any]) -> bool:
    return draft.says(str(row.get("text") or "-"))


def _is_draft(row: dict[str, Any]) -> bool:
    return str(row.get("draft") or "").strip().lower() == "true"


def _codes(row: dict[str, Any]) -> tuple[str, ...]:
    several = row.get("codes")
    typed = [row.get("code"), *(several if isinstance(several, list) else ())]
    return tuple(dict.fromkeys(filter(None, map(codes.code_of, typed))))


def _place(form: ReportForm, remark: Remark) -> int | None:
    """Return the place of an empty row of the data that a draft fills."""
    rows = form.rows("remarks")
    return next(
        (i for i, r in enumerate(rows) if isinstance(r, dict) and remark.code in _codes(r)), None
    )


def _card(
    form: ReportForm,
    own: Sequence[str],
    text: str,
    index: int | None,
    *,
    is_draft: bool,
    indicator: int | None = None,
) -> Card:
    key = own[0] if own else f"row{index}" if indicator is None else f"indicator{indicator}"
    item = form.year.item(key)
    where = ("remarks", index) if index is not None else None
    title = f"{key} {item.name}" if item else described.label(where or (), form.data)
    name = f"remarks.code={key}.text" if own else f"remarks.{index}.text"
    if indicator is not None and (row := form.year.indicator(indicator)):
        title, name = f"ตัวชี้วัดที่ {row.no} {row.name}", f"remarks.indicator={row.no}.text"
    lowest = min((s for code in own if (s := lowest_of(form, code)) is not None), default=None)
    at = [where and (*where, f) for f in ("code", "codes", "text")] + [where]
    field = control(form, name, title=f"ข้อวิเคราะห์ ข้อ {key}", at=[*at, *_missing(form, own)])
    has_score = score_of(form, key) is not None
    reason = control(form, f"scores.code={key}.reason") if has_score else None
    is_open = key == form.asked.opened or field.asked
    return Card(
        key=key,
        title=title,
        score=f"{lowest:.2f}" if lowest is not None else "",
        is_low=lowest is not None and lowest < draft.URGENT,
        state="ร่างของโปรแกรม" if is_draft else "ยืนยันแล้ว",
        kind="draft" if is_draft else "done",
        text=text,
        field=field,
        reason=reason,
        is_open=is_open,
        length=len(text),
        points_to=measures.pointers(text),
        shared=own[1:],
        may_share=_neighbours(form, own),
        said=field.said,
        issue=form.issue_of(key),
    )


def _missing(form: ReportForm, own: Sequence[str]) -> list[Any]:
    return [path and (*path, "text") for code in own if (path := form.path(f"scores.code={code}"))]


def _neighbours(form: ReportForm, own: Sequence[str]) -> tuple[str, ...]:
    """Return the questions below the threshold beside these in their issue."""
    found: list[str] = []
    for items in form.grouping.values():
        same = [code for code in items if own and code[0] == own[0][0]]
        if own and own[0] in same:
            places = [same.index(code) for code in own if code in same]
            around = [min(places) - 1, max(places) + 1]
            found += [same[at] for at in around if 0 <= at < len(same)]
    return tuple(c for c in found if lowest_of(form, c) is not None and not _is_kept(form, c))
