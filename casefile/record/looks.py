"""What each file says of a person, ready to be found and compared: kept with the dated facts, in the same transaction.

A cache, and never the only copy of anything. One look for each person and file, so that what was learnt through a
restricted file finds nobody for whoever may not read that file: the session leaves the look out, and its keys with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from casefile.access.visibility import OfFile, everything
from casefile.names.births import of_day
from casefile.names.fold import tokens
from casefile.names.keys import (
    ADDRESS,
    CONTACT,
    HOUSE,
    NUMBER,
    POSTCODE,
    SETTING,
    VEHICLE,
    birth_keys,
    born_keys,
    name_keys,
)
from casefile.names.traces import (
    address_key,
    contact_key,
    number_key,
    postcode_key,
    setting_key,
    street_key,
)
from casefile.record.persons import FactView, PersonView, full_name, persons
from casefile.record.worded import Of, drop_words, keep_words, number, of_look
from casefile.store.base import Base
from casefile.work.ids import derived_id
from casefile.work.pieces import in_pieces

_SHARED_NUMBERS = frozenset({"social_care_case", "warrant"})
"""Numbers that a whole family or a workplace may bear: they find nobody."""


class PersonLook(OfFile, Base):
    """What one file says of a person, in short.

    Attributes:
        id: The same for the same person and file in every store, so that what is cut off is cut off alike.
        said: Names, births, addresses, numbers, contacts, settings, sex, roles and notes as plain data; see :func:`look_at`.
    """

    __tablename__ = "person_look"
    __table_args__ = (Index("ix_person_look_person_id_file_id", "person_id", "file_id", unique=True),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    said: Mapped[dict[str, Any]]


class PersonKey(Base):
    """A key under which a look is found (``casefile.names.keys``).

    It names its look without the store enforcing it, and there is no second index: both would double what every new
    name costs. A key left behind finds a look that is then compared and falls out.
    """

    __tablename__ = "person_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[str] = mapped_column(primary_key=True)
    look_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)


class PersonCalled(Base):
    """A name that a look says, by itself: what is read of hundreds of people to choose the few that are compared.

    Attributes:
        called: In plain letters, its words in their order; "" where a look says no name.
    """

    __tablename__ = "person_called"
    __table_args__ = ({"sqlite_with_rowid": False},)

    look_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    called: Mapped[str] = mapped_column(primary_key=True)


def everything_said(session: Session, ids: Iterable[UUID]) -> tuple[PersonView, ...]:
    """People with every fact there is, those learnt through restricted files too: to derive, never to hand over."""
    with everything(session):
        return persons(session, ids, date.max)


def refresh_looks(session: Session, people: Sequence[PersonView], names: Mapping[UUID, str]) -> None:
    """Write the looks and keys of people anew.

    Args:
        people: With every fact there is (:func:`everything_said`).
        names: What each is shown as, for the files through which no name was learnt.
    """
    with everything(session):
        for some in in_pieces(people):
            _refresh(session, some, names)


def _refresh(session: Session, people: Sequence[PersonView], names: Mapping[UUID, str]) -> None:
    """Write anew the looks that say something else now; those of a professional in hundreds of files mostly do not."""
    held: dict[tuple[UUID, UUID], Any] = {
        (row.person_id, row.file_id): row
        for row in session.execute(
            select(PersonLook.id, PersonLook.person_id, PersonLook.file_id, PersonLook.said).where(
                PersonLook.person_id.in_([one.id for one in people])
            )
        )
    }
    wanted = {
        (one.id, file_id): said
        for one in people
        for file_id, said in _looks(one, names.get(one.id, one.name))
    }
    gone: list[Any] = [row for at, row in held.items() if wanted.get(at) != row.said]
    for row in gone:
        keys = sorted(keys_of(row.said))
        session.execute(delete(PersonKey).where(PersonKey.look_id == row.id, PersonKey.key.in_(keys)))
        session.execute(delete(PersonCalled).where(PersonCalled.look_id == row.id))
        session.execute(delete(PersonLook).where(PersonLook.id == row.id))
    drop_words(session, [number(Of.PERSON, row.person_id, row.file_id, None) for row in gone])
    kept = {at for at, row in held.items() if wanted.get(at) == row.said}
    write_looks(
        session,
        [
            {"person_id": person_id, "file_id": file_id, "said": said}
            for (person_id, file_id), said in wanted.items()
            if (person_id, file_id) not in kept
        ],
    )


def write_looks(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write looks with their keys."""
    if not rows:
        return
    made: list[dict[str, Any]] = [{"id": look_id(row["person_id"], row["file_id"]), **row} for row in rows]
    session.execute(insert(PersonLook.__table__), made)  # type: ignore[arg-type]
    names = [{"look_id": row["id"], "called": name} for row in made for name in called(row["said"])]
    session.execute(insert(PersonCalled.__table__), names)  # type: ignore[arg-type]
    keys = sorted(
        (key, row["id"]) for row in made for key in keys_of(row["said"])
    )  # as they lie in the store
    if keys:
        session.execute(insert(PersonKey.__table__), [{"key": key, "look_id": at} for key, at in keys])  # type: ignore[arg-type]
    keep_words(session, [of_look(row["person_id"], row["file_id"], row["said"]) for row in rows])


