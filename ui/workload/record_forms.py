"""The forms of the staff record, each a small dialog."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from casefile.desk import Desk
from casefile.errors import CasefileError, Fault, Invalid
from casefile.files.queries.listing import find_file
from casefile.record.dates import NotADate, long_date, read_date
from casefile.work.changed import Done
from casefile.workload.keep import (
    NewAccreditation,
    NewTerms,
    alter_accreditation,
    declare_conflict,
    end_conflict,
    grant_accreditation,
    record_terms,
    withdraw_accreditation,
)
from casefile.workload.record_rows import AccreditationRow, ConflictRow, StaffRecord
from ui.shell.context import Context
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Ask, Field

_DAY = "For example 2 Nov 2026."
Values = Mapping[str, str]


def ask_accreditation(
    context: Context, found: StaffRecord, parent: QWidget, done: Callable[[], object]
) -> None:
    """Ask for an accreditation that was granted."""
    kinds = tuple(Choice(one.code, one.label) for one in context.desk.standards.codes("accreditation").codes)
    needed = next((gap.kind for gap in found.row.gaps), kinds[0].key)
    ask = Ask(
        f"Accreditation of {found.row.officer}",
        "What was granted, from when until when, and what shows it.",
        (
            Field("kind", "Accreditation", needed, choices=kinds),
            *_days(long_date(context.today), ""),
            Field("evidence", "What shows it", help="A certificate, a course list."),
        ),
        "Record it",
        parent,
    )
    who = found.row.officer_id
    _on_given(context, ask, lambda values: _granting(who, _new(values["kind"], values)), done)


def ask_right(context: Context, one: AccreditationRow, parent: QWidget, done: Callable[[], object]) -> None:
    """Ask how an accreditation should read, and why."""
    ask = Ask(
        f"Put right: {one.title}",
        "The record before stays readable.",
        (
            *_days(long_date(one.granted_on), long_date(one.expires_on)),
            Field("evidence", "What shows it", one.evidence),
            Field("reason", "Why it is put right"),
        ),
        "Put it right",
        parent,
    )

    def make(values: Values) -> Callable[[Desk], Done[Any]]:
        new = _new(one.kind, values)
        return lambda desk: desk.do(alter_accreditation, one.id, new, values["reason"])

    _on_given(context, ask, make, done)


def ask_withdraw(
    context: Context, one: AccreditationRow, parent: QWidget, done: Callable[[], object]
) -> None:
    """Ask from when an accreditation stands no more, and why."""
    ask = Ask(
        f"Withdraw: {one.title}",
        "If it never stood, give the day it was granted.",
        (Field("on", "From", long_date(context.today), help=_DAY), Field("reason", "Why")),
        "Withdraw it",
        parent,
    )

    def make(values: Values) -> Callable[[Desk], Done[Any]]:
        on = _day(values, "on")
        if on is None:
            raise Invalid([Fault("on", "Give a day.")], kept="The accreditation stands.")
        return lambda desk: desk.do(withdraw_accreditation, one.id, on, values["reason"])

    _on_given(context, ask, make, done)


def ask_terms(context: Context, found: StaffRecord, parent: QWidget, done: Callable[[], object]) -> None:
    """Ask what of an officer's terms changes, and from when; what is left empty stays as it was."""
    posts = context.desk.standards.codes("staff_post").codes
    ask = Ask(
        f"Terms of service of {found.row.officer}",
        "From that day on; what you leave empty stays as it was.",
        (
            Field("from_on", "From", long_date(context.today), help=_DAY),
            Field("fte", "Per cent of full time", help="1 to 100."),
            Field("probation_until", "Probation until", help="A day before the first one ends a probation."),
            Field("post", "Post", choices=tuple(Choice(one.code, one.label) for one in posts)),
            Field("areas", "Boroughs or areas", help="Between commas."),
            Field("note", "Note"),
        ),
        "Record it",
        parent,
    )
    who = found.row.officer_id

    def make(values: Values) -> Callable[[Desk], Done[Any]]:
        new = _terms(values)
        return lambda desk: desk.do(record_terms, who, new)

    _on_given(context, ask, make, done)


