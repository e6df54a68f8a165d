"""Every code's remedy is followed by program, or it is said why only a person can follow it."""

from __future__ import annotations

import runpy
from collections import Counter

from itareport.problems import SENTENCES
from remedies import UNIT

TABLES = {
    "checks": ("STEPS",),
    "texts": ("TEXTS", "JSON"),
    "workbooks": ("BOOKS",),
    "catalogues": ("CATALOGUES",),
    "commands": ("COMMANDS", "BATCHES", "PAGES"),
    "returns": ("LISTS", "FORMS", "UNITS", "SCANS"),
    "templates": ("TEMPLATES",),
}
"""Modules of tests with the remedies that they follow."""
BY_A_PERSON: dict[str, tuple[str, ...]] = {
    "compares with ITAS, the announcement or the year's manual, which no program has": (
        "D240", "D241", "D242", "D243", "D244", "D245", "D246", "D247", "D248", "D278", "D314",
        "D317", "D438", "D351",
    ),
    "says what the office means: the program cannot know which of two is right": (
        "D250", "D256", "D261", "D341", "D342", "D343", "D345", "D347", "D348", "D355", "D357",
        "D359", "D360", "D361", "C247", "O613", "O607", "O618", "D453", "D460",
    ),
    "reads a text and judges it, or writes what only the office knows": ("D313", "D440", "D455"),
    "is a note of what was read in another way: there is nothing to do where it is right": (
        "D139", "D156", "D157", "D437", "D442", "D443",
    ),
    "cannot be checked; there is no remedy": (
        "D302", "D303", "D304", "D305", "D307", "D308", "D309", "D310", "D311", "D312", "D315",
        "D318",
    ),
    "opens the file in Word, Excel, LibreOffice or Notepad and saves it as another kind": (
        "D420", "D421", "D422", "D423", "D425", "D426", "D427", "D451", "D452", "T300", "T302",
        "T313", "T314", "T315", "T322", "D172",
    ),
    "chooses the right file, which only the office knows": ("D103", "D104", "D106", "D424"),
    "compares the structure with the example, whose data are others": (
        "D108", "D113", "D115", "D140",
    ),
    "asks for rights, or for room on the disk": (
        "D102", "O601", "O602", "O604", "O634", "O636", "P507",
    ),
    "closes the file in another program, or waits for another run": ("O603", "O612"),
    "installs or repairs the program, its fonts, LibreOffice or Word": (
        "F400", "F401", "F402", "P500", "P501", "P502", "P503", "P504", "P505", "P506", "P508",
        "P509", "P510", "P517", "P530", "P531", "P532", "P533", "O614", "O640", "C241",
    ),
    "looks at a finished page and mends text or template until it is tidy": (
        "P511", "P512", "P513", "P514", "P515", "P516", "P518", "P520", "P521", "P522", "P523",
        "P524", "P525", "P526",
    ),
    "mends the machine, the network or the cluster": (
        "O610", "O611", "O615", "O616", "O617", "O620",
    ),
    "writes drafts of a year, whose words only the office can say": (
        "C240", "C242", "C243", "C244", "C245", "C246", "C248",
    ),
    "signs on paper and scans the page": ("P540", "P541", "P543", "P545", "P546", "P547", "P548"),
    "sets what the window of commands has, as tests/edge/test_permissions.py does": ("O637",),
    "renames folders or files on Windows": ("O632", "O633"),
}  # fmt: skip
"""What a person does for each code, and no program can."""


def followed() -> set[str]:
    """Return the codes whose remedies the tests follow."""
    found: set[str] = set()
    for module, names in TABLES.items():
        tables = runpy.run_path(str(UNIT / f"test_remedies_of_{module}.py"))
        for name in names:
            for key, value in tables[name].items():
                found |= {key} if key in SENTENCES else value.keys() & SENTENCES.keys()
    return found


def test_every_remedy_is_followed_or_is_a_persons():
    by_a_person = [code for codes in BY_A_PERSON.values() for code in codes]
    assert [code for code, count in Counter(by_a_person).items() if count > 1] == []
    known = followed() | set(by_a_person)
    assert sorted(SENTENCES.keys() - known) == [], "follow its remedy, or say why nobody can"
    assert sorted(known - SENTENCES.keys()) == []


def test_what_a_program_follows_is_not_left_to_a_person():
    by_a_person = {code for codes in BY_A_PERSON.values() for code in codes}
    assert sorted(by_a_person & followed()) == []
