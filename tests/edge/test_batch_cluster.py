"""A Dask cluster of two processes makes what the pool makes; what may go wrong with one is told."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import warnings
from concurrent.futures import CancelledError

import pypdfium2
import pytest

import agencies
from itareport import batch
from itareport.batch.workers import dask
from itareport.pdf.verify import pdf_text
from itareport.problems import ItaReportError


@contextlib.contextmanager
def _cluster(workers):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Dask's own parts, while it starts and stops
        from distributed import LocalCluster

        with LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0"
        ) as started:
            yield started


@pytest.fixture(scope="module")
def cluster():
    """Start a scheduler and two workers of one thread each, in processes of their own."""
    with _cluster(2) as started:
        yield started


def _refused(address: str, code: str) -> str:
    with pytest.raises(ItaReportError) as told:
        dask.connect(address, pdf=False)
    assert [found.code for found in told.value.problems] == [code]
    return str(told.value)


def _made(place, count, name, tell=lambda _counts: None, **where):
    agencies.folder(place / "in", count)
    pdf = where.pop("pdf", False)
    result = batch.run([place / "in"], batch.Request(place / name, pdf=pdf), tell, **where)
    assert (result.counts.made, result.counts.failed) == (count, 0)
    return agencies.files(place / name)


def _seen(pdf: bytes) -> list[object]:
    """Return what a reader has of a PDF: text, fonts and a picture of each page."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = [bytes(page.render(scale=0.5, grayscale=True).buffer) for page in document]
    document.close()
    pages = [(page.text, page.fonts) for page in pdf_text.pages(pdf)]
    assert len(pages) > 5
    return [pages, pictures]


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_a_cluster_makes_what_the_pool_makes(cluster, tmp_path):
    here = _made(tmp_path, 4, "pool", jobs=2, pdf=True)
    there = _made(tmp_path, 4, "cluster", cluster=cluster.scheduler_address, pdf=True)
    assert set(here) == set(there)
    for name in (name for name in here if name.endswith(".docx")):
        assert here[name] == there[name]
        ours, theirs = (files[name.replace(".docx", ".pdf")] for files in (here, there))
        assert _seen(ours) == _seen(theirs)


def test_a_killed_worker_of_a_cluster_costs_no_report(cluster, tmp_path):
    from distributed import Client

    with Client(cluster.scheduler_address, set_as_default=False) as client:
        pids = [*client.run(os.getpid).values()]

    def kill_one(_counts):
        while len(pids) == 2:
            os.kill(pids.pop(), signal.SIGKILL)

    _made(tmp_path, 20, "out", kill_one, cluster=cluster.scheduler_address)
    assert len(pids) == 1


def test_workers_of_another_release_are_refused(cluster, monkeypatch):
    address = cluster.scheduler_address
    for name, what in (("__version__", "itareport"), ("_PYTHON", "Python")):
        with monkeypatch.context() as patched:
            patched.setattr(dask, name, "9.9")
            said = _refused(address, "O616")
        assert what in said


def test_a_cluster_that_is_lost_is_told(cluster):
    workers = dask.connect(cluster.scheduler_address, pdf=False)
    try:
        with pytest.raises(ItaReportError) as told:
            workers.died(CancelledError())
        assert [p.code for p in told.value.problems] == ["O617"]
        assert not workers.died(ValueError())
    finally:
        workers.executor.shutdown()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("tcp://127.0.0.1:9", "ติดต่อ scheduler ไม่ได้"),
        ("127.0.0.1:9", "ติดต่อ scheduler ไม่ได้"),
        ("tcp://ไม่มี.invalid:8786", "ติดต่อ scheduler ไม่ได้"),
        ("tcp://a..b:8786", "ติดต่อ scheduler ไม่ได้"),
        ("ที่อยู่ผิด", "ต้องอยู่ในรูป tcp://"),
        ("tcp://127.0.0.1", "ต้องอยู่ในรูป tcp://"),
        ("http://127.0.0.1:9", "ต้องอยู่ในรูป tcp://"),
        ("tcp://127.0.0.1:99999", "ต้องอยู่ในรูป tcp://"),
        ("tcp://[:9", "ต้องอยู่ในรูป tcp://"),
    ],
)
def test_a_wrong_address_and_nobody_there_are_told_before_dask_is_asked(monkeypatch, address, why):
    """Dask's own client would go on trying, and leave a traceback of its end."""
    import distributed

    monkeypatch.setattr(distributed, "Client", None)
    assert why in _refused(address, "O615")


def test_a_scheduler_without_workers_is_told():
    with _cluster(0) as empty:
        assert "ไม่มีเครื่องทำงาน" in _refused(empty.scheduler_address, "O615")


def test_without_the_extra_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "itareport[cluster]" in _refused("tcp://127.0.0.1:9", "O614")
