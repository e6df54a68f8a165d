"""The full name of an agency, and the word for an agency of no known kind."""

from __future__ import annotations

OTHER = "หน่วยงานอื่น"
"""The kind of an agency that is none of the known kinds; its name is then its full name."""


def full_name(kind: str, name: str) -> str:
    """Join kind and name as the cover prints them; an agency of no known kind has a name alone."""
    return name if kind == OTHER else f"{kind}{name}"
