"""Asking to whom a file is given and why: the one chosen is offered with what speaks for them; anybody may be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from casefile.access.queries import OfficerRow
from casefile.workload.allocate.decide import decide_allocation
from casefile.workload.allocate.rows import Candidate, Suggestion
from ui.shell.context import Context
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Ask, Field


class AskWho(Ask):
    """The dialog; nothing is given until both are there, and nothing when the suggestion has changed meanwhile."""

    def __init__(
        self,
        context: Context,
        found: Suggestion,
        chosen: Candidate | None,
        everyone: Sequence[OfficerRow],
        over: QWidget,
    ) -> None:
        stands = {one.officer_id: one for one in found.candidates}
        offered = chosen if chosen is not None and not chosen.against else None
        choices = tuple(
            Choice(str(one.id), _called(one, stands.get(one.id)))
            for one in sorted(everyone, key=lambda one: _order(stands.get(one.id)))
            if one.id != found.holder_id and one.role != "administrator"
        )
        now = f"It is with {found.holder} now." if found.holder else "Nobody has it now."
        fields = (
            Field("officer", "Officer", str(offered.officer_id) if offered else "", choices),
            Field(
                "reason",
                "Why",
                f"{offered.why[:1].upper()}{offered.why[1:]}." if offered and offered.why else "",
                prose=True,
                help="It stays with the file, beside what was suggested.",
            ),
        )
        super().__init__(f"Give {found.reference} as {found.role_title.lower()}", now, fields, "Give", over)
        self._context, self._found = context, found
        self.given.connect(self._decide)

    def _decide(self, values: dict[str, str]) -> None:
        found = self._found
        if not values["officer"]:
            self.say("Choose an officer.")
            return
        self._context.jobs.write(
            self,
            lambda desk: desk.do(
                decide_allocation,
                found.file_id,
                found.role,
                UUID(values["officer"]),
                values["reason"],
                found.digest,
            ),
            lambda _: self.accept(),
            failed=self.say,
        )


def _order(one: Candidate | None) -> tuple[int, int]:
    if one is None:
        return (2, 0)
    return (0, one.place) if one.place is not None else (1, 0)


def _called(one: OfficerRow, candidate: Candidate | None) -> str:
    if candidate is None:
        return f"{one.shown} ({one.role_title})"
    if candidate.place is None:
        return f"{one.shown} (not suggested)"
    return f"{one.shown} ({candidate.stands})"
