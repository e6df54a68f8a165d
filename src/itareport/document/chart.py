"""Indicator scores to a native Word chart: the chart part and its embedded workbook.

The chart stays editable in Word.  The score stands in each category's label, because the data
labels of a radar of ten axes lie on the category labels.  The same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from html import escape  # xml.sax.saxutils loads urllib and ssl with it
from typing import Literal

from itareport.files import opc

Kind = Literal["radar", "bar"]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FONT = "TH Sarabun New"
_INK, _LINE, _GRID = "262626", "1F4E79", "BFBFBF"
_BEFORE = "A6A6A6"
"""The grey of a year before."""
_CATEGORY_AXIS, _VALUE_AXIS = "510010001", "510010002"


@dataclass(frozen=True, slots=True)
class Series:
    """The scores (0-100) of one year, one a label; None where a label has none."""

    name: str
    scores: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """What the chart shows: a score of each series a label, words and digits as printed."""

    kind: Kind
    title: str
    series: tuple[Series, ...]
    """The last is the year of the report; before it may stand another, in grey."""
    labels: tuple[str, ...]
    alternative_text: str
    thai_digits: bool


@dataclass(frozen=True, slots=True)
class ChartParts:
    """The two parts of a package that make a chart."""

    xml: bytes
    workbook: bytes


def parts(graph: Graph) -> ChartParts:
    """Make the chart part (relationship rId1 names the workbook) and the workbook."""
    return ChartParts(_chart_space(graph).encode(), _workbook(graph))


def _chart_space(graph: Graph) -> str:
    plot = _radar(graph) if graph.kind == "radar" else _bar(graph)
    return (
        f"{_HEAD}<c:chartSpace"
        ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<c:date1904 val="0"/><c:lang val="th-TH"/><c:roundedCorners val="0"/>'
        f"<c:chart>{_title(graph.title)}"
        f'<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>{plot}</c:plotArea>{_legend(graph)}'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></c:spPr>"
        f"{_text(1200)}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _run_properties(tag: str, size: int, *, bold: bool = False) -> str:
    weight = ' b="1"' if bold else ' b="0"'
    return (
        f'<a:{tag} lang="th-TH" sz="{size}"{weight}>'
        f'<a:solidFill><a:srgbClr val="{_INK}"/></a:solidFill>'
        f'<a:latin typeface="{_FONT}"/><a:cs typeface="{_FONT}"/></a:{tag}>'
    )


def _text(size: int) -> str:
    properties = _run_properties("defRPr", size).replace(' lang="th-TH"', "")
    return (
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{properties}</a:pPr>"
        '<a:endParaRPr lang="th-TH"/></a:p></c:txPr>'
    )


def _title(title: str) -> str:
    return (
        "<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p>"
        f"<a:r>{_run_properties('rPr', 1400, bold=True)}<a:t>{escape(title)}</a:t></a:r>"
        '</a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
    )


def _legend(graph: Graph) -> str:
    """Return the key to the lines where there are several."""
    if len(graph.series) == 1:
        return ""
    side = "r" if graph.kind == "bar" else "b"  # below bars it would cost every second label
    return f'<c:legend><c:legendPos val="{side}"/><c:overlay val="0"/>{_text(1200)}</c:legend>'


def _all_series(graph: Graph, look: Callable[[str], str]) -> str:
    """Return every series of the chart, each drawn by `look` in its colour."""
    last = len(graph.series) - 1
    return "".join(
        _series(graph, index, look(_LINE if index == last else _BEFORE))
        for index in range(last + 1)
    )


def _series(graph: Graph, index: int, look: str) -> str:
    count, series, column = len(graph.labels), graph.series[index], "BC"[index]
    labels = "".join(
        f'<c:pt idx="{i}"><c:v>{escape(label)}</c:v></c:pt>' for i, label in enumerate(graph.labels)
    )
    scores = "".join(
        f'<c:pt idx="{i}"><c:v>{score}</c:v></c:pt>'
        for i, score in enumerate(series.scores)
        if score is not None
    )
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>'
        f"<c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f>"
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(series.name)}</c:v></c:pt>'
        f"</c:strCache></c:strRef></c:tx>{look}"
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${count + 1}</c:f>"
        f'<c:strCache><c:ptCount val="{count}"/>{labels}</c:strCache></c:strRef></c:cat>'
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${count + 1}</c:f>"
        f'<c:numCache><c:formatCode>0.00</c:formatCode><c:ptCount val="{count}"/>{scores}'
        "</c:numCache></c:numRef></c:val></c:ser>"
    )


def _solid_line(colour: str, width: int) -> str:
    return f'<a:ln w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln>'


def _radar(graph: Graph) -> str:
    return (
        '<c:radarChart><c:radarStyle val="marker"/><c:varyColors val="0"/>'
        f"{_all_series(graph, _marked_line)}{_axis_ids()}</c:radarChart>"
        f"{_axes(graph, 'b', 'minMax')}"
    )


def _marked_line(colour: str) -> str:
    return (
        f"<c:spPr>{_solid_line(colour, 28575)}</c:spPr>"
        f'<c:marker><c:symbol val="circle"/><c:size val="6"/><c:spPr><a:solidFill>'
        f'<a:srgbClr val="{colour}"/></a:solidFill>{_solid_line(colour, 9525)}</c:spPr></c:marker>'
    )


def _bar(graph: Graph) -> str:
    return (
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{_all_series(graph, _filled)}<c:gapWidth val="45"/>{_axis_ids()}</c:barChart>'
        f"{_axes(graph, 'l', 'maxMin')}"
    )


def _filled(colour: str) -> str:
    return (
        f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr>'
        '<c:invertIfNegative val="0"/>'
    )


def _axis_ids() -> str:
    return f'<c:axId val="{_CATEGORY_AXIS}"/><c:axId val="{_VALUE_AXIS}"/>'


def _axes(graph: Graph, category_side: str, category_order: str) -> str:
    digits = "[$-D00041E]0" if graph.thai_digits else "0"
    value_side, crosses = ("l", "autoZero") if category_side == "b" else ("b", "max")
    grid = f"<c:majorGridlines><c:spPr>{_solid_line(_GRID, 6350)}</c:spPr></c:majorGridlines>"
    ticks = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
    line = f"<c:spPr>{_solid_line(_GRID, 6350)}</c:spPr>"
    return (
        f'<c:catAx><c:axId val="{_CATEGORY_AXIS}"/>'
        f'<c:scaling><c:orientation val="{category_order}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{category_side}"/><c:numFmt formatCode="General" sourceLinked="0"/>{ticks}'
        f'{line}{_text(1300)}<c:crossAx val="{_VALUE_AXIS}"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>'
        '<c:max val="100"/><c:min val="0"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{value_side}"/>{grid}'
        f'<c:numFmt formatCode="{digits}" sourceLinked="0"/>{ticks}{line}{_text(1100)}'
        f'<c:crossAx val="{_CATEGORY_AXIS}"/><c:crosses val="{crosses}"/>'
        '<c:crossBetween val="between"/><c:majorUnit val="20"/></c:valAx>'
    )


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORKBOOK_PARTS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
}


def _workbook(graph: Graph) -> bytes:
    names = "".join(_string(f"{c}1", one.name) for c, one in zip("BC", graph.series, strict=False))
    rows = [f'<row r="1">{_string("A1", "")}{names}</row>']
    for row, label in enumerate(graph.labels, start=2):
        numbers = "".join(
            f'<c r="{column}{row}"><v>{score}</v></c>'
            for column, one in zip("BC", graph.series, strict=False)
            if (score := one.scores[row - 2]) is not None
        )
        rows.append(f'<row r="{row}">{_string(f"A{row}", label)}{numbers}</row>')
    sheet = (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><cols><col min="1" max="1" width="45" customWidth="1"/>'
        f"</cols><sheetData>{''.join(rows)}</sheetData></worksheet>"
    )
    made = opc.packed("xl/worksheets/sheet1.xml", sheet.encode(), opc.QUICK)
    return opc.join([*_same_in_every_workbook(), made])


@cache
def _same_in_every_workbook() -> tuple[opc.Packed, ...]:
    return tuple(opc.packed(name, text.encode()) for name, text in _WORKBOOK_PARTS.items())


def _string(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
