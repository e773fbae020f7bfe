"""What cannot be right about a child as stated. Pure: dates and codes in, doubts out.

Where a check is one of the Department's validation rules for the census, its number leads the
key of the rule. A doubt changes nothing: what is stated is imported and marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from casefile.exchange.census.checks_episode import check_episode
from casefile.exchange.census.elements import Ledger
from casefile.exchange.census.model import Child, Episode
from casefile.record.dates import long_date
from casefile.standards import Library

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN = re.compile(rf"[{_UPN_LETTERS}]\d{{11}}[\d{_UPN_LETTERS}]")
_IDS = "ChildIdentifiers"


def check_child(child: Child, reference: date | None, standards: Library, ledger: Ledger) -> None:
    """Mark everything about one child that cannot be right."""
    _check_numbers(child, ledger)
    _check_birth(child, reference, ledger)
    for episode in child.episodes:
        check_episode(episode, child, reference, standards, ledger)
    _check_overlaps(child.episodes, ledger)
    if not child.episodes:
        ledger.doubt("", "", "The child has no episode.", "8590-no-episode")


def upn_fault(upn: str) -> str | None:
    """Why a unique pupil number cannot be one, or None.

    A number is a letter, eleven figures and a figure (a letter for a temporary number); the first
    letter is the check on the rest: the sum of each place times its position (2 to 13) modulo 23.
    """
    if not _UPN.fullmatch(upn):
        return "A pupil number is a letter, eleven figures and a last figure or letter."
    values = [int(one) if one.isdigit() else _UPN_LETTERS.index(one) for one in upn[1:]]
    check = sum(value * place for place, value in enumerate(values, start=2)) % 23
    if _UPN_LETTERS[check] != upn[0]:
        return f"The first letter should be {_UPN_LETTERS[check]} if the figures are right."
    return None


def _check_numbers(child: Child, ledger: Ledger) -> None:
    if child.la_child_id is None:
        ledger.doubt(
            f"{_IDS}/LAchildID",
            "",
            "The authority's number for the child is missing: a newer return may not find this child again.",
            "8500-no-number",
        )
    if child.upn is not None and (fault := upn_fault(child.upn)):
        ledger.doubt(f"{_IDS}/UPN", child.upn, fault, "1510-upn")
    for former in child.former_upns:
        if fault := upn_fault(former):
            ledger.doubt(f"{_IDS}/FormerUPN", former, fault, "1560Q-former-upn")
    if child.upn is not None and child.upn_unknown is not None:
        why = "A pupil number is given, and also a reason why there is none."
        ledger.doubt(f"{_IDS}/UPNunknown", child.upn_unknown, why, "upn-and-reason")


def _check_birth(child: Child, reference: date | None, ledger: Ledger) -> None:
    born, expected, died = child.born_on, child.expected_on, child.died_on
    if born and expected:
        why = f"A date of birth, {long_date(born)}, is given too. A child has one or the other."
        ledger.doubt(
            f"{_IDS}/ExpectedPersonBirthDate",
            expected.isoformat(),
            why,
            "8525Q-both-dates",
            "The date of birth was imported; the expected date stands as stated.",
        )
    if not born and not expected:
        ledger.doubt(
            f"{_IDS}/PersonBirthDate",
            "",
            "Neither a date of birth nor an expected date is given.",
            "8525Q-no-birth",
        )
    if reference:
        if born and born > reference:
            _after(f"{_IDS}/PersonBirthDate", born, reference, ledger)
        if expected and not born and expected < reference:
            why = f"The child was expected before the reference date, {long_date(reference)}: the birth may be missing."
            ledger.doubt(
                f"{_IDS}/ExpectedPersonBirthDate", expected.isoformat(), why, "8530Q-expected-passed"
            )
        if died and died > reference:
            _after(f"{_IDS}/PersonDeathDate", died, reference, ledger)
    if died and born and died < born:
        why = f"The child is said to have died before being born on {long_date(born)}."
        ledger.doubt(f"{_IDS}/PersonDeathDate", died.isoformat(), why, "8535Q-death-before-birth")
    if child.sex is None:
        ledger.doubt(f"{_IDS}/Sex", "", "The sex is missing or could not be read.", "4180-sex")
    if child.ethnicity is None:
        where = "ChildCharacteristics/Ethnicity"
        ledger.doubt(where, "", "The ethnicity is missing or could not be read.", "4220-ethnicity")


def _after(path: str, day: date, reference: date, ledger: Ledger) -> None:
    why = f"This is after the reference date of the return, {long_date(reference)}."
    ledger.doubt(path, day.isoformat(), why, "after-reference-date")


def _check_overlaps(episodes: Iterable[Episode], ledger: Ledger) -> None:
    dated = sorted((one for one in episodes if one.referred_on), key=lambda one: one.referred_on or date.min)
    for before, after in pairwise(dated):
        assert after.referred_on is not None
        begun = after.referred_on.isoformat()
        path = f"{after.path}/CINreferralDate"
        if before.referred_on == after.referred_on:
            ledger.doubt(path, begun, "Two episodes begin on this day.", "8820-overlap")
        elif before.closed_on is None and not before.no_further_action:
            why = "The episode before this one was never closed."
            ledger.doubt(path, begun, why, "8815-two-open")
        elif before.closed_on and after.referred_on < before.closed_on:
            why = f"The episode before this one was open until {long_date(before.closed_on)}."
            ledger.doubt(path, begun, why, "8820-overlap")
