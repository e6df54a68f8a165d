"""A file -> Report and places; Pydantic's complaints -> problems."""

from itareport.load.files import Loaded, load, load_bytes
from itareport.load.labels import label

__all__ = ["Loaded", "label", "load", "load_bytes"]
