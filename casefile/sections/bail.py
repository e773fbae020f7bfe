"""Bail and release under investigation: conditions, expiry and what they mean for the child."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.dates import long_date
from casefile.record.described import FieldKind, field
from casefile.record.duties import Closes, Opens, stated
from casefile.record.facts import EntryFact
from casefile.sections.base import Section, Weight, Words
from casefile.standards import library

PRE_CHARGE = ("bail_to_return", "street", "pre_charge_2017", "pre_charge", "pre_charge_complex", "cps")
"""Kinds of bail before charge, which the law limits."""


NOT_BEFORE_CHARGE = ("charge", "court", "remand", "nfa", "voluntary", "rui")
"""Kinds that do not stand in the way of closing a file: the court decides, or nobody is bailed."""

_NO_BAIL = ("rui", "voluntary", "remand", "nfa")

_AS_IT_RUNS_OUT = timedelta(days=14)
_ACT_2017, _ACT_2022 = date(2017, 4, 3), date(2022, 10, 28)
"""First days of the Policing and Crime Act 2017 and of the Police, Crime, Sentencing and Courts Act 2022, Schedule 4."""


LIMITS = (
    "BAIL-0", "BAIL-17-INSP", "BAIL-17-SUPT", "BAIL-22x", "BAIL-22-CUSTODY", "BAIL-22-INSP", "BAIL-22-SUPT", "BAIL-22-MAX",
)  # fmt: skip
"""Timescales of bail before charge."""


def _limit(entry: EntryFact) -> str | None:
    """Which limit of pre-charge bail applies, by the law of the day it began and who authorised it."""
    began, rank = entry.happened_on, entry.get("authorised_by")
    if entry.get("kind") not in PRE_CHARGE or began is None:
        return None
    if began < _ACT_2017:
        return "BAIL-0"
    if began < _ACT_2022:
        return "BAIL-17-SUPT" if rank == "superintendent" else "BAIL-17-INSP"
    if entry.get("kind") == "pre_charge_complex":
        return "BAIL-22x"
    ranks = {"inspector": "BAIL-22-INSP", "superintendent": "BAIL-22-SUPT", "magistrates": "BAIL-22-MAX"}
    return ranks.get(rank or "", "BAIL-22-CUSTODY")


def _rank_counts(entry: EntryFact) -> bool:
    """Whether the law bound this bail by the rank that authorised it; no day bound the courts before 2022."""
    if entry.get("kind") not in ("pre_charge_2017", "pre_charge", "pre_charge_complex"):
        return False
    rank, began = entry.get("authorised_by"), entry.happened_on
    by_court = rank == "magistrates" and began is not None and began >= _ACT_2022
    return rank in ("custody_officer", "inspector", "superintendent") or by_court


def _ended_on(entry: EntryFact) -> date | None:
    return (entry.get("ended_on") or entry.known_on) if entry.get("ended_how") else None


def continues(first: EntryFact, later: EntryFact) -> bool:
    """Whether later bail of the same suspect takes the place of earlier bail.

    It does if it begins as that runs out, or where that has no end; bail given weeks before is for another crime. So
    does whatever is no bail before charge: the suspect was charged, remanded or released.
    """
    if first.happened_on is None or later.happened_on is None or folded(first) != folded(later):
        return False
    ends: date | None = first.get("expires_on")
    near = ends is None or later.happened_on >= ends - _AS_IT_RUNS_OUT
    return later.happened_on > first.happened_on and (near or later.get("kind") not in PRE_CHARGE)


def folded(bail: EntryFact) -> str:
    """The suspect’s name, so that the same one is the same."""
    return " ".join(str(bail.get("suspect") or "").casefold().split())


def is_live(entry: EntryFact, others: Iterable[EntryFact], day: date) -> bool:
    """Whether bail before charge that began by a day still stands then, by all that is told of that suspect’s bail."""
    if entry.get("kind") in NOT_BEFORE_CHARGE or (entry.happened_on or entry.known_on) > day:
        return False
    ended = (entry.get("ended_on") or date.min) if entry.get("ended_how") else None
    again = [one.happened_on for one in others if continues(entry, one) and one.happened_on]
    return (ended is None or ended > day) and not any(one <= day for one in again)


class Bail(Section, key="bail", divider="bail", title="Bail"):
    """A suspect's bail, or release under investigation: who may not go where until when, and is the child safe.

    What limits it is the law in force on the day it began (Police and Criminal Evidence Act 1984, as amended in 2017
    and 2022). An amendment shows extensions, breaches and the end.
    """

    happened_label: ClassVar[str] = "Began on"

    suspect: Mapped[str | None] = field("Suspect", needed=True)
    kind: Mapped[str | None] = field("Kind", codes="bail_type", needed=True)
    conditions: Mapped[list[str] | None] = field("Conditions", codes="bail_condition", asked=True)
    conditions_words: Mapped[str | None] = field("Conditions in full", kind=FieldKind.PROSE)
    authorised_by: Mapped[str | None] = field("Authorised by", codes="bail_authority", asked=True)
    expires_on: Mapped[date | None] = field("Expires on", asked=True, dated=True)
    shared_on: Mapped[date | None] = field("Conditions shared with social care on", asked=True)
    extension_tests: Mapped[list[str] | None] = field(
        "Tests met at each extension",
        codes="bail_extension_test",
        help="Police and Criminal Evidence Act 1984, s47ZC.",
    )
    victim_told_on: Mapped[date | None] = field("Victim told on", help="Of a child, within one working day.")
    breaches: Mapped[str | None] = field("Breaches", kind=FieldKind.PROSE)
    safety: Mapped[str | None] = field(
        "What it means for the child’s safety", kind=FieldKind.PROSE, needed=True
    )
    ended_how: Mapped[str | None] = field("How it ended", codes="bail_outcome")
    ended_on: Mapped[date | None] = field("Ended on")

    opens: ClassVar[tuple[Opens, ...]] = (
        Opens(
            _limit,
            among=LIMITS,
            owed_by="police",
            due_on=stated("expires_on"),
            done_on=_ended_on,
            even_if_past=True,
            title="Bail expires: extend, charge or release",
        ),
        Opens("RUI", when=lambda e: e.get("kind") == "rui", done_on=_ended_on),
        Opens("VCOP-ENH", done_on=stated("victim_told_on")),
    )
    closes: ClassVar[tuple[Closes, ...]] = (Closes((*LIMITS, "RUI"), alike=continues),)

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """A breach endangers; who may come near a child is significant."""
        if entry.get("breaches") or entry.get("ended_how") == "breached":
            return "danger"
        return "significant"

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """Who, which kind, and how it ended."""
        ended = words("bail_outcome", entry.get("ended_how") or "")
        kind = words("bail_type", entry.get("kind") or "") or "Bail"
        return f"{entry.get('suspect') or 'A suspect'}: {kind}{f', {ended.lower()}' if ended else ''}"

    @classmethod
    def excused(cls, entry: EntryFact) -> frozenset[str]:
        """Release without bail has no conditions and no end; custody has neither to share."""
        if entry.get("kind") in _NO_BAIL:
            return frozenset({"conditions", "expires_on", "shared_on", "authorised_by"})
        return frozenset({"expires_on"}) if entry.get("kind") in ("charge", "court") else frozenset()

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """An extension says which tests were met; no bail outlives the limit of who authorised it."""
        found: list[str] = []
        if entry.get("ended_how") == "extended" and not entry.get("extension_tests"):
            found.append("the tests met when it was extended")
        limit = _limit(entry) if _rank_counts(entry) else None
        began, ends = entry.happened_on, entry.get("expires_on")
        scale = library().timescale(limit, began) if limit and began else None
        last = scale.due(began) if scale and began else None
        if last and ends and ends > last:
            found.append(f"it runs past {long_date(last)}, the most that whoever authorised it may give")
        return tuple(found)

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """Bail cannot end or expire before it began."""
        began = values.get("happened_on")
        return {
            key: "This cannot be before the bail began."
            for key in ("expires_on", "ended_on")
            if began and values.get(key) and values[key] < began
        }
