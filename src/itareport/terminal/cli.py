"""Arguments in, words and exit status out."""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import logging
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from itareport.problems import ExitStatus, ItaReportError, exit_status, problem
from itareport.terminal import arguments, show

if TYPE_CHECKING:
    from itareport.actions import prepare


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (docs/errors.md)."""
    gc.set_threshold(200_000, 20, 100)  # imports live to the end: collecting them costs a tenth
    _speak_utf8()
    with _stop_on_terminate():
        try:
            _log_to_stderr(argv)
            options = arguments.parser().parse_args(argv)
            return _COMMANDS[options.command](options)
        except SystemExit as stop:  # argparse has printed its help, or what is wrong
            with show.reader_may_leave():
                return int(stop.code or 0)
        except ItaReportError as error:
            show.problems(error.problems, stream=sys.stderr)
            return error.exit_status
        except KeyboardInterrupt:
            print("หยุดตามคำสั่งของผู้ใช้ ไฟล์ที่เสร็จแล้วใช้ได้ครบถ้วน", file=sys.stderr)
            return ExitStatus.STOPPED
        except Exception:
            return _our_fault(argv)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


@contextlib.contextmanager
def _stop_on_terminate() -> Iterator[None]:
    """Treat SIGTERM as Ctrl-C, so that LibreOffice and temporary files are cleared away."""

    def stop(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not the main thread: the caller keeps its own handlers
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


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
    return show.outcomes([_checked(Path(file), options) for file in options.files], options)


def _checked(file: Path, options: argparse.Namespace) -> show.Outcome:
    from itareport.actions import prepare
    from itareport.reading import load

    own = tuple(map(Path, options.catalogue))
    checked = prepare.check_file(file, prepare.Options(catalogues=own))
    problems = checked.problems
    if options.annotate and file.suffix.lower() not in load.WORKBOOKS:
        problems += (problem("O631", file=file.name),)
    if checked.workbook is None:
        return show.Outcome(str(file), problems)
    from itareport.actions import annotate

    elements, outputs = annotate.elements(checked.workbook, own), []
    if options.annotate and elements:
        try:
            outputs = [str(annotate.copy(file, checked.workbook, problems, elements))]
        except ItaReportError as error:
            problems += error.problems
    return show.Outcome(str(file), problems, outputs, elements=elements)


def _how(options: argparse.Namespace) -> prepare.Options:
    from itareport.actions import prepare

    return prepare.Options(
        template=Path(options.template) if options.template else None,
        catalogues=tuple(map(Path, options.catalogue)),
        digits=options.digits,
        graph=options.graph or "",
    )


def _build(options: argparse.Namespace) -> int:
    from itareport.actions import build

    how = _how(options)
    outcomes: list[show.Outcome] = []
    with show.Progress(quiet=options.json) as progress:
        run = build.Run(Path(options.out), how, _converter() if options.pdf else None, progress)
        for file in options.files:
            built = build.report(Path(file), run)
            done = [str(path) for one in built.files for path in (one.docx, one.pdf) if path]
            outcomes.append(show.Outcome(file, built.problems, done, built.pages))
    return show.outcomes(outcomes, options)


def _batch(options: argparse.Namespace) -> int:
    from itareport import batch
    from itareport.terminal import tally

    request = batch.Request(
        Path(options.out),
        _how(options),
        pdf=options.pdf,
        fresh=options.fresh,
        only_failed=options.only == "failed",
    )
    with show.Progress(quiet=options.json) as progress:
        result = batch.run(
            [Path(file) for file in options.files],
            request,
            tally.Teller(progress),
            jobs=options.jobs,
            cluster=options.cluster,
        )
    return tally.result(result, request, options)


def _converter() -> Callable[[bytes], bytes]:
    from itareport.pdf import office

    return office.to_pdf


def _draft(options: argparse.Namespace) -> int:
    from itareport.actions import draft_copy, prepare

    file, out = Path(options.file), Path(options.out) if options.out else None
    how = prepare.Options(catalogues=tuple(map(Path, options.catalogue)))
    drafted = draft_copy.copy(file, out, how)
    if drafted.before is None or drafted.after is None:
        show.problems(drafted.problems, stream=sys.stdout, file=file.name)
        return exit_status(drafted.problems)
    if drafted.target is None:
        print("ไม่มีข้อวิเคราะห์หรือแผนที่ว่างอยู่ จึงไม่ได้เขียนไฟล์ใหม่")
    else:
        show.problems(drafted.problems, stream=sys.stderr)
        show.drafted(drafted.before, drafted.after, drafted.target)
    return ExitStatus.OK


def _new(options: argparse.Namespace) -> int:
    from itareport.actions import convert

    year, out = show.year(options.year), Path(options.out) if options.out else None
    own = [Path(file) for file in options.catalogue]
    if options.wide:
        made = convert.new_wide(year, options.province, out, own)
        print(f"สร้างตารางหลายหน่วยงานปี {year} ไว้ที่ {made}")
    else:
        made = convert.new(year, options.agency, options.province, out, own)
        print(f"สร้างแบบกรอกปี {year} ไว้ที่ {made}")
    return ExitStatus.OK


def _convert(options: argparse.Namespace) -> int:
    from itareport.actions import convert

    target = Path(options.target)
    own = [Path(file) for file in options.catalogue]
    found = convert.convert(Path(options.source), target, own)
    show.problems(found, stream=sys.stderr)
    print(f"แปลงข้อมูลไว้ที่ {target}")
    return ExitStatus.OK


def _doctor(options: argparse.Namespace) -> int:
    from itareport.actions import doctor

    return show.readiness(doctor.checks(Path(options.out)), options)


def _catalogue(options: argparse.Namespace) -> int:
    from itareport.files import output
    from itareport.ita import catalogue

    if options.action == "list":
        with show.reader_may_leave():
            print(*catalogue.known_years(), sep="\n")
        return ExitStatus.OK
    year = show.year(options.year)
    if options.action == "show":
        with show.reader_may_leave():
            print(catalogue.overview(catalogue.load(year)))
        return ExitStatus.OK
    target = Path(options.file)
    if output.is_there(target):
        raise ItaReportError(problem("O606", file=target.name))
    output.folder(target.parent)
    output.write(target, catalogue.export(year))
    print(f"ส่งออกแค็ตตาล็อกปี {year} ไว้ที่ {target}")
    return ExitStatus.OK


def _schema(options: argparse.Namespace) -> int:
    from itareport.actions import schema

    del options
    with show.reader_may_leave():
        print(json.dumps(schema.data_file(), ensure_ascii=False, indent=2))
    return ExitStatus.OK


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "build": _build,
    "batch": _batch,
    "draft": _draft,
    "new": _new,
    "convert": _convert,
    "doctor": _doctor,
    "catalogue": _catalogue,
    "schema": _schema,
}
