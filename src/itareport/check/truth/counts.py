"""Texts that count questions, indicators, measures or people otherwise than the data; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import combinations

from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.fields import Text
from itareport.check.truth.claims import Member
from itareport.check.truth.given_figures import Figures
from itareport.check.truth.phrases import Is
from itareport.check.truth.tokens import squeezed
from itareport.problems import Problem, problem

_MAY_COUNT = re.compile("ข้อ|ตัวชี้วัด|มาตรการ|ประเด็น|เครื่องมือ|คน|ราย")
_ITEMS = r"ข้อ(?:คำถาม)?(?!มูล|เสนอ|ร้อง|ที่[0-9]|คำถามที่|[ieoIEO]?[0-9])"
_UNIT = rf"(?P<unit>{_ITEMS}|ตัวชี้วัด(?!ย่อย|ที่[0-9]))"
_IN_ALL = r"(?:จำนวน|ทั้งหมด|ทั้งสิ้น|รวม|เพียง){0,3}"
_GOT = r"(?:ได้|ได้รับ|มี)(?:คะแนน)?"
_SCORED = re.compile(
    rf"(?P<full>(?<!ไม่){_GOT}(?:เต็ม(?:100(?:คะแนน)?)?|100(?:\.00)?คะแนน))"
    rf"|(?P<none>ไม่(?:ได้|ได้รับ|มี)คะแนน|{_GOT}0(?:\.00)?คะแนน)"
    r"|(?P<sign>ไม่ต่ำกว่า|ไม่น้อยกว่า|ตั้งแต่|ต่ำกว่า|น้อยกว่า|ไม่ถึง|สูงกว่า|มากกว่า|เกินกว่า|เกิน)"
    r"(?:ร้อยละ)?(?P<limit>[0-9]{1,3}(?:\.[0-9]{1,2})?)(?:คะแนน)?(?:ขึ้นไป)?"
    rf"|{_GOT}(?P<exact>[0-9]{{1,2}}(?:\.[0-9]{{1,2}})?)คะแนน"
)
_AFTER = re.compile(rf"(?:มี|เป็น|อยู่)?{_IN_ALL}(?P<count>[0-9]{{1,2}}){_UNIT}")
_BEFORE = re.compile(
    rf"(?:มี|จำนวน){_IN_ALL}(?P<count>[0-9]{{1,2}}){_UNIT}(?:ที่|ซึ่ง)?(?:ได้(?:รับ)?|มี)?(?:คะแนน)?\Z"
)
"""How many have such a score, right after the words for it or right before them."""
_NO_FACT = re.compile(
    r"เป้าหมาย|ให้(?!บริการ)|คาด|จะ|ควร|ต้อง|ยกระดับ|ปีก่อน|ปีที่แล้ว|ปีที่ผ่านมา|ปีหน้า|ปีถัดไป|แห่ง|จังหวัด|ประเทศ|อีก|อย่างน้อย"
)
"""What makes a count a wish, or one of another year or agency."""
_YEAR = re.compile(r"(?<![0-9])2[45][0-9]{2}(?![0-9])")
_OTHER = re.compile("ทดสอบ|สอบถาม|ระเบียบ|ข้อบังคับ|ประมวล|กฎหมาย|พระราชบัญญัติ|แผนพัฒนา")
"""What else has questions or items."""
_OUT_OF = re.compile(rf"จาก(?:จำนวน|ทั้งหมด|ทั้งสิ้น)*(?P<count>[0-9]{{1,3}}){_ITEMS}")
_WHOLE = re.compile(
    rf"(?:ข้อคำถาม|ประกอบด้วย|มี|จำนวน|รวม)(?:รวม)?(?P<all>ทั้งหมด|ทั้งสิ้น)?(?:จำนวน)?(?P<count>[0-9]{{1,3}}){_ITEMS}"
)
_PARTS = re.compile(
    r"(?P<all>ครบ(?:ถ้วน)?(?:ทั้ง)?)?(?:ทั้ง|ทั้งหมด|ประกอบด้วย|จำนวน)?(?P<count>[0-9]{1,2})(?P<unit>ประเด็น|เครื่องมือ|ตัวชี้วัด)"
    r"(?!ที่|ย่อย|นี้)"
)
_OF_ASSESSMENT = re.compile("ITA|[IEO]IT|มาตรการ|วิเคราะห์|เครื่องมือ")
_DONE = re.compile("แล้วเสร็จ|ที่ผ่านมา|ปีก่อน|บรรลุ|ประเด็นที่")
"""What makes the measures counted not those of the plan as a whole."""
_MEASURES = re.compile(
    r"(?:กำหนด|จัดทำ|วาง|รวม)(?:เป็น|ไว้)?(?:มาตรการ)?[^\n0-9]{0,40}?(?P<count>[0-9]{1,2})มาตรการ(?!ที่)"
)
_PEOPLE = re.compile(
    r"(?:(?:ผู้)?ตอบ(?:แบบ(?:วัด|สำรวจ|ประเมิน|สอบถาม)?)?[^0-9\n]{0,20}?(?P<tool>IIT|EIT)"
    r"|ผู้มีส่วนได้ส่วนเสีย(?P<side>ภายใน|ภายนอก)[^0-9\n]{0,25}?ตอบ)(?P<between>[^0-9\n]{0,25}?)(?P<count>[0-9,]{1,7})(?:คน|ราย)"
)
_NO_ANSWER = re.compile("ร้อยละ|น้อยกว่า|จากทั้งหมด|เป้าหมาย|อย่าง|เกิน|บางส่วน")
_TRUE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    **dict.fromkeys(("ต่ำกว่า", "น้อยกว่า", "ไม่ถึง"), lambda score, limit: score < limit),
    **dict.fromkeys(("สูงกว่า", "มากกว่า", "เกิน", "เกินกว่า"), lambda score, limit: score > limit),
    **dict.fromkeys(("ตั้งแต่", "ไม่ต่ำกว่า", "ไม่น้อยกว่า"), lambda score, limit: score >= limit),
    "": lambda score, limit: score == limit,
}
"""When a score is one of those counted, by the sign before the limit."""


_NUMBERS = re.compile("[0-9][0-9.,]*")
_NEAR, _CLAUSE = 24, 80
"""So many letters before a count a tool is what is counted, and a word is about it."""


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield each count that a text of the plan or around it has otherwise than the data."""
    counted = _DataCounted(facts)
    for text in _texts(facts):
        said = squeezed(text.text) if _MAY_COUNT.search(text.text) else ""
        if not _NUMBERS.search(said):
            continue
        found = (pair for line in said.split("\n") for pair in counted.wrong(line, text))
        for phrase, right in dict(found).items():
            label = facts.label(text.where)
            yield problem("D358", text.where, label=label, said=_shown(phrase), right=right)


