"""The pool: a dead worker costs its own task only, and no worker outlives its caller."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, wait
from pathlib import Path

import pytest

import interrupting
from itareport.batch.workers import pool
from itareport.batch.workers.pool import Pool, WorkerDiedError
from itareport.files import interrupts
from offices import wait_for

BIG = 3_000_000


def echo(data):
    return data


def die(_data):
    os.kill(os.getpid(), signal.SIGKILL)


def fail(data):
    raise KeyError(data)


def sleep(seconds):
    time.sleep(seconds)


def unpicklable(_data):
    return threading.Lock()


def meet(folder):
    """Wait in a folder until another task is there too; return the number of this process."""
    (folder / str(os.getpid())).touch()
    wait_for(lambda: len(list(folder.iterdir())) == 2)
    return os.getpid()


@pytest.fixture
def two():
    made = Pool(2)
    yield made
    made.shutdown(cancel_futures=True)


def gone(process: int) -> bool:
    """Tell whether a process has ended; one that nobody has waited for counts."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_answers_errors_and_deaths_come_to_their_own_futures(two):
    calls = [two.submit(fn, n) for n in range(3) for fn in (echo, die, fail, unpicklable)]
    wait(calls)
    for n, (answer, death, error, odd) in enumerate(zip(*[iter(calls)] * 4, strict=True)):
        assert answer.result() == n
        assert isinstance(death.exception(), WorkerDiedError)
        assert isinstance(error.exception(), KeyError)
        assert isinstance(odd.exception(), TypeError)


def test_workers_killed_while_much_comes_back_cost_a_task_each(two):
    """What ended the pools of pebble, loky and the standard library."""
    rng, deaths, done = random.Random(4), 0, 0
    blob = os.urandom(BIG)
    for _ in range(6):
        calls = [two.submit(echo, blob) for _ in range(6)]
        wait(calls[:1])
        victim = rng.choice(two._workers)._process
        if victim is not None:
            os.kill(victim.pid, signal.SIGKILL)
        for call in calls:
            error = call.exception()
            assert error is None or isinstance(error, WorkerDiedError)
            deaths, done = deaths + (error is not None), done + (error is None)
            assert error is not None or call.result() == blob
    assert deaths <= 6
    assert done >= 30


def test_a_task_that_hangs_is_ended_and_the_next_one_done():
    one = Pool(1)
    one.submit(echo, 1).result()
    one._workers[0]._patience = 0.2
    assert isinstance(one.submit(sleep, 6000).exception(), WorkerDiedError)
    one._workers[0]._patience = 600
    assert one.submit(echo, 2).result() == 2
    one.shutdown()


def test_cancelled_it_stops_at_once_and_leaves_no_process(tmp_path):
    two = Pool(2)
    pids = {one.result() for one in [two.submit(meet, tmp_path) for _ in range(2)]}
    running = [two.submit(sleep, 6000) for _ in range(2)]
    waiting = two.submit(echo, 1)
    wait_for(lambda: all(one.running() for one in running))
    pids |= {worker._process.pid for worker in two._workers if worker._process}
    two.shutdown(cancel_futures=True)
    assert all(isinstance(pool.fault(one), WorkerDiedError) for one in running)
    assert isinstance(pool.fault(waiting), CancelledError)
    assert all(map(gone, pids))


CALLER = """
import pathlib, sys, time
sys.path[:0] = {path!r}
from unit.test_batch_pool import meet, sleep
from itareport.batch.workers.pool import Pool
if __name__ == "__main__":
    two = Pool(2)
    pids = [two.submit(meet, pathlib.Path({folder!r})) for _ in range(2)]
    print(*[one.result() for one in pids], flush=True)
    two.submit(sleep, 6000)
    time.sleep(6000)
"""


def test_workers_at_work_and_idle_go_when_the_caller_is_killed(tmp_path):
    script, folder = tmp_path / "caller.py", tmp_path / "met"
    folder.mkdir()
    script.write_text(CALLER.format(path=sys.path, folder=str(folder)))
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as caller:
        pids = [int(word) for word in caller.stdout.readline().split()]
        assert len(set(pids)) == 2
        assert not any(map(gone, pids))
        caller.kill()
    wait_for(lambda: all(map(gone, pids)))


def test_a_worker_that_cannot_start_costs_its_task(monkeypatch):
    one = Pool(1)
    with monkeypatch.context() as patched:
        patched.setattr(pool._spawning, "Process", lambda **_: 1 / 0)
        assert isinstance(one.submit(echo, 1).exception(), ZeroDivisionError)
        patched.setattr(pool._spawning, "Pipe", lambda: Path("/ไม่มี").stat())
        assert isinstance(one.submit(echo, 1).exception(), WorkerDiedError)
    assert one.submit(echo, 2).result() == 2
    one.shutdown()


def test_a_worker_that_is_told_to_stop_says_nothing_whenever_that_is():
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGTERM, interrupts.do_nothing)  # what ends a worker that is not ready yet

    def serve():
        ours, theirs = pool._spawning.Pipe()
        ours.close()
        with theirs:
            pool._serve(theirs)

    def terminate():
        signal.raise_signal(signal.SIGTERM)

    try:
        told = list(interrupting.at_every_step(serve, within="/pool.py", stop=terminate))
    finally:
        for one, was in before.items():
            signal.signal(one, was)
    assert not any(told)
    assert len(told) > 50
