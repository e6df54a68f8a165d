"""Remedies of the checks of a report, each followed by program: the problem is gone then."""

from __future__ import annotations

import re
from typing import Any

import pytest

from checks import Case, add, put, score
from itareport.ita import catalogue
from itareport.problems import Problem
from remedies import Followed, OfData, cases_of, try_remedy, words
from reports import LACKS, SHOULD

CASES = cases_of(
    "rows", "words", "figures", "agency", "truth", "in_part", "serves", "slips", "promises",
    "drafts", "shared", "counts",
)  # fmt: skip
WITH_HINT = {
    "D203": Case(put("scores.21.code", "e31"), put("scores.21.code", "e7"), ()),
    "D207": Case(add("issues", {"no": "1", "items": [
        "i1", "i2", "i3", "o5", "o6", "o7", "o38"]}), put("fiscal_year", "2568"), ()),
    "D212": Case(put("result.indicators.7.no", "18"), put("fiscal_year", "2568"), ()),
    "D221": Case(put("remarks.1.code", "e19"), put("fiscal_year", "2568"), ()),
}  # fmt: skip
"""Cases in which the program knows what was meant."""
Step = Any
REMARK = f"ผู้ตอบบางส่วนมีความเห็นว่าการดำเนินงาน{LACKS} {SHOULD}"


def type_there(pattern: str) -> Step:
    """Type the word that the remedy names into the field."""
    return lambda trial, problem: trial.put(problem.where, words(problem, pattern))


def write(text: str | list[str]) -> Step:
    """Write a text into the field, as the remedy says what it must hold."""
    return lambda trial, problem: trial.put(problem.where, text)


def delete_field(trial: OfData, problem: Problem) -> None:
    """Delete the field or the entry."""
    trial.delete(problem.where)


def delete_row(trial: OfData, problem: Problem) -> None:
    """Delete the row in which the field stands."""
    trial.delete(problem.where[:2])


def delete_list_row(trial: OfData, problem: Problem) -> None:
    """Delete the row of a list within the result."""
    trial.delete(problem.where[:3])


def codes(text: str) -> list[str]:
    """Return the codes of the questions that a text names, those between two as well."""
    known = list(catalogue.load(2568).codes)
    found: list[str] = []
    for first, last in re.findall(r"([ieo]\d+)(?: ถึง ([ieo]\d+))?", text):
        found += known[known.index(first) : known.index(last or first) + 1]
    return found


def say_why_there_is_no_score(trial: OfData, problem: Problem) -> None:
    reason = words(problem, "โปรดแจ้งว่า (.+) หรือ ")
    trial.data["scores"] += [
        {"code": code, "missing": reason} for code in codes(problem.message.split(" ของปี")[0])
    ]


def give_to_issue(trial: OfData, problem: Problem) -> None:
    code, no = words(problem, "โปรดเพิ่มข้อ ([ieo]\\d+) "), words(problem, "ในประเด็นที่ (\\d+) ตาม")
    next(row for row in trial.data["issues"] if row["no"] == no)["items"].append(code)


def join_rows_of_issue(trial: OfData, problem: Problem) -> None:
    no = words(problem, "โปรดรวมข้อของประเด็นที่ (\\d+) ไว้ในแถวเดียว")
    rows = [row for row in trial.data["issues"] if row["no"] == no]
    items = list(dict.fromkeys(item for row in rows for item in row["items"]))
    others = [row for row in trial.data["issues"] if row["no"] != no]
    trial.data["issues"] = [*others, {"no": no, "items": items}]


def leave_in_one_issue(trial: OfData, problem: Problem) -> None:
    code = words(problem, "โปรดให้ข้อ ([ieo]\\d+) อยู่ในประเด็นเดียว")
    no = words(problem, "จัดไว้ในประเด็นที่ (\\d+)")
    for row in trial.data["issues"]:
        if row["no"] != no:
            row["items"] = [item for item in row["items"] if item != code]


def add_indicators(of: str) -> Step:
    def step(trial: OfData, problem: Problem) -> None:
        numbers = words(problem, "ตัวชี้วัดที่ ([0-9, ถึง]+)")
        first, _, last = numbers.strip().partition(" ถึง ")
        result = trial.data["result"]
        rows = result[of]["indicators"] if of else result["indicators"]
        rows += [{"no": str(n), "score": "90"} for n in range(int(first), int(last or first) + 1)]

    return step


def one_score(trial: OfData, problem: Problem) -> None:
    code = words(problem, "คะแนนเดียวของข้อ ([ieo]\\d+)")
    score(code, score="99.00")(trial.data)


def add_remark(trial: OfData, problem: Problem) -> None:
    trial.data["remarks"] += [
        {"code": code, "text": REMARK} for code in codes(problem.message.partition(" ได้")[0])
    ]


def join_remarks(trial: OfData, problem: Problem) -> None:
    first, second = trial.at(problem.also[0][:2]), trial.at(problem.where[:2])
    first["text"] += f"\n{second['text']}"
    trial.delete(problem.where[:2])


