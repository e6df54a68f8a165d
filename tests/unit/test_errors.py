"""Problems as data and as sentences, and the status that they mean."""

from __future__ import annotations

import dataclasses
import string
from typing import Any

import pytest

from itareport.problems import (
    SENTENCES,
    ExitStatus,
    ItaReportError,
    Place,
    Severity,
    exit_status,
    problem,
)
from itareport.problems.sentences import PARTS

TWICE: dict[str, Any] = {"code": "e3", "missing": "e7", "got": "ได้ 83.81"}


def test_a_problem_is_filled_from_the_table():
    told = problem("D202", ("scores", 5, "code"), label="ข้อ e3", also=[("scores", 2)], **TWICE)
    assert told.severity is Severity.ERROR
    assert told.message == "ข้อ e3 ซ้ำกัน และไม่พบข้อ e7"
    assert told.remedy == "โปรดตรวจว่าแถวหลังซึ่งได้ 83.81 ควรเป็นข้อ e7 หรือไม่"
    assert told.also == (("scores", 2),)


def test_a_problem_without_a_place_begins_with_its_label():
    told = problem("D227", label="ระดับผลการประเมิน", tags="<p>")
    assert str(told).startswith("ระดับผลการประเมิน: มีรหัส HTML")


def test_a_label_that_the_message_begins_with_is_not_said_twice():
    told = problem("D202", label="ข้อ e3", **TWICE)
    assert str(told).startswith("ข้อ e3 ซ้ำกัน")
    told = told.at(Place("ก.yaml", 34, 5), [Place("ก.yaml", 21, 5)])
    assert str(told).startswith("บรรทัด 21 คอลัมน์ 5 และ บรรทัด 34 คอลัมน์ 5: ข้อ e3 ซ้ำกัน")


def test_of_many_places_the_first_three_are_named():
    places = [Place("ก.yaml", line) for line in (9, 4, 7, 5)]
    told = problem("D227", tags="<p>").at(Place("ก.yaml", 2), places)
    said = "บรรทัด 2 และ บรรทัด 4 และ บรรทัด 5 และ อีก 2 แห่ง: มีรหัส HTML"
    assert str(told).startswith(said)


def test_a_place_comes_before_the_label_in_brackets():
    told = problem("D227", label="ข้อวิเคราะห์ข้อ e7", tags="<p>").at(
        Place("ก.xlsx", sheet="คะแนนรายข้อ", cell="F12")
    )
    assert str(told).startswith('แผ่นงาน "คะแนนรายข้อ" ช่อง F12 (ข้อวิเคราะห์ข้อ e7): มีรหัส')


def test_a_place_without_a_line_is_not_said():
    told = problem("D227", tags="<p>").at(Place("ก.json"))
    assert str(told).startswith("มีรหัส HTML")


def test_a_remedy_follows_a_bar_and_may_be_none():
    assert " | โปรด" in str(problem("D202", **TWICE))
    assert "|" not in str(problem("D302", no=6, codes="e3"))


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_whole(code):
    """Messages and remedies have named blanks alone; errors and warnings say what to do."""
    sentence = SENTENCES[code]
    assert sentence.cause and sentence.message  # noqa: PT018 - one thought
    for text in (sentence.message, sentence.remedy):
        blanks = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        assert all(name.isidentifier() for name in blanks), text
    if sentence.severity in (Severity.ERROR, Severity.WARNING):
        assert "โปรด" in sentence.remedy or "{" in sentence.remedy
    assert not any(digit in sentence.message for digit in "๐๑๒๓๔๕๖๗๘๙")


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        ([], ExitStatus.OK),
        (["D240"], ExitStatus.OK),
        (["D302"], ExitStatus.OK),
        (["D202"], ExitStatus.DATA),
    ],
)
def test_only_errors_make_a_status(codes, status):
    facts: dict[str, Any] = dict.fromkeys(
        ("code", "missing", "got", "official", "computed", "formula", "no", "codes"), "x"
    )
    assert exit_status(problem(code, **facts) for code in codes) is status


def test_of_several_kinds_the_smallest_status_counts():
    error = problem("D202", **TWICE)
    letters = [dataclasses.replace(error, code=f"{letter}999") for letter in "OPFTCD"]
    assert [exit_status([letter]).value for letter in letters] == [8, 7, 6, 5, 4, 3]
    assert exit_status(letters) is ExitStatus.DATA
    assert exit_status(letters[:2]) is ExitStatus.PDF


def test_an_exception_carries_problems_and_status():
    told = problem("D202", **TWICE)
    error = ItaReportError(told)
    assert error.problems == (told,)
    assert error.exit_status is ExitStatus.DATA
    assert str(told) in str(error)


def test_no_code_stands_in_two_tables():
    assert sum(len(part.TABLE) for part in PARTS) == len(SENTENCES)
