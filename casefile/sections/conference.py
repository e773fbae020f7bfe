"""Child protection conferences: initial, review, before birth and on transfer."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field, rows
from casefile.record.duties import Ceases, Closes, Opens, on_the_day, stated
from casefile.record.facts import EntryFact
from casefile.record.groups import Action, Attendee
from casefile.sections.base import Section, Weight, Words
from casefile.sections.plan import ENDS

_FIRST = ("initial", "pre_birth", "transfer_in", "receiving")


def _is_first(entry: EntryFact) -> bool:
    return entry.get("kind") in _FIRST


def _is_review(entry: EntryFact) -> bool:
    return entry.get("kind") == "review"


def _makes_plan(entry: EntryFact) -> bool:
    return _is_first(entry) and entry.get("outcome") == "plan"


def _plan_goes_on(entry: EntryFact) -> bool:
    return _is_review(entry) and entry.get("review_outcome") not in (*ENDS, "adjourned")


def _held_review(entry: EntryFact) -> bool:
    return _is_review(entry) and entry.get("review_outcome") != "adjourned"


def ends_plan(entry: EntryFact) -> bool:
    """Whether a review ended the plan."""
    return _is_review(entry) and entry.get("review_outcome") in ENDS


def _no_report(entry: EntryFact) -> bool:
    return entry.get("report_sent_on") is None


def _goes_on(entry: EntryFact) -> bool:
    return _makes_plan(entry) or _plan_goes_on(entry)


class Conference(Section, key="conference", divider="conferences", title="Conference"):
    """A conference that decides whether a child needs a child protection plan, or reviews one.

    The first review is due three months after the initial conference, later ones every six months;
    the first core group ten working days after it (Working Together, every edition since 1999).
    """

    happened_label = "Held on"

    kind: Mapped[str | None] = field("Type", codes="conference_type", needed=True)
    place: Mapped[str | None] = field("Where", prefill="last.place")
    chair: Mapped[str | None] = field("Chaired by", asked=True, prefill="last.chair")
    police_attendance: Mapped[str | None] = field("Did police attend?", codes="police_attendance", asked=True)
    police_officer: Mapped[str | None] = field("Police officer", help="Name and rank of who attended.")
    non_attendance: Mapped[str | None] = field("Why police did not attend", codes="non_attendance_reason")
    report_sent_on: Mapped[date | None] = field("Police report sent on", asked=True, prefill="report_given")
    quorate: Mapped[str | None] = field("Was it quorate?", codes="quorate", asked=True)
    outcome: Mapped[str | None] = field("Decision of a first conference", codes="icpc_outcome")
    review_outcome: Mapped[str | None] = field("Decision of a review", codes="rcpc_outcome")
    category: Mapped[str | None] = field("Category of abuse", codes="abuse_category", prefill="plan.category")
    position: Mapped[str | None] = field("Police view", codes="conference_position", asked=True)
    dissent: Mapped[str | None] = field("Dissent", kind=FieldKind.PROSE, help="Whose and why, in full.")
    participation: Mapped[str | None] = field(
        "How the child took part", codes="child_participation", asked=True
    )
    discussed: Mapped[str | None] = field("What was said and decided", kind=FieldKind.PROSE)
    next_on: Mapped[date | None] = field("Next conference fixed for", dated=True)
    next_at: Mapped[time | None] = field("At", help="Time of day of the next one, if it is fixed.")
    decision_received_on: Mapped[date | None] = field("Decision letter received on")
    record_received_on: Mapped[date | None] = field("Full record received on")

    attendees = rows("Who attended", Attendee, asked=True, prefill="invited")
    actions = rows("Recommendations and actions", Action)

    opens = (
        Opens("CG-1", when=_makes_plan, from_known=True),
        Opens("RCPC-1", when=_makes_plan, even_if_past=True),
        Opens("RCPC-n", when=_plan_goes_on, even_if_past=True),
        Opens("CONF-D", done_on=stated("decision_received_on")),
        Opens("CONF-M", done_on=stated("record_received_on"), from_known=True),
        Opens("CONF-R2", when=_goes_on, counted_from=stated("next_on"), opened_on=on_the_day),
        Opens("VIS-3-ANY", when=_makes_plan, from_known=True),
        Opens("LEG-3", when=_makes_plan),
    )
    closes = (
        Closes(("ICPC", "REF-1"), when=_is_first),
        Closes(("RCPC-1", "RCPC-n", "RCPC-B", "RCPC-B-UNFIT"), when=_held_review),
        Closes(("CONF-R1", "CONF-R2"), done_on=stated("report_sent_on")),
    )
    ceases = (
        Ceases(("CG-1", "CG-n", "VIS-1", "VIS-3-ANY", "VIS-3-SW", "LEG-3", "CONF-R2"), when=ends_plan),
        Ceases(("CONF-R1", "CONF-R2"), when=_no_report),
    )

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """A plan begun or ended, and a dissent, are significant."""
        decided = entry.get("outcome") == "plan" or ends_plan(entry)
        return "significant" if decided or entry.get("dissent") else ""

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """Its type and decision."""
        kind = words("conference_type", entry.get("kind") or "")
        head = f"{kind} conference" if kind else "Conference"
        codes, key = ("rcpc_outcome", "review_outcome") if _is_review(entry) else ("icpc_outcome", "outcome")
        decision = words(codes, entry.get(key) or "")
        return f"{head}: {decision[0].lower()}{decision[1:]}" if decision else head

    @classmethod
    def excused(cls, entry: EntryFact) -> frozenset[str]:
        """Police who were not invited owe no report and no view; a child not yet born takes no part."""
        found: set[str] = set()
        if entry.get("non_attendance") == "not_invited":
            found |= {"report_sent_on", "position"}
        if entry.get("kind") == "pre_birth":
            found.add("participation")
        return frozenset(found)

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """A decision, a reason where police stayed away, and the report in time."""
        found: list[str] = []
        if not entry.get("review_outcome" if _is_review(entry) else "outcome"):
            found.append("the decision")
        if entry.get("police_attendance") in ("report_only", "neither") and not entry.get("non_attendance"):
            found.append("why police did not attend")
        if entry.get("outcome") == "plan" and _is_first(entry) and not entry.get("category"):
            found.append("the category of abuse")
        if entry.get("position") in ("dissent", "agreed_after_dissent") and not entry.get("dissent"):
            found.append("whose dissent, and why")
        sent = entry.get("report_sent_on")
        if sent and entry.happened_on and sent >= entry.happened_on:
            found.append("the police report was not sent before the conference")
        return tuple(found)
