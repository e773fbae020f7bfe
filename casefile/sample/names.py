"""Who is who around an invented family: the officers who hold posts for it, its professionals, its people."""

from __future__ import annotations

from casefile.access.roles import role
from casefile.sample.told import Family, Team


def label(name: str, told: tuple[str, str, str]) -> str:
    """An officer as a colleague writes it: ``DC 4471 Marsh``."""
    return " ".join(part for part in (role(told[0]).short, told[1], name) if part)


def posts(family: Family) -> dict[str, str]:
    """Who holds which post for a family."""
    told = family.told
    return {
        "officer": told["officer"],
        "researcher": told["researcher"],
        "supervisor": told["supervisor"],
        "desk": "Haddow",
        "pclo": "Lindqvist",
    }


def everybody(family: Family, team: Team) -> dict[str, dict[str, str]]:
    """Name, agency and role of everybody whom a line of a family's file may name, by key."""
    found = {
        name: {"name": label(name, told), "agency": "police", "role": role(told[0]).title}
        for name, told in team.officers.items()
    }
    for key, said in family.told.get("cast", {}).items():
        name, agency, post = (part.strip() for part in str(said).split(",", 2))
        found[key] = {"name": name, "agency": agency, "role": words(post)}
    for key, one in family.told["person"].items():
        if "name" in one:
            found[key] = {"name": str(one["name"]), "agency": "family", "role": words(str(one["role"]))}
    return found


def words(code: str) -> str:
    """A code or a few words as they stand at the head of a cell."""
    return f"{code[:1].upper()}{code[1:]}".replace("_", " ")
