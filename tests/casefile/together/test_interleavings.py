"""Whatever two to eight officers do in whatever order, on both stores: no word is lost, no save overwrites another, each
file has one officer, each draft one signature, and the chain of the log holds.

Steps are chosen by hypothesis one after another, so that every run can be played again; what two do at one moment is in
``test_at_once.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from casefile.desk import Desk
from casefile.errors import Conflict, Missing, Refused
from casefile.files.actions.drafts import begin_again, save_draft, settle_draft, start_draft, take_over_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.queries.docket import entries_of, open_docket
from casefile.files.queries.drafts import DraftRow, draft_now
from casefile.record.drafting import Typing
from casefile.record.merging import merge
from casefile.store.engine import Store
from casefile.work.ids import new_id
from tests.casefile.files.test_keeping import STRATEGY
from tests.conftest import OFFICERS, officer_of

WRITERS = tuple(name for name, role in OFFICERS.items() if role != "quality")
FIELDS = ("shared", "risk_now", "decision_reasons")
WORDS = ("Seen.", "Not seen.", "With aunt.", "At school.")
STEPS = 12


class Seat:
    """One window: what it knows to be kept, and what stands in its form."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.window = desk, new_id()
        self.row: DraftRow | None = None
        self.base: dict[str, Any] = {}
        self.form: dict[str, Any] = {}

    def open(self, draft_id: UUID) -> None:
        self.row = self.desk.read(draft_now, draft_id)
        self.base, self.form = dict(self.row.values), dict(self.row.values)

    def save(self) -> None:
        """Save, and take in what others wrote, as the form in the window does."""
        assert self.row is not None
        kept = self.desk.do(
            save_draft, self.row.id, self.form, self.row.revision, Typing(self.base, self.window)
        ).result
        held = {one.field for one in kept.waiting if one.window == self.window}
        made = merge(self.form, kept.values, self.form)
        self.form = {key: one for key, one in made.values.items() if key not in held} | {
            key: one for key, one in self.form.items() if key in held
        }
        apart = {key: one for key, one in kept.values.items() if key not in held}
        self.base = apart | {key: one for key, one in self.base.items() if key in held}


