"""Days on which nobody works, and what police heard of later: the kinds of case that the other tables lack.

28 February 2026 is a Saturday and 1 March a Sunday; 3 and 6 April are Good Friday and Easter Monday, 4 May a bank holiday.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from casefile.record.facts import EntryFact
from casefile.record.owed import TaskSaid
from casefile.work.ids import derived_id
from tests.casefile.alarms.telling import (
    ADA,
    BEN,
    Case,
    Part,
    child,
    closed,
    contact,
    entry,
    on,
    referred,
    risk,
    tell,
)

CLEO = child("Cleo", born="2025-10-02", known="2026-01-05")
ASSESSED = risk("2026-02-02")
BY_HAND = derived_id("a task police set late")


def _at_once(*parts: Part, day: str) -> Case:
    """What is true on a day is raised on it, though nobody works: the day before is silent."""
    eve = {"2026-03-01": "2026-02-28", "2026-04-03": "2026-04-02", "2026-04-06": "2026-04-05", "2026-05-04": "2026-05-03"}[day]  # fmt: skip
    return Case(f"at once on a day on which nobody works ({day})", tell(*parts), eve, day)


def _medical(day: str, **more: Any) -> EntryFact:
    return entry("medical", day, kind="child_protection", doctor="Dr Vale", opinion="nai", **more)


def _small(day: str, source: str) -> EntryFact:
    return referred(day, source=source, decision="nfa")


def _incident(day: str) -> EntryFact:
    return referred(day, concerns_about=["domestic_abuse"])


DAYS: dict[str, tuple[Case, ...]] = {
    "bail_breached": (_at_once(entry("bail", "2026-03-01", kind="pre_charge", suspect="Cole Hart", breaches="Seen at the home."), day="2026-03-01"),),
    "closed_on_another_agency": (_at_once(referred("2026-04-03", decision="information", acts_instead="social_care"), day="2026-04-03"),),
    "closed_unsafely": (_at_once(referred("2026-03-30", safe_now="unsafe"), closed("2026-04-06"), day="2026-04-06"),),
    "conference_not_attended": (_at_once(entry("conference", "2026-03-01", kind="initial", outcome="nfa", police_attendance="neither"), day="2026-03-01"),),
    "crime_not_recorded": (Case("24 hours run on over a weekend", tell(entry("investigation", "2026-02-28")), "2026-03-01", "2026-03-02"),),
    "disguised_compliance": (_at_once(contact("2026-03-01", seen="with_others", compliance=["clean_up", "glib"]), day="2026-03-01"),),
    "doorstep_only": (_at_once(contact("2026-02-20", "doorstep"), contact("2026-03-01", "doorstep"), day="2026-03-01"),),
    "low_level_reports": (_at_once(_small("2026-02-02", "1A"), _small("2026-02-16", "2A"), _small("2026-04-03", "3A"), day="2026-04-03"),),
    "medical_late": (Case("24 hours run on over a weekend", tell(entry("strategy", "2026-02-28", outcome="s47", medical=True)), "2026-03-01", "2026-03-02"),),
    "medical_not_attended": (_at_once(_medical("2026-05-04", police_attend=False, decided_by="DS Okafor"), day="2026-05-04"),),
    "non_mobile_baby_injury": (_at_once(CLEO, contact("2026-03-01", seen="alone", injury=True), day="2026-03-01"),),
    "partner_closing": (_at_once(risk("2026-02-02", level="high"), entry("social_care_closure", "2026-04-06"), day="2026-04-06"),),
    "police_protection_unseen": (_at_once(entry("police_protection", "2026-02-27", "2026-03-01", ended_how="returned", ended_at=datetime(2026, 3, 1, 12, tzinfo=UTC)), day="2026-03-01"),),
    "repeated_domestic_incidents": (_at_once(_incident("2026-01-12"), _incident("2026-02-09"), _incident("2026-03-01"), day="2026-03-01"),),
    "retraction": (_at_once(contact("2026-04-03", "telephone", retracted=True), day="2026-04-03"),),
    "trio": (_at_once(referred("2026-02-02", concerns_about=["domestic_abuse", "drugs"]), referred("2026-03-01", concerns_about=["mental_health"]), day="2026-03-01"),),
    "visits_failed": (_at_once(contact("2026-02-20", "visit_failed"), contact("2026-03-01", "visit_failed"), day="2026-03-01"),),
    "dissent_unchallenged": (Case("before police knew of the dissent", tell(entry("conference", "2026-03-02", "2026-03-10", kind="initial", position="dissent")), "2026-03-04 2026-03-11", "2026-03-12"),),
    "incident_not_referred": (Case("before police knew", tell(referred("2026-03-02", "2026-03-10", source="6", concerns_about=["drugs"])), "2026-03-04 2026-03-11", "2026-03-12"),),
    "risk_not_reassessed": (Case("before police knew of the injury", tell(ASSESSED, contact("2026-03-02", seen="alone", injury=True, known="2026-03-10")), "2026-03-09 2026-03-17", "2026-03-18"),),
    "sibling_not_seen": (Case("before police knew of the visit", tell(ADA, BEN, contact("2026-03-02", seen="alone", of=[ADA], known="2026-03-10")), "2026-03-06 2026-03-13", "2026-03-14"),),
    "task_late": (Case("told of when it was late already", tell(TaskSaid(BY_HAND, "opened", on("2026-03-02"), on("2026-03-10"), title="Ring the school", due_on=on("2026-03-06"))), "2026-03-09", "2026-03-10"),
                  Case("a Sunday is no reason", tell(TaskSaid(BY_HAND, "opened", on("2026-02-20"), on("2026-02-20"), title="Ring the school", due_on=on("2026-02-28"))), "2026-02-28", "2026-03-01")),
    "two_of_trio": (Case("before police knew of the second", tell(referred("2026-03-02", concerns_about=["drugs"]), referred("2026-03-03", "2026-03-10", concerns_about=["domestic_abuse"])), "2026-03-05 2026-04-07", "2026-04-08"),),
}  # fmt: skip
"""By alarm."""
