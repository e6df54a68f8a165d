"""Checks of figures: scores, indicators, totals, levels and groups; pure."""
