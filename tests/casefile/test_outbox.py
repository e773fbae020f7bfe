"""What an officer types while the server is away: encrypted, theirs alone, there after a crash, and sent by the rules."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import keyring
import pytest
from keyring.backends.null import Keyring

from casefile.desk import Desk
from casefile.errors import NoKey, Refused
from casefile.files.actions.drafts import discard_draft, save_begun, save_draft, start_draft
from casefile.files.actions.files import open_file
from casefile.files.actions.restrict import restrict_file
from casefile.files.queries.drafts import DraftRow, my_drafts
from casefile.outbox import FormPlace, Outbox, Typed
from casefile.record.drafting import Typing
from casefile.work.ids import new_id
from tests.conftest import officer_of
from tests.keychain import InMemory, in_memory

OFFICER, WORDS = uuid4(), "Amy will not go home."
FIRST, LATER = "three quiet otters swim", "four loud otters bark"


@pytest.fixture
def no_keychain() -> Generator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> Generator[InMemory]:
    with in_memory(monkeypatch) as chain:
        yield chain


@pytest.fixture
def draft(desk: Desk) -> DraftRow:
    return desk.do(start_draft, desk.do(open_file).result, "contact").result


@pytest.fixture
def typed(desk: Desk, draft: DraftRow) -> Typed:
    place = FormPlace(save_draft.name, draft.id, "Contact, F-2026-00001", draft.file_id, draft.record)
    return Typed(
        place, {**draft.values, "note": WORDS}, draft.revision, Typing(draft.values, uuid4()), desk.now()
    )


def files(folder: Path) -> list[bytes]:
    """Everything that stands on the disk."""
    return [one.read_bytes() for one in folder.rglob("*") if one.is_file()]


def test_it_is_on_the_disk_encrypted_when_keeping_returns(
    no_keychain: None, typed: Typed, tmp_path: Path
) -> None:
    """The process may die at once: whoever opens the file next, as the same officer, has every word."""
    first = Outbox(tmp_path, OFFICER, FIRST)
    first.keep(typed)
    again = Outbox(tmp_path, OFFICER, FIRST)
    assert again.waiting() == (typed,)
    assert files(tmp_path)
    assert all(WORDS.encode() not in one and b"F-2026" not in one for one in files(tmp_path))
    first.close()
    again.close()


def test_another_officer_has_another_file_and_cannot_open_this_one(
    no_keychain: None, typed: Typed, tmp_path: Path
) -> None:
    outbox = Outbox(tmp_path, OFFICER, FIRST)
    outbox.keep(typed)
    outbox.close()
    other = Outbox(tmp_path, uuid4(), LATER)
    assert other.waiting() == ()
    other.close()
    wrong = Outbox(tmp_path, OFFICER, LATER)
    assert wrong.waiting() == ()
    assert wrong.locked == 1
    with pytest.raises(Refused):
        wrong.unlock("a guess at the password")
    assert wrong.unlock(FIRST) == 1
    assert wrong.waiting() == (typed,)
    assert wrong.locked == 0
    wrong.close()


def test_a_new_password_opens_it_from_then_on(no_keychain: None, typed: Typed, tmp_path: Path) -> None:
    outbox = Outbox(tmp_path, OFFICER, FIRST)
    outbox.keep(typed)
    outbox.renew(LATER)
    outbox.close()
    again = Outbox(tmp_path, OFFICER, LATER)
    assert (again.waiting(), again.locked) == ((typed,), 0)
    again.close()


def test_with_a_keychain_no_password_is_needed(keychain: InMemory, typed: Typed, tmp_path: Path) -> None:
    """Single sign-on hands over no password; the keychain of the account has the key."""
    outbox = Outbox(tmp_path, OFFICER, None)
    outbox.keep(typed)
    outbox.close()
    (key,) = keychain.kept.values()
    assert all(bytes.fromhex(key) not in one and key.encode() not in one for one in files(tmp_path))
    again = Outbox(tmp_path, OFFICER, None)
    assert again.waiting() == (typed,)
    again.close()


def test_without_keychain_and_password_nothing_is_kept_in_clear(no_keychain: None, tmp_path: Path) -> None:
    with pytest.raises(NoKey, match="no keychain"):
        Outbox(tmp_path, OFFICER, None)
    assert files(tmp_path) == []


def test_what_was_kept_without_a_keychain_is_taken_in_when_there_is_one(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_keychain: None
) -> None:
    before = Outbox(tmp_path, OFFICER, FIRST)
    before.keep(typed)
    before.close()
    with in_memory(monkeypatch):
        outbox = Outbox(tmp_path, OFFICER, FIRST)
        assert outbox.waiting() == (typed,)
        outbox.close()


@pytest.fixture
def outbox(no_keychain: None, tmp_path: Path) -> Generator[Outbox]:
    made = Outbox(tmp_path / "outbox", OFFICER, FIRST)
    yield made
    made.close()


def test_it_is_sent_by_the_action_that_saves_the_form(desk: Desk, outbox: Outbox, typed: Typed) -> None:
    outbox.keep(typed)
    sent = outbox.send_all(desk).result
    assert (sent.forms, sent.kept) == (1, ())
    (draft,) = desk.read(my_drafts)
    assert draft.values["note"] == WORDS
    assert not outbox.anything


def test_words_saved_elsewhere_meanwhile_are_never_overwritten(
    desk: Desk, outbox: Outbox, typed: Typed
) -> None:
    """The same rule as for two people: what lies apart is put together, what clashes is laid beside it."""
    outbox.keep(typed)
    theirs = {**typed.typing.base, "note": "Somebody else's words.", "by_whom": "DC Marsh"}
    assert typed.place.of is not None
    desk.do(save_draft, typed.place.of, theirs, typed.revision)
    assert outbox.send_all(desk).result.kept == ()
    (draft,) = desk.read(my_drafts)
    assert draft.values["note"] == "Somebody else's words."
    assert draft.values["by_whom"] == "DC Marsh"
    assert [(one.field, one.value) for one in draft.state.waiting] == [("note", WORDS)]


def test_sent_twice_because_the_answer_was_lost_it_stands_once(
    desk: Desk, outbox: Outbox, typed: Typed
) -> None:
    outbox.keep(typed)
    assert typed.place.of is not None
    desk.do(save_draft, typed.place.of, typed.values, typed.revision, typed.typing)
    outbox.send_all(desk)
    (draft,) = desk.read(my_drafts)
    assert draft.values["note"] == WORDS
    assert draft.state.waiting == ()


def test_a_form_that_is_gone_can_be_begun_anew(
    desk: Desk, outbox: Outbox, typed: Typed, draft: DraftRow, sign_in: Callable[[str], Desk]
) -> None:
    outbox.keep(typed)
    desk.do(discard_draft, draft.id)
    (kept,) = outbox.send_all(desk).result.kept
    assert "no longer there" in kept.why_not
    outbox.begin_anew(desk, kept)
    (new,) = desk.read(my_drafts)
    assert new.id != draft.id
    assert new.values["note"] == WORDS
    assert outbox.waiting() == ()


def begun(desk: Desk, file_id: UUID, words: str = WORDS) -> Typed:
    """A form that this computer began and the server has not heard of."""
    place = FormPlace(save_begun.name, new_id(), "Contact, F-2026-00001", file_id, "contact")
    return Typed(place, {"note": words}, 0, Typing({}, uuid4()), desk.now())


def test_a_form_begun_here_is_one_draft_however_often_it_is_sent(
    no_keychain: None, desk: Desk, tmp_path: Path
) -> None:
    typed = begun(desk, desk.do(open_file).result)
    outbox = Outbox(tmp_path, OFFICER, FIRST)
    for _ in range(2):
        outbox.keep(typed)
        sent = outbox.send_all(desk).result
        assert (sent.forms, sent.kept) == (1, ())
    (draft,) = desk.read(my_drafts)
    assert (draft.id, dict(draft.values), draft.record) == (typed.place.of, {"note": WORDS}, "contact")
    elsewhere = desk.do(save_draft, draft.id, {"note": "It was Ben."}, draft.revision).result
    outbox.keep(replace(typed, values={"note": f"{WORDS} Nor Ben."}))
    assert outbox.send_all(desk).result.kept == ()
    (draft,) = desk.read(my_drafts)
    assert draft.values == elsewhere.values
    assert [one.value for one in draft.state.waiting] == [f"{WORDS} Nor Ben."], (
        "both words stand side by side"
    )
    outbox.close()


def test_a_form_begun_for_a_file_that_was_restricted_meanwhile_stays_and_says_why(
    no_keychain: None, sign_in: Callable[[str], Desk], tmp_path: Path
) -> None:
    supervisor, desk = sign_in("Okafor"), sign_in("Marsh")
    file_id = supervisor.do(open_file).result
    outbox = Outbox(tmp_path, OFFICER, FIRST)
    outbox.keep(begun(desk, file_id))
    supervisor.do(restrict_file, file_id, [officer_of(supervisor)], "A relative works here.")
    (kept,) = outbox.send_all(desk).result.kept
    assert "restricted" in kept.why_not
    assert kept.values == {"note": WORDS}
    assert desk.read(my_drafts) == ()
    outbox.close()
