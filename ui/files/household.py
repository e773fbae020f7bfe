"""Who lives where, by what is known now: above the records of the household divider."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.files.queries.docket import Docket
from casefile.record.dates import short_date
from casefile.record.homes import NO_ADDRESS, address_of, whole_addresses
from casefile.record.persons import PersonView, age_words
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.parts import card, column, label, readable, row


@dataclass(frozen=True, slots=True)
class Living:
    """One person at an address.

    Attributes:
        since: When they came there, as far as is known.
        how: What the address is to them (home, visiting …), as a code.
        verified: Whether somebody has verified it; None where nobody said.
    """

    person: PersonView
    since: str
    how: str
    verified: bool | None


def living(docket: Docket) -> dict[str, tuple[Living, ...]]:
    """The people of a file by the address they live at or frequent now; those without one come last."""
    found: dict[str, list[Living]] = defaultdict(list)
    whole = whole_addresses([home for one in docket.people for home in one.now("residence")])
    for person in docket.people:
        homes = person.now("residence")
        for home in homes:
            found[address_of(home, whole)].append(
                Living(
                    person, short_date(home.get("from_on")), str(home.get("kind") or ""), home.get("verified")
                )
            )
        if not homes and not set(person.roles(docket.id)) & {"professional", "unborn"}:
            found[NO_ADDRESS].append(Living(person, "", "", None))
    return {key: tuple(found[key]) for key in sorted(found, key=lambda one: (one == NO_ADDRESS, one))}


class HouseholdNow(QWidget):
    """The card: each address with who lives there, since when, and who said so to whom it was not verified."""

    def __init__(self, context: Context, docket: Docket) -> None:
        super().__init__()
        self._context, self._docket = context, docket
        frame = card()
        body = column(self, gap=0)
        body.addWidget(frame)
        inner = column(frame, margins=16, gap=4)
        inner.addWidget(label("Who lives where now", "section-title"))
        where = living(docket)
        if not where:
            inner.addWidget(
                readable("Nobody is named yet. Add the people of the family under Child.", "quiet")
            )
        for address, people in where.items():
            inner.addWidget(label(address, "strong", wrap=True))
            for one in people:
                self._show(inner, one)

    def _show(self, inner: QVBoxLayout, one: Living) -> None:
        codes = self._context.desk.standards.codes
        roles = ", ".join(codes("involvement_role").label(role) for role in one.person.roles(self._docket.id))
        age = age_words(one.person.born_on, self._context.today)
        how = codes("residence_kind").label(one.how) if one.how and one.how != "home" else ""
        words = " · ".join(
            part
            for part in (one.person.name, roles, age, how, f"since {one.since}" if one.since else "")
            if part
        )
        line = row()
        line.addWidget(readable(words), 1)
        if one.verified is False:
            line.addWidget(Chip("not verified", "late"))
        inner.addLayout(line)
