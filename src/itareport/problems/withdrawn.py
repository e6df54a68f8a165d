"""Codes that were once in the table and are gone; they may never be used again.

A person may still have a message with such a code, and look for it in a newer docs/errors.md.
"""

WITHDRAWN = frozenset({"D219", "D274", "D275", "D281"})
