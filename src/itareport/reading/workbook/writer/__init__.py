"""Plain data becomes a workbook: its sheets, lists, formulas, styles and guide."""
