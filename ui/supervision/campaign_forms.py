"""Beside the list of campaigns: the form that begins one, the form that answers one, an answer as given."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile.access.queries import OfficerRow, officers
from casefile.record.dates import short_date
from casefile.supervision.campaign.actions import Begun, answer_campaign, begin_campaign
from casefile.supervision.campaign.queries import answer_form, begin_form, fitting_files
from casefile.supervision.campaign.rows import AskedFile, CampaignPage, Fitting, FormToFill
from casefile.work.names import Permission
from ui.record.around import ONE_COLUMN, TWO_COLUMNS
from ui.shell.context import Context
from ui.supervision.campaign_view import answers_in_words
from ui.supervision.kept_form import KeptForm
from ui.widgets.choice import Around, Choice
from ui.widgets.dialogs import say_done
from ui.widgets.parts import button, card, clear, column, keys, label, readable, row

FITTING = 30
"""Files that fit which are named; how many more is said."""


class CampaignForms(QWidget):
    """One form or answer at a time, over the campaign.

    Signals:
        filled: Something stands here; the campaign makes room.
        emptied: Nothing does any more.
        begun: A campaign has begun (its id).
        file: A file is asked for (its id).
    """

    filled = Signal()
    emptied = Signal()
    begun = Signal(object)
    file = Signal(object)

    def __init__(self, context: Context, wide: Callable[[], int]) -> None:
        """*wide* says how much room there is across, which settles the columns of a form."""
        super().__init__()
        self._context = context
        self._wide = wide
        self.form: KeptForm | None = None
        self.fits = readable("", "quiet")
        self._body = column(self, gap=12)

    def keep(self) -> None:
        """Save at once what was typed."""
        if self.form is not None:
            self.form.keep()

    def begin(self) -> None:
        """Show the form that begins a campaign, as last typed; nothing for who may not begin one."""
        if self._context.may(Permission.SIGN_SUPERVISION):
            self._context.jobs.read(
                self, lambda desk: (desk.read(begin_form), desk.read(officers)),
                lambda found: self._begin(*found), slot="form",
            )  # fmt: skip

    def ask(self, asked: UUID) -> None:
        """Show the form of answers about a file a campaign asks about, as last typed."""
        self._context.jobs.read(
            self, lambda desk: (desk.read(answer_form, asked), desk.read(officers)),
            lambda found: self._answer(*found), slot="form",
        )  # fmt: skip

    def show_answers(self, page: CampaignPage, one: AskedFile, *, may: bool) -> None:
        """Show what was answered about a file; who *may* can put it right."""
        self.keep()
        clear(self._body)
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
        foot.addWidget(button("Open the file", lambda: self.file.emit(one.file_id)))
        if may:
            foot.addWidget(button("Put it right …", lambda: self.ask(one.id)))
        close = button("Close", self.close_all, name="primary", hint="Esc")
        keys(frame, "Esc", self.close_all)
        foot.addWidget(close)
        body.addLayout(foot)
        self._body.addWidget(frame)
        self.filled.emit()
        close.setFocus()

    def close_all(self) -> None:
        """Nothing stands here; back to the campaign."""
        self.form = None
        clear(self._body)
        self.emptied.emit()

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
        line.addWidget(button("See which files fit", lambda: self.ask_fit(form)))
        self._body.addLayout(line)

    def ask_fit(self, form: KeptForm) -> None:
        """Say which files fit what is typed in the form that begins a campaign."""
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
                lambda _: self.close_all(), failed=form.failed,
            )
        )  # fmt: skip
        line = row()
        line.addStretch(1)
        line.addWidget(button("Open the file", lambda: self.file.emit(asked.file_id)))
        self._body.insertLayout(0, line)

    def _write(self, filled: FormToFill, everyone: tuple[OfficerRow, ...], title: str, verb: str) -> KeptForm:
        self.keep()
        clear(self._body)
        self.filled.emit()
        px, wide = self._context.theme.px, self._wide()
        around = Around(
            self._context.today,
            self._context.desk.standards.codes,
            officers=tuple(Choice(str(one.id), one.shown) for one in everyone),
            short=wide < px(TWO_COLUMNS),
            stacked=filled.asked is not None or wide < px(ONE_COLUMN),
        )
        self.form = KeptForm(self._context, filled, around, title, verb)
        self.form.closed.connect(self.close_all)
        self._body.addWidget(self.form)
        self.form.form.begin()
        return self.form

    def _begun(self, begun: Begun) -> None:
        self.begun.emit(begun.id)
        self.close_all()
        hidden = f" {begun.restricted} of them are restricted." if begun.restricted else ""
        say_done(
            self, f"{begun.reference} has begun",
            f"{begun.files} {'file is' if begun.files == 1 else 'files are'} asked about.{hidden} Each waits in My work of its reviewer.",
        )  # fmt: skip
