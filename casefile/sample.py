"""The training store: invented families from ``resources/samples``, written through the same rules as real ones.

Days in the samples count from the day the store is made, so that it never grows old.
"""

from __future__ import annotations

import tomllib
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from casefile.access.actions import NewOfficer, add_officer
from casefile.access.model import Officer
from casefile.access.queries import officers, shown
from casefile.access.roles import ROLES
from casefile.alarms.refresh import refresh_file
from casefile.errors import Damaged
from casefile.files.actions.entries import sign
from casefile.files.actions.files import give, new_file
from casefile.files.actions.people import new_person, put_fact
from casefile.files.actions.restrict import restrict_file
from casefile.opening import OpenStore
from casefile.sections.refresh import refresh_people
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.progress import Progress
from casefile.work.unit import Actor, Work

ADMINISTRATOR, OFFICER, PASSWORD = "Warden", "Sefton", "kettle for training"
SUPERVISED = ("supervision", "closure")
"""Sections that the sergeant signs; the officer in the case signs the rest."""
SAMPLES = Path(__file__).resolve().parents[1] / "resources" / "samples"
DATES = ("_on", "_due")
"""How the keys of dates end; what stands there is a number of days from today."""


@dataclass(frozen=True, slots=True)
class Family:
    """One invented family.

    Attributes:
        story: Which story of ``stories.toml`` happens to it.
        children: Given name, age in years (below nought: months until expected), sex.
        holders: Who holds the file, by role.
    """

    name: str
    story: str
    address: str
    town: str
    mother: str
    partner: str
    children: tuple[tuple[str, float, str], ...]
    holders: Mapping[str, UUID]


def build(opened: OpenStore, progress: Progress) -> None:
    """Fill a new, empty store with the officers and families of the samples; a sergeant is signed in after.

    Raises:
        Damaged: A sample does not fit the sections. Nothing of that family is kept.
    """
    told = _read("families.toml")
    stories = _read("stories.toml")
    ids = _officers(opened, told["officers"])
    families: list[dict[str, Any]] = told["family"]
    for place, one in enumerate(families):
        progress.step(place, len(families), "Making the training store")
        constable = ids["Marsh"] if place % 2 == 0 else ids["Okafor"]
        holders = {"officer": constable, "researcher": ids["Ash"], "supervisor": ids[OFFICER]}
        children = tuple((str(given), float(age), str(sex)) for given, age, sex in one.pop("children"))
        family = Family(**one, children=children, holders=holders)
        happened = stories["neglect"] + stories["long"] if family.story == "long" else stories[family.story]
        file_id = opened.desk.do(write_family, family, tuple(happened)).result
        if family.story == "sexual":
            readers = [ids[OFFICER], ids["Prior"], ids["Marsh"]]
            opened.desk.do(
                restrict_file, file_id, readers, "A child's disclosure; only those who need to know."
            )
    progress.step(len(families), len(families), "Making the training store")


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def write_family(work: Work, family: Family, story: tuple[Mapping[str, Any], ...]) -> UUID:
    """Write an invented family for training, with everything that happened in it."""
    started = min(int(one["day"]) for one in story)
    file_id = new_file(work, None, work.today + timedelta(days=started))
    people = _people(work, family, file_id, started)
    for role, officer in family.holders.items():
        give(work, file_id, role, officer, work.today + timedelta(days=started))
    children = [str(one) for one in people[: len(family.children)]]
    for told in sorted(_each_time(story), key=lambda one: one["day"]):
        values = _filled(told, family, work.today, children)
        section = str(told["section"])
        with _hand(work, None if section in SUPERVISED else family.holders["officer"]):
            sign(work, file_id, section, values)
    refresh_people(work, people)
    refresh_file(work, file_id)
    work.about(files=[file_id], people=people)
    return file_id


@contextmanager
def _hand(work: Work, officer_id: UUID | None) -> Generator[None]:
    """Let another officer sign while the block runs: nobody reviews what they recorded themselves."""
    officer = work.session.get(Officer, officer_id) if officer_id else None
    before = work.actor
    if officer is not None:
        name = shown(officer.name, officer.role, officer.number)
        work.actor = Actor(officer.id, name, officer.role, ROLES[officer.role].permissions)
    try:
        yield
    finally:
        work.actor = before


