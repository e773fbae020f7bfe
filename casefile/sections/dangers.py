"""What whoever knocks at the door must know first: warnings about people and about the home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.standards import Library

AT_THE_DOOR = ("animals_weapon", "hostile")
"""Risk factors that endanger whoever visits; codes of ``risk_factor``."""
THERE = ("present", "suspected")


@dataclass(frozen=True, slots=True)
class Danger:
    """One warning of a file, or all warnings about one person of it.

    Attributes:
        who: The person with what they are to the file, or "The home".
        what: What the danger is, in the words of the code list, with what shows it.
        said: Since when, and who says so; "" where nobody said.
    """

    who: str
    what: str
    said: str

    @property
    def sentence(self) -> str:
        """The whole on one line."""
        return f"{self.who}: {self.what}{f' ({self.said})' if self.said else ''}"


def dangers(
    file_id: UUID, people: Iterable[PersonView], latest: Iterable[EntryFact], library: Library
) -> tuple[Danger, ...]:
    """The warnings of a file that hold now: of each person in the file's order, then those of the last risk assessment.

    A warning that another file holds about the same person counts too, as far as this officer may see that file.

    Args:
        file_id: The file.
        people: Everybody in it, with their facts.
        latest: The latest version of each of its entries.
        library: The code lists.
    """
    judged = [one for one in latest if one.section == "risk"]
    last = max(judged, key=lambda one: (one.happened_on or date.min, one.recorded_at), default=None)
    return (*_of_people(file_id, people, library), *(_of_home(last, library) if last else ()))


def _of_people(file_id: UUID, people: Iterable[PersonView], library: Library) -> Iterable[Danger]:
    order = [one.code for one in library.codes("warning_marker").codes]
    for person in people:
        facts = [one for one in person.now("involvement") if one.get("warnings")]
        held = {str(code) for one in facts for code in one.get("warnings")}
        if held:
            codes = sorted(held, key=lambda code: order.index(code) if code in order else len(order))
            roles = ", ".join(library.codes("involvement_role").label(one) for one in person.roles(file_id))
            said = [str(one.get("source")) for one in facts if one.get("source")]
            since = min((one.get("known_on") for one in facts if one.get("known_on")), default=None)
            yield Danger(
                f"{person.name}, {roles.lower()}" if roles else person.name,
                "; ".join(library.codes("warning_marker").label(code) for code in codes),
                _said(since, said),
            )


def _of_home(last: EntryFact, library: Library) -> Iterable[Danger]:
    for row in last.rows("factors"):
        if row.get("factor") in AT_THE_DOOR and row.get("factor_state") in THERE:
            what = library.codes("risk_factor").label(str(row.get("factor")))
            state = "" if row.get("factor_state") == "present" else ", suspected"
            shown = str(row.get("evidence") or "").strip().rstrip(".")
            day = last.happened_on or last.known_on
            yield Danger(
                "The home", f"{what}{state}{f': {shown}' if shown else ''}", f"risk assessed {long_date(day)}"
            )


def _said(since: date | None, sources: Sequence[str]) -> str:
    day = f"known since {long_date(since)}" if since else ""
    return ", ".join(part for part in (day, *dict.fromkeys(sources)) if part)