def split_remark(trial: OfData, problem: Problem) -> None:
    row = trial.at(problem.where[:2])
    trial.delete(problem.where[:2])
    trial.data["remarks"] += [{"code": code, "text": row["text"]} for code in row["codes"]]


def add_plan_row(trial: OfData, problem: Problem) -> None:
    row = {**trial.data["plan"][0], "issue": words(problem, "ประเด็นที่ (\\d+)")}
    trial.data["plan"].append(row)


def fill_column(trial: OfData, problem: Problem) -> None:
    assert words(problem, "โปรดกรอก(.+)$") == "ขั้นตอนหรือวิธีการดำเนินการ"
    trial.put(problem.where, ["ประชุมผู้เกี่ยวข้อง"])


def delete_tags(trial: OfData, problem: Problem) -> None:
    for tag in words(problem, "ในข้อความ: (.+?) \\|").split():
        trial.retype(problem, tag, "")


def move_to_an_item(trial: OfData, problem: Problem) -> None:
    row = trial.at(problem.where[:2])
    del row["indicator"]
    row["code"] = "i2"


def name_in_findings(trial: OfData, problem: Problem) -> None:
    no, name = words(problem, "รองรับในประเด็นที่ (\\d+)"), words(problem, "หรือระบุ (\\S+) ")
    next(row for row in trial.data["plan"] if row["issue"] == no)["findings"].append(f"ข้อ {name}")


def right_sub_indicator(trial: OfData, problem: Problem) -> None:
    trial.retype(problem, "๙.๒", words(problem, "แก้ตัวชี้วัดย่อยเป็น (\\S+)"))


def type_codes(trial: OfData, problem: Problem) -> None:
    typed = words(problem, "แทนตัวอักษร o: (.+?) \\|").split(", ")
    for old, new in zip(typed, words(problem, "โปรดพิมพ์เป็น (.+)").split(", "), strict=True):
        trial.retype(problem, old, new)


def month_within_year(trial: OfData, problem: Problem) -> None:
    first = words(problem, "\\(\\d+ (\\S+ \\d+) ถึง ")
    last = words(problem, " ถึง \\d+ (\\S+ \\d+)\\)")
    assert words(problem, "ให้อยู่ในปีงบประมาณ (\\d+)") in last
    trial.put(problem.where, f"{first} - {last}")


def type_for(old: str, new: str) -> Step:
    """Type the words that the message names by a pattern in place of others that it names."""
    return lambda trial, problem: trial.retype(problem, words(problem, old), words(problem, new))


def delete_quoted(trial: OfData, problem: Problem) -> None:
    trial.retype(problem, words(problem, "“(.+?)”"), "")


def delete_promises(trial: OfData, problem: Problem) -> None:
    for promise in re.findall("“(.+?)”", problem.message):
        trial.retype(problem, promise, "")


def swap_rank(trial: OfData, _problem: Problem) -> None:
    rank = trial.data["result"]["rank"]
    rank["place"], rank["of"] = rank["of"], rank["place"]


def remark_of_tool(trial: OfData, _problem: Problem) -> None:
    trial.data["remarks"] += [{"tool": tool, "text": REMARK} for tool in ("IIT", "EIT", "OIT")]


def both_halves(trial: OfData, problem: Problem) -> None:
    score(words(problem, "ข้อ (e\\d+)"), part1="82.86", part2="97.00")(trial.data)


def scores_of_tools(trial: OfData, problem: Problem) -> None:
    for tool, part in re.findall(r"([IEO]IT) ส่วนที่ (\d)", problem.message):
        trial.data["result"]["tools"].append({"tool": tool, "part": part, "score": "90"})


def give_line(trial: OfData, problem: Problem) -> None:
    """Add the line that the remedy gives: `serves: o25`."""
    key, value = words(problem, "โปรดเพิ่มบรรทัด (\\w+: \\S+)").split(": ")
    trial.data[key] = {"item": value}


def in_order(trial: OfData, _problem: Problem) -> None:
    trial.data["signatures"].insert(0, trial.data["signatures"].pop())


def announced(trial: OfData, problem: Problem) -> None:
    trial.put(problem.where, f"1 {words(problem, 'เดือน(.+)$')}")


def claim_right_score(trial: OfData, problem: Problem) -> None:
    trial.retype(problem, "๔๐.๐๐", words(problem, "กรอกไว้คือ ([0-9.]+)"))


def right_level(trial: OfData, problem: Problem) -> None:
    old, new = words(problem, "อยู่ในระดับ(\\S+) แต่"), words(problem, "กรอกไว้คือ (\\S+)")
    trial.retype(problem, old, new)


def unmark(trial: OfData, problem: Problem) -> None:
    mark, value = words(problem, "ลบเครื่องหมายร่างของแถวนี้ \\((\\w+: \\w+)").split(": ")
    row = trial.at(problem.where[:2])
    assert row.pop(mark) == value


def total_and_level(trial: OfData, problem: Problem) -> None:
    result = trial.data["result"]
    result["total"], result["level"] = "99.09", words(problem, "ที่เป็นไปได้คือ (.+?)\\)")


def fill(**values: Any) -> Step:
    """Fill the field beside it that the remedy names."""
    return lambda trial, problem: trial.at(problem.where[:-1]).update(values)


