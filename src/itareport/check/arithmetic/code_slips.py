"""Mistyped codes: guess which missing code a doubled or unknown code is meant for; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from itareport.ita.catalogue import Catalogue
from itareport.ita.model import QuestionScore

_LOOKALIKES = {"l": "i"}
"""Letters that are read off paper for another: a small L for the i of IIT."""


def lookalike(code: str) -> str:
    """Return the code with a misread letter corrected, `i1` for `l1`; any other as it is."""
    return _LOOKALIKES.get(code[0], code[0]) + code[1:]


def pairs(wrong: Iterable[str], missing: Collection[str]) -> dict[str, str]:
    """Pair the codes that are wrong with those that are missing from the same list.

    A misread letter decides; otherwise both must be the only ones of their letter.
    """
    left = list(dict.fromkeys(wrong))
    alike = {code: lookalike(code) for code in left}
    found = {code: like for code, like in alike.items() if like != code and like in missing}
    left = [code for code in left if code not in found]
    gaps = [code for code in missing if code not in found.values()]
    letters, of_gaps = Counter(code[0] for code in left), Counter(code[0] for code in gaps)
    for code in left:
        if letters[code[0]] == of_gaps[code[0]] == 1:
            found[code] = next(gap for gap in gaps if gap[0] == code[0])
    return found


def numbers(wrong: Iterable[int], missing: Collection[int]) -> dict[int, int]:
    """Pair the one number that is wrong with the one that is missing."""
    alone = set(wrong)
    return {alone.pop(): next(iter(missing))} if len(alone) == len(missing) == 1 else {}


def meant(scores: Sequence[QuestionScore], catalogue: Catalogue) -> dict[int, str]:
    """Guess which missing code a row of scores is meant for, by the row's place."""
    rows: dict[str, list[int]] = {}
    for place, row in enumerate(scores):
        rows.setdefault(row.code, []).append(place)
    missing = [code for code in catalogue.codes if code not in rows]
    found = _doubled(scores, rows, missing)
    wrong = {code: at[0] for code, at in rows.items() if not catalogue.item(code) and len(at) == 1}
    for code, place in wrong.items():
        near = [gap for gap in _left(missing, found) if gap in _expected(scores, place)]
        if len(near) == 1 and near[0][0] == lookalike(code)[0]:
            found[place] = near[0]
    others = [code for code, place in wrong.items() if place not in found]
    for code, gap in pairs(others, _left(missing, found)).items():
        found[wrong[code]] = gap
    return found


def _left(missing: Iterable[str], found: Mapping[int, str]) -> list[str]:
    return [code for code in missing if code not in found.values()]


def _doubled(
    scores: Sequence[QuestionScore], rows: Mapping[str, list[int]], missing: Collection[str]
) -> dict[int, str]:
    """Guess which missing code the second row of a doubled code is meant for.

    The row before or after decides (`e3 e3 e8`: the second is e7); or that nothing else of the
    tool is missing, where the two rows do not even have one score.
    """
    found: dict[int, str] = {}
    for code, places in rows.items():
        if len(places) != 2:
            continue
        absent = [gap for gap in missing if gap[0] == code[0]]
        around = [gap for gap in absent if gap in _expected(scores, places[1])]
        first, second = (scores[place].known for place in places)
        candidates = around or (absent if first != second else [])
        if len(candidates) == 1 and candidates[0] not in found.values():
            found[places[1]] = candidates[0]
    return found


def _expected(scores: Sequence[QuestionScore], place: int) -> set[str]:
    """Return the codes that a row's neighbours suggest for it."""
    near = [(place - 1, 1), (place + 1, -1)]
    return {
        f"{scores[i].code[0]}{int(scores[i].code[1:]) + step}"
        for i, step in near
        if 0 <= i < len(scores)
    }
