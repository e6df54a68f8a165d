"""An office's own files, catalogues and kinds of agency, beside what is packaged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from itareport.files import inputs
from itareport.ita.catalogue import kind_rules
from itareport.ita.catalogue.catalogue_files import load, packaged_kinds, placed, read_own
from itareport.ita.catalogue.kind_rules import KindsFile
from itareport.ita.catalogue.kinds import Kinds
from itareport.ita.catalogue.year import Catalogue
from itareport.problems import ItaReportError, Place, problem


@dataclass(frozen=True, slots=True)
class Own:
    """The kinds of agency, packaged and own, and an office's own catalogues."""

    kinds: Kinds
    years: Mapping[int, Catalogue]
    files: Mapping[int, str]
    """The name of the file of each year's own catalogue."""

    def year(self, fiscal_year: int) -> Catalogue:
        """Return the catalogue of a year: the office's own, or else the packaged one.

        Raises:
            ItaReportError: D110 where there is neither.
        """
        return self.years.get(fiscal_year) or load(fiscal_year)


def own(files: Iterable[Path], reader: inputs.Read = inputs.read) -> Own:
    """Read the files that an office names, in any order, and join them with the packaged kinds.

    Raises:
        ItaReportError: C229 where two catalogues are of one year; C231 to C233 where kinds do not
            fit together; and what `files.read_own` raises.
    """
    years: dict[int, Catalogue] = {}
    names: dict[int, str] = {}
    of_kinds: list[KindsFile] = []
    for file in files:
        found = read_own(file, reader)
        if isinstance(found, KindsFile):
            of_kinds.append(found)
            continue
        if found.fiscal_year in years:
            again = problem("C229", name=file.name, year=found.fiscal_year)
            raise ItaReportError(again.at(Place(file.name)))
        years[found.fiscal_year], names[found.fiscal_year] = found, file.name
    return Own(_joined(of_kinds), years, names)


def _joined(files: list[KindsFile]) -> Kinds:
    """Return the packaged kinds, replaced and completed by those of the files."""
    joined = packaged_kinds()
    for file in files:
        joined = joined.replaced_by(file.kinds)
    if clashes := list(kind_rules.clashes(files, joined)):
        raise ItaReportError(*(placed(one, file.places, file.name) for file, one in clashes))
    return joined
