"""Run the command that was typed: call its action, show the outcome, return the status."""

from __future__ import annotations

import argparse
import contextlib
import gc
import getpass
import logging
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from itareport.files import interrupts
from itareport.problems import ExitStatus, ItaReportError
from itareport.terminal import arguments, show
from itareport.terminal.progress import BatchProgress, Progress

if TYPE_CHECKING:
    from itareport.actions import prepare
    from itareport.actions.outcome import Outcome


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (docs/errors.md)."""
    gc.set_threshold(200_000, 20, 100)  # imports live to the end: collecting them costs a tenth
    _speak_utf8()
    with interrupts.heeded(), contextlib.redirect_stderr(show.BestEffortStream(sys.stderr)):
        try:
            _log_to_stderr(argv)
            options = arguments.parser().parse_args(argv)
            return _COMMANDS[options.command](options)
        except SystemExit as stop:  # argparse has printed its help, or what is wrong
            return int(stop.code or 0)
        except ItaReportError as error:
            show.problems(error.problems, stream=sys.stderr)
            return error.exit_status
        except KeyboardInterrupt:
            interrupts.ignore()
            print("หยุดตามคำสั่งของผู้ใช้ ไฟล์ที่เสร็จแล้วใช้ได้ครบถ้วน", file=sys.stderr)
            return ExitStatus.STOPPED
        except Exception:
            return _our_fault(argv)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _log_to_stderr(argv: Sequence[str] | None) -> None:
    """Under --debug, show what LibreOffice and others said."""
    if "--debug" in (sys.argv[1:] if argv is None else argv):
        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, format="%(name)s: %(message)s")


def _our_fault(argv: Sequence[str] | None) -> int:
    if "--debug" in (sys.argv[1:] if argv is None else argv):
        traceback.print_exc()
    print(
        "โปรแกรมผิดพลาดเอง ไม่ใช่ความผิดของข้อมูล | "
        "โปรดสั่งคำสั่งเดิมโดยเพิ่ม --debug แล้วส่งข้อความทั้งหมดให้ผู้ดูแลโปรแกรม",
        file=sys.stderr,
    )
    return ExitStatus.OUR_FAULT


def _check(options: argparse.Namespace) -> int:
    from itareport.actions import check

    found = check.files(map(Path, options.files), _catalogues(options), annotate=options.annotate)
    return _shown(found, options, show.of_files(found, verbose=options.verbose))


def _build(options: argparse.Namespace) -> int:
    from itareport.actions import build

    how, convert = _how(options), _converter() if options.pdf else None
    with Progress(quiet=options.json) as progress:
        built = build.reports(options.files, build.Run(Path(options.out), how, convert, progress))
    return _shown(built, options, show.of_files(built, verbose=options.verbose))


def _forms(options: argparse.Namespace) -> int:
    from itareport import batch
    from itareport.batch import agency_forms, file_names
    from itareport.terminal import batch_result

    files, out = [Path(file) for file in options.files], Path(options.out)
    with Progress(quiet=options.json or not sys.stderr.isatty()) as progress:
        given = agency_forms.give(files, out, _how(options), progress, jobs=batch.cores())
    return _shown(given, options, batch_result.forms(given, out / file_names.FORMS))


def _batch(options: argparse.Namespace) -> int:
    if options.forms:
        return _forms(options)
    from itareport import batch
    from itareport.terminal import batch_result

    request = batch.Request(
        Path(options.out),
        _how(options),
        pdf=options.pdf,
        fresh=options.fresh,
        only_failed=options.only == "failed",
        expecting=_path(options.expect),
    )
    with Progress(quiet=options.json) as progress:
        told = BatchProgress(progress)
        files, where = [Path(file) for file in options.files], (options.jobs, options.cluster)
        try:
            result = batch.run(files, request, told, jobs=where[0], cluster=where[1])
        except BaseException:
            if told.counts:
                print(f"\n{batch_result.stopped(told.counts)}", file=sys.stderr)
            raise
    if options.json:
        show.as_document(batch_result.facts(result))
    else:
        show.lines(batch_result.lines(result, request.out))
    return batch_result.status(result)


def _serve(options: argparse.Namespace) -> int:
    from itareport import web

    serving = web.Serving(
        Path(options.folder),
        _how(options),
        port=options.port,
        host=options.host,
        password=_password() if options.host else "",
        opens=options.open,
    )
    web.serve(serving, lambda address, idle: show.lines(show.served(address, idle)))
    show.lines(["ปิดโปรแกรมแล้ว สิ่งที่กรอกบันทึกครบแล้ว"])
    return ExitStatus.OK


def _password() -> str:
    """Ask for the password that others must know; from a pipe, its first line."""
    if sys.stdin.isatty():
        return getpass.getpass("ตั้งรหัสผ่านสำหรับเครื่องอื่น: ")
    return sys.stdin.readline().rstrip("\r\n")


def _draft(options: argparse.Namespace) -> int:
    from itareport.actions import draft_copy

    (file,) = map(Path, options.files)
    out, refresh = _path(options.out), options.refresh
    drafted = draft_copy.copy(file, out, _catalogues(options), refresh=refresh)
    is_made = bool(drafted.outputs) or not drafted.exit_status
    show.problems(drafted.problems, stream=sys.stderr if is_made else sys.stdout, file=file.name)
    if is_made:
        show.lines(show.drafted(drafted))
    return drafted.exit_status


def _new(options: argparse.Namespace) -> int:
    from itareport.actions import catalogues, convert

    year, out, own = catalogues.year(options.year), _path(options.out), _catalogues(options)
    if options.wide:
        table = convert.new_wide(year, options.province, out, own)
        show.lines(f"สร้างตารางหลายหน่วยงานปี {year} ไว้ที่ {target}" for target in table.outputs)
        return table.exit_status
    made = convert.new(year, options.agency, options.province, out, own)
    show.lines(show.created(made, year))
    return made.exit_status


def _convert(options: argparse.Namespace) -> int:
    from itareport.actions import convert

    made = convert.convert(Path(options.source), Path(options.target), _catalogues(options))
    show.problems(made.problems, stream=sys.stderr)
    show.lines(f"แปลงข้อมูลไว้ที่ {target}" for target in made.outputs)
    return made.exit_status


def _doctor(options: argparse.Namespace) -> int:
    from itareport.actions import doctor

    found = doctor.machine(Path(options.out))
    return _shown(found, options, show.machine(found))


def _catalogue(options: argparse.Namespace) -> int:
    from itareport.actions import catalogues

    if options.action == "list":
        show.lines(map(str, catalogues.known().years))
        return ExitStatus.OK
    year = catalogues.year_or_kinds(options.year)
    if options.action == "show":
        show.lines([catalogues.show(year).text])
        return ExitStatus.OK
    made = catalogues.export(year, Path(options.file))
    what = f"แค็ตตาล็อกปี {year} " if year else "ประเภทหน่วยงาน"
    show.lines(f"ส่งออก{what}ไว้ที่ {target}" for target in made.outputs)
    return made.exit_status


def _template(options: argparse.Namespace) -> int:
    from itareport.actions import own_template

    if options.action == "words":
        found = own_template.words()
        return _shown(found, options, show.template_words(found))
    made = own_template.export(Path(options.file))
    show.lines(f"ส่งออกแม่แบบของโปรแกรมไว้ที่ {target}" for target in made.outputs)
    return made.exit_status


def _schema(options: argparse.Namespace) -> int:
    from itareport.actions import schema

    show.as_document(schema.schema(_catalogues(options)))
    return ExitStatus.OK


def _shown(outcome: Outcome, options: argparse.Namespace, lines: Iterable[str]) -> int:
    """Show an outcome as JSON or as lines, and return its status."""
    if options.json:
        show.as_document(outcome)
    else:
        show.lines(lines)
    return outcome.exit_status


def _how(options: argparse.Namespace) -> prepare.Options:
    from itareport.actions import prepare

    return prepare.Options(
        template=_path(options.template),
        catalogues=_catalogues(options),
        digits=options.digits,
        graph=options.graph or "",
    )


def _catalogues(options: argparse.Namespace) -> tuple[Path, ...]:
    return tuple(map(Path, options.catalogue))


def _path(typed: str | None) -> Path | None:
    return Path(typed) if typed else None


def _converter() -> Callable[[bytes], bytes]:
    from itareport.pdf import ways

    return ways.to_pdf


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "build": _build,
    "batch": _batch,
    "serve": _serve,
    "draft": _draft,
    "new": _new,
    "convert": _convert,
    "doctor": _doctor,
    "catalogue": _catalogue,
    "template": _template,
    "schema": _schema,
}
