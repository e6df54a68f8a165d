"""Untrusted YAML and JSON -> plain data with places.

Only the events of a YAML parser are used: its composer follows aliases without end, turns `010`
into 8 and `no` into False, and crashes on 200 kB of `[`.
"""

from itareport.plain.decoding import MAX_BYTES
from itareport.plain.events import read
from itareport.plain.jsontext import read_json
from itareport.plain.tree import MAX_DEPTH, MAX_VALUES, Line, PlainData, Tree

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_VALUES",
    "Line",
    "PlainData",
    "Tree",
    "read",
    "read_json",
]
