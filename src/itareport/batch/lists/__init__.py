"""The lists of a run for people, made from its journal: summary.xlsx, and a letter an agency."""
