"""The cards of the remarks: also of those that say nothing."""

from __future__ import annotations

import re

import pytest

from itareport.actions import prepare
from itareport.ita import catalogue
from itareport.web import forms
from itareport.web.store import Folder, Set

TEXT = re.compile(r"(?m)^(  - code: e7\n)    text:.*\n(?:      .*\n)*")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path, prepare.Options())


@pytest.fixture
def shown(folder, example):
    """Return a function that shows the cards of the example with another text of e7."""

    def show(text: str):
        file, replaced = folder.path / "ก.yaml", TEXT.subn(rf"\1{text}", example.read_text("utf-8"))
        assert replaced[1] == 1
        file.write_text(replaced[0], "utf-8")
        return form_of(folder)

    return show


def form_of(folder):
    desk = folder.open(folder.listed()[0].key)
    return forms.ReportForm(desk.key, desk.data, desk.checked, catalogue.own(()))


def card(form):
    cards = [one for issue in forms.remarks(form).issues for one in issue.cards]
    return next(one for one in cards if one.key == "e7")


@pytest.mark.parametrize("text", ['    text: ""\n', '    text: "  "\n', "    text:\n", ""])
def test_a_remark_that_says_nothing_has_its_card_and_what_is_wrong_with_it(shown, text):
    form = shown(text)
    found, view = card(form), forms.remarks(form)
    assert (found.kind, found.state, found.text.strip()) == ("empty", "เว้นว่างไว้", "")
    assert [said.found.severity for said in found.said] == ["error"]
    assert (view.below, view.done, view.drafts) == (17, 16, 0)


def test_a_dash_is_the_place_of_a_draft(shown):
    assert card(shown('    text: "-"\n')).kind == "draft"


def test_what_is_empty_on_purpose_outlives_other_changes(shown, folder):
    shown('    text: ""\n')
    desk = folder.open(folder.listed()[0].key)
    desk.change([Set(("result", "total"), "94.91")], desk.version, "w")
    assert 'code: e7\n    text: ""\n' in (folder.path / "ก.yaml").read_text("utf-8")
    assert card(form_of(folder)).kind == "empty"


def test_a_total_that_is_not_there_is_not_listed_as_one(folder):
    text = "fiscal_year: 2568\nagency: {kind: เทศบาลตำบล, name: ก}\nresult: {}\n"
    (folder.path / "ก.yaml").write_text(text, "utf-8")
    (row,) = folder.listed()
    assert (row.total, row.level) == (None, None)
