"""Minutes read from documents in the layouts people use: what is proposed, and what is left for a person to say."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.exchange.minutes import ProposedMinutes, propose_minutes
from casefile.exchange.minutes.propose import doubtful_dates
from casefile.exchange.minutes.when import due_date, first_date, time_in
from casefile.exchange.minutes.who import agency_of, split_person, surname
from casefile.exchange.readers import read_whole
from casefile.standards import library

DOCUMENTS = Path(__file__).resolve().parents[3] / "data" / "documents"


def proposed(name: str, part: int = 0) -> ProposedMinutes:
    found = propose_minutes(read_whole(name, (DOCUMENTS / name).read_bytes())[part].reading.text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "part", "kind", "held", "at", "chair", "people", "actions"),
    [
        ("minutes-initial-conference.docx", 0, "initial_conference", (2026, 3, 12), (10, 0), "Bernadette Achebe", 10, 5),
        ("minutes-by-outlook.msg", 1, "initial_conference", (2026, 3, 12), (10, 0), "Bernadette Achebe", 10, 5),
        ("minutes-review-conference.pdf", 0, "review_conference", (2026, 4, 22), None, "Rhodri Bannister", 8, 4),
        ("core-group.odt", 0, "core_group", (2026, 5, 6), (14, 0), "Fiona Strand", 5, 3),
        ("strategy-discussion.docx", 0, "strategy", (2026, 2, 2), (15, 40), "", 3, 3),
        ("minutes-pre-birth-windows.txt", 0, "pre_birth_conference", (2026, 5, 5), (13, 30), "Winston Adair", 7, 3),
    ],
)  # fmt: skip
def test_the_head_of_minutes(
    name: str,
    part: int,
    kind: str,
    held: tuple[int, int, int],
    at: tuple[int, int] | None,
    chair: str,
    people: int,
    actions: int,
) -> None:
    found = proposed(name, part)
    assert (found.kind, found.chair) == (kind, chair)
    assert found.held is not None
    assert found.held.day == date(*held)
    assert found.held_at == (time(*at) if at else None)
    assert (len(found.attendees), len(found.actions)) == (people, actions)
    codes = {one.code for one in library().codes("agency").codes} | {""}
    attendance = {one.code for one in library().codes("attendance").codes}
    assert {one.agency for one in (*found.attendees, *found.actions)} <= codes
    assert {one.attendance for one in found.attendees} <= attendance
    assert found.kind in library().codes("meeting_kind")


def test_people_of_a_table_with_how_they_attended() -> None:
    found = {one.name: one for one in proposed("minutes-initial-conference.docx").attendees}
    assert (found["Sunita Rao"].agency, found["Sunita Rao"].attendance) == ("health_visiting", "by_video")
    assert (found["Dr Helen Okonjo"].agency, found["Dr Helen Okonjo"].attendance) == ("gp", "report_only")
    assert found["Simon Tully"].attendance == "absent"
    assert (found["Janet Firth"].agency, found["Janet Firth"].attendance) == ("probation", "apologies")
    assert found["DC 4471 Callum Marsh"].agency == "police"


def test_actions_of_a_table_with_owner_and_date() -> None:
    first, second, *_, fourth, fifth = proposed("minutes-initial-conference.docx").actions
    assert first.what == "Confirm who lives at the address by an unannounced visit"
    assert (first.owner, first.agency) == ("DC Marsh, Police", "police")
    assert first.due is not None
    assert first.due.day == date(2026, 3, 19)
    assert "DC Marsh, Police" in first.line
    assert second.due is not None
    assert second.due.day == date(2026, 4, 24)
    assert fourth.due is not None
    assert (fourth.due.stated, fourth.due.day) == ("Ongoing", None)
    assert fifth.due is not None
    assert (fifth.due.stated, fifth.agency) == ("within 10 days", "social_care")


def test_actions_said_in_sentences() -> None:
    who, what, last, everybody = proposed("minutes-review-conference.pdf").actions
    assert (who.owner, who.agency) == ("Fiona Strand", "social_care")
    assert who.what == "Establish the identity of the man seen on 11 April 2026 and tell police"
    assert who.due is not None
    assert who.due.day == date(2026, 4, 29)
    assert (what.owner, what.agency) == ("PC Qureshi", "police")
    assert last.due is not None
    assert (last.due.stated, last.due.day) == ("end of May 2026", None)
    assert (everybody.owner, everybody.due) == ("All agencies", None)


def test_a_date_that_cannot_be_is_kept_as_stated() -> None:
    found = proposed("minutes-pre-birth-windows.txt")
    assert found.actions[2].due is not None
    assert (found.actions[2].due.stated, found.actions[2].due.day) == ("31 April 2026", None)
    assert found.doubts == ("“31 April 2026”: There is no 31 April 2026 in the calendar.",)
    assert "29 February 2025" in proposed("minutes-review-conference.pdf").doubts[0]


def test_the_report_of_2009_is_no_minutes_and_its_impossible_date_is_told() -> None:
    text = (DOCUMENTS / "report-2009.txt").read_text("utf-8")
    assert propose_minutes(text) is None
    assert "“29 February 2009”: There is no 29 February 2009 in the calendar." in doubtful_dates(text)


@pytest.mark.parametrize(
    "name", ["paediatric-report.rtf", "school-report-outlook.eml", "paediatrician-thunderbird.eml"]
)
def test_reports_and_letters_are_not_taken_for_minutes(name: str) -> None:
    for part in read_whole(name, (DOCUMENTS / name).read_bytes()):
        assert propose_minutes(part.reading.text) is None


def test_what_was_decided_and_dissent_stand_in_the_documents_words() -> None:
    found = proposed("minutes-review-conference.pdf")
    assert found.decisions[0].startswith("By a majority the conference decided")
    assert found.decisions[1].startswith("Dissent: Police do not agree")
    assert found.next_dates == ("Date of next review: 14 October 2026",)


LAYOUTS = {
    "labels": "Notes of Core Group\nDate: 3/6/26\nPresent: Ann Fry (Social Worker), Bo Lund (Health Visitor)\n"
    "ACTION 1: Ann Fry to visit the home by 10/6/26\nACTION 2: weigh the baby. By whom: Bo Lund. By when: 12/6/26",
    "whom and when": "MINUTES OF STRATEGY MEETING\nHeld on: 3 June 2026\nAttendees\nAnn Fry – Social Worker\nDS Lund – Police\n"
    "Actions\n1. Visit the home. Owner: Ann Fry. Due: 10 June 2026\n2. DS Lund to check the household by 12 June 2026.",
    "table": "Legal Planning Meeting minutes\nDate of meeting\t3 June 2026\nDate: 3 June 2026\nName\tOrganisation\nAnn Fry\tSocial Care\n"
    "Bo Lund\tPolice\nWhat\tWho\tWhen\nVisit the home\tAnn Fry\t10 June 2026\nCheck the household\tBo Lund\t12 June 2026",
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_layouts(layout: str) -> None:
    found = propose_minutes(LAYOUTS[layout])
    assert found is not None
    assert found.held is not None
    assert found.held.day == date(2026, 6, 3)
    assert next(one.agency for one in found.attendees) == "social_care"
    assert [(one.due.day if one.due else None) for one in found.actions] == [
        date(2026, 6, 10),
        date(2026, 6, 12),
    ]
    assert all(one.owner for one in found.actions)


@pytest.mark.parametrize(
    ("said", "stated", "day"),
    [
        ("by 4 June 2026", "4 June 2026", date(2026, 6, 4)),
        ("Thursday 4th June 2026", "4th June 2026", date(2026, 6, 4)),
        ("4.6.26", "4.6.26", date(2026, 6, 4)),
        ("2026-06-04", "2026-06-04", date(2026, 6, 4)),
        ("ASAP", "ASAP", None),
        ("29 February 2026", "29 February 2026", None),
        ("next review", "next review", None),
        ("two weeks before 4 June 2026", "two weeks before 4 June 2026", None),
    ],
)
def test_by_when(said: str, stated: str, day: date | None) -> None:
    found = due_date(said)
    assert found is not None
    assert (found.stated, found.day) == (stated, day)
    assert bool(found.why) == (day is None)


def test_another_day_of_the_week_is_told() -> None:
    found = first_date("Friday 4 June 2026")
    assert found is not None
    assert (found.day, found.why) == (date(2026, 6, 4), "4 June 2026 was a Thursday, not a Friday.")


@pytest.mark.parametrize(
    ("said", "at"),
    [("10.00 am", time(10)), ("at 1.30pm", time(13, 30)), ("15:40 hrs", time(15, 40)), ("2 pm", time(14)),
     ("4/6/26", None), ("25:70", None)],
)  # fmt: skip
def test_times_of_day(said: str, at: time | None) -> None:
    assert time_in(said) == at


@pytest.mark.parametrize(
    ("said", "name", "role", "agency", "last"),
    [
        ("PC 8812 Imran Qureshi (Police Liaison)", "PC 8812 Imran Qureshi", "Police Liaison", "police", "qureshi"),
        ("Gwen Tasker – Health Visitor", "Gwen Tasker", "Health Visitor", "health_visiting", "tasker"),
        ("Jo Sandler, Social Worker, Children’s Services", "Jo Sandler", "Social Worker, Children’s Services", "social_care", "sandler"),
        ("Siobhán O’Dwyer, mother", "Siobhán O’Dwyer", "mother", "family", "o’dwyer"),
    ],
)  # fmt: skip
def test_people_of_one_line(said: str, name: str, role: str, agency: str, last: str) -> None:
    assert split_person(said) == (name, role)
    assert agency_of(role, name) == agency
    assert surname(name) == last


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
@settings(deadline=None)
def test_any_text_is_read_or_left(text: str) -> None:
    found = propose_minutes(f"Minutes of core group\n{text}\nPresent: A Fry, B Lund\nAction: {text[:60]}")
    assert found is None or found.kind == "core_group"
