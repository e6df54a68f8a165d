"""What the program takes of the machine: after much work, and when it is attacked."""

from __future__ import annotations

import asyncio
import http.client
import re
import shutil
import sys
import zlib
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest

import pdfs
from itareport.pdf import signed_pages
from itareport.web.preview import worker
from itareport.web.preview.worker_process import WorkerProcess
from itareport.web.store.report_list import key_of
from offices import PATIENCE, running
from pages import program

MOST, MOST_GROWTH = 600_000_000, 100_000_000
EDITS, WARM = 10, 2
FILE = "example.yaml"


class Client:
    """Asks the program as a browser does that came in by its address."""

    def __init__(self, address: str) -> None:
        self.host, _, self.secret = address.removeprefix("http://").partition("/o/")
        headers, _ = self.ask("GET", f"/o/{self.secret}")
        self.cookie = headers["set-cookie"].partition(";")[0]
        self.token = re.search(r'name="token" content="([^"]+)"', self.ask("GET", "/")[1])[1]

    def head(self) -> dict[str, str]:
        said = {"Cookie": getattr(self, "cookie", ""), "X-Token": getattr(self, "token", "")}
        return {"Host": self.host, "Content-Type": "application/x-www-form-urlencoded", **said}

    def ask(self, method: str, path: str, **fields: str) -> tuple[http.client.HTTPMessage, str]:
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        connection.request(method, path, urlencode(fields) or None, self.head())
        answer = connection.getresponse()
        text = answer.read().decode()
        assert answer.status < 400, text
        connection.close()
        return answer.headers, text

    def shown(self, path: str) -> Generator[str, None, None]:
        """Yield the pages that a window is sent."""
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        connection.request("GET", path, headers=self.head())
        with closing(connection), connection.getresponse() as stream:
            while line := stream.readline().decode():
                if "data-lane" in line:
                    yield line


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_memory_stays_bounded(example, tmp_path, place):
    """Of all its processes together, a page that several share is counted once.

    It rises a little and falls again; seven changes that take more than fourteen million bytes
    each are a leak, and would be over the most after twenty.
    """
    shutil.copy(example, tmp_path / FILE)
    with program(tmp_path) as (started, address):
        client, at = Client(address), f"/r/{key_of(FILE)}"
        window = re.search(r'name="window" value="(\w+)"', client.ask("GET", f"{at}/scores")[1])[1]
        pages = client.shown(f"{at}/events?window={window}")
        next(pages)
        grown = 0
        for number in range(EDITS):
            score = {"v:scores.code=i1.score": f"{90 + number / 10:.2f}"}
            client.ask("POST", f"{at}/scores/save", window=window, **score)
            next(pages)
            if number == WARM:
                grown = -_taken(started.pid, place)
        grown += _taken(started.pid, place)
        assert grown < MOST_GROWTH, f"{grown:_}"
        with ThreadPoolExecutor(200) as pool:
            list(pool.map(lambda _: client.ask("GET", "/"), range(200)))
        taken = _taken(started.pid, place)
        assert taken < MOST, f"{taken:_}"
        pages.close()


def _taken(program: int, place: Path) -> int:
    """Return the memory of the program and of all that it has started."""
    tree = {program, *running(str(place)), *_children(program)}
    assert len(tree) >= 3, "the program, the process of the pages, and LibreOffice"
    return sum(map(_memory, tree))


def _unpacks_to(size: int) -> bytes:
    """Return a PDF of a page that is small until its content is read."""
    packing, block = zlib.compressobj(1), b" " * 10_000_000
    blanks = [packing.compress(block) for _ in range(size // len(block))]
    packed = [*blanks, packing.compress(b" 0 0 9 9 re f ")]
    content = b"".join([*packed, packing.flush()]).decode("latin-1")
    plain = pdfs.by_hand("X")
    made = pdfs.stream(content, "/Filter/FlateDecode").encode("latin-1")
    return plain.replace(pdfs.stream("X").encode(), made)


@pytest.mark.skipif(sys.platform != "linux", reason="no other system limits a process's memory")
def test_a_pdf_that_unpacks_without_end_ends_the_other_process_and_nothing_else(monkeypatch):
    monkeypatch.setenv("ITAREPORT_SOFFICE", "/nowhere")

    async def go() -> None:
        process = WorkerProcess()

        async def read(size: int) -> None:
            scan = await asyncio.to_thread(_unpacks_to, size)
            assert len(scan) < size / 100
            work = partial(signed_pages.refuse_unusable, scan, "a.pdf", 2, 2)
            await process.do(worker.within, PATIENCE, 200_000_000, work)

        try:
            await read(20_000_000)
            with pytest.raises(BrokenProcessPool):
                await read(400_000_000)
            await read(20_000_000)
        finally:
            await asyncio.to_thread(process.end)

    asyncio.run(go())


def _children(number: int) -> list[int]:
    """Return the processes below one."""
    own = Path(f"/proc/{number}/task").glob("*/children")
    found = [int(child) for file in own for child in file.read_text().split()]
    return [one for child in found for one in (child, *_children(child))]


def _memory(number: int) -> int:
    said = Path(f"/proc/{number}/smaps_rollup").read_text()
    return 1024 * int(re.search(r"^Pss:\s+(\d+)", said, re.MULTILINE)[1])
