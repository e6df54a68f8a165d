"""Remedies of a data file as text, each followed by program: the problem is gone then."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from itareport.ita import catalogue
from itareport.problems import Problem
from remedies import Followed, OfText, try_remedy, words
from reports import clean_data

HEAD = """\
fiscal_year: 2568
agency:
  kind: เทศบาลตำบล
  name: ควนเสาธง
  district: ตะโหมด
  province: พัทลุง
result:
  total: 94.90
  level: ผ่าน
  indicators: [{no: 1, score: 99.17}]
scores:
  - {code: i1, score: 98.33}
plan:
  - issue: 1
    measures: [มาตรการ]
signatures: [{}]
"""
Step = Any


def retype(old: str, new: str) -> Step:
    """Type what the remedy names in place of what the message names, on the line it names."""
    return lambda trial, problem: trial.retype(problem, words(problem, old), words(problem, new))


def type_there(pattern: str) -> Step:
    """Type the value that the remedy names at the line and column that the problem names."""
    return lambda trial, problem: trial.set(problem, words(problem, pattern))


def replace(old: str, new: str) -> Step:
    """Change something on the line that the problem names."""
    return lambda trial, problem: trial.retype(problem, old, new)


def delete_line(trial: OfText, problem: Problem) -> None:
    trial.delete_line(problem)


def delete_character(trial: OfText, problem: Problem) -> None:
    code = int(words(problem, r"U\+([0-9A-F]{4,6})"), 16)
    at = trial.text.split("\n").index(trial.line(problem))
    lines = trial.text.split("\n")
    lines[at] = re.sub(rf"{chr(code)}|\\u{code:04x}|\\x{code:02x}|\\a", "", lines[at])
    trial.text = "\n".join(lines)


def in_quotes(trial: OfText, problem: Problem) -> None:
    """Put the whole text in quotes, from the column that the problem names to the line's end."""
    assert problem.place is not None
    line = trial.line(problem)
    start = line.index("- ") + 2 if line.lstrip().startswith("- ") else line.index(": ") + 2
    trial.retype(problem, line[start:], f'"{line[start:]}"')


def fill_key(trial: OfText, problem: Problem) -> None:
    key, example = words(problem, "โปรดกรอกช่อง (\\w+)"), words(problem, " เช่น (.+)$")
    trial.text = trial.text.replace("agency:\n", f"agency:\n  {key}: {example}\n")


def say_why_there_is_no_score(trial: OfText, problem: Problem) -> None:
    field = words(problem, "(missing: \\S+) หรือ")
    trial.retype(problem, "score: ~", field)


def close(trial: OfText, problem: Problem) -> None:
    closer, at = words(problem, "โปรดเติม (.) "), int(words(problem, "ท้ายบรรทัด (\\d+)"))
    lines = trial.text.split("\n")
    lines[at - 1] += closer
    trial.text = "\n".join(lines)


def join_lines(trial: OfText, problem: Problem) -> None:
    trial.retype(problem, "ก\\nข", "ก ข")


def move_to_group(trial: OfText, problem: Problem) -> None:
    group = words(problem, "ย้ายไปไว้ในกลุ่ม (\\w+)")
    line = trial.line(problem)
    trial.delete_line(problem)
    trial.text = trial.text.replace(f"{group}:\n", f"{group}:\n  {line.strip()}\n")


def mend_and_check_again(trial: OfText, _problem: Problem) -> None:
    for problem in trial.told():
        if problem.code == "D126":
            trial.set(problem, words(problem, "เช่น (\\d+)"))


def without_tabs(trial: OfText, problem: Problem) -> None:
    trial.retype(problem, "\t", "  ")


def add_dash(trial: OfText, problem: Problem) -> None:
    line = trial.line(problem)
    trial.retype(problem, line, f"{' ' * 6}- {line.strip()}")


def after(text: str) -> str:
    """Return the file with lines at its end."""
    return HEAD + text


def edited(old: str, new: str) -> str:
    """Return the file with one thing changed."""
    assert HEAD.count(old) == 1
    return HEAD.replace(old, new)


def steps(*lines: str) -> str:
    """Return the file with steps in the plan."""
    return edited("[มาตรการ]", "\n      ".join(("[มาตรการ]\n    steps:", *lines)))


