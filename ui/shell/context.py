"""What a room is handed when its page is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from casefile.desk import Desk
from casefile.opening import OpenStore
from casefile.work.names import Permission
from ui.shell.jobs import Jobs
from ui.shell.settings import Settings
from ui.theme.theme import Theme

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Context:
    """The desk (for its clock, standards and officer; never asked on the UI thread), jobs, look, settings, store."""

    desk: Desk
    jobs: Jobs
    theme: Theme
    settings: Settings
    opened: OpenStore

    @property
    def today(self) -> date:
        """The date in London."""
        return self.desk.now().astimezone(LONDON).date()

    def may(self, permission: Permission) -> bool:
        """Whether the officer's role allows it; the desk asks again."""
        return self.desk.actor.may(permission)
