"""A plan of many moves on paper, to be read and signed before anything moves."""

from __future__ import annotations

import io

from casefile.audit.recipient import recipient_of
from casefile.paper.charts import OVER
from casefile.paper.listed import PrintedList, lay_list
from casefile.paper.model_file import PrintedTable
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint
from casefile.store.counters import next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work
from casefile.workload.allocate.plan import Asked, plan_moves
from casefile.workload.allocate.rows import Balance, Move, Plan
from casefile.workload.rows import count

MARKING = "OFFICIAL-SENSITIVE"
_TITLE = "Proposed moves of files"


@action(needs=Permission.ALLOCATE, logs=Logged.DISCLOSURE)
def print_moves(work: Work, asked: Asked, recipient: str) -> bytes:
    """Print a plan of moves as a numbered copy: what would move, why, and what each officer would carry.

    Raises:
        Invalid: Nobody is named to receive the copy.
    """
    whom = recipient_of(recipient)
    plan = plan_moves(work, asked)
    number = next_number(work.session, "copy/moves")
    work.disclosed_to(whom)
    work.note(copy=number)
    return _printed(work, plan, number)


@query(needs=Permission.ALLOCATE, logs=Logged.CONSULTATION)
def preview_moves(work: Work, asked: Asked) -> bytes:
    """Look at the pages that a plan of moves would have; every page says that it is no copy."""
    return _printed(work, plan_moves(work, asked), None)


def _printed(work: Work, plan: Plan, copy: int | None) -> bytes:
    stream = io.BytesIO()
    imprint = Imprint(MARKING, "Moves", _TITLE, work.actor.name, work.now, copy)
    listed = PrintedList(_TITLE, _about(plan), (_moves(plan), _balances(plan)))
    work.note(pages=lay_list(listed, stream, imprint, work.progress))
    return stream.getvalue()


def _about(plan: Plan) -> tuple[tuple[str, str], ...]:
    found = (
        ("Asked for", plan.asked),
        ("Proposed", f"{count(len(plan.moving), 'file')} would change hands. Nothing has moved."),
        ("How good", plan.said),
        ("Not shown", f"{count(plan.hidden, 'restricted file')} left out" if plan.hidden else ""),
        ("Approved by", "Name, date, signature: ______________________________________________"),
    )
    return tuple((label, words) for label, words in found if words)


def _moves(plan: Plan) -> PrintedTable:
    columns = (
        Column("Reference", 18),
        Column("Points", 10, number=True),
        Column("From", 24),
        Column("To", 24),
        Column("Why", 60),
    )
    rows = (_move(one) for one in plan.moves if not one.stays)
    return PrintedTable("moves", "Files", columns, rows, "No file would change hands.")


def _move(one: Move) -> tuple[str, ...]:
    to = one.to_officer if one.to_id is not None else f"{OVER} nobody"
    return one.reference, str(one.points), one.from_officer or "Nobody", to, one.why


def _balances(plan: Plan) -> PrintedTable:
    columns = (
        Column("Officer", 34),
        Column("Team", 24),
        Column("Files", 16, number=True),
        Column("Points", 20, number=True),
        Column("Capacity", 12, number=True),
        Column("", 24),
    )
    rows = (_balance(one) for one in plan.balances)
    return PrintedTable("officers", "Officers", columns, rows, "Nobody’s load would change.")


def _balance(one: Balance) -> tuple[str, ...]:
    over = f"{OVER} {count(one.over, 'point')} over" if one.over > 0 else ""
    files = f"{one.files_before} → {one.files_after}"
    return one.officer, one.team, files, f"{one.before} → {one.after}", str(one.capacity), over
