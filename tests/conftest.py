"""What every test may ask for, and the surroundings that all of them run in."""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path
from typing import Any

import hypothesis
import pytest

pytest_plugins = ["goldens"]

REPO = Path(__file__).resolve().parent.parent
_LOOPBACK = ("127.", "localhost", "::1")

# Without deadlines: two cores shared with LibreOffice tell nothing about one example's time.
# Nor does a slow draw: it is not the strategy's fault where the machine is busy.
# Only who looks at a failure waits for its smallest example: that of a report takes minutes.
_UNTIMED: Any = {
    "deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow],
}  # fmt: skip
hypothesis.settings.register_profile("dev", max_examples=50, **_UNTIMED)
hypothesis.settings.register_profile(
    "ci", max_examples=50, derandomize=True, database=None, print_blob=True,
    report_multiple_bugs=False, phases=set(hypothesis.Phase) - {hypothesis.Phase.shrink},
    **_UNTIMED,
)  # fmt: skip
hypothesis.settings.register_profile("long", max_examples=2_000, **_UNTIMED)


def pytest_configure() -> None:
    """Give every process of the run, and what it starts, the same surroundings."""
    hypothesis.settings.load_profile(
        os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev")
    )
    for name in [n for n in os.environ if n.startswith(("LC_", "FONTCONFIG_"))]:
        del os.environ[name]
    os.environ |= {"LANG": "C.UTF-8", "TZ": "Asia/Bangkok", "COLUMNS": "100", "NO_COLOR": "1"}
    os.environ |= {"ITAREPORT_PDF_SECONDS": "600"}  # a busy machine is no fault of LibreOffice
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell's background job ignores it,
        signal.signal(signal.SIGINT, signal.default_int_handler)  # and so would all it starts
    sys.addaudithook(_no_network)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the short tests for the end, so that all processes end at about the same time."""
    items.sort(key=lambda item: item.path.parent.name == "unit")


def pytest_collection_finish() -> None:
    """Keep what is there from being looked through for garbage again and again: it stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _no_network(event: str, args: tuple[object, ...]) -> None:
    """Refuse every connection that leaves this machine; a test's result must not hang on one."""
    if event == "socket.connect" and isinstance(args[1], tuple):
        host = str(args[1][0])
        if not host.startswith(_LOOPBACK):
            message = f"a test may not connect to {host}"
            raise ConnectionRefusedError(message)


@pytest.fixture(scope="session")
def repo() -> Path:
    """Return the root of the source tree."""
    return REPO


@pytest.fixture(scope="session")
def example() -> Path:
    """Return the data file that a newcomer builds first."""
    return REPO / "examples" / "kuansaothong-2568.yaml"


@pytest.fixture(scope="session")
def soffice() -> object:
    """Return the `office.Office` found; its absence fails the tests that need it, never skips."""
    from itareport.pdf import office

    found = office.find()
    if found is None:
        pytest.fail("LibreOffice is not here: scripts/setup installs it", pytrace=False)
    return found
