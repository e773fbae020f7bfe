"""The headings of a checklist that tell of work: dates, what is owed, evidence, challenges, plan, exhibits. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from casefile.alarms.seen import Seen
from casefile.alarms.told import day_of
from casefile.handover.rows import Line
from casefile.record.facts import EntryFact
from casefile.record.owed import Owed, with_lateness
from casefile.record.task import TaskState
from casefile.sections.research_owed import research_tasks

_MEETINGS = ("conference", "core_group", "strategy")
_TO_COME = ("wanted", "asked", "chased")
"""States of evidence that somebody must still get."""


def tasks(seen: Seen) -> tuple[Owed, ...]:
    """Everything outstanding on the day of what is known, the earliest due first."""
    today = seen.known_by
    people, history = seen.people, seen.history
    research = research_tasks(people, seen.file_id, history.entries, history.said, seen.library, today)
    found = [with_lateness(one, today) for one in (*seen.owed(), *research) if one.opened_on <= today]
    open_now = [one for one in found if one.state.outstanding]
    return tuple(sorted(open_now, key=lambda one: (one.due_on or date.max, one.title)))


def partners_met(seen: Seen) -> Iterable[tuple[str, str]]:
    """Who of other agencies came to the last meeting."""
    held = [one for one in seen.of(*_MEETINGS) if one.rows("attendees")]
    for row in held[-1].rows("attendees") if held else ():
        if row.get("agency") not in (None, "police") and row.get("name"):
            yield str(row["agency"]), str(row["name"])


def _dates(seen: Seen) -> Iterable[Line]:
    """Bail, courts, conferences, medicals and orders that lie ahead, or whose day went by unanswered."""
    found = [*_bail(seen), *_meetings(seen), *_courts(seen), *_medicals(seen)]
    return sorted(found, key=lambda one: one.on or date.max)


def _bail(seen: Seen) -> Iterable[Line]:
    kinds = seen.library.codes("bail_type")
    for one in seen.of("bail"):
        if one.get("ended_how"):
            continue
        until = one.get("expires_on")
        words = f"Bail of {one.get('suspect') or 'a suspect'} ({kinds.label(str(one.get('kind'))).lower()})"
        if conditions := one.get("conditions_words"):
            words += f": {conditions}"
        yield Line(words.rstrip(".") + ".", until, _past(seen, until), one.id)


def _meetings(seen: Seen) -> Iterable[Line]:
    for one in seen.of("conference"):
        if (on := one.get("next_on")) and on >= seen.known_by:
            yield Line("Conference fixed.", on, entry_id=one.id)
    for one in seen.of(*_MEETINGS):
        if one.happened_on and one.happened_on > seen.known_by:
            yield Line(f"{one.summary}.", one.happened_on, entry_id=one.id)


def _courts(seen: Seen) -> Iterable[Line]:
    orders = seen.library.codes("court_order")
    for one in seen.of("legal"):
        if (on := one.get("next_hearing_on")) and on >= seen.known_by:
            number = f", {one.get('case_number')}" if one.get("case_number") else ""
            yield Line(f"Hearing{number}.", on, entry_id=one.id)
        if (until := one.get("until_on")) and until >= seen.known_by:
            yield Line(f"{orders.label(str(one.get('court_order')))} runs until.", until, entry_id=one.id)


def _medicals(seen: Seen) -> Iterable[Line]:
    for one in seen.of("medical"):
        due = one.get("final_report_due")
        if due and not one.get("final_report_on"):
            yield Line(f"Final report of {one.get('doctor') or 'the doctor'}.", due, _past(seen, due), one.id)
    for one in seen.of("photographs"):
        if (again := one.get("again_on")) and again >= seen.known_by:
            yield Line("Photographs to be repeated.", again, entry_id=one.id)


def _owed(seen: Seen) -> Iterable[Line]:
    """What is owed by whom; directions, actions of the plan and evidence stand under their own headings."""
    elsewhere = {one.id for one in (*_by_section(seen, "supervision"), *_by_section(seen, "plan"))}
    agencies = seen.library.codes("agency")
    for one in tasks(seen):
        if one.id not in elsewhere:
            yield _task(one, agencies.label(one.owed_by))


def _evidence(seen: Seen) -> Iterable[Line]:
    kinds, states = seen.library.codes("evidence_kind"), seen.library.codes("evidence_state")
    for entry in seen.of("investigation"):
        for row in entry.rows("evidence"):
            if row.get("evidence_state") not in _TO_COME:
                continue
            detail = f", {row.get('detail')}" if row.get("detail") else ""
            holder = f", with {row.get('holder')}" if row.get("holder") else ""
            state = states.label(str(row.get("evidence_state"))).lower()
            chase: date | None = row.get("chase_on")
            then = ", to be chased" if chase else ", no day to chase it"
            words = f"{kinds.label(str(row.get('kind')))}{detail}{holder}: {state}{then}."
            yield Line(words, chase, _past(seen, chase), entry.id)


def _directions(seen: Seen) -> Iterable[Line]:
    return (_task(one, "") for one in _by_section(seen, "supervision") if one.timescale == "ACTION")


def _plan(seen: Seen) -> Iterable[Line]:
    last = seen.last("plan")
    if last is not None and not last.get("ended_on"):
        if last.get("police_trigger"):
            yield Line(f"Police act at once if: {last.get('police_trigger')}", entry_id=last.id)
        if last.get("contingency"):
            yield Line(f"If it does not change: {last.get('contingency')}", entry_id=last.id)
    agencies = seen.library.codes("agency")
    for one in _by_section(seen, "plan"):
        if one.timescale == "ACTION":
            yield _task(one, agencies.label(one.owed_by))


def _challenges(seen: Seen) -> Iterable[Line]:
    about, agencies = seen.library.codes("challenge_about"), seen.library.codes("agency")
    for one in seen.of("challenge"):
        if one.get("outcome"):
            continue
        stages = [str(row.get("stage")) for row in one.rows("stages") if row.get("stage")]
        stage = f", stage {max(stages)}" if stages else ""
        what = about.label(str(one.get("about"))).lower()
        words = (
            f"{agencies.label(str(one.get('agency')))} challenged on {what}{stage}: {one.get('asked_for')}"
        )
        yield Line(words, day_of(one), entry_id=one.id)


def _exhibits(seen: Seen) -> Iterable[Line]:
    for one in seen.of("photographs"):
        if one.get("taken"):
            exhibit = one.get("exhibit") or "no exhibit reference"
            kept = one.get("kept_at") or "where they are kept is not recorded"
            yield Line(f"Photographs, {exhibit}: {kept}.", day_of(one), not one.get("kept_at"), one.id)
    for entry in seen.of("investigation"):
        for row in entry.rows("evidence"):
            if row.get("holder") and row.get("evidence_state") == "received":
                what = row.get("detail") or seen.library.codes("evidence_kind").label(str(row.get("kind")))
                yield Line(f"{what}: with {row.get('holder')}.", entry_id=entry.id)


def _disclosure(seen: Seen) -> Iterable[Line]:
    kinds = seen.library.codes("information_kind")
    for one in seen.of("disclosure"):
        due = one.get("answer_due")
        if due and not one.get("answered_on"):
            words = f"{kinds.label(str(one.get('kind')))}, {one.get('other_party')}: answer due."
            yield Line(words, due, _past(seen, due), one.id)
        elif one.get("schedule"):
            yield Line(f"{one.get('what')} (schedule {one.get('schedule')}).", day_of(one), entry_id=one.id)


def _by_section(seen: Seen, section: str) -> tuple[Owed, ...]:
    def of(entry: EntryFact | None) -> bool:
        return entry is not None and entry.section == section

    return tuple(one for one in tasks(seen) if of(seen.entry(one.entry_id)))


def _task(one: Owed, by: str) -> Line:
    late = one.state is TaskState.LATE
    lateness = f" {one.days_late} {one.late_unit} late." if late else ""
    return Line(f"{one.title}{f' ({by})' if by else ''}.{lateness}", one.due_on, late, one.entry_id)


def _past(seen: Seen, day: date | None) -> bool:
    return day is not None and day < seen.known_by


WORK: dict[str, tuple[Callable[[Seen], Iterable[Line]], str]] = {
    "dates": (_dates, "No bail, court, conference or report lies ahead."),
    "owed": (_owed, "Nothing else is owed."),
    "evidence": (_evidence, "No evidence is to be chased."),
    "directions": (_directions, "No direction is open."),
    "challenges": (_challenges, "No challenge is open."),
    "plan": (_plan, "No plan and no action of one."),
    "exhibits": (_exhibits, "No exhibit or photograph is recorded."),
    "disclosure": (_disclosure, "Nothing is to be disclosed or answered."),
}
"""By heading: what draws it, and what stands there when there is nothing."""
