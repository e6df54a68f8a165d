"""Titles, units and terms of another kind of agency than the one that reports; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.fields import Text
from itareport.check.prose.other_agencies import NO_NAME, strangers
from itareport.ita import areas
from itareport.problems import Problem, problem


def _terms(word: str, executive: str, staff: str, law: str) -> tuple[str, ...]:
    return (f"นายก{executive}", f"สำนักปลัด{word}", f"ปลัด{word}", staff, law, f"สภา{word}")


_TAMBON, _PROVINCIAL = "องค์การบริหารส่วนตำบล", "องค์การบริหารส่วนจังหวัด"
_TERMS = {
    "เทศบาล": _terms("เทศบาล", "เทศมนตรี", "พนักงานเทศบาล", "เทศบัญญัติ"),
    _TAMBON: _terms(_TAMBON, _TAMBON, "พนักงานส่วนตำบล", "ข้อบัญญัติ"),
    _PROVINCIAL: _terms(_PROVINCIAL, _PROVINCIAL, f"ข้าราชการ{_PROVINCIAL}", "ข้อบัญญัติ"),
    "เมืองพัทยา": _terms("เมืองพัทยา", "เมืองพัทยา", "พนักงานเมืองพัทยา", "ข้อบัญญัติ"),
}
"""The words of each family of kinds: those that stand in one place mean the same."""
_NAME = "(?P<name>[ก-ฮเ-ไ][ก-ฮะ-ฺเ-ๅ็-๎]{2,30})"
_OF_A_NAMED_ONE = {
    "เทศบาล": re.compile(rf"\s?(?:ตำบล|เมือง|นคร){_NAME}"),
    **dict.fromkeys((_TAMBON, _PROVINCIAL), re.compile(_NAME)),
}
_LAWS = {"เทศบัญญัติ", "ข้อบัญญัติ"}
_OF_OTHERS = re.compile(r"\s?(?:ท้องถิ่น|เทศบาล|องค์การ|อบ[ตจ]|เมือง|กรุงเทพ)")
"""ข้อบัญญัติท้องถิ่น are those of all kinds, others those of the agency that is named."""


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield the words of each other kind of agency, once, with all their places.

    A word beside a name means that agency: whether it should is told by name.
    """
    kind = facts.kind.name if facts.kind else ""
    own = next((family for family in _TERMS if kind.startswith(family)), None)
    if own is None:
        return
    told = {text.where for _, _, texts in strangers(facts) for text in texts}
    said: set[str] = set()
    for other in (family for family in _TERMS if family != own):
        instead = dict(zip(_TERMS[other], _TERMS[own], strict=True))
        instead = {w: right for w, right in instead.items() if w not in {right, *said}}
        said |= instead.keys()
        found: dict[str, None] = {}
        texts: list[Text] = []
        for text in facts.texts:
            if text.where not in told and (words := list(_words(text, other, tuple(instead)))):
                found |= dict.fromkeys(words)
                texts.append(text)
        if texts:
            yield problem(
                "D269",
                texts[0].where,
                label=facts.label(texts[0].where) if len(texts) == 1 else "",
                also=[text.where for text in texts[1:]],
                other=other,
                found="” “".join(found),
                count=len(texts),
                parts=fields.sections(texts),
                own=facts.full_name,
                instead=" ".join(f"“{instead[word]}”" for word in found),
            )


def _words(text: Text, family: str, words: tuple[str, ...]) -> Iterator[str]:
    """Yield the words of another family in a text, as far as no agency's name follows them."""
    for match in re.finditer("|".join(words), text.text):
        if match[0] in _LAWS:
            named = _OF_OTHERS.match(text.text, match.end()) is not None
        else:
            named = text.where[0] != "signatures" and _named(family, text.text, match.end())
        if not named:
            yield match[0]


def _named(family: str, text: str, end: int) -> bool:
    match = _OF_A_NAMED_ONE[family].match(text, end) if family in _OF_A_NAMED_ONE else None
    return bool(match and not NO_NAME.match(match["name"]) and areas.may_be_name(match["name"]))
