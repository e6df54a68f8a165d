"""Every view of the form as axe-core sees it: light and dark, wide and narrow; no violation."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext

from itareport.web.store.folder import key_of
from pages import Browser, served
from windows import Window, chromium

STEPS = (
    "agency", "result", "scores", "remarks", "remarks?at=remarks.code%3De7.text",
    "plan", "plan?open=2", "signers", "check",
)  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory, example) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("reports")
    shutil.copy(example, folder / "full.yaml")
    text = example.read_text("utf-8").replace("score: 83.81", "score: 838.1")
    (folder / "wrong.yaml").write_text(text, "utf-8")
    begun = "fiscal_year: 2568\nagency: {kind: เทศบาลตำบล, name: ตัวอย่าง}\nscores: []\n"
    (folder / "begun.yaml").write_text(begun, "utf-8")
    with served(folder, enters=False) as browser:
        yield browser


@pytest.fixture(scope="module")
def context(server) -> Iterator[BrowserContext]:
    with chromium(reduced_motion="reduce") as opened:
        page = opened.new_page()
        page.goto(f"http://{server.host}/o/{server.site.keys.address}")
        page.close()
        yield opened


@pytest.mark.parametrize("file", ["full.yaml", "wrong.yaml", "begun.yaml"])
@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_view_keeps_anybody_out(context, server, file, size, scheme):
    page = context.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
    window = Window(page, f"http://{server.host}/r/{key_of(file)}")
    found = []
    for step in STEPS if file == "full.yaml" else STEPS[:3]:
        window.show(step)
        seen = Axe().run(page).response["violations"]
        found += [(step, one["id"], one["nodes"][0]["html"][:200]) for one in seen]
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], step
    page.close()
    assert found == []


def test_no_style_and_no_script_stands_in_the_page(server):
    """The policy of the page would not let them work."""
    browser = Browser(server.site, server.thread)
    browser.get(f"/o/{server.site.keys.address}")
    for step in STEPS:
        text = browser.get(f"/r/{key_of('full.yaml')}/{step}").text
        assert " style=" not in text
        assert "<style" not in text
        assert "hx-on" not in text
        assert "js:" not in text
        assert "<script>" not in text


def test_script_and_style_stay_small(repo: Path):
    static = repo / "src" / "itareport" / "web" / "static"
    assert len((static / "page.js").read_text("utf-8").splitlines()) < 200
    assert len((static / "page.css").read_text("utf-8").splitlines()) < 600
