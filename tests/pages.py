"""The page as a browser meets it: a real server on this machine, for tests."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from itareport.web import server
from itareport.web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE = 600
"""Seconds for what takes one or two: the deadline of every test that waits."""


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass
class Browser:
    """One browser: it asks the page of a site, with the cookie and the token it was given."""

    site: Site
    thread: threading.Thread
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.site.port}"

    @property
    def address(self) -> str:
        """What the program opens in a clerk's browser."""
        return f"http://{self.host}/o/{self.site.keys.address}"

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", int(self.site.port), timeout=PATIENCE)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """Send one request; `Content_Type="…"` gives a header, `Cookie=""` another cookie."""
        sent = {"Host": self.host, "Cookie": self.cookie} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        connection = self.connection()
        try:
            connection.request(method, path, body or None, sent)
            found = connection.getresponse()
            answer = Answer(
                found.status, {k.lower(): v for k, v in found.getheaders()}, found.read()
            )
        finally:
            connection.close()
        for name, value in re.findall(r"([\w-]+)=([^;]+)", answer.headers.get("set-cookie", ""))[
            :1
        ]:
            self.cookies[name] = value
        return answer

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str, **headers: Any) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, fields: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """Send a form as a page of ours does, with the token."""
        given: dict[str, Any] = {
            "Content_Type": "application/x-www-form-urlencoded", "X_Token": self.site.keys.token,
        }  # fmt: skip
        given |= headers
        return self.ask("POST", path, urlencode(fields or {}).encode(), **given)

    def upload(self, path: str, files: Mapping[str, bytes], **fields: str) -> Answer:
        """Send files as a page of ours does."""
        return self.ask(
            "POST", path, multipart(files, fields),
            Content_Type="multipart/form-data; boundary=edge", X_Token=self.site.keys.token,
        )  # fmt: skip


def multipart(files: Mapping[str, bytes], fields: Mapping[str, str] = {}) -> bytes:
    """Return the body of an upload."""
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, data in files.items():
        head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        parts += [f"{head}Content-Type: application/octet-stream\r\n\r\n".encode(), data, b"\r\n"]
    return b"".join([*parts, b"--edge--\r\n"])


@contextmanager
def served(folder: Path, *, enters: bool = True, **how: Any) -> Iterator[Browser]:
    """Serve the page of a folder in this process, and come in as its own browser does."""
    serving = server.Serving(folder, port=0, **how)
    with server.listening(serving) as at:
        running, site = server.made(serving, at)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [at]})
        thread.start()
        browser = Browser(site, thread)
        try:
            if enters:
                browser.get(f"/o/{site.keys.address}")
            yield browser
        finally:
            site.close()
            thread.join(PATIENCE)


def come_in(page: Page, address: str) -> None:
    """Let a window come in by the address: the page that gives the cookie leads on by itself."""
    page.goto(address)
    page.wait_for_url(address.partition("/o/")[0] + "/")


@contextmanager
def program(folder: Path, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the program as a clerk does; yield it and the address that it tells."""
    command = [sys.executable, "-m", "itareport", "serve", str(folder)]  # it finds a port by itself
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}
    ) as started:
        try:
            assert started.stdout is not None
            told = next(line for line in started.stdout if "http://" in line)
            yield started, re.findall(r"http://\S+", told)[0]
        finally:
            started.terminate()
