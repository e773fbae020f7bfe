"""What speaks for and against an officer for a file: a sum of stated parts, each told in words. Pure.

Points of each part stand in ``resources/standards/allocation.toml``. A score orders a list; a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from casefile.standards import AllocationStandard
from casefile.workload.allocate.rows import Part
from casefile.workload.rows import count


@dataclass(frozen=True, slots=True)
class Offer:
    """A file offered to an officer, as the rule sees it.

    Attributes:
        points: What the file weighs.
        before: Points they carry without it.
        capacity: None for a role without one.
        files: Open files they have in that role, where points are not theirs.
        family: References of other files of theirs in which somebody of this family stands.
        knew: Whether they had this file before.
        team: The supervisor's team where it is theirs too, else "".
        areas: Boroughs or areas that they cover and where a child of the file lives.
        lacks: Accreditations that its work needs and that do not stand, in words.
        protected: Whether they are on probation and the file is at high risk or holds a serious allegation.
        declared: Conflicts of interest that they declared with somebody, in words.
    """

    points: int
    before: int
    capacity: int | None
    files: int = 0
    family: tuple[str, ...] = ()
    knew: bool = False
    team: str = ""
    areas: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    protected: bool = False
    declared: tuple[str, ...] = ()


LOAD = ("room", "over", "files")
"""Parts about how much somebody has; where many files move at once the solver sees to that itself."""


def parts_of(offer: Offer, standard: AllocationStandard, *, load: bool = True) -> tuple[Part, ...]:
    """Every part that counts, in the order of the standard; without *load* only those that are not about it."""
    found = {key: (number, said) for key, number, said in _found(offer) if number}
    told: list[Part] = []
    for key, part in standard.parts.items():
        if key in found and (load or key not in LOAD):
            number, said = found[key]
            points = part.points * number
            if part.most:
                points = max(-part.most, min(part.most, points))
            told.append(Part(key, part.title, said, number, part.points, points))
    return tuple(told)


def score_of(parts: tuple[Part, ...]) -> int:
    """The sum."""
    return sum(one.points for one in parts)


def _found(offer: Offer) -> Iterator[tuple[str, int, str]]:
    """Key, how many, and in words; a number of 0 counts for nothing."""
    if offer.capacity is not None:
        left = offer.capacity - offer.before - offer.points
        yield "room", max(left, 0), f"room for {count(left, 'point')} after it"
        yield "over", max(-left, 0), f"{count(-left, 'point')} over capacity with it"
    else:
        yield "files", offer.files, f"has {count(offer.files, 'file')} in that role"
    yield "family", int(bool(offer.family)), f"has the same family in {', '.join(offer.family)}"
    yield "before", int(offer.knew), "had this file before"
    yield "team", int(bool(offer.team)), f"is of {offer.team}, as its supervisor"
    yield "area", int(bool(offer.areas)), f"covers {', '.join(offer.areas)}"
    yield "lacks", len(offer.lacks), f"lacks {' and '.join(offer.lacks)}"
    yield "probation", int(offer.protected), "is on probation, and the file is grave"
    said = "; ".join(f"“{one}”" for one in offer.declared)
    yield "declared", int(bool(offer.declared)), f"declared a conflict of interest: {said}"


@dataclass(frozen=True, slots=True)
class Reach:
    """What may keep an officer from a file altogether.

    Attributes:
        name: The officer as shown.
        active: Whether they may sign in.
        away: Since when and until when they are away, in words; "" for who is there.
        handing_over: Reference of the hand-over by which they give files away; "" for none.
        may: Whether their role has the right that the role in the file needs.
        fits: Whether their role is one that is suggested for it.
        reader: Whether they may read the file.
        conflict: Words of a conflict of interest declared with this very file; "" for none.
        other: In what role they stand against it: its supervisor cannot be its officer, and the other way round.
    """

    name: str
    active: bool = True
    away: str = ""
    handing_over: str = ""
    may: bool = True
    fits: bool = True
    reader: bool = True
    conflict: str = ""
    other: str = ""


def barred(reach: Reach) -> str:
    """Why an officer may not be chosen at all, in a sentence; "" for whoever may."""
    name = reach.name
    if not reach.active:
        return f"{name} may no longer sign in."
    if not reach.may:
        return f"{name} has a role that cannot hold it so."
    if not reach.reader:
        return f"The file is restricted and {name} is not one of its named readers. Name them first."
    if reach.conflict:
        return f"{name} has declared a conflict of interest with this file: “{reach.conflict}”."
    if reach.other:
        return f"{name} is {reach.other} of this file: nobody supervises their own work."
    return ""


def against(reach: Reach) -> str:
    """Why an officer is not suggested, in a sentence; "" for whoever is. A supervisor may choose some of them anyhow."""
    if said := barred(reach):
        return said
    if reach.away:
        return f"{reach.name} is away {reach.away}."
    if reach.handing_over:
        return f"{reach.name} is handing files over ({reach.handing_over})."
    return ""


Holders = dict[str, UUID | None]
"""Who holds a file, by role."""
