"""Two officers in one draft, on both stores: fields that lie apart merge, a clash stands side by side, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from casefile.access.queries import officers
from casefile.audit.queries import log_page
from casefile.desk import Desk
from casefile.errors import Conflict, Missing, Refused
from casefile.files.actions.drafts import (
    begin_again,
    discard_draft,
    save_draft,
    settle_draft,
    start_draft,
    take_over_draft,
)
from casefile.files.actions.entries import sign_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.presence import be_here
from casefile.files.queries.docket import divider_page
from casefile.files.queries.drafts import DraftRow, draft_now, my_drafts
from casefile.handover.officers import change_officer
from casefile.record.drafting import FormState, Typing
from casefile.work.ids import new_id
from tests.casefile.files.test_keeping import STRATEGY
from tests.casefile.together.conftest import Client
from tests.conftest import officer_of


class Window:
    """One officer's window on a draft: it knows what it read and types over it, as the form does."""

    def __init__(self, desk: Desk, draft: DraftRow) -> None:
        self.desk, self.id, self.window = desk, draft.id, new_id()
        self.base, self.state = dict(draft.values), draft.state

    def types(self, **values: Any) -> FormState:
        """Type, and save what stands in the form."""
        typed = {**self.base, **values}
        kept = self.desk.do(
            save_draft, self.id, typed, self.state.revision, Typing(self.base, self.window)
        ).result
        held = {one.field for one in kept.waiting if one.window == self.window}
        apart = {key: value for key, value in kept.values.items() if key not in held}
        self.base = apart | {key: value for key, value in self.base.items() if key in held}
        self.state = kept
        return kept


@pytest.fixture
def rhodes(client: Client) -> Desk:
    return client("Rhodes")


@pytest.fixture
def marsh(client: Client) -> Desk:
    return client("Marsh")


@pytest.fixture
def file_id(rhodes: Desk) -> UUID:
    return rhodes.do(open_file).result


@pytest.fixture
def both(rhodes: Desk, marsh: Desk, file_id: UUID) -> tuple[Window, Window]:
    draft = rhodes.do(start_draft, file_id, "strategy", values=STRATEGY).result
    return Window(rhodes, draft), Window(marsh, marsh.read(draft_now, draft.id))


def test_a_colleague_finds_the_draft_behind_its_divider_and_writes_in_it(
    both: tuple[Window, Window], marsh: Desk, file_id: UUID
) -> None:
    _, theirs = both
    (found,) = marsh.read(divider_page, file_id, "strategy").drafts
    assert (found.id, found.officer) == (theirs.id, "R 101 Rhodes")
    assert marsh.read(my_drafts) == ()
    kept = theirs.types(shared="The school rang.")
    assert kept.hands["shared"] == "DC 102 Marsh"
    assert kept.came_in == ()


def test_what_lies_apart_merges_and_it_is_said_whose_words_came_in(both: tuple[Window, Window]) -> None:
    mine, theirs = both
    theirs.types(mode="telephone", attendees=[*STRATEGY["attendees"], {"name": "GP", "agency": "health"}])
    kept = mine.types(
        shared="The school rang.",
        attendees=[*STRATEGY["attendees"], {"name": "Teacher", "agency": "education"}],
    )
    assert kept.values["mode"] == "telephone"
    assert kept.values["shared"] == "The school rang."
    assert [one["name"] for one in kept.values["attendees"]][-2:] == ["GP", "Teacher"]
    assert [(one.by, set(one.fields)) for one in kept.came_in] == [("DC 102 Marsh", {"mode", "attendees"})]
    assert kept.waiting == ()


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
def test_a_clash_stands_side_by_side_and_what_is_not_chosen_stays_readable(
    both: tuple[Window, Window], choice: str
) -> None:
    mine, theirs = both
    theirs.types(shared="A lodger came.")
    kept = mine.types(shared="A dog came.", mode="telephone")
    (beside,) = kept.waiting
    assert (kept.values["shared"], beside.value) == ("A lodger came.", "A dog came.")
    assert kept.values["mode"] == "telephone"
    assert theirs.desk.read(draft_now, theirs.id).state.waiting[0].by == "R 101 Rhodes"
    with pytest.raises(Conflict, match="Two versions stand side by side for"):
        mine.desk.do(sign_entry, mine.id)
    value = {"mine": "A dog came.", "theirs": "A lodger came.", "both": "A lodger came.\nA dog came."}[choice]
    settled = mine.desk.do(settle_draft, mine.id, beside.id, "A lodger came.", value).result
    assert settled.values["shared"] == value
    assert settled.waiting == ()
    said = {one.value for one in settled.beside} | {settled.values["shared"]}
    assert {"A lodger came.", "A dog came."} <= said
    with pytest.raises(Missing, match="decided already"):
        theirs.desk.do(settle_draft, mine.id, beside.id, value, "Neither")
    assert mine.desk.do(sign_entry, mine.id).result.values["shared"] == value


