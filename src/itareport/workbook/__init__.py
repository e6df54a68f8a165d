"""The clerk's workbook, read and written; the only door to openpyxl."""
