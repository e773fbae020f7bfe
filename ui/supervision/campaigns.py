"""The room of re-review campaigns: the list at the left; one of them, or a form of it, at the right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from casefile.access.queries import OfficerRow, officers
from casefile.desk import Desk
from casefile.paper.campaign import preview_campaign, print_campaign
from casefile.record.dates import short_date
from casefile.supervision.campaign.actions import Begun, answer_campaign, begin_campaign, end_campaign
from casefile.supervision.campaign.queries import (
    answer_form,
    begin_form,
    campaign,
    campaigns,
    fitting_files,
    waiting_campaign_files,
)
from casefile.supervision.campaign.rows import AskedFile, CampaignPage, CampaignRow, Fitting, FormToFill
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from ui.record.around import ONE_COLUMN, TWO_COLUMNS
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.supervision.campaign_view import CampaignView, answers_in_words
from ui.supervision.kept_form import KeptForm
from ui.supervision.printing import Printable, PrintReport
from ui.widgets.choice import Around, Choice
from ui.widgets.dialogs import Ask, Field, say_done
from ui.widgets.empty import Empty
from ui.widgets.lists import Item, ItemList
from ui.widgets.page import PageHead, scrolled
from ui.widgets.parts import button, card, clear, column, ground, keys, label, readable, row

FITTING = 30
"""Files that fit which are named; how many more is said."""


class CampaignsScreen(Screen):
    """The room."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: tuple[CampaignRow, ...] = ()
        self._officers: tuple[OfficerRow, ...] = ()
        self._chosen: UUID | None = None
        self.form: KeptForm | None = None
        self.fits = readable("", "quiet")
        body = column(self, gap=0)
        self._new = button("New campaign …", self.begin, name="primary", hint="Ctrl+N")
        self._new.setVisible(context.may(Permission.SIGN_SUPERVISION))
        self._head = PageHead("Campaigns", "", self._new)
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
        self._beside = column(gap=12)
        right.addLayout(self._beside)
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
        keys(self, "Ctrl+N", self.begin)
        keys(self, "Alt+1", self.list.setFocus)
        keys(self, "Alt+2", self.view.files.setFocus)

    def shown(self, place: Any = None) -> None:
        """Read; *place* is the campaign to show, or with a file of it to answer."""
        if isinstance(place, tuple):
            self._chosen = place[0]
            self._ask_form(place[1])
        elif isinstance(place, UUID):
            self._chosen = place
        self._read()
        self.list.setFocus()

    def place(self) -> Any:
        """The campaign in view."""
        return self._chosen

    def keep(self) -> None:
        """Save at once what was typed."""
        if self.form is not None:
            self.form.keep()

    def on_changed(self, changed: Changed) -> None:
        """Campaigns changed."""
        if changed.concerns(Kind.CAMPAIGN):
            self._read()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        if not self._context.may(Permission.SIGN_SUPERVISION):
            return ()
        return (Command("New campaign", self.begin, "Ctrl+N"), Command("Print this campaign", self.print))

    def begin(self) -> None:
        """Show the form that begins a campaign, as last typed."""
        if self._context.may(Permission.SIGN_SUPERVISION):
            self._context.jobs.read(
                self, lambda desk: (desk.read(begin_form), desk.read(officers)),
                lambda found: self._begin(*found), slot="form",
            )  # fmt: skip

    def open_file(self, one: AskedFile) -> None:
        """Answer about a file, or read what was answered."""
        mine = one.reviewer_id == self._context.desk.actor.officer_id
        over = self.view.page is not None and self.view.page.row.ended_on is not None
        may = not over and (mine or self._context.may(Permission.SIGN_SUPERVISION))
        if one.state == "answered" or not may:
            self._show_answers(one, may=may)
        else:
            self._ask_form(one.id)

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
            return Empty("No campaign yet", about, "New campaign …", self.begin)
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
        empty = not rows and self.form is None
        self._stack.setCurrentIndex(1 if empty else 0)
        if empty:
            self._new.setFocus()
        self._read_page()

    def _choose(self, which: UUID | None) -> None:
        if which is not None and which != self._chosen:
            self._chosen = which
            self._close()

    def _read_page(self) -> None:
        which = self._chosen
        if which is not None:
            self._context.jobs.read(
                self, lambda desk: desk.read(campaign, which), self._show_page, slot="page"
            )

    def _show_page(self, page: CampaignPage) -> None:
        if page.row.id == self._chosen:
            self.view.show_page(page)

    def _ask_form(self, asked: UUID) -> None:
        self._context.jobs.read(
            self, lambda desk: (desk.read(answer_form, asked), desk.read(officers)),
            lambda found: self._answer(*found), slot="form",
        )  # fmt: skip

    def _begin(self, filled: FormToFill, everyone: tuple[OfficerRow, ...]) -> None:
        form = self._write(filled, everyone, "New campaign", "Begin the campaign")
        form.given.connect(
            lambda values, _: self._context.jobs.write(
                form, lambda desk: desk.do(begin_campaign, values), self._begun, failed=form.failed
            )
        )
        line = row()
        self.fits = readable("", "quiet")
        line.addWidget(self.fits, 1)
        line.addWidget(button("See which files fit", lambda: self._ask_fit(form)))
        self._beside.addLayout(line)

    def _ask_fit(self, form: KeptForm) -> None:
        values = form.form.state()
        self._context.jobs.read(
            form, lambda desk: desk.read(fitting_files, values), lambda found: self._say_fit(form, found),
            failed=form.failed, slot="fit",
        )  # fmt: skip

    def _say_fit(self, form: KeptForm, found: Fitting) -> None:
        form.clear_faults()
        hidden = f", and {found.restricted} restricted that you may not see" if found.restricted else ""
        told = ", ".join(f"{one.reference} ({one.reviewer})" for one in found.files[:FITTING])
        more = f" and {len(found.files) - FITTING} more" if len(found.files) > FITTING else ""
        fit = "file fits" if len(found.files) == 1 else "files fit"
        self.fits.setText(f"{len(found.files)} {fit}{hidden}. {told}{more}".strip())

    def _answer(self, filled: FormToFill, everyone: tuple[OfficerRow, ...]) -> None:
        asked = filled.asked
        if asked is None:
            return
        family = asked.family_name.upper() if asked.family_name else "Family not named"
        form = self._write(filled, everyone, f"{family}  {asked.reference}", "Answer")
        form.given.connect(
            lambda values, reason: self._context.jobs.write(
                form, lambda desk: desk.do(answer_campaign, asked.id, values, reason=reason or None),
                lambda _: self._close(), failed=form.failed,
            )
        )  # fmt: skip
        line = row()
        line.addStretch(1)
        line.addWidget(button("Open the file", lambda: self.go.emit("files", asked.file_id)))
        self._beside.insertLayout(0, line)

    def _write(self, filled: FormToFill, everyone: tuple[OfficerRow, ...], title: str, verb: str) -> KeptForm:
        self.keep()
        clear(self._beside)
        self._stack.setCurrentIndex(0)
        px, wide = self._context.theme.px, self._area.viewport().width()
        around = Around(
            self._context.today,
            self._context.desk.standards.codes,
            officers=tuple(Choice(str(one.id), one.shown) for one in everyone),
            short=wide < px(TWO_COLUMNS),
            stacked=filled.asked is not None or wide < px(ONE_COLUMN),
        )
        self.form = KeptForm(self._context, filled, around, title, verb)
        self.form.closed.connect(self._close)
        self._beside.addWidget(self.form)
        self.view.hide()
        self.form.form.begin()
        return self.form

    def _show_answers(self, one: AskedFile, *, may: bool) -> None:
        page = self.view.page
        if page is None:
            return
        self.keep()
        clear(self._beside)
        self.form = None
        frame = card()
        body = column(frame, margins=16, gap=8)
        family = one.family_name.upper() if one.family_name else "Family not named"
        body.addWidget(label(f"{family}  {one.reference}", "section-title", wrap=True))
        by = (
            f"Answered by {one.answered_by}, {short_date(one.answered_on)}"
            if one.answered_on
            else "Not answered"
        )
        body.addWidget(label(by, "quiet", wrap=True))
        codes = self._context.desk.standards.codes("campaign_answer")
        for question, words in answers_in_words(page, one, codes) if one.answered_on else ():
            body.addWidget(label(question, "strong", wrap=True))
            body.addWidget(readable(words or "No answer"))
        if one.reason:
            body.addWidget(readable(f"Put right: {one.reason}", "quiet"))
        foot = row()
        foot.addStretch(1)
        foot.addWidget(button("Open the file", lambda: self.go.emit("files", one.file_id)))
        if may:
            foot.addWidget(button("Put it right …", lambda: self._ask_form(one.id)))
        close = button("Close", self._close, name="primary", hint="Esc")
        keys(frame, "Esc", self._close)
        foot.addWidget(close)
        body.addLayout(foot)
        self._beside.addWidget(frame)
        self.view.hide()
        close.setFocus()

    def _begun(self, begun: Begun) -> None:
        self._chosen = begun.id
        self._close()
        hidden = f" {begun.restricted} of them are restricted." if begun.restricted else ""
        say_done(
            self, f"{begun.reference} has begun",
            f"{begun.files} {'file is' if begun.files == 1 else 'files are'} asked about.{hidden} Each waits in My work of its reviewer.",
        )  # fmt: skip

    def _close(self) -> None:
        """Back to the campaign."""
        self.form = None
        clear(self._beside)
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


def count_campaigns(desk: Desk) -> int:
    """How many files wait for the answer of the officer who is signed in."""
    return desk.read(waiting_campaign_files)
