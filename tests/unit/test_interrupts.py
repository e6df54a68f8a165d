"""Ctrl-C and SIGTERM: heeded, but never while an earlier one is handled."""

import signal
import sys
import time
from pathlib import Path

import pytest

from itareport.files import interrupts
from offices import PATIENCE

SIGNALS = (*interrupts.BY_TERMINAL, signal.SIGTERM)


@pytest.fixture(autouse=True)
def before(monkeypatch):
    """Keep the handlers of pytest."""
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    handlers = {one: signal.getsignal(one) for one in SIGNALS}
    yield handlers
    for one, was in handlers.items():
        signal.signal(one, was)


@pytest.mark.parametrize("sign", SIGNALS)
def test_each_stops_what_is_done_and_the_handlers_are_set_back(sign, before):
    with interrupts.heeded():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(sign)
        with pytest.raises(KeyboardInterrupt):  # the first is over
            signal.raise_signal(sign)
    assert {one: signal.getsignal(one) for one in SIGNALS} == before


def clear_up(done, sign):
    """Clear up in the way that steps do, with a fault of the system on the way."""
    try:
        Path("ไม่มี").unlink()
    except FileNotFoundError:
        signal.raise_signal(sign)
    done.append("cleared up")


class Dying:
    """Gets a signal in `__del__`, where Python prints what is raised, and goes on."""

    def __init__(self, sign):
        self._sign = sign

    def __del__(self):
        signal.raise_signal(self._sign)


@pytest.mark.parametrize("sign", SIGNALS)
def test_one_that_python_swallows_comes_again(sign, capsys):
    def swallow_and_wait():
        thing = Dying(sign)
        del thing
        time.sleep(PATIENCE)

    with interrupts.heeded(), pytest.raises(KeyboardInterrupt):
        swallow_and_wait()  # on a busy machine it comes before the wait
    assert capsys.readouterr().err == ""


def test_another_fault_that_python_swallows_is_printed_as_before(monkeypatch):
    told = []
    monkeypatch.setattr(sys, "unraisablehook", lambda what: told.append(what.exc_type))

    class Broken:
        def __del__(self):
            raise ValueError

    with interrupts.heeded():
        Broken()
    Broken()
    assert told == [ValueError, ValueError]


@pytest.mark.parametrize("sign", SIGNALS)
def test_none_comes_while_an_earlier_one_is_handled(sign):
    done: list[str] = []

    def step():
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            signal.raise_signal(sign)
            clear_up(done, sign)

    with interrupts.heeded():
        with pytest.raises(KeyboardInterrupt):
            step()
        assert done == ["cleared up"]


def test_one_more_may_cut_what_is_done_after_it():
    done: list[str] = []

    def cut():
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            with interrupts.heeded():
                try:
                    signal.raise_signal(signal.SIGINT)
                finally:
                    clear_up(done, signal.SIGINT)
            done.append("not cut")

    with interrupts.heeded():
        with pytest.raises(KeyboardInterrupt):
            cut()
        assert done == ["cleared up"]


@pytest.mark.parametrize("sign", SIGNALS)
def test_undisturbed_it_does_nothing(sign, before):
    with interrupts.undisturbed():
        signal.raise_signal(sign)
    assert {one: signal.getsignal(one) for one in SIGNALS} == before


@pytest.mark.parametrize("sign", SIGNALS)
def test_what_is_ignored_stays_so(sign):
    """By the caller, as a shell has it for what runs in the background, or at the end."""
    with interrupts.heeded():
        interrupts.ignore()
        signal.raise_signal(sign)
        with interrupts.heeded(), interrupts.undisturbed():
            signal.raise_signal(sign)
    assert signal.getsignal(sign) == signal.SIG_IGN
