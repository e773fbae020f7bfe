"""Cases of the alarms on the investigation and the law."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from casefile.record.facts import EntryFact
from tests.casefile.alarms.telling import (
    ADA,
    BEN,
    LATER,
    Case,
    amended,
    closed,
    contact,
    entry,
    given,
    inspector,
    review,
    risk,
    tell,
)


def ended(
    day: str, known: str = "", outcome: str = "nfa_cps", reported: str = "2026-01-12", **more: Any
) -> EntryFact:
    """An investigation that has ended."""
    return entry("investigation", reported, known or day, outcome=outcome, outcome_on=day, **more)


def suspected(
    status: str = "arrested", since: str = "2026-03-02", known: str = "2026-03-02", **more: Any
) -> EntryFact:
    """An investigation with a suspect."""
    row = {"name": "Cole Hart", "suspect_status": status, "status_on": since or None, **more}
    return entry("investigation", "2026-03-02", known, groups={"suspects": [row]})


def bail(began: str = "2026-03-02", **more: Any) -> EntryFact:
    """Bail before charge."""
    return entry(
        "bail", began, more.pop("known", ""), **given(more, {"suspect": "Cole Hart", "kind": "pre_charge"})
    )


def protected(day: str = "2026-03-02", known: str = "", at: str = "14:30", **more: Any) -> EntryFact:
    """A child in police protection."""
    return entry("police_protection", day, known, at=at, **more)


def noon(day: int) -> datetime:
    """An hour of March 2026."""
    return datetime(2026, 3, day, 12, tzinfo=UTC)


FIRST = ended("2026-02-02")
SECOND = ended("2026-06-08", reported="2026-03-02")
CRIME = entry("investigation", "2026-03-02", offence="cruelty")
ON_BAIL = bail(expires_on="2026-04-13")
BREACH = amended(bail(), "2026-03-16", breaches="Seen at the home.")
EPO = entry("legal", "2026-03-02", court_order="epo", until_on="2026-03-10")
RELEASED = protected(ended_how="returned", ended_at=noon(4), known="2026-03-04")

JUSTICE: dict[str, tuple[Case, ...]] = {
    "second_no_prosecution": (
        Case("on the day", tell(FIRST, SECOND), "2026-06-07", "2026-06-08 2026-12-31"),
        Case("the first", tell(FIRST), LATER),
        Case("two crimes ended on one day", tell(FIRST, ended("2026-02-02", reported="2026-01-19")), LATER),
        Case("an inspector has looked at both", tell(FIRST, SECOND, inspector("2026-06-15")), "2026-06-15", "2026-06-14"),
        Case("a sergeant’s look is not enough", tell(FIRST, SECOND, review("2026-06-15")), "2026-06-07", "2026-06-15"),
        Case("before police knew of the second, and an inspector before that",
             tell(FIRST, ended("2026-06-08", "2026-06-20", reported="2026-03-02"), inspector("2026-06-15")), "2026-06-19", "2026-06-20"),
        Case("the second led to a charge", tell(FIRST, ended("2026-06-08", outcome="1", reported="2026-03-02")), LATER),
        Case("advised against, known by an amendment", tell(FIRST, amended(CRIME, "2026-06-10", cps_advice="nfa_evidence")), "2026-06-09", "2026-06-10"),
        Case("a later amendment does not ask again",
             tell(FIRST, amended(amended(CRIME, "2026-06-10", cps_advice="nfa_evidence"), "2026-07-20", allegation="x"), inspector("2026-06-15")), "2026-06-15 2026-07-20 2026-12-31", "2026-06-14"),
        Case("the third time, after a look at two", tell(FIRST, SECOND, inspector("2026-06-15"), ended("2026-09-07", reported="2026-08-03", outcome="16")), "2026-09-06", "2026-09-07"),
        Case("file closed", tell(FIRST, SECOND, closed("2026-06-08")), LATER),
    ),
    "suspect_not_interviewed": (
        Case("14 days are in time", tell(suspected()), "2026-03-16", "2026-03-17"),
        Case("Easter counts like any day", tell(suspected(since="2026-03-23")), "2026-04-06", "2026-04-07"),
        Case("interviewed", tell(amended(suspected(), "2026-03-23", groups={"suspects": [{"name": "Cole Hart", "suspect_status": "arrested", "interviewed_on": "2026-03-23"}]})), "2026-03-23", "2026-03-22"),
        Case("eliminated", tell(amended(suspected(), "2026-03-23", groups={"suspects": [{"name": "Cole Hart", "suspect_status": "eliminated"}]})), "2026-03-23", "2026-03-22"),
        Case("before police knew", tell(suspected(known="2026-03-20")), "2026-03-19", "2026-03-20"),
        Case("named by an amendment, without a day", tell(amended(CRIME, "2026-05-04", groups={"suspects": [{"name": "Cole Hart", "suspect_status": "identified"}]})), "2026-05-18", "2026-05-19"),
        Case("nobody is identified", tell(suspected("unidentified")), LATER),
        Case("the investigation is over", tell(amended(suspected(), "2026-03-10", outcome="18", outcome_on="2026-03-10")), LATER),
        Case("of two suspects one", tell(entry("investigation", "2026-03-02", groups={"suspects": [
            {"name": "Ann Hart", "suspect_status": "arrested", "interviewed_on": "2026-03-03"}, {"name": "Cole Hart", "suspect_status": "identified"}]})), "2026-03-16", "2026-03-17"),
        Case("file closed", tell(suspected(), closed("2026-03-16")), LATER),
    ),
    "bail_running_out": (
        Case("a week before", tell(ON_BAIL), "2026-04-05", "2026-04-06 2026-04-13 2026-05-31"),
        Case("the limit of the Act, where no day is stated", tell(bail()), "2026-05-24", "2026-05-25"),
        Case("no day and no limit, as before 2017: after four weeks", tell(bail("2006-12-19", kind="bail_to_return"), opened="2006-12-01"), "2007-01-16", "2007-01-17 2007-12-31"),
        Case("no day at first, then one", tell(amended(bail("2006-12-19", kind="bail_to_return"), "2007-01-22", expires_on="2007-03-12"), opened="2006-12-01"), "2007-01-22 2007-03-04", "2007-01-21 2007-03-05"),
        Case("extended", tell(amended(ON_BAIL, "2026-04-10", expires_on="2026-06-01", authorised_by="inspector")), "2026-04-10 2026-05-24", "2026-04-09 2026-05-25"),
        Case("charged", tell(amended(ON_BAIL, "2026-04-10", ended_how="charged", ended_on="2026-04-10")), "2026-04-10 2026-12-31", "2026-04-09"),
        Case("ended in time, and police hear of it later", tell(amended(ON_BAIL, "2026-04-20", ended_how="nfa", ended_on="2026-04-08")), "2026-04-20", "2026-04-19"),
        Case("before police knew", tell(bail(expires_on="2026-04-13", known="2026-04-10")), "2026-04-09", "2026-04-10"),
        Case("known when it had run out", tell(bail(expires_on="2026-04-13", known="2026-04-20")), "2026-04-19", "2026-04-20"),
        Case("shorter than the warning", tell(bail(expires_on="2026-03-05")), "2026-03-01", "2026-03-02"),
        Case("under investigation without bail", tell(bail(kind="rui")), LATER),
        Case("bail after charge", tell(bail(kind="charge", expires_on="2026-04-13")), LATER),
        Case("file closed", tell(ON_BAIL, closed("2026-03-30")), LATER),
    ),
    "bail_breached": (
        Case("on the day it is recorded", tell(BREACH), "2026-03-15", "2026-03-16 2026-12-31"),
        Case("assessed and looked at", tell(BREACH, risk("2026-03-17"), review("2026-03-19")), "2026-03-19", "2026-03-18"),
        Case("assessed before it", tell(BREACH, risk("2026-03-09"), review("2026-03-19")), "2026-03-15", "2026-03-19"),
        Case("looked at before it", tell(BREACH, risk("2026-03-17"), review("2026-03-09")), "2026-03-15", "2026-03-19"),
        Case("a later amendment does not ask again", tell(amended(BREACH, "2026-04-13", ended_how="charged", ended_on="2026-04-13"), risk("2026-03-17"), review("2026-03-19")), "2026-04-13 2026-12-31", "2026-03-18"),
        Case("before police knew", tell(bail(known="2026-03-10", breaches="Seen at the home.")), "2026-03-09", "2026-03-10"),
        Case("no breach", tell(ON_BAIL), LATER),
        Case("file closed", tell(BREACH, closed("2026-03-16")), LATER),
    ),
    "police_protection_ending": (
        Case("a day before the 72 hours are over", tell(protected()), "2026-03-03", "2026-03-04 2026-03-05 2026-03-31"),
        Case("a weekend counts", tell(protected("2026-03-06")), "2026-03-07", "2026-03-08"),
        Case("so does Easter", tell(protected("2026-04-03")), "2026-04-04", "2026-04-05"),
        Case("ended", tell(amended(protected(), "2026-03-05", ended_how="epo", ended_at=noon(5))), "2026-03-05", "2026-03-04"),
        Case("ended in time, and police hear of it later", tell(amended(protected(), "2026-03-09", ended_how="returned", ended_at=noon(3))), "2026-03-09", "2026-03-08"),
        Case("ended on the first day", tell(amended(protected(), "2026-03-03", ended_how="returned")), LATER),
        Case("before police knew", tell(protected(known="2026-03-06")), "2026-03-05", "2026-03-06"),
        Case("told of a year on", tell(protected("2025-03-03", "2026-03-02")), LATER),
        Case("file closed", tell(protected(), closed("2026-03-03")), LATER),
    ),
    "police_protection_unseen": (
        Case("from the day of release", tell(protected(), amended(protected(), "2026-03-04", ended_how="returned", ended_at=noon(4))), "2026-03-03", "2026-03-04 2026-12-31"),
        Case("seen meanwhile", tell(RELEASED, contact("2026-03-03", "hospital", "alone")), LATER),
        Case("seen since", tell(RELEASED, contact("2026-03-09", seen="alone")), "2026-03-09", "2026-03-08"),
        Case("examined by a doctor", tell(RELEASED, entry("medical", "2026-03-03", kind="child_protection", opinion="no_findings")), LATER),
        Case("seen meanwhile, and police hear of it later", tell(RELEASED, contact("2026-03-03", seen="alone", known="2026-03-09")), "2026-03-09", "2026-03-08"),
        Case("before police knew of the release", tell(protected(known="2026-03-10", ended_how="returned", ended_at=noon(4))), "2026-03-09", "2026-03-10"),
        Case("seen before it only", tell(contact("2026-03-01", seen="alone"), RELEASED), "2026-03-03", "2026-03-04"),
        Case("not released", tell(protected()), LATER),
        Case("of two children one was seen", tell(ADA, BEN, RELEASED, contact("2026-03-03", seen="alone", of=[ADA])), "2026-03-03", "2026-03-04"),
        Case("a brother who was not taken", tell(ADA, BEN, protected(ended_how="returned", ended_at=noon(4), known="2026-03-04", of=[ADA]), contact("2026-03-03", seen="alone", of=[ADA])), LATER),
        Case("told of a year on", tell(protected("2025-03-03", "2026-03-02", ended_how="returned")), LATER),
        Case("file closed", tell(RELEASED, closed("2026-03-04")), LATER),
    ),
    "order_running_out": (
        Case("two days before", tell(EPO), "2026-03-07", "2026-03-08 2026-03-31"),
        Case("eight days, where no day is stated", tell(entry("legal", "2026-03-02", court_order="epo")), "2026-03-07", "2026-03-08"),
        Case("a child assessment order", tell(entry("legal", "2026-03-02", court_order="cao")), "2026-03-05", "2026-03-06"),
        Case("extended", tell(amended(EPO, "2026-03-09", until_on="2026-03-17")), "2026-03-09 2026-03-14", "2026-03-08 2026-03-15"),
        Case("an interim care order instead", tell(EPO, entry("legal", "2026-03-09", court_order="ico")), "2026-03-09 2026-12-31", "2026-03-08"),
        Case("before police knew", tell(entry("legal", "2026-03-02", "2026-03-09", court_order="epo")), "2026-03-08", "2026-03-09"),
        Case("another order", tell(entry("legal", "2026-03-02", court_order="care", until_on="2026-03-10")), LATER),
        Case("file closed", tell(EPO, closed("2026-03-07")), LATER),
    ),
}  # fmt: skip
"""By alarm."""
