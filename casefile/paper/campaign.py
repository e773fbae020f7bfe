"""The result of a re-review campaign on paper: how far it is, the answers counted, and every answer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from uuid import UUID

from casefile.audit.recipient import recipient_of
from casefile.paper.listed import PrintedList, lay_list
from casefile.paper.model_file import PrintedTable
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint
from casefile.record.dates import long_date, short_date
from casefile.store.counters import next_number
from casefile.supervision.campaign.forms import COMMENT
from casefile.supervision.campaign.queries import campaign
from casefile.supervision.campaign.rows import AskedFile, CampaignPage
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

MARKING = "OFFICIAL-SENSITIVE"
_CODES = ("yes", "partial", "no", "not_applicable")


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_campaign(work: Work, which: UUID | str, recipient: str) -> bytes:
    """Print a campaign with its answers, as far as the officer may see its files, as a numbered copy.

    Raises:
        Invalid: Nobody is named to receive the copy.
    """
    whom = recipient_of(recipient)
    page = campaign(work, which)
    number = next_number(work.session, f"copy/campaign/{page.row.id}")
    work.disclosed_to(whom)
    work.note(copy=number)
    return _printed(work, page, number)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_campaign(work: Work, which: UUID | str) -> bytes:
    """Look at the pages that a campaign would have; every page says that it is no copy."""
    return _printed(work, campaign(work, which), None)


def _printed(work: Work, page: CampaignPage, copy: int | None) -> bytes:
    stream = io.BytesIO()
    imprint = Imprint(MARKING, page.row.reference, page.row.title, work.actor.name, work.now, copy)
    tables = (_shares(page), _tallies(page), *_answers(work, page))
    listed = PrintedList("Re-review campaign", _about(work, page), tables)
    work.note(pages=lay_list(listed, stream, imprint, work.progress))
    return stream.getvalue()


def _about(work: Work, page: CampaignPage) -> tuple[tuple[str, str], ...]:
    row = page.row
    are = "restricted file is" if row.restricted == 1 else "restricted files are"
    hidden = f"{row.restricted} {are} asked about too and not shown to {work.actor.name}."
    found = (
        ("Title", row.title),
        ("Occasion", row.occasion),
        ("Why", page.why),
        ("Begun", f"{long_date(row.begun_on)} by {row.begun_by}"),
        ("To be answered by", long_date(row.due_on)),
        ("Who reviews", page.reviewers),
        ("Files", "; ".join(f"{label}: {words}" for label, words in page.criteria) or "Every open file"),
        ("Answered", f"{row.answered} of {row.files}"),
        ("Not shown", hidden if row.restricted else ""),
        ("Ended", f"{long_date(row.ended_on)} by {page.ended_by}" if row.ended_on else ""),
        ("Found", page.findings),
    )
    return tuple((label, words) for label, words in found if words)


def _shares(page: CampaignPage) -> PrintedTable:
    columns = (
        Column("Reviewer", 40),
        Column("Answered", 14, number=True),
        Column("Outstanding", 14, number=True),
        Column("Late", 10, number=True),
    )
    rows = ((one.reviewer, str(one.answered), str(one.outstanding), str(one.late)) for one in page.shares)
    return PrintedTable("shares", "How far it is", columns, rows, "No file may be shown.")


def _tallies(page: CampaignPage) -> PrintedTable:
    columns = (
        Column("Question", 44),
        Column("Yes", 8, number=True),
        Column("Partial", 9, number=True),
        Column("No", 8, number=True),
        Column("Not applicable", 14, number=True),
        Column("In words", 10, number=True),
    )
    rows = (
        (
            one.question.words,
            *("" if one.question.in_words else str(one.counts.get(code, 0)) for code in _CODES),
            str(one.counts.get("text", 0)) if one.question.in_words else "",
        )
        for one in page.tallies
    )
    return PrintedTable("tallies", "Answers counted", columns, rows)


def _answers(work: Work, page: CampaignPage) -> Iterator[PrintedTable]:
    """The files still to be answered, then each file answered with its answers."""
    outstanding = [one for one in page.files if one.state != "answered"]
    columns = (Column("Reference", 16), Column("Family", 26), Column("Reviewer", 30), Column("State", 14))
    rows = (
        (one.reference, one.family_name or "Not named", one.reviewer, one.state.capitalize())
        for one in outstanding
    )
    yield PrintedTable("outstanding", "Not answered", columns, rows, "Every file is answered.")
    said = (Column("Question", 38), Column("Answer", 14), Column("In words", 48))
    for one in page.files:
        if one.state == "answered":
            family = f", {one.family_name} family" if one.family_name else ""
            head = f"{one.reference}{family}: {one.answered_by}, {short_date(one.answered_on)}"
            yield PrintedTable(f"file-{one.id}", head, said, _said(work, page, one))


def _said(work: Work, page: CampaignPage, one: AskedFile) -> Iterator[tuple[str, ...]]:
    label = work.standards.codes("campaign_answer").label
    for question in page.questions:
        given = str(one.answers.get(question.key) or "")
        if question.in_words:
            yield question.words, "", given
        else:
            comment = str(one.answers.get(f"{question.key}{COMMENT}") or "")
            yield question.words, label(given) if given else "", comment
    if one.reason:
        yield "Put right", "", one.reason
