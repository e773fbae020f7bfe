"""Officers and files for workload: two constables and a sergeant in North, files with plans, allegations and bail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from casefile.access.model import Officer
from casefile.desk import Desk
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.entries import record_entry, sign_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person
from casefile.store.engine import Store
from tests.conftest import Clock

MORE = {"Vale": ("constable", "South"), "Amari": ("sergeant", "South"), "Thorne": ("constable", "North")}


@dataclass
class Shop:
    """Desks and identities by name."""

    sign_in: Callable[[str], Desk]
    clock: Clock
    ids: dict[str, UUID]
    desks: dict[str, Desk] = field(default_factory=dict)
    children: dict[UUID, list[UUID]] = field(default_factory=dict)

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
        """So many calendar days from today."""
        return self.today + timedelta(days=after)

    def file(
        self, holder: str | None = "Marsh", supervisor: str | None = "Okafor", children: int = 1
    ) -> UUID:
        """An open file with so many children."""
        desk = self.at("Okafor")
        file_id = desk.do(open_file).result
        self.children[file_id] = []
        for number in range(children):
            facts = {
                "name": {
                    "kind": "legal",
                    "given": f"Child {number + 1}",
                    "family": "Ashdown",
                    "source": "Referral",
                },
                "involvement": {"role": "subject", "source": "Referral"},
            }
            self.children[file_id].append(desk.do(add_person, file_id, facts).result)
        for role, name in (("officer", holder), ("supervisor", supervisor)):
            if name is not None:
                desk.do(allocate, file_id, role, self[name])
        return file_id

    def sign(self, file_id: UUID, section: str, by: str = "Okafor", **values: Any) -> UUID:
        """Sign an entry about every child of the file; today unless told. Gives its thread."""
        said = {"happened_on": self.today, "known_on": self.today} | values
        said.setdefault("concerns", [str(one) for one in self.children[file_id]])
        return self.at(by).do(record_entry, file_id, section, _plain(said)).result.thread_id

    def amend(self, file_id: UUID, section: str, thread_id: UUID, by: str = "Okafor", **values: Any) -> None:
        """Sign a new version of an entry, known today."""
        desk = self.at(by)
        values.setdefault("known_on", self.today)
        draft = desk.do(start_draft, file_id, section, thread_id=thread_id, values=_plain(values)).result
        desk.do(sign_entry, draft.id, reason="It moved on")


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: one.isoformat() if isinstance(one, date) else one for key, one in values.items()}


@pytest.fixture
def shop(store: Store, sign_in: Callable[[str], Desk], clock: Clock) -> Shop:
    """More officers with the password of Marsh, whose hash is taken over: hashing is slow by design."""
    with store.writing() as session:
        marsh = session.scalars(select(Officer).where(Officer.name == "Marsh")).one()
        for number, (name, (role, team)) in enumerate(MORE.items(), start=201):
            session.add(
                Officer(
                    name=name,
                    sign_in_name=name.casefold(),
                    role=role,
                    number=str(number),
                    team=team,
                    password_hash=marsh.password_hash,
                    created_at=clock.now,
                )
            )
        session.flush()
        ids = {one.name: one.id for one in session.scalars(select(Officer))}
    return Shop(sign_in, clock, ids)