class Together(RuleBasedStateMachine):
    """Officers at a file: every word typed carries a mark by which it is found again."""

    at: ClassVar[Callable[..., Desk]]

    def __init__(self) -> None:
        super().__init__()
        self.typed: dict[str, str] = {}
        self.signed = self.number = 0

    @initialize(count=st.integers(2, 8))
    def begin(self, count: int) -> None:
        self.seats = [Seat(self.at(WRITERS[at % len(WRITERS)])) for at in range(count)]
        self.chief = self.at("Okafor")
        self.file_id = self.chief.do(open_file).result
        self.draft_id = (
            self.seats[0].desk.do(start_draft, self.file_id, "strategy", values=STRATEGY).result.id
        )
        for seat in self.seats:
            seat.open(self.draft_id)

    def seat(self, number: int) -> Seat:
        return self.seats[number % len(self.seats)]

    @rule(who=st.integers(0, 7), field=st.sampled_from(FIELDS), words=st.sampled_from(WORDS))
    def types_and_saves(self, who: int, field: str, words: str) -> None:
        seat, mark = self.seat(who), f"[{self.number}]"
        self.number += 1
        before = str(seat.form.get(field) or "")
        seat.form[field] = f"{before}\n{words} {mark}".strip()
        self.typed[mark] = field
        try:
            seat.save()
        except Missing:
            self.goes_on(seat)

    @rule(who=st.integers(0, 7))
    def types_nothing_and_saves(self, who: int) -> None:
        seat = self.seat(who)
        try:
            seat.save()
        except Missing:
            self.goes_on(seat)

    @rule(who=st.integers(0, 7), choice=st.sampled_from(["mine", "theirs", "both"]))
    def decides(self, who: int, choice: str) -> None:
        seat = self.seat(who)
        try:
            row = seat.desk.read(draft_now, self.draft_id)
        except Missing:
            return
        for one in row.state.waiting[:1]:
            stands = row.values.get(one.field)
            value = {"mine": one.value, "theirs": stands, "both": f"{stands}\n{one.value}"}[choice]
            seat.desk.do(settle_draft, row.id, one.id, stands, value)

    @rule(who=st.integers(0, 7), read=st.booleans())
    def signs(self, who: int, read: bool) -> None:
        seat = self.seat(who)
        assert seat.row is not None
        try:
            revision = seat.desk.read(draft_now, self.draft_id).revision if read else seat.row.revision
            standing = self.kept()
            seat.desk.do(sign_entry, self.draft_id, reason="More is known.", revision=revision)
        except (Missing, Refused, Conflict):
            return
        self.signed += 1
        entry = seat.desk.read(entries_of, self.file_id)[-1]
        said = " ".join(str(entry.values.get(key) or "") for key in FIELDS)
        set_aside = {mark for mark in self.typed if mark in standing and mark not in said}
        self.typed = {mark: key for mark, key in self.typed.items() if mark not in set_aside}

    @rule(who=st.integers(0, 7))
    def takes_over(self, who: int) -> None:
        try:
            self.seat(who).desk.do(take_over_draft, self.draft_id)
        except (Missing, Refused):
            return

    @rule(who=st.integers(0, 7))
    def gives_the_file(self, who: int) -> None:
        self.chief.do(allocate, self.file_id, "officer", officer_of(self.seat(who).desk))
        self.holder = officer_of(self.seat(who).desk)

    def goes_on(self, seat: Seat) -> None:
        """The draft is gone: what stands in the window becomes an amendment, which the others then find."""
        assert seat.row is not None
        row = DraftRow(
            seat.row.id,
            self.file_id,
            "",
            "strategy",
            seat.row.thread_id,
            "",
            "",
            seat.row.officer_id,
            seat.row.state,
        )
        state = type(seat.row.state)(seat.row.revision, seat.row.saved_at, seat.base)
        gone = DraftRow(row.id, row.file_id, "", row.record, row.thread_id, "", "", row.officer_id, state)
        again = seat.desk.do(begin_again, gone, seat.form).result
        self.draft_id = again.id
        seat.open(again.id)

    def kept(self) -> str:
        """Everything that is kept: in the draft, beside its fields, in what was signed."""
        found = [str(one.values) for one in self.chief.read(entries_of, self.file_id, all_versions=True)]
        try:
            row = self.chief.read(draft_now, self.draft_id)
        except Missing:
            return " ".join(found)
        return " ".join([*found, str(row.values), *(str(one.value) for one in row.state.beside)])

    @invariant()
    def every_word_that_was_saved_is_kept(self) -> None:
        if not hasattr(self, "seats"):
            return
        kept = self.kept()
        assert [mark for mark in self.typed if mark not in kept] == []

    @invariant()
    def one_officer_holds_the_file_and_each_signature_is_one_version(self) -> None:
        if not hasattr(self, "seats"):
            return
        docket = self.chief.read(open_docket, self.file_id)
        if hasattr(self, "holder"):
            (name,) = {one.desk.actor.name for one in self.seats if officer_of(one.desk) == self.holder}
            assert docket.officer == name
        held = self.chief.read(entries_of, self.file_id, all_versions=True)
        assert len(held) == self.signed

    def teardown(self) -> None:
        if hasattr(self, "chief"):
            verdict = self.chief.verify_log()
            assert verdict.intact, verdict.faults


def test_no_word_is_lost_whoever_does_what_in_whatever_order(
    sign_in: Callable[[str], Desk], store: Store
) -> None:
    desks: dict[str, Desk] = {}

    def at(name: str) -> Desk:
        if name not in desks:
            desks[name] = sign_in(name)
        return desks[name]

    assert len(WRITERS) == 4
    run_state_machine_as_test(
        type("Bound", (Together,), {"at": staticmethod(at)}),
        settings=settings(
            max_examples=12 if store.kind == "embedded" else 5,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