def called(said: Mapping[str, Any]) -> list[str]:
    """The names that a file says of a person in plain letters, each once; one that is empty where it says none."""
    return sorted({plain_name(name) for _, name, _ in said.get("names", ())}) or [""]


def plain_name(name: str) -> str:
    """A name in plain letters, without titles and particles, its words in their order."""
    return " ".join(one.plain for one in tokens(name))


def look_id(person_id: UUID, file_id: UUID) -> int:
    """The number of a look: positive, of 63 bits."""
    return derived_id("look", person_id, file_id).int >> 65


def _looks(person: PersonView, name: str) -> list[tuple[UUID, dict[str, Any]]]:
    """What each file says of a person, by file."""
    files = sorted({fact.file_id for facts in person.facts.values() for fact in facts})
    return [(file_id, look_at(person, file_id, name)) for file_id in files]


def look_at(person: PersonView, file_id: UUID, name: str) -> dict[str, Any]:
    """What one file says of a person as plain data; what was withdrawn is left out, what was replaced is not.

    ``names`` are (kind, name, whether it stands), ``births`` (day, precision, whether it stands), ``homes`` (address,
    postcode, until), ``contacts``, ``numbers`` and ``settings`` (kind, value), ``sex`` and ``roles`` codes,
    ``notes`` what was noted of any of it.
    """

    def of(key: str) -> list[FactView]:
        gone = {fact.replaces_id for fact in person.facts.get(key, ()) if fact.withdrawn}
        return [
            fact
            for fact in person.facts.get(key, ())
            if fact.file_id == file_id and not fact.withdrawn and fact.id not in gone
        ]

    said: dict[str, Any] = {
        "names": [[one.get("kind"), full_name(one.values), one.current] for one in of("name")],
        "births": [
            [day.isoformat(), one.get("precision") if one.get("born_on") else "estimated", one.current]
            for one in of("birth")
            if (day := one.get("born_on") or one.get("expected_on"))
        ],
        "homes": [
            [
                one.get("address") or "",
                one.get("town") or "",
                one.get("postcode") or "",
                _day(one.get("until_on")),
            ]
            for one in of("residence")
        ],
        "contacts": [[one.get("kind"), one.get("value")] for one in of("contact") if one.get("value")],
        "numbers": [[one.get("kind"), one.get("value")] for one in of("identifier") if one.get("value")],
        "settings": [[one.get("kind"), one.get("name")] for one in of("setting") if one.get("name")],
        "sex": sorted(
            {str(one.get("sex")) for one in of("characteristics") if one.current and one.get("sex")}
        ),
        "roles": sorted(
            {str(one.get("role")) for one in of("involvement") if one.current and one.get("role")}
        ),
        "concern": any(one.current and one.get("of_concern") for one in of("involvement")),
        "notes": sorted({str(one.get("note")) for key in person.facts for one in of(key) if one.get("note")}),
    }
    if not said["names"] and name:
        said["names"] = [[None, name, True]]
    return {key: value for key, value in said.items() if value}


def keys_of(said: Mapping[str, Any]) -> set[str]:
    """The keys under which a look is found."""
    found: set[str] = set()
    found |= name_keys(*(name for _, name, _ in said.get("names", ())))
    words = [word for _, name, _ in said.get("names", ()) for word in tokens(name)]
    for day, precision, _ in said.get("births", ()):
        born = of_day(date.fromisoformat(day), precision)
        found |= birth_keys(born) | born_keys(words, born)
    for address, town, postcode, _ in said.get("homes", ()):
        found |= {
            f"{ADDRESS}{address_key(address, postcode or town)}",
            f"{HOUSE}{street_key(address)}",
            f"{POSTCODE}{postcode_key(postcode) or postcode_key(address) or postcode_key(town)}",
        }
    found |= {f"{CONTACT}{contact_key(value)}" for _, value in said.get("contacts", ())}
    for kind, value in said.get("numbers", ()):
        if kind not in _SHARED_NUMBERS:
            found.add(f"{VEHICLE if kind == 'vehicle' else NUMBER}{number_key(value)}")
    found |= {f"{SETTING}{setting_key(name)}" for _, name in said.get("settings", ())}
    return {key for key in found if len(key) > 1}


def current_keys(said: Mapping[str, Any]) -> set[str]:
    """The keys of a look without those of homes that were left."""
    homes = [home for home in said.get("homes", ()) if not home[3]]
    return keys_of({**said, "homes": homes})


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
