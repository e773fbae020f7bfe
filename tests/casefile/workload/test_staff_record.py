"""The staff record on both stores: nothing is overwritten, gaps are told, and who sees what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from casefile.access.staff import StaffAccreditation
from casefile.access.staffing import Gap, Held, Lack, Staffing, gaps, terms_on
from casefile.errors import Invalid, Missing, Refused
from casefile.files.actions.restrict import restrict_file
from casefile.handover.officers import change_officer
from casefile.standards import library
from casefile.store.engine import Store
from casefile.work.ids import new_id
from casefile.workload.keep import (
    NewAccreditation,
    NewTerms,
    alter_accreditation,
    declare_conflict,
    end_conflict,
    grant_accreditation,
    record_terms,
    withdraw_accreditation,
)
from casefile.workload.record import staff, staff_record
from tests.casefile.workload.conftest import Shop

DAY = date(2026, 11, 2)
STANDARD = library().staff


def held(
    kind: str = "researcher_course", granted: int = -100, expires: int | None = None, ends: int | None = None
) -> Held:
    """An accreditation by days from today."""
    return Held(
        new_id(), kind, DAY + timedelta(days=granted), None if expires is None else DAY + timedelta(days=expires),
        None if ends is None else DAY + timedelta(days=ends), "Certificate",
    )  # fmt: skip


GAPS: list[tuple[str, tuple[Held, ...], Gap | None]] = [
    ("never had", (), Gap("researcher_course", Lack.NEVER)),
    ("holds it without end", (held(),), None),
    ("holds it from today", (held(granted=0),), None),
    ("from tomorrow", (held(granted=1),), Gap("researcher_course", Lack.NOT_YET, DAY + timedelta(days=1))),
    ("its last day", (held(expires=0),), Gap("researcher_course", Lack.EXPIRES, DAY)),
    (
        "expired yesterday",
        (held(expires=-1),),
        Gap("researcher_course", Lack.EXPIRED, DAY - timedelta(days=1)),
    ),
    (
        "expires in 60 days",
        (held(expires=60),),
        Gap("researcher_course", Lack.EXPIRES, DAY + timedelta(days=60)),
    ),
    ("expires in 61 days", (held(expires=61),), None),
    ("renewed already", (held(expires=10), held(granted=11, expires=400)), None),
    (
        "renewed too late",
        (held(expires=10), held(granted=12, expires=400)),
        Gap("researcher_course", Lack.EXPIRES, DAY + timedelta(days=10)),
    ),
    ("withdrawn today", (held(ends=0),), Gap("researcher_course", Lack.WITHDRAWN, DAY)),
    ("never stood", (held(ends=-100),), Gap("researcher_course", Lack.NEVER)),
    ("another course is no help", (held("scaidp"),), Gap("researcher_course", Lack.NEVER)),
]


@pytest.mark.parametrize(("rows", "expected"), [one[1:] for one in GAPS], ids=[one[0] for one in GAPS])
def test_a_gap(rows: tuple[Held, ...], expected: Gap | None) -> None:
    assert gaps("researcher", rows, STANDARD, DAY) == ((expected,) if expected else ())


def test_every_role_that_needs_training_is_a_role() -> None:
    from casefile.access.roles import ROLES

    named = {role for one in STANDARD.accreditations.values() for role in one.needed_by}
    named |= {role for one in library().workload.capacity.values() for role in one.roles}
    assert named <= set(ROLES)


def test_terms_of_service_are_kept_over_time(shop: Shop, store: Store) -> None:
    keeper = shop.at("Okafor")
    keeper.do(record_terms, shop["Marsh"], NewTerms(shop.today, fte=60, areas=["Sefton", " Marlow  Road "]))
    keeper.do(record_terms, shop["Marsh"], NewTerms(shop.day(30), fte=100, note="Back to full time"))
    keeper.do(record_terms, shop["Marsh"], NewTerms(shop.today, probation_until=shop.day(90), post="dc"))
    shop.at("Boss").do(
        change_officer, shop["Marsh"], role="constable", number="777", team="South", active=True
    )
    with store.reading() as session:
        now, later = (
            terms_on(session, day, [shop["Marsh"]])[shop["Marsh"]] for day in (shop.today, shop.day(30))
        )
        before = terms_on(session, shop.day(-1), [shop["Marsh"]])[shop["Marsh"]]
    assert (now.fte, now.areas, now.post, now.team, now.number) == (
        60,
        ("Sefton", "Marlow Road"),
        "dc",
        "South",
        "777",
    )
    assert (later.fte, later.areas, later.on_probation(shop.day(90)), later.on_probation(shop.day(91))) == (
        100, ("Sefton", "Marlow Road"), True, False,
    )  # fmt: skip
    assert before.fte == 100
    told = keeper.read(staff_record, shop["Marsh"]).terms
    assert [one.said for one in told] == [
        "full time",
        "South; number 777",
        "on probation until 31 January 2027; post: Detective constable",
        "60% of full time; covers Sefton, Marlow Road",
        "Detective constable; North; number 102",
    ]


def test_what_cannot_be_is_refused_in_words(shop: Shop) -> None:
    keeper, marsh = shop.at("Okafor"), shop["Marsh"]
    for wrong in (NewTerms(DAY), NewTerms(DAY, fte=0), NewTerms(DAY, fte=101), NewTerms(DAY, post="general")):
        with pytest.raises(Invalid):
            keeper.do(record_terms, marsh, wrong)
    good = NewAccreditation("scaidp", DAY, DAY + timedelta(days=700), "Certificate 4")
    keeper.do(grant_accreditation, marsh, good)
    for wrong in (
        good,
        NewAccreditation("driving", DAY, None, "Certificate"),
        NewAccreditation("macie", DAY, DAY - timedelta(days=1), "Certificate"),
        NewAccreditation("macie", DAY, None, "  "),
        NewAccreditation("macie", DAY + timedelta(days=700), None, "Booked"),
    ):
        with pytest.raises(Invalid):
            keeper.do(grant_accreditation, marsh, wrong)
    assert [one.kind for one in keeper.read(staff_record, marsh).accreditations] == ["scaidp"]
    with pytest.raises(Missing):
        keeper.do(grant_accreditation, new_id(), good)


def test_an_accreditation_is_put_right_and_withdrawn_and_stays_readable(shop: Shop, store: Store) -> None:
    keeper, rhodes = shop.at("Okafor"), shop["Rhodes"]
    first = keeper.do(
        grant_accreditation, rhodes, NewAccreditation("researcher_course", DAY, None, "Course 3")
    ).result
    right = NewAccreditation(
        "researcher_course", DAY - timedelta(days=40), DAY + timedelta(days=400), "Certificate 3"
    )
    second = keeper.do(alter_accreditation, first, right, "The certificate came").result
    with pytest.raises(Missing):
        keeper.do(withdraw_accreditation, first, DAY, "Lapsed")
    with pytest.raises(Invalid):
        keeper.do(withdraw_accreditation, second, DAY - timedelta(days=41), "Lapsed")
    assert keeper.read(staff_record, rhodes).row.gaps == ()
    shop.clock.forward(days=10)
    keeper.do(withdraw_accreditation, second, shop.today, "Failed the check")
    row = keeper.read(staff_record, rhodes)
    assert [one.state for one in row.accreditations] == ["withdrawn"]
    assert row.row.told == ("Researcher course: withdrawn on 12 November 2026",)
    assert keeper.read(staff_record, rhodes, as_of=shop.day(-1)).row.gaps == ()
    with store.reading() as session:
        assert len(session.scalars(select(StaffAccreditation)).all()) == 3
        records = Staffing(session)
        assert records.lack(rhodes, "researcher_course", STANDARD, shop.day(-1)) is None
        lack = records.lack(rhodes, "researcher_course", STANDARD, shop.today)
        assert lack == Gap("researcher_course", Lack.WITHDRAWN, shop.today)
        assert records.lack(shop["Marsh"], "researcher_course", STANDARD, shop.today) is None
    with pytest.raises(Refused), store.writing() as session:
        session.execute(text("UPDATE staff_accreditation SET evidence = 'none'"))


def test_the_list_of_gaps(shop: Shop) -> None:
    keeper = shop.at("Okafor")
    soon = NewAccreditation("researcher_course", DAY, DAY + timedelta(days=30), "Certificate")
    keeper.do(grant_accreditation, shop["Rhodes"], soon)
    found = {one.officer: one.told for one in keeper.read(staff, team="North", only_gaps=True)}
    assert found["R 101 Rhodes"] == ("Researcher course: expires on 2 December 2026",)
    assert found["DC 102 Marsh"] == (
        "Specialist child abuse course (SCAIDP): needed, never had",
        "Joint interviewing: needed, never had",
    )
    assert "QA 105 Penrose" not in found


def test_who_may_keep_and_see(shop: Shop) -> None:
    new = NewAccreditation("scaidp", DAY, None, "Certificate")
    for name in ("Marsh", "Penrose", "Boss"):
        with pytest.raises(Refused):
            shop.at(name).do(grant_accreditation, shop["Thorne"], new)
    with pytest.raises(Refused, match="their own staff record"):
        shop.at("Okafor").do(grant_accreditation, shop["Okafor"], new)
    with pytest.raises(Refused):
        shop.at("Boss").read(staff)
    with pytest.raises(Refused):
        shop.at("Marsh").read(staff_record, shop["Thorne"])
    assert [one.officer_id for one in shop.at("Marsh").read(staff)] == [shop["Marsh"]]
    own = shop.at("Marsh").read(staff_record, shop["Marsh"])
    assert (own.may_keep, own.may_declare) == (False, True)
    others = shop.at("Penrose").read(staff_record, shop["Marsh"])
    assert (others.may_keep, others.may_declare, others.conflicts) == (False, False, ())


def test_conflicts_of_interest(shop: Shop) -> None:
    file_id = shop.file(holder=None)
    shop.at("Marsh").do(declare_conflict, shop["Marsh"], "The father is my neighbour", file_id=file_id)
    with pytest.raises(Refused):
        shop.at("Marsh").do(declare_conflict, shop["Thorne"], "His cousin")
    with pytest.raises(Invalid):
        shop.at("Marsh").do(declare_conflict, shop["Marsh"], "  ")
    shop.at("Okafor").do(declare_conflict, shop["Marsh"], "The Ashdown family of Mill Lane")
    shop.at("Okafor").do(restrict_file, file_id, [shop["Okafor"]], "An officer's neighbour")
    seen = shop.at("Okafor").read(staff_record, shop["Marsh"]).conflicts
    assert [(bool(one.reference), one.words, one.by) for one in seen] == [
        (True, "The father is my neighbour", "DC 102 Marsh"),
        (False, "The Ashdown family of Mill Lane", "DS 103 Okafor"),
    ]
    blind = shop.at("Lindqvist").read(staff_record, shop["Marsh"]).conflicts
    # One machine shows that there is one, without a word of it; a server does not even show the row.
    assert {(one.file_id, one.reference) for one in blind} == {(None, "")}
    assert [one.words for one in blind if one.words] == ["The Ashdown family of Mill Lane"]
    with pytest.raises(Refused):
        shop.at("Marsh").do(end_conflict, seen[1].id, "Moved away")
    shop.at("Okafor").do(end_conflict, seen[1].id, "Moved away")
    with pytest.raises(Missing):
        shop.at("Okafor").do(end_conflict, seen[1].id, "Again")
    assert len(shop.at("Okafor").read(staff_record, shop["Marsh"]).conflicts) == 1
