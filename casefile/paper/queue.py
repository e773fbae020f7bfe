"""A supervisor's review queue on paper."""

from __future__ import annotations

import io
from uuid import UUID

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.paper.listed import PrintedList, lay_list
from casefile.paper.model_file import PrintedTable
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint
from casefile.record.dates import long_date, short_date
from casefile.store.counters import next_number
from casefile.supervision.queue import QueueFilter, QueuePage, QueueRow, default_whose, review_queue
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

MOST = 5_000
"""Files on one printed queue; nobody reviews from a longer list."""
MARKING = "OFFICIAL-SENSITIVE"


@action(needs=Permission.SIGN_SUPERVISION, logs=Logged.DISCLOSURE)
def print_queue(work: Work, wanted: QueueFilter | None = None, recipient: str = "the supervisor") -> bytes:
    """Print the review queue as it stands, as a numbered copy; every file on it is named in the log."""
    chosen = wanted or QueueFilter(default_whose(work.actor.role))
    page = review_queue(work, chosen, limit=MOST)
    number = next_number(work.session, "copy/queue")
    stream = io.BytesIO()
    imprint = Imprint(MARKING, "Review queue", long_date(work.today), work.actor.name, work.now, number)
    pages = lay_list(_printed(page, work, chosen), stream, imprint, work.progress)
    work.disclosed_to(recipient.strip() or "the supervisor")
    work.note(copy=number, pages=pages, found=page.total)
    return stream.getvalue()


def _printed(page: QueuePage, work: Work, chosen: QueueFilter) -> PrintedList:
    left = f"; the first {len(page.rows):,} are printed" if len(page.rows) < page.total else ""
    about = (
        ("As of", long_date(work.today)),
        ("Queue", _whose(work, chosen)),
        *_asked(work, chosen),
        ("Files", f"{page.total:,}, {page.danger:,} in danger{left}"),
        ("Order", "Danger before lateness; then risk; then what has stood longest"),
    )
    columns = (
        Column("File", 24),
        Column("Why it is here", 52),
        Column("Review due", 12),
        Column("Officer", 12),
    )
    rows = tuple(_line(one) for one in page.rows)
    return PrintedList(
        "Review queue", about, (PrintedTable("queue", "Files", columns, rows, "No file waits."),)
    )


def _whose(work: Work, chosen: QueueFilter) -> str:
    """Whose queue it is: a page that leaves the desk must say what it leaves out."""
    if chosen.whose == "mine":
        return f"Files that {_officer(work, work.officer_id)} supervises"
    if chosen.whose == "told" and default_whose(work.actor.role) == "told":
        return "Files with an alarm that has gone up to this rank, or whose review by it is due"
    return "Every file"


def _asked(work: Work, chosen: QueueFilter) -> tuple[tuple[str, str], ...]:
    """What the queue was narrowed to, a line each; none where it was not."""
    risk = work.standards.codes("risk_level").label
    alarm = work.standards.alarms.get(chosen.alarm or "")
    plan = {True: "With a child protection plan", False: "Without a child protection plan", None: ""}
    told = (
        ("Only officer", _officer(work, chosen.officer_id) if chosen.officer_id else ""),
        ("Only alarm", alarm.title if alarm else chosen.alarm or ""),
        ("Only risk", risk(chosen.risk) if chosen.risk else ""),
        ("Only plan", plan[chosen.plan]),
        ("Only words", chosen.text),
    )
    return tuple((name, words) for name, words in told if words)


def _officer(work: Work, officer_id: UUID) -> str:
    """An officer as shown."""
    one = work.session.get(Officer, officer_id)
    return shown(one.name, one.role, one.number) if one else "an officer not known here"


def _line(one: QueueRow) -> tuple[str, ...]:
    mark = {"danger": "▲ ", "late": "◆ "}.get(one.severity, "")
    due = short_date(one.review_due) if one.review_due else "–"
    late = f"{due}, {one.days_late} late" if one.days_late else due
    return (
        f"{mark}{one.family_name.upper() or 'Not named'} {one.reference}",
        one.why,
        late,
        one.officer or "nobody",
    )
