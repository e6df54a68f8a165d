"""The step of the remarks: a card for each question below the agency's threshold; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from itareport import draft, thai
from itareport.ita import codes, described, measures
from itareport.ita.model import HUNDRED, Remark, score_text
from itareport.web.forms.control import Control, control
from itareport.web.forms.form import ReportForm, Said
from itareport.web.forms.redrafting import KNOWN
from itareport.web.forms.seven.scores_step import lowest_of, score_of

_STATES = {"draft": "ร่างของโปรแกรม", "done": "ยืนยันแล้ว", "empty": "เว้นว่างไว้"}
WHY = "why-"
"""Before the key of a card of which only what is known of its score is open."""


@dataclass(frozen=True, slots=True)
class Card:
    """The remark of one question, or of several that share it."""

    key: str
    """The code, the number of the indicator, or the place of a remark that has neither."""
    title: str
    score: str
    is_low: bool
    state: str
    kind: str
    """`draft`, `done`, or `empty`: there is no text, on purpose or not."""
    text: str
    field: Control
    known: Sequence[Control]
    """The fields of what is known of its score: those that are filled, or all where asked for."""
    may_add: str
    """The words of the button that asks for those that are not shown; "" where all are."""
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
    longest: int
    """The letters that a remark should have at most."""
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
    keep_from = form.given.agency.maintain_from if form.given else HUNDRED
    return Remarks(
        tuple(issues),
        sorted((card for card in cards if card.key not in placed), key=_number),
        len(cards),
        sum(card.kind == "done" for card in cards),
        drafts,
        score_text(keep_from),
        codes.listed(full),
        len(full),
        form.year.wording.maintain,
        draft.LONGEST,
        form.told_of_list("remarks"),
    )


def _number(card: Card) -> int:
    """Return the number of the indicator that a card is about; 0 for none."""
    rest = card.key.removeprefix(_INDICATOR)
    return int(rest) if rest != card.key else 0


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
            text, no = str(row.get("text") or ""), _indicator(row)
            yield _card(form, own, text, index, is_draft=_is_draft(row), indicator=no)
    for remark in form.report.remarks if form.report else ():
        if remark.draft and not covered & set(remark.covered):
            place, no = _place(form, remark), remark.indicator
            yield _card(form, remark.covered, remark.text, place, is_draft=True, indicator=no)


def _says(row: dict[str, Any]) -> bool:
    """Return whether a row is more than the place of a draft: an empty one prints nothing."""
    text = row.get("text")
    return text is None or draft.says(str(text))


def _is_draft(row: dict[str, Any]) -> bool:
    return str(row.get("draft") or "").strip().lower() == "true"


def _codes(row: dict[str, Any]) -> tuple[str, ...]:
    several = row.get("codes")
    typed = [row.get("code"), *(several if isinstance(several, list) else ())]
    return tuple(dict.fromkeys(filter(None, map(codes.code_of, typed))))


def _indicator(row: dict[str, Any]) -> int | None:
    """Return the number of the indicator that a row is about."""
    typed = thai.arabic(str(row.get("indicator") or "").strip())
    return int(typed) if typed.isdecimal() and len(typed) < 4 else None


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
    key, title = _subject(form, own, index, indicator)
    where = ("remarks", index) if index is not None else None
    scores = [lowest_of(form, code) for code in own] or [_official(form, indicator)]
    lowest = min((score for score in scores if score is not None), default=None)
    at = [where and (*where, f) for f in ("code", "codes", "text")] + [where]
    kind = "empty" if not text.strip() else "draft" if is_draft else "done"
    at += _missing(form, own)
    what = f"ข้อวิเคราะห์ ข้อ {key}" if own else "ข้อวิเคราะห์"
    field = control(form, f"{row_of(key)}.text", title=what, at=at, passed=kind == "empty")
    field = replace(field, asked=field.asked or form.asked.at in _lacks(own))
    is_open = key == form.asked.opened or field.asked
    is_asked_why = is_open or form.asked.opened == f"{WHY}{key}"
    known = list(_known(form, own))
    shown = [f for f in known if f.value or is_asked_why or f.name == form.asked.typing or f.asked]
    lacking = frozenset(f.name.rpartition(".")[2] for f in known if f not in shown)
    return Card(
        key=key,
        title=title,
        score=f"{lowest:.2f}" if lowest is not None else "",
        is_low=lowest is not None and lowest < draft.URGENT,
        state=_STATES[kind],
        kind=kind,
        text=text,
        field=field,
        known=shown,
        may_add=_BUTTONS.get(lacking, ""),
        is_open=is_open,
        length=len(text),
        points_to=measures.pointers(text),
        shared=own[1:],
        may_share=_neighbours(form, own),
        said=field.said,
        issue=form.issue_of(key),
    )


def _subject(
    form: ReportForm, own: Sequence[str], index: int | None, indicator: int | None
) -> tuple[str, str]:
    """Return the key of a card and its title."""
    label = described.label(("remarks", index) if index is not None else (), form.data)
    if own:
        item = form.year.item(own[0])
        return own[0], f"{own[0]} {item.name}" if item else label
    row = form.year.indicator(indicator) if indicator is not None else None
    if row is None:
        return f"{_PLACE}{index}", label
    return f"{_INDICATOR}{row.no}", f"ตัวชี้วัดที่ {row.no} {row.name}"


def row_of(card: str) -> str:
    """Return the name of the remark of a card with that key."""
    for before, name in ((_PLACE, ""), (_INDICATOR, "indicator=")):
        if (rest := card.removeprefix(before)) != card:
            return f"remarks.{name}{rest}"
    return f"remarks.code={card}"


_PLACE, _INDICATOR = "row", "indicator"
"""Before the place, or the number, in the key of a card that has no code."""


def _official(form: ReportForm, indicator: int | None) -> Decimal | None:
    """Return the official score of an indicator, None where it has none that can be read."""
    rows = form.given.result.indicators if form.given else ()
    return next((row.score for row in rows if row.no == indicator), None)


_BUTTONS = {
    frozenset(KNOWN): "เพิ่มเหตุผลหรือสาเหตุ",
    frozenset({"cause"}): "เพิ่มสาเหตุที่หน่วยงานทราบ",
    frozenset({"reason"}): "เพิ่มเหตุผลที่ ITAS แจ้ง",
}
"""The words of the button, by the fields that are not shown."""


def _known(form: ReportForm, own: Sequence[str]) -> Iterator[Control]:
    """Yield the fields of what is known of the questions' scores beside the scores themselves."""
    for code in own:
        for name in KNOWN if score_of(form, code) is not None else ():
            field = control(form, f"scores.code={code}.{name}")
            title = f"{field.title} ข้อ {code}" if len(own) > 1 else field.title
            yield replace(field, title=title)


def _missing(form: ReportForm, own: Sequence[str]) -> list[Any]:
    return [path and (*path, "text") for code in own if (path := form.path(f"scores.code={code}"))]


def _lacks(own: Sequence[str]) -> list[str]:
    """Return the names under which questions say that they have no remark."""
    return [f"scores.code={code}.text" for code in own]


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