def test_a_decision_on_words_that_changed_meanwhile_is_asked_again(both: tuple[Window, Window]) -> None:
    mine, theirs = both
    theirs.types(shared="A lodger came.")
    (beside,) = mine.types(shared="A dog came.").waiting
    theirs.types(shared="A lodger came and left.")
    again = mine.desk.do(settle_draft, mine.id, beside.id, "A lodger came.", "A dog came.").result
    assert again.values["shared"] == "A lodger came and left."
    assert [one.value for one in again.waiting] == ["A dog came."]


def test_typing_on_lays_the_newest_word_once_and_each_window_has_its_own(
    both: tuple[Window, Window], rhodes: Desk
) -> None:
    mine, theirs = both
    third = Window(rhodes, rhodes.read(draft_now, mine.id))
    theirs.types(shared="A lodger came.")
    mine.types(shared="A dog")
    kept = mine.types(shared="A dog came.")
    assert [one.value for one in kept.waiting] == ["A dog came."]
    kept = third.types(shared="A cat came.")
    assert [one.value for one in kept.waiting] == ["A dog came.", "A cat came."]
    kept = theirs.types(shared="A dog came.")
    assert [one.value for one in kept.waiting] == ["A cat came."]


def test_who_signs_has_read_the_newest(both: tuple[Window, Window]) -> None:
    mine, theirs = both
    read = mine.state.revision
    theirs.types(shared="A lodger came.")
    with pytest.raises(Conflict, match="Somebody else changed this draft while you read it"):
        mine.desk.do(sign_entry, mine.id, revision=read)
    theirs.desk.do(be_here, theirs.window, _file_of(theirs), theirs.id, writing=True)
    with pytest.raises(Conflict, match="DC 102 Marsh is writing in this draft now"):
        mine.desk.do(sign_entry, mine.id, revision=read + 1)
    entry = mine.desk.do(sign_entry, mine.id, revision=read + 1, over=True).result
    assert entry.values["shared"] == "A lodger came."
    with pytest.raises(Missing, match="signed or thrown away"):
        mine.desk.do(sign_entry, mine.id)


def test_what_was_typed_when_another_signed_goes_into_an_amendment(both: tuple[Window, Window]) -> None:
    mine, theirs = both
    theirs.types(mode="telephone")
    signed = mine.desk.do(sign_entry, mine.id).result
    with pytest.raises(Missing):
        theirs.types(shared="A lodger came.")
    row = DraftRow(theirs.id, signed.file_id, "", "strategy", None, "", "", signed.author_id, theirs.state)
    again = theirs.desk.do(begin_again, row, {**theirs.base, "shared": "A lodger came."}).result
    assert again.thread_id == signed.thread_id
    assert again.values["shared"] == "A lodger came."
    assert again.values["mode"] == "telephone"


def test_what_was_typed_when_another_threw_it_away_is_a_draft_again(
    both: tuple[Window, Window], marsh: Desk, file_id: UUID
) -> None:
    mine, theirs = both
    mine.desk.do(discard_draft, mine.id)
    row = DraftRow(theirs.id, file_id, "", "strategy", None, "", "", officer_of(marsh), theirs.state)
    again = marsh.do(begin_again, row, {**theirs.base, "shared": "A lodger came."}).result
    assert (again.thread_id, again.values["shared"]) == (None, "A lodger came.")


