"""What stands below a symbol: the name in two lines at most, what somebody is to the file, and other files."""

from __future__ import annotations

from casefile.files.picture.model import Family, Someone

LINE = 12.5
"""Height of a line below a symbol."""
_LETTERS = 14
"""Letters of a line as wide as a person's box; what is longer is set narrower by whoever draws it."""


def lines_of(family: Family, person: Someone) -> tuple[str, ...]:
    """The lines below the symbol of one person."""
    return (*name_lines(person), *quiet_lines(family, person))


def quiet_lines(family: Family, person: Someone) -> tuple[str, ...]:
    """What somebody is to the file, whether they have died, other files, and where else they live or go."""
    found: list[str] = []
    roles = ", ".join(person.roles)
    if person.died_on is not None:
        roles = f"{roles}, died {person.died_on.year}" if roles else f"died {person.died_on.year}"
    if roles:
        found.append(roles)
    if len(person.elsewhere) == 1:
        found.append(f"also {person.elsewhere[0]}")
    elif person.elsewhere:
        found.append(f"also in {len(person.elsewhere)} files")
    stays = [one for one in family.stays if one.person == person.id]
    beside = stays if stays and not stays[0].lives else stays[1:]
    if beside:
        found.append(f"also at {', '.join(dict.fromkeys(family.letters[one.address] for one in beside))}")
    return tuple(found)


def name_lines(person: Someone) -> tuple[str, ...]:
    """A name in one line, or in two as even as its words allow; a double surname may break after its hyphen."""
    name = " ".join(person.name.split())
    cuts = [at for at in range(1, len(name)) if name[at] == " " or name[at - 1] == "-"]
    if len(name) <= _LETTERS or not cuts:
        return (name,)
    cut = min(cuts, key=lambda at: abs(2 * at - len(name)))
    return name[:cut].rstrip(), name[cut:].lstrip()
