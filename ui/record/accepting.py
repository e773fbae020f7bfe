"""Accepting an alarm until a day, from wherever it is read."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from casefile.alarms.actions import accept_alarm
from casefile.alarms.queries import AlarmRow
from casefile.record.dates import long_date
from ui.shell.context import Context
from ui.widgets.dialogs import Ask, Field

ACCEPTED_FOR = timedelta(days=14)


def ask_accept(context: Context, alarm: AlarmRow, parent: QWidget) -> None:
    """Ask until when an alarm may stand, and why; it is silent until then and comes back if it is still true."""
    until = long_date(context.today + ACCEPTED_FOR)
    fields = (Field("until_on", "Until", value=until), Field("reason", "Why it may stand", prose=True))
    about = f"{alarm.because} It comes back after that day if it is still true."
    ask = Ask(alarm.title, about, fields, "Accept", parent)
    file_id, key, which = alarm.file_id, alarm.key, alarm.about
    ask.given.connect(
        lambda values: context.jobs.write(
            ask,
            lambda desk: desk.do(accept_alarm, file_id, key, which, values["until_on"], values["reason"]),
            lambda _: ask.accept(),
            failed=ask.say,
        )
    )
    ask.open()
