"""Every role against every action and query of the registry, generated; guesses limited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casefile.access.actions import change_own_password, reset_password
from casefile.access.queries import officers
from casefile.access.roles import ROLES
from casefile.access.rules import GUESSES
from casefile.desk import Desk
from casefile.errors import Invalid, Refused
from casefile.handover.officers import change_officer
from casefile.work.door import registry
from casefile.work.unit import Actor
from tests.conftest import PASSWORD, Clock, officer_of
from tools.permissions import import_everything

import_everything()
DECLARED = [name for name, one in registry().items() if one.needs is not None]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_is_refused_everything_that_it_has_no_right_to(role: str, desk: Desk, keeper: Desk) -> None:
    permissions = ROLES[role].permissions
    desk.actor = Actor(officer_of(desk), role, role, permissions)
    for name in DECLARED:
        declared: Any = registry()[name]
        if declared.needs in permissions:
            continue
        with pytest.raises(Refused, match="Your role may not"):
            (desk.do if declared.writes else desk.read)(declared)
    assert keeper.verify_log().intact


def test_the_acts_asked_are_those_of_every_room() -> None:
    rooms = {name.partition(".")[0] for name in DECLARED}
    assert {"access", "alarms", "audit", "exchange", "files", "handover", "paper", "supervision"} <= rooms


def test_an_administrator_reads_no_case() -> None:
    assert not {"read files", "keep files", "disclose", "import", "break glass"} & {
        one.value for one in ROLES["administrator"].permissions
    }


@pytest.mark.parametrize("store", ["embedded"], indirect=True)  # A server slows guesses down itself.
def test_ten_wrong_guesses_wait_five_minutes_and_the_right_password_waits_too(
    sign_in: Callable[[str], Desk], clock: Clock
) -> None:
    desk = sign_in("Boss")
    desk.sign_out()
    for _ in range(9):
        with pytest.raises(Refused, match="wrong"):
            desk.sign_in("Marsh", "not this one")
    for password in ("not this one", PASSWORD):
        with pytest.raises(Refused, match="Too many wrong passwords"):
            desk.sign_in("Marsh", password)
    clock.forward(minutes=6)
    assert desk.sign_in("marsh ", PASSWORD).shown == "DC 102 Marsh"


def test_an_unknown_name_is_told_no_more_than_a_wrong_password(desk: Desk) -> None:
    with pytest.raises(Refused, match="The name or the password is wrong"):
        desk.sign_in("Nobody", PASSWORD)


def test_the_last_administrator_cannot_be_taken_away(sign_in: Callable[[str], Desk]) -> None:
    boss = sign_in("Boss")
    with pytest.raises(Invalid, match="only administrator"):
        boss.do(change_officer, officer_of(boss), role="sergeant", number="", team="", active=True)


def test_an_officer_put_away_cannot_sign_in_and_a_new_password_lets_others_in_again(
    sign_in: Callable[[str], Desk],
) -> None:
    boss = sign_in("Boss")
    marsh = next(one for one in boss.read(officers) if one.name == "Marsh")
    boss.do(reset_password, marsh.id, "four grey herons wade")
    with pytest.raises(Refused):
        sign_in("Marsh")
    boss.do(change_officer, marsh.id, role="constable", number="1", team="North", active=False)
    with pytest.raises(Refused, match="no longer sign in"):
        boss.sign_in("Marsh", "four grey herons wade")


@pytest.mark.parametrize("password", ["short", "password123", "aaaaaaaaaaaa", "Rhodes"])
def test_a_password_easily_guessed_is_refused_in_a_sentence(desk: Desk, password: str) -> None:
    with pytest.raises(Invalid, match="password"):
        desk.do(change_own_password, PASSWORD, password)


@pytest.mark.parametrize("store", ["embedded"], indirect=True)
def test_guesses_at_the_present_password_are_counted_and_limited(
    sign_in: Callable[[str], Desk], clock: Clock
) -> None:
    desk = sign_in("Marsh")
    new = "four grey herons wade"
    said = [desk.do(change_own_password, "a wrong guess", new).result for _ in range(GUESSES)]
    assert said[0] == "That is not your present password."
    assert "Too many wrong passwords" in said[-1]
    assert "Too many wrong passwords" in desk.do(change_own_password, PASSWORD, new).result
    clock.forward(minutes=6)
    assert desk.do(change_own_password, PASSWORD, new).result == ""
    desk.sign_in("Marsh", new)
