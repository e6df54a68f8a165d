"""The arguments of the command line: what may be typed, and the Thai messages for wrong use."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from itareport import __version__
from itareport.problems import ExitStatus
from itareport.terminal import show

_MOST_JOBS = 256
_LAST_PORT = 65535
_THAI = (
    (r"the following arguments are required: (.+)", "ยังไม่ได้ระบุ {0}"),
    (r"one of the arguments (.+) is required", "ต้องระบุอย่างใดอย่างหนึ่ง: {0}"),
    (r"argument (.+?): not allowed with argument (.+)", "ใช้ {0} พร้อมกับ {1} ไม่ได้"),
    (r"unrecognized arguments: (.+)", "ไม่รู้จัก {0}"),
    (
        r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)",
        "ค่า {1} ของ {0} ใช้ไม่ได้ ใช้ได้เฉพาะ {2}",
    ),
    (
        r"argument --graph: (.+)",
        "ค่า “{0}” ของ --graph ใช้ไม่ได้ ใช้ได้เฉพาะ radar, bar, none หรือชื่อไฟล์ภาพที่มีอยู่",
    ),
    (r"argument (.+?): expected one argument", "ต้องระบุค่าหลัง {0}"),
    (r"argument (.+?): expected at least one argument", "ต้องระบุค่าหลัง {0} อย่างน้อยหนึ่งค่า"),
    (r"argument (.+?): invalid _count value: (.+)", "ค่า {1} ของ {0} ต้องเป็นจำนวนเต็ม 1 ถึง 256"),
    (r"argument (.+?): invalid _port value: (.+)", "ค่า {1} ของ {0} ต้องเป็นจำนวนเต็ม 1 ถึง 65535"),
    (r"argument (.+?): invalid int value: (.+)", "ค่า {1} ของ {0} ต้องเป็นจำนวนเต็ม"),
    (r"ambiguous option: (.+?) could match (.+)", "ตัวเลือก {0} กำกวม อาจหมายถึง {1}"),
)
_Part = Callable[[argparse.ArgumentParser], object]
"""Adds something to a command."""
if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - no public name


class _Help(argparse.HelpFormatter):
    """The help of argparse with a Thai heading over the usage."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Begin with the Thai word for usage."""
        super().add_usage(usage, actions, groups, "วิธีใช้: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """The parser of argparse with messages in Thai, and status 2 for wrong use."""

    def parse_args(self, *args: Any, **kwargs: Any) -> argparse.Namespace:  # type: ignore[override]
        """Parse, and join the words that together are the name of a file that is there."""
        parsed: argparse.Namespace = super().parse_args(*args, **kwargs)
        if "files" in parsed:
            parsed.files = joined(parsed.files)
            if parsed.command == "draft" and len(parsed.files) > 1:
                self.error(f"unrecognized arguments: {' '.join(parsed.files[1:])}")
        if parsed.command == "batch" and parsed.forms:
            for name in filter(lambda one: getattr(parsed, one), _OF_REPORTS):
                self.error(f"argument --forms: not allowed with argument --{name}")
        return parsed

    def _print_message(self, message: str, file: Any = None) -> None:
        with show.reader_may_leave():
            print(message, end="", file=file)

    def error(self, message: str) -> NoReturn:
        """Print in Thai what is wrong with the command and how to see its help, and leave."""
        for pattern, thai in _THAI:
            match = re.fullmatch(pattern, message)
            if match:
                message = thai.format(*match.groups())
                break
        self.exit(
            ExitStatus.USAGE,
            f"คำสั่งไม่ถูกต้อง: {message} | โปรดดูวิธีใช้ด้วย {self.prog} --help\n",
        )


_OF_REPORTS = ("pdf", "jobs", "fresh", "only", "expect", "cluster")
"""Options of `batch` that mean nothing where forms are made and no reports."""
_ANY = "แบบกรอก .xlsx หรือไฟล์ข้อมูล .yaml .json"
_STYLE: dict[str, Any] = {"add_help": False, "allow_abbrev": False, "formatter_class": _Help}
_ABOUT = {
    "new": "สร้างแบบกรอก Excel ของปีที่ระบุ",
    "check": "ตรวจแบบกรอกหรือไฟล์ข้อมูล บอกทุกแห่งที่ต้องแก้ (ยังไม่จัดทำรายงาน)",
    "draft": "ทำสำเนาที่เติมข้อวิเคราะห์และแผนที่ยังว่างด้วยข้อความร่าง ไฟล์เดิมไม่เปลี่ยน",
    "build": "ตรวจ แล้วจัดทำรายงานเป็น Word (และ PDF เมื่อใส่ --pdf)",
    "batch": "จัดทำรายงานของหลายหน่วยงาน ทำต่อจากครั้งก่อนได้",
    "serve": "เปิดหน้ากรอกในเบราว์เซอร์: กรอก ดูหน้าจริง ตรวจ และดาวน์โหลดรายงานของโฟลเดอร์",
    "convert": "แปลงแบบกรอกหรือไฟล์ข้อมูลเป็นชนิดอื่น (.xlsx .yaml .json) ไฟล์เดิมไม่เปลี่ยน",
    "doctor": "ตรวจความพร้อมของเครื่อง",
    "catalogue": "แสดงหรือส่งออกแค็ตตาล็อกของปีงบประมาณ และประเภทหน่วยงาน",
    "template": "แสดงคำที่แม่แบบ Word ใช้ได้ หรือส่งออกแม่แบบของโปรแกรมไว้แก้ไข",
    "schema": "แสดง JSON Schema ของไฟล์ข้อมูล",
    "words": "แสดงชื่อข้อมูลและแท็กที่แม่แบบใช้ได้ พร้อมตัวอย่าง",
    "template export": "ส่งออกแม่แบบของโปรแกรมเป็นไฟล์ .docx เพื่อแก้ไขใน Word",
    "list": "แสดงปีงบประมาณที่มี",
    "show": "แสดงแค็ตตาล็อกของปี หรือประเภทหน่วยงาน",
    "export": "ส่งออกแค็ตตาล็อกของปี หรือประเภทหน่วยงาน เป็นไฟล์ เพื่อแก้ไขหรือทำของปีถัดไป",
}


def parser() -> argparse.ArgumentParser:
    """Make the parser of the whole command line."""
    about = "จัดทำรายงานการวิเคราะห์ผลการประเมิน ITA เป็นเอกสาร Word และ PDF"
    top = _with_help(_Parser(prog="itareport", description=about, **_STYLE))
    top.add_argument(
        "--version", action="version", version=f"itareport {__version__}", help="แสดงรุ่น"
    )
    commands = top.add_subparsers(dest="command", metavar="คำสั่ง", title="คำสั่ง", required=True)
    data, shown = (_CATALOGUES, _DEBUG), (_JSON, _DEBUG)
    _command(commands, "new", _YEAR, _one_or_many, _PROVINCE, _NEW_FILE, *data)
    _command(commands, "check", _FILES, _ANNOTATE, _CATALOGUES, *shown, _VERBOSE)
    _command(commands, "draft", _FILES, _DRAFT, _REFRESH, *data)
    _command(commands, "build", _FILES, *_MAKING, *shown, _VERBOSE)
    _command(commands, "batch", _INPUTS, *_MAKING, *_BATCH, *shown)
    _command(commands, "serve", _REPORTS, *_SERVING, *_LOOK, _DEBUG)
    _command(commands, "convert", _SOURCE, _TARGET, *data)
    _command(commands, "doctor", _FOLDER, *shown)
    actions = _actions(_command(commands, "catalogue"))
    _command(actions, "list", _DEBUG)
    _command(actions, "show", _WHICH, _DEBUG)
    _command(actions, "export", _WHICH, _EXPORT, _DEBUG)
    actions = _actions(_command(commands, "template"))
    _command(actions, "words", *shown)
    _command(actions, "export", _NEW_TEMPLATE, _DEBUG, about="template export")
    _command(commands, "schema", *data)
    return top


def joined(words: Sequence[str]) -> list[str]:
    """Return the names of files, of which one with blanks may have come as several words.

    `แบบกรอก ทต.ก.xlsx` without quotes is two words; they are joined where the first is the name
    of nothing and together they name a file that is there.
    """
    names, start = [], 0
    while start < len(words):
        ends = range(start + 1, len(words) + 1)
        found = next((end for end in ends if _is_there(" ".join(words[start:end]))), start + 1)
        names.append(" ".join(words[start:found]))
        start = found
    return names


def _is_there(name: str) -> bool:
    return os.path.exists(name)  # noqa: PTH110 - unlike a Path's, it is False at a name too long


def _actions(command: argparse.ArgumentParser) -> _Commands:
    return command.add_subparsers(
        dest="action", metavar="การกระทำ", title="การกระทำ", required=True
    )


def _command(
    commands: _Commands, name: str, *parts: _Part, about: str = ""
) -> argparse.ArgumentParser:
    told = _ABOUT[about or name]
    made = _with_help(commands.add_parser(name, help=told, description=told, **_STYLE))
    for add_to in parts:
        add_to(made)
    return made


def _with_help(made: argparse.ArgumentParser) -> argparse.ArgumentParser:
    made._optionals.title = "ตัวเลือก"  # noqa: SLF001 - argparse has no other way to a Thai heading
    made._positionals.title = "สิ่งที่ต้องระบุ"  # noqa: SLF001 - the same
    made.add_argument("-h", "--help", action="help", help="แสดงวิธีใช้")
    return made


def _argument(*names: str, **how: Any) -> _Part:
    """Return what adds an argument to each command that takes it."""
    return lambda command: command.add_argument(*names, **how)


def _one_or_many(command: argparse.ArgumentParser) -> None:
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--agency", metavar="ชื่อ", help="ชื่อพร้อมประเภท เช่น เทศบาลตำบลควนเสาธง หรือ ทต.ควนเสาธง"
    )
    what.add_argument(
        "--wide", action="store_true", help="ตารางหลายหน่วยงานสำหรับ itareport batch แถวละหนึ่งหน่วยงาน"
    )


def _count(typed: str) -> int:
    number = int(typed)
    if not 1 <= number <= _MOST_JOBS:
        raise ValueError
    return number


def _port(typed: str) -> int:
    number = int(typed)
    if not 1 <= number <= _LAST_PORT:
        raise ValueError
    return number


def _graph(typed: str) -> str:
    if typed in {"radar", "bar", "none"} or Path(typed).is_file():
        return typed
    raise argparse.ArgumentTypeError(typed)


_JSON = _argument("--json", action="store_true", help="แสดงผลเป็น JSON")
_DEBUG = _argument("--debug", action="store_true", help="แสดงรายละเอียดทางเทคนิคเมื่อโปรแกรมผิดพลาด")
_VERBOSE = _argument("-v", "--verbose", action="store_true", help="แสดงทุกเรื่องทุกแห่ง ไม่ย่อ")
_CATALOGUES = _argument(
    "--catalogue", action="append", default=[], metavar="ไฟล์",
    help="แค็ตตาล็อก (ข้อ ตัวชี้วัด และประเด็นของปี) ที่แก้เอง แทนของโปรแกรม ระบุซ้ำได้ทั้งของปีผลประเมินและของปีแผน "
    "หรือไฟล์ประเภทหน่วยงานที่เพิ่มเอง เช่น โรงเรียน",
)  # fmt: skip
_FILES = _argument("files", nargs="+", metavar="ไฟล์", help=_ANY)
_ANNOTATE = _argument(
    "--annotate",
    action="store_true",
    help="ทำสำเนาแบบกรอก “… (ผลตรวจ).xlsx” ที่มีสีและความเห็นในทุกช่องที่ต้องแก้",
)
_YEAR = _argument("--year", required=True, metavar="ปี", help="ปีงบประมาณ พ.ศ. เช่น 2568")
_PROVINCE = _argument(
    "--province",
    default="",
    metavar="จังหวัด",
    help="จังหวัดของหน่วยงาน ใช้เสนออำเภอเมื่อหลายจังหวัดมีตำบลชื่อเดียวกัน",
)
_NEW_FILE = _argument(
    "-o",
    "--out",
    metavar="ไฟล์",
    help="ชื่อไฟล์ .xlsx ที่จะสร้าง (ปกติ แบบกรอก-ITA-ปี-ชื่อหน่วยงาน.xlsx)",
)
_SOURCE = _argument("source", metavar="ไฟล์เดิม", help=_ANY)
_TARGET = _argument(
    "target", metavar="ไฟล์ใหม่", help="ไฟล์ที่จะสร้าง ชนิดดูจากนามสกุล .xlsx .yaml หรือ .json"
)
_DRAFT = _argument(
    "-o",
    "--out",
    default="",
    metavar="ไฟล์",
    help="ไฟล์ใหม่ (ปกติ “ชื่อไฟล์ (ร่าง)” ไว้ข้างไฟล์เดิม ชนิด .xlsx เมื่อไฟล์เดิมเป็น .xlsx มิฉะนั้น .yaml)",
)
_REFRESH = _argument(
    "--refresh",
    action="store_true",
    help="เขียนข้อความที่ยังมีเครื่องหมายร่างใหม่ตามคะแนนปัจจุบันด้วย ข้อความที่ยืนยันแล้วไม่เปลี่ยน",
)
_FOLDER = _argument(
    "-o", "--out", default="out", metavar="โฟลเดอร์", help="โฟลเดอร์ผลลัพธ์ที่จะตรวจสิทธิ์เขียน"
)
_WHICH = _argument("year", metavar="ปี", help="ปีงบประมาณ พ.ศ. เช่น 2568 หรือ kinds คือประเภทหน่วยงาน")
_EXPORT = _argument("file", metavar="ไฟล์", help="ไฟล์ใหม่ที่จะสร้าง เช่น 2570.yaml")
_NEW_TEMPLATE = _argument("file", metavar="ไฟล์", help="ไฟล์ใหม่ที่จะสร้าง เช่น แม่แบบ.docx")
_LOOK = (
    _argument("--template", metavar="ไฟล์", help="แม่แบบ Word ของหน่วยงาน (.docx)"),
    _argument(
        "--digits", choices=("thai", "arabic"), default="thai", help="เลขไทย (ปกติ) หรือเลขอารบิก"
    ),
    _argument(
        "--graph",
        type=_graph,
        metavar="radar|bar|none|ไฟล์ภาพ",
        help="กราฟตัวชี้วัด (ปกติ radar) หรือภาพ PNG/JPEG",
    ),
    _CATALOGUES,
)
"""How a report is made."""
_MAKING = (
    _argument("-o", "--out", default="out", metavar="โฟลเดอร์", help="โฟลเดอร์ผลลัพธ์ (ปกติ out)"),
    _argument("--pdf", action="store_true", help="จัดทำ PDF ด้วย (ต้องมี LibreOffice)"),
    *_LOOK,
)
"""How a report is made, and where."""
_REPORTS = _argument(
    "folder", nargs="?", default=".", metavar="โฟลเดอร์", help="โฟลเดอร์ของรายงาน (ปกติโฟลเดอร์ปัจจุบัน)"
)
_SERVING = (
    _argument("--port", type=_port, metavar="เลข", help="พอร์ต (ปกติ 8568 หรือพอร์ตอื่นที่ว่าง)"),
    _argument("--open", action="store_true", help="เปิดเบราว์เซอร์ให้ด้วย"),
    _argument(
        "--host",
        default="",
        metavar="ที่อยู่",
        help="ที่อยู่ของเครื่องนี้ที่ให้เครื่องอื่นในเครือข่ายเปิดได้ เช่น 192.168.1.20 โดยต้องตั้งรหัสผ่าน",
    ),
)
_INPUTS = _argument(
    "files", nargs="+", metavar="โฟลเดอร์หรือไฟล์",
    help="โฟลเดอร์ของไฟล์ข้อมูล (รวมโฟลเดอร์ย่อย) หรือไฟล์ข้อมูล",
)  # fmt: skip
_BATCH = (
    _argument(
        "--jobs",
        type=_count,
        default=0,
        metavar="จำนวน",
        help="จำนวนตัวประมวลผลที่ทำพร้อมกัน (ปกติเท่าจำนวนแกนของเครื่อง)",
    ),
    _argument(
        "--forms",
        action="store_true",
        help="ไม่จัดทำรายงาน แต่ทำแบบกรอกที่เติมคะแนนและข้อความร่างแล้วให้แต่ละหน่วยงานของตาราง ไว้ใน แบบกรอก ของโฟลเดอร์ผลลัพธ์",
    ),
    _argument("--fresh", action="store_true", help="จัดทำใหม่ทุกรายงาน แม้ไม่มีอะไรเปลี่ยน"),
    _argument("--only", choices=("failed",), help="failed: ทำเฉพาะรายงานที่ยังไม่สำเร็จหรือยังไม่เคยทำ"),
    _argument(
        "--expect",
        metavar="ไฟล์",
        help="รายชื่อหน่วยงานที่ต้องส่งข้อมูล (.xlsx .csv .txt) หน่วยงานที่ยังไม่มีข้อมูลจะอยู่ในสรุปว่า ยังไม่ส่ง",
    ),
    _argument(
        "--cluster",
        default="",
        metavar="ที่อยู่",
        help="ใช้เครื่องทำงานของ Dask เช่น tcp://10.0.0.5:8786 (ต้องติดตั้ง itareport[cluster])",
    ),
)
