"""Points of lists in a real browser: they have no keys, and places change while answers come."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from itareport.web.store.report_list import key_of
from pages import come_in, served
from windows import Window, chromium, saved, until


@pytest.fixture
def file(tmp_path, example) -> Path:
    file: Path = tmp_path / "example.yaml"
    shutil.copy(example, file)
    return file


@pytest.fixture
def window(file) -> Iterator[Window]:
    """Open the first row of the plan; the first answer to what is done there waits a while."""
    with served(file.parent, enters=False) as browser, chromium() as context:
        page = context.new_page()
        come_in(page, browser.address)
        window = Window(page, f"http://{browser.host}/r/{key_of(file.name)}")
        window.show("plan")
        page.locator(".plan .line button").first.press("Enter")
        window.field("plan.0.steps.0").wait_for()
        held: list[float] = []

        def wait_once(route: Any) -> None:
            if not held:
                held.append(1.0)
                time.sleep(1)
            route.continue_()

        page.route("**/plan/*", wait_once)
        yield window


def steps(file: Path) -> list[str]:
    found: list[str] = saved(file)["plan"][0]["steps"]
    return found


def test_what_is_typed_while_a_point_above_goes_is_put_where_it_belongs(window, file):
    before = steps(file)
    window.field("plan.0.steps.0").fill("")
    window.field("plan.0.steps.1").focus()
    window.page.keyboard.press("Control+End")
    window.page.keyboard.type(" ก")
    until(lambda: len(steps(file)) < len(before), window.page)
    window.page.keyboard.type("ข")
    window.page.keyboard.press("Tab")
    until(lambda: steps(file) == [f"{before[1]} กข", *before[2:]], window.page)


def test_two_points_that_are_taken_away_at_once_are_those_two(window, file):
    before = steps(file)
    for place in (0, 1):
        window.page.locator(f'li:has([id="plan.0.steps.{place}"]) > button').click()
    until(lambda: steps(file) == before[2:], window.page)


def test_a_point_that_is_gone_takes_no_other_with_it(window, file):
    before = steps(file)
    button = window.page.locator('li:has([id="plan.0.steps.0"]) > button')
    for _ in range(2):
        button.click(delay=600)
    until(lambda: steps(file) == before[1:], window.page)
    window.page.wait_for_timeout(1500)
    assert len(steps(file)) >= len(before) - 2
