"""Returned work: the author sees it, answers or amends; it is settled; assessments are endorsed; on both stores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from casefile.access.roles import ROLES
from casefile.desk import Desk
from casefile.errors import CasefileError, Invalid, Missing, Refused
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.entries import record_entry, sign_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.restrict import restrict_file
from casefile.files.queries.docket import divider_page, open_docket
from casefile.record.facts import EntryFact
from casefile.record.remarks import Said, returns
from casefile.store.engine import Store, translated
from casefile.supervision.remarks import (
    answer_return,
    endorse_entry,
    my_returned,
    remarks_in_file,
    return_entry,
    returned_waiting,
    settle_return,
)
from casefile.work.names import Permission
from tests.casefile.supervision.test_hands import CONTACT, RISK
from tests.conftest import Clock, in_role, officer_of

At = Callable[[str], Desk]


@pytest.fixture
def held(sign_in: At, desk: Desk) -> EntryFact:
    """A contact recorded by the constable."""
    return sign_in("Marsh").do(record_entry, desk.do(open_file).result, "contact", CONTACT).result


def amended(desk: Desk, entry: EntryFact, reason: str) -> EntryFact:
    draft = desk.do(start_draft, entry.file_id, entry.section, thread_id=entry.thread_id).result
    return desk.do(sign_entry, draft.id, reason=reason).result


def missing(desk: Desk, file_id: UUID, divider: str) -> tuple[str, ...]:
    return next(one for one in desk.read(open_docket, file_id).dividers if one.key == divider).missing


def test_what_is_returned_comes_to_its_author_is_answered_and_settled(
    sign_in: At, held: EntryFact, clock: Clock
) -> None:
    sergeant, constable = sign_in("Okafor"), sign_in("Marsh")
    returned = sergeant.do(return_entry, held.thread_id, "Who answered the telephone?").result
    (row,) = constable.read(my_returned)
    assert (row.mine, row.title, row.divider, row.author) == ("answer", "Contact", "contacts", "DC 102 Marsh")
    assert row.returned.remark.says == "Who answered the telephone?"
    assert (constable.read(returned_waiting), sergeant.read(returned_waiting)) == (1, 0)
    sentence = "Contact of 30 October 2026: returned by a supervisor and not answered."
    assert sentence in missing(constable, held.file_id, "contacts")
    clock.forward(minutes=5)
    constable.do(answer_return, returned, "The mother did.")
    assert sentence not in missing(constable, held.file_id, "contacts")
    assert constable.read(my_returned) == ()
    assert [one.mine for one in sergeant.read(my_returned)] == ["settle"]
    clock.forward(minutes=5)
    sergeant.do(settle_return, returned)
    assert sergeant.read(my_returned) == ()
    said = sergeant.read(divider_page, held.file_id, "contacts").remarks
    assert [one.what for one in said] == [Said.RETURNED, Said.ANSWERED, Said.SETTLED]
    assert [one.by for one in said] == ["DS 103 Okafor", "DC 102 Marsh", "DS 103 Okafor"]
    assert sergeant.read(remarks_in_file, held.file_id) == said


def test_an_amendment_answers_it(sign_in: At, held: EntryFact, clock: Clock) -> None:
    sergeant, constable = sign_in("Okafor"), sign_in("Marsh")
    sergeant.do(return_entry, held.thread_id, "The day is wrong.")
    clock.forward(minutes=5)
    new = amended(constable, held, "The day was the 30th.")
    (one,) = returns(sergeant.read(remarks_in_file, held.file_id))
    assert one.state == "answered"
    assert (one.replies[0].what, one.replies[0].version, one.replies[0].says) == (
        Said.AMENDED,
        2,
        "The day was the 30th.",
    )
    assert one.replies[0].entry_id == new.id
    clock.forward(minutes=5)
    amended(constable, held, "The time too.")
    (one,) = returns(sergeant.read(remarks_in_file, held.file_id))
    assert len(one.replies) == 1, "answered once"


def test_what_cannot_be_said_is_refused_in_a_sentence(sign_in: At, held: EntryFact) -> None:
    sergeant, constable, inspector = sign_in("Okafor"), sign_in("Marsh"), sign_in("Lindqvist")
    with pytest.raises(Invalid, match="what is to be put right"):
        sergeant.do(return_entry, held.thread_id, "  ")
    with pytest.raises(Missing):
        sergeant.do(return_entry, uuid4(), "Where is it?")
    returned = sergeant.do(return_entry, held.thread_id, "Who answered?").result
    with pytest.raises(Missing):
        constable.do(answer_return, uuid4(), "Me.")
    with pytest.raises(Invalid, match="Say what you answer"):
        constable.do(answer_return, returned, "")
    with pytest.raises(Refused, match="its author answers"):
        sergeant.do(answer_return, returned, "I asked.")
    with pytest.raises(Invalid, match="Nobody has answered yet"):
        inspector.do(settle_return, returned)
    inspector.do(settle_return, returned, "The call was recorded elsewhere.")
    for late in (
        lambda: inspector.do(settle_return, returned),
        lambda: constable.do(answer_return, returned, "Me."),
    ):
        with pytest.raises(Invalid, match="settled already"):
            late()


def test_nobody_returns_or_settles_their_own_work(sign_in: At, desk: Desk, clock: Clock) -> None:
    sergeant, inspector = sign_in("Okafor"), sign_in("Lindqvist")
    own = sergeant.do(record_entry, desk.do(open_file).result, "contact", CONTACT).result
    with pytest.raises(Invalid, match="amend it"):
        sergeant.do(return_entry, own.thread_id, "Hm.")
    returned = inspector.do(return_entry, own.thread_id, "Say where.").result
    with pytest.raises(Refused, match="DI 104 Lindqvist may do it"):
        sergeant.do(settle_return, returned, "Content.")


def test_an_assessment_is_endorsed_by_another_supervisor_version_by_version(
    sign_in: At, desk: Desk, clock: Clock
) -> None:
    sergeant, inspector = sign_in("Okafor"), sign_in("Lindqvist")
    file_id = desk.do(open_file).result
    own = sergeant.do(record_entry, file_id, "risk", RISK).result
    unendorsed = "Risk assessment of 30 October 2026: no supervisor has endorsed it."
    assert unendorsed in missing(desk, file_id, "risk")
    with pytest.raises(Refused, match="cannot endorse your own risk assessment"):
        sergeant.do(endorse_entry, own.thread_id)
    inspector.do(endorse_entry, own.thread_id, "Agreed.")
    assert unendorsed not in missing(desk, file_id, "risk")
    with pytest.raises(Invalid, match="endorsed already"):
        inspector.do(endorse_entry, own.thread_id)
    clock.forward(minutes=5)
    amended(desk, own, "A factor was left out.")
    assert unendorsed in missing(desk, file_id, "risk"), "the new version is endorsed anew"
    returned = inspector.do(return_entry, own.thread_id, "Which factor?").result
    with pytest.raises(Invalid, match="Settle it first"):
        inspector.do(endorse_entry, own.thread_id)
    inspector.do(settle_return, returned, "Seen.")
    inspector.do(endorse_entry, own.thread_id)


def test_only_an_assessment_is_endorsed(sign_in: At, held: EntryFact) -> None:
    with pytest.raises(Invalid, match="nothing to endorse"):
        sign_in("Okafor").do(endorse_entry, held.thread_id)


@pytest.mark.parametrize("verb", ["UPDATE remark SET says = says", "DELETE FROM remark"])
def test_remarks_are_never_changed(verb: str, sign_in: At, held: EntryFact, store: Store) -> None:
    sergeant = sign_in("Okafor")
    sergeant.do(return_entry, held.thread_id, "Who answered?")
    with (
        pytest.raises(CasefileError, match="never changed"),
        translated(),
        store.engine.begin() as connection,
    ):
        connection.execute(text(verb))


def test_remarks_of_a_restricted_file_are_seen_by_its_readers_alone(sign_in: At, held: EntryFact) -> None:
    sergeant, constable = sign_in("Okafor"), sign_in("Marsh")
    sergeant.do(return_entry, held.thread_id, "Who answered?")
    sergeant.do(restrict_file, held.file_id, [officer_of(sergeant)], "Need to know.")
    assert constable.read(my_returned) == ()
    with pytest.raises(Missing):
        constable.read(remarks_in_file, held.file_id)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_may_return_answer_and_endorse(role: str, sign_in: At, desk: Desk, held: EntryFact) -> None:
    """Every role of the registry."""
    rights = ROLES[role].permissions
    quill = in_role(sign_in, "Penrose", role)
    returned = sign_in("Okafor").do(return_entry, held.thread_id, "Who answered?").result
    assessed = sign_in("Marsh").do(record_entry, held.file_id, "risk", RISK).result
    tried: tuple[tuple[Permission, Any, tuple[Any, ...]], ...] = (
        (Permission.SIGN_SUPERVISION, return_entry, (held.thread_id, "And when?")),
        (Permission.KEEP_FILES, answer_return, (returned, "The mother.")),
        (Permission.SIGN_SUPERVISION, settle_return, (returned, "Seen.")),
        (Permission.SIGN_SUPERVISION, endorse_entry, (assessed.thread_id,)),
    )
    act: Any
    for right, act, arguments in tried:
        if right in rights:
            quill.do(act, *arguments)
        else:
            with pytest.raises(Refused):
                quill.do(act, *arguments)
