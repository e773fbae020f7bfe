"""The families as told in ``resources/samples/families``: read, and refused in sentences where they do not fit."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casefile.errors import Damaged
from casefile.sections import SECTIONS

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"
Told = Mapping[str, Any]
Happening = tuple[str, str, Told]
"""Section key, day as told, and the rest."""
_KEYS = frozenset(
    {"name", "about", "address", "town", "gp", "postcode", "officer", "researcher", "supervisor", "cast", "person",
     "event", "document", "task", "apart", "readers", "restricted", "fault", "state", "every",
     "officer_until"}
)  # fmt: skip
_PERSON = frozenset(
    {"role", "agency", "pr", "concern", "note", "name", "aka", "born", "precision", "expected", "died", "sex",
     "ethnicity", "language", "interpreter", "disability", "religion", "at", "lives", "was", "phone", "ids", "is",
     "verified", "source", "same_as", "known"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Team:
    """The officers, who signs which section, and what usually stands in an entry.

    Attributes:
        officers: Role, number and team by name.
        signs: By section: ``desk``, ``researcher``, ``pclo`` or ``supervisor``; the officer in the case signs the rest.
        usual: Values by section that hold unless a family says otherwise.
        staff: The staff record of each, by name.
    """

    officers: Mapping[str, tuple[str, str, str]]
    signs: Mapping[str, str]
    usual: Mapping[str, Told]
    staff: Mapping[str, Told]


@dataclass(frozen=True, slots=True)
class Family:
    """One invented family as its file tells it.

    Attributes:
        where: File and name, for sentences about faults.
        events: Section key, day as told and the rest, in the order of telling.
    """

    where: str
    told: Told
    events: tuple[Happening, ...]

    @property
    def name(self) -> str:
        """The family name under which the file is known."""
        return str(self.told["name"])

    @property
    def faults(self) -> frozenset[str]:
        """Keys of the alarms that are meant to stand in this file; none where it is well kept."""
        return frozenset(str(self.told.get("fault", "")).partition(":")[0].split())


def team() -> Team:
    """The team of the training store."""
    told = _read(SAMPLES / "team.toml")
    officers = {name: (one[0], one[1], one[2]) for name, one in told["officers"].items()}
    return Team(officers, told["signs"], told["usual"], told["staff"])


def away_told() -> tuple[Told, ...]:
    """Who of the team is away, and how far their hand-overs are."""
    return tuple(_read(SAMPLES / "handovers.toml")["away"])


def families(folder: Path | None = None) -> tuple[Family, ...]:
    """Every family, in the order of the files and of their telling.

    Raises:
        Damaged: A file cannot be read or tells something that a family does not have.
    """
    found: list[Family] = []
    for path in sorted((folder or SAMPLES / "families").glob("*.toml")):
        for place, told in enumerate(_read(path).get("family", ()), start=1):
            where = f"{path.name}, family {place} ({told.get('name', 'no name')})"
            found.append(_family(where, told))
    names = [one.name for one in found]
    for one in found:
        if names.count(one.name) > 1:
            raise _wrong(one.where, "another family has the same name")
    return tuple(found)


def _family(where: str, told: Told) -> Family:
    for key in told:
        if key not in _KEYS:
            raise _wrong(where, f"there is nothing called “{key}” in a family")
    for key in ("name", "address", "town", "officer", "researcher", "supervisor", "person", "event"):
        if key not in told:
            raise _wrong(where, f"“{key}” is not told")
    for person, said in told["person"].items():
        for key in said:
            if key not in _PERSON:
                raise _wrong(where, f"there is nothing called “{key}” in the person “{person}”")
    events = _events(where, told["event"])
    for repeated in told.get("every", ()):
        events += _each_time(where, repeated)
    return Family(where, told, tuple(events))


def _events(where: str, events: list[dict[str, Any]]) -> list[Happening]:
    """The happenings as told; a contact with ``household = true`` also confirms who lives there."""
    found: list[Happening] = []
    for place, event in enumerate(events, start=1):
        section = next(iter(event), "")
        if section not in SECTIONS or not isinstance(event[section], str):
            raise _wrong(
                where, f"event {place} should begin with a section and its day, as in contact = “-12d”"
            )
        rest = {key: value for key, value in event.items() if key != section}
        if "decided" in rest:
            rest["decision"] = rest.pop("decided")
        confirmed = rest.pop("household", False)
        found.append((section, str(event[section]), rest))
        if confirmed:
            found.append(("household", str(event[section]), {"how": rest.get("kind", "visit_joint")}))
    return found


def _each_time(where: str, told: dict[str, Any]) -> list[Happening]:
    """What happens every so many days, each time in other words.

    ``say`` holds lists of sentences whose turns go round at different lengths, so that long runs do not repeat;
    ``turn`` holds values that take turns.
    """
    section, first, last, step = told["section"], int(told["first"]), int(told["last"]), int(told["step"])
    if section not in SECTIONS or step < 1:
        raise _wrong(where, f"“every” needs a section and a number of days, not {section} and {step}")
    happenings: list[dict[str, Any]] = []
    for turn, day in enumerate(sorted(range(last, first - 1, -step))):
        said = {key: " ".join(part[turn % len(part)] for part in parts) for key, parts in told["say"].items()}
        turns = {key: values[turn % len(values)] for key, values in told.get("turn", {}).items()}
        happenings.append({section: f"{day}d", **told.get("same", {}), **turns, **said})
    return _events(where, happenings)


def wrong(where: str, what: str, sentence: str) -> Damaged:
    """A fault in the samples: which file and family, which part of it, and what does not fit."""
    return _wrong(where, f"{what}: {sentence}")


def _wrong(where: str, sentence: str) -> Damaged:
    return Damaged(f"The samples for training do not fit. {where}: {sentence}.")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Damaged(f"The samples for training cannot be read: {path.name}: {error}.") from error
