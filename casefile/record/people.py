"""Tables of people: dated facts, each with who said so and when police knew. Nothing is overwritten.

A fact that turns out otherwise is replaced by a newer row (``replaces_id``) or withdrawn by one;
the old row stays. "Now" is the rows that no other row replaces.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from casefile.access.visibility import OfFile
from casefile.record.described import Described, FieldKind, field
from casefile.record.model import IMMUTABLE
from casefile.store.base import Base
from casefile.work.ids import new_id


class Person(Base):
    """A human being known to the record: child (also unborn), adult or professional.

    ``display_name``, ``born_on`` and ``find_text`` are cached from the person's facts.
    """

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    display_name: Mapped[str] = mapped_column(default="")
    born_on: Mapped[date | None]
    unborn: Mapped[bool] = mapped_column(default=False)
    find_text: Mapped[str] = mapped_column(default="")


class Fact(OfFile, Described, Base):
    """A dated fact, with its source. The common columns of every fact table.

    Attributes:
        file_id: The file through which police learnt it.
        from_on, until_on: When it held, as far as known.
        known_on: When police knew it.
        source: Who said so.
        verified: Whether police have confirmed it themselves.
        replaces_id: The row that this one corrects or continues.
        withdrawn: This row says that the one it replaces was wrong and nothing stands in its place.
        doubts: By field key, what the source stated and why it is doubtful.
    """

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    recorded_at: Mapped[datetime]
    withdrawn: Mapped[bool] = mapped_column(default=False)
    doubts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    replaces_id: Mapped[UUID | None] = mapped_column(index=True)
    from_on: Mapped[date | None] = field("From", help="When it began, if known.")
    until_on: Mapped[date | None] = field("Until", help="When it ended. Leave empty while it lasts.")
    known_on: Mapped[date] = mapped_column(
        info={
            "field": {
                "label": "Police knew on",
                "help": "When police learnt it, if not today.",
                "codes": None,
                "kind": FieldKind.DATE,
                "needed": False,
                "asked": False,
                "prefill": "today",
                "beside": None,
            }
        }
    )
    source: Mapped[str | None] = field("Source", help="Who said so: a person, an agency, a system.")
    verified: Mapped[bool | None] = field("Verified by police")

    @declared_attr
    def file_id(cls) -> Mapped[UUID]:
        """The file through which police learnt it."""
        return mapped_column(ForeignKey("case_file.id"), index=True)

    @declared_attr
    def recorded_by(cls) -> Mapped[UUID]:
        """The officer who recorded it."""
        return mapped_column(ForeignKey("officer.id"))

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        """Facts stand as recorded; triggers guard them."""
        return ({"info": IMMUTABLE},)


class PersonFact(Fact):
    """A fact about one person."""

    __abstract__ = True

    @declared_attr
    def person_id(cls) -> Mapped[UUID]:
        """Whom it is about."""
        return mapped_column(ForeignKey("person.id"), index=True)


class PersonName(PersonFact):
    """A name a person bears or has borne, spelt as given."""

    __tablename__ = "person_name"

    kind: Mapped[str | None] = field("Kind of name", codes="name_kind", needed=True)
    given: Mapped[str | None] = field("Given names", help="As spelt by the source.")
    family: Mapped[str | None] = field("Family name")
    full: Mapped[str | None] = field("Full name", help="Only if it does not split into given and family.")


class Birth(PersonFact):
    """Date of birth with its precision, or the expected date of an unborn child; never both."""

    __tablename__ = "person_birth"

    born_on: Mapped[date | None] = field(
        "Date of birth", help="If only month or year is known, give its first day and say so below."
    )
    precision: Mapped[str | None] = field("Precision", codes="date_precision")
    expected_on: Mapped[date | None] = field("Expected date of birth", help="Only for an unborn child.")
    died_on: Mapped[date | None] = field("Date of death")


class Identifier(PersonFact):
    """A number by which another system knows the person."""

    __tablename__ = "person_identifier"

    kind: Mapped[str | None] = field("Kind of number", codes="identifier_kind", needed=True)
    value: Mapped[str | None] = field("Number", needed=True)


class Characteristics(PersonFact):
    """Sex, ethnicity, language and disability, each as the source or the person gave it."""

    __tablename__ = "person_characteristics"

    sex: Mapped[str | None] = field("Sex", codes="sex", asked=True)
    ethnicity: Mapped[str | None] = field(
        "Ethnicity", codes="ethnicity", help="From the child or parent, never assumed.", asked=True
    )
    ethnicity_self_defined: Mapped[str | None] = field(
        "Ethnicity, self-defined",
        codes="ethnicity_self_defined",
        help="As the person says it to police (16+1).",
    )
    ethnicity_seen: Mapped[str | None] = field(
        "Ethnicity as an officer saw it",
        codes="ethnicity_officer_seen",
        help="Only how a person appeared; never in place of what they say.",
    )
    language: Mapped[str | None] = field("First language")
    interpreter: Mapped[bool | None] = field("Interpreter needed")
    disability: Mapped[list[str] | None] = field("Disability", codes="disability")
    religion: Mapped[str | None] = field("Religion")
    note: Mapped[str | None] = field("Note", kind=FieldKind.PROSE)


class Residence(PersonFact):
    """Where a person lives or stays; people at one address at one time are a household."""

    __tablename__ = "person_residence"

    address: Mapped[str | None] = field("Address", help="House and street.", needed=True)
    town: Mapped[str | None] = field("Town or borough")
    postcode: Mapped[str | None] = field("Postcode")
    kind: Mapped[str | None] = field("Kind of stay", codes="residence_kind")
    confirmed_on: Mapped[date | None] = field(
        "Household confirmed on", help="When police last saw who lives there."
    )


class Contact(PersonFact):
    """A telephone number, mail address or other way to reach a person."""

    __tablename__ = "person_contact"

    kind: Mapped[str | None] = field("Kind", codes="contact_means", needed=True)
    value: Mapped[str | None] = field("Number or address", needed=True)


class Setting(PersonFact):
    """School, nursery, surgery or other setting that sees the person."""

    __tablename__ = "person_setting"

    kind: Mapped[str | None] = field("Kind of setting", codes="setting_kind", needed=True)
    name: Mapped[str | None] = field("Name", needed=True)
    contact: Mapped[str | None] = field("Named contact there")


class Involvement(PersonFact):
    """What a person is to this file: subject child, mother, partner, professional."""

    __tablename__ = "involvement"

    role: Mapped[str | None] = field("Role in the file", codes="involvement_role", needed=True)
    agency: Mapped[str | None] = field("Agency", codes="agency", help="For professionals.")
    parental_responsibility: Mapped[bool | None] = field("Has parental responsibility")
    responsibility_basis: Mapped[str | None] = field(
        "Parental responsibility by", codes="parental_responsibility_basis"
    )
    warnings: Mapped[list[str] | None] = field(
        "Warnings", codes="warning_marker", help="What whoever knocks at the door must know first."
    )
    of_concern: Mapped[bool | None] = field("A person of concern")
    note: Mapped[str | None] = field("Note", kind=FieldKind.PROSE)


class Relationship(PersonFact):
    """How one person stands to another, with source and whether it was verified."""

    __tablename__ = "relationship"

    kind: Mapped[str | None] = field("Is the", codes="relationship", needed=True)
    to_person_id: Mapped[UUID | None] = field("Of", kind=FieldKind.PERSON, needed=True)

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        """Asked for from both sides."""
        return (Index("ix_relationship_to_person_id", "to_person_id"), {"info": IMMUTABLE})


class Allocation(Fact):
    """The officer, researcher or supervisor who holds a file, over time."""

    __tablename__ = "allocation"

    role: Mapped[str | None] = field("Holds it as", codes="allocation_role", needed=True)
    officer_id: Mapped[UUID | None] = field("Officer", kind=FieldKind.OFFICER, needed=True)


PERSON_FACTS: tuple[type[PersonFact], ...] = (
    PersonName,
    Birth,
    Involvement,
    Residence,
    Relationship,
    Characteristics,
    Identifier,
    Setting,
    Contact,
)
"""Every kind of fact about a person, in the order a file shows them."""