def _officers(opened: OpenStore, told: Mapping[str, Any]) -> dict[str, UUID]:
    opened.first_administrator(ADMINISTRATOR, PASSWORD)
    for name, (role, number, team) in told.items():
        if name != ADMINISTRATOR:
            opened.desk.do(add_officer, NewOfficer(name, role, PASSWORD, number, team))
    opened.desk.sign_out()
    opened.desk.sign_in(OFFICER, PASSWORD)
    return {one.name: one.id for one in opened.desk.read(officers)}


def _people(work: Work, family: Family, file_id: UUID, started: int) -> list[UUID]:
    """The children first, then the mother, then the partner; with names, births, home and how they are related."""
    known = (work.today + timedelta(days=started)).isoformat()
    home = {"address": family.address, "town": family.town, "kind": "home", "known_on": known}
    found: list[UUID] = []

    def add(facts: Mapping[str, Mapping[str, Any]]) -> UUID:
        person = new_person(work)
        for key, values in facts.items():
            put_fact(work, file_id, person, key, {"known_on": known, "source": "Referral", **values})
        found.append(person)
        return person

    for given, age, sex in family.children:
        add(_child(family, given, age, sex, work.today, home))
    mother = add(
        {
            "involvement": {"role": "mother", "parental_responsibility": True},
            "name": {"kind": "legal", "given": family.mother, "family": family.name},
            "residence": home,
        }
    )
    given, _, surname = family.partner.partition(" ")
    partner = add(
        {
            "involvement": {
                "role": "partner",
                "of_concern": family.story in {"physical", "domestic", "sexual"},
            },
            "name": {"kind": "legal", "given": given, "family": surname},
        }
    )
    for (_, age, _), child in zip(family.children, found, strict=False):
        kind = "expectant_mother" if age < 0 else "mother"
        put_fact(
            work,
            file_id,
            mother,
            "relationship",
            {"kind": kind, "to_person_id": str(child), "known_on": known},
        )
    put_fact(
        work,
        file_id,
        partner,
        "relationship",
        {"kind": "partner", "to_person_id": str(mother), "known_on": known},
    )
    return found


def _child(
    family: Family, given: str, age: float, sex: str, today: date, home: Mapping[str, Any]
) -> dict[str, Mapping[str, Any]]:
    """What is known of a child; of one not born yet only when it is expected."""
    if age < 0:
        return {
            "involvement": {"role": "unborn"},
            "name": {"kind": "unborn", "full": f"Unborn {family.name}"},
            "birth": {"expected_on": (today - timedelta(days=int(age * 30))).isoformat()},
        }
    born = today - timedelta(days=int(age * 365.25))
    return {
        "involvement": {"role": "subject"},
        "name": {"kind": "legal", "given": given, "family": family.name},
        "birth": {"born_on": born.isoformat(), "precision": "exact"},
        "characteristics": {"sex": sex},
        "residence": home,
    }


def _each_time(story: tuple[Mapping[str, Any], ...]) -> Iterator[dict[str, Any]]:
    """Each happening of a story; what happens every so often once for each time."""
    for told in story:
        happening = {
            key: value for key, value in told.items() if key not in {"every", "until", "say", "review_after"}
        }
        if "every" not in told:
            yield happening
            continue
        for turn, day in enumerate(range(told["day"], told["until"], told["every"])):
            said = {key: words[turn % len(words)] for key, words in told["say"].items()}
            again = {"review_on": day + told["review_after"]} if "review_after" in told else {}
            yield {**happening, **said, **again, "day": day}


def _filled(told: Mapping[str, Any], family: Family, today: date, children: list[str]) -> dict[str, Any]:
    names = {
        "child": next((given for given, age, _ in family.children if age >= 0), "The unborn child"),
        "mother": family.mother,
        "partner": family.partner,
        "family": family.name,
    }

    def fill(key: str, value: Any) -> Any:
        if isinstance(value, str):
            return value.format_map(names)
        if isinstance(value, int) and not isinstance(value, bool) and key.endswith(DATES):
            return (today + timedelta(days=value)).isoformat()
        if isinstance(value, dict):
            return {one: fill(one, held) for one, held in cast("dict[str, Any]", value).items()}
        if isinstance(value, list):
            return [fill(key, one) for one in cast("list[Any]", value)]
        return value

    happened = (today + timedelta(days=int(told["day"]))).isoformat()
    values = {key: fill(key, value) for key, value in told.items() if key not in {"section", "day"}}
    return {"happened_on": happened, "known_on": happened, "concerns": children, **values}


def _read(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((SAMPLES / name).read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Damaged(f"The samples for training cannot be read: {name}.") from error
