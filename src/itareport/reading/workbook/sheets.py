"""The layout of the workbook of a year: every field of the data has its cell; pure."""

from __future__ import annotations

from itareport.ita.catalogue import Catalogue
from itareport.reading.workbook import forms, tables
from itareport.reading.workbook.layout import Layout


def layout_of(catalogue: Catalogue) -> Layout:
    """Return the layout of the catalogue's year."""
    year = catalogue.fiscal_year
    return Layout(
        fiscal_year=year,
        agency=forms.agency(catalogue),
        result=forms.result(catalogue),
        scores=tables.scores(),
        paste=tables.paste(),
        plan=tables.plan(year),
        signatures=tables.signatures(),
    )
