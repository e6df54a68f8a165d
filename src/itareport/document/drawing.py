"""Pictures and charts to DrawingML and the parts of the package behind it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from html import escape

from itareport.document import chart

EMU_PER_CM = 360_000
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    f' xmlns:r="{_OFFICE}"'
)
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it goes into the package; width and height in pixels."""

    data: bytes
    extension: str  # png or jpeg
    width: int
    height: int


@dataclass(slots=True)
class Parts:
    """What drawings add to a package, collected while they are placed."""

    folder: str = "word/"
    """Of the part that holds the drawings; theirs go under it."""
    taken: set[str] = field(default_factory=set)
    """Names of parts, in small letters, and ids of relationships that the package holds already."""
    number: int = 0
    """The highest number of a drawing so far."""
    parts: dict[str, bytes] = field(default_factory=dict)
    relationships: list[tuple[str, str, str]] = field(default_factory=list)  # id, type, target
    defaults: dict[str, str] = field(default_factory=dict)  # extension to content type
    overrides: dict[str, str] = field(default_factory=dict)  # part name to content type

    def picture(self, source: Picture, name: str, box_cm: tuple[float, float], about: str) -> str:
        """Return a `w:drawing` of the picture fitted into a box (width, height in cm)."""
        scale = min(box_cm[0] / source.width, box_cm[1] / source.height)
        extent = _emu(source.width * scale, source.height * scale)
        target = self._free("media/{}." + source.extension, name)
        self.parts[f"{self.folder}{target}"] = source.data
        self.defaults[source.extension] = f"image/{source.extension}"
        number, relationship = self._relate("image", target)
        size = f'<a:ext cx="{extent[0]}" cy="{extent[1]}"/>'
        graphic = (
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch>'
            f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>{size}'
            '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData>"
        )
        return _inline(graphic, extent, number, about)

    def chart(self, graph: chart.Graph, size_cm: tuple[float, float]) -> str:
        """Return a `w:drawing` of a native chart, its workbook embedded."""
        made = chart.parts(graph)
        part = self._free("charts/{}.xml", "chart")
        workbook = self._free("embeddings/{}.xlsx", "Microsoft_Excel_Worksheet")
        name = part.rpartition("/")[2]
        self.parts[f"{self.folder}{part}"] = made.xml
        self.parts[f"{self.folder}charts/_rels/{name}.rels"] = _chart_relationships(workbook)
        self.parts[f"{self.folder}{workbook}"] = made.workbook
        self.defaults["xlsx"] = _SHEET_TYPE
        self.overrides[f"/{self.folder}{part}"] = _CHART_TYPE
        number, relationship = self._relate("chart", part)
        graphic = (
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f'<c:chart r:id="{relationship}"/></a:graphicData>'
        )
        return _inline(graphic, _emu(*size_cm), number, graph.alternative_text)

    def _relate(self, kind: str, target: str) -> tuple[int, str]:
        self.number += 1
        ids = (f"rIdItareport{n}" for n in itertools.count(1))
        relationship = next(id_ for id_ in ids if id_ not in self.taken)
        self.taken.add(relationship)
        self.relationships.append((relationship, f"{_OFFICE}/{kind}", target))
        return self.number, relationship

    def _free(self, pattern: str, name: str) -> str:
        """Return a part's name below the folder that nobody has, the plain one where it is free."""
        names = (pattern.format(f"{name}{n or ''}") for n in itertools.count())
        free = next(n for n in names if f"{self.folder}{n}".lower() not in self.taken)
        self.taken.add(f"{self.folder}{free}".lower())
        return free


def _chart_relationships(workbook: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/package" Target="../{workbook}"/>'
        "</Relationships>"
    ).encode()


def _emu(width_cm: float, height_cm: float) -> tuple[int, int]:
    return round(width_cm * EMU_PER_CM), round(height_cm * EMU_PER_CM)


def _inline(graphic: str, extent: tuple[int, int], number: int, about: str) -> str:
    return (
        f'<w:drawing {_NAMESPACES}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{extent[0]}" cy="{extent[1]}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="Drawing {number}" descr="{escape(about)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f"<a:graphic>{graphic}</a:graphic></wp:inline></w:drawing>"
    )
