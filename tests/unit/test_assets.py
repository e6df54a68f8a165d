import pytest

from itareport.files import assets


def test_the_source_tree_comes_first(repo):
    assert assets.template() == repo / "templates" / "report.docx"
    assert assets.fonts_dir() == repo / "fonts"
    assert assets.catalogues_dir() == repo / "catalogue"


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


def test_a_folder_named_src_alone_is_no_source_tree(tree):
    assert assets.fonts_dir() == tree / "src" / "itareport" / "_data" / "fonts"
