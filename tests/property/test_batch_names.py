"""Whatever an agency is called, its report lies inside, under a name of its own."""

from __future__ import annotations

from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from itareport.batch import file_names
from itareport.batch.record.key_facts import KeyFacts
from itareport.ita import names
from reports import KINDS
from unit.test_batch_file_names import assert_safe, folded, path

NAMES = st.text(st.characters(codec="utf-8"), max_size=120) | st.sampled_from(
    ["..", "CON", "a/b", "a:b", "ก" * 90, "Å", "A\u030a", "ต้องแก้ไข", "x.docx", ""]
)


@st.composite
def agencies(draw) -> KeyFacts:
    kind, name = draw(st.sampled_from(KINDS.offered)), draw(NAMES)
    stem = names.safe(f"รายงาน ITA 2568 {KINDS.short_name(kind, name)}")
    return KeyFacts(stem, kind, name, draw(NAMES), draw(NAMES), 2568)


@given(st.lists(agencies(), max_size=12))
def test_every_report_has_a_safe_name_of_its_own(all_of_them: list[KeyFacts]) -> None:
    taken = file_names.FileNames()
    made = [taken.claim((f"{n}", "report"), path(one)) for n, one in enumerate(all_of_them)]
    for name in made:
        assert_safe(f"{name}.docx")
    assert len({folded(name) for name in made}) == len(made)
    folders = {folded(str(parent)) for name in made for parent in PurePosixPath(name).parents}
    assert not folders & {folded(f"{name}.docx") for name in made}
