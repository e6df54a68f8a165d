import os

import pytest

from itareport.files import inputs


def test_a_file_is_read_up_to_the_limit(tmp_path):
    (tmp_path / "a").write_bytes(b"12345")
    assert inputs.read(tmp_path / "a", 5) == b"12345"
    with pytest.raises(inputs.FileTooLargeError):
        inputs.read(tmp_path / "a", 4)


def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", ".", "ไม่มี", "a\0b"):
        with pytest.raises(OSError):  # noqa: PT011 - each of its kinds
            inputs.read(tmp_path / name, 10)
    with pytest.raises(OSError):  # noqa: PT011
        inputs.read(type(tmp_path)("/dev/zero"), 10)
