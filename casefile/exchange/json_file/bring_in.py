"""Bringing a case file in from JSON: all of it or nothing, each fault named by its place."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import func, insert, select, update

from casefile.access.visibility import RestrictedFile
from casefile.alarms.refresh import refresh_file
from casefile.errors import Damaged, Fault, Invalid, Refused
from casefile.exchange.json_file import limits
from casefile.exchange.json_file.decided import decisions_in
from casefile.exchange.json_file.filing import FilingFile
from casefile.exchange.json_file.naming import Keys
from casefile.exchange.json_file.report import JsonReport
from casefile.exchange.json_file.shape import FORMAT, CaseFileIn
from casefile.record.closed import closed_file, names_others
from casefile.record.model import CaseFile
from casefile.sections.refresh import refresh_people
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

KEPT = "Nothing of it was brought in."


@action(needs=Permission.IMPORT, logs=Logged.COLLECTION)
def bring_in_json(work: Work, data: bytes, name: str) -> JsonReport:
    """Bring in a whole case file from JSON, format casefile/1.

    The same file again changes nothing; a file with more in it adds what is new.

    Raises:
        Damaged: It is no JSON, or no case file.
        Invalid: Something in it cannot stand; each fault names its place. Nothing is brought in.
        Refused: The store holds this file restricted, and the officer is no named reader of it.
    """
    read = parse(data, name)
    keys = Keys(read.reference)
    file_id = keys.of(read.key) if read.key else keys.of(f"file {read.reference}")
    names_others(work.session)
    opened = _open(work, read, file_id)
    filing = FilingFile(work, read, keys, file_id)
    filing.file()
    if filing.faults:
        raise Invalid(filing.faults[: limits.MOST_FAULTS], kept=KEPT)
    work.session.flush()
    if filing.added:
        refresh_people(work, filing.people)
        refresh_file(work, file_id)
    waiting = decisions_in(filing)
    if filing.faults:
        raise Invalid(filing.faults[: limits.MOST_FAULTS], kept=KEPT)
    if filing.added:
        _restrict(work, read, file_id)
    work.about(files=[file_id], people=filing.people)
    work.note(reference=read.reference, **dict(filing.added))
    return JsonReport(name, read.reference, file_id, opened, dict(filing.added), filing.held, waiting)


def parse(data: bytes, name: str) -> CaseFileIn:
    """Read the outline of the format; what the sections hold is read against their descriptions later."""
    try:
        with _deep_enough():
            raw = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Damaged(f"{name} is not UTF-8 text.", kept=KEPT) from None
    except json.JSONDecodeError as error:
        raise Damaged(f"{name} is no JSON: line {error.lineno}, column {error.colno}.", kept=KEPT) from None
    except ValueError:
        raise Damaged(f"{name} holds a number longer than any number of a case file.", kept=KEPT) from None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:  # pyright: ignore[reportUnknownMemberType]
        raise Damaged(f"{name} is no case file: its format is not “{FORMAT}”.", kept=KEPT)
    if faults := limits.faults(raw):  # pyright: ignore[reportUnknownArgumentType]
        raise Invalid(faults, kept=KEPT)
    try:
        return CaseFileIn.model_validate(raw)
    except ValidationError as error:
        told = error.errors(include_url=False, include_context=False, include_input=False)
        faults = [_fault(tuple(one["loc"]), one["msg"]) for one in told[: limits.MOST_FAULTS]]
        raise Invalid(faults, kept=KEPT) from None


@contextmanager
def _deep_enough() -> Generator[None]:
    try:
        yield
    except RecursionError:
        raise Damaged("It is nested deeper than any case file.", kept=KEPT) from None


def _fault(place: tuple[int | str, ...], said: str) -> Fault:
    path = "$" + "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in place)
    return Fault(path, f"{path}: {said.removeprefix('Value error, ').rstrip('.')}.")


def _open(work: Work, read: CaseFileIn, file_id: UUID) -> bool:
    """Open the file if the store does not hold it; the tables are asked, so that restricted files count."""
    table = CaseFile.__table__.c
    same = func.lower(table.reference) == read.reference.lower()
    held = work.session.execute(select(table.id, table.reference).where((table.id == file_id) | same)).all()
    if not held and closed_file(work.session, read.reference):
        raise _not_a_reader(read)
    if not held:
        work.session.execute(
            insert(CaseFile.__table__),  # type: ignore[arg-type]
            {
                "id": file_id,
                "reference": read.reference,
                "opened_on": read.opened_on,
                "recorded_at": read.recorded_at or work.now,
                "marking": read.marking,
            },
        )
        return True
    if [tuple(one) for one in held] != [(file_id, read.reference)]:
        raise Invalid(
            [Fault("$.reference", f"$.reference: the store holds another file under {read.reference}.")],
            kept=KEPT,
        )
    if work.session.execute(select(CaseFile.id).where(CaseFile.id == file_id)).first() is None:
        raise _not_a_reader(read)
    return False


def _not_a_reader(read: CaseFileIn) -> Refused:
    return Refused(f"{read.reference} is restricted and you are not one of its named readers.", kept=KEPT)


def _restrict(work: Work, read: CaseFileIn, file_id: UUID) -> None:
    if not read.restrictions:
        return
    restricted = read.restrictions[-1].restricted
    held = select(RestrictedFile.file_id).where(RestrictedFile.file_id == file_id)
    if restricted and work.session.execute(held).first() is None:
        work.session.execute(
            update(CaseFile.__table__).where(CaseFile.__table__.c.id == file_id).values(restricted=True)  # type: ignore[arg-type]
        )
        # Last of all: on a server it may be out of this officer's sight from here on.
        work.session.execute(insert(RestrictedFile.__table__), {"file_id": file_id})  # type: ignore[arg-type]
