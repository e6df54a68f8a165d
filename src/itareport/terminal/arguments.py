"""The arguments of the command line: what may be typed, and the Thai messages for wrong use."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from itareport import __version__
from itareport.problems import ExitStatus

_MOST_JOBS = 256
_THAI = (
    (r"the following arguments are required: (.+)", "ยังไม่ได้ระบุ {0}"),
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
    (r"argument (.+?): invalid int value: (.+)", "ค่า {1} ของ {0} ต้องเป็นจำนวนเต็ม"),
    (r"ambiguous option: (.+?) could match (.+)", "ตัวเลือก {0} กำกวม อาจหมายถึง {1}"),
)


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


_ANY = "แบบกรอก .xlsx หรือไฟล์ข้อมูล .yaml .json (ชื่อที่มีเว้นวรรคใส่ในเครื่องหมายคำพูด)"
_WHICH = "ปีงบประมาณ พ.ศ. เช่น 2568 หรือ kinds คือประเภทหน่วยงาน"
_STYLE: dict[str, Any] = {"add_help": False, "allow_abbrev": False, "formatter_class": _Help}


def parser() -> argparse.ArgumentParser:
    """Make the parser of the whole command line."""
    top = _parser(None, "itareport", "จัดทำรายงานการวิเคราะห์ผลการประเมิน ITA เป็นเอกสาร Word และ PDF")
    top.add_argument(
        "--version", action="version", version=f"itareport {__version__}", help="แสดงรุ่น"
    )
    commands = top.add_subparsers(dest="command", metavar="คำสั่ง", title="คำสั่ง", required=True)
    _new(_parser(commands, "new", "สร้างแบบกรอก Excel ของปีที่ระบุ"))
    _check(_parser(commands, "check", "ตรวจแบบกรอกหรือไฟล์ข้อมูล บอกทุกแห่งที่ต้องแก้ (ยังไม่จัดทำรายงาน)"))
    _draft(_parser(commands, "draft", "ทำสำเนาที่เติมข้อวิเคราะห์และแผนที่ยังว่างด้วยข้อความร่าง ไฟล์เดิมไม่เปลี่ยน"))
    _build(_parser(commands, "build", "ตรวจ แล้วจัดทำรายงานเป็น Word (และ PDF เมื่อใส่ --pdf)"))
    _batch(_parser(commands, "batch", "จัดทำรายงานของหลายหน่วยงาน ทำต่อจากครั้งก่อนได้"))
    _convert(
        _parser(
            commands, "convert", "แปลงแบบกรอกหรือไฟล์ข้อมูลเป็นชนิดอื่น (.xlsx .yaml .json) ไฟล์เดิมไม่เปลี่ยน"
        )
    )
    doctor = _parser(commands, "doctor", "ตรวจความพร้อมของเครื่อง")
    doctor.add_argument(
        "-o", "--out", default="out", metavar="โฟลเดอร์", help="โฟลเดอร์ผลลัพธ์ที่จะตรวจสิทธิ์เขียน"
    )
    _json(doctor)
    _catalogue(_parser(commands, "catalogue", "แสดงหรือส่งออกแค็ตตาล็อกของปีงบประมาณ และประเภทหน่วยงาน"))
    schema = _parser(commands, "schema", "แสดง JSON Schema ของไฟล์ข้อมูล")
    _catalogues(schema)
    _debug(schema)
    return top


def _parser(commands: _Commands | None, name: str, about: str) -> argparse.ArgumentParser:
    if commands is None:
        made: argparse.ArgumentParser = _Parser(prog=name, description=about, **_STYLE)
    else:
        made = commands.add_parser(name, help=about, description=about, **_STYLE)
    made._optionals.title = "ตัวเลือก"  # noqa: SLF001 - argparse has no other way to a Thai heading
    made._positionals.title = "สิ่งที่ต้องระบุ"  # noqa: SLF001 - the same
    made.add_argument("-h", "--help", action="help", help="แสดงวิธีใช้")
    return made


def _new(command: argparse.ArgumentParser) -> None:
    command.add_argument("--year", required=True, metavar="ปี", help="ปีงบประมาณ พ.ศ. เช่น 2568")
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--agency", metavar="ชื่อ", help="ชื่อพร้อมประเภท เช่น เทศบาลตำบลควนเสาธง หรือ ทต.ควนเสาธง"
    )
    what.add_argument(
        "--wide", action="store_true", help="ตารางหลายหน่วยงานสำหรับ itareport batch แถวละหนึ่งหน่วยงาน"
    )
    command.add_argument(
        "--province",
        default="",
        metavar="จังหวัด",
        help="จังหวัดของหน่วยงาน ใช้เสนออำเภอเมื่อหลายจังหวัดมีตำบลชื่อเดียวกัน",
    )
    command.add_argument(
        "-o",
        "--out",
        metavar="ไฟล์",
        help="ชื่อไฟล์ .xlsx ที่จะสร้าง (ปกติ “แบบกรอก ITA ปี ชื่อหน่วยงาน.xlsx”)",
    )
    _catalogues(command)
    _debug(command)


def _convert(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", metavar="ไฟล์เดิม", help=_ANY)
    command.add_argument(
        "target", metavar="ไฟล์ใหม่", help="ไฟล์ที่จะสร้าง ชนิดดูจากนามสกุล .xlsx .yaml หรือ .json"
    )
    _catalogues(command)
    _debug(command)


def _check(command: argparse.ArgumentParser) -> None:
    _files(command)
    command.add_argument(
        "--annotate",
        action="store_true",
        help="ทำสำเนาแบบกรอก “… (ผลตรวจ).xlsx” ที่มีสีและความเห็นในทุกช่องที่ต้องแก้",
    )
    _catalogues(command)
    _json(command)
    _verbose(command)


def _build(command: argparse.ArgumentParser) -> None:
    _files(command)
    _making(command)
    _json(command)
    _verbose(command)


def _batch(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", nargs="+", metavar="โฟลเดอร์หรือไฟล์",
        help="โฟลเดอร์ของไฟล์ข้อมูล (รวมโฟลเดอร์ย่อย) หรือไฟล์ข้อมูล",
    )  # fmt: skip
    _making(command)
    command.add_argument(
        "--jobs", type=_count, default=0, metavar="จำนวน",
        help="จำนวนตัวประมวลผลที่ทำพร้อมกัน (ปกติเท่าจำนวนแกนของเครื่อง)",
    )  # fmt: skip
    command.add_argument("--fresh", action="store_true", help="จัดทำใหม่ทุกรายงาน แม้ไม่มีอะไรเปลี่ยน")
    command.add_argument(
        "--only", choices=("failed",), help="failed: ทำเฉพาะรายงานที่ยังไม่สำเร็จหรือยังไม่เคยทำ"
    )
    command.add_argument(
        "--cluster", default="", metavar="ที่อยู่",
        help="ใช้เครื่องทำงานของ Dask เช่น tcp://10.0.0.5:8786 (ต้องติดตั้ง itareport[cluster])",
    )  # fmt: skip
    _json(command)


def _count(typed: str) -> int:
    number = int(typed)
    if not 1 <= number <= _MOST_JOBS:
        raise ValueError
    return number


def _making(command: argparse.ArgumentParser) -> None:
    """Add the options that say how a report is made, and where."""
    command.add_argument(
        "-o", "--out", default="out", metavar="โฟลเดอร์", help="โฟลเดอร์ผลลัพธ์ (ปกติ out)"
    )
    command.add_argument("--pdf", action="store_true", help="จัดทำ PDF ด้วย (ต้องมี LibreOffice)")
    command.add_argument("--template", metavar="ไฟล์", help="แม่แบบ Word ของหน่วยงาน (.docx)")
    command.add_argument(
        "--digits", choices=("thai", "arabic"), default="thai", help="เลขไทย (ปกติ) หรือเลขอารบิก"
    )
    command.add_argument(
        "--graph",
        type=_graph,
        metavar="radar|bar|none|ไฟล์ภาพ",
        help="กราฟตัวชี้วัด (ปกติ radar) หรือภาพ PNG/JPEG",
    )
    _catalogues(command)


def _graph(typed: str) -> str:
    if typed in {"radar", "bar", "none"} or Path(typed).is_file():
        return typed
    raise argparse.ArgumentTypeError(typed)


def _draft(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="ไฟล์", help=_ANY)
    command.add_argument(
        "-o",
        "--out",
        default="",
        metavar="ไฟล์",
        help="ไฟล์ใหม่ (ปกติ “ชื่อไฟล์ (ร่าง)” ไว้ข้างไฟล์เดิม ชนิด .xlsx เมื่อไฟล์เดิมเป็น .xlsx มิฉะนั้น .yaml)",
    )
    command.add_argument(
        "--refresh",
        action="store_true",
        help="เขียนข้อความที่ยังมีเครื่องหมายร่างใหม่ตามคะแนนปัจจุบันด้วย ข้อความที่ยืนยันแล้วไม่เปลี่ยน",
    )
    _catalogues(command)
    _debug(command)


def _catalogue(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(
        dest="action", metavar="การกระทำ", title="การกระทำ", required=True
    )
    _debug(_parser(actions, "list", "แสดงปีงบประมาณที่มี"))
    show = _parser(actions, "show", "แสดงแค็ตตาล็อกของปี หรือประเภทหน่วยงาน")
    show.add_argument("year", metavar="ปี", help=_WHICH)
    _debug(show)
    export = _parser(
        actions, "export", "ส่งออกแค็ตตาล็อกของปี หรือประเภทหน่วยงาน เป็นไฟล์ เพื่อแก้ไขหรือทำของปีถัดไป"
    )
    export.add_argument("year", metavar="ปี", help=_WHICH)
    export.add_argument("file", metavar="ไฟล์", help="ไฟล์ใหม่ที่จะสร้าง เช่น 2570.yaml")
    _debug(export)


def _files(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", metavar="ไฟล์", help=_ANY)


def _catalogues(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--catalogue", action="append", default=[], metavar="ไฟล์",
        help="แค็ตตาล็อก (ข้อ ตัวชี้วัด และประเด็นของปี) ที่แก้เอง แทนของโปรแกรม ระบุซ้ำได้ทั้งของปีผลประเมินและของปีแผน "
        "หรือไฟล์ประเภทหน่วยงานที่เพิ่มเอง เช่น โรงเรียน",
    )  # fmt: skip


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="แสดงผลเป็น JSON")
    _debug(command)


def _verbose(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-v", "--verbose", action="store_true", help="แสดงสิ่งที่โปรแกรมตรวจแทนไม่ได้ด้วย"
    )


def _debug(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--debug", action="store_true", help="แสดงรายละเอียดทางเทคนิคเมื่อโปรแกรมผิดพลาด"
    )
