"""What came of a run over many reports, and how far it is, on the terminal."""

from __future__ import annotations

import argparse
import json
import shutil
import time
import unicodedata
from dataclasses import asdict

from itareport.batch import Counts, Entry, Request, RunResult
from itareport.problems import ExitStatus
from itareport.terminal import show

_NAMES = 5
_LIVE, _PLAIN = 0.1, 10.0  # seconds between two sayings: a bar that moves, lines that stay
_WIDTH = 20
_MARGIN = 4  # for what `show` puts behind


class Teller:
    """Passes on how far a run is, not more often than somebody can read."""

    def __init__(self, progress: show.Progress) -> None:
        """Speak through that progress line."""
        self._progress = progress
        self._last = time.monotonic()

    def __call__(self, counts: Counts) -> None:
        """Hear how far the run is."""
        now = time.monotonic()
        if now - self._last >= (_LIVE if self._progress.is_live else _PLAIN):
            self._last = now
            self._progress(_with_bar(counts) if self._progress.is_live else counts.line)


def _with_bar(counts: Counts) -> str:
    """Put a bar before the line where there is room: a line that wraps cannot be redrawn."""
    taken = sum(unicodedata.category(c) != "Mn" for c in counts.line)
    width = min(_WIDTH, shutil.get_terminal_size().columns - taken - _MARGIN)
    if width < _WIDTH // 2:
        return counts.line
    filled = counts.done * width // max(1, counts.total)
    return f"{'█' * filled}{'░' * (width - filled)} {counts.line}"


def result(done: RunResult, request: Request, options: argparse.Namespace) -> int:
    """Show what a run left behind; return 9 where a report failed, else 0."""
    status = ExitStatus.SOME_FAILED if done.counts.failed else ExitStatus.OK
    with show.reader_may_leave():
        if options.json:
            print(json.dumps(_as_json(done, status), ensure_ascii=False, indent=2))
        else:
            _spoken(done, request)
    return status


def _spoken(done: RunResult, request: Request) -> None:
    for reason, names in done.skipped.items():
        print(f"ข้าม {len(names)} รายการ เพราะเป็น{reason}: {_listed(names)}")
    for entry in done.failed:
        print(f"== {entry.shown}")
        for one in (problem for problem in entry.problems if problem.is_error):
            print(f"  [{one.code}] {': '.join(filter(None, (one.place, one.text)))} | {one.remedy}")
    if more := done.counts.failed - len(done.failed):
        print(f"และไม่สำเร็จอีก {more} รายงาน ดูใน summary.xlsx")
    if done.duplicates:
        print(f"หน่วยงานเดียวกันมีหลายไฟล์ข้อมูล {len(done.duplicates)} ไฟล์: {_listed(done.duplicates)}")
    if done.old_pdfs:
        count = len(done.old_pdfs)
        print(
            f"PDF ของครั้งก่อน {count} ไฟล์ ไม่ตรงกับ Word ที่จัดทำใหม่ "
            f"โปรดสั่งใหม่พร้อม --pdf หรือลบ: {_listed(done.old_pdfs)}"
        )
    if done.unrelated:
        count = len(done.unrelated)
        print(f"เอกสารในโฟลเดอร์ผลลัพธ์ที่ไม่มีในรอบนี้ {count} ไฟล์ ไม่ได้ลบ: {_listed(done.unrelated)}")
    counts = done.counts
    said = [f"ทั้งหมด {counts.total} รายงาน", f"จัดทำ {counts.made}"]
    said += [f"ไม่เปลี่ยน {counts.unchanged}"] if counts.unchanged else []
    said += [f"ไม่ได้สั่งให้ทำ {counts.left_alone}"] if counts.left_alone else []
    print(*said, f"ไม่สำเร็จ {counts.failed}")
    print(f"ดูสรุปที่ {request.out / 'summary.xlsx'}")


def _listed(names: list[str]) -> str:
    more = f" และอีก {len(names) - _NAMES}" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more


def _as_json(done: RunResult, status: ExitStatus) -> dict[str, object]:
    counts = done.counts
    return {
        "status": int(status),
        "total": counts.total,
        "made": counts.made,
        "unchanged": counts.unchanged,
        "left_alone": counts.left_alone,
        "failed": counts.failed,
        "failures": [_failure(entry) for entry in done.failed],
        "skipped": done.skipped,
        "doubled": done.duplicates,
        "strangers": done.unrelated,
        "old_pdfs": done.old_pdfs,
    }


def _failure(entry: Entry) -> dict[str, object]:
    return {"file": entry.shown, "problems": [asdict(one) for one in entry.problems]}
