"""What an index says, as plain data: dockets with their children, adults, officers and doubts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from casefile.exchange.docket.names import Named
from casefile.sections.values import DOUBTS

AS_STATED = "Kept as stated; the value itself is left empty."
MARKED = "Imported and marked."
NOTED = "Kept as a note with the child."
REPORT_ONLY = "It stands in this report only."


@dataclass(frozen=True, slots=True)
class DocketDoubt:
    """Something in the index that cannot be taken as it stands.

    Attributes:
        row: Row of the sheet; 0 for the index as a whole.
        file: Reference of the docket as stated, or of its family.
        who: Whom it is about, as stated.
        column: Heading of the column, or the place in the file.
        stated: The index's own words.
        why: Why it is doubtful, in a sentence.
        done: What was done with it, in a sentence.
    """

    row: int
    file: str
    who: str
    column: str
    stated: str
    why: str
    done: str = MARKED


@dataclass(frozen=True, slots=True)
class Said:
    """One fact or entry the index states.

    Attributes:
        kind: Key of the kind of fact, or of the section.
        part: What tells it from others of its kind: a number's kind, a day.
        raw: State of its form, with its doubts.
        happened_on: For entries: when, if known.
    """

    kind: str
    part: str
    raw: dict[str, Any]
    happened_on: date | None = None


@dataclass(slots=True)
class PersonSays:
    """What the index says of one person.

    Attributes:
        role: Code of ``involvement_role``.
        row: The row that names them first.
        facts, entries: What it states, in order.
        notes: What is kept as it stands: heading and words.
    """

    named: Named
    role: str
    row: int
    facts: list[Said] = field(default_factory=list[Said])
    entries: list[Said] = field(default_factory=list[Said])
    notes: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def fact(self, kind: str) -> Said | None:
        """The first fact of a kind."""
        return next((one for one in self.facts if one.kind == kind), None)

    @property
    def born_on(self) -> date | None:
        """Date of birth, where it could be read."""
        found = self.fact("birth")
        return found.raw.get("born_on") if found else None

    @property
    def expected_on(self) -> date | None:
        """Expected date of birth, where it could be read."""
        found = self.fact("birth")
        return found.raw.get("expected_on") if found else None

    def take(self, other: PersonSays) -> None:
        """Take over what another row says of the same person: what is new beside what is known."""
        known = {(one.kind, one.part) for one in self.facts}
        for one in other.facts:
            if (one.kind, one.part) not in known:
                self.facts.append(one)
            else:
                self._differ(one)
        for one in other.entries:
            if (one.kind, one.part, one.raw) not in [
                (each.kind, each.part, each.raw) for each in self.entries
            ]:
                self.entries.append(one)
        self.notes += [one for one in other.notes if one not in self.notes]

    def _differ(self, other: Said) -> None:
        """Fill what is empty; keep as a note what another row states otherwise."""
        mine = next(one for one in self.facts if (one.kind, one.part) == (other.kind, other.part))
        for key, value in other.raw.items():
            if key != DOUBTS and key not in mine.raw:
                mine.raw[key] = value
            elif key != DOUBTS and mine.raw[key] != value and key not in ("kind", "precision"):
                self.notes.append((f"Row {self.row} and another row differ ({key})", str(value)))
        marks = {**other.raw.get(DOUBTS, {}), **mine.raw.get(DOUBTS, {})}
        if marks:
            mine.raw[DOUBTS] = marks


@dataclass(slots=True)
class Once:
    """What a row says of the docket itself.

    Attributes:
        opened, closed: Days, where they could be read.
        is_closed: Whether the index says that the docket is closed.
        officers: By role in the allocation, as stated.
        next_conference: If it is still to come.
    """

    opened: date | None = None
    closed: date | None = None
    is_closed: bool = False
    officers: dict[str, str] = field(default_factory=dict[str, str])
    next_conference: date | None = None
    next_stated: str = ""


@dataclass(slots=True)
class DocketSays:
    """One docket of the index: one case file to be.

    Attributes:
        key: What finds it again in a later index.
        reference: As stated; "" where the index gives none.
        family: The family name, for telling families apart.
        rows: The rows it stands in.
    """

    key: str
    reference: str
    family: str
    rows: list[int]
    children: list[PersonSays] = field(default_factory=list[PersonSays])
    adults: list[PersonSays] = field(default_factory=list[PersonSays])
    once: Once = field(default_factory=Once)

    @property
    def label(self) -> str:
        """How the report names it."""
        return self.reference or (f"the {self.family} family" if self.family else f"row {self.rows[0]}")

    @property
    def people(self) -> list[PersonSays]:
        """Children first, then adults."""
        return [*self.children, *self.adults]


@dataclass(slots=True)
class RowSays:
    """What one row says, before rows are brought together.

    Attributes:
        loose: What is kept as it stands though the row names no child: heading and words.
    """

    row: int
    reference: str
    family: str
    children: list[PersonSays]
    adults: list[PersonSays]
    once: Once
    doubts: list[DocketDoubt]
    loose: list[tuple[str, str]]

    def named_for(self, label: str) -> list[DocketDoubt]:
        """Its doubts, under the name of the docket they belong to."""
        return [replace(one, file=label) for one in self.doubts]


def mark(raw: dict[str, Any], key: str, stated: str, why: str) -> None:
    """Mark one field of a form as doubtful."""
    marks: dict[str, dict[str, str]] = raw.setdefault(DOUBTS, {})
    held = marks.get(key)
    if held:
        stated = "; ".join(dict.fromkeys(one for one in (held["stated"], stated) if one))
        why = " ".join(dict.fromkeys((held["why"], why)))
    marks[key] = {"stated": stated, "why": why}
