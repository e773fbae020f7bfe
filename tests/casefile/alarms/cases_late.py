"""Alarms that are true while a task is late: what starts each clock, when it runs out, what ends it.

All dates are reckoned by hand. 3 and 6 April 2026 are Good Friday and Easter Monday, 4 May is a bank holiday too;
1 March 2026 is a Sunday.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casefile.record.facts import EntryFact
from casefile.record.owed import TaskSaid
from casefile.work.ids import derived_id
from tests.casefile.alarms.telling import (
    Case,
    Part,
    amended,
    closed,
    contact,
    entry,
    on,
    referred,
    review,
    risk,
    tell,
)


@dataclass(frozen=True, slots=True)
class Clock:
    """One timescale that an alarm waits for.

    Attributes:
        opens: What starts it, as police know it from the day given ("" is the day it happened).
        due: The last day in time.
        late: The first day on which the alarm is raised.
        after: A day after that.
        closes: What ends it: done on the first day given, known on the second.
        heard: From when the alarm is raised if police hear of it all on *after*; "" is never.
        beside: What else stands in the file.
    """

    alarm: str
    scale: str
    opens: Callable[[str], Part]
    due: str
    late: str
    after: str
    closes: Callable[[str, str], Part]
    heard: str = ""
    beside: tuple[Part, ...] = ()

    def cases(self) -> Iterable[Case]:
        """The six cases of every clock."""
        told, beside, name = self.opens(""), self.beside, self.scale

        def case(what: str, *parts: Part, silent: str = "", raised: str = "") -> Case:
            return Case(f"{name}: {what}", tell(*beside, *parts), silent, raised)

        both = f"{self.late} {self.after}"
        yield case("in time on the last day, late the day after", told, silent=self.due, raised=both)
        yield case("done on the last day", told, self.closes(self.due, self.due), silent=both)
        yield case(
            "done late", told, self.closes(self.after, self.after), silent=self.after, raised=self.late
        )
        yield case(
            "done in time, and police heard of it later",
            told,
            self.closes(self.due, self.after),
            silent=self.after,
            raised=self.late,
        )
        yield case(
            "heard of when it had run out",
            self.opens(self.after),
            silent=self.late if self.heard else both,
            raised=self.heard,
        )
        yield case("file closed on the last day", told, closed(self.due), silent=both)


def _on(values: Mapping[str, Any], day: str) -> dict[str, Any]:
    return {key: day if one == "DONE" else one for key, one in values.items()}


def opener(section: str, happened: str, **values: Any) -> Callable[[str], EntryFact]:
    """An entry that starts a clock."""
    return lambda known: entry(section, happened, known, **values)


def amends(first: EntryFact, **values: str) -> Callable[[str, str], Part]:
    """The same entry amended; ``DONE`` stands for the day it was done."""
    return lambda day, known: amended(first, known, **_on(values, day))


def follows(section: str, **values: Any) -> Callable[[str, str], Part]:
    """A later entry; ``DONE`` stands for the day it was done."""
    return lambda day, known: entry(section, day, known, **_on(values, day))


def row_done(first: EntryFact, group: str, row: Mapping[str, Any], **done: str) -> Callable[[str, str], Part]:
    """The same entry with its row amended."""
    return lambda day, known: amended(
        first,
        known,
        groups={group: [{**row, **_on(done, day)}]},
    )


PLAN = entry("plan", "2026-02-02", status="on_plan")
ALARM: dict[str, Any] = {"what": "Fit a smoke alarm", "owed_by": "social_care", "due_on": "2026-03-16"}
PHONE: dict[str, Any] = {
    "kind": "phone",
    "detail": "handset",
    "evidence_state": "asked",
    "chase_on": "2026-03-20",
}
CHAIR: dict[str, Any] = {
    "begun_on": "2026-03-02",
    "our_officer": "DC Marsh",
    "counterpart": "J. Fenn, social worker",
}
TASK = derived_id("a task by hand")

_REFERRAL = referred("2026-03-02")
_DECIDED: dict[str, Any] = {"direction": "in", "decision": "nfa", "decided_on": "2026-03-02"}
_MEDICAL: dict[str, Any] = {"kind": "child_protection", "opinion": "awaited"}
_MADE: dict[str, Any] = {"kind": "initial", "outcome": "plan"}
_NFA: dict[str, Any] = {"kind": "initial", "outcome": "nfa"}
_MINUTES: dict[str, Any] = {
    "kind": "initial_conference",
    "received_on": "2026-03-30",
    "checked": "not_checked",
}
_TAKEN: dict[str, Any] = {"taken": True, "taken_on": "DONE", "viewed_by": "DS Okafor"}
_S47: dict[str, Any] = {"outcome": "s47"}
_VISIT: dict[str, Any] = {"agency": "social_care", "kind": "visit_announced", "child_seen": "alone"}


def _rated(rating: str) -> dict[str, Any]:
    return {"direction": "in", "rating": rating}


def _stage(number: str, due: str, late: str) -> Clock:
    row = {"stage": number, **CHAIR}
    told = entry("challenge", "2026-03-02", groups={"stages": [row]})
    return Clock(
        "challenge_late", f"ESC-{number}",
        lambda known: entry("challenge", "2026-03-02", known, groups={"stages": [row]}),
        due, late, "2026-03-20", row_done(told, "stages", row, responded_on="DONE"), "2026-03-20",
    )  # fmt: skip


CLOCKS: tuple[Clock, ...] = (
    # Injuries. 48 hours run from the day police know of the injury, whenever that is.
    Clock("photographs_missing", "PHOTO-1", opener("contact", "2026-03-02", injury=True), "2026-03-04", "2026-03-05", "2026-03-16",
          follows("photographs", **_TAKEN), "2026-03-19"),
    Clock("photographs_missing", "PHOTO-AGAIN", opener("photographs", "2026-03-02", taken=True, taken_on="2026-03-02", again_on="2026-03-09"),
          "2026-03-09", "2026-03-10", "2026-03-16", follows("photographs", **_TAKEN)),
    Clock("medical_late", "MED-1", opener("strategy", "2026-03-02", outcome="s47", medical=True), "2026-03-03", "2026-03-04", "2026-03-16",
          follows("medical", **_MEDICAL)),
    Clock("medical_late", "MED-0-SEEN", opener("strategy", "2012-03-01", outcome="s47", medical=True), "2012-03-01", "2012-03-02", "2012-03-16",
          follows("medical", **_MEDICAL)),
    Clock("medical_report_late", "MED-0-REPORT", opener("medical", "2026-03-02", **_MEDICAL), "2026-03-05", "2026-03-06", "2026-03-16",
          amends(entry("medical", "2026-03-02", **_MEDICAL), report_state="final", final_report_on="DONE"), "2026-03-16"),
    # Referrals.
    Clock("referral_undecided", "REF-1", opener("referral", "2026-03-02", direction="in"), "2026-03-03", "2026-03-04", "2026-03-16",
          amends(_REFERRAL, decision="nfa", decided_on="DONE")),
    Clock("referral_undecided", "MASH-RED", opener("referral", "2026-03-02", **_rated("red")), "2026-03-02", "2026-03-03", "2026-03-16",
          amends(entry("referral", "2026-03-02", **_rated("red")), decision="nfa", decided_on="DONE")),
    Clock("referral_undecided", "MASH-AMBER", opener("referral", "2026-03-02", **_rated("amber")), "2026-03-03", "2026-03-04", "2026-03-16",
          amends(entry("referral", "2026-03-02", **_rated("amber")), decision="nfa", decided_on="DONE")),
    Clock("referral_undecided", "MASH-GREEN", opener("referral", "2026-03-02", **_rated("green")), "2026-03-05", "2026-03-06", "2026-03-16",
          amends(entry("referral", "2026-03-02", **_rated("green")), decision="nfa", decided_on="DONE"),
          beside=(entry("strategy", "2026-03-02", outcome="nfa"),)),
    Clock("referrer_not_told", "REF-2", opener("referral", "2026-03-02", **_DECIDED), "2026-03-05", "2026-03-06", "2026-03-16",
          amends(entry("referral", "2026-03-02", **_DECIDED), feedback="given", feedback_on="DONE")),
    # Strategy discussion, enquiry, assessments.
    Clock("strategy_late", "STR-1", opener("referral", "2026-03-02", direction="in", decision="strategy"), "2026-03-03", "2026-03-04", "2026-03-16",
          follows("strategy", outcome="nfa")),
    Clock("enquiry_late", "S47-1", opener("strategy", "2026-03-02", **_S47), "2026-03-23", "2026-03-24", "2026-04-08",
          lambda day, known: entry("section47", "2026-03-02", known, strategy_on="2026-03-02", outcome="nfa", ended_on=day)),
    Clock("assessment_late", "IA-06", opener("assessment", "2008-03-03", kind="initial"), "2008-03-12", "2008-03-13", "2008-03-28",
          amends(entry("assessment", "2008-03-03", kind="initial"), finished_on="DONE")),
    Clock("assessment_late", "IA-10", opener("assessment", "2011-03-01", kind="initial"), "2011-03-15", "2011-03-16", "2011-03-28",
          amends(entry("assessment", "2011-03-01", kind="initial"), finished_on="DONE")),
    Clock("assessment_late", "CA", opener("assessment", "2008-04-01", kind="core"), "2008-05-21", "2008-05-22", "2008-06-02",
          amends(entry("assessment", "2008-04-01", kind="core"), finished_on="DONE")),
    Clock("assessment_late", "SA", opener("assessment", "2026-03-02", kind="single"), "2026-05-07", "2026-05-08", "2026-05-18",
          amends(entry("assessment", "2026-03-02", kind="single"), finished_on="DONE")),
    # Conferences: owed however late police hear of them.
    Clock("conference_late", "ICPC", opener("strategy", "2026-03-02", **_S47), "2026-03-23", "2026-03-24", "2026-04-08",
          follows("conference", **_NFA), "2026-04-08"),
    Clock("conference_late", "RCPC-1", opener("conference", "2026-03-20", **_MADE), "2026-06-20", "2026-06-21", "2026-07-01",
          follows("conference", kind="review", review_outcome="continue"), "2026-07-01"),
    Clock("conference_late", "RCPC-n", opener("conference", "2026-06-01", kind="review", review_outcome="continue"), "2026-12-01", "2026-12-02", "2026-12-10",
          follows("conference", kind="review", review_outcome="end"), "2026-12-10"),
    Clock("conference_late", "RCPC-B", opener("plan", "2026-03-02", status="on_plan", born_on="2026-05-01"), "2026-05-11", "2026-05-12", "2026-05-20",
          follows("core_group")),
    Clock("conference_late", "RCPC-B-UNFIT", opener("plan", "2026-03-02", status="on_plan", born_on="2026-05-01", mother_fit=False), "2026-05-21", "2026-05-22",
          "2026-06-01", follows("conference", kind="review", review_outcome="continue")),
    Clock("decision_letter_missing", "CONF-D", opener("conference", "2026-03-20", **_NFA), "2026-03-23", "2026-03-24", "2026-04-08",
          amends(entry("conference", "2026-03-20", **_NFA), decision_received_on="DONE")),
    Clock("minutes_missing", "CONF-M", opener("conference", "2026-03-20", **_NFA), "2026-04-14", "2026-04-15", "2026-04-27",
          lambda day, known: entry("minutes", "2026-03-20", known, kind="initial_conference", received_on=day), "2026-05-20"),
    Clock("minutes_unchecked", "CONF-C", lambda known: entry("minutes", "2026-03-20", known or "2026-03-30", **_MINUTES), "2026-04-15", "2026-04-16", "2026-04-27",
          amends(entry("minutes", "2026-03-20", "2026-03-30", **_MINUTES), checked="errors_reported", errors_reported_on="DONE")),
    # A plan.
    Clock("core_group_late", "CG-1", opener("conference", "2026-03-20", **_MADE), "2026-04-07", "2026-04-08", "2026-04-20",
          follows("core_group"), "2026-05-06"),
    Clock("core_group_late", "CG-n", opener("core_group", "2026-01-31"), "2026-02-28", "2026-03-01", "2026-03-10", follows("core_group"), "2026-04-11"),
    Clock("visit_late", "VIS-1", opener("contact", "2026-03-02", **_VISIT), "2026-03-16", "2026-03-17", "2026-03-27",
          follows("contact", **_VISIT), beside=(PLAN,)),
    Clock("plan_action_undelivered", "ACTION", lambda known: entry("plan", "2026-03-02", known, status="in_need", groups={"actions": [ALARM]}),
          "2026-03-16", "2026-03-17", "2026-03-27",
          row_done(entry("plan", "2026-03-02", status="in_need", groups={"actions": [ALARM]}), "actions", ALARM, action_state="done", done_on="DONE"), "2026-03-27"),
    Clock("direction_overdue", "ACTION", lambda known: entry("supervision", "2026-03-02", known, kind="ad_hoc", groups={"directions": [ALARM]}),
          "2026-03-16", "2026-03-17", "2026-03-27",
          row_done(entry("supervision", "2026-03-02", kind="ad_hoc", groups={"directions": [ALARM]}), "directions", ALARM, action_state="no_longer_needed", done_on="DONE"), "2026-03-27"),
    Clock("task_late", "TASK", lambda known: TaskSaid(TASK, "opened", on("2026-03-02"), on(known or "2026-03-02"), title="Ring the school", due_on=on("2026-03-16")),
          "2026-03-16", "2026-03-17", "2026-03-27", lambda day, known: TaskSaid(TASK, "done", on(day), on(known)), "2026-03-27"),
    Clock("long_plan", "LEG-3", opener("conference", "2026-03-20", **_MADE), "2027-09-20", "2027-09-21", "2027-10-01", follows("legal", advice_asked_on="DONE")),
    # The law, and information.
    Clock("proceedings_late", "PRE", opener("legal", "2026-03-02", proceedings="pre_proceedings"), "2026-06-22", "2026-06-23", "2026-07-01",
          follows("legal", proceedings="issued")),
    Clock("proceedings_late", "CARE", opener("legal", "2026-03-02", proceedings="issued"), "2026-08-31", "2026-09-01", "2026-09-10",
          follows("legal", proceedings="final")),
    _stage("1", "2026-03-04", "2026-03-05"),
    _stage("2", "2026-03-09", "2026-03-10"),
    _stage("3", "2026-03-04", "2026-03-05"),
    _stage("4", "2026-03-04", "2026-03-05"),
    _stage("5", "2026-03-09", "2026-03-10"),
    Clock("information_not_received", "INFO", opener("disclosure", "2026-03-02", kind="request_out"), "2026-03-09", "2026-03-10", "2026-03-20",
          amends(entry("disclosure", "2026-03-02", kind="request_out"), answered_on="DONE"), "2026-03-20"),
    Clock("answer_owed", "ANSWER", opener("disclosure", "2026-03-02", kind="request_in", answer_due="2026-03-12"), "2026-03-12", "2026-03-13", "2026-03-20",
          amends(entry("disclosure", "2026-03-02", kind="request_in", answer_due="2026-03-12"), answered_on="DONE"), "2026-03-20"),
    Clock("answer_owed", "DISC-13", opener("disclosure", "2022-03-01", kind="family_court"), "2022-03-29", "2022-03-30", "2022-04-08",
          amends(entry("disclosure", "2022-03-01", kind="family_court"), answered_on="DONE")),
    Clock("answer_owed", "DISC-24", opener("disclosure", "2026-03-02", kind="family_court"), "2026-03-30", "2026-03-31", "2026-04-08",
          amends(entry("disclosure", "2026-03-02", kind="family_court"), answered_on="DONE")),
    Clock("answer_owed", "SAR", opener("disclosure", "2026-03-02", kind="subject_access"), "2026-04-02", "2026-04-03", "2026-04-08",
          amends(entry("disclosure", "2026-03-02", kind="subject_access"), answered_on="DONE")),
    Clock("legal_advice_late", "LEG-1", opener("legal", "2007-06-05", advice_asked_on="2007-06-05"), "2007-06-15", "2007-06-16", "2007-07-27",
          follows("legal", advice_on="DONE"), "2007-07-27"),
    # The investigation.
    Clock("evidence_late", "CHASE", lambda known: entry("investigation", "2026-03-02", known, groups={"evidence": [PHONE]}), "2026-03-20", "2026-03-21", "2026-03-30",
          row_done(entry("investigation", "2026-03-02", groups={"evidence": [PHONE]}), "evidence", PHONE, evidence_state="received"), "2026-03-30"),
    Clock("crime_not_recorded", "CRIME", opener("investigation", "2026-03-02"), "2026-03-03", "2026-03-04", "2026-03-16",
          amends(entry("investigation", "2026-03-02"), crime_recorded_on="DONE")),
    Clock("victim_not_told", "VCOP-ENH", opener("bail", "2026-03-02", kind="rui"), "2026-03-03", "2026-03-04", "2026-03-16",
          amends(entry("bail", "2026-03-02", kind="rui"), victim_told_on="DONE")),
    Clock("investigation_drifting", "RUI", opener("bail", "2026-03-02", kind="rui"), "2026-03-30", "2026-03-31", "2026-04-08",
          amends(entry("bail", "2026-03-02", kind="rui"), ended_how="nfa", ended_on="DONE")),
    # Risk and supervision.
    Clock("risk_review_late", "RISK-REVIEW", lambda known: risk("2026-03-02", known, "high", review_on="2026-03-30"), "2026-03-09", "2026-03-10", "2026-03-20",
          lambda day, known: risk(day, known, "standard"), "2026-03-20"),
    Clock("review_overdue", "SUPERVISION", lambda known: review("2026-03-02", known, review_on="2026-03-16"), "2026-03-16", "2026-03-17", "2026-03-27",
          review, "2026-03-27"),
    Clock("inspector_review_overdue", "INSPECTOR-REVIEW", lambda known: entry("supervision", "2026-03-02", known, kind="inspector", rank="di", level="high"),
          "2026-03-30", "2026-03-31", "2026-04-08", lambda day, known: entry("supervision", day, known, kind="inspector", rank="di", level="standard"), "2026-04-08"),
)  # fmt: skip

# Weekends, bank holidays, other eras: what starts the clock, the last day in time, the first day late.
OTHER_DAYS: tuple[tuple[str, str, Part, str, str], ...] = (
    ("referral_undecided", "a weekend does not count", referred("2026-03-06"), "2026-03-09", "2026-03-10"),
    ("referral_undecided", "nor does Easter", referred("2026-04-02"), "2026-04-07", "2026-04-08"),
    ("referrer_not_told", "Easter does not count", referred("2026-04-02", decision="nfa"), "2026-04-09", "2026-04-10"),
    ("strategy_late", "a day is a day on a weekend too", referred("2026-03-06", injury=True), "2026-03-07", "2026-03-08"),
    ("photographs_missing", "48 hours run on over Easter", contact("2026-04-03", injury=True), "2026-04-05", "2026-04-06"),
    ("photographs_missing", "a doctor looks at the injury days later: it is the one still owed pictures",
     (contact("2026-03-02", injury=True), entry("medical", "2026-03-12", kind="child_protection", opinion="nai"),
      entry("photographs", "2026-03-13", taken=True, taken_on="2026-03-13")), "2026-03-04 2026-03-13 2026-03-15", "2026-03-05 2026-03-12"),
    ("photographs_missing", "photographed at once, not a second time",
     (contact("2026-03-02", injury=True), entry("photographs", "2026-03-02", taken=True, taken_on="2026-03-02", again_on="2026-03-09")), "2026-03-09", "2026-03-10"),
    ("photographs_missing", "a second injury, after the first was photographed",
     (contact("2026-03-02", injury=True), entry("photographs", "2026-03-02", taken=True, taken_on="2026-03-02"), contact("2026-03-23", injury=True)), "2026-03-25", "2026-03-26"),
    ("enquiry_late", "Christmas 2009", entry("strategy", "2009-12-14", **_S47), "2010-01-07", "2010-01-08"),
    ("conference_late", "Christmas 2009", entry("strategy", "2009-12-14", **_S47), "2010-01-07", "2010-01-08"),
    ("decision_letter_missing", "Easter does not count", entry("conference", "2026-04-02", **_NFA), "2026-04-07", "2026-04-08"),
    ("visit_late", "Easter does not count", (PLAN, entry("contact", "2026-03-26", **_VISIT)), "2026-04-13", "2026-04-14"),
    ("information_not_received", "Easter does not count", entry("disclosure", "2026-03-30", kind="request_out"), "2026-04-08", "2026-04-09"),
    ("medical_report_late", "seven days before 2010", entry("medical", "2007-03-05", **_MEDICAL), "2007-03-12", "2007-03-13"),
    ("crime_not_recorded", "three days before 2015", entry("investigation", "2012-03-05"), "2012-03-08", "2012-03-09"),
    ("victim_not_told", "of the end of an investigation, over Easter", entry("investigation", "2026-03-02", "2026-04-02", outcome_on="2026-04-02"), "2026-04-07", "2026-04-08"),
    ("evidence_late", "a week where no day to chase is given", entry("investigation", "2026-03-02", groups={"evidence": [{**PHONE, "chase_on": None}]}), "2026-03-09", "2026-03-10"),
    ("challenge_late", "a weekend does not count", entry("challenge", "2026-03-05", groups={"stages": [{**CHAIR, "stage": "1", "begun_on": "2026-03-05"}]}), "2026-03-09", "2026-03-10"),
    ("risk_review_late", "the day stated, where it is earlier than the interval", risk("2026-03-02", level="standard", review_on="2026-03-16"), "2026-03-16", "2026-03-17"),
)  # fmt: skip

# What raises nothing, on any day up to five years on.
NEVER: tuple[tuple[str, str, tuple[Part, ...]], ...] = (
    ("photographs_missing", "a supervisor agreed that none can be taken",
     (contact("2026-03-02", injury=True), entry("photographs", "2026-03-03", taken=False, not_taken_why="too_late", agreed_by="DS Okafor"))),
    ("photographs_missing", "a physical concern of which somebody says that there is no injury",
     (referred("2026-03-02", concerns_about=["physical"], injury=False),)),
    ("photographs_missing", "photographed on the day", (contact("2026-03-02", injury=True), entry("photographs", "2026-03-02", taken=True, taken_on="2026-03-02"))),
    ("medical_late", "no medical was agreed", (entry("strategy", "2026-03-02", outcome="s47", medical=False),)),
    ("medical_late", "police hear of a forensic examination when it has been held",
     (entry("medical", "2014-03-05", kind="sexual_abuse", requested_on="2014-03-03", opinion="no_findings"),)),
    ("medical_report_late", "the report is refused", (entry("medical", "2026-03-02", **_MEDICAL, report_state="refused"),)),
    ("referral_undecided", "a referral from police is not police’s to decide", (entry("referral", "2026-03-02", direction="out"),)),
    ("referrer_not_told", "nothing is decided yet", (referred("2026-03-02"),)),
    ("strategy_late", "an injury, and the decision is that nobody need talk", (referred("2026-03-02", injury=True, decision="nfa"),)),
    ("assessment_late", "given up", (entry("assessment", "2026-03-02", kind="single", state="stopped"),)),
    ("conference_late", "the enquiry found that none is needed",
     (entry("strategy", "2026-03-02", **_S47), entry("section47", "2026-03-02", "2026-03-10", strategy_on="2026-03-02", outcome="nfa", ended_on="2026-03-10"))),
    ("core_group_late", "no plan was made", (entry("conference", "2026-03-20", **_NFA),)),
    ("core_group_late", "the plan ended first",
     (entry("conference", "2026-03-20", **_MADE), entry("conference", "2026-04-01", kind="review", review_outcome="end"))),
    ("visit_late", "no plan stands", (entry("contact", "2026-03-02", **_VISIT),)),
    ("plan_action_undelivered", "an action without a day", (entry("plan", "2026-03-02", status="in_need", groups={"actions": [{**ALARM, "due_on": None}]}),)),
    ("plan_action_undelivered", "a direction is another alarm’s", (entry("supervision", "2026-03-02", kind="ad_hoc", groups={"directions": [ALARM]}),)),
    ("direction_overdue", "an action of a plan is another alarm’s", (entry("plan", "2026-03-02", status="in_need", groups={"actions": [ALARM]}),)),
    ("task_late", "waived", (
        TaskSaid(TASK, "opened", on("2026-03-02"), on("2026-03-02"), title="Ring the school", due_on=on("2026-03-16")),
        TaskSaid(TASK, "waived", on("2026-03-10"), on("2026-03-10")))),
    ("long_plan", "the plan ended", (entry("conference", "2026-03-20", **_MADE), entry("conference", "2026-06-10", kind="review", review_outcome="end"))),
    ("proceedings_late", "withdrawn", (entry("legal", "2026-03-02", proceedings="pre_proceedings"), entry("legal", "2026-04-01", proceedings="withdrawn"))),
    ("challenge_late", "taken a stage further, and answered there", (entry("challenge", "2026-03-02", groups={"stages": [
        {**CHAIR, "stage": "1"}, {**CHAIR, "stage": "2", "begun_on": "2026-03-04", "responded_on": "2026-03-06"}]}),)),
    ("evidence_late", "it will never come", (entry("investigation", "2026-03-02", groups={"evidence": [{**PHONE, "evidence_state": "not_available"}]}),)),
    ("investigation_drifting", "on bail, which has limits of its own", (entry("bail", "2026-03-02", kind="pre_charge"),)),
    ("risk_review_late", "never assessed is another alarm’s", ()),
    ("review_overdue", "never reviewed is another alarm’s", ()),
)  # fmt: skip