def test_one_entry_has_one_amendment_in_hand(both: tuple[Window, Window], marsh: Desk, rhodes: Desk) -> None:
    mine, _ = both
    signed = rhodes.do(sign_entry, mine.id).result
    first = rhodes.do(start_draft, signed.file_id, "strategy", thread_id=signed.thread_id).result
    second = marsh.do(start_draft, signed.file_id, "strategy", thread_id=signed.thread_id).result
    assert (second.id, second.officer) == (first.id, first.officer)
    more = {"shared": "More is known."}
    third = marsh.do(start_draft, signed.file_id, "strategy", thread_id=signed.thread_id, values=more).result
    assert (third.id, third.values["shared"]) == (first.id, "More is known.")


def test_only_its_officer_signs_or_throws_away_and_who_holds_the_file_may_take_it_over(
    both: tuple[Window, Window], client: Client, file_id: UUID
) -> None:
    mine, theirs = both
    marsh = theirs.desk
    theirs.types(shared="A lodger came.")
    with pytest.raises(Refused, match="another officer"):
        marsh.do(sign_entry, theirs.id)
    with pytest.raises(Refused, match="another officer"):
        marsh.do(discard_draft, theirs.id)
    with pytest.raises(Refused, match="Whoever holds the file, or a supervisor, may take it over"):
        marsh.do(take_over_draft, theirs.id)
    with pytest.raises(Conflict, match="DC 102 Marsh wrote in this draft too"):
        mine.desk.do(discard_draft, mine.id)
    sergeant = client("Okafor")
    sergeant.do(allocate, file_id, "officer", officer_of(marsh))
    taken = marsh.do(take_over_draft, theirs.id).result
    assert (taken.officer_id, taken.values["shared"]) == (officer_of(marsh), "A lodger came.")
    with pytest.raises(Refused, match="another officer"):
        mine.desk.do(sign_entry, mine.id)
    assert marsh.do(sign_entry, theirs.id).result.author == "DC 102 Marsh"
    rows = client("Lindqvist").read(log_page, text="take_over_draft")
    assert "Rhodes" in str(rows[0])


def test_the_draft_of_an_officer_who_is_gone_may_be_taken_over_by_anybody_who_keeps_the_file(
    both: tuple[Window, Window], client: Client
) -> None:
    _, theirs = both
    boss = client("Boss")
    rhodes = next(one.id for one in boss.read(officers) if one.name == "Rhodes")
    boss.do(change_officer, rhodes, role="researcher", number="101", team="North", active=False)
    assert theirs.desk.do(take_over_draft, theirs.id).result.officer == "DC 102 Marsh"


def test_a_judgement_is_written_by_the_one_who_answers_for_it(client: Client, file_id: UUID) -> None:
    okafor, lindqvist = client("Okafor"), client("Lindqvist")
    note = okafor.do(start_draft, file_id, "supervision").result
    assert lindqvist.read(divider_page, file_id, "supervision").drafts == ()
    with pytest.raises(Missing):
        lindqvist.read(draft_now, note.id)
    with pytest.raises((Refused, Missing), match=r"alone answers for it|no longer there"):
        lindqvist.do(save_draft, note.id, {}, note.revision)


def test_the_words_of_others_are_thrown_away_only_when_it_is_said(
    both: tuple[Window, Window], marsh: Desk
) -> None:
    mine, theirs = both
    theirs.types(shared="A lodger came.")
    mine.desk.do(discard_draft, mine.id, with_theirs=True)
    with pytest.raises(Missing):
        marsh.read(draft_now, theirs.id)


def _file_of(window: Window) -> UUID:
    return window.desk.read(draft_now, window.id).file_id


def test_nobody_without_the_right_sees_a_draft(
    both: tuple[Window, Window], client: Callable[[str], Desk], file_id: UUID
) -> None:
    mine, _ = both
    penrose = client("Penrose")
    with pytest.raises(Refused):
        penrose.read(draft_now, mine.id)
    assert penrose.read(divider_page, file_id, "strategy").drafts == ()
