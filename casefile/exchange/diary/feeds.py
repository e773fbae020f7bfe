"""Calendar files that are kept up to date: written anew only when what they hold has changed.

A feed belongs to an officer and to one computer. Writing it is a disclosure each time; asking whether it must be
written hands nothing over and leaves no row in the log.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast
from uuid import UUID

from sqlalchemy import select

from casefile.diary.model import DiaryFeed
from casefile.diary.queries import read_diary
from casefile.diary.rows import Diary, Wanted, Whose
from casefile.errors import Fault, Invalid, Missing, Refused, Unavailable
from casefile.exchange.calendars import Event, write_calendar
from casefile.exchange.diary.give_out import events_of
from casefile.work.door import action, query
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work

BACK, AHEAD = 31, 366
"""Calendar days before and after today that a feed holds."""
MOST = 5
"""Feeds of one officer."""
RECIPIENT = "the officer’s own calendar file"


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as it stands; ``written_at`` None when it was not written yet."""

    id: UUID
    machine: str
    path: str
    whose: str
    team: str
    written_at: datetime | None


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def begin_feed(work: Work, machine: str, path: str, whose: Whose = "me", team: str = "") -> FeedRow:
    """Begin to keep a calendar file up to date: references and kinds only, at a place the officer chooses.

    Raises:
        Invalid: The place is no .ics with a full path, the diary is one file's, or there are too many already.
    """
    faults: list[Fault] = []
    if not path.lower().endswith(".ics") or not (Path(path).is_absolute()):
        faults.append(Fault("path", "Choose a file that ends in .ics, with its folder."))
    if whose not in ("me", "team"):
        faults.append(Fault("whose", "Only one’s own diary or a team’s is kept up to date."))
    held = _held(work)
    same = next((one for one in held if (one.machine, one.path) == (machine, path)), None)
    if same is None and len(held) >= MOST:
        faults.append(Fault("path", f"{MOST} calendar files are kept up to date already; end one first."))
    if faults:
        raise Invalid(faults, kept="No calendar file was begun.")
    feed = same or DiaryFeed(officer_id=work.officer_id, machine=machine, path=path, begun_at=work.now)
    feed.whose, feed.team, feed.digest = whose, team, ""
    work.session.add(feed)
    work.session.flush()
    _read(work, feed)
    work.disclosed_to(RECIPIENT)
    work.note(whose=whose)
    work.touch(Kind.SETTING)
    return _row(feed)


@action(needs=Permission.OWN_ACCOUNT, logs=Logged.ADMINISTRATION)
def end_feed(work: Work, feed_id: UUID) -> FeedRow:
    """End a calendar file: it is written no more. Taking the file itself away is for who holds the disk."""
    feed = _own(work, feed_id)
    row = _row(feed)
    work.session.delete(feed)
    work.touch(Kind.SETTING)
    return row


@query(needs=Permission.OWN_ACCOUNT, logs=Logged.NOT_PERSONAL)
def feeds(work: Work) -> tuple[FeedRow, ...]:
    """List the calendar files one keeps up to date."""
    return tuple(_row(one) for one in _held(work))


@query(needs=Permission.DISCLOSE, logs=Logged.NOT_PERSONAL)
def feed_is_due(work: Work, feed_id: UUID) -> bool:
    """Whether a calendar file no longer holds what it should; a yes or no only."""
    feed = _own(work, feed_id)
    return feed.digest != _digest(events_of(_read(work, feed).rows))


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def take_feed(work: Work, feed_id: UUID) -> bytes:
    """Hand over a calendar file as it should stand now."""
    feed = _own(work, feed_id)
    found = _read(work, feed)
    events = events_of(found.rows)
    feed.digest, feed.written_at = _digest(events), work.now
    work.about(files={one.file_id for one in found.rows if one.file_id})
    work.disclosed_to(RECIPIENT)
    work.note(whose=feed.whose, found=len(events), names="no")
    return write_calendar(events, f"Casefile {found.title}", made_at=work.now)


@action(needs=Permission.OWN_ACCOUNT, logs=Logged.NOT_PERSONAL)
def forget_writing(work: Work, feed_id: UUID) -> None:
    """Say that a calendar file could not be written, or is gone from its place: it is due again."""
    _own(work, feed_id).digest = ""


def put_file(path: Path, data: bytes) -> None:
    """Write a calendar file whole or not at all, readable to this user alone.

    Raises:
        Unavailable: The folder cannot be written to, or the disk is full. What stood there stays.
    """
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        raise Unavailable(
            f"The calendar file could not be written to {path.parent}: {error.strerror or error}.",
            kept="What stood there before stands there still.",
            remedy="Choose another folder, or make room on the disk.",
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _read(work: Work, feed: DiaryFeed) -> Diary:
    days = work.today - timedelta(days=BACK), work.today + timedelta(days=AHEAD)
    return read_diary(work, Wanted(*days, cast("Whose", feed.whose), team=feed.team))


def _digest(events: Sequence[Event]) -> str:
    return hashlib.sha256(repr(events).encode()).hexdigest()


def _held(work: Work) -> Sequence[DiaryFeed]:
    wanted = select(DiaryFeed).where(DiaryFeed.officer_id == work.officer_id)
    return work.session.scalars(wanted.order_by(DiaryFeed.begun_at, DiaryFeed.id)).all()


def _own(work: Work, feed_id: UUID) -> DiaryFeed:
    feed = work.session.get(DiaryFeed, feed_id)
    if feed is None:
        raise Missing("That calendar file is not kept up to date any more.")
    if feed.officer_id != work.officer_id:
        raise Refused("That calendar file belongs to another officer.", remedy="Begin your own.")
    return feed


def _row(feed: DiaryFeed) -> FeedRow:
    return FeedRow(feed.id, feed.machine, feed.path, feed.whose, feed.team, feed.written_at)
