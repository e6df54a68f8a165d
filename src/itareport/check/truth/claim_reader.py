"""Reads the claims of a text, a rule for each kind of phrase; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from typing import ClassVar

from itareport.check.truth.claims import Claim, Member, Scope
from itareport.check.truth.comparisons import Comparisons
from itareport.check.truth.phrases import OTHER_LEVELS, Is
from itareport.check.truth.subjects import (
    COMPARED,
    FAR,
    GROUPED,
    LINKS,
    SUBJECTS,
    State,
)

_BEFORE_SUPERLATIVE = {
    Is.POINTS, Is.GOT, Is.NUMBER, Is.CLOSE, Is.CODE, Is.NAME, Is.PART, Is.LINK, Is.JOIN,
    Is.INDICATOR, Is.TOOL, Is.THIS,
}  # fmt: skip
_BEFORE_MAINTAIN = {
    Is.POINTS, Is.NUMBER, Is.FULL, Is.LINK, Is.JOIN, Is.CODE, Is.NAME, Is.CLOSE,
}  # fmt: skip
_BEFORE_BRACKET = {
    Is.PARTLY, Is.NOTHING, Is.FULL, Is.NOT_FULL, Is.GOOD, Is.THIS, Is.POINTS,
}  # fmt: skip


class ClaimReader(Comparisons):
    """Reads the tokens of one text from left to right."""

    def claims(self) -> Iterator[Claim]:
        """Yield the claims of the text, in order."""
        index, places = 0, [0, *accumulate(len(token.text) for token in self.tokens)]
        while index < len(self.tokens):
            found, end = self._at(index)
            yield from found
            self._place = places[min(end, len(self.tokens))]
            if found:
                self._state.since = self._place
            if self._kind(end - 1) not in GROUPED:
                self._state.in_group = False
            index = end

    # -- one token -----------------------------------------------------------------------------

    def _at(self, index: int) -> tuple[list[Claim], int]:
        """Return the claims that are made at a token, and the index of the next one to read."""
        kind, state = self._kind(index), self._state
        if kind in SUBJECTS:
            self._subject(index)
        elif rule := self._RULES.get(kind):
            return rule(self, index)
        elif kind is Is.BREAK:
            self._state, self._outer, self._is_rule = State(), [], False
            self._year(self.year)
        elif kind is Is.OPEN:
            self._outer.append(replace(state, in_group=False))
            self._state = replace(state, wish=None)
        elif kind is Is.CLOSE:
            self._close()
        elif kind is Is.TEXT:
            if state.members and state.members[0].kind in {Is.TOTAL, Is.TOOL}:
                state.members = ()
        else:
            self._mark(index)
        return [], index + 1

    def _mark(self, index: int) -> None:
        """Note what the tokens that make no claim mean for those that follow."""
        token, state = self.tokens[index], self._state
        if token.kind is Is.PART:
            self._part(int(token.key))
        elif token.kind in {Is.YEAR, Is.THIS_YEAR, Is.OTHER_YEAR}:
            given = {Is.THIS_YEAR: self.year, Is.OTHER_YEAR: 0}
            self._year(given[token.kind] if token.kind in given else int(token.key))
        elif token.kind is Is.TARGET:
            state.wish = self._place
        elif token.kind is Is.CHANGE:
            state.is_change = True
        if self._is_whole(index):
            self._take((Member(Is.TOTAL),))
        elif token.text == "ทุกตัวชี้วัด" and self._kind(index - 1) is not Is.OF:
            self._take((Member(Is.EACH, token.text),))

    # -- figures -------------------------------------------------------------------------------

    def _figure(self, index: int) -> tuple[list[Claim], int]:
        """Read `ได้ 50.00 คะแนน`, `(50.00 คะแนน)`, and lists of numbers for a list of codes."""
        numbers, end = self._numbers(index)
        if not numbers or self._is_count(index) or not self._is_quoted(index, end):
            return [], index + 1
        end += self._kind(end) is Is.POINTS
        if self._counts(end):
            return [], end  # แบบ OIT ได้ 100 คะแนน 24 ข้อ
        if "เฉลี่ย" in self.tokens[index - 1].text:
            self._part(0)
        part, end = self._part_after(end)
        end = self._named_after(end)
        claims = [one for number, text in numbers for one in self._claim(Is.NUMBER, text, number)]
        members = self._spoken_of()
        if len(numbers) > 1 and len(members) > 1:
            pairs = zip(claims, members, strict=False)
            claims = [replace(c, members=(m,)) for c, m in pairs if len(members) == len(numbers)]
        elif len(numbers) > 1 and members and members[0].kind is Is.TOTAL:
            claims = []  # ปี 2567 และปี 2568 ได้ 90.00 และ 94.95 คะแนน
        if part:
            halves = {c: tuple(replace(m, part=part) for m in c.members) for c in claims}
            claims = [replace(claim, members=halves[claim]) for claim in claims]
        return claims, end

    def _named_after(self, index: int) -> int:
        """Take up those named only after the number: `ได้ 50.00 คะแนน คือ ข้อ o8`, `… (o8)`."""
        kind, state = self._kind(index), self._state
        members, end = self._listed(index + 1)
        of_codes = all(member.kind is Is.CODE for member in state.members)
        if members and (kind in {Is.IS, Is.OF} or (kind is Is.OPEN and of_codes)):
            self._take(members)
        return end if members and kind in {Is.IS, Is.OF} else index

    def _numbers(self, index: int) -> tuple[list[tuple[Decimal, str]], int]:
        found: list[tuple[Decimal, str]] = []
        while index < len(self.tokens) and (number := self.tokens[index].number) is not None:
            found.append((number, self.tokens[index].text))
            index += 1
            after = index + (self._kind(index) is Is.POINTS)
            follows = self._kind(after) is Is.JOIN and self._kind(after + 1) is Is.NUMBER
            if not follows:
                break
            index = after + 1
        return found, index

    def _is_quoted(self, index: int, end: int) -> bool:
        """Tell whether a number is said to be a score: never without a word or two decimals."""
        token, before, after = self.tokens[index], self._kind(index - 1), self._kind(end)
        has_points = after is Is.POINTS
        if self._kind(end + has_points) is Is.UP or (after is Is.TEXT and not has_points):
            return False
        if before is Is.OPEN:
            is_about = bool(self._state.members) or self._kind(index - 2) in _BEFORE_BRACKET
            return is_about and (has_points or (token.is_exact and after is Is.CLOSE))
        if before is Is.PERCENT:
            return self._is_percent(index - 2)
        if before is Is.GOT and "ร้อยละ" in self.tokens[index - 1].text:
            return self._kind(index - 2) in SUBJECTS | {Is.NAME, Is.PART}
        if before in {Is.GOT, Is.POINTS}:
            return has_points or token.is_exact or "คะแนน" in self.tokens[index - 1].text
        named = {*SUBJECTS, *_BEFORE_BRACKET, Is.NAME, Is.PART}
        return before in named and (has_points or token.is_exact)

    def _part_after(self, index: int) -> tuple[int, int]:
        """Return the half named after a number, 0 where none is, and the index after it."""
        start = index + (self._kind(index) is Is.OF)
        if self._kind(start) is Is.PART and self._kind(start + 1) not in {Is.GOT, Is.NUMBER}:
            return int(self.tokens[start].key), start + 1
        return 0, index

    # -- superlatives --------------------------------------------------------------------------

    def _superlative(self, index: int) -> tuple[list[Claim], int]:
        """Read `ต่ำที่สุดในประเด็นนี้`, and `ข้อที่ได้คะแนนต่ำที่สุด คือ ข้อ e9`."""
        what, before = self._kind(index), self._kind(index - 1)
        scope, end, is_known = self._scope(index + 1)
        if not is_known or self._is_one_of_several(end):
            return [], index + 1
        said = self._text(index, end)
        members, after = self._listed(end + 1)
        if not members and self._kind(end + 1) is Is.TOOL:
            members, after = self._members(self.tokens[end + 1]), end + 2
        if self._kind(end) is Is.IS and members:
            end = after
            self._take(members)
            may = self._may_claim and self._state.wish is None
            return ([Claim(what, members, said, scope=scope)] if may else []), end
        if before not in _BEFORE_SUPERLATIVE:
            return [], end
        claims = self._claim(what, said, scope=scope)
        return [c for c in claims if not c.is_own or before in {Is.GOT, Is.POINTS}], end

    def _is_one_of_several(self, index: int) -> bool:
        """Tell whether `เป็นอันดับสอง` or a number follows, not `รองลงมาคือ` with the next."""
        is_next = self._kind(index + 1) is Is.IS and self.tokens[index].text == "รองลงมา"
        return self._kind(index) in {Is.ORDINAL, Is.NUMBER} and not is_next

    def _scope(self, index: int) -> tuple[Scope | None, int, bool]:
        """Return among whom, the index after it, and whether it is known who they are."""
        if self._kind(index) is not Is.OF:
            return None, index, True
        index += 1
        start = index
        while self._kind(index) in {*LINKS, Is.NUMBER}:  # ในแบบ EIT, ใน 10 ตัวชี้วัด
            index += 1
        if any(token.text == "เครื่องมือ" for token in self.tokens[start:index]):
            return Scope(Is.ALL), index, True  # ใน 3 เครื่องมือ
        if self._kind(index) is Is.INDICATORS and self._kind(index + 1) is Is.TOOL:
            index += 1
        scope = self._scope_at(index)
        index += scope is not None
        while scope is not None and self._kind(index) is Is.NAME:
            index += 1
        return scope, index, scope is not None

    def _scope_at(self, index: int) -> Scope | None:
        kind = self._kind(index)
        if kind is Is.HERE:
            kinds = {"ป": Is.ISSUE, "ต": Is.INDICATOR}
            return Scope(kinds.get(self.tokens[index].text[0], Is.TOOL))
        if kind in {Is.ISSUE, Is.INDICATOR, Is.SUB_INDICATOR, Is.TOOL}:
            return Scope(kind, self.tokens[index].key)
        return Scope(kind) if kind in {Is.INDICATORS, Is.ALL, Is.EACH} else None

    # -- words for a score ---------------------------------------------------------------------

    def _credit(self, index: int) -> tuple[list[Claim], int]:
        """Read `ได้คะแนนเพียงบางส่วน`, `ยังไม่ให้คะแนนข้อ o28`, `ได้คะแนนเต็ม`."""
        token = self.tokens[index]
        if (token.kind is Is.PARTLY and not self._is_of_points(index)) or self._counts(index + 1):
            return [], index + 1
        if token.kind in {Is.NOTHING, Is.UNSHOWN}:
            start = index + 1 + (self._kind(index + 1) is Is.OF)
            members, end = self._listed(start)
            if members and self._may_claim and self._state.wish is None:
                self._take(members)
                return [Claim(token.kind, members, token.text)], end
        said = f"ได้คะแนน{token.text}" if token.kind is Is.PARTLY else token.text
        return self._claim(token.kind, said), index + 1

    def _is_of_points(self, index: int) -> bool:
        """Tell whether it is the points of which there are some, not what was published."""
        before = self.tokens[max(0, index - 3) : index]
        near = before if self.tokens[index].text != "บางส่วน" else before[-1:]
        return any("คะแนน" in token.text for token in near if token.kind in {Is.GOT, Is.POINTS})

    def _level(self, index: int) -> tuple[list[Claim], int]:
        """Read `อยู่ในระดับผ่านดี`, of the agency as a whole."""
        token, state = self.tokens[index], self._state
        of_one = any(member.kind is not Is.TOTAL for member in state.members)
        is_wish = state.wish is not None or state.is_urged or self._is_rule
        if is_wish or not self._may_claim or (of_one and self._place - state.since <= FAR):
            return [], index + 1
        of_agency = bool(state.members) or "ผลการประเมิน" in self._result_before(index)
        if token.key in OTHER_LEVELS and not of_agency:
            return [], index + 1
        return [Claim(Is.LEVEL, (Member(Is.TOTAL),), token.key)], index + 1

    def _result_before(self, index: int) -> str:
        """Return the words before a level, without those that say whose: `ของหน่วยงาน`."""
        index -= 1
        while self._kind(index) in {Is.OF, Is.ALL, Is.YEAR, Is.THIS_YEAR}:
            index -= 1
        return self.tokens[index].text if index >= 0 else ""

    def _rank(self, index: int) -> tuple[list[Claim], int]:
        """Read `เป็นอันดับที่ 76 จาก 211 แห่งของจังหวัด`, of the agency as a whole."""
        state, before = self._state, self.tokens[index - 1] if index else None
        of_one = any(member.kind is not Is.TOTAL for member in state.members)
        is_from = before is not None and (before.text == "จาก" or before.kind in COMPARED)
        is_wish = state.wish is not None or state.is_urged
        if is_wish or is_from or of_one or not self._may_claim or self._is_of_other_year(index):
            return [], index + 1
        return [Claim(Is.RANK, (Member(Is.TOTAL),), self.tokens[index].text)], index + 1

    def _good(self, index: int) -> tuple[list[Claim], int]:
        """Read `อยู่ในระดับดี … และยังพัฒนาได้อีก`, which is said of 95 and more."""
        line = self.tokens[index:]
        kinds = [token.kind for token in line]
        if Is.BREAK in kinds:
            kinds = kinds[: kinds.index(Is.BREAK)]
        return (self._claim(Is.GOOD, "อยู่ในระดับดี") if Is.CAN_GROW in kinds else []), index + 1

    def _urgent(self, index: int) -> tuple[list[Claim], int]:
        """Read `ต้องเร่ง` in a remark: said below 85, and all that follows is a wish."""
        state = self._state
        state.wish = None if self.own and not state.members else state.wish  # จำเป็นต้องเร่ง
        claims = self._claim(Is.URGENT, self.tokens[index].text) if self.own else []
        state.is_urged = True
        return [claim for claim in claims if claim.is_own], index + 1

    def _maintain(self, index: int) -> tuple[list[Claim], int]:
        """Read `ข้อ i11 ได้ 100 คะแนน ให้รักษาระดับ` in the plan."""
        says = self._kind(index - 1) in _BEFORE_MAINTAIN and self._kind(index + 1) is not Is.TEXT
        claims = self._claim(Is.MAINTAIN, "รักษาระดับ") if says else []
        return [claim for claim in claims if not claim.is_own], index + 1

    _RULES: ClassVar[Mapping[Is, Callable[[ClaimReader, int], tuple[list[Claim], int]]]] = {
        Is.NUMBER: _figure,
        **dict.fromkeys(COMPARED, Comparisons.comparison),
        **dict.fromkeys((Is.ROSE, Is.FELL), Comparisons.change),
        **dict.fromkeys((Is.ASCENDING, Is.DESCENDING), Comparisons.ordered),
        Is.SAME: Comparisons.same,
        **dict.fromkeys((Is.LOWEST, Is.HIGHEST), _superlative),
        **dict.fromkeys((Is.PARTLY, Is.NOTHING, Is.UNSHOWN, Is.FULL, Is.NOT_FULL), _credit),
        Is.RANK: _rank,
        Is.LEVEL: _level,
        Is.GOOD: _good,
        Is.URGENT: _urgent,
        Is.MAINTAIN: _maintain,
    }
