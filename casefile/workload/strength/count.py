"""Counting from the record itself: a year's work by team, and who is there today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Subquery, case, func, select
from sqlalchemy.orm import aliased

from casefile.access.model import Officer
from casefile.access.staffing import FULL_TIME, terms_on
from casefile.access.visibility import unlimited
from casefile.record.closed import volumes_out_of_sight
from casefile.record.model import CaseFile, Entry, EntryThread
from casefile.sections.conference import Conference
from casefile.standards import add_months
from casefile.work.unit import Work
from casefile.workload.strength.rows import Counted

_SECTIONS = {
    "referral": "referral",
    "strategy": "strategy",
    "section47": "investigation",
    "medical": "medical",
    "research": "research",
    "supervision": "supervision",
}
"""Sections whose signed entries are counted, and as what."""
_REVIEWS = ("review", "reconvened")
ROLE = "role:"
"""How a code of ``staff_post`` names the role whose officers fill such posts."""


def year_of(until_on: date) -> tuple[date, date]:
    """First and last day of the year that ends on a day."""
    return add_months(until_on, -12) + timedelta(days=1), until_on


def counted(work: Work, until_on: date) -> Counted:
    """A year's work by team, by whoever holds each file today.

    Restricted files are counted too: a number tells nothing of any of them.
    """
    from_on, _ = year_of(until_on)
    held = _file_teams()
    team = held.c.team
    entries = (
        select(team, Entry.section, func.count())
        .join(EntryThread, EntryThread.latest_id == Entry.id)
        .join(held, held.c.file_id == Entry.file_id)
        .where(Entry.section.in_(_SECTIONS), Entry.happened_on.between(from_on, until_on))
        .group_by(team, Entry.section)
    )
    kind = case((Conference.kind.in_(_REVIEWS), "conference_review"), else_="conference_initial")
    conferences = (
        select(team, kind, func.count())
        .join(EntryThread, EntryThread.latest_id == Conference.id)
        .join(held, held.c.file_id == Conference.file_id)
        .where(Conference.happened_on.between(from_on, until_on))
        .group_by(team, kind)
    )
    files = (
        select(team, func.count()).where(held.c.state == "open", held.c.opened_on <= until_on).group_by(team)
    )
    found: dict[str, dict[str, int]] = {}
    with unlimited(work.session):
        rows: list[Any] = [*work.session.execute(entries), *work.session.execute(conferences)]
        rows += [(name, "file", number) for name, number in work.session.execute(files)]
    rows += volumes_out_of_sight(work.session, [*_SECTIONS, Conference.key], _REVIEWS, from_on, until_on)
    for name, volume, number in rows:
        of_team, key = found.setdefault(name or "", {}), _SECTIONS.get(str(volume), str(volume))
        of_team[key] = of_team.get(key, 0) + number
    return Counted(from_on, until_on, dict(sorted(found.items())))


def strength(work: Work) -> Mapping[tuple[str, str], float]:
    """By team and kind of post, the full-time equivalents there today: whoever may sign in, by their terms of service."""
    posts = {
        tag.removeprefix(ROLE): one.code
        for one in work.standards.codes("staff_post").codes
        for tag in one.tags
        if tag.startswith(ROLE)
    }
    found: dict[tuple[str, str], float] = {}
    for one in terms_on(work.session, work.today).values():
        post = one.post or posts.get(one.role)
        if one.active and post is not None:
            found[one.team, post] = found.get((one.team, post), 0.0) + one.fte / FULL_TIME
    return dict(sorted(found.items()))


def _file_teams() -> Subquery:
    """Each file with the team of whoever has it: the officer in charge, else the supervisor, else the researcher."""
    officer, supervisor, researcher = aliased(Officer), aliased(Officer), aliased(Officer)
    team = func.coalesce(
        func.nullif(officer.team, ""), func.nullif(supervisor.team, ""), func.nullif(researcher.team, "")
    )
    return (
        select(CaseFile.id.label("file_id"), CaseFile.state, CaseFile.opened_on, team.label("team"))
        .outerjoin(officer, officer.id == CaseFile.officer_id)
        .outerjoin(supervisor, supervisor.id == CaseFile.supervisor_id)
        .outerjoin(researcher, researcher.id == CaseFile.researcher_id)
        .subquery()
    )
