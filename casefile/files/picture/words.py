"""A picture of a family in words: each person with their ties and home, then each tie; what a list reads aloud."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from casefile.files.picture.model import Basis, Family, Someone, Tie, TieKind
from casefile.record.dates import long_date

_BASES = {
    Basis.HAPPENED: "as it was that day, by all that is known now",
    Basis.KNOWN: "as police knew it that day",
}


def title_of(family: Family) -> str:
    """Which day is shown, and by what."""
    return f"The family on {long_date(family.day)}, {_BASES[family.basis]}"


def person_line(family: Family, person: Someone) -> str:
    """One person: ``Kayla Marsh, 7, subject child; mother Dana Marsh; lives at 12 …``."""
    parts = [", ".join(_who(person))]
    together: dict[str, list[str]] = {}
    for words, other, doubt in _stands(family, person.id):
        together.setdefault(words, []).append(f"{family.by_id[other].name}{doubt}")
    parts += [f"{words} {', '.join(names)}" for words, names in together.items()]
    parts += list(_homes(family, person.id))
    if person.elsewhere:
        parts.append(f"also in {', '.join(person.elsewhere)}")
    return "; ".join(parts)


def _who(person: Someone) -> Iterator[str]:
    yield person.name
    if person.age:
        yield person.age
    elif person.unborn:
        yield person.born or "unborn"
    if person.died_on is not None:
        yield f"died {long_date(person.died_on)}"
    yield from (one.lower() if one.split()[0].isalpha() else one for one in person.roles)
    if person.concern:
        yield "a person of concern"
    if not person.verified:
        yield "not verified"


def _stands(family: Family, person: UUID) -> Iterator[tuple[str, UUID, str]]:
    """Whom this person has as parents, whom they live with as a couple, whose parent they are, then all others."""
    order = {TieKind.PARENT: 0, TieKind.COUPLE: 1, TieKind.SIBLING: 3, TieKind.OTHER: 4}
    found: list[tuple[int, str, UUID, str]] = []
    for tie in family.ties:
        doubt = "" if tie.verified else " (from the roles in the file)" if tie.implied else " (not verified)"
        if tie.other == person:
            found.append((order[tie.kind], couple_words(tie) or tie.words, tie.one, doubt))
        elif tie.one == person:
            at = 2 if tie.kind is TieKind.PARENT else order[tie.kind]
            found.append((at, couple_words(tie) or f"{tie.words} of", tie.other, doubt))
    for _, words, other, doubt in sorted(found, key=lambda one: one[0]):
        yield words, other, doubt


def couple_words(tie: Tie) -> str:
    """What a couple is now; nothing for other ties."""
    if tie.kind is not TieKind.COUPLE:
        return ""
    if tie.nature == "married":
        return {"": "married to", "separated": "separated from", "divorced": "formerly married to"}[tie.ended]
    return "former partner of" if tie.ended else "partner of"


def _homes(family: Family, person: UUID) -> Iterator[str]:
    for stay in family.stays:
        if stay.person == person:
            verb = "lives at" if stay.lives else "comes and goes at"
            how = f", {stay.how[0].lower()}{stay.how[1:]}" if stay.how else ""
            doubt = "" if stay.verified else ", not verified"
            yield f"{verb} {stay.address} ({family.letters[stay.address]}{how}{doubt})"


def tie_line(family: Family, tie: Tie) -> str:
    """One tie in a sentence: ``Dana Marsh, mother of Kayla Marsh. Verified by police.``."""
    one, other = family.by_id[tie.one].name, family.by_id[tie.other].name
    said = couple_words(tie) or f"{tie.words} of"
    when = " ".join(
        part
        for part in (
            f"from {long_date(tie.since)}" if tie.since else "",
            f"until {long_date(tie.until)}" if tie.until else "",
        )
        if part
    )
    sure = "Verified by police." if tie.verified else "Not verified."
    if tie.implied:
        sure = "Not recorded: it follows from their roles in the file."
    return f"{one}, {said} {other}{f', {when}' if when else ''}. {sure}"


def told_of(family: Family, askew: tuple[Tie, ...]) -> tuple[str, ...]:
    """The whole picture in words: people, households, ties, and what could not be drawn."""
    lines = [person_line(family, one) for one in family.people]
    for name, address, members in family.households:
        said = ", ".join(family.by_id[one].name for one in members)
        lines.append(f"{name}: {address}. {said or 'Nobody of the picture lives there.'}")
    lines += [tie_line(family, one) for one in family.ties]
    lines += [f"Cannot be drawn, because it contradicts the rest: {tie_line(family, one)}" for one in askew]
    return tuple(lines)
