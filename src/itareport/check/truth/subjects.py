"""Whom a text speaks of at each place, and what forbids a claim there; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from itareport.check.truth.claims import Claim, Member, Scope
from itareport.check.truth.phrases import Is
from itareport.check.truth.tokens import Token

SUBJECTS = {
    Is.CODE, Is.INDICATOR, Is.SUB_INDICATOR, Is.TOOL, Is.TOTAL, Is.THIS, Is.EACH, Is.OTHERS,
}  # fmt: skip
COMPARED = {Is.BELOW, Is.ABOVE, Is.AT_LEAST, Is.AT_MOST, Is.PASSED, Is.FAILED}
KNOWN_LAST_YEAR = {Is.TOTAL, Is.INDICATOR}
LISTED = {Is.CODE, Is.INDICATOR}
LINKS = {Is.LINK, Is.SAME}
IN_GROUP = {Is.JOIN, Is.NAME, Is.PART}
GROUPED = LISTED | IN_GROUP
FAR = 120
"""So many letters after its subject, a number is of something else."""
_NEAR = 20
"""So many letters before a subject, a wish is still about it."""

_SOME = ("เกือบ", "ส่วนใหญ่", "หลาย", "บาง")
"""What makes a score that of some questions, and not of the whole that is named."""
_COUNTING = {"จำนวน", "มี", "มีจำนวน", "รวม", "รวมจำนวน", "ทั้งหมด", "ทั้งสิ้น"}


@dataclass
class State:
    """Whom the text speaks of at a place, and what forbids a claim there."""

    members: tuple[Member, ...] = ()
    since: int = 0
    """The place of the members, or of the last claim about them."""
    in_group: bool = False
    is_change: bool = False
    wish: int | None = None
    """The place of the last wish."""
    is_urged: bool = False


@dataclass
class Subjects:
    """Follows, along the tokens of one text, who is spoken of.

    Args:
        tokens: Of the text.
        own: The code of the question that a remark is about, "" for a text of the plan.
        year: The fiscal year of the scores.
        of_all: Whether the text is about the agency as a whole, as its closing summary is.
    """

    tokens: Sequence[Token]
    own: str
    year: int
    of_all: bool = False
    _state: State = field(default_factory=State)
    _outer: list[State] = field(default_factory=list)
    _place: int = 0
    _is_other_year: bool = False
    _is_last_year: bool = False
    _is_rule: bool = False
    """Whether the words are of all who have some score: they get some level."""

    # -- whom the text speaks of ---------------------------------------------------------------

    def _subject(self, index: int) -> None:
        """Take up a new subject, or one more of a list."""
        token, state = self.tokens[index], self._state
        if self._before(index) in COMPARED:
            state.members = ()  # ต่ำกว่าข้อ e8 ซึ่งได้ 80: whose score follows is not said
            return
        if token.kind is Is.TOTAL and state.members and self._place - state.since <= _NEAR:
            return  # ข้อ e9 คะแนนรวม: the total of its halves
        found = self._members(token)
        if self._text_before(index).endswith("ให้"):
            state.wish = self._place  # ติดตามให้ข้อ e9 ได้ 95 คะแนน
        if state.in_group and token.kind in LISTED and token.kind is state.members[-1].kind:
            found = (*state.members, *found)
        state.members, state.since, state.in_group = found, self._place, bool(found)
        state.is_change = False

    def _members(self, token: Token) -> tuple[Member, ...]:
        if token.kind is Is.THIS:
            return (Member(Is.CODE, self.own),) if self.own else ()
        if token.kind is Is.CODE:
            return tuple(Member(Is.CODE, code) for code in token.codes)
        if token.kind is Is.EACH and any(one.kind is Is.EXCEPT for one in self.tokens):
            return (Member(Is.OTHERS),)
        return (Member(token.kind, token.key),)

    def _is_whole(self, index: int) -> bool:
        """Tell whether the agency's score follows: `หน่วยงานได้คะแนน`, `ผลการประเมินผ่านเกณฑ์`."""
        if not self.of_all or self._state.members:
            return False
        token, after = self.tokens[index], self._kind(index + 1)
        if "ผลการประเมิน" in token.text:
            return after in {Is.PASSED, Is.FAILED, Is.ABOVE, Is.BELOW, Is.ROSE, Is.FELL}
        named = token.kind is Is.YEAR or token.text == "หน่วยงาน"
        if token.text == "หน่วยงาน" and after in {Is.PASSED, Is.FAILED}:
            return True
        return named and after is Is.GOT and "ได้" in self.tokens[index + 1].text

    def _listed(self, index: int) -> tuple[tuple[Member, ...], int]:
        """Return the codes or indicators listed from a token on, and the index after them."""
        found: list[Member] = []
        while self._kind(index) in GROUPED:
            if self._kind(index) in LISTED:
                found += self._members(self.tokens[index])
            elif self._kind(index) is Is.PART and found:
                found[-1] = replace(found[-1], part=int(self.tokens[index].key))
            index += 1
        return tuple(found), index

    def _spoken_of(self) -> tuple[Member, ...]:
        """Return those of whom a claim may be made here, none where it would be a wish."""
        state = self._state
        if not state.members or self._place - state.since > FAR or state.is_change:
            return ()
        of_last = self._is_last_year and state.members[0].kind in KNOWN_LAST_YEAR
        if (self._is_other_year and not of_last) or self._is_wished:
            return ()
        return state.members

    @property
    def _is_wished(self) -> bool:
        state = self._state
        return state.wish is not None and state.wish > state.since - _NEAR

    def _own(self) -> tuple[Member, ...]:
        """Return the question of the remark where no other subject is named nor a wish begun."""
        state = self._state
        if not self.own or state.members or state.wish is not None or state.is_urged:
            return ()
        return (Member(Is.CODE, self.own),) if self._may_claim else ()

    @property
    def _may_claim(self) -> bool:
        return not (self._is_other_year or self._state.is_change)

    def _claim(
        self, what: Is, said: str, number: Decimal | None = None, scope: Scope | None = None
    ) -> list[Claim]:
        is_last_year = self._is_last_year
        if members := self._spoken_of():
            claim = Claim(what, members, said, number, scope, is_last_year=is_last_year)
            return [claim] if what is Is.NUMBER or not is_last_year else []
        if own := self._own():
            return [Claim(what, own, said, number, scope, is_own=True)]
        return []

    def _year(self, year: int) -> None:
        self._is_other_year, self._is_last_year = year != self.year, year == self.year - 1

    def _close(self) -> None:
        """End a bracket: whoever is named in it was spoken of only there, or for the first time."""
        if self._outer:
            outer = self._outer.pop()
            if not outer.members:
                outer.members, outer.since = self._state.members, self._state.since
            self._state = outer

    def _part(self, part: int) -> None:
        members = self._state.members
        if not members and self.own:
            members = (Member(Is.CODE, self.own),)
        if self._state.in_group:
            last = replace(members[-1], part=part)
            self._state.members = (*members[:-1], last)
        else:
            self._state.members = tuple(replace(member, part=part) for member in members)

    def _take(self, members: tuple[Member, ...]) -> None:
        self._state.members, self._state.since = members, self._place

    # -- tokens --------------------------------------------------------------------------------

    def _kind(self, index: int) -> Is:
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else Is.BREAK

    def _before(self, index: int) -> Is:
        """Return the kind of the last token before one that is no mere joint."""
        index -= 1
        while self._kind(index) in {Is.JOIN, *LINKS}:
            index -= 1
        return self._kind(index)

    def _is_count(self, index: int) -> bool:
        """Tell whether a number counts questions or indicators: `24 ข้อ`, no `24 ข้อ e1`."""
        if self._kind(index) is not Is.NUMBER or not self.tokens[index].text.isdecimal():
            return False
        unit = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if unit is None or unit.kind is Is.INDICATORS:
            return unit is not None
        is_item = unit.kind is Is.JOIN and unit.text in {"ข้อ", "ข้อคำถาม"}
        return is_item and self._kind(index + 2) not in {Is.CODE, Is.NUMBER}

    def _counts(self, index: int) -> bool:
        """Tell whether a count follows: `ได้คะแนนเต็ม จำนวน 24 ข้อ`, `เกือบทุกข้อ`."""
        if self._kind(index) in {Is.OF, Is.LINK}:
            index += 1
        if index < len(self.tokens) and self.tokens[index].text.startswith(_SOME):
            return True
        is_word = index < len(self.tokens) and self.tokens[index].text in _COUNTING
        return self._is_count(index + is_word)

    def _text_before(self, index: int) -> str:
        """Return the words before a token that is joined to them."""
        index -= 1
        while self._kind(index) is Is.JOIN:
            index -= 1
        return self.tokens[index].text if self._kind(index) is Is.TEXT else ""

    def _text(self, start: int, end: int) -> str:
        """Write tokens as a person would, numbers apart from words."""
        parts = [
            t.text if t.kind is not Is.NUMBER else f" {t.text} " for t in self.tokens[start:end]
        ]
        return "".join(parts).strip()

    def _is_percent(self, index: int) -> bool:
        """Tell whether the percent after a token are points: `ข้อ o8 ได้เพียงร้อยละ 50`."""
        of_points = "คะแนน" in self.tokens[index].text if index >= 0 else False
        got = self._kind(index) is Is.GOT
        return of_points or (got and self._kind(index - 1) in SUBJECTS | {Is.NAME, Is.PART})

    def _is_of_other_year(self, index: int) -> bool:
        """Tell whether another year is named after a token, before other words: `… ในปี 2567`."""
        while self._kind(index + 1) in {Is.OF, *LINKS, Is.OPEN}:
            index += 1
        after = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if after is None or after.kind is not Is.YEAR:
            return after is not None and after.kind is Is.OTHER_YEAR
        return int(after.key) != self.year
