"""Supervision notes: a supervisor looked at the file and directed what comes next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped

from casefile.record.dates import long_date
from casefile.record.described import FieldKind, field, rows, yes_or_no
from casefile.record.duties import Closes, Opens, stated
from casefile.record.facts import EntryFact, Held
from casefile.record.groups import Action
from casefile.sections.base import Section, Words
from casefile.work.names import Permission

RECORD = DIVIDER = "supervision"
"""Key of the record, and of the divider it stands behind."""
INSPECTORS = frozenset({"insp", "di", "ci", "dci", "supt", "dsupt", "chsupt", "commander"})
"""Ranks whose review counts as an inspector's."""
_OVERSIGHT = frozenset({"supervision", "decision", "challenge", "closure"})
"""Sections which are a supervisor's own business: what stands there is oversight, not work to be reviewed."""
_NO_REVIEW = "direction"
"""Kind of a note that directs and reviews nothing."""


def by_inspector(note: Any) -> bool:
    """Whether a note (its entry, or the values of its form) is an inspector's review: by its kind or its rank."""
    return note.get("kind") in ("inspector", "senior") or note.get("rank") in INSPECTORS


def is_review(entry: EntryFact) -> bool:
    """Whether a supervision note looked at the whole file; a direction alone did not."""
    return entry.section == "supervision" and entry.get("kind") != _NO_REVIEW


def _inspected(entry: EntryFact) -> bool:
    return is_review(entry) and by_inspector(entry)


def starts_inspection(known: Sequence[EntryFact], entry: EntryFact) -> bool:
    """Whether the clock of the inspector's next review starts with an entry.

    It starts with the first risk assessment or review of an open file, again with each inspector's review, and again
    when the risk rises to high: an inspector sees a high-risk file sooner, and every file in the end.
    """
    if entry.section == "supervision" and by_inspector(entry):
        return True
    held = known if isinstance(known, Held) else Held(known)
    here = _place(entry)
    closings = held.once("closings", lambda them: sorted(_place(one) for one in them.of("closure")))
    judged = held.once("judged", _judged)
    closed = bisect_left(closings, here)
    first = bisect_right(judged, closings[closed - 1], key=_place) if closed else 0
    places = range(bisect_left(judged, here, key=_place) - 1, first - 1, -1)
    back = (judged[place] for place in places if judged[place].thread_id != entry.thread_id)
    nearest = next(back, None)
    if nearest is None:
        return True
    if entry.get("level") != "high":
        return False
    return next((level for one in chain((nearest,), back) if (level := one.get("level"))), None) != "high"


def _judged(known: Held) -> list[EntryFact]:
    """Assessments of risk and reviews, in order."""
    return sorted((one for one in known if one.section == "risk" or is_review(one)), key=_place)


def _place(entry: EntryFact) -> tuple[date, date, UUID]:
    return entry.happened_on or entry.known_on, entry.known_on, entry.thread_id


def inspection_level(entry: EntryFact) -> str:
    """The level whose interval limits the inspector's next review; the widest where none was judged."""
    return entry.get("level") or "standard"


def last_review(entries: Sequence[EntryFact]) -> EntryFact | None:
    """The latest review among *entries*; None if nobody has reviewed the file."""
    found = [one for one in entries if is_review(one)]
    return max(found, key=lambda one: (one.happened_on or one.known_on, one.recorded_at), default=None)


def _owned(direction: Mapping[str, Any]) -> bool:
    return any(direction.get(key) for key in ("officer_id", "owner", "owed_by"))


INSPECTOR_REVIEW = Opens(
    "INSPECTOR-REVIEW",
    owed_by="police",
    inspector_of=inspection_level,
    in_file=starts_inspection,
    looks_at=("risk", RECORD, "closure"),
    even_if_past=True,
    title="Inspector’s review",
)


