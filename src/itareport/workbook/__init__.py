"""The clerk's workbook, read and written; the only door to openpyxl.

Reading needs no openpyxl: its own streaming of the XML keeps stored values, exact decimals and
the limits on hostile files, and is ten times as fast.
"""

from __future__ import annotations

from itareport.catalogue import Catalogue
from itareport.workbook.reading import read
from itareport.workbook.values import Tree

__all__ = ["new", "parted", "read", "write"]


def new(catalogue: Catalogue, agency_name: str = "", province: str = "") -> bytes:
    """Return a workbook to fill, with what its agency's name tells."""
    from itareport.workbook import starting

    return write(starting.data(catalogue, agency_name, province), catalogue)


def write(tree: Tree, catalogue: Catalogue) -> bytes:
    """Return the workbook of a report from its plain data, losing nothing.

    Raises:
        ItaReportError: D400, D401: what no cell can hold.
    """
    from itareport.workbook import writing

    return writing.write(tree, catalogue)


def parted(agency_name: str) -> tuple[str, str]:
    """Return kind and name of an agency from its whole name."""
    from itareport.workbook import starting

    return starting.parted(agency_name)
