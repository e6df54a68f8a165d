"""Making and converting: order, retries, chunks; one bad report is found by itself."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

import agencies
from itareport.actions import prepare
from itareport.batch.sources import user_files
from itareport.batch.sources.source import DataFile
from itareport.batch.workers import pdf_queue, report_queue, tasks
from itareport.batch.workers.pool import WorkerDiedError
from itareport.pdf import office, verify
from itareport.problems import problem

SETTING = user_files.setting(prepare.Options())


class Later(agencies.Here):
    """Holds the futures until the test settles them."""

    def submit(self, _fn, /, *args, **_none):
        future: Future = Future()
        self.calls.append((future, args))
        return future


def _item(name):
    return report_queue.QueuedReport(DataFile(name, "", name))


def _job(name):
    return tasks.Job(name, b"")


def test_reports_come_out_in_order_whatever_is_done_first():
    later = Later()
    hand = report_queue.ReportQueue(SETTING, lambda: agencies.workers(later))
    for name in "กขค":
        hand.put(_item(name), _job(name))
    hand.put(_item("ง"))
    for n in (2, 1):
        later.calls[n][0].set_result(tasks.Made(milliseconds=n))
    assert list(hand.finished()) == []
    later.calls[0][0].set_result(tasks.Made(milliseconds=7))
    out = list(hand.finished())
    assert [one.source.key for one in out] == ["ก", "ข", "ค", "ง"]
    assert [one.made and one.made.milliseconds for one in out] == [7, 1, 2, None]
    assert len(hand) == 0


@pytest.mark.parametrize(("deaths", "code"), [(1, None), (2, "O610")])
def test_a_report_whose_worker_dies_is_tried_once_more(deaths, code):
    left = [WorkerDiedError()] * deaths

    def before(_make, _setting, job):
        if job.name == "ก.json" and left:
            raise left.pop()

    here = agencies.Here(before)
    hand = report_queue.ReportQueue(SETTING, lambda: agencies.workers(here))
    hand.put(_item("ก.json"), _job("ก.json"))
    hand.put(_item("ข.json"), _job("ข.json"))
    out = [*hand.finished(), *hand.finished()]
    assert [one.source.key for one in out] == ["ก.json", "ข.json"]
    assert ("O610" in {p.code for p in out[0].made.problems}) == (code == "O610")
    assert "O610" not in {p.code for p in out[1].made.problems}


def test_an_error_that_no_report_is_to_blame_for_comes_through():
    here = agencies.Here(lambda *_: 1 / 0)
    hand = report_queue.ReportQueue(SETTING, lambda: agencies.workers(here))
    hand.put(_item("ก"), _job("ก"))
    with pytest.raises(ZeroDivisionError):
        list(hand.finished())


def _converting(monkeypatch, convert, count=1):
    here = agencies.Here()
    monkeypatch.setattr(tasks, "convert", convert)
    return pdf_queue.PdfQueue(lambda: agencies.workers(here, count)), here


def _put(hand, names):
    for name in names:
        hand.put(name, tasks.ToConvert(name, b"", ""))


def _all(hand, still=0):
    out = []
    while len(hand):
        hand.send(still)
        out += hand.finished()
    return out


def _good(documents):
    return tuple(tasks.Converted((), one.name.encode()) for one in documents)


def test_chunks_are_as_many_and_as_large_for_every_worker(monkeypatch):
    sizes = []

    def convert(documents):
        sizes.append(len(documents))
        return _good(documents)

    hand, _ = _converting(monkeypatch, convert, count=2)
    names = [str(n) for n in range(office.CHUNK * 2 + 20)]
    for left, name in zip(range(len(names), 0, -1), names, strict=True):
        _put(hand, [name])
        hand.send(left - 1)
    out = {tag: one.pdf for tag, one in [*hand.finished(), *_all(hand)]}
    assert out == {name: name.encode() for name in names}
    assert sizes == [4, 17, 17, 15, 15]  # the last when both were idle


@pytest.mark.parametrize(
    ("ready", "sizes"), [(10, [4, 6]), (3, [3]), (30, [4, 24, 2]), (50, [4, 24, 22])]
)
def test_few_that_are_left_of_many_are_shared_by_idle_workers(monkeypatch, ready, sizes):
    """Of 2,000 sources nearly all turn out to be unchanged."""
    sent = []

    def convert(documents):
        sent.append(len(documents))
        return _good(documents)

    hand, _ = _converting(monkeypatch, convert, count=2)
    _put(hand, [str(n) for n in range(ready)])
    hand.send(2000 - ready)
    hand.send(0)
    assert len(_all(hand)) == ready
    assert sent == sizes


@pytest.mark.parametrize(("total", "first"), [(400, 4), (40, 4), (16, 8), (6, 4), (3, 3)])
def test_the_first_pdfs_come_after_the_first_few_files(monkeypatch, total, first):
    hand, here = _converting(monkeypatch, _good, count=2)
    for n in range(total):
        _put(hand, [str(n)])
        hand.send(total - 1 - n)
        if here.calls:
            break
    assert [len(args[0]) for _, args in here.calls] == [first]
    assert len(list(hand.finished())) == first
    assert hand.at_work == []


def test_nothing_is_sent_before_a_chunk_is_full(monkeypatch):
    hand, here = _converting(monkeypatch, _good)
    _put(hand, "กขค")
    hand.send(100)
    assert here.calls == []
    hand.send(0)
    assert len(here.calls) == 1


def test_a_document_that_kills_its_worker_is_found_and_the_others_are_done(monkeypatch):
    def convert(documents):
        if any(one.name == "7" for one in documents):
            raise WorkerDiedError
        return _good(documents)

    hand, here = _converting(monkeypatch, convert)
    _put(hand, [str(n) for n in range(20)])
    out = dict(_all(hand))
    assert len(out) == 20
    assert [found.code for found in out.pop("7").problems] == ["O610"]
    assert all(one.pdf for one in out.values())
    assert len(here.calls) < 14


@pytest.mark.parametrize(("names", "times"), [("กขคง", 1), ("กข", 2)])
def test_a_worker_killed_from_outside_costs_no_document(monkeypatch, names, times):
    deaths = [WorkerDiedError()] * times

    def convert(documents):
        if deaths:
            raise deaths.pop()
        return _good(documents)

    hand, _ = _converting(monkeypatch, convert)
    _put(hand, names)
    assert sorted(tag for tag, one in _all(hand) if one.pdf) == list(names)


@pytest.mark.parametrize("times", [1, 5])
def test_a_document_for_which_there_was_no_time_has_another_turn(monkeypatch, times):
    left = [None] * times

    def convert(documents):
        if left and left.pop() is None:
            return tuple(tasks.Converted((problem("P508", seconds=9),)) for _ in documents)
        return _good(documents)

    hand, _ = _converting(monkeypatch, convert)
    _put(hand, ["ก"])
    ((_, outcome),) = _all(hand)
    assert bool(outcome.pdf) == (times == 1)


SPLIT = verify.Verified((problem("P523", pages="3"),), 9, (2, 5))
WHOLE = verify.Verified((), 9)


@pytest.mark.parametrize(("second", "pdf"), [(WHOLE, b"second"), (SPLIT, b"first")])
def test_what_needs_a_second_pass_goes_into_the_next_chunk_once(monkeypatch, second, pdf):
    """Its rows are whole there, and the better of both comes out, with the time of both."""
    chunks = []

    def convert(documents):
        chunks.append([(one.name, one.whole_rows) for one in documents])
        return tuple(
            tasks.Converted(
                (), b"second" if one.whole_rows else b"first", 9, 10,
                verified=WHOLE if one.name == "ก" else second if one.whole_rows else SPLIT,
            )
            for one in documents
        )  # fmt: skip

    hand, _ = _converting(monkeypatch, convert)
    _put(hand, "กขค")
    out = {tag: (one.pdf, one.milliseconds) for tag, one in _all(hand)}
    assert out == {"ก": (b"first", 10), "ข": (pdf, 20), "ค": (pdf, 20)}
    assert chunks == [[("ก", ()), ("ข", ()), ("ค", ())], [("ข", (2, 5)), ("ค", (2, 5))]]


def test_the_first_pdf_is_kept_where_the_second_pass_kills_workers(monkeypatch):
    def convert(documents):
        if documents[0].whole_rows:
            raise WorkerDiedError
        return (tasks.Converted((), b"first", verified=SPLIT),)

    hand, _ = _converting(monkeypatch, convert)
    _put(hand, "ก")
    assert [one.pdf for _, one in _all(hand)] == [b"first"]
