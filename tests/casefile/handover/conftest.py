"""A team for hand-overs: two constables, two sergeants, an inspector, and files that a constable holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from casefile.access.model import Officer
from casefile.desk import Desk
from casefile.files.actions.files import allocate, open_file
from casefile.handover.begin import choose_receivers, save_checklist, send
from casefile.handover.queries import handover
from casefile.handover.receive import note_opened
from casefile.handover.rows import ItemRow
from casefile.store.engine import Store
from tests.conftest import Clock

MORE = {"Vale": "constable", "Amari": "sergeant"}


@dataclass
class Team:
    """Desks and identities by name."""

    sign_in: Callable[[str], Desk]
    clock: Clock
    ids: dict[str, UUID]
    desks: dict[str, Desk] = field(default_factory=dict)

    def at(self, name: str) -> Desk:
        """A desk with an officer signed in; passwords are slow by design, so each signs in once."""
        if name not in self.desks:
            self.desks[name] = self.sign_in(name)
        return self.desks[name]

    def __getitem__(self, name: str) -> UUID:
        return self.ids[name]

    @property
    def today(self) -> date:
        return self.clock.now.date()

    def day(self, after: int) -> date:
        """So many days from today."""
        return self.today + timedelta(days=after)


@pytest.fixture
def team(store: Store, sign_in: Callable[[str], Desk], clock: Clock) -> Team:
    """More officers with the password of Marsh, whose hash is taken over: hashing is slow by design."""
    with store.writing() as session:
        marsh = session.scalars(select(Officer).where(Officer.name == "Marsh")).one()
        for number, (name, role) in enumerate(MORE.items(), start=201):
            session.add(
                Officer(
                    name=name,
                    sign_in_name=name.casefold(),
                    role=role,
                    number=str(number),
                    team="North",
                    password_hash=marsh.password_hash,
                    created_at=clock.now,
                )
            )
        session.flush()
        ids = {one.name: one.id for one in session.scalars(select(Officer))}
    return Team(sign_in, clock, ids)


def held_files(team: Team, count: int, holder: str = "Marsh") -> list[UUID]:
    """Open files held by a constable under Okafor."""
    sergeant = team.at("Okafor")
    found: list[UUID] = []
    for _ in range(count):
        file_id = sergeant.do(open_file).result
        sergeant.do(allocate, file_id, "officer", team[holder])
        sergeant.do(allocate, file_id, "supervisor", team["Okafor"])
        found.append(file_id)
    return found


def items(desk: Desk, handover_id: UUID) -> tuple[ItemRow, ...]:
    """The files of a hand-over as a desk sees them."""
    return desk.read(handover, handover_id).items


def sent(team: Team, handover_id: UUID, by: str, to: str, **says: object) -> tuple[ItemRow, ...]:
    """Every file of a hand-over completed and sent to one receiver."""
    desk = team.at(by)
    held = items(desk, handover_id)
    desk.do(choose_receivers, {one.id: team[to] for one in held})
    for one in held:
        desk.do(save_checklist, one.id, {"safe": "yes", **says}, 0)
    desk.do(send, [one.id for one in held])
    return items(desk, handover_id)


def opened(desk: Desk, held: tuple[ItemRow, ...]) -> list[UUID]:
    """The receiver opens every checklist."""
    for one in held:
        desk.do(note_opened, one.id)
    return [one.id for one in held]