EXAMPLE = " เช่น ([^,]+)"
TEXTS: dict[str, tuple[str, Step]] = {
    "D109": (edited("  kind", "\tkind"), without_tabs),
    "D111": (edited("name: ควน", "name: &a ควน"), lambda t, p: t.retype(
        p, words(p, "มีเครื่องหมาย (.) ") + "a ", "")),
    "D112": (edited("scores:", "---\nscores:"), lambda t, _: setattr(
        t, "text", t.text.replace("---\n", ""))),
    "D114": (edited("  kind:", "  kind: เทศบาลเมือง\n  kind:"), delete_line),
    "D116": (edited("ควนเสาธง", '"ควนเสาธง'), replace("ควนเสาธง", 'ควนเสาธง"')),
    "D117": (edited("2568", "68 ปี"), mend_and_check_again),
    "D118": (steps("- คู่มือ #1 ของตำบล"), in_quotes),
    "D119": (edited("[มาตรการ]", "[อบรม 1,200 คน]"), replace("อบรม 1,200 คน", "'อบรม 1,200 คน'")),
    "D120": (edited("  province: พัทลุง\n", ""), fill_key),
    "D121": (edited("98.33", "ร้อย"), type_there(EXAMPLE)),
    "D122": (edited("98.33", "101"), type_there(EXAMPLE)),
    "D123": (edited("98.33", "98.333"), type_there(EXAMPLE)),
    "D124": (edited("code: i1", "code: x"), type_there(EXAMPLE)),
    "D125": (edited("issue: 1", "issue: หนึ่ง"), type_there(EXAMPLE)),
    "D126": (edited("2568", "2025"), type_there("(?:หมายถึง พ.ศ. |เช่น )(\\d+)")),
    "D127": (edited("[{}]", "[{date: วันนี้}]"), type_there(EXAMPLE)),
    "D128": (edited("ควนเสาธง", '"ก\\nข"'), join_lines),
    "D129": (edited("  level", "  levle"), retype("ช่อง (\\w+)", "แก้เป็น (\\w+)")),
    "D130": (edited("98.33", "9, missing: ไม่ถูกประเมิน"), replace(", missing: ไม่ถูกประเมิน", "")),
    "D131": (edited("98.33", "~"), say_why_there_is_no_score),
    "D132": (edited("score: 98.33", "score: 9, part1: 9, part2: 9"), replace("score: 9, ", "")),
    "D133": (edited("{no: 1, score: 99.17}", "1"), replace("[1]", "[{no: 1, score: 90}]")),
    "D134": (edited("[มาตรการ]", "{ก: มาตรการ}"), replace("{ก: มาตรการ}", "\n      - มาตรการ")),
    "D135": (edited("ควนเสาธง", "[ควน, เสาธง]"), replace("[ควน, เสาธง]", "ควนเสาธง")),
    "D136": (edited("score: 98.33", "missing: ลืม"), type_there("โปรดใช้ (\\S+) หรือ")),
    "D137": (edited("[{}]", "[]"), replace("[]", "[{}]")),
    "D138": (edited("[{}]", f"[{', '.join(['{}'] * 9)}]"), replace(", {}" * 8, "")),
    "D141": (edited("level: ผ่าน", "level:ผ่าน"), retype("“(.+?)”", "เป็น (.+)$")),
    "D142": (edited("98.33", "'98,33'"), retype("“(.+?)”", "โปรดแก้เป็น (.+)$")),
    "D143": (edited("level:", "ระดับผลการประเมิน:"), retype("“(.+?)”", "โปรดแก้เป็น (\\w+):")),
    "D144": (steps("- ก", "-ข"), retype("“(.+?)”", "เป็น (.+)$")),
    "D145": (steps('- "ก" ข'), retype("เช่น '(.+)' หรือ", "ใน '…' เช่น ('.+') หรือ")),
    "D146": (steps("- โครงการ: ทบทวน"), retype('เช่น "(.+)"', 'เช่น (".+")')),
    "D147": (edited("[{}]", "[{position: [ก, ข, ค]}]"), replace("ก, ข, ค", "ก, ข ค")),
    "D148": (edited("[{}]", "[{}"), close),
    "D149": (steps("- ก", " ข", "- ค"), add_dash),
    "D150": (edited("[มาตรการ]", '["มาตร\\aการ"]'), delete_character),
    "D152": (edited("[มาตรการ]", '["มาตร\\u0378การ"]'), delete_character),
    "D153": (edited("[มาตรการ]", '["\\uf0b7 มาตรการ"]'), replace("\\uf0b7", "•")),
    "D154": (edited("[มาตรการ]", "[่มาตรการ]"), delete_character),
    "D155": (edited("[มาตรการ]", "[☑ มาตรการ]"), retype("แทน (☑)", "เช่น (√)")),
}  # fmt: skip
OTHERS: dict[str, tuple[str, Step, str]] = {
    "a field of another group": (
        after("website: www.example.go.th\n"), move_to_group, "D129"),
    "a Christian year": (
        edited("2568", "2025"), type_there("หมายถึง พ.ศ. (\\d+)"), "D126"),
}  # fmt: skip


@pytest.mark.parametrize("code", TEXTS)
def test_what_the_remedy_says_makes_the_problem_go(code, tmp_path):
    text, step = TEXTS[code]
    try_remedy(code, Followed(lambda folder: OfText(text, folder=folder), step), tmp_path)


JSON = {"D151": delete_character}


@pytest.mark.parametrize("code", JSON)
def test_half_a_character_of_json_is_deleted(code, tmp_path):
    data = clean_data(catalogue.load(2568))
    data["plan"][0]["steps"] = ["มาตร\ud800การ"]
    text = json.dumps(data, ensure_ascii=True, indent=1)
    one = Followed(lambda folder: OfText(text, "ก.json", folder), JSON[code])
    try_remedy(code, one, tmp_path)


@pytest.mark.parametrize("kind", OTHERS)
def test_so_does_what_it_says_in_another_case(kind, tmp_path):
    text, step, code = OTHERS[kind]
    try_remedy(code, Followed(lambda folder: OfText(text, folder=folder), step), tmp_path)
