"""A Dask cluster of two processes makes what the pool makes; what may go wrong with one is told."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import warnings
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import agencies
import itareport
from itareport import batch
from itareport.batch.workers import cluster as workers_of_cluster
from itareport.batch.workers import dask, sameness, tasks
from itareport.pdf.verify import pdf_text
from itareport.problems import ItaReportError
from offices import PATIENCE, wait_for


@contextlib.contextmanager
def _cluster(workers):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Dask's own parts, while it starts and stops
        from distributed import LocalCluster

        with LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0"
        ) as started:
            yield started


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A busy machine is no silent worker: the deadlines that no test is about are long."""
    monkeypatch.setattr(workers_of_cluster, "_ANSWER", PATIENCE)
    monkeypatch.setattr(workers_of_cluster, "_DEADLINE", PATIENCE)
    monkeypatch.setattr(dask, "_PATIENCE", PATIENCE)
    monkeypatch.setattr(dask, "_KNOCKING", PATIENCE)


@pytest.fixture(scope="module")
def cluster():
    """Start a scheduler and two workers of one thread each, in processes of their own."""
    with _cluster(2) as started:
        yield started


def _refused(address: str, code: str) -> str:
    with pytest.raises(ItaReportError) as told:
        dask.connect(address, pdf=False)
    assert {found.code for found in told.value.problems} == {code}
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
    here = _made(tmp_path, 3, "pool", jobs=2, pdf=True)
    there = _made(tmp_path, 3, "cluster", cluster=cluster.scheduler_address, pdf=True)
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
            patched.setattr(sameness, name, "9.9")
            patched.setattr(sameness, "_about", sameness._about.__wrapped__)
            said = _refused(address, "O616")
        assert what in said


@contextlib.contextmanager
def _joined(cluster, path):
    """Let a worker with the program at another path join, and wait until it has."""
    command = [sys.executable, "-m", "distributed.cli.dask_worker", cluster.scheduler_address]
    command += ["--nworkers", "1", "--nthreads", "8", "--no-dashboard", "--no-nanny"]
    environ = os.environ | {"PYTHONPATH": str(path)}
    before = len(cluster.scheduler.workers)
    with subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL, cwd=path) as started:
        try:
            wait_for(lambda: len(cluster.scheduler.workers) > before)
            yield started
        finally:
            started.kill()


def _other(place, *changed):
    """Copy the program with one file that is longer: the version's name is the same."""
    package, copy = Path(itareport.__file__).parent, place / "src" / "itareport"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("templates", "catalogue", "fonts"):
        shutil.copytree(package.parents[1] / name, place / name)
    file = place.joinpath(*changed)
    file.write_text(file.read_text(encoding="utf-8") + "# other\n", encoding="utf-8")
    return place / "src"


def test_late_workers_of_another_commit_and_catalogue_do_none_of_400_tasks(tmp_path, caplog):
    """The tasks are the least that there are, and go the way of all tasks."""
    others = (
        _other(tmp_path / "program", "src", "itareport", "check", "facts.py"),
        _other(tmp_path / "catalogue", "catalogue", "2568.yaml"),
    )
    makers = []
    with _cluster(1) as started, contextlib.ExitStack() as late:
        own = {*started.scheduler.workers}
        workers = dask.connect(started.scheduler_address, pdf=False)
        try:
            for n in range(0, 400, 8):
                if n in (16, 32):
                    late.enter_context(_joined(started, others[n // 32]))
                done = [workers.executor.submit(tasks.Made) for _ in range(8)]
                makers += [one.result(PATIENCE).made_by for one in done]
            assert len(started.scheduler.workers) == 3
        finally:
            workers.executor.shutdown()
    assert len(makers) == 400
    assert {*makers} == own
    assert "รุ่นเดียวกัน แต่ไฟล์ต่างกัน" in caplog.text
    assert "แม่แบบ แค็ตตาล็อก หรือฟอนต์" in caplog.text


def test_a_worker_is_not_forgotten_by_what_dask_keeps_beside(cluster):
    """Dask's client keeps an answer without workers by and by, which is no news of them."""
    from dask import config

    with config.set({"distributed.client.scheduler-info-interval": "1ms"}):
        workers = dask.connect(cluster.scheduler_address, pdf=False)
    executor: Any = workers.executor
    try:
        met = [executor.meet() or len(executor.accepted) for _ in range(300)]
    finally:
        executor.shutdown()
    assert {*met} == {workers.count}


def test_what_a_frozen_worker_has_is_made_by_another(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(workers_of_cluster, "_DEADLINE", 3.0)
    monkeypatch.setattr(workers_of_cluster, "_SILENT", 1.0)
    monkeypatch.setattr(workers_of_cluster, "_LOOK", 0.2)
    frozen: list[str] = []
    give_up = workers_of_cluster.Cluster._give_up
    monkeypatch.setattr(  # one that is only slow is waited for
        workers_of_cluster.Cluster,
        "_give_up",
        lambda self, at, waiting: give_up(self, at, waiting) if at in frozen else None,
    )
    with _cluster(2) as started:
        first = next(iter(started.workers.values()))

        def freeze(counts):
            if counts.made and not frozen:
                os.kill(first.process.pid, signal.SIGSTOP)
                frozen.append(first.worker_address)

        try:
            _made(tmp_path, 40, "out", freeze, cluster=started.scheduler_address)
        finally:
            os.kill(first.process.pid, signal.SIGCONT)
    assert frozen
    assert "ไม่ตอบมาแล้ว" in caplog.text
    assert "ส่งงานให้เครื่องอื่น" in caplog.text


def test_a_dead_scheduler_leaves_lists_that_agree_with_the_folder(tmp_path, monkeypatch):
    from dask import config

    monkeypatch.setattr(workers_of_cluster, "_RECONNECTING", 1.0)
    monkeypatch.setattr(workers_of_cluster, "_LOOK", 0.2)
    agencies.folder(tmp_path / "in", 40)
    with _cluster(1) as started:

        def kill(counts):
            if counts.made:
                started.sync(started.scheduler.close)

        with pytest.raises(ItaReportError) as told:
            batch.run(
                [tmp_path / "in"], batch.Request(tmp_path / "out"), kill,
                cluster=started.scheduler_address,
            )  # fmt: skip
        # Dask's own cluster asks its dead scheduler to end, as long as it may take to answer.
        timeouts = config.get("distributed.comm.timeouts")
        monkeypatch.setitem(timeouts, "connect", "1s")
    assert [p.code for p in told.value.problems] == ["O617"]
    agencies.assert_lists_agree(tmp_path / "out", 40)


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


def test_a_secure_address_without_certificates_is_told(cluster, capfd):
    address = cluster.scheduler_address.replace("tcp://", "tls://")
    assert "ใบรับรอง TLS" in _refused(address, "O615")
    assert "Traceback" not in capfd.readouterr().err


def test_a_scheduler_without_workers_is_told():
    with _cluster(0) as empty:
        assert "ไม่มีเครื่องทำงาน" in _refused(empty.scheduler_address, "O615")


def test_without_the_extra_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "itareport[cluster]" in _refused("tcp://127.0.0.1:9", "O614")
