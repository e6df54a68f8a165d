"""The wide table: many agencies, one a row; read from .xlsx and .csv, and written to be filled."""

from itareport.reading.workbook.wide import agency_list
from itareport.reading.workbook.wide.beside import Names
from itareport.reading.workbook.wide.drafting import drafted
from itareport.reading.workbook.wide.locate import TEXTS, is_table, read
from itareport.reading.workbook.wide.wide_table import AgencyRow, Table

__all__ = ["TEXTS", "AgencyRow", "Names", "Table", "agency_list", "drafted", "is_table", "read"]
