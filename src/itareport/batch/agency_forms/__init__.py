"""Forms filled from the rows of a wide table: given to the agencies, and taken when they return."""

from itareport.batch.agency_forms.giving import give
from itareport.batch.agency_forms.returned import replace_rows

__all__ = ["give", "replace_rows"]
