"""A window of a real browser on the page, for tests: what a clerk does, and what is waited for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, sync_playwright

from itareport import plain
from pages import PATIENCE

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
MS = 1000 * PATIENCE


@contextmanager
def chromium(**how: Any) -> Iterator[BrowserContext]:
    """Start Debian's Chromium; nothing but this machine can be reached from it."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=arguments)
        context = browser.new_context(viewport={"width": 1366, "height": 768}, **how)
        context.set_default_timeout(MS)
        try:
            yield context
        finally:
            browser.close()


@dataclass
class Window:
    """One window on one report."""

    page: Page
    at: str
    """The address of the report, without a step."""

    def show(self, step: str) -> None:
        """Show a step, and wait until its script is there."""
        self.page.goto(f"{self.at}/{step}")
        self.wait("!!window.htmx && !!document.querySelector('#form [data-htmx-powered]')")

    def field(self, name: str) -> Any:
        """Return a field by its name."""
        return self.page.locator(f'[id="{name}"]')

    def type(self, name: str, text: str, leave: str = "Tab") -> None:
        """Type into a field with the keyboard, and leave it."""
        self.field(name).focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.wait(f"document.getElementById('{name}').value.endsWith('{text}')")
        if leave:
            self.page.keyboard.press(leave)

    def reach(self, selector: str) -> None:
        """Go to an element with the Tab key alone."""
        for _ in range(400):
            if self.page.evaluate("one => document.activeElement?.matches(one)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(selector)

    def press(self, selector: str, key: str = "Enter") -> None:
        """Go to an element with the Tab key, and press a key on it."""
        self.reach(selector)
        self.page.keyboard.press(key)

    def write(self, name: str, text: str) -> None:
        """Go to a field with the Tab key, and type into it."""
        self.reach(f'[id="{name}"]')
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, name: str, text: str) -> None:
        """Go to a list with the Tab key, and choose from it with the arrow keys."""
        self.reach(f'[id="{name}"]')
        self.page.keyboard.press("Home")
        for _ in range(30):
            chosen = "document.activeElement.selectedOptions[0].text"
            if self.page.evaluate(chosen) == text:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(text)

    def pictures(self) -> list[str]:
        """Return the addresses of the pages that are shown; each tells its content."""
        images = self.page.locator("#pages figure:not(.strip) img").all()
        return [str(image.get_attribute("src")) for image in images]

    def saw_pages(self) -> None:
        """Wait for the part in hand, and then for all pages."""
        self.wait("!!document.querySelector('#pages figure.strip')")
        self.wait("!!document.querySelector('#pages figure:not(.strip)')")

    def said(self) -> list[str]:
        """Return the messages that the form shows."""
        return [
            text.replace("\n", " ") for text in self.page.locator("#form .msg").all_inner_texts()
        ]

    def wait(self, script: str) -> None:
        """Wait until something is so in the page, which lets no test evaluate a string in it."""
        until(lambda: self._is(script), self.page)

    def _is(self, script: str) -> bool:
        try:
            return bool(self.page.evaluate(script))
        except Error as error:
            if "null" in error.message or "context was destroyed" in error.message:
                return False  # the page is changing
            raise

    def saw(self, text: str) -> None:
        """Wait until the form shows a text."""
        self.page.locator("#form", has_text=text).wait_for()


def until(is_so: Callable[[], bool], page: Page) -> None:
    """Wait until something is so outside the page."""
    for _ in range(PATIENCE * 20):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it never came")


def saved(file: Path) -> Any:
    """Return the data of a file as saved."""
    return plain.read(file.read_bytes(), file.name).data
