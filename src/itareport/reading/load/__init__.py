"""A file -> Report and places; Pydantic's complaints -> problems."""

from itareport.reading.load.data_files import (
    WORKBOOKS,
    Loaded,
    data_of,
    load,
    load_bytes,
    load_document,
)
from itareport.reading.load.partial import Part

__all__ = ["WORKBOOKS", "Loaded", "Part", "data_of", "load", "load_bytes", "load_document"]
