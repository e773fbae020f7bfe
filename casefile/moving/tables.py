"""Every table of the record, whichever rooms this program has opened so far."""

from __future__ import annotations

import importlib

from sqlalchemy import Table, inspect

from casefile.errors import Bug
from casefile.store.base import Base
from casefile.store.engine import Store
from casefile.store.transfer.rows import carried, passing
from casefile.store.words import SHADOWS

MODULES = (
    "casefile.access.model",
    "casefile.access.staff",
    "casefile.access.visibility",
    "casefile.alarms.model",
    "casefile.audit.model",
    "casefile.diary.model",
    "casefile.record.allocating",
    "casefile.record.handover",
    "casefile.record.kept",
    "casefile.record.looks",
    "casefile.record.matches",
    "casefile.record.model",
    "casefile.record.people",
    "casefile.record.persons",
    "casefile.record.presence",
    "casefile.record.remark_rows",
    "casefile.record.restricted",
    "casefile.record.weight",
    "casefile.record.worded",
    "casefile.sections",
    "casefile.store.model",
    "casefile.supervision.campaign.model",
    "casefile.workload.strength.model",
)
"""Where tables are declared; a test holds it against the whole program, and a move against the store itself."""
SET_UP = frozenset({"alembic_version"})
"""Tables that setting a store up fills."""


def tables() -> tuple[Table, ...]:
    """Every table whose rows are carried, each after those it points to."""
    for module in MODULES:
        importlib.import_module(module)
    return carried(Base.metadata)


def check_known(store: Store) -> None:
    """Refuse to move a store of which this program would leave a table behind."""
    known = {one.name for one in (*tables(), *passing(Base.metadata))} | {"log_head"} | SET_UP | SHADOWS
    with store.reading() as session:
        found = set(inspect(session.connection()).get_table_names())
    if left := sorted(found - known):
        raise Bug(f"The store holds tables that a move does not know: {', '.join(left)}.")
