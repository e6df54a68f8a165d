"""Every view as axe-core sees it: light and dark, wide and narrow; no violation."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import BrowserContext

from itareport.pdf import office
from itareport.web.store.report_list import key_of
from pages import Browser, come_in, served
from windows import Window, chromium

STEPS = (
    "agency", "result", "scores", "remarks", "remarks?at=remarks.code%3De7.text",
    "plan", "plan?open=2", "signers", "check",
)  # fmt: skip


LAPTOP, LARGE, PHONE = (1366, 768), (1920, 1080), (390, 844)
ALL = (
    (LAPTOP, "light", "all"), (LAPTOP, "dark", "colours"), (LARGE, "light", "others"),
    (PHONE, "light", "all"), (PHONE, "dark", "colours"),
)  # fmt: skip
"""In the dark only colours differ, and on a large screen only sizes: a test below holds it."""
SOME = (LAPTOP, "light", "all"), (PHONE, "dark", "all")
SCRIPT = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
LOOK = """async (rules) => {
  const ofColour = ["color-contrast", "link-in-text-block"];
  const shown = ["color", "backgroundColor", "backgroundImage", "opacity", "filter", "fontSize",
    "fontWeight", "display", "visibility", "position", "textDecorationLine", "borderColor"];
  const look = (one) => [one, ...one.querySelectorAll("*")].map((part) => {
    const style = getComputedStyle(part);
    return [part.tagName, !part.textContent.trim(), ...shown.map((name) => style[name])];
  });
  for (const parent of document.querySelectorAll("tbody, ol, ul")) {
    const seen = new Set();
    for (const one of parent.children) {
      const same = JSON.stringify(look(one));
      one.toggleAttribute("data-again", seen.has(same));
      seen.add(same);
    }
  }
  const off = Object.fromEntries(ofColour.map((rule) => [rule, {enabled: false}]));
  const asked = {resultTypes: ["violations"]}, found = [];
  if (rules !== "colours")
    found.push(await axe.run({...asked, rules: off}));
  if (rules !== "others")
    found.push(await axe.run({exclude: ["[data-again]"]}, {...asked, runOnly: ofColour}));
  return found.flatMap((one) => one.violations);
}"""
"""All rules, or some; those of colours once for rows of a table or a list that look the same."""


@pytest.fixture(scope="module")
def server(tmp_path_factory, example) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("reports")
    shutil.copy(example, folder / "full.yaml")
    shutil.copy(example, folder / "signed.yaml")
    text = example.read_text("utf-8").replace("score: 83.81", "score: 838.1")
    (folder / "wrong.yaml").write_text(text, "utf-8")
    begun = "fiscal_year: 2568\nagency: {kind: เทศบาลตำบล, name: ตัวอย่าง}\nscores: []\n"
    (folder / "begun.yaml").write_text(begun, "utf-8")
    with served(folder) as browser:
        yield browser


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    with chromium(reduced_motion="reduce") as opened:
        yield opened


@pytest.fixture
def window(context, server) -> Iterator[Window]:
    page = context.new_page()
    come_in(page, server.address)
    yield Window(page, f"http://{server.host}/r/{key_of('full.yaml')}")
    page.close()


def faults(window: Window, looks: Iterable[Any] = ALL) -> list[tuple[object, ...]]:
    """Return what axe-core finds in the view at each size, in light and dark, and sideways."""
    page, found = window.page, list[tuple[object, ...]]()
    page.evaluate(SCRIPT.read_text("utf-8"))
    for (width, height), scheme, rules in looks:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        seen = page.evaluate(LOOK, rules)
        where = page.url, width, scheme
        found += [(*where, one["id"], one["nodes"][0]["html"][:200]) for one in seen]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((*where, "sideways"))
    page.set_viewport_size({"width": 1366, "height": 768})
    return found


@pytest.mark.parametrize("file", ["full.yaml", "wrong.yaml", "begun.yaml"])
def test_no_step_keeps_anybody_out(window, file):
    window.at = window.at.replace(key_of("full.yaml"), key_of(file))
    found, is_full = [], file == "full.yaml"
    for step in STEPS if is_full else (*STEPS[1:3], "check"):
        window.show(step)
        found += faults(window, ALL if is_full else SOME)
    assert found == []


def test_no_view_outside_the_editor_keeps_anybody_out(window, server, tmp_path):
    found, page = [], window.page
    for path in ("/", "/new", "/nothing"):
        page.goto(f"http://{server.host}{path}")
        found += faults(window)
    server.post("/many", {"key": key_of("wrong.yaml")})
    page.goto(f"http://{server.host}/many")
    page.locator("#run .msg.bad").first.wait_for()
    found += faults(window)
    with served(tmp_path, enters=False, password="รหัสผ่านยาวพอสมควร") as guarded:
        for path in ("/login", "/o/of-yesterday"):
            page.goto(f"http://{guarded.host}{path}")
            found += faults(window)
        page.goto(f"http://{guarded.host}/login")
        page.locator("#password").fill("ผิด")
        page.locator(".btn.main").press("Enter")
        page.locator("#wrong").wait_for()
        found += faults(window, SOME)
    assert found == []


def test_no_dialog_keeps_anybody_out(window, server):
    """A table to paste into, what was read of it, a file that changed outside, a locked report."""
    window.show("scores")
    window.press("[data-open=paste-box]")
    found = faults(window)
    window.page.keyboard.type("e7 80.00\no31 50.00")
    window.press("#paste-box .main")
    window.page.locator("#dialog dialog").wait_for()
    found += faults(window)
    window.page.keyboard.press("Escape")
    window.page.route("**/events*", lambda route: route.abort())
    window.show("result")
    file = server.site.path / "full.yaml"
    file.write_text(file.read_text("utf-8").replace("total: 94.90", "total: 94.50"), "utf-8")
    window.type("result.total", "95.00")
    window.page.locator("#dialog dialog").wait_for()
    found += faults(window)
    window.at = window.at.replace(key_of("full.yaml"), key_of("signed.yaml"))
    window.show("check")
    for box in window.page.locator(".check input[type=checkbox]").all():
        box.click()
    window.page.locator("#state-3:enabled").press("Space")
    window.saw("หากแก้ไข ต้องเสนอลงนามใหม่")
    for step in ("agency", "remarks"):
        window.show(step)
        found += faults(window)
    assert found == []


def test_no_dialog_about_the_file_keeps_anybody_out(window, server):
    """Another program has changed it; or its comments cannot stay."""
    text = (server.site.path / "full.yaml").read_text("utf-8")
    file = server.site.path / "outside.yaml"
    file.write_text(text, "utf-8")
    window.at = window.at.replace(key_of("full.yaml"), key_of(file.name))
    window.show("result")
    window.page.locator(".menu summary").press("Enter")
    found = faults(window, SOME)
    file.write_text(text.replace("score: 83.81", "score: 84.81"), "utf-8")
    window.page.locator("#dialog [aria-labelledby=h-outside]").wait_for()
    found += faults(window, SOME)
    window.page.keyboard.press("Escape")
    begun = "fiscal_year: 2568\nresult: {total: 1.00, # ทางการ\n  level: ผ่าน}\n"
    (server.site.path / "comments.yaml").write_text(begun, "utf-8")
    window.at = window.at.replace(key_of(file.name), key_of("comments.yaml"))
    window.show("result")
    window.type("result.announced", "1 สิงหาคม 2568")
    window.page.locator("#dialog [aria-labelledby=h-comments]").wait_for()
    found += faults(window, SOME)
    assert found == []


def test_no_view_of_the_start_keeps_anybody_out(context, tmp_path, example, monkeypatch):
    """An empty folder, what was dropped, boxes to choose, no office, a refusal, the end."""
    monkeypatch.setattr(office, "find", lambda: None)
    folder, page = tmp_path / "reports", context.new_page()
    folder.mkdir()
    other = example.read_text("utf-8").replace("score: 83.81", "score: 84.81")
    (tmp_path / "full.yaml").write_text(other, "utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"PK")
    with served(folder, enters=False) as server:
        come_in(page, server.address)
        shown = Window(page, f"http://{server.host}/r/{key_of('full.yaml')}")
        page.locator(".papers img").first.wait_for()
        found = faults(shown)
        shutil.copy(example, folder / "full.yaml")
        page.reload()
        page.locator("#several summary").press("Enter")
        page.locator(".pick input").first.wait_for()
        sent = [tmp_path / name for name in ("full.yaml", "broken.xlsx")]
        page.locator("[data-drop]").set_input_files(sent)
        page.locator("#taken .sides").wait_for()
        found += faults(shown, SOME)
        shown.show("result")
        page.locator(".blank").wait_for()
        found += faults(shown, SOME)
        page.goto(f"{shown.at}/download/pdf")
        page.locator(".msg", has_text="P500").wait_for()
        found += faults(shown, SOME)
        page.goto(f"http://{server.host}/")
        page.get_by_role("button", name="ปิดโปรแกรม").press("Enter")
        page.get_by_role("heading", name="ปิดโปรแกรมแล้ว").wait_for()
        found += faults(shown, SOME)
    page.close()
    assert found == []


def test_a_message_and_a_score_have_room(window, server):
    """A message is as wide as the form's own column, and no field is cut off at its edge."""
    file = server.site.path / "narrow.yaml"
    text = (server.site.path / "full.yaml").read_text("utf-8")
    text = text.replace("total: 94.90", "total: 84.90")
    file.write_text(
        re.sub(r"(code: e1,) score: ([\d.]+)", r"\1 part1: \2, part2: \2", text), "utf-8"
    )
    window.at = window.at.replace(key_of("full.yaml"), key_of(file.name))
    room = """width => {
      const inner = document.querySelector(".inner").getBoundingClientRect();
      return [...document.querySelectorAll("#form .msg, #form td.v input")].filter((one) => {
        const at = one.getBoundingClientRect();
        return at.right > inner.right - 4 || (one.matches(".msg") && at.width < width);
      }).map((one) => one.outerHTML);
    }"""
    for width, least in ((1366, 400), (390, 280)):
        window.page.set_viewport_size({"width": width, "height": 800})
        for step in ("result", "scores", "check"):
            window.show(step)
            assert window.page.evaluate(room, least) == []
        assert window.page.locator(".found").count()


