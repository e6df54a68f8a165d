"""Attacks on the page: each is made as an attacker would, against a real server."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import pages
from itareport.actions import prepare
from itareport.problems import ItaReportError
from itareport.web import rendering, server
from itareport.web.site import Bounds, Site

SECRET = "ความลับนอกโฟลเดอร์"
OLD = "ลิงก์นี้ใช้ได้เฉพาะครั้งที่เปิดโปรแกรม โปรดเปิดโปรแกรมอีกครั้ง สิ่งที่กรอกไว้ยังอยู่ครบ"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Return a browser that came in; beside the folder of its reports lies a secret."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "รายงาน").mkdir()
    (folder / "secret.yaml").write_text(SECRET, encoding="utf-8")
    with pages.served(folder / "รายงาน") as found:
        yield found


# -- who may ask ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1.evil.example:{port}",
        "127.0.0.1",
        "",
        "[::1]:{port}",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_foreign_host_is_refused(browser, host, method):
    """DNS rebinding: the foreign name leads here, cookie and token and Origin fit it."""
    named = host.format(port=browser.site.port)
    token = browser.site.keys.token
    asked = browser.ask(method, "/", Host=named, Origin=f"http://{named}", X_Token=token)
    assert asked.status in (400, 421)
    assert "รายงานในโฟลเดอร์นี้" not in asked.text


@pytest.mark.parametrize("path", ["/", "/r/0123456789ab/result", "/alive", "/nothing"])
def test_without_the_cookie_nothing_is_shown(browser, path):
    for cookie in (
        "",
        f"{browser.site.cookie}=x",
        f"{browser.site.cookie}=",
        "a=b; ;;=",
        "x" * 4000,
    ):
        asked = browser.get(path, Cookie=cookie)
        assert asked.status == 403
        assert OLD in asked.text


def test_an_address_of_another_day_answers_in_thai(browser):
    asked = browser.get("/o/of-yesterday", Cookie="")
    assert (asked.status, OLD in asked.text) == (403, True)
    assert "set-cookie" not in asked.headers


def test_the_cookie_is_for_this_site_alone(browser):
    given = browser.get(f"/o/{browser.site.keys.address}").headers["set-cookie"].lower()
    assert {"httponly", "samesite=strict", "path=/"} <= set(given.split("; "))
    assert browser.site.keys.address not in given


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Token": ""},
        {"X_Token": "x"},
        {"X_Token": "TOKEN", "Origin": "http://evil.example"},
        {"X_Token": "TOKEN", "Origin": "null"},
        {"X_Token": "TOKEN", "Origin": "http://127.0.0.1:1"},
        {"X_Token": "TOKEN", "Sec_Fetch_Site": "cross-site"},
        {"X_Token": "TOKEN", "Sec_Fetch_Site": "same-site"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_change_that_is_not_of_our_page_is_refused(browser, headers, method):
    given = {n: v.replace("TOKEN", browser.site.keys.token) for n, v in headers.items()}
    assert browser.ask(method, "/close", **given).status == 403
    assert browser.get("/alive").status == 204


def test_a_change_of_our_page_is_let_through(browser):
    origin = f"http://{browser.host}"
    assert browser.post("/nothing", Origin=origin, Sec_Fetch_Site="same-origin").status == 404


def test_every_answer_forbids_foreign_script_and_frames(browser):
    answers = [
        browser.get("/"), browser.get("/nothing"), browser.get("/", Cookie=""),
        browser.get("/static/window.js"), browser.get("/", Host="evil.example"),
        browser.post("/no"),
    ]  # fmt: skip
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"]
        assert "access-control-allow-origin" not in answer.headers


def test_the_server_does_not_say_what_it_is(browser):
    assert "server" not in browser.get("/").headers


def test_our_own_script_and_style_stay_small_and_compile_no_code():
    """htmx evaluates hx-on, js: and trigger filters; style attributes fail under the policy."""
    ours = Path(rendering.__file__).parent
    scripts = [file.read_text(encoding="utf-8") for file in (ours / "static").glob("*.js")]
    assert sum(text.count("\n") for text in scripts) < 200
    assert (ours / "static" / "page.css").read_text(encoding="utf-8").count("\n") < 600
    for file in (ours / "templates").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"hx-on|js:|javascript:|\sstyle=|\son\w+=|<style|\|\s*safe", text), (
            file
        )
        assert not re.search(r'hx-trigger="[^"]*\[', text), file
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), file
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text), file


@pytest.mark.parametrize(
    "tag", re.findall(r"<[a-z][^>]*\bhx-(?:get|post)=[^>]*>", "".join(
        file.read_text(encoding="utf-8")
        for file in (Path(rendering.__file__).parent / "templates").rglob("*.html")
    )),
)  # fmt: skip
def test_every_element_that_asks_says_where_its_answer_goes(tag):
    """Nothing is inherited in htmx 4; a macro of ours gives all of them at once."""
    assert "hx-target=" in tag or "{{" in tag
    assert "hx-swap=" in tag or "{{" in tag


# -- paths ------------------------------------------------------------------------------------

TRICKS = [
    "../secret.yaml", "%2e%2e/secret.yaml", "%2e%2e%2fsecret.yaml", "..%5csecret.yaml",
    "%252e%252e%252fsecret.yaml", "..%c0%afsecret.yaml", "....//secret.yaml",
    "%5c%5c127.0.0.1%5cc$%5csecret.yaml", "//127.0.0.1/secret.yaml", "C:%5csecret.yaml",
    "file:%2f%2f/secret.yaml", "secret.yaml%00.css", "%2fetc%2fpasswd", "~/secret.yaml",
    "..;/secret.yaml", "CON", "window.js::$DATA", "window.js%20", ".",
]  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("base", ["/static/", "/r/", "/", "/static/x/", "/o/"])
def test_a_path_leads_nowhere_but_to_our_own_pages(browser, base, trick):
    asked = browser.get(base + trick)
    assert asked.status in (400, 403, 404, 307) or base + trick == "/."
    assert SECRET not in asked.text
    assert "root:" not in asked.text


def test_only_our_own_files_are_static(browser):
    assert browser.get("/static/window.js", Cookie="").status == 200
    for name in ("base.html", "../rendering.py", "rendering.py", "", "__init__.py"):
        assert browser.get(f"/static/{name}").status == 404


# -- too much, too slow, too many -------------------------------------------------------------


def test_an_upload_of_a_gigabyte_is_refused_before_it_comes(browser):
    """Its length is said: nothing of it is read."""
    with socket.create_connection(("127.0.0.1", int(browser.site.port))) as raw:
        raw.sendall(_head(browser, "Content-Length: 1000000000"))
        assert raw.recv(12) == b"HTTP/1.1 413"


def test_an_upload_of_a_gigabyte_that_hides_its_length_is_cut_off(browser):
    """It is counted while it comes, and cut off long before its end."""
    piece, sent = b"100000\r\n" + b"x" * 0x100000 + b"\r\n", 0
    with socket.create_connection(("127.0.0.1", int(browser.site.port))) as raw:
        raw.sendall(_head(browser, "Transfer-Encoding: chunked"))
        try:
            while sent < 1_000_000_000:
                raw.sendall(piece)
                sent += len(piece)
        except OSError:
            pass
    assert sent < 100_000_000
    assert browser.get("/alive").status == 204


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain"])
def test_a_form_is_smaller_than_an_upload(browser, kind):
    assert browser.ask("POST", "/close", b"x" * 2_000_001, Content_Type=kind,
                       X_Token=browser.site.keys.token).status == 413  # fmt: skip


def _head(browser, line):
    return (
        f"POST /files HTTP/1.1\r\nHost: {browser.host}\r\nCookie: {browser.cookie}\r\n"
        f"X-Token: {browser.site.keys.token}\r\n{line}\r\n"
        "Content-Type: multipart/form-data; boundary=edge\r\n\r\n"
        '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.yaml"\r\n\r\n'
    ).encode()


def test_a_body_that_stops_coming_is_given_up(tmp_path):
    bounds = Bounds(pause=0.2)
    with (
        pages.served(tmp_path, bounds=bounds) as browser,
        socket.create_connection(("127.0.0.1", int(browser.site.port)), pages.PATIENCE) as raw,
    ):
        raw.sendall(_head(browser, "Content-Length: 10000"))
        assert raw.recv(12) == b"HTTP/1.1 408"


def test_a_body_that_drips_is_given_up(tmp_path):
    """A byte now and then is no pause, but the whole takes too long."""
    with (
        pages.served(tmp_path, bounds=Bounds(request=0.5)) as browser,
        socket.create_connection(("127.0.0.1", int(browser.site.port)), pages.PATIENCE) as raw,
    ):
        raw.sendall(_head(browser, "Content-Length: 1000000"))
        raw.settimeout(0.05)
        answered = b""
        while not answered:
            try:
                raw.sendall(b"x")
                answered = raw.recv(12)
            except TimeoutError:
                continue
        assert answered == b"HTTP/1.1 408"


def test_200_requests_at_once_are_all_answered(browser):
    with ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(lambda _: browser.get("/").status, range(200)))
    assert answers == [200] * 200
    assert browser.thread.is_alive()


# -- others on the network --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "password", "code"),
    [
        ("192.168.1.20", "", "O643"),
        ("192.168.1.20", "short", "O643"),
        ("0.0.0.0", "a" * 12, "O644"),
    ],
)
def test_others_are_served_only_with_a_password_and_at_one_address(tmp_path, host, password, code):
    with pytest.raises(ItaReportError) as refused:
        server.serve(server.Serving(tmp_path, host=host, password=password), lambda *_: None)
    assert [p.code for p in refused.value.problems] == [code]


def test_without_host_this_machine_alone_is_served(tmp_path):
    with server.listening(server.Serving(tmp_path, port=0)) as at:
        assert at.getsockname()[0] == "127.0.0.1"


def test_the_password_opens_and_a_wrong_one_does_not(tmp_path, monkeypatch):
    from itareport.web.views import door

    monkeypatch.setattr(door, "_PAUSE", 0.0)
    with pages.served(tmp_path, enters=False, password="รหัสผ่านยาวพอสมควร") as browser:
        asked = browser.get("/")
        assert (asked.status, asked.headers["location"]) == (303, "/login")
        wrong = browser.post("/login", {"password": "รหัสอื่น"}, X_Token="")
        assert (wrong.status, "set-cookie" in wrong.headers) == (403, False)
        foreign = {"X_Token": "", "Origin": "http://evil.example"}
        assert browser.post("/login", {"password": "รหัสผ่านยาวพอสมควร"}, **foreign).status == 403
        assert browser.post("/login", {"password": "รหัสผ่านยาวพอสมควร"}, X_Token="").status == 303
        assert browser.get("/").status == 200


# -- the end ----------------------------------------------------------------------------------


def test_the_button_ends_the_program(tmp_path):
    with pages.served(tmp_path) as browser:
        assert "ปิดโปรแกรมแล้ว" in browser.post("/close").text
        browser.thread.join(pages.PATIENCE)
        assert not browser.thread.is_alive()


def test_it_ends_by_itself_when_no_window_has_been_open_for_long(tmp_path):
    with pages.served(tmp_path, bounds=Bounds(idle=0.2)) as browser:
        browser.thread.join(pages.PATIENCE)
        assert not browser.thread.is_alive()


def test_an_open_window_keeps_it_up(tmp_path):
    with pages.served(tmp_path, bounds=Bounds(idle=30)) as browser:
        before = browser.site._seen
        browser.get("/alive")
        assert browser.site._seen > before
        assert not browser.site.is_left


@pytest.mark.parametrize(("nights", "looks"), [(0, 901), (1, 1801)])
def test_a_laptop_that_was_closed_does_not_end_it(tmp_path, monkeypatch, nights, looks):
    """After a night asleep, its windows have as long as ever to tell that they are open."""
    clock, slept = [0.0], 0
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    site = Site(tmp_path, prepare.Options(), frozenset({"127.0.0.1:1"}), bounds=Bounds(idle=900.0))

    async def sleep(seconds):
        nonlocal slept
        slept += 1
        clock[0] += 36_000.0 if nights and slept == 900 else seconds

    monkeypatch.setattr(asyncio, "sleep", sleep)
    coroutine = server._watch(site)
    with pytest.raises(StopIteration):
        coroutine.send(None)
    assert site.ending.is_set()
    assert abs(slept - looks) <= 1


@pytest.fixture
def command(tmp_path):
    """Return the running command, and the address that it told."""
    (tmp_path / "รายงาน").mkdir()
    (tmp_path / "tmp").mkdir()
    run = [sys.executable, "-m", "itareport", "serve", str(tmp_path / "รายงาน")]
    env = os.environ | {"TMPDIR": str(tmp_path / "tmp")}
    running = subprocess.Popen(
        run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, cwd=tmp_path
    )
    line = running.stdout.readline()
    yield running, line.split()[-1]
    running.kill()
    running.communicate()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_the_command_in_order(command, sent, tmp_path):
    running, _address = command
    running.stdout.readline(), running.stdout.readline()
    running.send_signal(sent)
    said, errors = running.communicate(timeout=pages.PATIENCE)
    assert (running.returncode, errors) == (0, "")
    assert "ปิดโปรแกรมแล้ว" in said
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_kill_leaves_no_process_and_no_file(command, tmp_path):
    running, address = command
    port = int(address.split(":")[2].partition("/")[0])
    with socket.create_connection(("127.0.0.1", port)):
        running.kill()
        running.wait(pages.PATIENCE)
    assert _of_session(running.pid) == []
    assert list((tmp_path / "tmp").iterdir()) == []
    assert list((tmp_path / "รายงาน").iterdir()) == []


def _of_session(pid):
    """Return what still runs with that process as its parent or group."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if pid in (int(fields[1]), int(fields[2])) and fields[0] != "Z":
            found.append(stat.parent.name)
    return found


def test_a_port_that_is_taken_is_told(tmp_path):
    with server.listening(server.Serving(tmp_path, port=0)) as at:
        taken = server.Serving(tmp_path, port=at.getsockname()[1])
        with pytest.raises(ItaReportError) as refused:
            server.listening(taken)
    assert [p.code for p in refused.value.problems] == ["O642"]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ItaReportError) as refused:
        server.serve(server.Serving(tmp_path / "ไม่มี"), lambda *_: None)
    assert [p.code for p in refused.value.problems] == ["O641"]
