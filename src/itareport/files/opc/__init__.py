"""OPC packages (.docx, .xlsx): opened within one set of limits, written canonically."""

from itareport.files.opc.package import FIXED, TYPES, Package, Relationship, read, relationships_of
from itareport.files.opc.packing import (
    NONE,
    QUICK,
    USUAL,
    Packed,
    is_canonical,
    join,
    packed,
    write,
)
from itareport.files.opc.parsing import (
    LARGE,
    BeyondLimitsError,
    Elements,
    Limit,
    Limits,
    LockedPackageError,
    NotAPackageError,
    parsed,
)

__all__ = [
    "FIXED",
    "LARGE",
    "NONE",
    "QUICK",
    "TYPES",
    "USUAL",
    "BeyondLimitsError",
    "Elements",
    "Limit",
    "Limits",
    "LockedPackageError",
    "NotAPackageError",
    "Package",
    "Packed",
    "Relationship",
    "is_canonical",
    "join",
    "packed",
    "parsed",
    "read",
    "relationships_of",
    "write",
]
