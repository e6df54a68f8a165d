"""A catalogue as a page of text that an office can read and check; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from itareport.ita.catalogue.kinds import Kinds
from itareport.ita.catalogue.sections import Level, Tool
from itareport.ita.catalogue.year import Catalogue
from itareport.ita.codes import runs
from itareport.ita.model import NO_ITEM

_MARKS = {True: "[ยืนยันแล้ว]", False: "[ยังไม่ยืนยัน]"}


def overview(of: Catalogue | Kinds) -> str:
    """Write out the kinds of agency, or all that a year asks for.

    A row is marked where it differs from its group.
    """
    return "\n".join(_kinds(of) if isinstance(of, Kinds) else _year(of))


def _kinds(kinds: Kinds) -> Iterator[str]:
    yield "ประเภทหน่วยงาน"
    for kind in kinds.kinds:
        titles = ", ".join(title for title in (kind.executive, kind.secretary) if title)
        yield f"  {kind.short:<10} {kind.name}: {titles}"
        if kind.units:
            yield f"       ส่วนราชการ: {', '.join(kind.units)}"


def _year(catalogue: Catalogue) -> list[str]:
    lines = [
        f"แค็ตตาล็อกปีงบประมาณ {catalogue.fiscal_year}",
        "",
        f"{_MARKS[True]} เห็นในแหล่งที่เผยแพร่ตามที่มา",
        f"{_MARKS[False]} ยังไม่เห็น โปรดตรวจกับประกาศของสำนักงาน ป.ป.ช. ก่อนใช้",
        "แถวที่ไม่มีเครื่องหมายเป็นไปตามเครื่องหมายของกลุ่ม",
    ]
    groups = (
        _tools, _indicators, _items, _issues, _levels, _comparison, _successors,
        _titles, _serves, _wording,
    )  # fmt: skip
    for part in groups:
        lines += ["", *part(catalogue)]
    return lines


def _head(title: str, verified: bool, source: str) -> list[str]:  # noqa: FBT001 - a fact, no switch
    return [f"{title}  {_MARKS[verified]}", f"  ที่มา: {source}"]


def _mark(row: bool | None, group: bool) -> str:  # noqa: FBT001 - the same
    return "" if row is None or row == group else f"  {_MARKS[row]}"


def _tools(catalogue: Catalogue) -> Iterator[str]:
    group = catalogue.tools
    yield from _head("เครื่องมือ", group.verified, group.source)
    for tool in group.rows:
        codes = [code for code in catalogue.codes if code[0] == tool.letter]
        yield (
            f"  {tool.code}  น้ำหนัก {tool.weight}  {spans(codes)} ({len(codes)} ข้อ)"
            f"  {tool.name}{_mark(tool.verified, group.verified)}"
        )
        yield f"       ผู้ตอบ: {tool.respondents}{_manner(tool)}"


def _manner(tool: Tool) -> str:
    parts = f"  แบ่งเป็น {tool.parts} ส่วน" if tool.parts > 1 else ""
    usual = ", ".join(f"{score:f}" for score in tool.usual_scores)
    return parts + (f"  คะแนนที่พบตามปกติ: {usual}" if usual else "")


def _indicators(catalogue: Catalogue) -> Iterator[str]:
    group, subs = catalogue.indicators, catalogue.sub_indicators
    yield from _head("ตัวชี้วัด", group.verified, group.source)
    yield from _head("ตัวชี้วัดย่อย", subs.verified, subs.source)
    for row in group.rows:
        split = [sub for sub in subs.rows if sub.indicator == row.no]
        made_of = spans(row.items) or ("" if split else "ยังไม่ทราบการแบ่งข้อ")
        mark = _mark(row.verified, group.verified)
        yield f"  {row.no:>2}  {row.tool}  {row.name}  {made_of}".rstrip() + mark
        for sub in split:
            mark = _mark(sub.verified, subs.verified)
            yield f"           {sub.no}  {sub.name}  {spans(sub.items)}{mark}"


def _items(catalogue: Catalogue) -> Iterator[str]:
    group = catalogue.items
    yield from _head("ข้อ", group.verified, group.source)
    yield "  * เรื่องที่ถามโดยสรุป ไม่ใช่ชื่อทางการ   ! ถามถึงการกระทำผิด"
    for item in sorted(group.rows, key=lambda item: catalogue.codes.index(item.code)):
        signs = f" {'' if item.official else '*'}{'!' if item.wrongdoing else ''}".rstrip()
        yield f"  {item.code:<4} {item.name}{signs}{_mark(item.verified, group.verified)}"


def _issues(catalogue: Catalogue) -> Iterator[str]:
    group = catalogue.issues
    yield from _head("ประเด็น", group.verified, group.source)
    for row in group.rows:
        yield f"  {row.no}  {row.name}  {spans(row.items)}{_mark(row.verified, group.verified)}"


def _levels(catalogue: Catalogue) -> Iterator[str]:
    group = catalogue.levels
    yield from _head("ระดับผลการประเมิน", group.verified, group.source)
    parts = (code if part is None else f"{code} ส่วนที่ {part}" for code, part in catalogue.tool_parts)
    yield f"  ได้ระดับแรกที่เข้าเกณฑ์ครบ ทุกเครื่องมือหมายถึง {', '.join(parts)}"
    for row in group.rows:
        yield f"  {row.name}: {_condition(row)}{_mark(row.verified, group.verified)}"


def _condition(level: Level) -> str:
    each = "" if level.each_tool is None else f" และทุกเครื่องมือตั้งแต่ {level.each_tool}"
    return f"คะแนนรวมตั้งแต่ {level.total}{each}"


def _successors(catalogue: Catalogue) -> Iterator[str]:
    group, year = catalogue.successors, catalogue.fiscal_year
    if group is None:
        yield "ข้อที่ตรงกันในปีถัดไป  ไม่ได้กำหนด"
        return
    yield from _head(f"ข้อที่ตรงกันในปี {year + 1}", group.verified, group.source)
    for row in group.rows:
        became = "ไม่มี" if row.next == NO_ITEM else row.next
        yield f"  {row.code} -> {became}{_mark(row.verified, group.verified)}"


def _comparison(catalogue: Catalogue) -> Iterator[str]:
    group = catalogue.comparison
    if group is None:
        yield "การเทียบกับปีก่อน  ไม่ได้กำหนด รายงานไม่แสดงผลต่าง"
        return
    yield from _head("การเทียบกับปีก่อน", group.verified, group.source)
    said = "เทียบได้ รายงานแสดงผลต่าง" if group.with_last_year else "ข้อคำถามต่างกัน รายงานไม่แสดงผลต่าง"
    yield f"  ปี {catalogue.fiscal_year} กับปี {catalogue.fiscal_year - 1}: {said}"


def _titles(catalogue: Catalogue) -> Iterator[str]:
    group = catalogue.titles
    yield from _head("หัวเอกสาร ({year} คือปีงบประมาณของผล)", group.verified, group.source)
    for name, lines in (("ปก", group.cover), ("หัวรายงาน", group.report)):
        yield f"  {name}:"
        yield from (f"    {line}" for line in lines)


def _serves(catalogue: Catalogue) -> Iterator[str]:
    group, year = catalogue.serves, catalogue.fiscal_year
    title = f"ข้อของการประเมินปี {year} ที่รายงานผลปี {year - 1} ใช้ตอบ"
    yield from _head(title, group.verified, group.source)
    for name, code in (("รายงานนี้", group.report), ("รายงานผลการดำเนินการ", group.follow_up)):
        item = catalogue.item(code)
        yield f"  {name}: {code} {item.name if item else ''}".rstrip()
    if group.title:
        yield f"  บรรทัดบนสุดของปกและหัวรายงานที่ใช้ตอบข้อนี้: {group.title}"


def _wording(catalogue: Catalogue) -> Iterator[str]:
    group = catalogue.wording
    yield from _head("ถ้อยคำ", group.verified, group.source)
    yield f"  คะแนนเต็มพิมพ์: {group.maintain}"
    yield f"  เลขอารบิกตามหลัง: {', '.join(group.standards)}"
    yield "  ข้อความที่ต้องไม่ค้างอยู่ในรายงาน:"
    yield from (f"    {text}" for text in group.leftovers)


def spans(codes: Iterable[str]) -> str:
    """Write codes shortly, runs of numbers as spans: `e1-e3 e7 e8 o9`."""
    return " ".join(map(_span, runs(codes)))


def _span(run: list[str]) -> str:
    return " ".join(run) if len(run) < 3 else f"{run[0]}-{run[-1]}"
