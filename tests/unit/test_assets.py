from importlib import util

import pytest

from itareport.files import assets
from itareport.problems import ItaReportError


def test_the_source_tree_comes_first(repo):
    assert assets.template() == repo / "templates" / "report.docx"
    assert assets.fonts_dir() == repo / "fonts"
    assert assets.catalogues_dir() == repo / "catalogue"


def test_the_scripts_of_the_page_are_those_of_the_installed_distribution():
    found = assets.page_scripts()
    assert [name for name, file in found.items() if not file.is_file()] == []
    assert {file.parents[1].name for file in found.values()} <= {"static", "django_htmx"}


def test_scripts_of_the_page_that_are_not_installed_are_told_of(monkeypatch):
    monkeypatch.setattr(util, "find_spec", lambda _: None)
    with pytest.raises(ItaReportError, match=r"htmx-4\.min\.js, hx-sse-4\.min\.js") as refused:
        assets.require_page_scripts()
    assert [p.code for p in refused.value.problems] == ["O640"]


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Return a folder as it is after a build: sources and, beside them, an old `_data`."""
    package = tmp_path / "src" / "itareport"
    (package / "_data" / "catalogue").mkdir(parents=True)
    monkeypatch.setattr(assets, "_PACKAGE", package)
    return tmp_path


def test_an_old_copy_beside_the_sources_is_not_used(tree):
    (tree / "catalogue").mkdir()
    assert assets.catalogues_dir() == tree / "catalogue"


def test_an_installed_package_carries_its_own(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "itareport"
    (tmp_path / "catalogue").mkdir()
    monkeypatch.setattr(assets, "_PACKAGE", package)
    assert assets.template() == package / "_data" / "templates" / "report.docx"
    assert assets.fonts_dir() == package / "_data" / "fonts"
    assert assets.catalogues_dir() == package / "_data" / "catalogue"
    assert set(assets.page_scripts().values()) == {
        package / "_data" / "page" / name for name in ("htmx-4.min.js", "hx-sse-4.min.js")
    }


def test_a_folder_named_src_alone_is_no_source_tree(tree):
    assert assets.fonts_dir() == tree / "src" / "itareport" / "_data" / "fonts"
