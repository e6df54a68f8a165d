"""Remedies of an office's own template, each followed by program: the problem is gone then."""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass

import pytest

import guests
from documents import paragraph
from guests import Guest, guest
from itareport.document import marks, word
from itareport.files import opc
from itareport.problems import ItaReportError, Problem
from itareport.terminal import cli
from remedies import Followed, try_remedy, words

CONTEXT = {"agency": {"name": "ควนเสาธง"}, "graph": marks.GRAPH}
SETTINGS = "word/settings.xml"


@dataclass
class OfTemplate:
    """A Word template; a problem names a place by the words near it."""

    guest: Guest

    def told(self) -> list[Problem]:
        """Return what is said of it, also when a report is made of it."""
        problems: list[Problem] = []
        try:
            template = word.Template(self.guest.data())
            problems += template.left_out
            template.render(CONTEXT, lambda *_: None)
        except ItaReportError as error:
            problems += error.problems
        return problems

    def edit(self, old: str, new: str, part: str = guests.MAIN) -> None:
        """Change what Word shows, by a pattern of its XML."""
        xml = self.guest.parts[part].decode()
        made, count = re.subn(old, new, xml, flags=re.DOTALL)
        assert count, f"{old} does not stand in {xml}"
        self.guest.parts[part] = made.encode()


Step = Callable[[OfTemplate, Problem], object]


def edit(old: str, new: str = "", part: str = guests.MAIN) -> Step:
    """Change what the remedy speaks of."""
    return lambda trial, _problem: trial.edit(old, new, part)


def complete(trial: OfTemplate, problem: Problem) -> None:
    closing = words(problem, "วงเล็บปีกกา \\{\\{ (\\}\\}) และ")
    trial.edit("agency.name", f"agency.name {closing}")


def name_of_the_list(trial: OfTemplate, problem: Problem) -> None:
    """Compare with the names that the command lists, and type the one that is meant."""
    said = io.StringIO()
    with redirect_stdout(said):
        assert cli.main(words(problem, "จากคำสั่ง itareport (.+)$").split()) == 0
    listed = re.findall(r"\{\{ (agency\.\w+) \}\}", said.getvalue())
    wrong = words(problem, "ใช้ชื่อ “(.+?)”")
    (meant,) = difflib.get_close_matches(f"agency.{wrong}", listed, n=1)
    trial.edit(f"agency.{wrong}", meant)


def retype_tag(trial: OfTemplate, _problem: Problem) -> None:
    trial.edit(r"\{\{.*?\}\}", "{{ agency.name }}")


def move_into_body(trial: OfTemplate, _problem: Problem) -> None:
    trial.edit(r"\{\{ graph \}\}", "", "word/guest-header.xml")
    trial.edit("<w:body>", f"<w:body>{paragraph('{{ graph }}')}")


def delete_link(kind: str, of: str = guests.MAIN) -> Step:
    """Delete what leads out of the file."""
    listed = opc.relationships_of(of)
    return edit(f'<Relationship [^>]*{kind}"[^>]*/>', "", listed)


def to_text(trial: OfTemplate, problem: Problem) -> None:
    """Turn the field that the problem names into its result."""
    name = words(problem, "ฟิลด์ (\\w+)")
    trial.edit(f"<w:r><w:instrText>[^<]*{name}.*?</w:instrText></w:r>", "")
    trial.edit("<w:r><w:fldChar [^>]*/></w:r>", "")


def accept(trial: OfTemplate, _problem: Problem) -> None:
    trial.edit("</?w:ins[^>]*>", "")
    trial.edit("<w:del .*?</w:del>", "")


def without_comments(trial: OfTemplate, _problem: Problem) -> None:
    listed = opc.relationships_of(guests.MAIN)
    trial.edit('<Relationship [^>]*/comments"[^>]*/>', "", listed)


TRACKED = (
    '<w:p><w:ins w:id="1" w:author="ก"><w:r><w:t>ก</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="ก"><w:r><w:delText>ข</w:delText></w:r></w:del></w:p>'
)
TEMPLATES: dict[str, tuple[Callable[[], Guest], Step]] = {
    "T301": (lambda: guest(paragraph("{{ agency.name")), complete),
    "T303": (lambda: guest(paragraph("{{ agency.nmae }}")), name_of_the_list),
    "T304": (lambda: guest(paragraph("{{ agency.name|upper }}")), retype_tag),
    "T306": (lambda: guest(paragraph("{{ agency\u200b.name }}")), retype_tag),
    "T307": (
        lambda: guest().word("header", paragraph("{{ graph }}"), "hdr"), move_into_body),
    "T308": (
        lambda: guest('<w:p><w:r><w:control r:id="c"/></w:r></w:p>'), edit("<w:control[^>]*/>")),
    "T309": (
        lambda: guest("<w:p><w:r><w:object/></w:r></w:p>"), edit("<w:object/>")),
    "T310": (
        lambda: guest().link("image", "http://127.0.0.1/i.png", outside=True),
        delete_link("/image")),
    "T311": (
        lambda: guest().link(
            "attachedTemplate", "http://h/t.dotm", outside=True, of=SETTINGS),
        delete_link("/attachedTemplate", SETTINGS)),
    "T312": (lambda: guest(guests.field_of(' INCLUDEPICTURE "x.png" ')), to_text),
    "T316": (lambda: guest(TRACKED), accept),
    "T321": (
        lambda: guest().word("comments", '<w:comment w:id="0"><w:p/></w:comment>'),
        without_comments),
}  # fmt: skip


@pytest.mark.parametrize("code", TEMPLATES)
def test_what_the_remedy_says_makes_the_problem_go(code, tmp_path):
    make, step = TEMPLATES[code]
    try_remedy(code, Followed(lambda _: OfTemplate(make()), step), tmp_path)
