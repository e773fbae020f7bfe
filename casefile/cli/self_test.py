"""The installed program tests itself: what a bundle may lack is looked for, in a folder that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from casefile import doctor, opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.access.queries import officers
from casefile.desk import Desk
from casefile.errors import CasefileError, Damaged
from casefile.exchange.calendars import read_calendar, write_calendar
from casefile.exchange.readers import read_whole
from casefile.sample.told import SAMPLES, families
from casefile.standards import library

_PASSPHRASE = "correct kettle of otters"  # noqa: S105 (of a store that lives for a second)
_PASSWORD = "a kettle for otters"  # noqa: S105
_EVERY_MONDAY = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Trial//EN
BEGIN:VEVENT
UID:trial
DTSTAMP:20260101T000000Z
SUMMARY:Core group
DTSTART;TZID=Europe/London:20260302T100000
DTEND;TZID=Europe/London:20260302T110000
RRULE:FREQ=WEEKLY
END:VEVENT
END:VCALENDAR
"""


@dataclass(frozen=True, slots=True)
class _Trial:
    """Where the checks work."""

    folder: Path


def results() -> Iterator[tuple[str, str | None]]:
    """Each check by name, and what is wrong, or None."""
    with tempfile.TemporaryDirectory(prefix="casefile-self-test-") as folder:
        trial = _Trial(Path(folder))
        for what, check in CHECKS.items():
            try:
                check(trial)
            except CasefileError as error:
                yield what, str(error)
            except Exception as error:  # noqa: BLE001 (whatever a bundle may lack shows here)
                yield what, f"{type(error).__name__}: {error}"
            else:
                yield what, None


def _parts(_: _Trial) -> None:
    for finding in doctor.machine():
        if not finding.sound:
            raise Damaged(f"{finding.what} {finding.says}.")


def _standards(_: _Trial) -> None:
    if not library().standard(date(2024, 1, 1)).title:
        raise Damaged("No standard is in force in 2024.")


def _samples(_: _Trial) -> None:
    if not families():
        raise Damaged("No invented family is there to train on.")


def _documents(_: _Trial) -> None:
    for path in sorted(SAMPLES.joinpath("documents").iterdir()):
        for part in read_whole(path.name, path.read_bytes()):
            if not part.reading.text or part.reading.warnings:
                raise Damaged(f"{part.name} of the samples was not read. {' '.join(part.reading.warnings)}")


def _calendars(_: _Trial) -> None:
    read = read_calendar(_EVERY_MONDAY, date(2026, 3, 23), date(2026, 3, 30))
    if [one.starts.isoformat() for one in read.events] != [
        "2026-03-23T10:00:00+00:00",
        "2026-03-30T10:00:00+01:00",
    ]:
        raise Damaged("A meeting on every Monday was not worked out across the change of the clocks.")
    if b"SUMMARY:Core group" not in write_calendar(
        read.events, "Trial", made_at=datetime(2026, 1, 1, tzinfo=UTC)
    ):
        raise Damaged("A calendar was written without its events.")


def _store(trial: _Trial) -> None:
    folder = trial.folder / "store"
    opened = opening.create(folder, _PASSPHRASE, keychain=False)
    try:
        opened.first_administrator("Trial", _PASSWORD)
        opened.desk.do(add_officer, NewOfficer("Ash", "researcher", _PASSWORD))
        opened.backup(trial.folder / "copy")
    finally:
        opened.close()
    again = opening.restore(trial.folder / "copy", trial.folder / "back", _PASSPHRASE, _as_trial)
    try:
        if len(again.desk.read(officers)) != 2:
            raise Damaged("The copy does not hold what the store held.")
        if not again.desk.verify_log().intact:
            raise Damaged("The log of the copy is not intact.")
    finally:
        again.close()
        opening.heads_of(again.store_id).unlink(missing_ok=True)


def _as_trial(desk: Desk) -> None:
    desk.sign_in("Trial", _PASSWORD)


CHECKS: dict[str, Callable[[_Trial], None]] = {
    "Every part is there": _parts,
    "The standards load": _standards,
    "The invented families are there": _samples,
    "Documents are read": _documents,
    "Calendars are read and written": _calendars,
    "A store is made, used, copied, brought back, and its log proven": _store,
}
