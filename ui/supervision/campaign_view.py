"""One campaign: how far it is, the answers counted, and its files, those still to be answered first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile.record.dates import long_date, short_date
from casefile.standards import CodeList
from casefile.supervision.campaign.forms import COMMENT
from casefile.supervision.campaign.rows import AskedFile, CampaignPage, Tally
from casefile.work.names import Permission
from ui.record.around import ONE_COLUMN
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.flow import Beside
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import button, card, clear, column, label, readable

_ORDER = ("yes", "partial", "no", "not_applicable")


class CampaignView(QWidget):
    """The campaign as read.

    Signals:
        chosen: A file was opened, to be answered or read; carries its row.
        printing, ending: The campaign is to be printed, or ended.
    """

    chosen = Signal(object)
    printing = Signal()
    ending = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.page: CampaignPage | None = None
        body = column(self, gap=12)
        self._top = column(gap=10)
        body.addLayout(self._top)
        self.files = ItemList(context.theme, "Files of this campaign")
        self.files.opened.connect(self._open)
        body.addWidget(self.files)
        body.addStretch(1)

    def show_page(self, page: CampaignPage) -> None:
        """Show a campaign."""
        self.page = page
        clear(self._top)
        self._head(page)
        self._top.addWidget(self._about(page))
        self._top.addWidget(self._progress(page))
        self.files.show_items(self._items(page))
        self.files.keep_whole()
        self.files.setVisible(bool(page.files))

    def _open(self, row: AskedFile | None) -> None:
        if row is not None:
            self.chosen.emit(row)

    def _head(self, page: CampaignPage) -> None:
        row = page.row
        head = QWidget()
        lines = column(head, gap=2)
        lines.addWidget(label(row.title, "section-title", wrap=True))
        words = f"{row.reference} · {row.occasion} · begun {long_date(row.begun_on)} by {row.begun_by}"
        lines.addWidget(label(words, "quiet", wrap=True))
        line = Beside(head, stacked=self.width() < self._context.theme.px(ONE_COLUMN))
        line.add(campaign_chip(page))
        if self._context.may(Permission.DISCLOSE):
            line.add(button("Print …", self.printing.emit))
        if self._context.may(Permission.SIGN_SUPERVISION) and row.ended_on is None:
            line.add(button("End it …", self.ending.emit))
        self._top.addLayout(line)

    def _about(self, page: CampaignPage) -> QWidget:
        frame = card()
        body = column(frame, margins=12, gap=6)
        chosen = "; ".join(f"{name}: {words}" for name, words in page.criteria) or "Every open file"
        for name, words in (
            ("Why", page.why),
            ("Files", chosen),
            ("Reviewed by", page.reviewers),
            ("Found", page.findings),
        ):
            if words:
                body.addWidget(readable(f"{name}: {words}"))
        if hidden := page.row.restricted:
            are = "file is" if hidden == 1 else "files are"
            body.addWidget(
                readable(f"{hidden} restricted {are} asked about too and not shown to you.", "quiet")
            )
        return frame

    def _progress(self, page: CampaignPage) -> QWidget:
        frame = card()
        body = column(frame, margins=12, gap=6)
        row = page.row
        body.addWidget(label(f"Answered  {row.answered} of {row.files}", "strong"))
        for one in page.shares:
            late = f", {one.late} late" if one.late else ""
            body.addWidget(
                readable(f"{one.reviewer}: {one.answered} answered, {one.outstanding} outstanding{late}")
            )
        codes = self._context.desk.standards.codes("campaign_answer")
        for tally in page.tallies:
            body.addWidget(label(tally.question.words, "strong", wrap=True))
            body.addWidget(readable(_counted(tally, codes), "quiet"))
        return frame

    def _items(self, page: CampaignPage) -> list[Item]:
        found: list[Item] = []
        for title, files in (
            ("Still to be answered", [one for one in page.files if one.state != "answered"]),
            ("Answered", [one for one in page.files if one.state == "answered"]),
        ):
            if files:
                found.append(Item(f"{title} ({len(files)})", heading=True))
                found += [file_item(one) for one in files]
        return found


def campaign_chip(page: CampaignPage) -> Chip:
    """How a campaign stands."""
    row = page.row
    if row.ended_on is not None:
        return Chip(f"ended {short_date(row.ended_on)}", "plain", shape=False)
    if row.answered == row.files and row.files:
        return Chip("every file answered", "done")
    return Chip(f"by {short_date(row.due_on)}", "late" if row.late else "due")


def file_item(one: AskedFile) -> Item:
    """A file of a campaign: whose it is to answer, and whether it is."""
    family = one.family_name.upper() if one.family_name else "Family not named"
    if one.state == "answered":
        why, mark, tone = f"Answered by {one.answered_by}", short_date(one.answered_on), "done"
    else:
        why, mark, tone = (
            f"To be answered by {one.reviewer}",
            one.state,
            "late" if one.state == "late" else "due",
        )
    return Item(f"{family}  {one.reference}", why, mark, tone, one)


def answers_in_words(page: CampaignPage, one: AskedFile, codes: CodeList) -> list[tuple[str, str]]:
    """The answers about a file: question and words."""
    found: list[tuple[str, str]] = []
    for question in page.questions:
        given = str(one.answers.get(question.key) or "")
        words = given if question.in_words else codes.label(given) if given else ""
        comment = str(one.answers.get(f"{question.key}{COMMENT}") or "")
        found.append((question.words, ". ".join(part for part in (words, comment) if part)))
    return found


def _counted(tally: Tally, codes: CodeList) -> str:
    if tally.question.in_words:
        number = tally.counts.get("text", 0)
        return f"{number} answered in words"
    counted = [f"{codes.label(code)} {tally.counts[code]}" for code in _ORDER if tally.counts.get(code)]
    return " · ".join(counted) or "No answer yet"
