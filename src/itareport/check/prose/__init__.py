"""Checks of texts: what no text may hold, names, terms and quoted codes; pure."""
