"""Minutes as they come, in several layouts: what is proposed from each, and what is not invented."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.exchange.minutes import Known, ProposedMinutes, propose_minutes
from casefile.exchange.minutes.dates import due_date, time_in
from casefile.exchange.readers import read_document
from casefile.standards import Library

DOCUMENTS = Path(__file__).parents[3] / "data" / "documents"

PROSE = """Strategy Meeting

The strategy meeting about Aisha Bello was held at Westmarch General Hospital on 3rd June 2026 at 9.15am. Present were \
DC 5518 Owen Price, Lucy Marden (social worker, Children's Services), Dr Anil Sethi (Paediatrician) and Joy Clement \
(Ward Sister). Apologies were received from Karen Hollis, Health Visitor.

The registrar found bruises of different ages. It was agreed that a single agency section 47 enquiry would begin.

Lucy Marden agreed to see Aisha alone on the ward by 4 June 2026. DC Price will speak to the neighbour before 5 June. \
It was agreed that Dr Sethi would provide a written report by Friday 12 June 2026.

The next strategy meeting will be held on 17 June 2026.
"""

LABELS = """REVIEW CHILD PROTECTION CONFERENCE: MINUTES

Date of Conference\t30.02.2026
Venue\tTown Hall
Conference Chair\tMaureen Tate

Attendees
Name\tAgency\tPresent\tApologies
Jo Ward\tSocial Services\t✓\t
Sgt Tim Hale\tPolice\t\t✓
Ms K. Bright\tNursery\tY\t

3. Decision
The children are no longer subject to child protection plans and will be supported as children in need.

4. Actions
Action: Close the plan on the system. By whom: Jo Ward. By when: 3 March 2026
Action 2: Tell the nursery
By whom: Ms Bright
By when: ASAP

5. Any other business
None
"""

OFFICES = """Notes of Professionals' Meeting
Date/time: Fri 6 March 2026 14.30
Location: Teams

Who attended
Social Worker: Jo Sandler
Head Teacher: Gareth Pugh, Orchard Lane Primary School
Police: DC Nair
Mother: not invited

Agreed actions
- Letter to the landlord about the locks (Jo Sandler, by 13/03/2026)
- School to keep a diary of mornings - ongoing

Date of next meeting: 20 March 2026
"""

LAYOUTS = {
    "table": "minutes-initial-conference.docx",
    "one line": "minutes-review-conference.pdf",
    "bullets": "core-group.odt",
    "numbers": "strategy-discussion.docx",
    "plain": "minutes-pre-birth-windows.txt",
    "prose": PROSE,
    "labels": LABELS,
    "offices": OFFICES,
}


def read(layout: str, known: Known | None = None) -> ProposedMinutes:
    """What is proposed from one of the layouts."""
    found = LAYOUTS.get(layout, layout)
    if "\n" in found:
        return propose_minutes(found, known=known)
    one = read_document(found, (DOCUMENTS / found).read_bytes())
    return propose_minutes(one.text, one.title, known)


MEETINGS = (
    ("table", "initial_conference", date(2026, 3, 12), time(10), "Bernadette Achebe", date(2026, 6, 9)),
    ("one line", "review_conference", date(2026, 4, 22), None, "Rhodri Bannister, Independent Reviewing Officer", date(2026, 10, 14)),
    ("bullets", "core_group", date(2026, 5, 6), time(14), "Fiona Strand", date(2026, 6, 3)),
    ("numbers", "strategy", date(2026, 2, 2), time(15, 40), None, None),
    ("plain", "pre_birth_conference", date(2026, 5, 5), time(13, 30), "Winston Adair (Independent Chair)", date(2026, 8, 4)),
    ("prose", "strategy", date(2026, 6, 3), time(9, 15), None, date(2026, 6, 17)),
    ("labels", "review_conference", None, None, "Maureen Tate", None),
    ("offices", "professionals", date(2026, 3, 6), time(14, 30), None, date(2026, 3, 20)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("layout", "kind", "held", "at", "chair", "following"), MEETINGS, ids=[one[0] for one in MEETINGS]
)
def test_which_meeting_it_was_and_when(
    layout: str, kind: str, held: date | None, at: time | None, chair: str | None, following: date | None
) -> None:
    found = read(layout)
    assert found.is_minutes, found.why
    assert found.kind is not None
    assert found.kind.value == kind
    assert found.held is not None
    assert found.held.value.day == held
    assert (found.held_at and found.held_at.value) == at
    assert (found.chair and found.chair.value) == chair
    assert (found.next_on and found.next_on.value.day) == following


ATTENDED = (
    ("table", ("Bernadette Achebe", "social_care", "attended"), ("Moira Pettifer", "social_care", "attended"),
     ("DC 4471 Callum Marsh", "police", "attended"), ("Sunita Rao", "health_visiting", "by_video"),
     ("Dr Helen Okonjo", "gp", "report_only"), ("Gareth Pugh", "education", "attended"),
     ("Leanne Voss", "family", "attended"), ("Simon Tully", "housing", "absent"),
     ("Janet Firth", "probation", "apologies"), ("Dr A. Lindgren", "paediatrics", "apologies")),
    ("one line", ("Rhodri Bannister", "", "attended"), ("Fiona Strand", "social_care", "attended"),
     ("Gwen Tasker", "health_visiting", "attended"), ("PC 8812 Imran Qureshi", "police", "attended"),
     ("Marie Clarke", "family", "attended"), ("Dr Peter Szabo", "gp", "apologies"),
     ("Kim Aldous", "education", "apologies"), ("Tessa Brand", "substance", "report_only")),
    ("bullets", ("Fiona Strand", "social_care", "attended"), ("Gwen Tasker", "health_visiting", "attended"),
     ("Kim Aldous", "education", "attended"), ("Marie Clarke", "family", "attended"),
     ("PC Imran Qureshi", "police", "apologies")),
    ("numbers", ("DS 2207 Ruth Lindqvist", "police", "attended"), ("Ola Brandt", "social_care", "attended"),
     ("Dr Farida Aziz", "hospital", "attended")),
    ("plain", ("Winston Adair", "social_care", "attended"), ("Jo Sandler", "social_care", "attended"),
     ("Det Con Priya Nair", "police", "attended"), ("Abena Mensah", "midwifery", "attended"),
     ("Siobhán O’Dwyer", "family", "attended"), ("Dr Colin Rusk", "gp", "apologies"),
     ("Mark Tenby", "probation", "absent")),
    ("prose", ("DC 5518 Owen Price", "police", "attended"), ("Lucy Marden", "social_care", "attended"),
     ("Dr Anil Sethi", "paediatrics", "attended"), ("Joy Clement", "hospital", "attended"),
     ("Karen Hollis", "health_visiting", "apologies")),
    ("labels", ("Jo Ward", "social_care", "attended"), ("Sgt Tim Hale", "police", "apologies"),
     ("Ms K. Bright", "education", "attended")),
    ("offices", ("Jo Sandler", "social_care", "attended"), ("Gareth Pugh", "education", "attended"),
     ("DC Nair", "police", "attended")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("layout", "people"), [(one[0], one[1:]) for one in ATTENDED], ids=[one[0] for one in ATTENDED]
)
def test_who_was_there_for_which_agency(
    layout: str, people: tuple[tuple[str, str, str], ...], standards: Library
) -> None:
    found = read(layout).attendees
    assert [(one.name, one.agency, one.attendance) for one in found] == list(people)
    for one in found:
        assert not one.agency or one.agency in standards.codes("agency")
        assert one.attendance in standards.codes("attendance")


ACTIONS = (
    ("table", ("Confirm who lives at the address", "DC Marsh, Police", "police", date(2026, 3, 19), ""),
     ("Core assessment to be completed", "Moira Pettifer, Social Care", "social_care", date(2026, 4, 24), ""),
     ("Follow-up skeletal survey", "Dr Lindgren, Community Paediatrics", "paediatrics", date(2026, 3, 26), ""),
     ("Weekly report of attendance", "Gareth Pugh, Orchard Lane Primary School", "education", None, "Ongoing"),
     ("Legal advice on the threshold", "Moira Pettifer", "social_care", None, "within 10 days")),
    ("one line", ("Fiona Strand to establish", "Fiona Strand", "social_care", date(2026, 4, 29), ""),
     ("PC Qureshi to check", "PC Qureshi", "police", date(2026, 4, 27), ""),
     ("Gwen Tasker to complete", "Gwen Tasker", "health_visiting", date(2026, 5, 31), ""),
     ("All agencies to send", "All agencies", "", None, "before the next conference")),
    ("bullets", ("Check Lee Fenwick-Strand", "Fiona Strand", "social_care", date(2026, 5, 8), ""),
     ("Weigh Kelechi", "Gwen Tasker", "health_visiting", date(2026, 5, 20), ""),
     ("Offer a further keywork session", "Kim Aldous", "education", None, "ASAP")),
    ("numbers", ("DS Lindqvist to allocate", "DS Lindqvist", "police", date(2026, 2, 2), ""),
     ("Ola Brandt to see", "Ola Brandt", "social_care", date(2026, 2, 3), ""),
     ("Dr Aziz to provide", "Dr Aziz", "hospital", date(2026, 2, 6), "")),
    ("plain", ("Jo Sandler to complete", "Jo Sandler", "social_care", date(2026, 5, 29), ""),
     ("Abena Mensah to send", "Abena Mensah", "midwifery", date(2026, 5, 12), ""),
     ("DC Nair to check", "DC Nair", "police", None, "")),
    ("prose", ("Lucy Marden agreed to see", "Lucy Marden", "social_care", date(2026, 6, 4), ""),
     ("DC Price will speak", "DC Price", "police", date(2026, 6, 5), ""),
     ("Dr Sethi would provide", "Dr Sethi", "paediatrics", date(2026, 6, 12), "")),
    ("labels", ("Close the plan on the system", "Jo Ward", "social_care", date(2026, 3, 3), ""),
     ("Tell the nursery", "Ms Bright", "education", None, "ASAP")),
    ("offices", ("Letter to the landlord about the locks", "Jo Sandler", "social_care", date(2026, 3, 13), ""),
     ("School to keep a diary", "School", "education", None, "ongoing")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("layout", "actions"), [(one[0], one[1:]) for one in ACTIONS], ids=[one[0] for one in ACTIONS]
)
def test_who_is_to_do_what_by_when(
    layout: str, actions: tuple[tuple[str, str, str, date | None, str], ...], standards: Library
) -> None:
    found = read(layout).actions
    assert [one.what.startswith(said[0]) for one, said in zip(found, actions, strict=True)] == [True] * len(
        actions
    )
    assert [(one.owner, one.agency, one.due and one.due.day, one.due_words) for one in found] == [
        said[1:] for said in actions
    ]


CODES = (
    ("table", {"outcome": "plan", "category": "PHY", "police_attendance": "attended"}),
    ("one line", {"review_outcome": "continue", "category": "MUL", "position": "dissent"}),
    ("plain", {"outcome": "plan", "category": "NEG"}),
    ("numbers", {"mode": "telephone", "outcome": "s47", "s47_kind": "joint", "medical": "yes"}),
    ("prose", {"mode": "at_hospital", "outcome": "s47", "s47_kind": "single_social_care"}),
    ("labels", {"review_outcome": "end_in_need"}),
)


@pytest.mark.parametrize(("layout", "codes"), CODES, ids=[one[0] for one in CODES])
def test_what_was_decided(layout: str, codes: dict[str, str]) -> None:
    found = {key: one.value for key, one in read(layout).codes}
    assert {key: found.get(key) for key in codes} == codes


@pytest.mark.parametrize("layout", LAYOUTS)
def test_everything_proposed_stands_in_the_line_it_names(layout: str) -> None:
    found = LAYOUTS[layout]
    text = found if "\n" in found else read_document(found, (DOCUMENTS / found).read_bytes()).text
    lines = text.split("\n")
    proposed = read(layout)
    for one in (*proposed.attendees, *proposed.actions, proposed.held, *proposed.doubtful):
        assert one is not None
        assert " ".join(one.evidence.split()).startswith(" ".join(lines[one.line - 1].split()))


DOUBTFUL = (
    ("one line", "29 February 2025", "There is no 29 February 2025 in the calendar."),
    ("plain", "31 April 2026", "There is no 31 April 2026 in the calendar."),
    ("labels", "30.02.2026", "There is no 30 February 2026 in the calendar."),
    ("report-2009.txt", "29 February 2009", "There is no 29 February 2009 in the calendar."),
)


@pytest.mark.parametrize(("layout", "stated", "why"), DOUBTFUL)
def test_a_date_that_cannot_be_is_kept_as_stated(layout: str, stated: str, why: str) -> None:
    assert (stated, None, why) in [
        (one.value.stated, one.value.day, one.value.why) for one in read(layout).doubtful
    ]


def test_a_weekday_that_does_not_fit_is_doubted() -> None:
    found = propose_minutes(
        "Core group minutes\nHeld on: Friday 12 March 2026\nPresent: Jo Ward (Social Worker); PC Hale"
    )
    assert found.held is not None
    assert found.held.value.day == date(2026, 3, 12)
    assert "is a Thursday" in found.held.value.why


SAMPLES = (
    ("harding-review-conference.pdf", "review_conference", date(2026, 10, 13), 9, 4),
    ("harding-core-group.odt", "core_group", date(2026, 11, 10), 5, 3),
    ("whitlock-strategy-discussion.docx", "strategy", date(2026, 11, 4), 3, 3),
)


@pytest.mark.parametrize(("name", "kind", "held", "people", "actions"), SAMPLES)
def test_the_documents_a_newcomer_tries(name: str, kind: str, held: date, people: int, actions: int) -> None:
    one = read_document(
        name, (DOCUMENTS.parents[2] / "resources" / "samples" / "documents" / name).read_bytes()
    )
    found = propose_minutes(one.text, one.title)
    assert found.is_minutes
    assert found.kind is not None
    assert found.held is not None
    assert (found.kind.value, found.held.value.day) == (kind, held)
    assert (len(found.attendees), len(found.actions)) == (people, actions)


NOT_MINUTES = (
    ("report-2009.txt", "a report"),
    ("paediatric-report.rtf", "a report"),
    ("school-report-outlook.eml", "a report"),
    ("minutes-by-outlook.msg", "does not read as its minutes"),
    ("forwarded-apple-mail.eml", "names no meeting"),
    (
        "Agenda for the initial child protection conference\nDate: 12 March 2026\n1. Welcome\n2. Reports\n",
        "an agenda",
    ),
    ("Invitation to a core group\nDate: 12 March 2026\nPlease bring your report.\n", "an invitation"),
    ("\n", "names no meeting"),
)


@pytest.mark.parametrize(("layout", "why"), NOT_MINUTES)
def test_what_is_no_minutes_is_said_to_be_none(layout: str, why: str) -> None:
    found = read(layout)
    assert not found.is_minutes
    assert why in found.why


def test_people_of_the_file_and_officers_of_the_store_are_met() -> None:
    child, other, marsh = uuid4(), uuid4(), uuid4()
    known = Known(
        ((child, "Tamsin Hartley-Voss"), (other, "Amy Ashdown")),
        ((marsh, "Marsh", "4471"), (uuid4(), "Pettifer", "9")),
    )
    found = read("table", known)
    assert found.named == (child,)
    assert [one.officer_id for one in found.actions] == [marsh, None, None, None, None]


INVITED = """Minutes of Initial Child Protection Conference
Date of meeting\t3 June 2026
Name and job title\tAgency\tInvited\tAttended\tReport
Ann Fry, Social Worker\tCSC\tY\tY\tY
Dr Bo Lund\tGP surgery\tY\tN\tY
PC 12 Cy Moss\tPolice\tY\tN\t
Identified need\tWhat needs to happen?\tWho will do it?\tBy when?
Safety at home\tVisit weekly\tAnn Fry\t10 June 2026
Health\tFull check\tDr Lund\tWithin two weeks
"""


def test_a_table_of_who_was_invited_and_a_plan_by_need() -> None:
    found = propose_minutes(INVITED)
    assert [(one.name, one.role, one.agency, one.attendance) for one in found.attendees] == [
        ("Ann Fry", "Social Worker, CSC", "social_care", "attended"),
        ("Dr Bo Lund", "GP surgery", "gp", "report_only"),
        ("PC 12 Cy Moss", "Police", "police", "absent"),
    ]
    assert [(one.what, one.owner, one.due and one.due.day, one.due_words) for one in found.actions] == [
        ("Visit weekly", "Ann Fry", date(2026, 6, 10), ""),
        ("Full check", "Dr Lund", None, "Within two weeks"),
    ]


SHORT = {
    "labels on one line": "Notes of Core Group\nDate: 3/6/26\nPresent: Ann Fry (Social Worker), Bo Lund (Health Visitor)\n"
    "ACTION 1: Ann Fry to visit the home by 10/6/26\nACTION 2: weigh the baby. By whom: Bo Lund. By when: 12/6/26",
    "owner and due": "MINUTES OF STRATEGY MEETING\nHeld on: 3 June 2026\nAttendees\nAnn Fry – Social Worker\nDS Lund – Police\n"
    "Actions\n1. Visit the home. Owner: Ann Fry. Due: 10 June 2026\n2. DS Lund to check the household by 12 June 2026.",
    "table of two": "Legal Planning Meeting minutes\nDate of meeting\t3 June 2026\nDate: 3 June 2026\nName\tOrganisation\n"
    "Ann Fry\tSocial Care\nBo Lund\tPolice\nWhat\tWho\tWhen\nVisit the home\tAnn Fry\t10 June 2026\n"
    "Check the household\tBo Lund\t12 June 2026",
}  # fmt: skip


@pytest.mark.parametrize("layout", SHORT)
def test_short_notes_in_other_layouts(layout: str) -> None:
    found = propose_minutes(SHORT[layout])
    assert found.is_minutes, found.why
    assert found.held is not None
    assert found.held.value.day == date(2026, 6, 3)
    assert found.attendees[0].agency == "social_care"
    assert [one.due and one.due.day for one in found.actions] == [date(2026, 6, 10), date(2026, 6, 12)]
    assert all(one.owner for one in found.actions)


@pytest.mark.parametrize(
    ("said", "stated", "day"),
    [
        ("by 4 June 2026", "4 June 2026", date(2026, 6, 4)),
        ("Thursday 4th June 2026", "Thursday 4th June 2026", date(2026, 6, 4)),
        ("4.6.26", "4.6.26", date(2026, 6, 4)),
        ("2026-06-04", "2026-06-04", date(2026, 6, 4)),
        ("June 4, 2026", "June 4, 2026", date(2026, 6, 4)),
        ("4 June", "4 June", date(2026, 6, 4)),
        ("2 January", "2 January", date(2027, 1, 2)),
        ("end of February 2028", "end of February 2028", date(2028, 2, 29)),
        ("29 February 2026", "29 February 2026", None),
        ("ASAP", None, None),
        ("at a cost of £4.50.26", None, None),
    ],
)
def test_by_when(said: str, stated: str | None, day: date | None) -> None:
    found = due_date(said, date(2026, 5, 5))
    assert (found and found.stated) == stated
    assert (found and found.day) == day


@pytest.mark.parametrize(
    ("said", "at"),
    [("10.00 am", time(10)), ("at 1.30pm", time(13, 30)), ("15:40 hrs", time(15, 40)), ("2 pm", time(14)),
     ("4/6/26", None), ("25:70", None)],
)  # fmt: skip
def test_times_of_day(said: str, at: time | None) -> None:
    assert time_in(said) == at


@given(st.text(st.sampled_from("Ab1 .,:;()\t\n–•é\x85Present:Action by20/3") | st.characters(), max_size=600))
def test_any_text_gives_a_proposal_or_none(text: str) -> None:
    found = propose_minutes(text)
    assert found.why.endswith(".")


@given(st.permutations(PROSE.split("\n") + LABELS.split("\n") + OFFICES.split("\n")))
def test_lines_in_any_order_are_read(lines: list[str]) -> None:
    found = propose_minutes("\n".join(lines))
    assert all(one.name and one.attendance for one in found.attendees)
    assert all(one.what for one in found.actions)


@pytest.mark.parametrize(
    "line", ["a" * 100_000, "Present: " + "A B, " * 20_000, "1. " * 40_000, "by " * 40_000 + "\t" * 999]
)
def test_a_line_without_end_is_read_in_good_time(line: str) -> None:
    assert propose_minutes("Minutes of a core group\n" + f"{line}\n" * 40).why
