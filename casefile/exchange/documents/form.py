"""From proposed minutes to the state of the minutes form that a person confirms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from casefile.exchange.minutes import ProposedMinutes, StatedDate
from casefile.exchange.minutes.who import surname
from casefile.sections.values import DOUBTS


def form_of(
    proposed: ProposedMinutes, document_id: UUID, received_on: date, officers: Mapping[str, UUID]
) -> dict[str, Any]:
    """The state of a minutes form: what the document says, its impossible dates kept as stated.

    Args:
        officers: Officers by surname in small letters, those only whose surname one officer bears; an
            action that police owe to such a name is given to them.
    """
    doubts: dict[str, dict[str, str]] = {}
    state: dict[str, Any] = {
        "kind": proposed.kind,
        "chair": proposed.chair,
        "received_on": received_on.isoformat(),
        "document_id": str(document_id),
        "checked": "not_checked",
        "said": "\n".join((*proposed.decisions, *proposed.next_dates)),
        "attendees": [
            {"name": one.name, "role": one.role, "agency": one.agency, "attendance": one.attendance}
            for one in proposed.attendees
        ],
    }
    _date(state, doubts, "happened_on", "happened_on", proposed.held)
    if proposed.held_at is not None:
        state["happened_at"] = proposed.held_at.strftime("%H:%M")
    actions: list[dict[str, Any]] = []
    for place, one in enumerate(proposed.actions):
        row: dict[str, Any] = {"what": one.what, "owner": one.owner, "owed_by": one.agency}
        _date(row, doubts, "due_on", f"actions.{place}.due_on", one.due)
        if one.agency == "police" and (officer := officers.get(surname(one.owner))):
            row["officer_id"] = str(officer)
        actions.append({key: value for key, value in row.items() if value})
    state["actions"] = actions
    kept = {key: value for key, value in state.items() if value not in ("", [], None)}
    return kept | ({DOUBTS: doubts} if doubts else {})


def _date(
    state: dict[str, Any],
    doubts: dict[str, dict[str, str]],
    key: str,
    path: str,
    stated: StatedDate | None,
) -> None:
    if stated is None:
        return
    if stated.day is not None:
        state[key] = stated.day.isoformat()
    if stated.why:
        doubts[path] = {"stated": stated.stated, "why": stated.why}
