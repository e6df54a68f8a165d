"""What is said of a score beside a threshold, another's score or the year before; pure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from itareport.check.truth.claims import Claim, Member
from itareport.check.truth.phrases import Is
from itareport.check.truth.subjects import KNOWN_LAST_YEAR, SUBJECTS, Subjects

BEFORE_VERDICT = SUBJECTS | {
    Is.NAME, Is.PART, Is.GOT, Is.POINTS, Is.NUMBER, Is.CLOSE, Is.LINK, Is.SAME,
}  # fmt: skip
_BEFORE_CHANGE = BEFORE_VERDICT | {Is.LEVEL, Is.YEAR}
_IN_CHANGE = {
    Is.OF, Is.OPEN, Is.CLOSE, Is.YEAR, Is.OTHER_YEAR, Is.NUMBER, Is.POINTS, Is.GOT, Is.LINK,
}  # fmt: skip
"""What follows a rise or a fall and still tells of it."""
_AFTER_CHANGE = {"โดย", "จึง", "แต่"}
_CHANGES = {Is.ABOVE: Is.ROSE, Is.BELOW: Is.FELL}
"""What a score is that is above or below that of the year before."""
_AFTER_VERDICT = {Is.BREAK, Is.OF, Is.YEAR, Is.THIS_YEAR, Is.OTHER_YEAR, Is.LINK, Is.JOIN, Is.CLOSE}
_NEXT_YEAR = {"ปีหน้า", "ปีถัดไป", "ปีต่อไป"}
_EACH = "ทุกตัวชี้วัด"


class Comparisons(Subjects):
    """Reads the phrases that compare one score with another."""

    def comparison(self, index: int) -> tuple[list[Claim], int]:
        """Read `ต่ำกว่า 85 คะแนน`, and `ต่ำกว่า 85 คะแนน ได้แก่ e7, e9`."""
        what, at = self._kind(index), index + 1
        if what in _CHANGES and self._kind(at) in {Is.YEAR, Is.OTHER_YEAR}:
            return self.change(index)  # สูงกว่าปีก่อน 4.95 คะแนน
        if self._kind(at) is Is.PERCENT:
            at += self._kind(index - 1) in SUBJECTS or self._is_percent(index - 1)
        in_bracket = self._kind(at) is Is.OPEN
        at += in_bracket
        number, end = self.tokens[at].number if at < len(self.tokens) else None, at + 1
        if number is None:
            return self._versus(index) or self._verdict(index), index + 1
        what = Is.BELOW if what is Is.FAILED else what
        has_points = self._kind(end) is Is.POINTS
        if not has_points and self._kind(end) is Is.TEXT:
            return [], end - in_bracket  # ต่ำกว่า 18 ปี
        end += has_points
        if self._kind(end) is Is.UP:
            self._is_rule, end = True, end + 1
        end += in_bracket and self._kind(end) is Is.CLOSE
        said = self._text(index, end - has_points)
        if self._kind(end) is Is.IS and self._listed(end + 1)[0] and self._may_claim:
            members, end = self._listed(end + 1)
            self._take(members)
            return [Claim(what, members, said, number)], end
        is_fact = what in {Is.BELOW, Is.ABOVE, Is.PASSED} or self._kind(index - 1) is Is.GOT
        claims = self._claim(what, said, number) if is_fact else []
        return [claim for claim in claims if has_points or not claim.is_own], end

    def _verdict(self, index: int) -> list[Claim]:
        """Read `ไม่ผ่านเกณฑ์` and `อยู่ในเกณฑ์ผ่าน`, of a threshold that is not named."""
        what, members = self._kind(index), self._state.members
        if what not in {Is.PASSED, Is.FAILED} or self._kind(index + 1) is Is.TEXT:
            return []
        text, before = self.tokens[index].text, self._kind(index - 1)
        if what is Is.FAILED and members and members[0].kind is Is.TOTAL:
            is_of_year = text.startswith("ไม่ผ่าน") and self._kind(index + 1) in _AFTER_VERDICT
            return self._claim(what, text) if is_of_year else []
        return self._claim(what, text) if before in BEFORE_VERDICT else []

    # -- two scores ----------------------------------------------------------------------------

    def _versus(self, index: int) -> list[Claim]:
        """Read `ต่ำกว่าข้อ i6`, and `น้อยกว่าข้อ i5 อยู่ 5.00 คะแนน`."""
        what = self._kind(index)
        if what not in _CHANGES or self._kind(index - 1) not in BEFORE_VERDICT:
            return []
        other, end = self._other(index + 1)
        if other is None or self._is_of_other_year(end - 1):
            return []
        at = end + (end < len(self.tokens) and self.tokens[end].text == "อยู่")
        number = self.tokens[at].number if at < len(self.tokens) else None
        is_by = number is not None and self._kind(at + 1) is Is.POINTS
        beside = (number,) if is_by and number is not None else ()
        claims = self._claim(what, self._text(index, at + 2 if is_by else end))
        return [replace(c, other=other, beside=beside) for c in claims if not c.is_own]

    def _other(self, index: int) -> tuple[Member | None, int]:
        """Return the one whose score another is compared with, and the index after it."""
        while self._kind(index) in {Is.POINTS, Is.OF} or self._is_item_word(index):
            index += 1
        kind, state = self._kind(index), self._state
        if kind is Is.PART and state.members:
            return replace(state.members[0], part=int(self.tokens[index].key)), index + 1
        if kind not in {Is.CODE, Is.INDICATOR, Is.TOOL, Is.TOTAL}:
            return None, index
        members, index = self._members(self.tokens[index]), index + 1
        index += self._kind(index) is Is.NAME
        if self._kind(index) is Is.PART:
            members, index = (replace(members[0], part=int(self.tokens[index].key)),), index + 1
        return (members[0] if len(members) == 1 else None), index

    def _is_item_word(self, index: int) -> bool:
        return self._kind(index) is Is.JOIN and self.tokens[index].text.startswith("ข้อ")

    def same(self, index: int) -> tuple[list[Claim], int]:
        """Read `ข้อ i7 และข้อ i8 ได้คะแนนเท่ากัน`."""
        before = self._kind(index - 1)
        has_number = before is Is.POINTS and self._kind(index - 2) is Is.NUMBER
        members = self._spoken_of() if before in {Is.GOT, Is.POINTS} and not has_number else ()
        is_said = len(members) > 1 and not self._is_last_year
        return ([Claim(Is.SAME, members, "ได้คะแนนเท่ากัน")] if is_said else []), index + 1

    def ordered(self, index: int) -> tuple[list[Claim], int]:
        """Read `เรียงคะแนนจากน้อยไปมาก ได้แก่ i10, i12, i11`."""
        of_scores = any("คะแนน" in token.text for token in self.tokens[max(0, index - 3) : index])
        start = index + 1
        while self._kind(start) in {Is.IS, Is.LINK, Is.OPEN, Is.GOT}:
            start += 1
        members, end = self._listed(start)
        if not of_scores or len(members) < 2 or not self._may_claim or self._is_wished:
            return [], index + 1
        self._take(members)
        return [Claim(self._kind(index), members, self.tokens[index].text)], end

    # -- two years -----------------------------------------------------------------------------

    def change(self, index: int) -> tuple[list[Claim], int]:
        """Read `เพิ่มขึ้นจากปีก่อน 4.95 คะแนน`, of the total or of indicators."""
        state, end = self._state, index + 1
        while self._kind(end) in _IN_CHANGE and self.tokens[end].text not in _AFTER_CHANGE:
            end += 1
        numbers, end = self._numbers_of_change(index + 1, end)
        told = self.tokens[index + 1 : end]
        years = {one.key for one in told if one.kind in {Is.YEAR, Is.OTHER_YEAR}}
        is_other = bool(years & _NEXT_YEAR) or any(
            y.isdecimal() and int(y) < self.year - 1 for y in years
        )
        if end < len(self.tokens) and self.tokens[end].text == _EACH and not numbers:
            state.members, end = (Member(Is.EACH, _EACH),), end + 1
        is_counted = self._kind(end) is Is.TEXT and self._kind(end - 1) is Is.NUMBER
        is_said = self._kind(index - 1) in _BEFORE_CHANGE and (numbers or years)
        is_wished, state.is_change = self._is_wished, True
        if not is_said or is_other or is_counted or is_wished or not self._is_known_last_year:
            return [], end if numbers or years else index + 1
        what, said = self._kind(index), self._text(index, end)
        claim = Claim(_CHANGES.get(what, what), state.members, said, beside=numbers)
        if len(state.members) == 1 or len(numbers) < 2:
            return [claim], end
        pairs = zip(state.members, numbers, strict=False)
        each = [replace(claim, members=(member,), beside=(number,)) for member, number in pairs]
        return each if len(numbers) == len(state.members) else [], end

    @property
    def _is_known_last_year(self) -> bool:
        members = self._state.members
        is_each = bool(members) and members[0].key == _EACH
        return is_each or (bool(members) and members[0].kind in KNOWN_LAST_YEAR)

    def _numbers_of_change(self, start: int, end: int) -> tuple[tuple[Decimal, ...], int]:
        """Return the numbers between two tokens and those listed on, and the index after them."""
        while self._kind(end) is Is.JOIN and self._kind(end - 1) is Is.NUMBER:
            if self._kind(end + 1) is not Is.NUMBER:
                break
            end += 2
        end += self._kind(end) is Is.POINTS
        told = self.tokens[start:end]
        return tuple(number for one in told if (number := one.number) is not None), end