def ask_conflict(context: Context, found: StaffRecord, parent: QWidget, done: Callable[[], object]) -> None:
    """Ask with whom there is a conflict of interest, and why."""
    ask = Ask(
        f"Conflict of interest of {found.row.officer}",
        "With a file, a family or a person. Whoever allocates work sees it.",
        (
            Field("words", "With whom, and why", prose=True),
            Field("reference", "Reference of the file", help="If there is one."),
        ),
        "Declare it",
        parent,
    )
    who = found.row.officer_id

    def make(values: Values) -> Callable[[Desk], Done[Any]]:
        reference = values["reference"].strip()

        def go(desk: Desk) -> Done[Any]:
            file_id = desk.read(find_file, reference).id if reference else None
            return desk.do(declare_conflict, who, values["words"], file_id=file_id)

        return go

    _on_given(context, ask, make, done)


def ask_end(context: Context, one: ConflictRow, parent: QWidget, done: Callable[[], object]) -> None:
    """Ask why a conflict of interest stands no more."""
    words = one.words or "A conflict of interest about a restricted file"
    ask = Ask(
        "End a conflict of interest",
        words,
        (Field("reason", "Why it stands no more"),),
        "It has ended",
        parent,
    )
    _on_given(context, ask, lambda values: lambda desk: desk.do(end_conflict, one.id, values["reason"]), done)


def _on_given(
    context: Context,
    ask: Ask,
    make: Callable[[Values], Callable[[Desk], Done[Any]]],
    done: Callable[[], object],
) -> None:
    """Do what was asked for; what cannot be read, or is refused, is said in the dialog."""

    def go(values: dict[str, str]) -> None:
        try:
            act = make(values)
        except CasefileError as error:
            ask.say(error)
            return

        def over(_: Done[Any]) -> None:
            ask.accept()
            done()

        context.jobs.write(ask, act, over, failed=ask.say)

    ask.given.connect(go)
    ask.open()


def _granting(who: UUID, new: NewAccreditation) -> Callable[[Desk], Done[Any]]:
    return lambda desk: desk.do(grant_accreditation, who, new)


def _days(granted: str, expires: str) -> tuple[Field, Field]:
    return (
        Field("granted_on", "Granted on", granted, help=_DAY),
        Field("expires_on", "Expires on", expires, help="Its last day. Leave empty if it does not expire."),
    )


def _new(kind: str, values: Values) -> NewAccreditation:
    granted = _day(values, "granted_on")
    if granted is None:
        raise Invalid([Fault("granted_on", "Give the day it was granted.")], kept="Nothing was recorded.")
    return NewAccreditation(kind, granted, _day(values, "expires_on"), values["evidence"])


def _terms(values: Values) -> NewTerms:
    from_on, hours = _day(values, "from_on"), values["fte"].strip().rstrip("%").strip()
    faults: list[Fault] = []
    if from_on is None:
        faults.append(Fault("from_on", "Give the first day."))
    if hours and not hours.isdecimal():
        faults.append(Fault("fte", "Write the hours as a number from 1 to 100."))
    if faults or from_on is None:
        raise Invalid(faults, kept="Nothing was recorded.")
    return NewTerms(
        from_on,
        int(hours) if hours else None,
        _day(values, "probation_until"),
        values["post"] or None,
        [one for one in values["areas"].split(",") if one.strip()] or None,
        values["note"],
    )


def _day(values: Values, key: str) -> date | None:
    text = values[key].strip()
    try:
        return read_date(text) if text else None
    except NotADate as fault:
        raise Invalid([Fault(key, fault.sentence)], kept="Nothing was recorded.") from fault