class Supervision(Section, key=RECORD, divider=DIVIDER, title="Supervision"):
    """A supervisor's review of the file: is the risk right, was the child seen and heard, does the plan deliver.

    Good supervision is case planning, constructive challenge and professional development (report of June 2009,
    paragraph 20). Each direction has an owner and a date and becomes a task. The interval follows from the level of
    risk. Whoever recorded the work since the last review does not sign the review of it.
    """

    happened_label: ClassVar[str] = "Reviewed on"
    happens_today: ClassVar[bool] = True
    signs: ClassVar[Permission] = Permission.SIGN_SUPERVISION
    own_hand: ClassVar[bool] = True

    kind: Mapped[str | None] = field(
        "Kind of review", codes="supervision_kind", needed=True, prefill="note.kind"
    )
    supervisor: Mapped[str | None] = field("Supervisor", needed=True, prefill="officer")
    rank: Mapped[str | None] = field("Rank", codes="police_rank", asked=True, prefill="note.rank")
    safety: Mapped[str | None] = field(
        "Safety of the child now",
        kind=FieldKind.PROSE,
        asked=True,
        prefill="note.safety",
        help="Who saw each child last and when; is it safe today?",
    )
    child_seen: Mapped[bool | None] = yes_or_no("The child was seen and heard", "voice", asked=True)
    voice: Mapped[str | None] = field(
        "Voice of the child",
        kind=FieldKind.PROSE,
        asked=True,
        prefill="note.voice",
        help="What it said, to whom, alone or not; what its day is like.",
    )
    new_adult: Mapped[bool | None] = yes_or_no("A new or unverified adult is there", "household")
    household: Mapped[str | None] = field(
        "Who lives there; any new adult", kind=FieldKind.PROSE, asked=True, prefill="note.household"
    )
    level: Mapped[str | None] = field(
        "Risk level as it stands", codes="risk_level", asked=True, prefill="note.level"
    )
    risk_right: Mapped[bool | None] = yes_or_no("The level of risk is right", "risk_why", needed=True)
    risk_why: Mapped[str | None] = field("Why it is right, or is not", kind=FieldKind.PROSE, asked=True)
    moving: Mapped[bool | None] = yes_or_no("The investigation is moving", "evidence")
    evidence: Mapped[str | None] = field(
        "Evidence outstanding, with dates", kind=FieldKind.PROSE, asked=True, prefill="note.evidence"
    )
    bail: Mapped[str | None] = field("Bail", kind=FieldKind.PROSE, asked=True, prefill="note.bail")
    meetings: Mapped[str | None] = field(
        "Meetings held and due", kind=FieldKind.PROSE, asked=True, prefill="note.meetings"
    )
    plan_delivered: Mapped[bool | None] = yes_or_no("The plan is being delivered", "plan_state")
    plan_state: Mapped[str | None] = field(
        "Delivery of the plan", kind=FieldKind.PROSE, asked=True, prefill="note.plan"
    )
    earlier_closed: Mapped[bool | None] = yes_or_no("Earlier directions are all closed", "earlier")
    earlier: Mapped[str | None] = field(
        "Earlier directions", kind=FieldKind.PROSE, asked=True, prefill="note.earlier"
    )
    challenge_needed: Mapped[bool | None] = yes_or_no("A challenge to a partner is needed", "challenge")
    challenge: Mapped[str | None] = field(
        "Disagreement and challenge", kind=FieldKind.PROSE, prefill="note.challenge"
    )
    development: Mapped[str | None] = field("Professional development need", kind=FieldKind.PROSE)
    note: Mapped[str | None] = field(
        "Decision, with reasons",
        kind=FieldKind.PROSE,
        needed=True,
        help="Where the case goes from here, and why.",
    )
    directions = rows("Directions", Action)
    review_on: Mapped[date | None] = field(
        "Next review by",
        needed=True,
        prefill="note.review_on",
        help="The interval of the level of risk counts even if this is later. A direction alone moves no review.",
    )

    opens: ClassVar[tuple[Opens, ...]] = (
        Opens(
            "SUPERVISION",
            when=is_review,
            owed_by="police",
            due_on=stated("review_on"),
            review_of=lambda e: e.get("level"),
            even_if_past=True,
            title="Supervisor’s review",
        ),
        INSPECTOR_REVIEW,
    )
    closes: ClassVar[tuple[Closes, ...]] = (
        Closes(("SUPERVISION",), when=is_review),
        Closes(("INSPECTOR-REVIEW",), when=_inspected),
    )

    @classmethod
    def right(cls, values: Mapping[str, Any]) -> Permission:
        """An inspector's review is signed by an inspector or above; every other note by a supervisor."""
        return Permission.SIGN_INSPECTION if by_inspector(values) else cls.signs

    @classmethod
    def bars(
        cls, values: Mapping[str, Any], held: Callable[[], Sequence[EntryFact]], officer_id: UUID, named: str
    ) -> str | None:
        """Nobody reviews their own work: what they recorded since the last review stands against their signature."""
        if values.get("kind") == _NO_REVIEW:
            return None
        entries = held()
        last = last_review(entries)
        own = [
            one
            for one in entries
            if one.author_id == officer_id
            and one.section not in _OVERSIGHT
            and (last is None or one.recorded_at > last.recorded_at)
        ]
        if not own:
            return None
        first = min(own, key=lambda one: one.recorded_at)
        since = f"since the review of {long_date(last.happened_on)}" if last else "in a file never reviewed"
        count = f" and {len(own) - 1} more" if len(own) > 1 else ""
        return (
            f"You recorded work here yourself {since} (“{first.summary}”{count}): somebody else reviews it."
        )

    @classmethod
    def excused(cls, entry: EntryFact) -> frozenset[str]:
        """A direction alone reviews nothing; a first review may come before the risk is assessed."""
        if is_review(entry):
            return frozenset({"level"} if entry.get("kind") == "initial" else ())
        asked = (name for name, one in cls.__described__.items() if one["asked"])
        return frozenset(asked)

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """The next review comes after this one."""
        held, following = values.get("happened_on"), values.get("review_on")
        if held and following and following <= held:
            return {"review_on": "The next review must come after the day of this one."}
        return {}

    @classmethod
    def wanting(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """A direction without an owner or a day is nobody's, and never late."""
        found: dict[str, str] = {}
        held = values.get("happened_on")
        for place, row in enumerate(values.get("directions") or ()):
            if not _owned(row):
                found[f"directions.{place}.owner"] = "Say whose it is: an officer, a name or an agency."
            due = row.get("due_on")
            if not due:
                found[f"directions.{place}.due_on"] = "Say by when it is to be done."
            elif held and due < held:
                found[f"directions.{place}.due_on"] = "This is before the day of the review."
        return found

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """A direction that came in without an owner or a day."""
        return tuple(
            f"no owner or no date: {row.get('what')}"
            for row in entry.rows("directions")
            if not (_owned(row) and row.get("due_on"))
        )

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The kind of review, and how many directions."""
        kind = words("supervision_kind", entry.get("kind") or "") or "Supervision"
        count = len(entry.rows("directions"))
        return f"{kind}: {count} direction{'' if count == 1 else 's'}" if count else kind
