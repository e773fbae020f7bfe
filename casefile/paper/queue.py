"""A sergeant's review queue on paper: every file that waits, the most dangerous first, and why in words."""

from __future__ import annotations

from collections.abc import Iterator

from casefile.paper.model_file import PrintedTable
from casefile.paper.report import PrintedReport, printed
from casefile.paper.rows import Column
from casefile.record.dates import long_date, short_date
from casefile.supervision.queue import QueueFilter, QueueRow, default_whose, review_queue
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

AT_ONCE = 500
"""Rows of the queue read at once."""
_WHOSE = {"mine": "Files supervised by", "told": "Files gone up to", "all": "Every file, for"}
_COLUMNS = (
    Column("File", 19),
    Column("Risk and plan", 15),
    Column("Why it is here", 42),
    Column("Review due", 19),
    Column("Officer", 17),
)


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_queue(work: Work, wanted: QueueFilter | None, recipient: str) -> bytes:
    """Print the review queue under a filter, as a numbered copy."""
    return printed(work, _report(work, wanted), f"queue/{work.officer_id}", recipient)


@query(needs=Permission.SIGN_SUPERVISION, logs=Logged.CONSULTATION)
def preview_queue(work: Work, wanted: QueueFilter | None = None) -> bytes:
    """Look at the pages that the review queue would have; every page says that it is no copy."""
    return printed(work, _report(work, wanted), None)


def _report(work: Work, wanted: QueueFilter | None) -> PrintedReport:
    chosen = wanted or QueueFilter(default_whose(work.actor.role))
    rows = list(_all(work, chosen))
    danger = sum(one.severity == "danger" for one in rows)
    late = sum(one.days_late > 0 for one in rows)
    about = (
        (_WHOSE[chosen.whose], work.actor.name),
        ("On", long_date(work.today)),
        *_chosen(work, chosen),
        ("Files", f"{len(rows)}, {danger} in danger, {late} with the review late"),
    )
    table = PrintedTable("queue", "The queue", _COLUMNS, (_row(work, one) for one in rows), "No file waits.")
    return PrintedReport(work.actor.name, "Review queue", about, (), (table,))


def _all(work: Work, chosen: QueueFilter) -> Iterator[QueueRow]:
    place = 0
    while True:
        page = review_queue(work, chosen, offset=place, limit=AT_ONCE)
        yield from page.rows
        place += len(page.rows)
        if not page.rows or place >= page.total:
            return


def _chosen(work: Work, chosen: QueueFilter) -> Iterator[tuple[str, str]]:
    """What the queue is narrowed to, in words."""
    if chosen.alarm:
        yield "Only with", work.standards.alarms[chosen.alarm].title
    if chosen.risk:
        yield "Only at risk", work.standards.codes("risk_level").label(chosen.risk)
    if chosen.plan is not None:
        yield "Only", "on a plan" if chosen.plan else "without a plan"
    if chosen.officer_id:
        yield "Only of", "one officer"
    if chosen.text:
        yield "Only with the words", chosen.text


def _row(work: Work, one: QueueRow) -> tuple[str, ...]:
    codes = work.standards.codes
    risk = codes("risk_level").label(one.risk_level) if one.risk_level else "Not assessed"
    plan = f"\nPlan: {codes('abuse_category').label(one.plan_category).lower()}" if one.plan_category else ""
    children = f"{one.children} {'child' if one.children == 1 else 'children'}"
    due = short_date(one.review_due) or "Not fixed"
    days = "day" if one.days_late == 1 else "days"
    late = f"\n{one.days_late} {days} late" if one.days_late else ""
    last = f"\nLast {short_date(one.last_review_on)}" if one.last_review_on else "\nNever reviewed"
    return (
        f"{one.family_name.upper() or 'Not named'}\n{one.reference}\n{children}",
        f"{risk}{plan}",
        f"{'▲ ' if one.severity == 'danger' else ''}{one.why}",
        f"{due}{late}{last}",
        f"{one.officer or 'No officer'}\n{one.supervisor or 'No supervisor'}",
    )
