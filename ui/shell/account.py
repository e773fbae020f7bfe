"""What officers do about their own account: a new password."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casefile.access.actions import change_own_password
from casefile.access.rules import PASSWORD_RULE
from casefile.desk import Desk
from casefile.work.changed import Done
from ui.shell.jobs import Jobs
from ui.widgets.dialogs import Ask, Field, say_done


def ask_password(jobs: Jobs, parent: QWidget) -> None:
    """Ask for the present password and, twice, for the new one."""
    ask = Ask(
        "Change your password",
        "You sign in with the new one from now on. The log says that it was changed, and by whom.",
        (
            Field("old", "Present password", secret=True),
            Field("new", "New password", secret=True, help=PASSWORD_RULE),
            Field("again", "New password again", secret=True),
        ),
        "Change the password",
        parent,
    )

    outbox = jobs.outbox

    def renewed(desk: Desk, old: str, new: str) -> Done[str]:
        done = desk.do(change_own_password, old, new)
        if outbox is not None and not done.result:
            outbox.renew(new)
        return done

    def changed(refused: str) -> None:
        if refused:
            ask.say(refused)
            return
        ask.accept()
        say_done(parent, "Password changed", "Your new password holds from now on.")

    def go(values: dict[str, str]) -> None:
        if values["new"] != values["again"]:
            ask.say("The two new passwords are not the same. Type the new one again.")
            return
        jobs.write(
            ask,
            lambda desk: renewed(desk, values["old"], values["new"]),
            changed,
            failed=ask.say,
        )

    ask.given.connect(go)
    ask.open()