def published(trial: OfData, problem: Problem) -> None:
    trial.data["result"]["published"] = words(problem, "ช่อง คะแนนที่มีในผลที่เผยแพร่ เป็น (\\S+)")


def opinion(trial: OfData, problem: Problem) -> None:
    begin = words(problem, "เช่น (.+)…")
    trial.retype(problem, "บุคลากรบางราย", begin)


STEPS: dict[str, Step] = {
    "D200": say_why_there_is_no_score,
    "D201": delete_row,
    "D202": type_there("ควรเป็นข้อ (\\S+) หรือไม่"),
    "D203": type_there("อาจหมายถึงข้อ (\\S+)"),
    "D204": give_to_issue,
    "D205": type_there("มีประเด็นที่ (\\d+) ถึง"),
    "D206": join_rows_of_issue,
    "D207": type_there("อาจหมายถึงข้อ (\\S+)"),
    "D208": delete_field,
    "D209": delete_row,
    "D210": add_indicators(""),
    "D211": type_there("อาจหมายถึงตัวชี้วัดที่ (\\d+)"),
    "D212": type_there("อาจหมายถึงตัวชี้วัดที่ (\\d+)"),
    "D213": type_there("โปรดแก้ชื่อเครื่องมือเป็น (\\w+)"),
    "D214": delete_list_row,
    "D215": delete_field,
    "D216": delete_field,
    "D217": type_there("คือ (\\S+), "),
    "D218": one_score,
    "D220": add_remark,
    "D221": type_there("อาจหมายถึงข้อ (\\S+)"),
    "D222": join_remarks,
    "D223": add_plan_row,
    "D224": type_there("อาจหมายถึงประเด็นที่ (\\d+)"),
    "D225": fill_column,
    "D226": delete_field,
    "D227": delete_tags,
    "D228": write("ควนเสาธง"),
    "D229": type_there("ให้เหลือ (.+)$"),
    "D230": type_there("คำเต็มว่า (.+)$"),
    "D231": type_there("เช่น (.+)$"),
    "D232": move_to_an_item,
    "D233": delete_row,
    "D249": leave_in_one_issue,
    "D251": give_to_issue,
    "D252": write(REMARK),
    "D253": add_remark,
    "D254": delete_row,
    "D255": lambda trial, problem: score(words(problem, "ข้อ (o\\d+) "), score="50")(trial.data),
    "D257": opinion,
    "D258": split_remark,
    "D259": type_for("เขียนว่า(อีก \\d+ ข้อ)", "แล้วแก้เป็น(อีก \\d+ ข้อ)"),
    "D260": name_in_findings,
    "D262": right_sub_indicator,
    "D263": type_codes,
    "D264": write(["ข้อ i7"]),
    "D265": month_within_year,
    "D266": delete_quoted,
    "D267": type_for("พบ “(.+?)”", "ชื่อหน่วยงาน “(.+?)”"),
    "D268": type_for("หน่วยงานอื่น “(.+?)”", "เป็นของ “(.+?)”"),
    "D269": type_for("“(.+?)” ใน", "โปรดแก้เป็น “(.+?)”"),
    "D270": type_there("อาจหมายถึง (\\S+)"),
    "D271": type_there("อาจหมายถึง (\\S+)"),
    "D272": write("ตะโหมด"),
    "D273": type_there("ประเภทที่รู้จักคือ (.+?),"),
    "D276": announced,
    "D277": add_indicators("last_year"),
    "D279": type_there("ใช้ตอบการประเมินปี (\\d+) แต่"),
    "D280": unmark,
    "D282": type_there("เช่น (.+)$"),
    "D283": swap_rank,
    "D284": remark_of_tool,
    "D285": published,
    "D286": published,
    "D287": total_and_level,
    "D300": both_halves,
    "D301": both_halves,
    "D306": scores_of_tools,
    "D316": give_line,
    "D330": delete_promises,
    "D331": type_for("มาตรการที่ (\\S+) แต่", "แต่แผนประเด็นที่ (\\d+) มี"),
    "D340": claim_right_score,
    "D344": right_level,
    "D346": delete_row,
    "D349": write(REMARK),
    "D350": write(REMARK),
    "D352": in_order,
    "D353": type_for("อันดับที่ (\\d+) แต่", "กรอกไว้คือ (\\d+)"),
    "D358": type_for("([0-9]+) มาตรการ” แต่", "คือ ([0-9]+) มาตรการ"),
    "D362": type_for("วันที่ (.+?) แต่", "กรอกไว้คือ (.+?) \\|"),
    "D356": type_for("ชื่อจังหวัด “(.+?)”", "อยู่ในจังหวัด “(.+?)”"),
    "D354": type_for("เขียนว่า “(.+?)” ซึ่ง", "โปรดแก้เป็น “(.+?)”"),
}


@pytest.mark.parametrize("code", STEPS)
def test_what_the_remedy_says_makes_the_problem_go(code, tmp_path):
    case = WITH_HINT.get(code) or CASES[code]
    try_remedy(code, Followed(lambda _: OfData(case, code), STEPS[code]), tmp_path)
