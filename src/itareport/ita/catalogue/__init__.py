"""What one fiscal year asks for, and the kinds of agency; reads and validates their YAML.

A catalogue is one whole file a fiscal year (Buddhist), with no inheritance: the next year's is
made from a copy.  Every group of facts says where it comes from and whether a published source
was seen (`verified`).
"""

from __future__ import annotations

from itareport.ita.catalogue.catalogue_files import (
    export,
    known_years,
    load,
    packaged_kinds,
    read,
    read_file,
)
from itareport.ita.catalogue.kinds import AgencyKind, Family, Kinds
from itareport.ita.catalogue.offices import Own, own
from itareport.ita.catalogue.overview import overview
from itareport.ita.catalogue.sections import (
    Indicator,
    Issue,
    Item,
    Level,
    SubIndicator,
    Tool,
    Wording,
)
from itareport.ita.catalogue.year import Catalogue, ToolPart

__all__ = [
    "AgencyKind",
    "Catalogue",
    "Family",
    "Indicator",
    "Issue",
    "Item",
    "Kinds",
    "Level",
    "Own",
    "SubIndicator",
    "Tool",
    "ToolPart",
    "Wording",
    "export",
    "known_years",
    "load",
    "overview",
    "own",
    "packaged_kinds",
    "read",
    "read_file",
]