def test_no_style_and_no_script_stands_in_the_page(server):
    """The policy of the page would not let them work."""
    for step in STEPS:
        text = server.get(f"/r/{key_of('full.yaml')}/{step}").text
        assert " style=" not in text
        assert "<style" not in text
        assert "hx-on" not in text
        assert "js:" not in text
        assert "<script>" not in text


def test_the_dark_changes_colours_alone_and_a_large_screen_sizes_alone(repo: Path):
    """So axe-core need not apply every rule at every look."""
    style = (repo / "src/itareport/web/static/page.css").read_text("utf-8")
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    looks: dict[str, set[str]] = {}
    for media, block in re.findall(r"@media ([^{]+) \{((?:[^{}]*\{[^{}]*\})*)\s*\}", style):
        named = re.findall(r"(?<=[{;])\s*([\w-]+):", block)
        looks.setdefault(media, set()).update(named)
    dark, large = looks["(prefers-color-scheme: dark)"], looks["(min-width: 1700px)"]
    assert {name for name in dark if not name.startswith("--")} == {"filter"}
    assert large == {"grid-template-columns", "font-size", "max-width"}
    wide = {float(n) for media in looks for n in re.findall(r"width: (\d+)px", media)}
    assert {n for n in wide if LAPTOP[0] < n < LARGE[0]} == {1700}


def test_script_and_style_stay_small(repo: Path):
    static = repo / "src" / "itareport" / "web" / "static"
    lines = [line for file in static.glob("*.js") for line in file.read_text("utf-8").splitlines()]
    assert len(lines) < 200
    assert max(map(len, lines)) < 190
    assert len((static / "page.css").read_text("utf-8").splitlines()) < 600
