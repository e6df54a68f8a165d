"""The wide table: many agencies, one a row; read from .xlsx and .csv, and written to be filled."""

from itareport.workbook.wide.reading import TEXTS, is_wide, read
from itareport.workbook.wide.table import Agency, Table

__all__ = ["TEXTS", "Agency", "Table", "is_wide", "read"]
