"""Every view that ships finds what it asks for and nothing else, on both stores; and so do past days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from casefile.ask.queries import ask, count_asked
from casefile.desk import Desk
from casefile.errors import Invalid
from casefile.files.actions.files import allocate
from casefile.files.actions.restrict import restrict_file
from casefile.files.actions.tasks import add_task
from casefile.files.queries.listing import find_file
from casefile.handover.absence import record_absence
from casefile.search.matches import decide_match, matches
from tests.casefile.ask.asked import (
    VIEWS,
    also_in,
    asking,
    open_files,
    put,
    referred,
    reviewed,
    rows,
    say,
    seen,
)
from tests.conftest import Clock, officer_of

At = Callable[[str], Desk]


@pytest.fixture
def desk(sign_in: At) -> Desk:
    """A sergeant, with four files: one with a long plan, one told of often, one full of gaps, one closed."""
    sergeant, constable = sign_in("Okafor"), sign_in("Marsh")
    files = open_files(sergeant, constable)
    sergeant.do(record_absence, officer_of(constable), date(2026, 10, 1), None, "sickness", planned=False)
    piotr = _long_plan(constable, files["F-1"])
    reviewed(sergeant, files["F-1"], "2026-10-20")
    _told_of_often(constable, files["F-2"])
    also_in(constable, files["F-2"], piotr, "lodger")
    _full_of_gaps(constable, files["F-3"])
    eve = put(constable, files["F-4"], "Eve Dunn", "subject", "1/5/2012")
    seen(constable, files["F-4"], "2026-10-29", eve, how="alone")
    say(
        sergeant,
        files["F-4"],
        "closure",
        "2026-10-30",
        closed_for="moved",
        outstanding="They moved to Leeds.",
    )
    constable.do(add_task, files["F-4"], "Return the exhibits", "2026-10-31")
    return sergeant


def _long_plan(desk: Desk, file: UUID) -> UUID:
    bo = put(desk, file, "Bo Nowak", "subject", "1/6/2024")
    ada = put(desk, file, "Ada Nowak", "sibling", "1/3/2026")
    say(
        desk, file, "plan", "2025-04-01", bo, status="on_plan", category="NEG", previous_plans=1,
        actions=[{"what": "Register with a surgery", "owed_by": "health_visiting", "owner": "J. Amos", "due_on": "2026-10-01"}],
    )  # fmt: skip
    seen(desk, file, "2026-10-20", bo, agency="social_care")
    seen(desk, file, "2026-09-01", ada, how="alone")
    say(
        desk,
        file,
        "risk",
        "2026-10-10",
        trigger="interval",
        level="high",
        rationale="No change.",
        review_on="2026-10-17",
    )
    say(desk, file, "household", "2026-10-20", address="2 Mill Lane", confirmed_by="DC Marsh",
        occupants=[{"name": "Bo Nowak"}])  # fmt: skip
    return put(desk, file, "Piotr Nowak", "father", "12/3/1984")


def _told_of_often(desk: Desk, file: UUID) -> None:
    put(desk, file, "Cy Cole", "subject", "5/5/2015")
    put(desk, file, "Rae Cole", "unborn", birth={"expected_on": "20/12/2026"})
    say(
        desk,
        file,
        "risk",
        "2026-09-01",
        trigger="first",
        level="medium",
        rationale="Told.",
        review_on="2026-12-01",
    )
    referred(desk, file, "2026-10-05", "1A")
    referred(desk, file, "2026-10-12", "1B", feedback="outstanding", feedback_on=None)
    referred(desk, file, "2026-10-20", "5A")
    say(
        desk, file, "strategy", "2026-10-06", mode="telephone", outcome="assessment", medical=True,
        attendees=[{"name": "DS Okafor", "agency": "police"}, {"name": "J. Amos", "agency": "social_care"}],
    )  # fmt: skip
    say(desk, file, "research", "2026-10-21", occasion="referral", searched_by="Rhodes", status="complete",
        searches=[{"system": "pnc", "result": "no_trace"}])  # fmt: skip


def _full_of_gaps(desk: Desk, file: UUID) -> None:
    kit = put(desk, file, "Kit Reed", "subject", "9/9/2019")
    seen(desk, file, "2026-10-28", kit, how="alone")
    say(desk, file, "conference", "2026-09-10", kit, kind="review", police_attendance="neither", position="dissent",
        non_attendance="not_invited", review_outcome="continue")  # fmt: skip
    say(
        desk, file, "medical", "2026-10-10", kit, kind="child_protection", doctor="Dr Shah", opinion="awaited"
    )
    say(
        desk,
        file,
        "photographs",
        "2026-10-10",
        kit,
        taken=False,
        not_taken_why="no_visible_injury",
        agreed_by="DS Okafor",
    )
    say(desk, file, "bail", "2026-10-01", suspect="L. Holt", kind="pre_charge", expires_on="2026-11-10",
        safety="He lives elsewhere.")  # fmt: skip
    say(desk, file, "legal", "2026-10-01", advice_asked_on="2026-10-01", detail="Threshold for proceedings.")
    say(desk, file, "disclosure", "2026-10-01", kind="request_out", other_party="The hospital", agency="hospital",
        what="The notes of 4 September.", lawful_basis="dpa18_law_enforcement")  # fmt: skip
    for day in ("2026-02-01", "2026-09-01"):
        say(
            desk,
            file,
            "investigation",
            day,
            kit,
            offence="abh",
            allegation="A bruise.",
            cps_advice="nfa_evidence",
        )


FOUND: tuple[tuple[str, dict[str, str], str, list[str]], ...] = (
    ("children_not_seen", {}, "name", ["Cy Cole", "Ada Nowak"]),
    ("children_not_seen", {"days": "70"}, "name", ["Cy Cole"]),
    ("children_not_seen", {"days": "5", "plan": "yes"}, "name", ["Bo Nowak"]),
    ("children_not_seen", {"days": "5", "plan": "no"}, "name", ["Cy Cole", "Ada Nowak"]),
    ("children_not_seen", {"officer": "marsh"}, "name", ["Cy Cole", "Ada Nowak"]),
    ("children_not_seen", {"officer": "me", "team": "north", "days": "5"}, "name", ["Cy Cole", "Ada Nowak", "Bo Nowak"]),
    ("children_not_seen", {"officer": "Lindqvist"}, "name", []),
    ("children_not_seen_alone", {}, "name", ["Cy Cole", "Bo Nowak", "Ada Nowak"]),
    ("youngest_children", {}, "name", ["Ada Nowak"]),
    ("youngest_children", {"years": "3"}, "name", ["Ada Nowak", "Bo Nowak"]),
    ("births_expected", {}, "name", ["Rae Cole"]),
    ("births_expected", {"weeks": "4"}, "name", []),
    ("long_plans", {}, "name", ["Bo Nowak"]),
    ("long_plans", {"months": "20"}, "name", []),
    ("second_plans", {}, "name", ["Bo Nowak"]),
    ("second_plans", {"plans": "2"}, "name", []),
    ("plans_without_contingency", {}, "about_whom", ["Bo Nowak"]),
    ("adults_in_several_files", {}, "also_in", ["NOWAK F-1", "COLE F-2"]),
    ("adults_not_researched", {}, "file", ["NOWAK F-1"]),
    ("households_not_confirmed", {}, "file", ["COLE F-2", "REED F-3"]),
    ("several_sources", {}, "file", ["COLE F-2"]),
    ("several_sources", {"days": "20"}, "file", []),
    ("repeat_referrals", {}, "referrals", ["3"]),
    ("feedback_outstanding", {}, "decided_on", ["12 Oct 2026"]),
    ("feedback_outstanding", {"days": "20"}, "file", []),
    ("medicals_undecided", {}, "about_whom", ["Kit Reed"]),
    ("medical_opinions_open", {}, "opinion", ["Awaited"]),
    ("medical_opinions_open", {"days": "40"}, "file", []),
    ("medicals_not_held", {}, "title", ["Medical held"]),
    ("medicals_not_held", {"days": "90"}, "title", []),
    ("strategy_without_partners", {}, "attendees_agency", ["Police; Children’s social care"]),
    ("officers_away", {}, "file_officer_away", ["1 Oct 2026", "1 Oct 2026"]),
    ("officers_away", {"days": "60"}, "file", []),
    ("directions_open", {}, "title", ["Ask the school"]),
    ("directions_open", {"days": "30"}, "title", []),
    ("photographs_not_taken", {}, "agreed_by", ["DS Okafor"]),
    ("conferences_without_police", {}, "police_attendance", ["Neither attended nor reported"]),
    ("conferences_without_police", {"months": "1"}, "file", []),
    ("conference_records_missing", {}, "file", ["REED F-3"]),
    ("dissent_at_conferences", {}, "position", ["Police dissented"]),
    ("bail_running_out", {}, "suspect", ["L. Holt"]),
    ("bail_running_out", {"days": "5"}, "suspect", []),
    ("not_prosecuted_again", {}, "refused", ["2"]),
    ("legal_advice_awaited", {}, "advice_asked_on", ["1 Oct 2026"]),
    ("information_not_given", {}, "other_party", ["The hospital"]),
    ("risk_not_reviewed", {}, "last_note", ["20 Oct 2026"]),
    ("risk_not_reviewed", {"days": "14"}, "file", []),
    ("risk_not_reviewed", {"risk": "medium"}, "last_note", ["Never"]),
    ("risk_not_assessed", {}, "file", ["REED F-3", "COLE F-2"]),
    ("files_without_somebody", {}, "file", ["REED F-3"]),
    ("silent_files", {}, "file", []),
    ("silent_files", {"days": "7"}, "file", ["NOWAK F-1", "COLE F-2"]),
    ("promises_of_a_worker", {"worker": "amos"}, "title", ["Register with a surgery"]),
    ("promises_of_a_worker", {"worker": "amos", "agency": "social_care"}, "title", []),
    ("others_late", {"agency": "health_visiting"}, "owner", ["J. Amos"]),
    ("owed_in_closed_files", {}, "title", ["Return the exhibits"]),
)  # fmt: skip


def test_each_finds_what_it_asks_for_and_nothing_else(desk: Desk) -> None:
    wrong: list[str] = []
    for key, said, column, expected in FOUND:
        found = rows(desk.read(ask, VIEWS.called(key), said), column)
        if found != expected:
            wrong.append(f"{key} {said}: {found} instead of {expected}")
    assert wrong == []
    untried = {one.key for one in VIEWS.ready} - {key for key, *_ in FOUND} - {"alarms_standing"}
    assert untried == set()


def test_a_past_day_is_told_by_what_was_known_then_and_who_held_the_file(desk: Desk, clock: Clock) -> None:
    then = date(2026, 10, 1)
    assert asking(desk, "children_not_seen", "name", then, days="20") == []
    assert asking(desk, "several_sources", as_of=date(2026, 10, 19), sources="2") == ["COLE F-2"]
    assert asking(desk, "several_sources", as_of=date(2026, 10, 11), sources="2") == []
    assert asking(desk, "long_plans", "name", date(2026, 9, 30)) == []
    assert asking(desk, "risk_not_reviewed", "last_note", date(2026, 10, 19)) == ["Never"]
    assert asking(desk, "bail_running_out", "suspect", date(2026, 9, 30), days="60") == []
    with pytest.raises(Invalid, match="for today only: Tasks is not kept"):
        asking(desk, "others_late", as_of=then)
    with pytest.raises(Invalid, match="has not come"):
        asking(desk, "long_plans", as_of=date(2027, 1, 1))
    clock.forward(days=2)
    file, then = desk.read(find_file, "F-1").id, date(2026, 11, 3)
    desk.do(allocate, file, "officer", officer_of(desk), date(2026, 11, 4))
    assert asking(desk, "long_plans", "file_officer") == ["DS 103 Okafor"]
    assert asking(desk, "long_plans", "file_officer", then) == ["DC 102 Marsh"]
    assert asking(desk, "long_plans", as_of=then, officer="Marsh") == ["NOWAK F-1"]
    assert asking(desk, "long_plans", officer="Marsh") == []


def test_a_restricted_file_is_neither_told_nor_counted_and_a_match_is_likely_until_decided(
    desk: Desk, sign_in: At
) -> None:
    other = sign_in("Marsh")
    many = other.read(count_asked, VIEWS.called("children_not_seen"))
    assert asking(other, "adults_in_several_files", "also_in") == ["NOWAK F-1", "COLE F-2"]
    desk.do(restrict_file, desk.read(find_file, "F-2").id, [officer_of(desk)], "An officer's family.")
    assert asking(other, "several_sources") == []
    assert asking(other, "adults_in_several_files", "also_in") == []
    assert other.read(count_asked, VIEWS.called("children_not_seen")) == many - 1
    assert asking(desk, "adults_in_several_files", "also_in") == ["NOWAK F-1", "COLE F-2"]
    for one in VIEWS.ready:
        found = other.read(ask, one, {"closed": "yes"})
        assert "F-2" not in str(found.rows), one.key
    file = desk.read(find_file, "F-3").id
    put(desk, file, "Peter Novak", "partner", "3/12/1984")
    found = asking(desk, "adults_in_several_files", "also_in")
    assert sorted(found) == ["COLE F-2, REED F-3 (likely)", "NOWAK F-1", "NOWAK F-1 (likely)"]
    for one in desk.read(matches):
        if one.kind == "person":
            desk.do(decide_match, one.id, "rejected", "Two men.")
    assert asking(desk, "adults_in_several_files", "also_in") == ["NOWAK F-1", "COLE F-2"]
    for one in desk.read(matches, decided=True):
        if one.kind == "person":
            desk.do(decide_match, one.id, "confirmed", "One man.")
    view = VIEWS.called("adults_in_several_files")
    (one,) = desk.read(ask, view, {"others": "2"}).rows
    assert (one.reference, one.values[3]) == ("F-1", ["COLE F-2", "REED F-3"])


def test_rows_are_ordered_paged_and_lead_to_their_record(desk: Desk) -> None:
    view = VIEWS.called("conferences_without_police")
    (row,) = desk.read(ask, view).rows
    assert (row.reference, row.divider) == ("F-3", "conferences")
    assert row.thread_id is not None
    seen_view = VIEWS.called("children_not_seen")
    (one,) = desk.read(ask, seen_view, sort="-born_on", offset=1, limit=1).rows
    assert one.cells[1] == "Cy Cole"
    assert (one.divider, one.thread_id) == ("child", None)
    with pytest.raises(Invalid, match="cannot be ordered by nothing"):
        desk.read(ask, seen_view, sort="nothing")
    (task,) = desk.read(ask, VIEWS.called("promises_of_a_worker"), {"worker": "amos"}).rows
    assert task.divider == "plan"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"days": "x"}, "Days: give a whole number"),
        ({"days": "0"}, "Days: give a number from 1 to 1,000"),
        ({"nothing": "1"}, "no parameter called nothing. It takes: days, plan, officer, team, closed"),
        ({"officer": "Nobody"}, "Officer: there is no officer called Nobody"),
        ({"team": "South"}, "Team: there is no team called South"),
        ({"plan": "perhaps"}, "On a plan: say yes or no"),
    ],
)
def test_what_cannot_be_read_is_said(said: dict[str, str], sentence: str, sign_in: At) -> None:
    with pytest.raises(Invalid, match=sentence):
        sign_in("Okafor").read(ask, VIEWS.called("children_not_seen"), said)
