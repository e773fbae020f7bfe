"""Keeping officers and signing them in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casefile.access import logins, rules
from casefile.access.model import Officer
from casefile.access.queries import OfficerRow, anybody, officer_row, shown
from casefile.access.roles import ROLES
from casefile.access.staffing import note_terms
from casefile.errors import Fault, Invalid, Missing, Refused
from casefile.work.door import action
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Actor, Work


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """An officer to be added, with a first password.

    Attributes:
        name: Surname or sign-in name; unique without regard to case.
        role: Key of a role.
        number: Warrant or staff number.
    """

    name: str
    role: str
    password: str
    number: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """What came of an attempt: the actor, or the sentence why not."""

    actor: Actor | None
    officer: OfficerRow | None
    sentence: str = ""


@action(needs=Permission.ADMINISTER, logs=Logged.ADMINISTRATION)
def add_officer(work: Work, new: NewOfficer) -> UUID:
    """Add an officer with a role and a first password."""
    return _add(work, new)


@action(needs=None, logs=Logged.ADMINISTRATION)
def add_first_administrator(work: Work, name: str, password: str) -> UUID:
    """Make the first administrator of a new store; refused as soon as there is any officer."""
    if anybody(work):
        raise Refused("This store already has its first administrator.", remedy="Sign in instead.")
    return _add(work, NewOfficer(name, "administrator", password))


def alter_officer(work: Work, officer_id: UUID, *, role: str, number: str, team: str, active: bool) -> None:
    """Change an officer's row; the files they hold hear of it in ``handover.change_officer``, which calls this."""
    officer = _officer(work, officer_id)
    if role not in ROLES:
        raise Invalid([Fault("role", f"There is no role called {role}.")])
    if officer.role == "administrator" and (role != "administrator" or not active):
        _keep_one_administrator(work, officer_id)
    work.note(officer=officer.name, role_before=officer.role, role=role, active=str(active))
    before = {"role": officer.role, "number": officer.number, "team": officer.team}
    officer.role, officer.number, officer.team = role, number, team
    logins.of(work).allow(work, officer, active)
    now = {"role": role, "number": number, "team": team}
    if changes := {key: value for key, value in now.items() if value != before[key]}:
        note_terms(work, officer_id, changes)
    work.touch(Kind.OFFICER)


@action(needs=Permission.ADMINISTER, logs=Logged.ADMINISTRATION)
def reset_password(work: Work, officer_id: UUID, password: str) -> None:
    """Give an officer a new password and let them sign in again after too many guesses."""
    officer = _officer(work, officer_id)
    logins.checked(officer.name, password, kept="The password is unchanged.")
    logins.of(work).renew(work, officer, password)
    work.note(officer=officer.name)
    work.touch(Kind.OFFICER)


@action(needs=Permission.OWN_ACCOUNT, logs=Logged.ACCESS)
def change_own_password(work: Work, old: str, new: str) -> str:
    """Change one's own password, given the old one.

    Returns:
        Why it was not changed, in a sentence; "" when it was. A wrong old password is no error but an answer, so that
        it is counted and limited as a guess at signing in is.

    Raises:
        Invalid: The new password is too easily guessed.
    """
    officer = _officer(work, work.officer_id)
    logins.checked(officer.name, new, kept="The password is unchanged.")
    return logins.of(work).change_own(work, officer, old, new)


@action(needs=None, logs=Logged.ACCESS)
def sign_in(work: Work, name: str, password: str | None) -> SignIn:
    """Sign an officer in by name and password; guesses are counted and limited."""
    officer, refused = logins.of(work).sign_in(work, name, password)
    if officer is None:
        work.note(officer="unknown name")
        return SignIn(None, None, refused)
    work.note(officer=officer.name)
    if refused:
        return SignIn(None, None, refused)
    work.note(result="signed in")
    row = officer_row(officer)
    return SignIn(Actor(officer.id, row.shown, officer.role, ROLES[officer.role].permissions), row)


@action(needs=Permission.OWN_ACCOUNT, logs=Logged.ACCESS)
def sign_out(work: Work, *, locked: bool = False) -> None:
    """Sign out, or lock the window, leaving a row in the log."""
    work.note(result="locked" if locked else "signed out")


def _add(work: Work, new: NewOfficer) -> UUID:
    name = " ".join(new.name.split())
    faults = [
        Fault("name", "Give the officer a name to sign in with.") if not name else None,
        Fault("name", fault) if (fault := logins.of(work).name_fault(name)) else None,
        Fault("role", f"There is no role called {new.role}. Roles: {', '.join(ROLES)}.")
        if new.role not in ROLES
        else None,
        Fault("password", sentence) if (sentence := rules.password_fault(new.password, name)) else None,
    ]
    taken = work.session.scalars(
        select(Officer).where(Officer.sign_in_name == rules.sign_in_name(name))
    ).first()
    if taken is not None:
        faults.append(Fault("name", f"There is already an officer who signs in as {name}."))
    if found := [fault for fault in faults if fault]:
        raise Invalid(found, kept="No officer was added.")
    officer = Officer(
        name=name,
        sign_in_name=rules.sign_in_name(name),
        role=new.role,
        number=new.number.strip(),
        team=new.team.strip(),
        created_at=work.now,
    )
    logins.of(work).add(work, officer, new.password)
    note_terms(work, officer.id, {"role": officer.role, "team": officer.team, "number": officer.number})
    work.note(officer=shown(officer.name, officer.role, officer.number), role=new.role)
    work.touch(Kind.OFFICER)
    return officer.id


def _officer(work: Work, officer_id: UUID) -> Officer:
    officer = work.session.get(Officer, officer_id)
    if officer is None:
        raise Missing("There is no such officer.")
    return officer


def _keep_one_administrator(work: Work, leaving: UUID) -> None:
    other = work.session.scalars(
        select(Officer).where(Officer.role == "administrator", Officer.active, Officer.id != leaving)
    ).first()
    if other is None:
        raise Invalid(
            "This is the only administrator. Add another one first.", kept="The officer was not changed."
        )
