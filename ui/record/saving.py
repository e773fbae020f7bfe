"""Keeping what is typed in a form: a moment after the last key, one save at a time, never over somebody else's words.

Every form that is kept as it is typed is kept here. What others keep in the same form comes in by itself where it lies
apart from what was typed; where it does not, both stand side by side until a person decides (``ui/record/beside.py``).
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from casefile.desk import Desk
from casefile.errors import CasefileError
from casefile.outbox import FormPlace, KeptHere, Typed, save_or_keep
from casefile.record.drafting import Beside, FormState, Typing
from casefile.record.merging import fields_of, form_of_fields, merge
from casefile.work.changed import Done
from casefile.work.ids import new_id
from ui.shell.context import Context
from ui.widgets.still import held_still
from ui.widgets.typed import TypedForm
from ui.widgets.words import LONDON

TYPING = 400
"""Milliseconds after the last key until a form is saved."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """How one form is kept at the desk; what comes back is a :class:`FormState`, or holds one as ``state``.

    Attributes:
        place: Where its words go when they are kept on this computer, because the server is away.
        save: Keeps the form as typed, given its revision and what was known before it was typed.
        settle: Keeps what was decided of something laid beside a field, given what stood in the field and what is to.
        read: Reads the form as it is kept; None where only this window writes it.
    """

    place: FormPlace
    save: Callable[[Desk, Mapping[str, Any], int, Typing], Done[Any]]
    settle: Callable[[Desk, UUID, Any, Any], Done[Any]]
    read: Callable[[Desk], FormState | None] | None = None


def saved_where(context: Context, moment: datetime) -> str:
    """What is said of a form that is where it belongs."""
    where = "on the server " if context.desk.store.kind == "shared" else ""
    return f"Saved {where}{moment.astimezone(LONDON):%H:%M}"


class Saving(QObject):
    """Saves the state of one form.

    Signals:
        said: How it stands, in a few words, and the tone of them.
        kept: It was saved; carries what came back.
        here: It is on this computer only, because the server is away; it will be sent.
        failed: It could not be saved; carries the error. What was typed stays in the form.
        came_in: Words of others came in; carries a sentence on whose and where.
        stood: The form as it is kept was read or saved; carries it, with what lies beside its fields.
    """

    said = Signal(str, str)
    kept = Signal(object)
    here = Signal()
    failed = Signal(object)
    came_in = Signal(str)
    stood = Signal(object)

    def __init__(
        self, context: Context, form: TypedForm, keeper: Keeper, state: FormState | None, revision: int = 0
    ) -> None:
        """*state* is the form as it was read; None, with its *revision*, while nobody has typed in it."""
        super().__init__()
        self._context, self._form, self._keeper = context, form, keeper
        self.window = new_id()
        self.revision = state.revision if state is not None else revision
        self.state = state
        self._base = self._known(state.values if state is not None else form.state())
        self._dirty = self._saving = self._reading = self._waits = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING)
        self._wait.timeout.connect(self.keep)
        form.changed.connect(self.typed)

    @property
    def clean(self) -> bool:
        """Whether everything typed is kept."""
        return not self._dirty and not self._saving

    @property
    def known(self) -> dict[str, Any]:
        """The state that was last known to be kept, field by field, before what is typed now."""
        return form_of_fields(self._base)

    @property
    def waiting(self) -> tuple[Beside, ...]:
        """What lies beside the fields and waits for a decision."""
        return self.state.waiting if self.state is not None else ()

    def typed(self) -> None:
        """Something was typed."""
        self._dirty = True
        self.said.emit("Saving …", "accent")
        self._wait.start()

    def keep(self) -> None:
        """Save at once what was typed since the last save."""
        self._wait.stop()
        if not self._dirty or self._saving:
            return
        self._dirty, self._saving = False, True
        values, revision = self._form.state(), self.revision
        typing, outbox, keeper = (
            Typing(form_of_fields(self._base), self.window),
            self._context.jobs.outbox,
            self._keeper,
        )
        typed = Typed(keeper.place, values, revision, typing, self._context.desk.now())
        self._context.jobs.write(
            self,
            lambda desk: save_or_keep(
                desk, outbox, typed, lambda at: keeper.save(at, values, revision, typing)
            ),
            lambda kept: self._kept(kept, fields_of(values)),
            failed=self._not_kept,
        )

    def drop(self) -> None:
        """Save nothing any more."""
        self._wait.stop()
        self._dirty = False

    def refresh(self) -> None:
        """Read what others kept meanwhile; what lies apart from what was typed comes in, and the rest waits for a save."""
        read = self._keeper.read
        if read is None or self._saving or self._reading:
            return
        self._reading = True
        self._context.jobs.read(self, read, self._arrived, failed=self._not_read, slot="form")

    def settle(self, beside: Beside, value: Any) -> None:
        """Let one of two words stand for a field, or both, or another."""
        self.keep()
        stood = self._stands(beside.field)
        self._context.jobs.write(
            self,
            lambda desk: self._keeper.settle(desk, beside.id, stood, value),
            lambda kept: self._settled(kept, beside.field),
            failed=self.failed.emit,
        )

    def _stands(self, field: str) -> Any:
        return fields_of(self.state.values).get(field) if self.state is not None else None

    def _kept(self, kept: Any, sent: dict[str, Any]) -> None:
        self._saving = False
        if isinstance(kept, KeptHere):
            self._kept_here(kept)
            return
        self._take(_state(kept), sent)
        self.kept.emit(kept)
        if self._dirty:
            self.keep()
        else:
            self._say_kept()

    def send(self) -> None:
        """The server is back."""
        self._waits = False
        self.keep()

    def _kept_here(self, kept: KeptHere) -> None:
        """The server is away: it is sent from here when that is back, or by the outbox when this form is gone."""
        words = f"Saved on this computer only, {kept.at.astimezone(LONDON):%H:%M}; will be sent"
        self.said.emit(words, "late")
        self.here.emit()
        if self._dirty:
            self.keep()
            return
        self._dirty = True
        if not self._waits:
            self._waits, here = True, weakref.ref(self)
            self._context.jobs.unanswered.emit(lambda: _send(here()))

    def _settled(self, kept: Any, field: str) -> None:
        state = _state(kept)
        value = fields_of(state.values).get(field)
        self._base[field] = value
        if not any(one.field == field for one in state.waiting):
            self._form.bring_in({field: value})
        self._take(state, fields_of(self._form.state()))
        self.kept.emit(kept)
        self._say_kept()

    def _arrived(self, state: FormState | None) -> None:
        self._reading = False
        if state is None or self._saving or state.revision == self.revision:
            return
        self._take(state, dict(self._base))
        if not self._dirty:
            self._say_kept()

    def _take(self, state: FormState, before: dict[str, Any]) -> None:
        """Go on from the form as it is kept: bring in what lies apart from what was typed since *before*."""
        mine = fields_of(self._form.state())
        there = self._known(state.values)
        held = {one.field for one in state.waiting if one.window == self.window}
        made = merge(form_of_fields(before), state.values, form_of_fields(mine))
        open_ones = held | {one.field for one in made.clashes}
        new = {
            key: value
            for key, value in _changed(mine, fields_of(made.values)).items()
            if key not in open_ones and self._form.knows(key)
        }
        known = {key: value for key, value in before.items() if key in open_ones - held}
        known |= {key: value for key, value in self._base.items() if key in held}
        self._base = {key: value for key, value in there.items() if key not in open_ones} | known
        self.state, self.revision = state, state.revision
        with held_still(self._form):
            if new:
                self._form.bring_in(new)
                self.came_in.emit(_whose(state, new, self._form))
            self.stood.emit(state)

    def _known(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What is kept of the fields that this form shows; others are left as they are."""
        return {key: value for key, value in fields_of(values).items() if self._form.knows(key)}

    def _say_kept(self) -> None:
        if self.state is not None:
            self.said.emit(saved_where(self._context, self.state.saved_at), "accent")

    def _not_kept(self, error: CasefileError) -> None:
        self._saving, self._dirty = False, True
        self.said.emit("Not saved", "danger")
        self.failed.emit(error)

    def _not_read(self, error: CasefileError) -> None:
        self._reading = False
        self.failed.emit(error)


def _send(saving: Saving | None) -> None:
    """Unless the form is gone: then the outbox sends what it kept."""
    if saving is not None and shiboken6.isValid(saving):
        saving.send()


def _state(kept: Any) -> FormState:
    return kept if isinstance(kept, FormState) else kept.state


def _changed(mine: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    """What stands otherwise in a form put together; None for a field that is empty there."""
    return {key: made.get(key) for key in {*mine, *made} if mine.get(key) != made.get(key)}


def _whose(state: FormState, fields: Iterable[str], form: TypedForm) -> str:
    """Who wrote where: ``DC 4471 Marsh wrote Attended and Decision``."""
    by: dict[str, list[str]] = {}
    specs = (*form.description.fields, *form.description.groups)
    labels = {one.key: one.label for one in specs}
    names = {**state.hands, **{key: one.by for one in state.came_in for key in one.fields}}
    for key in fields:
        by.setdefault(names.get(key, "Another window of yours"), []).append(f"“{labels.get(key, key)}”")
    return " ".join(f"{who} wrote {_listed(sorted(names))}." for who, names in sorted(by.items()))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
