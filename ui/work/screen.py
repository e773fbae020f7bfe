"""My work: what I owe across all files, and what I began and have not signed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from casefile.desk import Desk
from casefile.files.queries.drafts import DraftRow, my_drafts
from casefile.files.queries.tasks import MyTask, my_tasks, waiting
from casefile.handover.queries import handovers_waiting, waiting_for_me
from casefile.handover.rows import ItemRow
from casefile.record.dates import long_date, short_date
from casefile.record.owed import TaskState
from casefile.search.told import RestrictedRow, restricted_matches, restricted_waiting
from casefile.sections.research_owed import RESEARCH
from casefile.supervision.campaign.queries import my_campaign_files, waiting_campaign_files
from casefile.supervision.campaign.rows import OwedAnswer
from casefile.supervision.remarks import ReturnedRow, my_returned, returned_waiting
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from ui.room import Screen
from ui.shell.context import Context
from ui.widgets.empty import Empty
from ui.widgets.lists import Item, ItemList
from ui.widgets.page import PageHead
from ui.widgets.parts import column, label
from ui.widgets.words import LONDON
from ui.work.told import RestrictedSearches

_GROUPS = ("Late", "Today and tomorrow", "In the next seven days", "Later", "Without a date")
_SOON, _WEEK = 1, 7
"""Calendar days."""


def _when(one: MyTask, today: date) -> str:
    """Under which heading something owed stands."""
    if one.task.due_on is None:
        return _GROUPS[4]
    return _days_left(one.task.due_on, today, late=one.task.state is TaskState.LATE)


def _days_left(due_on: date, today: date, *, late: bool) -> str:
    left = (due_on - today).days
    if late:
        return _GROUPS[0]
    return _GROUPS[1] if left <= _SOON else _GROUPS[2] if left <= _WEEK else _GROUPS[3]


def _asked(one: OwedAnswer, today: date) -> Item:
    """A file that a campaign asks about."""
    family = one.family_name.upper() if one.family_name else "Family not named"
    if one.days_late:
        mark = f"{one.days_late} {'day' if one.days_late == 1 else 'days'} late"
    else:
        mark = "due today" if one.due_on == today else short_date(one.due_on)
    why = f"Re-review: {one.title}"
    return Item(f"{family}  {one.reference}", why, mark, "late" if one.days_late else "due", one, "Campaign")


def _handed(one: ItemRow, me: UUID | None, today: date) -> Item:
    """A file of a hand-over that waits for this officer: to be answered, or to be sent again."""
    family = one.family_name.upper() if one.family_name else "Family not named"
    due = "due today" if one.due_on == today else short_date(one.due_on)
    mark = f"late since {short_date(one.due_on)}" if one.late else due
    if one.receiver_id == me and one.step.waits_for_receiver:
        why = f"Hand-over: accept it from {one.from_officer}, or say why not"
    else:
        why = f"Hand-over: {one.state[:1].lower()}{one.state[1:]}"
    return Item(f"{family}  {one.reference}", why, mark, "danger" if one.late else "due", one, one.handover)


class WorkScreen(Screen):
    """Tasks at the left, drafts at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        body = column(self, gap=0)
        self.head = PageHead("My work", "")
        body.addWidget(self.head)
        self.tasks = ItemList(context.theme, "What I owe")
        self.tasks.opened.connect(self._open_task)
        self.drafts = ItemList(context.theme, "My drafts")
        self.drafts.opened.connect(self._open_draft)
        self.returned = ItemList(context.theme, "Returned work")
        self.returned.opened.connect(self._open_returned)
        self._back = self._side("Returned work", self.returned, None)
        self._back.hide()
        self.told = RestrictedSearches(context)
        self.told.opened.connect(lambda file_id: self.go.emit("files", file_id))
        self.told.marked.connect(self._read)
        self._no_tasks = Empty(
            "You owe nothing",
            "What you owe and what is owed on your files stands here, the latest first. A new store begins with a first "
            "file under Files, or with what you have already: a census return, an index of dockets, whole files.",
            "Go to Files",
            lambda: self.go.emit("files", None),
            *(
                (("Import …", lambda: self.go.emit("imports", None)),)
                if context.may(Permission.IMPORT)
                else ()
            ),
        )
        self._no_drafts = Empty("No drafts", "What you type is kept here until you sign it.")
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self._side("Owed by me and on my files", self.tasks, self._no_tasks))
        right = QWidget()
        side = column(right, gap=0)
        side.addWidget(self.told)
        side.addWidget(self._back)
        side.addWidget(self._side("Drafts, not signed", self.drafts, self._no_drafts), 1)
        split.addWidget(right)
        split.setSizes([context.theme.px(720), context.theme.px(420)])
        body.addWidget(split, 1)

    def shown(self, place: Any = None) -> None:
        """Read."""
        self._read()
        self.tasks.setFocus()

    def on_changed(self, changed: Changed) -> None:
        """Tasks or drafts changed."""
        if changed.concerns(Kind.TASK, Kind.DRAFT, Kind.ENTRY, Kind.CAMPAIGN, Kind.HANDOVER):
            self._read()

    def _side(self, title: str, shown: QWidget, empty: QWidget | None) -> QWidget:
        made = QWidget()
        made.setObjectName("surface")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        body = column(made, margins=(8, 12, 0, 0), gap=6)
        name = label(title, "strong")
        name.setContentsMargins(12, 0, 0, 0)
        body.addWidget(name)
        body.addWidget(shown, 1)
        if empty is not None:
            body.addWidget(empty, 1)
        return made

    def _read(self) -> None:
        self._context.jobs.read(
            self,
            lambda desk: (
                desk.read(my_tasks),
                desk.read(my_drafts),
                desk.read(my_campaign_files),
                desk.read(my_returned),
                desk.read(waiting_for_me),
                desk.read(restricted_matches),
            ),
            lambda found: self._arrived(*found),
            slot="work",
        )

    def _arrived(
        self,
        tasks: tuple[MyTask, ...],
        drafts: tuple[DraftRow, ...],
        asked: tuple[OwedAnswer, ...],
        returned: tuple[ReturnedRow, ...],
        handed: tuple[ItemRow, ...],
        told: tuple[RestrictedRow, ...],
    ) -> None:
        self.told.show_rows(told)
        self.returned.show_items([_returned_item(one) for one in returned])
        self.returned.setFixedHeight(min(self.returned.full_height(), self._context.theme.px(300)))
        self._back.setVisible(bool(returned))
        late = sum(1 for one in tasks if one.task.state is TaskState.LATE)
        late += sum(1 for one in asked if one.days_late)
        late += sum(1 for one in handed if one.late)
        owed = len(tasks) + len(asked) + len(handed)
        met = f" · {len(told)} search{'' if len(told) == 1 else 'es'} to look at" if told else ""
        self.head.say(f"{owed} owed, {late} late · {len(drafts)} draft{'' if len(drafts) == 1 else 's'}{met}")
        self.tasks.show_items(self._grouped(tasks, asked, handed))
        self.tasks.setVisible(bool(owed))
        self._no_tasks.setVisible(not owed)
        self.drafts.show_items(
            [
                Item(one.title, f"{one.reference} · saved {long_date(one.saved_at.astimezone(LONDON).date())}, "
                     f"{one.saved_at.astimezone(LONDON):%H:%M}", "Draft", "accent", one)
                for one in drafts
            ]
        )  # fmt: skip
        self.drafts.setVisible(bool(drafts))
        self._no_drafts.setVisible(not drafts)
        if owed and not self.tasks.currentIndex().isValid():
            self.tasks.choose_first()

    def _grouped(
        self, tasks: tuple[MyTask, ...], asked: tuple[OwedAnswer, ...], handed: tuple[ItemRow, ...]
    ) -> list[Item]:
        """What is owed under when: late, soon, this week, later."""
        groups: dict[str, list[Item]] = {}
        today = self._context.today
        me = self._context.desk.actor.officer_id
        for given in handed:
            groups.setdefault(_days_left(given.due_on, today, late=given.late), []).append(
                _handed(given, me, today)
            )
        for answer in asked:
            name = _days_left(answer.due_on, today, late=bool(answer.days_late))
            groups.setdefault(name, []).append(_asked(answer, today))
        alike = Counter((one.file_id, one.task.title) for one in tasks)
        for one in tasks:
            told_apart = alike[one.file_id, one.task.title] > 1
            groups.setdefault(_when(one, today), []).append(self._task(one, told_apart=told_apart))
        return [
            item
            for name in _GROUPS
            if name in groups
            for item in (Item(f"{name} ({len(groups[name])})", heading=True), *groups[name])
        ]

    def _task(self, one: MyTask, *, told_apart: bool) -> Item:
        """A line; of two that read alike in a file each says what it follows from."""
        task, today = one.task, self._context.today
        if task.state is TaskState.LATE:
            words, tone = (
                f"{task.days_late} {task.late_unit} late",
                "danger" if task.days_late > 5 else "late",
            )
        elif task.due_on is None:
            words, tone = "no date", "plain"
        else:
            soon = (task.due_on - today).days
            words = "due today" if soon == 0 else "tomorrow" if soon == 1 else short_date(task.due_on)
            tone = "late" if soon <= 1 else "due"
        family = one.family_name.upper() if one.family_name else "Family not named"
        owed_by = "" if task.owed_by == "police" else f" · owed by {self._agency(task.owed_by)}"
        follows = f" · {task.because}" if told_apart and task.because else ""
        return Item(
            f"{family}  {one.reference}",
            f"{task.title}{owed_by}{follows}",
            words,
            tone,
            one,
            f"Set by {task.standard}",
        )

    def _agency(self, code: str) -> str:
        """An agency as people say it; whatever else stands there is a name already."""
        codes = self._context.desk.standards.codes("agency")
        return codes.label(code) if code in codes else code

    def _open_task(self, one: MyTask | OwedAnswer | ItemRow) -> None:
        if isinstance(one, ItemRow):
            self.go.emit("handover", (one.handover_id, one.id))
        elif isinstance(one, OwedAnswer):
            self.go.emit("campaigns", (one.campaign_id, one.id))
        elif one.task.timescale == RESEARCH:
            self.go.emit("files", (one.file_id, "research"))
        else:
            self.go.emit("files", one.file_id)

    def _open_returned(self, one: ReturnedRow) -> None:
        self.go.emit("files", (one.file_id, one.divider, one.returned.remark.thread_id))

    def _open_draft(self, one: DraftRow) -> None:
        self.go.emit("files", (one.file_id, None, None, one.id, one.record))


def count_waiting(desk: Desk) -> int:
    """How much waits for the officer who is signed in."""
    return (
        desk.read(waiting)
        + desk.read(waiting_campaign_files)
        + desk.read(returned_waiting)
        + desk.read(handovers_waiting)
        + desk.read(restricted_waiting)
    )


def _returned_item(one: ReturnedRow) -> Item:
    """Something returned: the words of who said the last thing, and what is to be done."""
    last = (one.returned.remark, *one.returned.replies)[-1]
    day = short_date(one.happened_on) or "date not given"
    words, tone = ("answer it", "danger") if one.mine == "answer" else ("settle it", "accent")
    said = last.says or last.what.value
    return Item(f"{one.title}, {day} · {one.reference}", f"{last.by}: {said}", words, tone, one, one.summary)
