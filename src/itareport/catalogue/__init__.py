"""What one fiscal year asks for; reads and validates its YAML.

A catalogue is one whole file a fiscal year (Buddhist), with no inheritance: the next year's is
made from a copy.  Every group of facts says where it comes from and whether a published source
was seen (`verified`).
"""

from __future__ import annotations

from itareport.catalogue.files import export, known_years, load, read, read_file
from itareport.catalogue.rows import (
    Indicator,
    Issue,
    Item,
    Level,
    SubIndicator,
    Tool,
    Wording,
)
from itareport.catalogue.show import overview
from itareport.catalogue.year import Catalogue, ToolPart

__all__ = [
    "Catalogue",
    "Indicator",
    "Issue",
    "Item",
    "Level",
    "SubIndicator",
    "Tool",
    "ToolPart",
    "Wording",
    "export",
    "known_years",
    "load",
    "overview",
    "read",
    "read_file",
]
