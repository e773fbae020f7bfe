"""What is done with files of a hand-over, wherever in the room they stand: asked for, done, and said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from casefile.access.queries import OfficerRow
from casefile.access.roles import ROLES
from casefile.desk import Errand
from casefile.errors import CasefileError, Fault, Invalid
from casefile.handover.begin import choose_receivers, send, take_back
from casefile.handover.receive import accept, answer_question, ask_back, refuse
from casefile.handover.rows import ItemRow
from casefile.handover.settle import record_exception
from casefile.record.dates import NotADate, long_date, read_date
from casefile.work.changed import Done
from casefile.work.names import Permission
from ui.handover.marks import family
from ui.shell.context import Context
from ui.shell.jobs import Job
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Ask, Field
from ui.widgets.progress import ProgressView

EXCEPTED_FOR = timedelta(days=14)


class Acts(QObject):
    """Does what is wanted with files, and says what came of it.

    Signals:
        said: What was done, in a sentence.
        failed: It could not be done; carries the error.
        busy: Progress to be shown, or None when it is over.
    """

    said = Signal(str)
    failed = Signal(object)
    busy = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._page = context, parent
        self.officers: tuple[OfficerRow, ...] = ()

    @property
    def me(self) -> UUID | None:
        """The officer who is signed in."""
        return self._context.desk.actor.officer_id

    def may_give(self, one: ItemRow) -> bool:
        """Whether this officer may correct, send and take back."""
        mine = one.from_officer_id == self.me
        return (mine and self._context.may(Permission.KEEP_FILES)) or self._context.may(Permission.ALLOCATE)

    def to_send(self, rows: Iterable[ItemRow]) -> list[ItemRow]:
        """Those of the files that this officer may still change and send."""
        return [
            one
            for one in rows
            if self.may_give(one) and not (one.step.waits_for_receiver or one.step.ended or one.overtaken)
        ]

    def to_take_back(self, rows: Iterable[ItemRow]) -> list[ItemRow]:
        """Those that were sent, are not answered, and may be taken back by this officer."""
        waiting = (one for one in rows if self.may_give(one) and one.step.waits_for_receiver)
        return [one for one in waiting if one.receiver_id != self.me]

    def to_answer(self, rows: Iterable[ItemRow]) -> list[ItemRow]:
        """Those that wait for this officer as their receiver."""
        return [one for one in rows if one.step.waits_for_receiver and one.receiver_id == self.me]

    def to_except(self, rows: Iterable[ItemRow]) -> list[ItemRow]:
        """Those for which this officer may make an exception."""
        rows = tuple(rows)
        if not self._context.may(Permission.SIGN_SUPERVISION):
            return []
        mine = {one.id for one in self.to_answer(rows)}
        return [one for one in rows if not (one.step.ended or one.overtaken or one.id in mine)]

    def keepers(self) -> tuple[Choice, ...]:
        """Officers who keep files."""
        return tuple(
            Choice(str(one.id), one.shown, one.team)
            for one in self.officers
            if Permission.KEEP_FILES in ROLES[one.role].permissions
        )

    def choose(self, rows: Iterable[ItemRow], receiver: UUID | None) -> None:
        """Choose who receives files."""
        self.choose_each(dict.fromkeys((one.id for one in self.to_send(rows)), receiver))

    def choose_each(self, chosen: dict[UUID, UUID | None]) -> None:
        """Choose a receiver for each file."""
        if not chosen:
            self.said.emit("None of these files is still to be sent: take it back first.")
            return
        said = f"Chosen for {_files(len(chosen))}."
        self._context.jobs.write(
            self, lambda desk: desk.do(choose_receivers, chosen), lambda _: self.said.emit(said),
            failed=self.failed.emit,
        )  # fmt: skip

    def send(self, rows: Iterable[ItemRow]) -> None:
        """Send files: all of these, or none with what keeps each."""
        ids = [one.id for one in self.to_send(rows)]
        if not ids:
            self.said.emit("None of these files is still to be sent.")
            return
        self._many(
            "Sending",
            lambda errand: errand.do(send, ids),
            lambda count: self.said.emit(f"{_files(count)} sent."),
        )

    def accept(self, rows: Iterable[ItemRow]) -> None:
        """Accept files: all of these, or none with what stands against it."""
        ids = [one.id for one in self.to_answer(rows)]
        if not ids:
            self.said.emit("None of these files waits for you.")
            return

        def accepted(count: int) -> None:
            self.said.emit(
                f"{_files(count)} {'is' if count == 1 else 'are'} yours, with what was owed in them."
            )

        self._many("Taking over", lambda errand: errand.do(accept, ids), accepted)

    def ask_take_back(self, rows: Iterable[ItemRow]) -> None:
        """Ask why files are taken back, and take them back."""
        found = self.to_take_back(rows)
        if not found:
            self.said.emit("None of these files waits for its receiver.")
            return
        ids = [one.id for one in found]
        about = f"{_named(found)} can then be changed and sent again. Who received it reads why."
        self._ask(
            "Take back", about, (Field("reason", "Why", prose=True),), "Take back",
            lambda errand, given: errand.do(take_back, ids, given["reason"]), f"{_files(len(ids))} taken back.",
        )  # fmt: skip

    def ask_or_answer(self, one: ItemRow | None) -> None:
        """Ask back as the receiver, or answer what the receiver asks."""
        if one is None:
            return
        if self.to_answer((one,)):
            about = f"It goes to {one.from_officer}. The file stays where it is until you accept it."
            self._ask(
                f"Ask back: {one.reference}", about, (Field("question", "Question", prose=True),), "Send the question",
                lambda errand, given: errand.do(ask_back, one.id, given["question"]), "The question is sent.",
            )  # fmt: skip
        elif one.asked and self.may_give(one):
            self._ask(
                f"Answer: {one.reference}", f"{one.receiver} asks: {one.asked}",
                (Field("answer", "Answer", prose=True),), "Send the answer",
                lambda errand, given: errand.do(answer_question, one.id, given["answer"]), "The answer is sent.",
            )  # fmt: skip

    def ask_refuse(self, one: ItemRow | None) -> None:
        """Ask why a file is refused, and refuse it."""
        if one is None or not self.to_answer((one,)):
            return
        about = f"It goes back to {one.from_officer}, and the supervisor sees why."
        self._ask(
            f"Refuse: {one.reference}", about, (Field("reason", "Why you cannot take it", prose=True),), "Refuse",
            lambda errand, given: errand.do(refuse, one.id, given["reason"]), f"{one.reference} is refused.",
        )  # fmt: skip

    def ask_exception(self, rows: Iterable[ItemRow]) -> None:
        """Ask why files are not handed over, who approved, who looks after them and until when."""
        found = self.to_except(rows)
        if not found:
            self.said.emit("None of these files wants an exception.")
            return
        ids = [one.id for one in found]
        supervisors = tuple(
            Choice(str(one.id), one.shown, one.team)
            for one in self.officers
            if Permission.SIGN_SUPERVISION in ROLES[one.role].permissions
        )
        until = long_date(self._context.today + EXCEPTED_FOR)
        fields = (
            Field("reason", "Why", prose=True, help="What is exceptional, and why that is appropriate."),
            Field("approved_by", "Approved by", choices=supervisors),
            Field("interim_id", "Looks after it meanwhile", choices=self.keepers()),
            Field("until_on", "Until", until, help="Three months at most; then it comes back."),
        )

        def go(errand: Errand, given: dict[str, str]) -> Done[None]:
            return errand.do(
                record_exception, ids, given["reason"], approved_by=officer_given(given["approved_by"]),
                interim_id=officer_given(given["interim_id"]), until_on=day_given(given["until_on"], "until_on"),
            )  # fmt: skip

        about = f"{_named(found)} stays with its holder on paper; the alarm is silent until the day given."
        self._ask("Exception", about, fields, "Record the exception", go, f"{_files(len(ids))} excepted.")

    def _ask(
        self,
        title: str,
        about: str,
        fields: Sequence[Field],
        verb: str,
        act: Callable[[Errand, dict[str, str]], Done[None]],
        said: str,
    ) -> None:
        """A dialog that stays open, with what was typed, until it is done."""
        ask = Ask(title, about, fields, verb, self._page)

        def done(_: object) -> None:
            ask.accept()
            self.said.emit(said)

        ask.given.connect(
            lambda given: self._context.jobs.write(
                ask, lambda desk: act(desk.with_(), given), done, failed=ask.say
            )
        )
        ask.open()

    def _many(self, title: str, act: Callable[[Errand], Done[int]], then: Callable[[int], object]) -> None:
        """Something over many files, in its turn among the writes, with progress and cancel."""
        job = Job(title, self)
        shown = ProgressView(title)
        job.stepped.connect(shown.show_step)
        shown.cancelled.connect(job.cancel)
        self.busy.emit(shown)

        def over(count: int) -> None:
            self.busy.emit(None)
            then(count)

        def failed(error: CasefileError) -> None:
            self.busy.emit(None)
            self.failed.emit(error)

        self._context.jobs.write(self, lambda desk: act(desk.with_(progress=job)), over, failed=failed)


def day_given(typed: str, field: str) -> date:
    """A day as typed.

    Raises:
        Invalid: There is none, or it does not exist; the sentence belongs to the field.
    """
    try:
        return read_date(typed)
    except NotADate as fault:
        raise Invalid([Fault(field, fault.sentence)], kept="Nothing was changed.") from None


def officer_given(given: str) -> UUID:
    """The officer picked; for an empty field one who is nobody, which the rules refuse in words beside the field."""
    return UUID(given) if given else UUID(int=0)


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"


def _named(rows: Sequence[ItemRow]) -> str:
    return family(rows[0]) if len(rows) == 1 else f"Each of {len(rows):,} files"
