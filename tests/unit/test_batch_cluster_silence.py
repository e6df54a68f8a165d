"""A worker of a cluster that says nothing: named after a minute, given up at its deadline."""

from __future__ import annotations

from concurrent.futures import CancelledError
from types import SimpleNamespace

import pytest

from itareport.batch.workers import cluster, sameness, tasks

GOOD, FROZEN = "tls://10.0.0.6:1", "tls://10.0.0.7:1"


class Task:
    """What Dask hands out for a call, as far as it is used; asked for by its worker's name."""

    status = "pending"

    def __init__(self, key, call):
        self.key, self._call, self._told = key, call, None

    def add_done_callback(self, told):
        self._told = told
        if self.status == "finished":
            told(self)

    def result(self, **_how):
        return self._answer

    def finish(self, worker):
        fn, args, kwargs = self._call[2:]
        self.status, self._answer = "finished", sameness.Answer(worker, value=fn(*args, **kwargs))
        self._told(self)


class Client:
    """A client of two workers, one of which takes tasks and never answers."""

    status = "running"

    def __init__(self):
        self.at: dict[str, dict[str, Task]] = {GOOD: {}, FROZEN: {}}
        self.scheduler = SimpleNamespace(identity=lambda **_how: {"workers": self.at})

    def sync(self, fn, **how):
        return fn(**how)

    def submit(self, fn, *call, workers, **how):
        if fn is sameness.about:
            return SimpleNamespace(result=lambda **_how: fn(pdf=how["pdf"]))
        worker = FROZEN if FROZEN in workers else GOOD
        key = f"{worker} {len(self.at[worker])}"
        task = self.at[worker][key] = Task(key, call)
        return task

    def processing(self):
        return {worker: [*tasks_there] for worker, tasks_there in self.at.items()}

    def close(self, **_how):
        self.status = "closed"


def silent(*_documents):
    return tasks.Made()


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr(cluster, "_LOOK", 3600)  # the test looks
    return now


@pytest.mark.parametrize(("fn", "given", "deadline"), [(silent, (), 120), (None, (1, 2, 3), 180)])
def test_a_frozen_worker_delays_a_run_by_its_deadline_and_no_more(
    clock, caplog, monkeypatch, fn, given, deadline
):
    monkeypatch.setattr(tasks, "convert", lambda _documents: (tasks.Converted((), b"%PDF"),))
    client = Client()
    run = cluster.Cluster(client, pdf=False)
    try:
        results = [run.submit(fn or tasks.convert, given) for _ in range(3)]
        assert [len(client.at[one]) for one in (GOOD, FROZEN)] == [0, 3]
        for seconds, named, moved in ((59, 0, 0), (2, 1, 0), (deadline - 61, 1, 0), (1, 1, 3)):
            run._look_for_silence()
            clock[0] += seconds
            run._look_for_silence()
            assert caplog.text.count("ไม่ตอบมาแล้ว") == named
            assert len(client.at[GOOD]) == moved
        for task in [*client.at[GOOD].values()]:
            task.finish(GOOD)
        assert all(one.done() for one in results)
        for task in [*client.at[FROZEN].values()]:
            task.finish(FROZEN)  # it comes to itself, and nobody waits for it any more
        made = [one.result() for one in results]
        assert all(GOOD in str(one) and FROZEN not in str(one) for one in made)
        assert run.submit(silent, given).done() is False
        assert len(client.at[GOOD]) == 4, "it gets nothing more"
    finally:
        run.shutdown()


def test_a_scheduler_that_does_not_come_back_ends_the_wait(clock):
    client = Client()
    run = cluster.Cluster(client, pdf=False)
    try:
        result = run.submit(silent)
        run._look_for_silence()
        client.status = "connecting"
        clock[0] += cluster._RECONNECTING
        run._look_for_silence()
        assert not result.done(), "it may come back yet"
        clock[0] += 1
        run._look_for_silence()
        assert isinstance(result.exception(0), CancelledError)
    finally:
        run.shutdown()


def test_where_no_worker_is_left_the_run_is_told(clock):
    client = Client()
    del client.at[GOOD]
    run = cluster.Cluster(client, pdf=False)
    try:
        result = run.submit(silent)
        run._look_for_silence()
        clock[0] += 121
        run._look_for_silence()
        assert isinstance(result.exception(0), CancelledError)
    finally:
        run.shutdown()
