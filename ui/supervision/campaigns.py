"""The room of re-review campaigns: the list at the left; one of them, or a form of it, at the right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from casefile.paper.campaign import preview_campaign, print_campaign
from casefile.record.dates import short_date
from casefile.supervision.campaign.actions import end_campaign
from casefile.supervision.campaign.queries import (
    campaign,
    campaigns,
)
from casefile.supervision.campaign.rows import AskedFile, CampaignPage, CampaignRow
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from ui.record.printing import Printable, PrintReport
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.supervision.campaign_forms import CampaignForms
from ui.supervision.campaign_view import CampaignView
from ui.widgets.dialogs import Ask, Field
from ui.widgets.empty import Empty
from ui.widgets.lists import Item, ItemList
from ui.widgets.page import PageHead, scrolled
from ui.widgets.parts import button, column, ground, keys

FITTING = 30
"""Files that fit which are named; how many more is said."""


class CampaignsScreen(Screen):
    """The room."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: tuple[CampaignRow, ...] = ()
        self._chosen: UUID | None = None
        self.forms = CampaignForms(context, lambda: self._area.viewport().width())
        self.forms.filled.connect(self._give_way)
        self.forms.emptied.connect(self._come_back)
        self.forms.begun.connect(self._show)
        self.forms.file.connect(lambda which: self.go.emit("files", which))
        body = column(self, gap=0)
        self._new = button("New campaign …", self.forms.begin, name="primary", hint="Ctrl+N")
        self._head = PageHead("Campaigns", "", self._new)
        self._new.setVisible(context.may(Permission.SIGN_SUPERVISION))
        body.addWidget(self._head)
        self.list = ItemList(context.theme, "Campaigns", browse=True)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _: self.view.files.setFocus())
        self.view = CampaignView(context)
        self.view.chosen.connect(self.open_file)
        self.view.printing.connect(self.print)
        self.view.ending.connect(self.ask_end)
        self._right = QWidget()
        right = column(self._right, margins=(16, 14, 16, 14), gap=12)
        right.addWidget(self.forms)
        right.addWidget(self.view)
        right.addStretch(1)
        left = ground("surface")
        column(left, margins=(8, 8, 0, 0)).addWidget(self.list)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        self._area = scrolled(self._right, "The campaign")
        split.addWidget(self._area)
        split.setSizes([context.theme.px(380), context.theme.px(820)])
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(self._empty())
        body.addWidget(self._stack, 1)
        keys(self, "Ctrl+N", self.forms.begin)
        keys(self, "Alt+1", self.list.setFocus)
        keys(self, "Alt+2", self.view.files.setFocus)

    def shown(self, place: Any = None) -> None:
        """Read; *place* is the campaign to show, or with a file of it to answer."""
        if isinstance(place, tuple):
            self._chosen = place[0]
            self.forms.ask(place[1])
        elif isinstance(place, UUID):
            self._chosen = place
        self._read()
        self.list.setFocus()

    def place(self) -> Any:
        """The campaign in view."""
        return self._chosen

    def keep(self) -> None:
        """Save at once what was typed."""
        self.forms.keep()

    def on_changed(self, changed: Changed) -> None:
        """Campaigns changed."""
        if changed.concerns(Kind.CAMPAIGN):
            self._read()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        if not self._context.may(Permission.SIGN_SUPERVISION):
            return ()
        return (
            Command("New campaign", self.forms.begin, "Ctrl+N"),
            Command("Print this campaign", self.print),
        )

    def open_file(self, one: AskedFile) -> None:
        """Answer about a file, or read what was answered."""
        page = self.view.page
        if page is None:
            return
        mine = one.reviewer_id == self._context.desk.actor.officer_id
        may = page.row.ended_on is None and (mine or self._context.may(Permission.SIGN_SUPERVISION))
        if one.state == "answered" or not may:
            self.forms.show_answers(page, one, may=may)
        else:
            self.forms.ask(one.id)

    def print(self) -> None:
        """Look at the pages, then make a copy."""
        page = self.view.page
        if page is None or not self._context.may(Permission.DISCLOSE):
            return
        which = page.row.id
        what = Printable(
            f"Print {page.row.reference}",
            f"{page.row.reference}.pdf",
            lambda errand: errand.read(preview_campaign, which),
            lambda errand, whom: errand.do(print_campaign, which, whom),
        )
        PrintReport(self._context, what, self).open()

    def ask_end(self) -> None:
        """Ask what was found, and end the campaign."""
        page = self.view.page
        if page is None:
            return
        left = page.row.files - page.row.answered
        about = f"{left} files are not answered and stay so." if left else "Every file is answered."
        ask = Ask(
            f"End {page.row.reference}",
            about,
            (Field("findings", "What was found", prose=True),),
            "End it",
            self,
        )
        which = page.row.id
        ask.given.connect(
            lambda values: self._context.jobs.write(
                ask, lambda desk: desk.do(end_campaign, which, values["findings"]), lambda _: ask.accept(),
                failed=ask.say,
            )
        )  # fmt: skip
        ask.open()

    def _empty(self) -> Empty:
        about = (
            "After a death or an inspection, choose files, say who looks at them again and by when, and ask each the "
            "same questions."
        )
        if self._context.may(Permission.SIGN_SUPERVISION):
            return Empty("No campaign yet", about, "New campaign …", self.forms.begin)
        return Empty("No campaign asks you", about)

    def _read(self) -> None:
        self._context.jobs.read(self, lambda desk: desk.read(campaigns), self._arrived, slot="list")

    def _arrived(self, rows: tuple[CampaignRow, ...]) -> None:
        self._rows = rows
        running = sum(one.ended_on is None for one in rows)
        mine = sum(one.mine for one in rows)
        waits = f" · {mine} {'file waits' if mine == 1 else 'files wait'} for your answer" if mine else ""
        self._head.say(f"{running} going on{waits}")
        self.list.blockSignals(True)
        self.list.show_items([_campaign_item(one) for one in rows])
        if self._chosen is None and rows:
            self._chosen = rows[0].id
        self.list.choose(self._chosen)
        self.list.blockSignals(False)
        empty = not rows and self.forms.form is None
        self._stack.setCurrentIndex(1 if empty else 0)
        if empty:
            self._new.setFocus()
        self._read_page()

    def _choose(self, which: UUID | None) -> None:
        if which is not None and which != self._chosen:
            self._chosen = which
            self.forms.close_all()

    def _read_page(self) -> None:
        which = self._chosen
        if which is not None:
            self._context.jobs.read(
                self, lambda desk: desk.read(campaign, which), self._show_page, slot="page"
            )

    def _show_page(self, page: CampaignPage) -> None:
        if page.row.id == self._chosen:
            self.view.show_page(page)

    def _show(self, which: UUID) -> None:
        self._chosen = which

    def _give_way(self) -> None:
        self._stack.setCurrentIndex(0)
        self.view.hide()

    def _come_back(self) -> None:
        self.view.show()
        self._read()
        (self.view.files if self._rows else self.list).setFocus()


def _campaign_item(one: CampaignRow) -> Item:
    if one.ended_on is not None:
        mark, tone = f"ended {short_date(one.ended_on)}", "plain"
    elif one.mine:
        mark, tone = f"{one.mine} for you", "late" if one.late else "accent"
    else:
        mark, tone = f"by {short_date(one.due_on)}", "late" if one.late else "due"
    hidden = f", {one.restricted} restricted" if one.restricted else ""
    return Item(
        one.title, f"{one.reference} · {one.answered} of {one.files} answered{hidden}", mark, tone, one.id
    )
