"""A supervisor's review queue on paper."""

from __future__ import annotations

import io

from casefile.paper.listed import PrintedList, lay_list
from casefile.paper.model_file import PrintedTable
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint
from casefile.record.dates import long_date, short_date
from casefile.store.counters import next_number
from casefile.supervision.queue import QueueFilter, QueuePage, QueueRow, review_queue
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

MOST = 5_000
"""Files on one printed queue; nobody reviews from a longer list."""
MARKING = "OFFICIAL-SENSITIVE"


@action(needs=Permission.SIGN_SUPERVISION, logs=Logged.DISCLOSURE)
def print_queue(work: Work, wanted: QueueFilter | None = None, recipient: str = "the supervisor") -> bytes:
    """Print the review queue as it stands, as a numbered copy; every file on it is named in the log."""
    page = review_queue(work, wanted, limit=MOST)
    number = next_number(work.session, "copy/queue")
    stream = io.BytesIO()
    imprint = Imprint(MARKING, "Review queue", long_date(work.today), work.actor.name, work.now, number)
    pages = lay_list(_printed(page, work), stream, imprint, work.progress)
    work.disclosed_to(recipient.strip() or "the supervisor")
    work.note(copy=number, pages=pages, found=page.total)
    return stream.getvalue()


def _printed(page: QueuePage, work: Work) -> PrintedList:
    left = f"; the first {len(page.rows):,} are printed" if len(page.rows) < page.total else ""
    about = (
        ("As of", long_date(work.today)),
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
