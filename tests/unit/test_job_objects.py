"""What we start on Windows ends with us: a job of Windows, against a kernel32 of our own."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from types import SimpleNamespace

import pytest

from itareport.pdf import job_objects
from itareport.pdf.job_objects import JobLimits, JobObject
from itareport.pdf.office import guard
from kernel32 import HIGH, Kernel32


@pytest.fixture
def windows(monkeypatch):
    """Return a Windows that makes jobs."""
    made = Kernel32()
    monkeypatch.setattr(job_objects, "_kernel32", lambda: made)
    return made


def test_the_limits_lie_in_memory_as_windows_has_them():
    assert ctypes.sizeof(JobLimits) == 144
    assert JobLimits.flags.offset == 16
    assert (JobLimits.working_set.offset, JobLimits.affinity.offset) == (24, 48)
    assert (JobLimits.counted.offset, JobLimits.memory.offset) == (64, 112)


def test_what_is_in_a_job_ends_with_it(windows):
    job = JobObject()
    job.hold(7)
    job.hold(8)
    assert windows.ended == []
    job.close()
    assert windows.ended == [7, 8]
    assert windows.open == {}, "every handle is given back"


def test_what_is_spared_lives_on(windows):
    job = JobObject()
    job.hold(7)
    job.spare()
    job.close()
    assert (windows.ended, windows.open) == ([], {})


def test_a_process_that_windows_guards_is_left_out(windows):
    windows.guarded = {7}
    job = JobObject()
    job.hold(7)
    job.close()
    assert (windows.processes, windows.ended) == ([], [])


def test_handles_are_not_cut_to_32_bits(monkeypatch):
    """ctypes takes and returns 32 bits where it is told nothing."""
    calls = {name: SimpleNamespace() for name in job_objects._CALLS}
    made = SimpleNamespace(**calls)
    monkeypatch.setattr(ctypes, "WinDLL", {"kernel32": made}.get, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    found = job_objects._kernel32()
    monkeypatch.undo()
    for name in ("CreateJobObjectW", "OpenProcess"):
        assert ctypes.sizeof(calls[name].restype) == 8
    for name in ("SetInformationJobObject", "AssignProcessToJobObject", "CloseHandle"):
        assert calls[name].argtypes[0](HIGH).value == HIGH
    assert found is made


def test_an_office_that_is_started_on_windows_is_in_the_job_of_its_folder(windows, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with guard.folder(lambda _: ()) as (place, guardian):
        guardian.watch(4712)
        assert windows.processes == [4712]
        guardian.watch(None)
        assert windows.ended == []
    monkeypatch.undo()
    assert not place.exists()
    assert windows.ended == [4712], "what its launcher has left behind"
    assert windows.open == {}


def test_elsewhere_there_are_no_jobs(windows):
    with guard.folder(lambda _: ()) as (_, guardian):
        done = subprocess.Popen([sys.executable, "-c", ""], start_new_session=True)
        guardian.watch(done.pid)
        done.wait()
        guardian.watch(None)
    assert windows.jobs == []
