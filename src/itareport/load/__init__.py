"""A file -> Report and places; Pydantic's complaints -> problems."""

from itareport.load.files import Loaded, load, load_bytes
from itareport.load.labels import label
from itareport.load.partial import Part

__all__ = ["Loaded", "Part", "label", "load", "load_bytes"]