def _texts(facts: Facts) -> Iterator[Text]:
    """Yield the texts in which things are counted: the findings and those around the plan."""
    for index, row in enumerate(facts.report.plan):
        for point, text in enumerate(row.findings):
            yield Text(("plan", index, "findings", point), text)
    for name in ("principles", "follow_up", "summary"):
        yield Text((name,), getattr(facts.report, name) or "")


def _shown(phrase: str) -> str:
    """Write a phrase as a person would, numbers apart from words."""
    return _NUMBERS.sub(r" \g<0> ", phrase).strip()


@dataclass(frozen=True)
class _DataCounted:
    """Counts what the data has of that which a text counts."""

    facts: Facts

    @cached_property
    def figures(self) -> Figures:
        """The scores."""
        return Figures(self.facts)

    @cached_property
    def items(self) -> dict[str, tuple[str, ...]]:
        """The codes of each tool of the year."""
        year = self.facts.catalogue
        return {
            tool.code: tuple(code for code in year.codes if code[0] == tool.letter)
            for tool in year.tools.rows
        }

    def wrong(self, line: str, text: Text) -> Iterator[tuple[str, str]]:
        """Yield each count of a line that is none of the data's, with what they have."""
        year = str(self.facts.report.fiscal_year)
        if any(one != year for one in _YEAR.findall(line)):
            return
        if not _OTHER.search(line):
            yield from self._scored(line, text)
            yield from self._sizes(line)
            yield from self._parts(line)
        yield from self._people(line)
        if text.where[0] in {"principles", "summary"}:
            yield from self._measures(line)

    # -- those with some score -----------------------------------------------------------------

    def _scored(self, line: str, text: Text) -> Iterator[tuple[str, str]]:
        """Read `แบบ OIT ได้คะแนนเต็ม 24 ข้อ` and `มี 3 ตัวชี้วัดที่ได้ต่ำกว่า 90 คะแนน`."""
        for match in _SCORED.finditer(line):
            start, end = match.span()
            count = _AFTER.match(line, end) or _BEFORE.search(line, max(0, start - 30), start)
            if count is None or _NO_FACT.search(line, max(0, start - _CLAUSE), start):
                continue
            is_it = self._condition(match)
            scopes = self._scopes(line[:start], text, count["unit"])
            right = sorted({n for scope in scopes for n in self._numbers(scope, is_it)})
            if right and int(count["count"]) not in right:
                said = line[min(start, count.start()) : max(end, count.end())]
                yield said, f"{fields.either(right)} {count['unit']}"

    @staticmethod
    def _condition(match: re.Match[str]) -> Callable[[Decimal], bool]:
        """Return what is true of the scores that are counted."""
        limit = Decimal(match["limit"] or match["exact"] or (100 if match["full"] else 0))
        is_true = _TRUE[match["sign"] or ""]
        return lambda score: is_true(score, limit)

    def _scopes(self, before: str, text: Text, unit: str) -> Iterator[tuple[Member, ...]]:
        """Yield those that may be counted: of the tool or issue that is named, or of all."""
        kind = Is.INDICATOR if unit == "ตัวชี้วัด" else Is.CODE
        named = self._tools(before)[-1:] or ["", *dict.fromkeys(self._tools(squeezed(text.text)))]
        issues = [int(no) for no in re.findall("ประเด็นที่([0-9]{1,2})", before)]
        if text.where[0] == "plan":
            row = self.facts.report.plan[int(text.where[1])]
            issues.append(row.issue)
            yield self.figures.named_in(row) if kind is Is.CODE else ()
        for tool in named:
            own = self._members(kind, tool)
            yield own if not issues else ()
            for issue in issues:
                held = self._of_issue(kind, issue)
                yield tuple(member for member in own if member.key in held)
                yield own

    def _members(self, kind: Is, tool: str) -> tuple[Member, ...]:
        year = self.facts.catalogue
        if kind is Is.CODE:
            return tuple(Member(kind, code) for code in self.items.get(tool, year.codes))
        rows = [row for row in year.indicators.rows if tool in {"", row.tool}]
        return tuple(Member(kind, str(row.no)) for row in rows)

    def _of_issue(self, kind: Is, issue: int) -> frozenset[str]:
        held = self.facts.grouping.get(issue, ())
        if kind is Is.CODE:
            return frozenset(held)
        return frozenset(str(row.no) for row in self.facts.catalogue.indicators_among(held))

    def _numbers(
        self, members: Sequence[Member], is_it: Callable[[Decimal], bool]
    ) -> Iterator[int]:
        """Yield how many it may be, by either half, their mean or the lower; unknown ones may."""
        values = [self.figures.values(member) for member in members]
        known = [one for one in values if one]
        for reading in (*range(3), -1) if known else ():
            read = (min(one) if reading < 0 else one[min(reading, len(one) - 1)] for one in known)
            least = sum(map(is_it, read))
            yield from range(least, least + len(values) - len(known) + 1)

    # -- how many there are --------------------------------------------------------------------

    def _sizes(self, line: str) -> Iterator[tuple[str, str]]:
        """Read `แบบ IIT จำนวน 15 ข้อ`, `จาก 28 ข้อ` and `ข้อคำถามทั้งหมด 52 ข้อ`."""
        for match in (*_OUT_OF.finditer(line), *_WHOLE.finditer(line)):
            near = self._tools(line[max(0, match.start() - _NEAR) : match.start()])[-1:]
            size = len(self.items[near[0]] if near else self.facts.catalogue.codes)
            count, is_of_all = int(match["count"]), match.re is _OUT_OF or match["all"]
            asks = "ข้อคำถาม" in match[0]
            is_more = count > size and bool(near or asks or self._tools(line))
            is_less = count < size and bool(is_of_all and (near or asks))
            known = self._sums if near else self._known_sizes
            if (is_more or is_less) and count not in known:
                yield match[0], f"{size} ข้อ"

    @cached_property
    def _sums(self) -> frozenset[int]:
        """How many questions any of the tools have together."""
        sizes = [len(codes) for codes in self.items.values()]
        some = (combinations(sizes, n) for n in range(2, len(sizes) + 1))
        return frozenset(sum(one) for ones in some for one in ones)

    @cached_property
    def _known_sizes(self) -> frozenset[int]:
        """How many questions a tool, an issue, an indicator or some tools together have."""
        groups: Iterable[Sequence[str]] = (*self.items.values(), *self.facts.grouping.values())
        named = (row.items for row in self.facts.catalogue.indicators.rows)
        return self._sums | {len(codes) for codes in (*groups, *named)}

    def _parts(self, line: str) -> Iterator[tuple[str, str]]:
        """Read `ครบทั้ง 7 ประเด็น` and `ประกอบด้วย 3 เครื่องมือ 10 ตัวชี้วัด`."""
        year = self.facts.catalogue
        sizes = {
            "ประเด็น": len(self.facts.grouping),
            "เครื่องมือ": len(year.tools.rows),
            "ตัวชี้วัด": len(year.indicators.rows),
        }
        for match in _PARTS.finditer(line):
            count, size = int(match["count"]), sizes[match["unit"]]
            near = line[max(0, match.start() - _CLAUSE) : match.end() + _NEAR]
            is_close = size - 3 <= count <= size + 3 or match["unit"] != "ประเด็น"
            is_short = match["all"] and count < size and not self._tools(near)
            if (count > size or is_short) and is_close and _OF_ASSESSMENT.search(near):
                yield match[0], f"{size} {match['unit']}"

    def _measures(self, line: str) -> Iterator[tuple[str, str]]:
        """Read `กำหนดมาตรการรวม 12 มาตรการ`."""
        rows = self.facts.report.plan
        right = sum(len(row.measures) for row in rows)
        for match in _MEASURES.finditer(line):
            near = line[max(0, match.start() - _CLAUSE) : match.end()]
            if int(match["count"]) not in {right, len(rows)} and not _DONE.search(near) and rows:
                yield match[0], f"{right} มาตรการ"

    def _people(self, line: str) -> Iterator[tuple[str, str]]:
        """Read `มีผู้ตอบแบบวัด IIT จำนวน 40 คน`."""
        given = self.facts.report.result.respondents
        for match in _PEOPLE.finditer(line) if given else ():
            of_iit = match["tool"] == "IIT" or match["side"] == "ภายใน"
            right = given and (given.iit if of_iit else given.eit)
            count = match["count"].replace(",", "")
            if right is not None and count != str(right) and not _NO_ANSWER.search(match[0]):
                yield match[0], f"{right} คน"

    def _tools(self, text: str) -> list[str]:
        """Return the tools that a text names, in order."""
        rows = self.facts.catalogue.tools.rows
        names = tuple((fields.squeezed_name(row.name), row.code) for row in rows)
        meant = dict(names)
        return [meant.get(word, word) for word in _tool_names(names).findall(text)]


@lru_cache(maxsize=8)
def _tool_names(names: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile(fields.longest(word for pair in names for word in pair))
