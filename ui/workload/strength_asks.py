"""What is asked about a scenario of planned strength: a copy, counting, teams, adoption, throwing away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from casefile.desk import Desk
from casefile.work.changed import Done
from casefile.workload.strength.actions import (
    add_planned_team,
    adopt_scenario,
    copy_scenario,
    count_volumes,
    drop_scenario,
    remove_planned_team,
)
from casefile.workload.strength.rows import ScenarioPage
from ui.shell.context import Context
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Ask, Field


@dataclass(slots=True)
class Held:
    """The scenario in view and the revision that is being changed; the write lane moves it on."""

    which: str = ""
    revision: int = 0


class StrengthAsks(QObject):
    """The dialogs.

    Attributes:
        page: The scenario in view, once it is read.

    Signals:
        copied: A copy was made; carries its identity.
    """

    copied = Signal(str)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._over = context, page
        self.held = Held()
        self.page: ScenarioPage | None = None

    @property
    def name(self) -> str:
        """What the scenario in view is called."""
        return self.page.row.name if self.page is not None else ""

    def copy(self) -> None:
        """Ask under which name the scenario is copied."""
        which = self.held.which
        ask = Ask(
            f"Copy {self.name}",
            "Change the copy; the original stays as it is.",
            (Field("name", "Name of the copy"),),
            "Copy",
            self._over,
        )

        def made(identity: object) -> None:
            ask.accept()
            self.copied.emit(str(identity))

        ask.given.connect(
            lambda values: self._context.jobs.write(
                ask, lambda desk: desk.do(copy_scenario, which, values["name"]), made, failed=ask.say
            )
        )
        ask.open()

    def count(self) -> None:
        """Say what counting does, and count."""
        self._ask(
            "Count from the record",
            "A year’s referrals, conferences, enquiries and the rest, up to today, by the team of whoever has each "
            "file today; restricted files are counted too. Volumes typed before are replaced.",
            (),
            "Count",
            lambda desk, held, _: desk.do(count_volumes, held.which, None, held.revision),
        )

    def teams(self) -> None:
        """Add a team, or take one out."""
        held = self.page.assumed.teams if self.page is not None else ()
        teams = tuple(Choice(one.name, one.name) for one in held)

        def go(desk: Desk, held: Held, values: dict[str, str]) -> Done[Any]:
            if values.get("gone"):
                return desk.do(remove_planned_team, held.which, values["gone"], held.revision)
            return desk.do(add_planned_team, held.which, values["name"], held.revision)

        fields = (Field("name", "Add a team"),)
        more = (Field("gone", "Or take one out", choices=teams),) if teams else ()
        self._ask("Teams of the scenario", "One at a time.", fields + more, "Change", go)

    def adopt(self) -> None:
        """Ask why, and adopt the scenario."""
        self._ask(
            f"Adopt {self.name}",
            "It becomes the planned strength in force and is never changed again; a copy can be.",
            (Field("reason", "Why, by which decision", prose=True),),
            "Adopt",
            lambda desk, held, values: desk.do(adopt_scenario, held.which, values["reason"], held.revision),
        )

    def drop(self) -> None:
        """Ask, and throw the scenario away."""
        self._ask(
            f"Throw away {self.name}",
            "It was never adopted. Its figures are gone for good.",
            (),
            "Throw it away",
            lambda desk, held, _: desk.do(drop_scenario, held.which, held.revision),
        )

    def _ask(
        self,
        title: str,
        about: str,
        fields: tuple[Field, ...],
        verb: str,
        go: Callable[[Desk, Held, dict[str, str]], Done[Any]],
    ) -> None:
        held = self.held
        ask = Ask(title, about, fields, verb, self._over)
        ask.given.connect(
            lambda values: self._context.jobs.write(
                ask, lambda desk: go(desk, held, values), lambda _: ask.accept(), failed=ask.say
            )
        )
        ask.open()
