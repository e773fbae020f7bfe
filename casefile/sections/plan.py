"""The child protection plan, or the plan for a child in need, and how far it is carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field, rows
from casefile.record.duties import Ceases, Opens, stated
from casefile.record.facts import EntryFact, Held
from casefile.record.groups import Action
from casefile.sections.base import Section, Weight, Words

PROTECTION = ("on_plan", "registered")
ENDS = ("end", "end_in_need", "end_looked_after", "transferred")
"""Decisions of a review conference that end the plan."""
_OF_PLAN = (
    "RCPC-1", "RCPC-n", "RCPC-B", "RCPC-B-UNFIT", "CG-1", "CG-n", "VIS-1", "VIS-3-ANY", "VIS-3-SW", "LEG-3", "CONF-R2",
)  # fmt: skip


def _made_elsewhere(entry: EntryFact) -> bool:
    """A plan on file without its conference still has to be reviewed."""
    return (
        entry.get("conference_on") is None
        and entry.get("status") in PROTECTION
        and entry.get("ended_on") is None
    )


def _after_birth(entry: EntryFact) -> str:
    """A plan made before birth is looked at again soon after it; later where the mother is not fit."""
    return "RCPC-B-UNFIT" if entry.get("mother_fit") is False else "RCPC-B"


def _protection_ended(entry: EntryFact) -> bool:
    return entry.get("status") != "in_need" and _over_on(entry) is not None


def _over_on(entry: EntryFact) -> date | None:
    """The day a plan ended; of one said to have ended and nobody says when, the day police knew of it."""
    found: date | None = entry.get("ended_on")
    return found or (entry.known_on if entry.get("status") in ("ended", "transferred") else None)


PLAN_MADE_BY = ("conference", "plan")
"""Sections that say whether a plan stands."""


def plan_stands(entries: Iterable[EntryFact], day: date) -> bool:
    """Whether the child was on a child protection plan on a day: a conference or a plan on file made one, none ended it."""
    made: date | None = None
    ended: date | None = None
    for entry in entries.of(*PLAN_MADE_BY) if isinstance(entries, Held) else entries:
        on = entry.happened_on
        if on is None or on > day:
            continue
        review = entry.get("review_outcome") if entry.section == "conference" else None
        starts = entry.get("outcome") == "plan" if entry.section == "conference" else False
        if entry.section == "plan" and entry.get("status") != "in_need":
            starts = entry.get("status") in (*PROTECTION, "ended", "transferred")
            over = _over_on(entry)
            if over and over <= day:
                ended = max(ended or over, over)
        if starts:
            made = max(made or on, on)
        if review in ENDS:
            ended = max(ended or on, on)
    return made is not None and (ended is None or ended < made)


def under_plan(known: Sequence[EntryFact], entry: EntryFact) -> bool:
    """Whether the child was on a child protection plan on the day of an entry."""
    return entry.happened_on is not None and plan_stands(known, entry.happened_on)


class Plan(Section, key="plan", divider="plan", title="Plan"):
    """What is to be done so that the child is safe, by whom and by when.

    Both the first and the latest category of abuse are kept. Once the plan has ended, its reviews and
    core groups are owed no more.
    """

    happened_label = "Began on"

    status: Mapped[str | None] = field("Status", codes="plan_status", needed=True)
    category: Mapped[str | None] = field(
        "Category of abuse", codes="abuse_category", asked=True, prefill="conference.category"
    )
    first_category: Mapped[str | None] = field("Category at the start", codes="abuse_category")
    conference_on: Mapped[date | None] = field(
        "Conference on file",
        help="Date of the conference that made it, if it stands in this file.",
        prefill="conference.happened_on",
    )
    previous_plans: Mapped[int | None] = field("Earlier plans", help="How many the child had before.")
    aims: Mapped[str | None] = field("What must change", kind=FieldKind.PROSE, asked=True)
    contingency: Mapped[str | None] = field("If it does not change", kind=FieldKind.PROSE, asked=True)
    police_trigger: Mapped[str | None] = field(
        "What would make police act further", kind=FieldKind.PROSE, asked=True
    )
    ended_on: Mapped[date | None] = field("Ended on")
    end_reason: Mapped[str | None] = field(
        "Why it ended", codes="plan_end_reason", help="Needed once it has ended."
    )

    born_on: Mapped[date | None] = field("Born on", help="Of a plan made before birth.")
    mother_fit: Mapped[bool | None] = field("Mother fit to attend", help="Of a plan made before birth.")

    actions = rows("Actions", Action, asked=True)

    opens = (
        Opens("RCPC-1", when=_made_elsewhere, even_if_past=True),
        Opens("LEG-3", when=_made_elsewhere),
        Opens(_after_birth, counted_from=stated("born_on"), among=("RCPC-B", "RCPC-B-UNFIT")),
    )
    ceases = (Ceases(_OF_PLAN, when=_protection_ended, from_on=_over_on),)

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """A plan begun, changed or ended is significant."""
        return "significant"

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """Its status and category."""
        status = words("plan_status", entry.get("status") or "") or "Plan"
        category = words("abuse_category", entry.get("category") or "")
        return f"{status}: {category.lower()}" if category else status

    @classmethod
    def excused(cls, entry: EntryFact) -> frozenset[str]:
        """Nobody works on a plan that had ended before police knew of it; a child in need has no category of abuse."""
        ended = entry.get("ended_on")
        if ended and entry.known_on > ended:
            return frozenset({"aims", "contingency", "police_trigger", "actions"})
        return frozenset({"category", "police_trigger"}) if entry.get("status") == "in_need" else frozenset()

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """Each action has an owner and a date."""
        if entry.get("ended_on"):
            return ()
        rows = entry.rows("actions")
        loose = [row for row in rows if not row.get("due_on") or not (row.get("owed_by") or row.get("owner"))]
        return tuple(f"no owner or no date: {row.get('what')}" for row in loose)

    @classmethod
    def front(cls, entry: EntryFact) -> Mapping[str, Any]:
        """Category and beginning of a child protection plan that stands; empty once it has ended."""
        if entry.get("status") in PROTECTION and entry.get("ended_on") is None:
            return {"plan_category": entry.get("category"), "plan_since": entry.happened_on}
        return {} if entry.get("status") == "in_need" else {"plan_category": None, "plan_since": None}

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """An end before the start; an end without its reason."""
        began, ended = values.get("happened_on"), values.get("ended_on")
        if began and ended and ended < began:
            return {"ended_on": "It cannot end before it began."}
        if ended and not values.get("end_reason"):
            return {"end_reason": "Say why it ended."}
        return {}
