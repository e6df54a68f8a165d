"""A job object of Windows: what is in it ends when this process does, however it ends."""

from __future__ import annotations

import ctypes
import logging
import sys
from typing import Any

_LIMITS_CLASS = 9  # JobObjectExtendedLimitInformation
_KILL_ON_CLOSE = 0x2000  # JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
_RIGHTS = 0x0001 | 0x0100  # PROCESS_TERMINATE, PROCESS_SET_QUOTA
_LOG = logging.getLogger(__name__)

_HANDLE, _NUMBER, _YES_NO = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int
_CALLS: dict[str, tuple[Any, ...]] = {
    "CreateJobObjectW": (_HANDLE, ctypes.c_void_p, ctypes.c_wchar_p),
    "SetInformationJobObject": (_YES_NO, _HANDLE, ctypes.c_int, ctypes.c_void_p, _NUMBER),
    "OpenProcess": (_HANDLE, _NUMBER, _YES_NO, _NUMBER),
    "AssignProcessToJobObject": (_YES_NO, _HANDLE, _HANDLE),
    "CloseHandle": (_YES_NO, _HANDLE),
}
"""What each call returns and takes; without it handles would be cut to 32 bits."""


class JobLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION of 64-bit Windows."""

    _fields_ = (
        ("times", ctypes.c_int64 * 2),
        ("flags", ctypes.c_uint32),
        ("working_set", ctypes.c_size_t * 2),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("classes", ctypes.c_uint32 * 2),
        ("counted", ctypes.c_uint64 * 6),
        ("memory", ctypes.c_size_t * 4),
    )


class JobObject:
    """Processes that must not outlive this one; where Windows refuses, it holds none.

    Windows closes the job with the last handle on it: ours, which no other process inherits.
    """

    def __init__(self) -> None:
        """Make a job with nothing in it."""
        self._windows = _kernel32()
        self._handle = self._windows.CreateJobObjectW(None, None)
        self._limit(_KILL_ON_CLOSE)

    def hold(self, number: int) -> None:
        """Put a process into the job, with all that it will start."""
        process = self._windows.OpenProcess(_RIGHTS, 0, number)
        if not self._windows.AssignProcessToJobObject(self._handle, process):
            _LOG.debug("Windows leaves process %d out of the job", number)
        self._windows.CloseHandle(process)

    def spare(self) -> None:
        """Let what is in the job live on after it."""
        self._limit(0)

    def close(self) -> None:
        """End what is in the job and was not spared."""
        self._windows.CloseHandle(self._handle)
        self._handle = None

    def _limit(self, flags: int) -> None:
        limits = JobLimits(flags=flags)
        size = ctypes.sizeof(limits)
        self._windows.SetInformationJobObject(
            self._handle, _LIMITS_CLASS, ctypes.byref(limits), size
        )


def _kernel32() -> Any:
    """Return the library of Windows that makes jobs, its calls described."""
    library: Any = None
    if sys.platform == "win32":
        library = ctypes.WinDLL("kernel32")
        for name, (result, *arguments) in _CALLS.items():
            call = getattr(library, name)
            call.restype, call.argtypes = result, arguments
    return library
