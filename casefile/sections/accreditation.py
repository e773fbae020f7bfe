"""Records made by somebody who lacked the accreditation that their role needs for it: marked, never refused.

What a role needs stands in ``resources/standards/staff.toml``; what an officer had on the day, in their staff record.
A mark does not say that the work is bad: a supervisor decides whether it is done again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from casefile.access.staffing import Gap, Lack, Staffing
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.work.unit import Work

RESEARCH, CONFERENCE = "researcher_course", "conference_liaison"
_NEEDS = {"research": RESEARCH, "conference": CONFERENCE}
_ATTENDED = ("attended", "attended_and_report")


def marks_of(work: Work, entries: Iterable[EntryFact]) -> dict[UUID, str]:
    """By version: in a sentence, that who signed system checks, or attended a conference, was not accredited for it.

    The day on which it happened counts, by what the staff record says of that day now.
    """
    asked = [one for one in entries if _asks(one)]
    if not asked:
        return {}
    staff = Staffing(work.session, {one.author_id for one in asked})
    found: dict[UUID, str] = {}
    for one in asked:
        day = one.happened_on or one.known_on
        gap = staff.lack(one.author_id, _NEEDS[one.section], work.standards.staff, day)
        if gap is not None:
            found[one.id] = _sentence(work, one, gap)
    return found


def noted(entries: Sequence[EntryFact], marks: dict[UUID, str], divider: Iterable[str]) -> tuple[str, ...]:
    """How many records of some sections are marked, in a sentence; nothing where none is."""
    sections = set(divider)
    number = sum(1 for one in entries if one.section in sections and one.id in marks) if marks else 0
    if not number:
        return ()
    records = "1 record was" if number == 1 else f"{number} records were"
    return (f"{records} made by somebody without the accreditation for it.",)


def _asks(one: EntryFact) -> bool:
    if one.section == "conference":
        return one.get("police_attendance") in _ATTENDED
    return one.section in _NEEDS


def _sentence(work: Work, one: EntryFact, gap: Gap) -> str:
    course = work.standards.codes("accreditation").label(gap.kind).lower()
    what = "attended" if one.section == "conference" else "made these checks"
    why = {
        Lack.NEVER: "none is on the staff record",
        Lack.NOT_YET: f"it came only on {long_date(gap.on)}",
        Lack.EXPIRED: f"it had expired on {long_date(gap.on)}",
        Lack.WITHDRAWN: f"it was withdrawn on {long_date(gap.on)}",
    }
    return f"{one.author} {what} without the accreditation “{course}”: {why.get(gap.lack, 'it is lacking')}."
