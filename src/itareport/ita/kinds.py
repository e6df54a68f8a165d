"""Kinds of agency with their short forms, titles of office and usual units."""

from __future__ import annotations

from dataclasses import dataclass

OTHER = "หน่วยงานอื่น"
"""The kind of an agency that is none of the known kinds; its name is then its full name."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of local government; `executive` and `secretary` are followed by the name."""

    name: str
    abbreviation: str
    executive: str
    secretary: str
    units: tuple[str, ...]
    has_district: bool = True


_TESSABAN = (
    "สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง", "กองการศึกษา", "กองสาธารณสุขและสิ่งแวดล้อม",
    "กองยุทธศาสตร์และงบประมาณ", "หน่วยตรวจสอบภายใน",
)  # fmt: skip

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("เทศบาลตำบล", "ทต.", "นายกเทศมนตรีตำบล", "ปลัดเทศบาลตำบล", _TESSABAN),
        Kind(
            "เทศบาลเมือง", "ทม.", "นายกเทศมนตรีเมือง", "ปลัดเทศบาลเมือง",
            (*_TESSABAN, "กองสวัสดิการสังคม"),
        ),
        Kind(
            "เทศบาลนคร", "ทน.", "นายกเทศมนตรีนคร", "ปลัดเทศบาลนคร",
            ("สำนักปลัดเทศบาล", "สำนักคลัง", "สำนักช่าง", "สำนักการศึกษา"),
        ),
        Kind(
            "องค์การบริหารส่วนตำบล", "อบต.", "นายกองค์การบริหารส่วนตำบล",
            "ปลัดองค์การบริหารส่วนตำบล",
            ("สำนักปลัดองค์การบริหารส่วนตำบล", "กองคลัง", "กองช่าง"),
        ),
        Kind(
            "องค์การบริหารส่วนจังหวัด", "อบจ.", "นายกองค์การบริหารส่วนจังหวัด",
            "ปลัดองค์การบริหารส่วนจังหวัด",
            ("สำนักปลัดองค์การบริหารส่วนจังหวัด", "กองคลัง", "กองช่าง"),
            has_district=False,
        ),
        Kind(
            "เมืองพัทยา", "เมืองพัทยา", "นายกเมืองพัทยา", "ปลัดเมืองพัทยา",
            ("สำนักปลัดเมืองพัทยา", "สำนักคลัง"),
        ),
    )
}  # fmt: skip


def full_name(kind: str, name: str) -> str:
    """Join kind and name as the cover prints them; an other agency's name stands alone."""
    return name if kind == OTHER else f"{kind}{name}"


def proper_name(full: str) -> str:
    """Return a full name without the kind of the agency."""
    for kind in sorted(KINDS, key=len, reverse=True):
        if full.startswith(kind) and full != kind:
            return full.removeprefix(kind)
    return full


def short_name(kind: str, name: str) -> str:
    """Join abbreviation and name for file names: ทต.ควนเสาธง; never on covers or signatures."""
    known = KINDS.get(kind)
    if known is None:
        return full_name(kind, name)
    return f"{known.abbreviation}{name}"
