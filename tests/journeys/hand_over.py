"""A team for hand-overs in the window: an officer with files, two who could take them, a sergeant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.access.queries import officers
from casefile.desk import Desk
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person
from casefile.files.actions.tasks import add_task
from casefile.opening import OpenStore
from tests.journeys.test_keeping_a_file import PASSWORD
from ui.handover.screen import HandoverScreen
from ui.pictures import settle
from ui.shell.window import Window

TEAM = (
    ("Marsh", "constable", "4471"),
    ("Okafor", "constable", "5163"),
    ("Devlin", "constable", "4820"),
    ("Sefton", "sergeant", "2208"),
    ("Prior", "inspector", "1097"),
)
FAMILIES = (
    "Alder", "Ash", "Aspen", "Beech", "Birch", "Blackthorn", "Box", "Cedar", "Cherry", "Elder",
    "Elm", "Fir", "Gorse", "Hawthorn", "Hazel", "Holly", "Hornbeam", "Juniper", "Larch", "Lime",
)  # fmt: skip


@dataclass
class Station:
    """A store with its officers, and the files Marsh holds."""

    opened: OpenStore
    ids: dict[str, UUID]
    files: list[UUID] = field(default_factory=list[UUID])

    @property
    def desk(self) -> Desk:
        """The desk at which everybody sits in turn."""
        return self.opened.desk

    def as_(self, name: str) -> Desk:
        """The desk with an officer signed in, behind the back of the window."""
        self.desk.sign_in(name, PASSWORD)
        return self.desk


def station(folder: Path, families: Sequence[str]) -> Station:
    """A store in which Marsh keeps a file for each family, under Sefton."""
    opened = opening.create(folder, "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    for name, role, number in TEAM:
        opened.desk.do(add_officer, NewOfficer(name, role, PASSWORD, number, "Team North"))
    made = Station(opened, {one.name: one.id for one in opened.desk.read(officers)})
    desk = made.as_("Sefton")
    for place, family in enumerate(families):
        made.files.append(_file(desk, made.ids, family, high=place % 5 == 0))
    desk.sign_out()
    return made


def _file(desk: Desk, ids: dict[str, UUID], family: str, *, high: bool) -> UUID:
    today = desk.now().date()
    file_id = desk.do(open_file).result
    name = {"kind": "legal", "given": "Robin", "family": family}
    desk.do(add_person, file_id, {"name": name, "involvement": {"role": "subject"}})
    risk = {"trigger": "first", "level": "high" if high else "standard", "rationale": "As seen."}
    day = {"happened_on": today.isoformat(), "known_on": today.isoformat()}
    review_on = (today + timedelta(days=20)).isoformat()
    desk.do(record_entry, file_id, "risk", {**day, **risk, "review_on": review_on})
    desk.do(allocate, file_id, "officer", ids["Marsh"])
    desk.do(allocate, file_id, "supervisor", ids["Sefton"])
    if high:
        desk.do(add_task, file_id, "Ring the school", today, ids["Marsh"])
    return file_id


def become(window: Window, made: Station, name: str) -> None:
    """Another officer sits down at the same machine."""
    if window.context is not None:
        window.lock()
        settle(window)
    made.desk.sign_in(name, PASSWORD)
    window.gate.enter(made.opened, name)
    window.activateWindow()
    settle(window)


def room(window: Window) -> HandoverScreen:
    """The room, which is in view."""
    found: Any = window.pages.currentWidget()
    assert isinstance(found, HandoverScreen)
    return found
