"""The time left of a run: workers of a simulated clock, told from the first tenth to the end."""

from __future__ import annotations

import json
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Any

import pytest

import agencies
from itareport import batch
from itareport.actions import documents
from itareport.actions.build import Rendered
from itareport.batch import runner
from itareport.batch.record.key_facts import KeyFacts
from itareport.batch.workers import tasks
from itareport.batch.workers.pool import LazyWorkers

TOTAL = 120


@dataclass
class Simulated(Executor):
    """Workers of a clock that goes on only where the run waits; its tasks cost what is said."""

    workers: int
    render: float
    convert: float
    start: float = 1.0  # what each start of LibreOffice costs
    now: float = 1000.0
    _queue: list = field(default_factory=list)
    _running: list = field(default_factory=list)

    def submit(self, fn, /, *args, **_none):
        future: Future[Any] = Future()
        if fn is tasks.make:
            result, seconds = _made(args[1], self.render), self.render
        else:
            seconds = self.start + self.convert * len(args[0])
            each = round(seconds * 1000 / len(args[0]))
            result = (tasks.Converted((), b"%PDF", 1, each),) * len(args[0])
        self._queue.append((future, seconds, result))
        self._take_up()
        return future

    def _take_up(self):
        while self._queue and len(self._running) < self.workers:
            future, seconds, result = self._queue.pop(0)
            future.set_running_or_notify_cancel()
            self._running.append((self.now + seconds, future, result))

    def wait(self, _futures, timeout, **_how):
        """Let the clock go on to the next end of a task, but not longer than the run waits."""
        first = min(self._running, key=lambda one: one[0])
        self.now = min(self.now + timeout, max(first[0], self.now))
        if first[0] <= self.now:
            self._running.remove(first)
            first[1].set_result(first[2])
            self._take_up()


def _made(job, seconds):
    name = json.loads(job.payload)["agency"]["name"]
    facts = KeyFacts(name, "เทศบาลตำบล", name, "", "พัทลุง", 2568)
    document = Rendered(documents.REPORT.code, name, name.encode(), has_pdf=True)
    return tasks.Made((), facts, (document,), name, round(seconds * 1000))


@pytest.mark.parametrize(
    ("workers", "render", "convert", "pdf"),
    [
        (2, 0.2, 0.45, True), (2, 2.0, 0.1, True), (1, 0.05, 2.0, True), (8, 0.2, 0.5, True),
        (4, 0.5, 0.0, False),
    ],
)  # fmt: skip
def test_time_left_is_right_within_a_factor_of_two_after_the_first_tenth(
    tmp_path, monkeypatch, workers, render, convert, pdf
):
    for n in range(TOTAL):
        agencies.write(tmp_path / "in" / f"{n}.json", {"agency": {"name": str(n)}})
    simulated = Simulated(workers, render, convert)
    monkeypatch.setattr("time.monotonic", lambda: simulated.now)
    monkeypatch.setattr(runner, "wait", simulated.wait)
    told = []

    def on_progress(counts):
        told.append((simulated.now, counts.done, counts.seconds_left))

    started = LazyWorkers(lambda: agencies.workers(simulated, workers))
    request = batch.Request(tmp_path / "out", pdf=pdf)
    result = runner.make_reports([tmp_path / "in"], request, started, on_progress)
    assert (result.counts.made, result.counts.failed) == (TOTAL, 0)
    for now, done, left in told:
        truth = simulated.now - now
        if done >= TOTAL / 10 and truth > 1:
            assert truth / 2 <= left <= truth * 2, (now, done, truth)
