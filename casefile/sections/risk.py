"""Risk assessments: what endangers the child, what protects it, the level and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field, rows
from casefile.record.duties import Ceases, Closes, Opens, stated
from casefile.record.facts import EntryFact
from casefile.record.model import Row
from casefile.sections.base import Section, Weight, Words
from casefile.sections.supervision import INSPECTOR_REVIEW

_THERE = ("present", "suspected")


class RiskFactor(Row):
    """One thing that raises the risk to the child, and how it stands."""

    __tablename__ = "row_risk_factor"

    factor: Mapped[str | None] = field("Factor", codes="risk_factor", needed=True)
    factor_state: Mapped[str | None] = field("How it stands", codes="risk_factor_state", needed=True)
    seen_on: Mapped[date | None] = field("Seen on")
    evidence: Mapped[str | None] = field("What shows it", kind=FieldKind.PROSE)


class Risk(Section, key="risk", divider="risk", title="Risk assessment"):
    """The risk to the children of the file as judged on a day: never overwritten, judged again at each trigger.

    The level sets how often a supervisor must look at the file (``resources/standards/review_intervals.toml``).
    """

    happened_label: ClassVar[str] = "Assessed on"
    endorsed: ClassVar[bool] = True

    trigger: Mapped[str | None] = field("Why now", codes="risk_trigger", needed=True)
    level: Mapped[str | None] = field("Level", codes="risk_level", needed=True)
    factors = rows("Risk factors", RiskFactor, asked=True, prefill="last.factors")
    protective: Mapped[list[str] | None] = field("Protective factors", codes="protective_factor", asked=True)
    compliance: Mapped[list[str] | None] = field(
        "Signs of disguised compliance",
        codes="disguised_compliance",
        help="Agreement that keeps agencies away: hold what is said against what has changed.",
    )
    analysis: Mapped[str | None] = field(
        "Analysis",
        kind=FieldKind.PROSE,
        asked=True,
        help="What the factors mean together, for each child, and what would change your mind.",
    )
    rationale: Mapped[str | None] = field("Reasons for the level", kind=FieldKind.PROSE, needed=True)
    review_on: Mapped[date | None] = field("Review by", needed=True)
    disagreement: Mapped[str | None] = field("Who disagrees, and why", kind=FieldKind.PROSE)
    endorsed_by: Mapped[str | None] = field(
        "Endorsed elsewhere by",
        help="Of an assessment endorsed on paper or in another system; here a supervisor endorses what is signed.",
    )
    endorsed_on: Mapped[date | None] = field("Endorsed elsewhere on")

    opens: ClassVar[tuple[Opens, ...]] = (
        Opens(
            "RISK-REVIEW",
            owed_by="police",
            due_on=stated("review_on"),
            review_of=lambda e: e.get("level"),
            even_if_past=True,
            title="Review the risk",
        ),
        INSPECTOR_REVIEW,
    )
    closes: ClassVar[tuple[Closes, ...]] = (Closes(("RISK-REVIEW",)),)
    ceases: ClassVar[tuple[Ceases, ...]] = ()

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """Each factor that is said to be there has what shows it: without, nobody can hold it against the next one."""
        bare = [
            one
            for one in entry.rows("factors")
            if one.get("factor_state") in _THERE and not str(one.get("evidence") or "").strip()
        ]
        count = f"{len(bare)} factors that are" if len(bare) > 1 else "a factor that is"
        return (f"what shows {count} present or suspected",) if bare else ()

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """High risk endangers."""
        return "danger" if entry.get("level") == "high" else ""

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The level."""
        return f"Risk assessed: {words('risk_level', entry.get('level') or '')}"

    @classmethod
    def front(cls, entry: EntryFact) -> Mapping[str, Any]:
        """The level and the day it was judged."""
        return {"risk_level": entry.get("level"), "risk_on": entry.happened_on}

    @classmethod
    def bars(
        cls, values: Mapping[str, Any], held: Callable[[], Sequence[EntryFact]], officer_id: UUID, named: str
    ) -> str | None:
        """Nobody endorses their own assessment."""
        surname = named.rsplit(maxsplit=1)[-1].casefold() if named.strip() else ""
        endorsed = str(values.get("endorsed_by") or "").casefold().split()
        return "You cannot endorse your own risk assessment." if surname in endorsed else None

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """A review cannot be due before the day of the assessment."""
        held, review = values.get("happened_on"), values.get("review_on")
        if held and review and review <= held:
            return {"review_on": "The next review must come after the day of this assessment."}
        return {}
