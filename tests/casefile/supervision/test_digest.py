"""What changed since a review: every heading, from whom it counts, and nothing that was there to be seen; both stores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from casefile.desk import Desk
from casefile.errors import Missing
from casefile.files.actions.documents import add_document
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import record_entry, sign_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.actions.restrict import restrict_file
from casefile.files.actions.tasks import add_task, mark_done, waive_task
from casefile.record.facts import EntryFact
from casefile.supervision.digest import Digest, DigestLine, changed_since
from tests.conftest import Clock, officer_of

REVIEW: dict[str, Any] = {
    "kind": "scheduled", "supervisor": "DS Okafor", "risk_right": True, "child_seen": True, "note": "Goes on.",
    "review_on": "2026-12-20",
}  # fmt: skip
VISIT: dict[str, Any] = {
    "kind": "visit_joint", "agency": "police", "by_whom": "DC Marsh", "child_seen": "alone", "present": "Mother",
    "note": "Well.",
}  # fmt: skip
RISK: dict[str, Any] = {
    "trigger": "new_referral", "level": "medium", "rationale": "As before.", "review_on": "2026-12-01",
    "factors": [{"factor": "under_5", "factor_state": "present"}],
}  # fmt: skip


class Family:
    """A file with two children and a mother, reviewed on 2 November 2026, and the days after it."""

    def __init__(self, sign_in: Callable[[str], Desk], clock: Clock) -> None:
        self.sergeant, self.constable, self.clock = sign_in("Okafor"), sign_in("Marsh"), clock
        desk = self.constable
        self.file: UUID = desk.do(open_file).result
        self.wren, self.owen = (self.child(one) for one in ("Wren", "Owen"))
        self.mother = self.adult("Rhiannon", "mother")
        self.tell("risk", **RISK)
        clock.forward(hours=1)
        self.review = self.sergeant.do(record_entry, self.file, "supervision", self.dated(REVIEW)).result
        clock.forward(days=10)

    def child(self, given: str) -> UUID:
        facts = {
            "name": {"kind": "legal", "given": given, "family": "Ashdown"},
            "involvement": {"role": "subject"},
            "birth": {"born_on": "2019-03-14", "precision": "exact"},
            "residence": {"address": "4 Mill Lane"},
        }
        return self.constable.do(add_person, self.file, facts).result

    def adult(self, given: str, role: str, **more: Any) -> UUID:
        facts = {
            "name": {"kind": "legal", "given": given, "family": "Dunn"},
            "involvement": {"role": role, **more},
        }
        return self.constable.do(add_person, self.file, facts).result

    def dated(self, values: dict[str, Any]) -> dict[str, Any]:
        today = self.clock.now.date().isoformat()
        return {"happened_on": today, "known_on": today, **values}

    def tell(self, record: str, **values: Any) -> EntryFact:
        return self.constable.do(record_entry, self.file, record, self.dated(values)).result

    def amend(self, entry: EntryFact, reason: str, **values: Any) -> EntryFact:
        desk = self.constable
        draft = desk.do(start_draft, self.file, entry.section, thread_id=entry.thread_id).result
        desk.do(save_draft, draft.id, {**draft.values, **values}, draft.revision)
        return desk.do(sign_entry, draft.id, reason=reason).result

    def changed(self, since: date | None = None, desk: Desk | None = None) -> Digest:
        return (desk or self.sergeant).read(changed_since, self.file, since)

    def under(self, key: str) -> tuple[DigestLine, ...]:
        return next((one.lines for one in self.changed().groups if one.key == key), ())

    def words(self, key: str) -> list[str]:
        return [one.what for one in self.under(key)]


@pytest.fixture
def family(sign_in: Callable[[str], Desk], clock: Clock) -> Family:
    return Family(sign_in, clock)


def test_nothing_recorded_since_leaves_the_children_nobody_has_seen_and_who_was_not_researched(
    family: Family,
) -> None:
    digest = family.changed()
    assert digest.since == "your review of 2 November 2026"
    assert digest.review == family.review.thread_id
    assert [one.key for one in digest.groups] == ["seen", "tasks"]
    assert [one.partition(": ")[0] for one in family.words("tasks")] == [
        "Research Owen Ashdown", "Research Rhiannon Dunn", "Research Wren Ashdown",
    ]  # fmt: skip
    assert family.words("seen") == [
        "Owen Ashdown has never been seen by anybody",
        "Wren Ashdown has never been seen by anybody",
    ]


def test_a_child_seen_alone_and_a_child_nobody_saw(family: Family) -> None:
    family.tell("contact", **VISIT, concerns=[str(family.wren)])
    first, second = family.under("seen")
    assert (first.what, first.tone, first.opens, first.id) == (
        "Owen Ashdown has never been seen by anybody", "danger", "person", family.owen,
    )  # fmt: skip
    assert (second.what, second.detail, second.tone) == ("Joint visit: seen alone", "Wren Ashdown", "done")
    assert second.happened_on == second.known_on == date(2026, 11, 12)
    assert second.by == "DC 102 Marsh"
    family.clock.forward(days=1)
    family.sergeant.do(record_entry, family.file, "supervision", family.dated(REVIEW))
    family.clock.forward(days=3)
    assert "Wren Ashdown has not been seen since then" in family.words("seen")
    last = next(one for one in family.under("seen") if one.what.startswith("Wren"))
    assert (last.detail, last.tone) == ("Last seen on 12 November 2026, 4 days ago", "late")
    family.clock.forward(days=30)
    assert next(one.tone for one in family.under("seen") if one.what.startswith("Wren")) == "danger"


def test_harm_stands_before_everything_but_the_sight_of_the_child(family: Family) -> None:
    family.tell("contact", **{**VISIT, "child_seen": "refused", "injury": True})
    family.tell("photographs", taken=False, not_taken_why="booked")
    family.tell("risk", **{**RISK, "level": "high", "disagreement": "Health would leave it at medium."})
    assert [one.key for one in family.changed().groups] == ["seen", "harm", "risk", "disagreement", "tasks"]
    assert sorted(family.words("harm")) == [
        "Injury not photographed: Medical photographer booked",
        "Injury seen",
    ]
    assert {one.tone for one in family.under("harm")} == {"danger"}
    moved = family.under("risk")[0]
    assert (moved.what, moved.tone) == ("Risk moved from medium to high", "danger")
    assert family.words("disagreement") == ["Disagreement recorded in the assessment of risk"]


def test_a_risk_judged_again_and_brought_down_says_from_what_to_what(family: Family) -> None:
    family.tell("risk", **RISK)
    family.clock.forward(days=1)
    family.tell("risk", **{**RISK, "level": "standard"})
    assert family.words("risk") == [
        "Risk moved from medium to standard",
        "Risk judged again: medium, as before",
    ]


def test_dissent_challenge_and_doctors_who_differ(family: Family) -> None:
    dissent = {
        "kind": "initial",
        "outcome": "plan",
        "category": "PHY",
        "position": "dissent",
        "dissent": "He goes home.",
    }
    conference = family.tell("conference", **dissent)
    about = {"about": "conference", "agency": "social_care", "about_entry": str(conference.thread_id)}
    stage = {"stage": "1", "begun_on": "2026-11-12", "our_officer": "DC Marsh", "counterpart": "J. Amos"}
    family.tell("challenge", **about, disagreement="D.", asked_for="A.", stages=[stage])
    medical = {"kind": "child_protection", "report_state": "provisional", "concerns": [str(family.wren)]}
    family.tell("medical", **medical, doctor="Dr Ash", opinion="nai")
    family.tell("medical", **medical, doctor="Dr Birch", opinion="accident")
    words = family.words("disagreement")
    assert words[0] == "Doctors differ on Wren Ashdown"
    assert "Police dissented at the conference" in words
    assert any(one.startswith("Challenge to Children’s social care") for one in words)
    assert (
        next(one.detail for one in family.under("disagreement") if "dissented" in one.what) == "He goes home"
    )


def test_people_who_join_and_leave_and_where_they_live(family: Family) -> None:
    marek = family.adult("Marek", "partner", warnings=["weapons"])
    family.constable.do(record_fact, family.file, marek, "residence", {"address": "4 Mill Lane"})
    family.adult("Ines", "social_worker")
    mother = family.constable.read(changed_since, family.file)
    assert mother.since.startswith("DS 103 Okafor’s review")
    (joined,) = family.under("household")
    assert joined.what == "A new adult: Marek Dunn, partner of a parent"
    assert joined.tone == "danger"
    assert joined.detail == "Warnings: Weapons. Lives at 4 Mill Lane"
    assert (joined.opens, joined.id) == ("person", marek)
    assert family.words("keeping") == ["Works with the family now: Ines Dunn, social worker"]
    family.sergeant.do(record_entry, family.file, "supervision", family.dated(REVIEW))
    family.clock.forward(days=2)
    assert family.words("household") == []
    home = family.constable.do(record_fact, family.file, marek, "residence", {"address": "9 Kiln Row"}).result
    family.clock.forward(days=1)
    left = {"address": "9 Kiln Row", "until_on": "2026-11-15"}
    family.constable.do(record_fact, family.file, marek, "residence", left, replaces_id=home)
    assert family.words("household") == ["Marek Dunn left 9 Kiln Row"]


def test_the_household_found_is_held_against_the_one_before(family: Family) -> None:
    common = {"address": "4 Mill Lane", "confirmed_by": "DC Marsh"}
    family.tell("household", **common, occupants=[{"name": "Rhiannon Dunn", "identified": True}])
    family.clock.forward(days=1)
    family.tell("household", **common, occupants=[{"name": "A man", "identified": False}])
    newest = family.under("household")[0]
    assert newest.tone == "danger"
    assert newest.detail == (
        "Not found there before: A man. No longer found there: Rhiannon Dunn. Not identified: A man"
    )


def test_an_amendment_says_what_it_changed_and_why(family: Family) -> None:
    visit = family.tell("contact", **VISIT)
    family.sergeant.do(record_entry, family.file, "supervision", family.dated(REVIEW))
    family.clock.forward(days=1)
    family.amend(visit, "Mistyped.", child_seen="with_others", place="School")
    line = next(one for one in family.under("seen") if one.opens == "entry" and one.id == visit.thread_id)
    assert "Where: nothing → School" in line.detail
    assert "Child seen: Seen alone → Seen with others present" in line.detail
    assert line.detail.endswith("Why: Mistyped")


def test_work_missed_done_late_done_waived_and_newly_owed(family: Family) -> None:
    sergeant = family.sergeant

    def task(title: str, due: date) -> UUID:
        return sergeant.do(add_task, family.file, title, due, officer_of(family.constable)).result

    missed, late, done, waived = (
        task(one, date(2026, 11, 14)) for one in ("missed", "done late", "done in time", "waived")
    )
    sergeant.do(record_entry, family.file, "supervision", family.dated(REVIEW))
    family.clock.forward(days=5)
    sergeant.do(mark_done, family.file, done, date(2026, 11, 13), "By letter.")
    sergeant.do(mark_done, family.file, late, date(2026, 11, 17), "By telephone.")
    sergeant.do(waive_task, family.file, waived, "Not needed.")
    fresh = task("new", date(2026, 12, 1))
    lines = family.under("tasks")
    assert [(one.what, one.tone) for one in lines if one.id in {missed, late, done, waived, fresh}] == [
        ("missed", "danger"), ("new", "plain"), ("done late", "late"), ("done in time", "done"), ("waived", "plain"),
    ]  # fmt: skip
    by_id = {one.id: one for one in lines}
    assert by_id[missed].detail == "Missed: due 14 November 2026, 3 days late. Owed by DC 102 Marsh"
    assert by_id[waived].detail.endswith("Not needed")
    assert by_id[waived].by == "DS 103 Okafor"
    family.clock.forward(days=1)
    family.sergeant.do(record_entry, family.file, "supervision", family.dated(REVIEW))
    assert not {one.id for one in family.under("tasks")} & {missed, late, done, waived, fresh}


def test_a_missed_direction_is_owed_by_whom_the_note_names(family: Family) -> None:
    due = (family.clock.now.date() + timedelta(days=3)).isoformat()
    asked = {"what": "Ring the school nurse", "owner": "Nurse Amos", "owed_by": "health", "due_on": due}
    note = family.dated({**REVIEW, "directions": [asked]})
    family.sergeant.do(record_entry, family.file, "supervision", note)
    family.clock.forward(days=5)
    (line,) = [one for one in family.under("tasks") if one.what == "Ring the school nurse"]
    assert (line.tone, line.detail.rpartition("Owed by ")[2]) == ("danger", "Nurse Amos")


def test_documents_holders_and_what_is_learnt_of_a_person(family: Family) -> None:
    document = family.constable.do(add_document, family.file, "report.txt", b"words").result
    family.sergeant.do(allocate, family.file, "officer", officer_of(family.constable))
    family.constable.do(
        record_fact, family.file, family.wren, "setting", {"kind": "school", "name": "St Anne’s"}
    )
    assert [(one.what, one.opens, one.id) for one in family.under("documents")] == [
        ("report.txt", "document", document)
    ]
    assert any("DC 102 Marsh is" in one for one in family.words("keeping"))
    assert any("St Anne’s" in one and "Wren Ashdown" in one for one in family.words("household"))


def test_who_stands_in_other_files_and_of_a_restricted_one_only_that_there_is_one(
    family: Family, sign_in: Callable[[str], Desk]
) -> None:
    desk = family.constable
    other, hidden = desk.do(open_file).result, desk.do(open_file).result
    desk.do(record_fact, other, family.mother, "involvement", {"role": "carer"})
    line = family.under("elsewhere")[0]
    assert line.what.startswith("Rhiannon Dunn now also stands in ")
    assert (line.opens, line.id, line.tone) == ("file", other, "late")
    desk.do(record_fact, hidden, family.owen, "involvement", {"role": "sibling"})
    sign_in("Lindqvist").do(restrict_file, hidden, [], "Need to know.")
    said = family.under("elsewhere")
    assert "Somebody of this family also stands in a restricted file" in [one.what for one in said]
    assert "Owen" not in "".join(one.what + one.detail for one in said)
    assert hidden not in {one.id for one in said}
    to_reader = sign_in("Lindqvist").read(changed_since, family.file)
    told = next(one for one in to_reader.groups if one.key == "elsewhere")
    assert hidden in {one.id for one in told.lines}
    assert not [one for one in told.lines if "restricted" in one.what]


def test_what_is_recorded_late_is_new_though_police_knew_before(family: Family) -> None:
    family.constable.do(
        record_entry,
        family.file,
        "decision",
        {"happened_on": "2026-10-20", "known_on": "2026-10-20", "decision": "Keep the file open.",
         "kind": "investigate", "decided_by": "DS Okafor", "information": "I.", "rationale": "R.",
        },
    )  # fmt: skip
    assert [one.happened_on for one in family.under("entries")] == [date(2026, 10, 20)]


def test_what_came_in_with_the_file_after_its_reviews_is_judged_by_its_own_days(
    sign_in: Callable[[str], Desk], clock: Clock
) -> None:
    sergeant, file_id = sign_in("Okafor"), sign_in("Marsh").do(open_file, None, date(2026, 9, 1)).result

    def tell(record: str, day: str, values: dict[str, Any]) -> None:
        clock.forward(minutes=1)
        sergeant.do(record_entry, file_id, record, {**values, "happened_on": day, "known_on": day})

    tell("supervision", "2026-10-20", REVIEW)
    tell("contact", "2026-10-10", VISIT)
    tell("contact", "2026-10-25", VISIT)
    seen = [one.happened_on for one in sergeant.read(changed_since, file_id).groups[0].lines]
    assert seen == [date(2026, 10, 25)]
    clock.forward(days=1)
    tell("contact", "2026-10-11", VISIT)
    seen = [one.happened_on for one in sergeant.read(changed_since, file_id).groups[0].lines]
    assert seen == [date(2026, 10, 25), date(2026, 10, 11)]


def test_from_a_day_from_anybodys_review_and_from_the_opening(
    family: Family, sign_in: Callable[[str], Desk]
) -> None:
    family.tell("contact", **VISIT)
    assert family.changed(date(2026, 11, 12)).since == "12 November 2026"
    assert any(
        one.opens == "entry" for group in family.changed(date(2026, 11, 12)).groups for one in group.lines
    )
    after = family.changed(date(2026, 11, 13))
    assert not [one for one in after.groups if one.key == "entries"]
    inspector = sign_in("Lindqvist")
    assert family.changed(desk=inspector).since == "DS 103 Okafor’s review of 2 November 2026"
    inspector.do(
        record_entry,
        family.file,
        "supervision",
        family.dated({**REVIEW, "kind": "direction", "note": "Only this."}),
    )
    assert family.changed(desk=inspector).since == "DS 103 Okafor’s review of 2 November 2026"
    new = family.constable.do(open_file).result
    fresh = family.sergeant.read(changed_since, new)
    assert fresh.since == "the file was opened on 12 November 2026"
    assert fresh.review is None


def test_a_file_that_may_not_be_read_is_not_told_of(family: Family, sign_in: Callable[[str], Desk]) -> None:
    sign_in("Lindqvist").do(restrict_file, family.file, [], "Need to know.")
    with pytest.raises(Missing, match="no such file"):
        family.changed()


def test_the_number_of_statements_does_not_grow_with_the_entries(family: Family) -> None:
    def statements() -> int:
        count = 0

        def one_more(*_: Any) -> None:
            nonlocal count
            count += 1

        engine = family.sergeant.store.engine
        event.listen(engine, "before_cursor_execute", one_more)
        family.changed()
        event.remove(engine, "before_cursor_execute", one_more)
        return count

    for _ in range(2):
        family.tell("contact", **VISIT)
    few = statements()
    for _ in range(12):
        family.tell("contact", **VISIT)
    assert statements() == few
