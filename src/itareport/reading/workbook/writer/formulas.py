"""What a sheet works out by itself: the total, what is filled, names of issues, colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl.formatting.rule import Rule

from itareport.ita import codes
from itareport.ita.catalogue import Catalogue
from itareport.ita.model import Kind
from itareport.reading.workbook import layout
from itareport.reading.workbook.layout import HEADER_ROW, Choice, Form, Key, Layout
from itareport.reading.workbook.writer import styles
from itareport.reading.workbook.writer.lists import Lists
from itareport.reading.workbook.writer.row_heights import height

FIRST = HEADER_ROW + 1


def add(sheets: Mapping[str, Any], plan: Layout, catalogue: Catalogue, offered: Lists) -> None:
    """Put formulas, facts of the year and colours into the filled sheets."""
    _total(sheets[layout.RESULT], plan.forms[layout.RESULT], catalogue, offered)
    for form in plan.forms.values():
        _colours_of_form(sheets[form.sheet], form)
    _names(sheets[layout.SCORES], catalogue)
    _colours_of_scores(sheets[layout.SCORES])
    _colours_of_plan(sheets[layout.PLAN])
    _issue_names(sheets[layout.PLAN], catalogue, offered)
    for row in range(FIRST, sheets[layout.SIGNATURES].max_row + 1):
        cell = sheets[layout.SIGNATURES].cell(row, 1)
        cell.value = row - HEADER_ROW
        styles.CENTRED.on(cell)


def _row_of(form: Form, label: str) -> int:
    return FIRST + [row.label for row in form.rows].index(label)


def _total(sheet: Any, form: Form, catalogue: Catalogue, offered: Lists) -> None:
    """Compute the total from the indicators, once all of them are filled."""
    rows = _cells_of_indicators(form, catalogue)
    official = f"B{FIRST}"
    cells = [official, *(cell for of_tool in rows.values() for cell in of_tool)]
    read = [f'=IFERROR({_number(layout.RESULT, cell)},"")' for cell in cells]
    as_number = dict(zip(cells, offered.compute("Y", read), strict=True))
    first, *_, last = (as_number[cell] for cell in cells[1:])
    every, count = f"{first}:{last.partition('!')[2]}", len(cells) - 1
    terms = "+".join(
        f"{tool.weight}*AVERAGE({','.join(as_number[cell] for cell in rows[tool.code])})"
        for tool in catalogue.tools.rows
        if tool.code in rows
    )
    computed, difference = (
        _row_of(form, label) for label in (layout.COMPUTED_LABEL, layout.DIFFERENCE_LABEL)
    )
    official = as_number[official]
    sheet[f"B{computed}"] = f'=IF(COUNT({every})={count},ROUND({terms},2),"")'
    sheet[f"B{difference}"] = (
        f'=IF(AND(ISNUMBER(B{computed}),ISNUMBER({official})),ROUND({official}-B{computed},2),"")'
    )
    for number in (computed, difference):
        for column in range(1, 5):
            styles.LABEL.on(sheet.cell(number, column))
        styles.FIGURE.on(sheet.cell(number, 2))
    wrong = f"AND(ISNUMBER(B{difference}),ABS(B{difference})>0.011)"
    _colour(sheet, f"A{difference}:D{difference}", wrong, styles.LOW)


def _cells_of_indicators(form: Form, catalogue: Catalogue) -> dict[str, list[str]]:
    """Return the cells of the scores of the indicators, by their tool."""
    cells: dict[str, list[str]] = {}
    for number, row in enumerate(form.rows, FIRST):
        field = row.fields[0] if row.fields else None
        if field and field.path[:2] == ("result", "indicators") and isinstance(field.path[2], Key):
            indicator = catalogue.indicator(int(dict(field.path[2].values)["no"]))
            if indicator:
                cells.setdefault(indicator.tool, []).append(f"B{number}")
    return cells


def _number(sheet: str, cell: str) -> str:
    """Return the formula of the number in a cell, which may be a text, also of Thai digits."""
    text = f"TRIM('{sheet}'!{cell})" if sheet else f"TRIM({cell})"
    for thai, arabic in (*zip("๐๑๒๓๔๕๖๗๘๙", "0123456789", strict=True), ("%", "")):
        text = f'SUBSTITUTE({text},"{thai}","{arabic}")'
    return f"VALUE({text})"


def _colours_of_form(sheet: Any, form: Form) -> None:
    for number, row in enumerate(form.rows, FIRST):
        field = row.fields[0] if row.fields else None
        if field is None:
            continue
        if row.label.endswith("*") or "indicators" in field.path:
            _colour(sheet, f"B{number}", f"ISBLANK(B{number})", styles.WANTED)
        if field.kind is Kind.SCORE and field.path[0] == "result":
            _bands(sheet, f"B{number}")


def _names(sheet: Any, catalogue: Catalogue) -> None:
    """Say beside each code its issue, its tool and what it is about."""
    for row in range(FIRST, sheet.max_row + 1):
        code = str(sheet.cell(row, 3).value or "")
        item, tool, issue = None, None, None
        if codes.read(code):
            item, tool = catalogue.item(code), catalogue.tool_of(code)
            issue = catalogue.issue_of(code)
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = issue and issue.no, tool and tool.code
        sheet.cell(row, 4).value = item and item.name
        styles.CENTRED.on(sheet.cell(row, 1))
        styles.CENTRED.on(sheet.cell(row, 2))
    last = sheet.max_row
    given = "+".join(f'({c}{FIRST}:{c}{last}<>"")' for c in "EFGH")
    sheet["A3"] = f'="กรอกแล้ว "&SUMPRODUCT(--({given}>0))&" จาก {last - HEADER_ROW} ข้อ"'
    styles.BOLD.on(sheet["A3"])
    sheet["A3"].alignment = styles.unwrapped()
    sheet.freeze_panes = f"E{FIRST}"


def _colours_of_scores(sheet: Any) -> None:
    last = sheet.max_row
    nothing = f'AND($C{FIRST}<>"",COUNTA($E{FIRST}:$H{FIRST})=0)'
    _colour(sheet, f"E{FIRST}:H{last}", nothing, styles.WANTED)
    _bands(sheet, f"E{FIRST}:G{last}")
    given = ",".join(f"IFERROR({_number('', f'${c}{FIRST}')},100)" for c in "EFG")
    low = f"AND(MIN({given})<100,ISBLANK($J{FIRST}))"
    _colour(sheet, f"J{FIRST}:J{last}", low, styles.WANTED)
    _colour(sheet, f"J{FIRST}:K{last}", f'$K{FIRST}="{layout.DRAFT}"', styles.DRAFTED)


def _colours_of_plan(sheet: Any) -> None:
    last = sheet.max_row
    for column in "CEFG":
        blank = f'AND($A{FIRST}<>"",ISBLANK({column}{FIRST}))'
        _colour(sheet, f"{column}{FIRST}:{column}{last}", blank, styles.WANTED)
    _colour(sheet, f"C{FIRST}:I{last}", f'$I{FIRST}="{layout.DRAFT}"', styles.DRAFTED)


def _issue_names(sheet: Any, catalogue: Catalogue, offered: Lists) -> None:
    """Look up the name of each issue; a row is as high as the name that it will show."""
    numbers = offered.ranges[Choice.ISSUES]
    names = f"{layout.LISTS}!{offered.put('J', (issue.name for issue in catalogue.issues.rows))}"
    shown = {issue.no: issue.name for issue in catalogue.issues.rows}
    wide = sheet.column_dimensions["B"].width
    for row in range(FIRST, sheet.max_row + 1):
        cell = sheet.cell(row, 2)
        cell.value = f'=IFERROR(INDEX({names},MATCH(A{row},{numbers},0)),"")'
        name = shown.get(sheet.cell(row, 1).value, "")
        sheet.row_dimensions[row].height = height(name, wide)
    sheet.freeze_panes = f"C{FIRST}"


def _bands(sheet: Any, cells: str) -> None:
    """Colour scores below 85, and those below 100."""
    first = cells.split(":", 1)[0]
    number = _number("", first)
    _colour(sheet, cells, f"IFERROR({number}<85,FALSE)", styles.LOW)
    _colour(sheet, cells, f"IFERROR({number}<100,FALSE)", styles.BELOW_FULL)


def _colour(sheet: Any, cells: str, when: str, color: str) -> None:
    rule = Rule(type="expression", dxf=styles.shaded(color), stopIfTrue=True, formula=[when])
    sheet.conditional_formatting.add(cells, rule)
